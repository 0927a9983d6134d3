package sample

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lamsach/core/civil"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

var asOf = civil.Date{Year: 2026, Month: 11, Day: 22}

func TestSameOptionsSameList(t *testing.T) {
	for _, layout := range Layouts() {
		o := Options{Layout: layout, Rows: 150, Seed: 7, FaultRate: 0.3, AsOf: asOf}
		grid, truth := Make(o)
		again, truthAgain := Make(o)
		if !reflect.DeepEqual(grid, again) || !reflect.DeepEqual(truth, truthAgain) {
			t.Errorf("%s: the same options gave another list", layout)
		}
		o.Seed = 8
		if other, _ := Make(o); reflect.DeepEqual(grid, other) {
			t.Errorf("%s: another seed gave the same list", layout)
		}
	}
}

// TestCleanListIsClean looks at the people with rules of its own, written without a look at those of the program.
func TestCleanListIsClean(t *testing.T) {
	_, truth := Make(Options{Rows: 3000, Seed: 1, AsOf: asOf})
	numbers, same := map[string]bool{}, map[string]bool{}
	for _, p := range truth.People {
		r := p.Right
		born, err := civil.ParseISO(r["birth_date"][6:] + "-" + r["birth_date"][3:5] + "-" + r["birth_date"][:2])
		if err != nil || !born.Before(asOf) || !born.AddYears(16).After(asOf) || strings.HasPrefix(r["birth_date"], "01/01") {
			t.Errorf("row %d: birth %s", p.Row, r["birth_date"])
		}
		number := r["personal_id"]
		even := (number[3]-'0')%2 == 0
		if len(number) != 12 || number[4:6] != r["birth_date"][8:] || number[3] < '2' || even != (r["sex"] == "Nam") {
			t.Errorf("row %d: number %s for %s, %s", p.Row, number, r["sex"], r["birth_date"])
		}
		for _, n := range []string{number} {
			if numbers[n] {
				t.Errorf("row %d: number %s twice", p.Row, n)
			}
			numbers[n] = true
		}
		if key := viet.Fold(r["full_name"]) + r["birth_date"]; same[key] {
			t.Errorf("row %d: %s twice", p.Row, key)
		} else {
			same[key] = true
		}
		if r["mother_name"] == "" && r["guardian_name"] == "" {
			t.Errorf("row %d: nobody looks after the child", p.Row)
		}
		for _, name := range []string{"mother_name", "father_name", "guardian_name"} {
			if viet.Fold(r[name]) == viet.Fold(r["full_name"]) {
				t.Errorf("row %d: child and %s have one name", p.Row, name)
			}
		}
		if r["full_name"] != viet.Tidy(r["full_name"]) || !viet.HasMarks(r["full_name"]) || !strings.Contains(r["full_name"], " ") && !strings.Contains(r["full_name"], "'") {
			t.Errorf("row %d: name %q", p.Row, r["full_name"])
		}
		for _, parent := range []string{"mother", "father"} {
			if year, err := strconv.Atoi(r[parent+"_birth"]); err == nil && (born.Year-year < 16 || born.Year-year > 55 || r[parent+"_id"][4:6] != r[parent+"_birth"][2:]) {
				t.Errorf("row %d: %s born %d", p.Row, parent, year)
			}
		}
	}
	if len(truth.Expect) != 0 || len(truth.Clean)+2*len(truth.Twins) != 3000 || len(truth.Twins) == 0 {
		t.Errorf("%d faults, %d clean rows, %d twins", len(truth.Expect), len(truth.Clean), len(truth.Twins))
	}
}

// TestEveryFaultIsPlanted demands each code in each layout that can carry it, and each code somewhere.
func TestEveryFaultIsPlanted(t *testing.T) {
	somewhere := map[string]bool{}
	for _, l := range layouts() {
		_, truth := Make(Options{Layout: l.name, Rows: 1200, Seed: 5, FaultRate: 0.4, AsOf: asOf})
		here := map[string]bool{}
		for _, e := range truth.Expect {
			here[e.Codes[0]] = true
			if !l.bareNumbers { // where parents' numbers lose their zeros in every row
				somewhere[e.Codes[0]] = true
			}
		}
		if truth.Kind == roster.KindBeneficiary {
			l = l.forBeneficiaries()
		}
		for _, f := range faults() {
			can := (f.kind == "" || f.kind == truth.Kind) && (f.needs == nil || f.needs(l)) && !slices.Contains(l.cannotHave, f.code)
			if can && !here[f.code] {
				t.Errorf("%s: no %s was planted", l.name, f.code)
			}
		}
	}
	if got := slices.Sorted(maps.Keys(somewhere)); !cmp.Equal(got, Codes()) {
		t.Error(cmp.Diff(Codes(), got))
	}
}

