package campaign

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"lamsach/core/civil"
)

// Outcome is what became of a row.
type Outcome string

// The outcomes. Whether a message that was handed out arrived is for the outbox to know.
const (
	Sent       Outcome = "sent"       // it is in a Reminder
	Fulfilled  Outcome = "fulfilled"  // nothing was owed any more
	Superseded Outcome = "superseded" // a newer row of the same duty stands for it
	Waiting    Outcome = "waiting"    // the list has not come to whoever owes the step
	Merged     Outcome = "merged"     // this chat was told of this list today already
	Moved      Outcome = "moved"      // planned by an older revision
	Over       Outcome = "over"       // the campaign has ended, or has no such duty
)

// Settled is a row that is done with.
type Settled struct {
	Row     string
	Outcome Outcome
}

// Item is one duty that a reminder tells of, as it stands now.
type Item struct {
	List     string
	Step     Step
	Unit     string // who owes it
	Stage    Stage
	Deadline civil.Date
	Left     int      // working days left, today among them
	Late     int      // days since the deadline
	Of       int      // how many units it is about
	Missing  []string // those that are not finished
	Ready    []string // those of them that can be worked on: the list has come
	Pace     *Pace    // of a step of questions that are still open
}

// Reminder is one message to everybody who holds a role in a unit, or to one officer of them. Its Slot is unique: a second one of the same is not to be sent.
type Reminder struct {
	Slot     string
	Campaign string
	List     string
	To       Party
	ToUnit   string
	Officer  string // id of the one who gets it; empty: everybody
	Stage    Stage  // the most urgent of its items; Digest for an overview
	Day      civil.Date
	Planned  civil.Date // the newest day that it was planned for
	Late     bool       // Planned is past: it is told with "(trễ)"
	Items    []Item     // most urgent first; of a digest: every duty that has begun or is late, in the order of the campaign
	Rows     []string   // that it settles
}

// Firing is what there is to do at a moment.
type Firing struct {
	Reminders []Reminder
	Settled   []Settled
	Wait      time.Time // when people may be written to again; zero: now
}

// Fire decides on rows that are not settled yet, against the facts of the moment. Out of working hours it decides nothing and says
// when to come back. Rows of days to come are left alone, so that a clock that jumps does no harm; of several rows of one duty,
// after a time without service, only the newest speaks. told reports whether a slot has been used, by any earlier firing.
//
// The caller keeps Settled and the slots in the transaction that puts the reminders into the outbox.
func Fire(c Campaign, p Place, facts Facts, rows []Row, told func(slot string) bool, now time.Time) Firing {
	now = now.In(p.Zone)
	if !c.Rules.Open(p.Calendar, now) {
		return Firing{Wait: c.Rules.NextOpening(p.Calendar, now)}
	}
	f := firing{c: c, p: p, facts: facts.index(), told: told, today: civil.Of(now), duties: map[string]Duty{}}
	f.all = Duties(c, p.Tree)
	for _, d := range f.all {
		f.duties[join(d.List, d.Step.ID, d.Unit)] = d
	}
	bySlot := map[string][]Row{}
	for _, row := range rows {
		if row.Campaign != c.ID || row.Day.After(f.today) || ClockOf(now) < row.At {
			continue // a late row, too, waits for its hour, so that it meets the row of the day
		}
		row, held := f.hold(row)
		if held {
			continue
		}
		if why, ok := f.void(row); ok {
			f.settle(why, row)
			continue
		}
		slot := row.slot(f.today)
		bySlot[slot] = append(bySlot[slot], row)
	}
	f.join(bySlot)
	for _, slot := range slices.Sorted(maps.Keys(bySlot)) {
		f.slot(slot, bySlot[slot])
	}
	return f.out
}

// join lets what one officer alone is to be told go with the message that his unit gets now. When the unit has got it already, what
// he asked for is settled with it, unless he asked for it beside.
func (f *firing) join(bySlot map[string][]Row) {
	for _, slot := range slices.Sorted(maps.Keys(bySlot)) {
		rows := bySlot[slot]
		if rows[0].Officer == "" {
			continue
		}
		all := rows[0]
		all.Officer, all.Again = "", false
		switch common := all.slot(f.today); {
		case len(bySlot[common]) > 0 && !f.told(common):
			bySlot[common] = append(bySlot[common], rows...)
			delete(bySlot, slot)
		case !rows[0].Again && f.told(common):
			f.settle(Merged, rows...)
			delete(bySlot, slot)
		}
	}
}

