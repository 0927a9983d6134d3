package check

import (
	"strings"

	"lamsach/core/roster"
)

// benefitColumns says how a sheet uses its columns of an allowance: what nearly all of it does is no question at every person.
type benefitColumns struct {
	catalogue    bool // the categories are another catalogue's than the decree's: codes of software, or local ones
	noCategories bool // hardly anybody has a category
	noDecisions  bool // hardly anybody has the number of a decision
}

// Limits from which a column is told to be used otherwise.
const (
	columnPeople = 400 // are looked at, spread over the list
	columnEnough = 5   // of whom so many say so, and they are the most
)

// usedColumns tells by sheet how its columns are used.
func usedColumns(ro *roster.Roster) []benefitColumns {
	used := make([]benefitColumns, len(ro.Sheets))
	if !ro.Has(roster.Category) && !ro.Has(roster.DecisionNo) {
		return used
	}
	type count struct{ known, unknown, blank, decided, undecided int }
	counts := make([]count, len(ro.Sheets))
	for rec := 0; rec < len(ro.Records); rec += len(ro.Records)/columnPeople + 1 {
		n := &counts[ro.Records[rec].Sheet]
		switch text := ro.Raw(rec, roster.Category).Text; {
		case blank(text):
			n.blank++
		case readCategory(text).known:
			n.known++
		default:
			n.unknown++
		}
		if decided(ro.Raw(rec, roster.DecisionNo).Text) {
			n.decided++
		} else {
			n.undecided++
		}
	}
	most := func(n, others int) bool { return n >= columnEnough && n > others }
	for sheet, n := range counts {
		used[sheet] = benefitColumns{
			catalogue: most(n.unknown, n.known), noCategories: most(n.blank, n.known+n.unknown), noDecisions: most(n.undecided, n.decided),
		}
	}
	return used
}

// foreign reports whether a text is a bare code in a column of another catalogue, where it means something else.
func (v *RowView) foreign(text string) bool {
	return v.columns[v.record.Sheet].catalogue && oldCodes[strings.TrimSpace(text)] != ""
}
