package campaign

import (
	"slices"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// Chance is something that somebody may record: an event of a step, for units that he is concerned with.
type Chance struct {
	List  string
	Step  Step
	Event Event
	To    []Party        // who received it, one record each; none: nobody has to be named
	Units []string       // whose fact it is
	Do    officer.Action // what the table of rights must allow on each unit
	Owes  bool           // recorded by whoever owes the step, not by a receiver
}

// actions is what recording an event needs: of whoever owes the step, and of whoever receives its result. An event that is missing
// follows from the lists by itself.
var actions = map[Event]struct {
	owes, receives map[officer.Role]officer.Action
}{
	HandedOver: {
		owes:     map[officer.Role]officer.Action{officer.RoleOfficer: officer.SendHandover},
		receives: map[officer.Role]officer.Action{officer.RolePolice: officer.ReceiveList},
	},
	Returned: {
		owes:     map[officer.Role]officer.Action{officer.RolePolice: officer.ReturnList},
		receives: map[officer.Role]officer.Action{officer.RoleOfficer: officer.AcceptReturn, officer.RoleSupervisor: officer.AcceptReturn},
	},
	Updated: {
		owes: map[officer.Role]officer.Action{officer.RoleOfficer: officer.RecordUpdate, officer.RoleSupervisor: officer.RecordUpdate},
	},
	Reported: {
		owes: map[officer.Role]officer.Action{officer.RoleOfficer: officer.MakeReport, officer.RoleSupervisor: officer.MakeReport},
	},
}

// Chances lists what somebody, a party in a unit, may record of a campaign, in the order of its steps. Whoever owes a step records
// it for all receivers, a receiver for himself alone.
func Chances(c Campaign, tree *officer.Tree, self Party, unit string) []Chance {
	var chances []Chance
	add := func(d Duty, event Event, do officer.Action, owes bool, to []Party, covered string) {
		for i := range chances {
			if o := &chances[i]; o.List == d.List && o.Step.ID == d.Step.ID && o.Event == event {
				o.Units = append(o.Units, covered)
				return
			}
		}
		chances = append(chances, Chance{d.List, d.Step, event, to, []string{covered}, do, owes})
	}
	for _, d := range Duties(c, tree) {
		for _, event := range d.Step.Facts {
			needs := actions[event]
			for _, covered := range d.Covers {
				if do := needs.owes[self.Role]; do != "" && d.Step.Owes == self && d.Unit == unit {
					add(d, event, do, true, d.Step.Receivers, covered)
				} else if do := needs.receives[self.Role]; do != "" && slices.Contains(d.Step.Receivers, self) && at(tree, covered, self.Level) == unit {
					add(d, event, do, false, []Party{self}, covered)
				}
			}
		}
	}
	return chances
}

// at gives the code of the unit of a level that a unit is, or lies in; empty when it has none.
func at(tree *officer.Tree, code string, level officer.Level) string {
	u, _ := tree.At(code, level)
	return u.Code
}

// Has reports whether an event was recorded for a unit, to every party of to when there are any.
func (f Facts) Has(list string, event Event, unit string, to ...Party) bool {
	about := func(p Party) bool {
		return slices.ContainsFunc(f.Done, func(d Fact) bool {
			return d.Event == event && d.List == list && d.Unit == unit && (len(to) == 0 || d.To == p)
		})
	}
	if len(to) == 0 {
		return about(Party{})
	}
	return !slices.ContainsFunc(to, func(p Party) bool { return !about(p) })
}

// Open lists the units of a chance for which it has not been recorded.
func (ch Chance) Open(f Facts) []string {
	return slices.DeleteFunc(slices.Clone(ch.Units), func(unit string) bool { return f.Has(ch.List, ch.Event, unit, ch.To...) })
}

// Ready lists the units of a chance for which it has not been recorded, and may be: what the step waits for has happened.
func (ch Chance) Ready(f Facts) []string {
	return slices.DeleteFunc(ch.Open(f), func(unit string) bool {
		return slices.ContainsFunc(ch.Step.needs(), func(e Event) bool { return !f.Has(ch.List, e, unit) })
	})
}

// Expected is how many people a record is likely to be about, and at most can be: those that the step before it was recorded for,
// else those on the unit's lists. 0: nobody knows.
func (f Facts) Expected(list string, event Event, unit string) int {
	before := map[Event][]Event{Returned: {HandedOver}, Updated: {Returned, HandedOver}}[event]
	for _, e := range append(before, ListReceived) {
		by := map[Party]int{}
		for _, d := range f.Done {
			if d.Event == e && d.List == list && d.Unit == unit {
				by[d.To] += d.Count
			}
		}
		most := 0
		for _, n := range by {
			most = max(most, n)
		}
		if most > 0 {
			return most
		}
	}
	return 0
}

// recordable are the events that are recorded, in the order in which they follow each other.
var recordable = []Event{HandedOver, Returned, Updated, Reported}

// needs lists the recorded events that must have come before one of a step.
func (s Step) needs() []Event {
	return slices.DeleteFunc(slices.Clone(s.After), func(e Event) bool { return !slices.Contains(recordable, e) })
}

// CheckFact tells why a fact cannot be recorded under a chance, as the facts are; nil: it can. Its errors are Closed, "campaign.ended",
// and Invalid with the argument Step, which names what has to be said again: "campaign.fact.future", "campaign.fact.early",
// "campaign.fact.not_yet", "campaign.fact.before_step", "campaign.fact.count", "campaign.fact.too_many", "campaign.fact.sum".
func CheckFact(c Campaign, facts Facts, ch Chance, f Fact, today civil.Date) error {
	if !c.Ended.IsZero() && !today.Before(c.Ended) {
		return fault.New(fault.Closed, "campaign.ended")
	}
	bad := func(step, key string, pairs ...any) error {
		return fault.New(fault.Invalid, key, append(pairs, "Step", step)...)
	}
	switch {
	case f.On.After(today):
		return bad("on", "campaign.fact.future", "Day", f.On)
	case f.On.Before(c.Start()):
		return bad("on", "campaign.fact.early", "Day", f.On, "Start", c.Start())
	}
	for _, event := range ch.Step.needs() {
		first := facts.first(ch.List, event, f.Unit)
		if first.IsZero() {
			return bad("unit", "campaign.fact.not_yet", "Event", event.Name())
		}
		if f.On.Before(first) {
			return bad("on", "campaign.fact.before_step", "Day", f.On, "Event", event.Name(), "First", first)
		}
	}
	most := facts.Expected(ch.List, ch.Event, f.Unit)
	unverified := 0
	for _, n := range f.Unverified {
		unverified += n
	}
	switch {
	case ch.Event == Reported:
	case f.Count < 1:
		return bad("count", "campaign.fact.count")
	case most > 0 && f.Count > most:
		return bad("count", "campaign.fact.too_many", "N", f.Count, "Most", most)
	case ch.Event == Returned && (f.Numbered < 0 || f.Numbered+unverified != f.Count):
		return bad("numbered", "campaign.fact.sum", "N", f.Count, "Numbered", f.Numbered, "Unverified", unverified)
	}
	return nil
}

// first gives the day on which an event first happened to a unit; zero: it has not.
func (f Facts) first(list string, event Event, unit string) civil.Date {
	var first civil.Date
	for _, d := range f.Done {
		if d.Event == event && d.List == list && d.Unit == unit && (first.IsZero() || d.On.Before(first)) {
			first = d.On
		}
	}
	return first
}

// CheckTakeBack tells why records cannot be taken back; nil: they can. What was recorded after them and needs them has to be taken
// back first: Conflict, "campaign.fact.needed". all are the records of the campaign about the same units.
func CheckTakeBack(c Campaign, all []Record, press string) error {
	if !c.Ended.IsZero() {
		return fault.New(fault.Closed, "campaign.ended")
	}
	var rest Facts
	var gone []Record
	for _, r := range all {
		switch {
		case !r.Holds():
		case r.Press == press:
			gone = append(gone, r)
		default:
			rest.Done = append(rest.Done, r.Fact)
		}
	}
	for _, r := range gone {
		for _, stream := range c.All() {
			for _, step := range stream.Steps {
				if stream.Kind != r.List || !slices.Contains(step.needs(), r.Event) || rest.Has(r.List, r.Event, r.Unit) {
					continue
				}
				for _, event := range step.Facts {
					if rest.Has(r.List, event, r.Unit) {
						return fault.New(fault.Conflict, "campaign.fact.needed", "Event", event.Name())
					}
				}
			}
		}
	}
	return nil
}
