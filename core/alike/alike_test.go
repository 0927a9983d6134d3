package alike_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lamsach/core/alike"
	"lamsach/core/civil"
	"lamsach/core/person"
	"lamsach/core/viet"
)

// who is a person as a test writes him down.
type who struct {
	name, mother, father, village, birth string // birth: ISO, or a year
	number, motherNumber                 uint64
	motherYear                           int16
	sex                                  person.Sex
}

func (w who) person() alike.Person {
	folded := []byte(viet.Fold(w.name))
	p := alike.Person{
		Name: hash(w.name), Given: alike.Hash(folded[lastBlank(folded)+1:]), Mother: hash(w.mother), Father: hash(w.father),
		Village: hash(w.village), Number: w.number, MotherNumber: w.motherNumber, MotherYear: w.motherYear, Sex: w.sex,
	}
	var year int
	if d, err := civil.ParseISO(w.birth); err == nil {
		p.Birth = int32(d.Year<<9 | int(d.Month)<<5 | d.Day)
		p.Day = int32(d.DaysSince(civil.Date{Year: 1, Month: 1, Day: 1}))
	} else if n, _ := fmt.Sscan(w.birth, &year); n == 1 {
		p.Birth = int32(year << 9)
	}
	return p
}

func lastBlank(b []byte) int {
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] == ' ' {
			return i
		}
	}
	return -1
}

func hash(text string) uint32 { return alike.Hash([]byte(viet.Fold(text))) }

// index enters people of a list in which no name is frequent.
func index(list []who) *alike.Index {
	x, _ := indexed(list)
	return x
}

// indexed gives the people of the index too, who can be changed.
func indexed(list []who) (*alike.Index, []alike.Person) {
	people, names := make([]alike.Person, len(list)), make([]uint32, len(list))
	for i := range list {
		people[i] = list[i].person()
		names[i] = people[i].Name
	}
	x := alike.NewIndex(people, names, func(rec int) alike.Texts {
		return alike.Texts{Name: list[rec].name, Mother: list[rec].mother, Father: list[rec].father}
	})
	for i := range list {
		x.Put(i)
	}
	return x, people
}

// child is a right child; change makes another of him.
func child(change func(*who)) who {
	w := who{name: "Lò Thị Hoài Thương", mother: "Cà Thị Inh", father: "Lò Văn Pâng", village: "Bản Pá Thông", birth: "2016-05-19",
		number: 14316000117, sex: person.Female}
	if change != nil {
		change(&w)
	}
	return w
}

