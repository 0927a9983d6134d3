package csv_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/csv"
)

func TestSpecimen(t *testing.T) {
	text := string(specimen(t))
	tests := map[string][]byte{
		"UTF-8":               []byte(text),
		"with a mark":         []byte("\ufeff" + text),
		"UTF-16 LE":           wide(text, false, true),
		"UTF-16 BE":           wide(text, true, true),
		"UTF-16 LE, no mark":  wide(text, false, false),
		"UTF-16 BE, no mark":  wide(text, true, false),
		"windows-1258":        vietnamese(t, text),
		"line ends of DOS":    []byte(strings.ReplaceAll(text, "\n", "\r\n")),
		"line ends of Macs":   []byte(strings.ReplaceAll(text, "\n", "\r")),
		"no last line end":    []byte(strings.TrimRight(text, "\n")),
		"with an end of text": []byte(text + "\x1a"),
		"separator named":     []byte("sep=,\r\n" + text),
		"columns behind":      []byte(strings.ReplaceAll(text, ",Ghi chú\n", ",Ghi chú,,,,\n")),
	}
	want, err := read(t, []byte(text), cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := read(t, data, cells.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			want := want
			if name == "windows-1258" { // letters and tones are joined, those too that stood apart
				want = joined(want)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the rows differ:\n%s", diff)
			}
			book, err := csv.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			list, err := roster.Read(book, roster.ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var people []int
			for _, r := range list.Records {
				people = append(people, r.Row)
			}
			if diff := cmp.Diff(truthRows(t), people); diff != "" {
				t.Errorf("people stand in other rows:\n%s", diff)
			}
		})
	}
}

func joined(rows []row) []row {
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].Cells = slices.Clone(rows[i].Cells)
		for j, text := range rows[i].Cells {
			rows[i].Cells[j] = norm.NFC.String(text)
		}
	}
	return rows
}

func TestSeparators(t *testing.T) {
	want := []row{
		{1, []string{"STT", "Họ, tên; đệm", "Số định danh", "Địa chỉ"}},
		{2, []string{"1", "Mùa Thị Dợ", "001316001234", "Bản A, xã B; huyện C"}},
		{3, []string{"2", "Lò Văn \"Tí\"", "014316001234", "Bản A, xã B"}},
		{4, []string{"II", "Bản Nà Say"}},
	}
	for _, separator := range []string{",", ";", "\t", "|"} {
		var b strings.Builder
		for _, r := range want {
			for i, c := range r.Cells {
				if i > 0 {
					b.WriteString(separator)
				}
				if strings.ContainsAny(c, separator+`"`) {
					c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
				}
				b.WriteString(c)
			}
			b.WriteString("\r\n")
		}
		got, err := read(t, []byte(b.String()), cells.Limits{})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", separator, err, diff)
		}
	}
}

