package match_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"lamsach/core/match"
	"lamsach/core/roster"
)

// row is a child as the tests of the score write him: name, birth date, sex, mother, father, hamlet, number.
type row [7]string

func rows(children ...row) *roster.Roster {
	ro := &roster.Roster{Kind: roster.KindChild, Sheets: []roster.SheetInfo{{Name: "DS"}}}
	for i, f := range []roster.Field{roster.FullName, roster.BirthDate, roster.Sex, roster.MotherName, roster.FatherName, roster.Village, roster.PersonalID} {
		ro.Sheets[0].Columns = append(ro.Sheets[0].Columns, roster.Column{Index: i, Field: f})
	}
	for i, c := range children {
		rec := roster.Record{Row: i + 2}
		for _, text := range c {
			kind := roster.Text
			if text == "" {
				kind = roster.Empty
			}
			rec.Cells = append(rec.Cells, roster.Cell{Kind: kind, Text: text})
		}
		ro.Records = append(ro.Records, rec)
	}
	ro.Sheets[0].Records = len(children)
	return ro
}

// others fill a list, so that no name of a test is frequent in it.
func others(n int) []row {
	r := rand.New(rand.NewPCG(3, 5))
	syllables := []string{"An", "Bình", "Chi", "Dung", "Giang", "Hạnh", "Kim", "Lan", "Mai", "Nga", "Oanh", "Phúc", "Quân", "Sơn", "Tâm", "Uyên", "Vinh", "Xuân", "Yến"}
	pick := func() string { return syllables[r.IntN(len(syllables))] }
	var list []row
	for i := range n {
		list = append(list, row{
			fmt.Sprintf("Hoàng %s %s %s", pick(), pick(), pick()), fmt.Sprintf("%02d/%02d/%d", 1+r.IntN(28), 1+r.IntN(12), 2011+r.IntN(15)),
			[]string{"Nam", "Nữ"}[i%2], fmt.Sprintf("Bùi %s %s %s", pick(), pick(), pick()), fmt.Sprintf("Hoàng %s %s", pick(), pick()), fmt.Sprint("Bản ", i%9), "",
		})
	}
	return list
}

