package report_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/kind"
	"lamsach/core/ledger"
	"lamsach/core/report"
	"lamsach/core/roster"
)

var today = civil.Date{Year: 2026, Month: 11, Day: 22}

// listed makes a list with software code, name, birth date, sex, number, hamlet and mother.
func listed(rows ...[]string) *roster.Roster {
	fields := []roster.Field{
		roster.SoftwareCode, roster.FullName, roster.BirthDate, roster.Sex, roster.Ethnicity, roster.PersonalID, roster.Village, roster.MotherName,
	}
	sheet := roster.SheetInfo{Name: "Sheet1", HeaderRows: []int{1}, LastRow: len(rows) + 1, Records: len(rows)}
	for i, f := range fields {
		sheet.Columns = append(sheet.Columns, roster.Column{Index: i, Field: f})
	}
	ro := &roster.Roster{Kind: roster.KindChild, Sheets: []roster.SheetInfo{sheet}}
	for i, row := range rows {
		rec := roster.Record{Row: i + 2}
		for _, text := range row {
			kind := roster.Text
			if text == "" {
				kind = roster.Empty
			}
			rec.Cells = append(rec.Cells, roster.Cell{Kind: kind, Text: text})
		}
		ro.Records = append(ro.Records, rec)
	}
	return ro
}

func checker(ro *roster.Roster) *check.Checker {
	return check.New(ro, kind.Of(ro.Kind).Rules, today)
}

func TestTallyByHamlet(t *testing.T) {
	ro := listed(
		[]string{"A1", "Lò Thị Thử", "05/03/2016", "Nữ", "Thái", "014316001234", "Bản Bẹ", "Vì Thị Mẫu"},
		[]string{"A2", "Mùa A Thử", "07/04/2017", "Nam", "Mông", "", "BẢN BẸ ", "Thào Thị Mẫu"},
		[]string{"", "Vàng A Thử", "08/05/2018", "Nam", "Mông", "014218001299", "Bản Bé", "Giàng Thị Mẫu"},
		[]string{"A4", "Hờ A Thử", "09/06/2015", "", "Mông", "014215001277", "", "Sùng Thị Mẫu"},
	)
	ro.Records[1].Decide(roster.Decisions{Police: true}) // waits for the police's number
	ch := checker(ro)
	tallier := report.NewTallier(ro)
	got := tallier.Count(ch.Findings())
	want := []ledger.Tally{
		{Hamlet: "", Now: ledger.State{People: 1, Open: 1, Numbered: 1, BasicInfo: 1}},
		{Hamlet: "Bản Bé", Now: ledger.State{People: 1, Clean: 1, Numbered: 1}, Fresh: 1},
		{Hamlet: "Bản Bẹ", Now: ledger.State{People: 2, Clean: 1, Waiting: 1, Numbered: 1, NoID: 1}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	// The last one moved away, and the second lives elsewhere: only they are read again.
	ro.Records[3].Decide(roster.Decisions{Status: roster.MovedOut})
	ro.Records[1].Decide(roster.Decisions{Police: true, Fixed: map[roster.Field]roster.Fix{roster.Village: {Value: "Bản Mới", By: roster.ByOfficer}}})
	ch.Recheck(1, 3)
	tallier.Reread(1, 3)
	got = tallier.Count(ch.Findings())
	if diff := cmp.Diff(report.NewTallier(ro).Count(ch.Findings()), got); diff != "" {
		t.Errorf("counting on differs from counting anew:\n%s", diff)
	}
	if got[0].Moved != 1 || got[0].Now.Left != 1 || got[0].Now.Open != 0 || len(got) != 4 {
		t.Errorf("%+v", got)
	}
}

func TestTallyIsAPartition(t *testing.T) {
	statuses := []roster.Status{roster.InScope, roster.InScope, roster.MovedOut, roster.Deceased, roster.NotFound, roster.OverAge, roster.Duplicate, roster.Abroad}
	rapid.Check(t, func(t *rapid.T) {
		var rows [][]string
		for range rapid.IntRange(0, 12).Draw(t, "people") {
			pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
			rows = append(rows, []string{
				pick("code", "", "A1"), pick("name", "", "Lò Thị Thử"), pick("birth", "", "05/03/2016", "2016"), pick("sex", "", "Nam", "Nữ"),
				pick("people", "", "Thái"), pick("number", "", "014316001234", "14316001234", "123"), pick("hamlet", "", "Bản A", "bản a", "Bản B"), pick("mother", "", "Vì Thị Mẫu"),
			})
		}
		ro := listed(rows...)
		ch := checker(ro)
		tallier := report.NewTallier(ro)
		var changed []int
		for i := range ro.Records {
			ro.Records[i].Decide(roster.Decisions{Status: rapid.SampledFrom(statuses).Draw(t, "status"), Police: rapid.Bool().Draw(t, "police")})
			changed = append(changed, i)
		}
		ch.Recheck(changed...)
		tallier.Reread(changed...)
		sum := ledger.Sum(tallier.Count(ch.Findings()))
		n := sum.Now
		if n.People != len(rows) || n.Clean+n.Open+n.Waiting+n.Left != n.People {
			t.Fatalf("of %d people: %+v", len(rows), n)
		}
		if left := sum.Moved + sum.Died + sum.OverAge + sum.NotFound + sum.Abroad + sum.Doubled; left != n.Left {
			t.Fatalf("%d left, by reason %d", n.Left, left)
		}
		if n.Numbered > n.People || n.NoID > n.Open+n.Waiting || n.BasicInfo > n.Open {
			t.Fatalf("%+v", n)
		}
	})
}

func TestHouseNumbersAreNoHamlets(t *testing.T) {
	var rows [][]string
	for i := range 500 {
		rows = append(rows, []string{"", "Lò Thị Thử", "05/03/2016", "Nữ", "Thái", "", fmt.Sprint("Số nhà ", i/2*i%499), "Vì Thị Mẫu"})
	}
	ro := listed(rows...)
	got := report.NewTallier(ro).Count(checker(ro).Findings())
	if len(got) > 301 || got[0].Hamlet != "" || ledger.Sum(got).Now.People != 500 {
		t.Errorf("%d hamlets, %d people", len(got), ledger.Sum(got).Now.People)
	}
}