func TestWhoMayBeOne(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b func(*who)
		want alike.Reason
	}{
		{"a tone on the other vowel and three days", nil, func(w *who) { w.name, w.birth, w.number = "Lò Thị Hoài Thường", "2016-05-22", 0 }, alike.CloseBirths},
		{"the given name misspelt", nil, func(w *who) { w.name, w.number = "Lò Thị Hoài Thươn", 0 }, alike.CloseBirths},
		{"the mother misspelt", nil, func(w *who) { w.mother, w.number = "Cà Thị Ính A", 0 }, alike.CloseBirths},
		{"a middle name dropped", nil, func(w *who) { w.name, w.number = "Lò Thị Thương", 0 }, alike.CloseBirths},
		{"said otherwise where they come from", func(w *who) { w.name = "Lò Thị Nương" }, func(w *who) { w.name, w.number = "Lò Thị Lương", 0 }, alike.CloseBirths},
		{"day and month exchanged", func(w *who) { w.birth = "2016-05-09" }, func(w *who) { w.birth, w.number = "2016-09-05", 0 }, alike.SameName},
		{"another year, one name", nil, func(w *who) { w.birth, w.number = "2017-05-19", 0 }, alike.SameName},
		{"a brother who cannot be", nil, func(w *who) { w.name, w.birth, w.number, w.sex = "Lò Văn Tuấn", "2016-09-30", 0, person.Male }, alike.TooSoon},
		{"no mother here, the day of another month", nil, func(w *who) { w.mother, w.birth, w.number = "", "2016-06-19", 0 }, alike.HighScore},
		{"one digit of the number", nil, func(w *who) { w.mother, w.number = "", 14316000118 }, alike.HighScore},

		{"twins", nil, func(w *who) { w.name, w.number = "Lò Thị Ngọc Ánh", 14316000222 }, ""},
		{"twins with names alike and numbers of their own", nil, func(w *who) { w.name, w.number = "Lò Thị Hoài Thươn", 14316999222 }, ""},
		{"brother and sister of one day", nil, func(w *who) { w.name, w.number, w.sex = "Lò Hoài Thương", 0, person.Male }, ""},
		{"a sister with the same given name", nil, func(w *who) { w.name, w.birth, w.number = "Lò Thị Mai Thương", "2018-03-02", 14318000777 }, ""},
		{"a sister a year later", nil, func(w *who) { w.name, w.birth, w.number = "Lò Thị Hoài Anh", "2017-06-30", 14317000777 }, ""},
		{"a namesake of other parents", nil, func(w *who) {
			w.mother, w.father, w.birth, w.number = "Vì Thị Xôm", "Lò Văn Hặc", "2016-11-02", 14316555777
		}, ""},
		{"a namesake of the same day with a number of her own", nil, func(w *who) { w.mother, w.father, w.number = "Vì Thị Xôm", "Lò Văn Hặc", 14316555777 }, ""},
		{"the mother's namesake in another hamlet", nil, func(w *who) {
			w.name, w.birth, w.village, w.father, w.number = "Quàng Văn Tuấn", "2016-09-30", "Bản Co Muông", "Quàng Văn Hặc", 14216555777
		}, ""},
		{"the mother's namesake with another number", func(w *who) { w.motherNumber = 14188000111 }, func(w *who) {
			w.name, w.birth, w.number, w.motherNumber = "Lò Văn Tuấn", "2016-09-30", 0, 14190000222
		}, ""},
		{"years between them", nil, func(w *who) { w.birth, w.number = "2020-05-19", 0 }, ""},
		{"sex and day both different", nil, func(w *who) { w.birth, w.sex, w.mother, w.number = "2016-06-19", person.Male, "", 0 }, ""},
		{"only the year of old people", func(w *who) { w.birth, w.mother, w.father, w.number = "1941", "", "", 0 }, func(w *who) {
			w.birth, w.mother, w.father, w.number, w.village = "1941", "", "", 0, "Bản Co Muông"
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := index([]who{child(c.a), child(func(w *who) {
				if c.a != nil {
					c.a(w)
				}
				c.b(w)
			})})
			for rec := range 2 {
				got := alike.Reason("")
				x.Near(rec, func(other int, m alike.Match) {
					if other != 1-rec || m.Confidence < 0.5 || m.Confidence > 1 {
						t.Errorf("%d: %d with %v", rec, other, m)
					}
					got = m.Why
				})
				if got != c.want {
					t.Errorf("seen from %d: %q, want %q", rec, got, c.want)
				}
			}
		})
	}
}

func TestWhatAgrees(t *testing.T) {
	x := index([]who{child(nil), child(func(w *who) { w.birth, w.number, w.village = "2016-05-21", 0, "Bản Nậm Rùa" })})
	x.Near(0, func(_ int, m alike.Match) {
		if diff := cmp.Diff([]alike.Aspect{alike.Name, alike.Sex, alike.Mother, alike.Father}, m.Agree); diff != "" {
			t.Error("agree", diff)
		}
		if diff := cmp.Diff([]alike.Aspect{alike.BirthDate, alike.Village}, m.Differ); diff != "" {
			t.Error("differ", diff)
		}
		if m.Days != 2 {
			t.Errorf("%d days", m.Days)
		}
	})
}

var words = []string{"Lò", "Mùa", "Thị", "Văn", "A", "Hoa", "Hòa", "Thương", "Thường", "Dợ", "Sính", "Anh", "Ánh"}

func drawPerson(t *rapid.T) who {
	name := func(label string) string {
		var text string
		for range rapid.IntRange(0, 4).Draw(t, label) {
			text += " " + rapid.SampledFrom(words).Draw(t, label)
		}
		return viet.Squeeze(text)
	}
	return who{
		name: name("name"), mother: name("mother"), father: name("father"), village: rapid.SampledFrom([]string{"", "Bản A", "Bản B"}).Draw(t, "village"),
		birth:  rapid.SampledFrom([]string{"", "2016", "2016-05-09", "2016-09-05", "2016-01-01", "2016-05-12", "2017-05-09", "2012-02-29"}).Draw(t, "birth"),
		number: rapid.SampledFrom([]uint64{0, 14316000117, 14316000118, 14216777555}).Draw(t, "number"),
		sex:    person.Sex(rapid.IntRange(0, 2).Draw(t, "sex")),
	}
}

