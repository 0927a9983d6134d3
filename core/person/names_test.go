package person_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/person"
	"lamsach/core/viet"
)

// odds and ends of names: right words, words of other peoples, notes, callings, keys left behind, other encodings.
var nameParts = []string{"Lò", "Nguyễn", "Thị", "Văn", "Hòa", "Hoà", "Thương", "A", "Đinh", "Đặng", "Ú", "Mùa", "Niê", "Ksor", "Rơ", "Siu", "Y", "H'Hen",
	"H’Hen", "K'Brểu", "Bùi-Hoa", "Oong", "Hoaì", "Xoong", "VĂN", "thị", "nGUYỄN", "mẹ", "Bà", "Bố", "chị", "Chưa", "có", "không", "Không", "Mất", "rõ", "bé", "gái",
	"Nguyeexn", "DDuwcs", "Van", "Thi", "NguyÔn", "ThÞ", "Ho\u0300a", "Pâng", "Ê", "Ban", "Ýa", "Blô", "Ayŭn", "chuyển", "đi", "Đi", "tù", "Cháu", "cháu", "Mồ", "Côi", "nội", "Nội", "Ông", "UBND", "xã", "tức", "THị", "ThỊ", "Min-jun", "Ly", "hôn", "(1985)", "1.", "và", "-", "'", "Hen-", "\u200bHoa", ""}

func drawName(r *rand.Rand) string {
	var words []string
	for range 1 + r.IntN(5) {
		words = append(words, nameParts[r.IntN(len(nameParts))])
	}
	return strings.Join(words, " ")
}

// TestNameReaderReadsAlike: what is remembered of words tells the same as looking at each name.
func TestNameReaderReadsAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var reader person.NameReader
	clean := 0
	for range 50_000 {
		raw := person.Raw{Text: drawName(r)}
		for _, c := range []struct {
			who  string
			got  person.Name
			want person.Reading[string]
		}{{"person", reader.Read(raw), person.ReadName(raw)}, {"parent", reader.ReadParent(raw), person.ReadParent(raw)}} {
			if diff := cmp.Diff(c.want, c.got.Reading); diff != "" {
				t.Fatalf("%s %q: %s", c.who, raw.Text, diff)
			}
			if folded := string(reader.AppendFolded(nil, raw)); c.who == "person" && folded != viet.Fold(c.want.Value) {
				t.Fatalf("%q folded %q", raw.Text, folded)
			}
			if c.got.Fault == person.Clean {
				clean++
			}
			best := raw.Text
			if c.want.Suggest != "" {
				best = c.want.Suggest
			}
			whole, last := person.HashFolded([]byte(viet.Fold(best)))
			if c.want.Fault == person.Missing {
				whole, last = 0, 0
			}
			if c.got.Whole != whole || c.got.Last != last || c.got.Marked != viet.HasMarks(raw.Text) {
				t.Fatalf("%s %q: %x %x %v, want %x %x", c.who, raw.Text, c.got.Whole, c.got.Last, c.got.Marked, whole, last)
			}
		}
	}
	if clean < 1000 {
		t.Errorf("%d clean names: the test proves little", clean)
	}
}

func TestNameReaderCounts(t *testing.T) {
	reader := person.NameReader{Counting: true}
	for _, name := range []string{"Lò Thị Hoa", "Lò Văn An", "LÒ  THỊ Lan", "Lo Thi Hoa", "Pâng"} {
		reader.Read(person.Raw{Text: name})
	}
	reader.Counting = false
	reader.Read(person.Raw{Text: "Lò Thị Hoa"})
	got := map[string]int{}
	for word, times := range reader.Words() {
		got[word] += times
	}
	want := map[string]int{"Lò": 3, "Thị": 2, "Hoa": 1, "Văn": 1, "An": 1, "Lan": 1, "Pâng": 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestNameReaderHoldsOut: a file of ever new words is read rightly too, and its words are counted.
func TestNameReaderHoldsOut(t *testing.T) {
	reader := person.NameReader{Counting: true}
	want := map[string]int{}
	for i := range 60_000 {
		word := fmt.Sprintf("Á%c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26)
		raw := person.Raw{Text: "Ý Lò " + word}
		if diff := cmp.Diff(person.ReadName(raw), reader.Read(raw).Reading); diff != "" {
			t.Fatal(diff)
		}
		want["Ý"]++
		want["Lò"]++
		want[word]++
	}
	got := map[string]int{}
	for word, times := range reader.Words() {
		got[word] += times
	}
	if !maps.Equal(want, got) {
		t.Errorf("%d words counted, want %d", len(got), len(want))
	}
}

func BenchmarkNameReader(b *testing.B) {
	var reader person.NameReader
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if r := reader.Read(person.Raw{Text: benchNames[i%len(benchNames)]}); r.Fault != "" {
			b.Fatal(r)
		}
	}
}