type firing struct {
	c      Campaign
	p      Place
	facts  index
	told   func(string) bool
	today  civil.Date
	all    []Duty
	duties map[string]Duty
	out    Firing
}

func (f *firing) settle(why Outcome, rows ...Row) {
	for _, row := range rows {
		f.out.Settled = append(f.out.Settled, Settled{row.ID, why})
	}
}

// void tells why a row is not to be spoken of at all.
func (f *firing) void(row Row) (Outcome, bool) {
	if f.today.After(f.c.Last()) {
		return Over, true
	}
	if row.Revision != f.c.Revision {
		return Moved, true
	}
	if row.Stage == Digest {
		open := slices.ContainsFunc(f.all, func(d Duty) bool { return f.below(d, row.ToUnit) && len(f.facts.missing(d)) > 0 })
		return Fulfilled, !open
	}
	duty, ok := f.duty(row)
	if !ok {
		return Over, true
	}
	missing := f.facts.missing(duty)
	if len(missing) == 0 {
		return Fulfilled, true
	}
	ready, _ := f.facts.ready(duty, missing)
	return Waiting, len(ready) == 0
}

// hold keeps an escalation back that is not deserved yet: while the list has not come to whoever owes the step, and as many working
// days after it came as lateness is given. It moves the row to the day on which it is.
func (f *firing) hold(row Row) (Row, bool) {
	duty, ok := f.duty(row)
	if row.Stage != Escalated || !ok || row.Revision != f.c.Revision || f.today.After(f.c.Last()) {
		return row, false
	}
	missing := f.facts.missing(duty)
	if len(missing) == 0 {
		return row, false
	}
	ready, since := f.facts.ready(duty, missing)
	if day := f.p.Calendar.AddWorkingDays(since, f.c.Rules.usual().EscalateAfter); day.After(row.Day) {
		row.Day = day
	}
	return row, len(ready) == 0 || row.Day.After(f.today)
}

func (f *firing) duty(row Row) (Duty, bool) {
	d, ok := f.duties[join(row.List, row.Step, row.Unit)]
	return d, ok
}

// below reports whether a duty is that of a unit or of one below it.
func (f *firing) below(d Duty, unit string) bool {
	for _, u := range f.p.Tree.Path(d.Unit) {
		if u.Code == unit {
			return true
		}
	}
	return false
}

// slot makes the one message of the rows that share a slot, or none when it has been used.
func (f *firing) slot(slot string, rows []Row) {
	if f.told(slot) {
		f.settle(Merged, rows...)
		return
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return b.Day.Compare(a.Day) }) // newest first
	newest := rows[0]
	r := Reminder{
		Slot: slot, Campaign: f.c.ID, List: newest.List, To: newest.To, ToUnit: newest.ToUnit, Officer: only(rows), Stage: newest.Stage,
		Day: f.today, Planned: newest.Day, Late: newest.Day.Before(f.today),
	}
	seen := map[string]bool{}
	for _, row := range rows {
		what := join(row.Step, row.Unit)
		if seen[what] {
			f.settle(Superseded, row)
			continue
		}
		seen[what] = true
		r.Rows = append(r.Rows, row.ID)
		f.settle(Sent, row)
		if row.Stage != Digest {
			duty, _ := f.duty(row)
			r.Items = append(r.Items, f.item(duty, row.Stage == Escalated))
		}
	}
	if newest.Stage == Digest {
		r.Items = f.overview(newest.ToUnit)
	} else {
		slices.SortStableFunc(r.Items, urgency)
		r.Stage = r.Items[0].Stage
	}
	f.out.Reminders = append(f.out.Reminders, r)
}

// only gives the officer whom all rows are for; empty when one of them is for everybody.
func only(rows []Row) string {
	for _, row := range rows {
		if row.Officer == "" {
			return ""
		}
	}
	return rows[0].Officer
}

// item tells how a duty stands today.
func (f *firing) item(d Duty, escalated bool) Item {
	deadline, open := d.Step.Deadline(), f.facts.missing(d)
	ready, _ := f.facts.ready(d, open)
	it := Item{
		List: d.List, Step: d.Step, Unit: d.Unit, Deadline: deadline, Of: len(d.Covers), Missing: open, Ready: ready,
		Left: f.p.Calendar.WorkingDaysBetween(f.today, deadline), Late: max(0, f.today.DaysSince(deadline)),
	}
	switch {
	case escalated && it.Late > 0:
		it.Stage = Escalated
	case it.Late > 0:
		it.Stage = Overdue
	case f.today == deadline:
		it.Stage = DueToday
	default:
		it.Stage = Ahead
	}
	if pace, ok := f.facts.pace(d, open, f.p.Calendar, f.today); ok {
		it.Pace = &pace
	}
	return it
}

