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