func TestOnly(t *testing.T) {
	_, truth := Make(Options{Rows: 200, Seed: 2, FaultRate: 0.1, AsOf: asOf, Only: []string{"personal_id.lost_zero"}})
	for _, e := range truth.Expect {
		if e.Codes[0] != "personal_id.lost_zero" || e.Fix == nil || len(*e.Fix) != 12 {
			t.Errorf("row %d: %v", e.Row, e.Codes)
		}
	}
	if len(truth.Expect) != 20 {
		t.Errorf("%d faults, want 20", len(truth.Expect))
	}
}

// TestTruthPointsIntoTheGrid reads the cells that the truth names and compares them with the right values on clean rows.
func TestTruthPointsIntoTheGrid(t *testing.T) {
	for _, layout := range Layouts() {
		grid, truth := Make(Options{Layout: layout, Rows: 300, Seed: 4, FaultRate: 0.3, AsOf: asOf})
		clean := map[Place]bool{}
		for _, p := range truth.Clean {
			clean[p] = true
		}
		for _, p := range truth.People {
			if !clean[Place{p.Sheet, p.Row}] {
				continue
			}
			fields := truth.Sheets[p.Sheet].Fields
			if from := truth.Sheets[p.Sheet].SecondFrom; from > 0 && p.Row >= from {
				fields = truth.Sheets[p.Sheet].Second
			}
			l, _ := layoutNamed(layout)
			for field, letters := range fields {
				if f, _ := roster.ParseField(field); (l.homes || l.carried) && (ofHome(f) || inHeadsRow(f)) || l.write != nil || field == "sex" && (l.sexWords != nil || l.name == "female") {
					continue // stands in the first row of the house, or in another form
				}
				got := joined(grid, p, strings.Split(letters, "|"))
				if want := p.Right[field]; !sameValue(field, want, got) {
					t.Errorf("%s row %d %s: the list says %q, right is %q", layout, p.Row, field, got, want)
				}
			}
		}
	}
}

// joined gives the cells of a row under the letters, dates day first.
func joined(grid roster.Grid, p Person, letters []string) string {
	var said []string
	for _, sheet := range grid.Sheets {
		for _, row := range sheet.Rows {
			if sheet.Name != p.Sheet || row.Number != p.Row {
				continue
			}
			for _, l := range letters {
				cell := row.Cells[strings.Index("ABCDEFGHIJKLMNOPQRSTUVWXYZ", l)].Cell
				if cell.Kind == roster.Date {
					cell.Text = isoDayFirst(cell.Text)
				}
				if cell.Text != "" {
					said = append(said, cell.Text)
				}
			}
		}
	}
	return strings.Join(said, " ")
}

func sameValue(field, want, got string) bool {
	switch field {
	case "birth_date":
		var day []int
		for _, piece := range strings.FieldsFunc(got, func(r rune) bool { return r == ' ' || r == '/' }) {
			n, _ := strconv.Atoi(piece)
			day = append(day, n)
		}
		return len(day) == 3 && fmt.Sprintf("%02d/%02d/%d", day[0], day[1], day[2]) == want
	case "sex": // a tick, or the date under the sex
		return got == want || got == "x" || len(got) == 10
	case "father_name", "mother_name":
		return strings.Contains(got, want)
	case "note":
		return true
	}
	return got == want
}

func TestRowsAreAccountedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := Options{
			Layout: rapid.SampledFrom(Layouts()).Draw(t, "layout"), Rows: rapid.IntRange(1, 120).Draw(t, "rows"), Seed: rapid.Uint64().Draw(t, "seed"),
			FaultRate: rapid.Float64Range(0, 0.6).Draw(t, "rate"), AsOf: civil.Date{Year: rapid.IntRange(2016, 2090).Draw(t, "year"), Month: 2, Day: 28},
		}
		grid, truth := Make(o)
		rows := 0
		for _, s := range truth.Sheets {
			rows += len(s.Rows)
		}
		if rows != o.Rows || len(truth.People) != rows {
			t.Errorf("%d rows asked, %d made, %d people", o.Rows, rows, len(truth.People))
		}
		wrong := map[Place]bool{}
		for _, e := range truth.Expect {
			wrong[Place{e.Sheet, e.Row}] = true
		}
		for _, p := range truth.Clean {
			if wrong[p] {
				t.Errorf("%v is clean and has a fault", p)
			}
		}
		for _, sheet := range grid.Sheets {
			for i := 1; i < len(sheet.Rows); i++ {
				if sheet.Rows[i].Number <= sheet.Rows[i-1].Number {
					t.Errorf("%s: row %d after %d", sheet.Name, sheet.Rows[i].Number, sheet.Rows[i-1].Number)
				}
			}
		}
	})
}