func TestCells(t *testing.T) {
	tests := []struct {
		name, text string
		want       []row
	}{
		{"line break in a cell", "a;\"b\r\nc\";d\r\n1;2;3\r\n", []row{{1, []string{"a", "b\nc", "d"}}, {2, []string{"1", "2", "3"}}}},
		{"empty lines count", "a,b\n\n,,\n1,2\n", []row{{1, []string{"a", "b"}}, {4, []string{"1", "2"}}}},
		{"ragged", "a,b,c\n1\n1,2,3,4\n,,3\n", []row{
			{1, []string{"a", "b", "c"}}, {2, []string{"1"}}, {3, []string{"1", "2", "3", "4"}}, {4, []string{"", "", "3"}},
		}},
		{"separators behind", "a;b;;;;\n1;2;;;;\n", []row{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		{"digits as text", "a,=\"014316001234\"\nb,\"=\"\"001\"\"\"\nc,=1+1\n", []row{
			{1, []string{"a", "014316001234"}}, {2, []string{"b", "001"}}, {3, []string{"c", "=1+1"}},
		}},
		{"zeros and days stay", "014,05/03/2015\n001,3.8E+10\n", []row{{1, []string{"014", "05/03/2015"}}, {2, []string{"001", "3.8E+10"}}}},
		{"lossy heads pass", "h? tên,s? đ?nh danh\nA,1\n", []row{{1, []string{"h? tên", "s? đ?nh danh"}}, {2, []string{"A", "1"}}}},
		{"marks inside a cell", "a,b\"c\"d\n1,2\n", []row{{1, []string{"a", "b\"c\"d"}}, {2, []string{"1", "2"}}}},
		{"blanks behind the mark", "\"a\" ,b\n\"1,5\" ,2\n", []row{{1, []string{"a", "b"}}, {2, []string{"1,5", "2"}}}},
		{"empty in marks", "\"\",b\n\"1\",\"\"\n", []row{{1, []string{"", "b"}}, {2, []string{"1"}}}},
		{"no separator", "a\nb\n", []row{{1, []string{"a"}}, {2, []string{"b"}}}},
		{"separator named", "sep=;\na,a;b\n", []row{{1, []string{"a,a", "b"}}}},
		{"combining marks stay", "To\u0300ng,b\n1,2\n", []row{{1, []string{"To\u0300ng", "b"}}, {2, []string{"1", "2"}}}},
		{"nothing", "", nil},
		{"only a mark", "\ufeff", nil},
		{"only line ends", "\n\r\n\r", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(t, []byte(test.text), cells.Limits{})
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func TestFontsOfTheNineties(t *testing.T) {
	tests := map[string]struct {
		want  roster.Legacy
		cells []string
	}{
		"TCVN3": {roster.TCVN3, []string{"H\xe4 v\xb5 t\xaan", "Nguy\xd4n V\xa8n \xa7\xf8c", "Tr\xc7n Th\xde H\xfbng", "L\xb5ng Ph\xa8ng", "Qu\xb6ng V\xa8n D\xf2ng"}},
		"VNI":   {roster.VNI, []string{"Ho\xf5 va\xf8 te\xe2n", "Nguye\xe3n Va\xean \xd1\xf6\xf9c", "Tra\xe0n Th\xf2 Hu\xf8ng", "Qua\xf8ng Va\xean Du\xf5ng"}},
	}
	for name, test := range tests {
		data := []byte(strings.Join(test.cells, ";1\r\n") + ";1\r\n")
		book, err := csv.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for r, err := range book.Sheets[0].Rows {
			if err != nil {
				t.Fatal(err)
			}
			if got := r.Cells[0].Legacy; got != test.want {
				t.Errorf("%s, row %d: encoding %d, want %d", name, r.Number, got, test.want)
			}
		}
	}
}

func TestDamageIsToldWithItsRow(t *testing.T) {
	body := func(rows int) string {
		var b strings.Builder
		for i := range rows {
			fmt.Fprintf(&b, "%d,Mùa Thị Dợ,014316001234,05/03/2016,Bản Nà Say\n", i+1)
		}
		return b.String()
	}
	whole := body(600)
	halfWide := wide(whole, false, true)
	tests := []struct {
		name string
		data []byte
		key  string
		row  int
	}{
		{"a mark that never ends", []byte(body(499) + "500,\"Mùa,1\n" + body(100)), "file.sheet.quote", 500},
		{"a mark that ends in another cell", []byte(body(299) + "300,\"Mùa,1,2,3\n" + body(50) + "\"x\",a,b,c,d\n"), "file.sheet.quote", 300},
		{"rows between two marks", []byte(body(299) + "300,\"Mùa,1,2,3\n1,Thị\",2,3,4\n"), "file.sheet.quote", 300},
		{"NUL", []byte(body(10) + "11,M\x00a,1,2,3\n" + body(10)), "file.sheet.letters", 11},
		{"invalid UTF-8", []byte(body(499) + "500,M\xc3a,1,2,3\n" + body(10)), "file.sheet.letters", 500},
		{"half of a letter of UTF-16", halfWide[:len(halfWide)-1], "file.sheet.truncated", 600},
		{"half of a pair", append(wide(body(7), false, true), 0x00, 0xd8, 'a', 0, '\n', 0), "file.sheet.letters", 8},
		{"too long a cell", []byte("a,b\n1," + strings.Repeat("x", 32_768) + "\n"), "file.sheet.long", 2},
		{"no line ends", []byte("a,b\n" + strings.Repeat("x", 5<<20)), "file.sheet.long", 2},
		{"too many columns", []byte("a,b\n1" + strings.Repeat(",", 200) + "x\n"), "file.sheet.too_many_columns", 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := read(t, test.data, cells.Limits{})
			holdRefusal(t, err, test.key, test.row)
		})
	}
}

func holdRefusal(t *testing.T, err error, key string, row int) {
	t.Helper()
	var said *fault.Error
	if !errors.As(err, &said) || said.Kind != fault.Unreadable || said.Key != key {
		t.Fatalf("got %v, want %s", err, key)
	}
	if got := said.Args["Row"]; got != row {
		t.Errorf("told of row %v, want %d", got, row)
	}
}

func TestLimits(t *testing.T) {
	text := []byte(strings.Repeat("a,b,,c\n", 100))
	tests := []struct {
		limits cells.Limits
		key    string
		row    int
	}{
		{cells.Limits{Rows: 50}, "file.sheet.too_many_rows", 51},
		{cells.Limits{Cells: 40}, "file.sheet.too_many_cells", 11},
	}
	for _, test := range tests {
		_, err := read(t, text, test.limits)
		holdRefusal(t, err, test.key, test.row)
	}
	_, err := read(t, text, cells.Limits{Unpacked: 100})
	if !fault.Is(err, fault.Unreadable) {
		t.Errorf("too large a file: %v", err)
	}
}

// failing is a disk that breaks behind so many bytes.
type failing struct {
	data []byte
	at   int64
}

var errDisk = errors.New("disk")

func (f failing) ReadAt(into []byte, off int64) (int, error) {
	if off+int64(len(into)) > f.at {
		return 0, errDisk
	}
	return copy(into, f.data[off:]), nil
}

func TestTroubleOfTheReaderIsNotTheFiles(t *testing.T) {
	data := bytes.Repeat(specimen(t), 40)
	for _, at := range []int64{0, 5000, 70_000, int64(len(data)) - 1} {
		book, err := csv.Open(failing{data, at}, int64(len(data)), cells.Limits{})
		for ; err == nil; err = errors.New("no error") {
			for _, broken := range book.Sheets[0].Rows {
				if broken != nil {
					err = broken
				}
			}
			break
		}
		if !errors.Is(err, errDisk) {
			t.Errorf("broken at %d: got %v", at, err)
		}
	}
}

func TestRowsMayBeReadTwiceAndLeft(t *testing.T) {
	data := specimen(t)
	book, err := csv.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{Rows: 80})
	if err != nil {
		t.Fatal(err)
	}
	for r, err := range book.Sheets[0].Rows {
		if err != nil || r.Number > 3 {
			break
		}
	}
	var counts []int
	for range 2 {
		n := 0
		for _, err := range book.Sheets[0].Rows {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		counts = append(counts, n)
	}
	if !slices.Equal(counts, []int{counts[0], counts[0]}) || counts[0] < 65 {
		t.Errorf("rows: %v", counts)
	}
}

func FuzzOpen(f *testing.F) {
	data, err := os.ReadFile("../testdata/official.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data[:2000])
	f.Add(wide("a;b\r\n\"1\";2\r\n", false, true))
	f.Add([]byte("sep=;\n\"a\"\"\r\n\";b\r1;\"2\" \n"))
	f.Add([]byte("H\xe4 v\xb5 t\xaan;1\r\nNguy\xd4n;2"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := read(t, data, cells.Limits{})
		if err != nil && !fault.Is(err, fault.Unreadable) {
			t.Fatalf("an error without a sentence: %v", err)
		}
		last := 0
		for _, r := range rows {
			if r.Number <= last {
				t.Fatalf("row %d after row %d", r.Number, last)
			}
			last = r.Number
		}
	})
}

func TestMutatedFiles(t *testing.T) {
	data, seed := specimen(t), uint64(1)
	next := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % n
	}
	hostile := []string{"\"", "\x00", "\xff", "\n", "\r", ",", "\"\"", "\xc3", "sep=;"}
	for range 1500 {
		mutated := bytes.Clone(data)
		for range 1 + next(3) {
			at := next(len(mutated))
			switch next(3) {
			case 0:
				mutated[at] ^= 1 << next(8)
			case 1:
				mutated = append(mutated[:at:at], append([]byte(hostile[next(len(hostile))]), mutated[at:]...)...)
			case 2:
				mutated = mutated[:max(at, 1)]
			}
		}
		rows, err := read(t, mutated, cells.Limits{})
		if err != nil {
			if !fault.Is(err, fault.Unreadable) {
				t.Fatalf("an error without a sentence: %v", err)
			}
			continue
		}
		// Every line that is not inside a quoted cell must have come out.
		if lines := bytes.Count(mutated, []byte("\n")); len(rows) > 0 && rows[len(rows)-1].Number < lines-8 {
			t.Fatalf("%d lines, the last row is %d", lines, rows[len(rows)-1].Number)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	var text bytes.Buffer
	const rows, columns = 20_000, 25
	for i := range rows {
		fmt.Fprintf(&text, "%d,Mùa Thị Dợ,05/03/2016,Nữ,Mông,%012d,\"Bản Nà Say, xã Tà Xùa\"%s\n", i, i, strings.Repeat(",Giàng A Páo", columns-7))
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		book, err := csv.Open(bytes.NewReader(text.Bytes()), int64(text.Len()), cells.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range book.Sheets[0].Rows {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(rows*columns)*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
}
