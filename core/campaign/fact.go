package campaign

import (
	"slices"

	"lamsach/core/civil"
	"lamsach/core/officer"
)

// Fact is something that has happened to a unit's list in this campaign.
type Fact struct {
	Event Event      `json:"event"`
	List  string     `json:"list"`        // kind of list; empty for what concerns all
	Unit  string     `json:"unit"`        // whose list it is
	To    Party      `json:"to,omitzero"` // to whom it went, where that matters
	On    civil.Date `json:"on"`          //
	Count int        `json:"count"`       // people
}

// Work is what a unit's list still asks for, from the kept counts.
type Work struct {
	Unit    string
	List    string
	Open    int // questions that are not answered
	Groups  int // groups of them that one answer would settle
	Settles int // questions in those groups
}

// Facts are the present state that reminders are composed from: what happened in one campaign, and what is open now.
type Facts struct {
	Done []Fact
	Work []Work
}

// Duty is a step that one unit owes, for the units whose facts it is about.
type Duty struct {
	List   string
	Step   Step
	Unit   string   // who owes it
	Covers []string // whose facts fulfil it; Unit itself, or units below it
}

// Duties lists what a campaign asks of whom, stream by stream and step by step, in the order of the campaign's units. Steps whose
// owner does not exist in the tree are left out; Validate names them.
func Duties(c Campaign, tree *officer.Tree) []Duty {
	var duties []Duty
	for _, stream := range c.All() {
		for _, step := range stream.Steps {
			first := len(duties)
			for _, covered := range covers(c, step, tree) {
				owner, ok := tree.At(covered, step.Owes.Level)
				if !ok {
					continue
				}
				at := slices.IndexFunc(duties[first:], func(d Duty) bool { return d.Unit == owner.Code })
				if at < 0 {
					duties = append(duties, Duty{List: stream.Kind, Step: step, Unit: owner.Code, Covers: []string{covered}})
					continue
				}
				duties[first+at].Covers = append(duties[first+at].Covers, covered)
			}
		}
	}
	return duties
}

// covers lists the units whose facts a step is about, each once.
func covers(c Campaign, step Step, tree *officer.Tree) []string {
	if step.Of == officer.LevelNone {
		return c.Units
	}
	var codes []string
	for _, code := range c.Units {
		if u, ok := tree.At(code, step.Of); ok && !slices.Contains(codes, u.Code) {
			codes = append(codes, u.Code)
		}
	}
	return codes
}

// Missing lists the covered units whose facts are not all there.
func (f Facts) Missing(d Duty) []string {
	var missing []string
	for _, unit := range d.Covers {
		if slices.ContainsFunc(d.Step.Facts, func(e Event) bool { return !f.has(d, e, unit) }) {
			missing = append(missing, unit)
		}
	}
	return missing
}

// ready lists those of some units whose lists have come to where the step can be done, and the day on which the first did.
func (f Facts) ready(d Duty, missing []string) (ready []string, since civil.Date) {
	for _, unit := range missing {
		came, all := f.came(d, unit)
		if !all {
			continue
		}
		if len(ready) == 0 || came.Before(since) {
			since = came
		}
		ready = append(ready, unit)
	}
	return ready, since
}

// came gives the day on which the last of the events that a step waits for first happened to a unit; false when one has not.
func (f Facts) came(d Duty, unit string) (civil.Date, bool) {
	last := d.Step.From
	for _, event := range d.Step.After {
		var first civil.Date
		for _, fact := range f.Done {
			if fact.Event == event && fact.List == d.List && fact.Unit == unit && (first.IsZero() || fact.On.Before(first)) {
				first = fact.On
			}
		}
		if first.IsZero() {
			return civil.Date{}, false
		}
		if first.After(last) {
			last = first
		}
	}
	return last, true
}

// has reports whether an event has happened to a unit, to every receiver where the step asks for that.
func (f Facts) has(d Duty, event Event, unit string) bool {
	happened := func(to *Party) bool {
		return slices.ContainsFunc(f.Done, func(fact Fact) bool {
			return fact.Event == event && fact.List == d.List && fact.Unit == unit && (to == nil || fact.To == *to)
		})
	}
	if !d.Step.EachReceives {
		return happened(nil)
	}
	return !slices.ContainsFunc(d.Step.Receivers, func(p Party) bool { return !happened(&p) })
}

// Fulfilled reports whether nothing is missing.
func (f Facts) Fulfilled(d Duty) bool { return len(f.Missing(d)) == 0 }

// Pace is how fast a review has to go to be in time.
type Pace struct {
	Open    int // questions
	Days    int // working days left, today among them; 0: the deadline has passed, or only rest lies before it
	PerDay  int // questions a working day; all of them when no day is left
	Groups  int // groups that one answer settles
	Settles int // questions in them
}

// Pace reckons what a duty's lists still ask for, over the units that are not finished. False when nothing is open, or the step
// is not one of answering questions.
func (f Facts) Pace(d Duty, calendar civil.Calendar, today civil.Date) (Pace, bool) {
	if !slices.Contains(d.Step.Facts, ReviewDone) {
		return Pace{}, false
	}
	missing := f.Missing(d)
	var p Pace
	for _, w := range f.Work {
		if w.List == d.List && slices.Contains(missing, w.Unit) {
			p.Open += w.Open
			p.Groups += w.Groups
			p.Settles += w.Settles
		}
	}
	p.Days = calendar.WorkingDaysBetween(today, d.Step.Deadline())
	p.PerDay = p.Open
	if p.Days > 0 {
		p.PerDay = (p.Open + p.Days - 1) / p.Days
	}
	return p, p.Open > 0
}