// overview lists the duties of a unit and below that have begun, one item a step: what is missing of all.
func (f *firing) overview(unit string) []Item {
	var items []Item
	for _, d := range f.all {
		if !f.below(d, unit) || f.today.Before(d.Step.From) {
			continue
		}
		it := f.item(d, false)
		at := slices.IndexFunc(items, func(o Item) bool { return o.List == it.List && o.Step.ID == it.Step.ID })
		if at < 0 {
			it.Unit = unit
			items = append(items, it)
			continue
		}
		sum := &items[at]
		sum.Of += it.Of
		sum.Missing = append(sum.Missing, it.Missing...)
		sum.Ready = append(sum.Ready, it.Ready...)
		sum.Pace = sum.Pace.plus(it.Pace)
	}
	return items
}

// plus adds the open questions of two.
func (p *Pace) plus(o *Pace) *Pace {
	if p == nil || o == nil {
		return cmp.Or(p, o)
	}
	sum := *p
	sum.Open += o.Open
	sum.PerDay += o.PerDay
	sum.Groups += o.Groups
	sum.Settles += o.Settles
	return &sum
}

// urgency orders items: late before due before to come, the older deadline first, own before others'.
func urgency(a, b Item) int {
	rank := func(it Item) int { return slices.Index([]Stage{Overdue, Escalated, DueToday, Ahead}, it.Stage) }
	return cmp.Or(cmp.Compare(rank(a), rank(b)), a.Deadline.Compare(b.Deadline), cmp.Compare(a.Unit, b.Unit))
}

// Plan gives what is to be told on a day, in the order of slots, when all rows of earlier days are settled: the day's rows against
// the facts. It is what /han and a preview of a campaign show.
func Plan(c Campaign, p Place, facts Facts, today civil.Date) []Reminder {
	var rows []Row
	for _, row := range Schedule(c, p, today) {
		if row.Day == today {
			rows = append(rows, row)
		}
	}
	hours := c.Rules.usual().Hours
	closing := hours[len(hours)-1].To - 1
	return Fire(c, p, facts, rows, func(string) bool { return false }, moment(today, closing, p.Zone)).Reminders
}

// Owed tells what a unit owes and, in others, what it waits for from units below it or of its own, as far as steps have begun and
// are not fulfilled: the two halves of /han, most urgent first.
func Owed(c Campaign, p Place, facts Facts, role Party, unit string, today civil.Date) (own, others []Item) {
	f := firing{c: c, p: p, facts: facts.index(), today: today}
	for _, d := range Duties(c, p.Tree) {
		if len(f.facts.missing(d)) == 0 || d.Step.Deadline().IsZero() {
			continue
		}
		switch {
		case d.Unit == unit && d.Step.Owes == role:
			own = append(own, f.item(d, false))
		case today.Before(d.Step.From):
		case slices.Contains(d.Step.Receivers, role) && f.receives(d, unit), f.below(d, unit) && role.Level < d.Step.Owes.Level:
			others = append(others, f.item(d, false))
		}
	}
	slices.SortStableFunc(own, urgency)
	slices.SortStableFunc(others, urgency)
	return own, others
}

// receives reports whether a unit is the one to which the result of a duty goes: one that lies above it, or below it, or is it.
func (f *firing) receives(d Duty, unit string) bool {
	if f.below(d, unit) {
		return true
	}
	for _, u := range f.p.Tree.Path(unit) {
		if u.Code == d.Unit {
			return true
		}
	}
	return false
}

// Late lists the duties below a unit that are late and could be done, with a kind of list on a day, in the order of the campaign: who is meant by [Nhắc N xã chậm].
func Late(c Campaign, p Place, facts Facts, list, unit string, today civil.Date) []Item {
	f := firing{c: c, p: p, facts: facts.index(), today: today}
	var late []Item
	for _, d := range Duties(c, p.Tree) {
		if d.List == list && d.Unit != unit && f.below(d, unit) && d.Step.Deadline().Before(today) && !d.Step.Deadline().IsZero() {
			if it := f.item(d, false); len(it.Ready) > 0 {
				late = append(late, it)
			}
		}
	}
	return late
}