func TestTruthAsJSON(t *testing.T) {
	_, truth := Make(Options{Layout: "official", Rows: 60, Seed: 1, FaultRate: 0.4, AsOf: asOf})
	body, err := json.Marshal(truth)
	if err != nil {
		t.Fatal(err)
	}
	var back Truth
	if err := json.Unmarshal(body, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(truth, back); diff != "" {
		t.Error(diff)
	}
	for _, form := range []string{`"kind":"child","as_of":"2026-11-22","layout":"official","sheets":{"Sheet1":{"fields":{`, `"birth_date":"C|D"`, `"clean":[["Sheet1",`, `"fix":null`} {
		if !strings.Contains(string(body), form) {
			t.Errorf("the truth lacks %s", form)
		}
	}
	if p, ok := truth.At("Sheet1", truth.People[3].Row); !ok || p.Right["full_name"] != truth.People[3].Right["full_name"] {
		t.Error("At found somebody else")
	}
	if _, ok := truth.At("Sheet1", 1); ok {
		t.Error("somebody stands in the title")
	}
}

func TestValid(t *testing.T) {
	good := Options{Rows: 1, AsOf: asOf}
	if err := good.Valid(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*Options){
		"layout":      func(o *Options) { o.Layout = "none" },
		"code":        func(o *Options) { o.Only = []string{"personal_id.nothing"} },
		"no rows":     func(o *Options) { o.Rows = 0 },
		"too many":    func(o *Options) { o.Rows = 1_000_001 },
		"column":      func(o *Options) { o.Column = "birth_date.missing" },
		"no dates":    func(o *Options) { o.Layout, o.Column = "official", "birth_date.swapped" },
		"kind":        func(o *Options) { o.Kind = "horse" },
		"rate":        func(o *Options) { o.FaultRate = 0.7 },
		"no date":     func(o *Options) { o.AsOf = civil.Date{} },
		"distant day": func(o *Options) { o.AsOf.Year = 1999 },
	} {
		o := good
		spoil(&o)
		if o.Valid() == nil {
			t.Errorf("%s: was taken", name)
		}
	}
}

func TestWholeColumns(t *testing.T) {
	count := func(code string) (trueDates, beyond12, texts, first int) {
		grid, truth := Make(Options{Rows: 400, Seed: 6, AsOf: asOf, Column: code})
		for _, e := range truth.Expect {
			if e.Codes[0] != code {
				t.Errorf("row %d: %s beside %s", e.Row, e.Codes[0], code)
			}
		}
		for _, row := range grid.Sheets[0].Rows[1:] {
			switch cell := row.Cells[2].Cell; {
			case cell.Kind == roster.Text:
				texts++
			case strings.HasSuffix(cell.Text, "-01-01"):
				first++
				fallthrough
			default:
				trueDates++
				if cell.Text[8:] > "12" {
					beyond12++
				}
			}
		}
		return trueDates, beyond12, texts, first
	}
	if dates, beyond12, texts, _ := count("birth_date.swapped"); dates < 100 || beyond12 != 0 || texts < 150 {
		t.Errorf("swapped: %d dates, %d of them beyond the 12th, %d texts", dates, beyond12, texts)
	}
	if dates, beyond12, texts, first := count("birth_date.pile_up"); dates != 400 || beyond12 < 150 || texts != 0 || first < 13 {
		t.Errorf("pile up: %d dates, %d on the first of January", dates, first)
	}
}

func TestLegacyFontsComeBack(t *testing.T) {
	for _, name := range []string{"Mùa Thị Dợ", "Nguyễn Đức Thắng", "Vừ A Sử"} {
		if encoded := inTCVN3(name); encoded == name || viet.FromTCVN3(encoded) != name {
			t.Errorf("%s became %q, which reads %q", name, encoded, viet.FromTCVN3(encoded))
		}
	}
	if got := inTCVN3("H'Ŏ"); got != "H'Ŏ" {
		t.Errorf("a letter that the font lacks became %q", got)
	}
}

func BenchmarkMake(b *testing.B) {
	for b.Loop() {
		Make(Options{Layout: "wide", Rows: 10_000, Seed: 1, FaultRate: 0.2, AsOf: asOf})
	}
	b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
