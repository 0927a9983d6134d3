package campaign

import (
	"slices"

	"lamsach/core/civil"
)

// index finds facts and work by what they are about.
type index struct {
	done map[subject][]Fact
	work map[subject]Work
}

// subject is an event of a unit's list; without an event, the list.
type subject struct {
	event      Event
	list, unit string
}

func (f Facts) index() index {
	x := index{make(map[subject][]Fact, len(f.Done)), make(map[subject]Work, len(f.Work))}
	for _, fact := range f.Done {
		key := subject{fact.Event, fact.List, fact.Unit}
		x.done[key] = append(x.done[key], fact)
	}
	for _, w := range f.Work {
		key := subject{list: w.List, unit: w.Unit}
		sum := x.work[key]
		x.work[key] = Work{Unit: w.Unit, List: w.List, Open: sum.Open + w.Open, Groups: sum.Groups + w.Groups, Settles: sum.Settles + w.Settles}
	}
	return x
}

// missing lists the covered units whose facts are not all there.
func (x index) missing(d Duty) []string {
	var missing []string
	for _, unit := range d.Covers {
		if slices.ContainsFunc(d.Step.Facts, func(e Event) bool { return !x.has(d, e, unit) }) {
			missing = append(missing, unit)
		}
	}
	return missing
}

// has reports whether an event has happened to a unit, to every receiver where the step asks for that.
func (x index) has(d Duty, event Event, unit string) bool {
	facts := x.done[subject{event, d.List, unit}]
	if !d.Step.EachReceives {
		return len(facts) > 0
	}
	return !slices.ContainsFunc(d.Step.Receivers, func(p Party) bool {
		return !slices.ContainsFunc(facts, func(f Fact) bool { return f.To == p })
	})
}

// ready lists those of some units whose lists have come to where the step can be done, and the day on which the first did.
func (x index) ready(d Duty, missing []string) (ready []string, since civil.Date) {
	for _, unit := range missing {
		came, all := x.came(d, unit)
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
func (x index) came(d Duty, unit string) (civil.Date, bool) {
	last := d.Step.From
	for _, event := range d.Step.After {
		facts := x.done[subject{event, d.List, unit}]
		if len(facts) == 0 {
			return civil.Date{}, false
		}
		first := slices.MinFunc(facts, func(a, b Fact) int { return a.On.Compare(b.On) }).On
		if first.After(last) {
			last = first
		}
	}
	return last, true
}

// pace reckons what the lists of some units still ask for.
func (x index) pace(d Duty, missing []string, calendar civil.Calendar, today civil.Date) (Pace, bool) {
	if !slices.Contains(d.Step.Facts, ReviewDone) {
		return Pace{}, false
	}
	var p Pace
	for _, unit := range missing {
		w := x.work[subject{list: d.List, unit: unit}]
		p.Open += w.Open
		p.Groups += w.Groups
		p.Settles += w.Settles
	}
	p.Days = calendar.WorkingDaysBetween(today, d.Step.Deadline())
	p.PerDay = p.Open
	if p.Days > 0 {
		p.PerDay = (p.Open + p.Days - 1) / p.Days
	}
	return p, p.Open > 0
}