func TestScore(t *testing.T) {
	child := row{"Lò Thị Hoài Thương", "19/05/2016", "Nữ", "Cà Thị Inh", "Lò Văn Pâng", "Bản Pá Thông", ""}
	with := func(change func(*row)) row {
		c := child
		change(&c)
		return c
	}
	const paired, asked, apart = "paired", "asked", "apart"
	for _, c := range []struct {
		about       string
		before, now []row
		want        string // of the first of either list
	}{
		{"a letter of the name", []row{child}, []row{with(func(c *row) { c[0] = "Lò Thị Hoài Thươn" })}, paired},
		{"day and month exchanged", []row{with(func(c *row) { c[1] = "09/05/2016" })}, []row{with(func(c *row) { c[1] = "05/09/2016" })}, paired},
		{"a middle name dropped", []row{child}, []row{with(func(c *row) { c[0] = "Lò Thị Thương" })}, paired},
		{"only the year, as the list had it", []row{with(func(c *row) { c[1] = "2016" })}, []row{with(func(c *row) { c[1] = "19/05/2016" })}, paired},
		{"no parents, the day of another month", []row{with(func(c *row) { c[3], c[4] = "", "" })}, []row{with(func(c *row) { c[1], c[3], c[4] = "19/06/2016", "", "" })}, asked},
		{"another mother, the same name and year", []row{child}, []row{with(func(c *row) {
			c[1], c[3], c[4], c[5] = "02/11/2016", "Vì Thị Xôm", "Lò Văn Hặc", "Bản Co Muông"
		})}, apart},
		{"a sister", []row{child}, []row{with(func(c *row) { c[0], c[1] = "Lò Thị Mai", "02/03/2018" })}, apart},
		{"a twin", []row{child}, []row{with(func(c *row) { c[0] = "Lò Thị Ngọc Ánh" })}, apart},
		{"years between them", []row{child}, []row{with(func(c *row) { c[1] = "19/05/2020" })}, apart},
		{"sex and date both different", []row{child}, []row{with(func(c *row) { c[1], c[2] = "19/06/2016", "Nam" })}, apart},
		{"two who come equally near", []row{child}, []row{with(func(c *row) { c[0] = "Lò Thị Hoài Thươn" }), with(func(c *row) { c[0] = "Lò Thị Hoài Thưng" })}, asked},
		{"a number with one digit off", []row{with(func(c *row) { c[6] = "014316000117" })}, []row{with(func(c *row) { c[0], c[6] = "Lò Thị Hoài Thươn", "014316000118" })}, paired},
		{"numbers of their own", []row{with(func(c *row) { c[3], c[4], c[6] = "", "", "014316000117" })}, []row{with(func(c *row) { c[0], c[3], c[4], c[6] = "Lò Thị Hoài Thươn", "", "", "014316777555" })}, asked},
	} {
		t.Run(c.about, func(t *testing.T) {
			before, now := rows(append(c.before, others(300)...)...), rows(append(c.now, others(300)...)...)
			u := match.Pair(before, now)
			u.Score(before, now)
			got := apart
			if o, ok := u.Pairs[0]; ok && o == 0 {
				got = paired
			}
			for _, l := range u.Likely {
				if l.Now == 0 && l.Before == 0 {
					got = asked
				}
			}
			if got != c.want {
				t.Errorf("%s, want %s; likely %+v", got, c.want, u.Likely)
			}
			if got != paired && (!slices.Contains(u.New, 0) || !slices.Contains(u.Gone, 0)) {
				t.Errorf("new %v, gone %v", u.New, u.Gone)
			}
			if len(u.Pairs) < 300 {
				t.Errorf("%d of the others are found", len(u.Pairs))
			}
		})
	}
}

// TestScoreOfAWholeCommune: a list of which a tenth was written anew in another way, without codes and numbers. Nobody is
// taken for somebody else.
func TestScoreOfAWholeCommune(t *testing.T) {
	old := others(3000)
	later := slices.Clone(old)
	r := rand.New(rand.NewPCG(7, 11))
	changed := 0
	for i := range later {
		switch r.IntN(20) {
		case 0:
			later[i][0] = later[i][0][:len(later[i][0])-1]
		case 1:
			later[i][1] = later[i][1][3:5] + "/" + later[i][1][:2] + later[i][1][5:]
		case 2:
			later[i][3] = ""
			later[i][0] += "h"
		default:
			continue
		}
		changed++
	}
	order := r.Perm(len(later))
	shuffled := make([]row, len(later))
	for i, from := range order {
		shuffled[i] = later[from]
	}
	before, now := rows(old...), rows(shuffled...)
	u := match.Pair(before, now)
	exact := len(u.Pairs)
	u.Score(before, now)
	wrong := 0
	for n, o := range u.Pairs {
		if order[n] != o {
			wrong++
		}
	}
	right := 0
	for _, l := range u.Likely {
		if order[l.Now] == l.Before {
			right++
		}
	}
	t.Logf("%d of 3,000 changed; %d found by keys, %d by score, %d asked of which %d rightly, %d wrong", changed, exact, len(u.Pairs)-exact, len(u.Likely), right, wrong)
	if wrong > 0 || len(u.Pairs)+right < 2990 || len(u.Likely) > changed/2 {
		t.Errorf("%d wrong pairs, %d found, %d asked", wrong, len(u.Pairs), len(u.Likely))
	}
}

func BenchmarkScore(b *testing.B) {
	before := rows(others(6600)...)
	later := others(6600)
	for i := range later {
		later[i][1] = "2" + later[i][1][1:]
	}
	now := rows(later...)
	b.ReportAllocs()
	for b.Loop() {
		u := match.Pair(before, now)
		u.Score(before, now)
	}
}
