package campaign

import (
	"slices"

	"lamsach/core/civil"
)

// Standing is where a covered unit stands on a day, over all steps that have begun or are done.
type Standing struct {
	Unit      string
	Done      int // duties about it
	Open      int // in time
	Late      int
	Questions int // open ones of its lists
}

// Standings tells where each of the campaign's units below a unit, itself among them, stands: those that are latest first, then in
// the campaign's order.
func Standings(c Campaign, p Place, facts Facts, unit string, today civil.Date) []Standing {
	f := firing{c: c, p: p, facts: facts.index(), today: today}
	at := map[string]int{}
	var all []Standing
	for _, code := range c.Units {
		if f.below(Duty{Unit: code}, unit) {
			at[code] = len(all)
			all = append(all, Standing{Unit: code})
		}
	}
	for _, d := range Duties(c, p.Tree) {
		missing := map[string]bool{}
		for _, code := range f.facts.missing(d) {
			missing[code] = true
		}
		for _, code := range d.Covers {
			i, of := at[code]
			switch {
			case !of:
			case !missing[code]:
				all[i].Done++
			case !d.Step.Deadline().IsZero() && d.Step.Deadline().Before(today):
				all[i].Late++
			case !today.Before(d.Step.From):
				all[i].Open++
			}
		}
	}
	for key, w := range f.facts.work {
		if i, of := at[key.unit]; of {
			all[i].Questions += w.Open
		}
	}
	slices.SortStableFunc(all, func(a, b Standing) int { return b.Late - a.Late })
	return all
}
