package review

import (
	"testing"

	"lamsach/core/roster"
)

// TestDaysAreShownAsTheyAreWritten: day, month, year, also of a cell that holds a day; what is no day stays as it stands.
func TestDaysAreShownAsTheyAreWritten(t *testing.T) {
	for _, test := range []struct {
		field      roster.Field
		text, want string
	}{
		{roster.BirthDate, "2009-03-15", "15/03/2009"},
		{roster.MotherBirth, "1986-12-01", "01/12/1986"},
		{roster.BirthDate, "15/3/2009", "15/3/2009"},
		{roster.BirthDate, "2009-03", "2009-03"},
		{roster.FullName, "2009-03-15", "2009-03-15"},
	} {
		if got := display(test.field, test.text); got != test.want {
			t.Errorf("%s %q is shown as %q, want %q", test.field, test.text, got, test.want)
		}
	}
}

// TestHamletIsSaidOnce: a sheet that has the hamlet's name tells it with the row.
func TestHamletIsSaidOnce(t *testing.T) {
	sheets := func(names ...string) (all []roster.SheetInfo) {
		for _, name := range names {
			all = append(all, roster.SheetInfo{Name: name})
		}
		return all
	}
	for _, test := range []struct {
		sheets []roster.SheetInfo
		group  string
		want   string
	}{
		{sheets("Bản Bẹ"), "Bản Bẹ", "Bản Bẹ"},
		{sheets("Bản  bẹ", "Bản Chống"), "Bản Bẹ", ""},
		{sheets("Bản Bé", "Bản Chống"), "Bản Bẹ", "Bản Bẹ"},
		{sheets("Sheet1", "Sheet2"), "Bản Bẹ", "Bản Bẹ"},
		{sheets("Sheet1", "Sheet2"), "", ""},
	} {
		v := view{Desk: &Desk{Roster: &roster.Roster{Sheets: test.sheets, Records: []roster.Record{{Row: 8, Group: test.group}}}}}
		if got := v.hamlet(0); got != test.want {
			t.Errorf("sheet %q, group %q: hamlet %q, want %q", test.sheets[0].Name, test.group, got, test.want)
		}
	}
}