// TestOrderSaysNothing: two people are alike from either side, in the same way.
func TestOrderSaysNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawPerson(t), drawPerson(t)
		see := func(list []who, rec int) (found []alike.Match) {
			index(list).Near(rec, func(_ int, m alike.Match) { found = append(found, m) })
			return found
		}
		want := see([]who{a, b}, 0)
		for _, got := range [][]alike.Match{see([]who{a, b}, 1), see([]who{b, a}, 0), see([]who{b, a}, 1)} {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

// TestIndexForgets: after people came and went, the index finds what a new one finds.
func TestIndexForgets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := make([]who, rapid.IntRange(2, 12).Draw(t, "n"))
		for i := range list {
			list[i] = drawPerson(t)
		}
		x, people := indexed(list)
		for range rapid.IntRange(0, 8).Draw(t, "changes") {
			i := rapid.IntRange(0, len(list)-1).Draw(t, "who")
			list[i] = drawPerson(t)
			people[i] = list[i].person()
			x.Put(i)
		}
		fresh := index(list)
		for i := range list {
			if diff := cmp.Diff(near(fresh, i), near(x, i)); diff != "" {
				t.Fatal(diff)
			}
		}
		x.Remove(0)
		for i := range list {
			if slices.Contains(near(x, i), 0) || i == 0 && len(near(x, 0)) > 0 {
				t.Fatal("who was taken out is still found")
			}
		}
	})
}

// near gives who is found, in order; the frequency of names is the list's as it came, so scores may differ.
func near(x *alike.Index, rec int) []int {
	var found []int
	x.Near(rec, func(other int, m alike.Match) {
		if m.Why != alike.HighScore {
			found = append(found, other)
		}
	})
	slices.Sort(found)
	return found
}

func TestJaroWinkler(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"martha", "marhta", 0.961}, {"dixon", "dicksonx", 0.813}, {"lo thi hoa", "lo thi hoa", 1}, {"", "a", 0}, {"abc", "xyz", 0}} {
		if got := alike.JaroWinkler([]byte(c.a), []byte(c.b)); got < c.want-0.001 || got > c.want+0.001 {
			t.Errorf("%q and %q: %.3f, want %.3f", c.a, c.b, got, c.want)
		}
	}
}

func TestConfusion(t *testing.T) {
	for _, pair := range [][2]string{{"lo thi nga", "no thi nga"}, {"trang", "chang"}, {"giang", "dang"}, {"my", "mi"}, {"son", "xon"}, {"thin", "thing"}, {"viet", "viec"}} {
		if a, b := alike.Confusion([]byte(pair[0])), alike.Confusion([]byte(pair[1])); string(a) != string(b) {
			t.Errorf("%s and %s: %s and %s", pair[0], pair[1], a, b)
		}
	}
}

func TestSimilar(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"lo van hoa", "lo van hoa", true}, {"lo thi hoai thuong", "lo thi hoai thuon", true}, {"lo thi hoai thuong", "lo thi thuong", true}, {"lo van nuong", "lo van luong", true},
		{"lo van hoa", "lo van hao", false}, {"lo van khuong", "lo van truong", false}, {"lo thi khang", "lo thi trang", false},
		{"lo van hoa", "", false}, {"", "", false},
	} {
		for _, pair := range [2][2]string{{c.a, c.b}, {c.b, c.a}} {
			if got := alike.Similar([]byte(pair[0]), []byte(pair[1])); got != c.want {
				t.Errorf("%q and %q: %v", pair[0], pair[1], got)
			}
		}
	}
}

// crowd makes n children of households, with a tenth of the names in use everywhere.
func crowd(n int) []who {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func() string { return words[r.IntN(len(words))] }
	list := make([]who, n)
	for i := range list {
		home := i / 3
		list[i] = who{
			name: fmt.Sprintf("%s %s %s %c%c", pick(), pick(), pick(), 'a'+r.IntN(26), 'a'+r.IntN(26)), mother: fmt.Sprintf("Cà Thị %s %c%c", words[home%13], 'a'+home/13%26, 'a'+home/338%26),
			father: fmt.Sprintf("Lò Văn %s %c%c", words[home%13], 'a'+home/13%26, 'a'+home/338%26), village: fmt.Sprintf("Bản %d", home/100),
			birth: civil.Date{Year: 2010, Month: 12, Day: 1}.AddDays(r.IntN(5700)).String(), sex: person.Sex(1 + r.IntN(2)),
		}
	}
	return list
}

// BenchmarkDuplicates finds the likely doubles of 7,000 people from nothing.
func BenchmarkDuplicates(b *testing.B) {
	list := crowd(7000)
	people, names := make([]alike.Person, len(list)), make([]uint32, len(list))
	for i := range list {
		people[i] = list[i].person()
		names[i] = people[i].Name
	}
	texts := func(rec int) alike.Texts {
		return alike.Texts{Name: list[rec].name, Mother: list[rec].mother, Father: list[rec].father}
	}
	here := slices.Repeat([]bool{true}, len(list))
	b.ReportAllocs()
	for b.Loop() {
		alike.NewIndex(people, names, texts).Fill(here, func(_, _ int, _ alike.Match) {})
	}
}
