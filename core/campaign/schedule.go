package campaign

import (
	"cmp"
	"slices"
	"time"

	"lamsach/core/civil"
	"lamsach/core/officer"
)

// Place is where a campaign happens: its units, its days of rest, its zone.
type Place struct {
	Tree     *officer.Tree
	Calendar civil.Calendar
	Zone     *time.Location // of Campaign.Zone
}

// Stage is how urgent a duty is.
type Stage string

// The stages.
const (
	Ahead     Stage = "ahead"
	DueToday  Stage = "today"
	Overdue   Stage = "overdue"
	Escalated Stage = "escalated" // told to somebody above
	Digest    Stage = "digest"    // the regular overview
)

// Mutable reports whether somebody may turn such a push off: digests may be, deadlines of one's own steps and lateness below
// may not.
func (s Stage) Mutable() bool { return s == Digest }

// Row is one planned reminder, to be kept in the same transaction as the campaign and fired on its day. Its ID is made of the
// campaign, the step, the unit, the kind of list, who is told and the local date, so that planning again, after a move or a jump of
// the clock, meets the same row.
type Row struct {
	ID       string
	Campaign string
	Revision int
	List     string
	Step     string // empty: a digest
	Unit     string // who owes the step; of a digest: who gets it
	To       Party
	ToUnit   string
	Stage    Stage // as planned; what is said is decided when it fires
	Day      civil.Date
	At       Clock
	Again    bool   // beside the one of the day: asked for by the officer ([Nhắc lại chiều nay]), or missed by him
	Officer  string // id of the one who is told; empty: everybody who holds the role of To in ToUnit
}

// Schedule plans all reminders of a campaign from a day on, in the order of days, whatever the facts; it may be called any number
// of times. Rows that an older revision planned and this one does not are void: Fire settles them as Moved.
func Schedule(c Campaign, p Place, from civil.Date) []Row {
	s := scheduler{c: c, p: p, rules: c.Rules.usual(), from: from, last: c.Last(), memo: map[civil.Date][]planned{}}
	for _, duty := range Duties(c, p.Tree) {
		s.duty(duty)
	}
	s.digests()
	slices.SortFunc(s.rows, func(a, b Row) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID))
	})
	return s.rows
}

type scheduler struct {
	c          Campaign
	p          Place
	rules      Rules
	from, last civil.Date
	rows       []Row
	memo       map[civil.Date][]planned // by deadline: communes share theirs
}

// planned is a day on which a duty is told.
type planned struct {
	day   civil.Date
	stage Stage
}

func (s *scheduler) duty(d Duty) {
	deadline := d.Step.Deadline()
	if deadline.IsZero() {
		return
	}
	escalates := s.p.Calendar.AddWorkingDays(deadline, s.rules.EscalateAfter)
	for _, on := range s.days(deadline) {
		if on.day.Before(d.Step.From) {
			continue
		}
		s.add(Row{List: d.List, Step: d.Step.ID, Unit: d.Unit, To: d.Step.Owes, ToUnit: d.Unit, Stage: on.stage, Day: on.day, At: s.rules.RemindAt})
		if on.day == escalates {
			s.escalate(d, on.day)
		}
	}
	if s.rules.OverdueDays > 0 && s.rules.OverdueDays < s.rules.EscalateAfter {
		s.escalate(d, escalates)
	}
}

// days gives the working days on which a deadline is told to whoever owes it: ahead, on the day, late. What would fall on a day of
// rest ahead of the deadline is told on the working day before it.
func (s *scheduler) days(deadline civil.Date) []planned {
	if known, ok := s.memo[deadline]; ok {
		return known
	}
	calendar, stages := s.p.Calendar, map[civil.Date]Stage{}
	for _, n := range s.rules.Before {
		day := calendar.OnOrBefore(deadline.AddDays(-n))
		if s.rules.InWorkingDays {
			day = calendar.AddWorkingDays(calendar.OnOrBefore(deadline), -n)
		}
		stages[day] = Ahead
	}
	if !s.rules.NotOnTheDay {
		if day := calendar.OnOrBefore(deadline); day == deadline {
			stages[day] = DueToday
		} else {
			stages[day] = Ahead // the last working day before a deadline on a day of rest
		}
	}
	late := calendar.AddWorkingDays(deadline, 1)
	for n := 1; !late.After(s.last) && (s.rules.OverdueDays == 0 || n <= s.rules.OverdueDays); n++ {
		stages[late] = Overdue
		late = calendar.AddWorkingDays(late, 1)
	}
	var days []planned
	for day, stage := range stages {
		days = append(days, planned{day, stage})
	}
	slices.SortFunc(days, func(a, b planned) int { return a.day.Compare(b.day) })
	s.memo[deadline] = days
	return days
}

// escalate plans the one message about a late duty to those above.
func (s *scheduler) escalate(d Duty, day civil.Date) {
	for _, to := range s.above(d) {
		unit, ok := s.p.Tree.At(d.Unit, to.Level)
		if !ok {
			continue
		}
		s.add(Row{List: d.List, Step: d.Step.ID, Unit: d.Unit, To: to, ToUnit: unit.Code, Stage: Escalated, Day: day, At: s.rules.RemindAt})
	}
}

// above lists who is told that a duty is late: whom the step names, or the nearest of the campaign's above the owing level.
func (s *scheduler) above(d Duty) []Party {
	higher := func(parties []Party) []Party {
		return slices.DeleteFunc(slices.Clone(parties), func(p Party) bool { return p.Level >= d.Step.Owes.Level })
	}
	if named := higher(d.Step.Escalates); len(named) > 0 {
		return named
	}
	all := higher(s.c.Escalates)
	if len(all) == 0 {
		return nil
	}
	return []Party{slices.MaxFunc(all, func(a, b Party) int { return cmp.Compare(a.Level, b.Level) })}
}

// digests plans the overviews from the campaign's first day to its last. One that falls on a day of rest comes on the next working
// day, where it meets the one that may be there already.
func (s *scheduler) digests() {
	start := s.c.Start()
	if start.IsZero() || len(s.c.Digests) == 0 {
		return
	}
	units := map[Party][]string{}
	for _, party := range s.c.Digests {
		for _, code := range s.c.Units {
			if u, ok := s.p.Tree.At(code, party.Level); ok && !slices.Contains(units[party], u.Code) {
				units[party] = append(units[party], u.Code)
			}
		}
	}
	seen := map[civil.Date]bool{}
	for day := start; !day.After(s.last); day = day.AddDays(1) {
		on := s.p.Calendar.OnOrAfter(day)
		if !slices.Contains(s.rules.DigestOn, day.Weekday()) || seen[on] || on.After(s.last) {
			continue
		}
		seen[on] = true
		for _, party := range s.c.Digests {
			for _, unit := range units[party] {
				s.add(Row{Unit: unit, To: party, ToUnit: unit, Stage: Digest, Day: on, At: s.rules.DigestAt})
			}
		}
	}
}

// add keeps a row that lies in the time that is planned.
func (s *scheduler) add(r Row) {
	if r.Day.Before(s.from) || r.Day.After(s.last) {
		return
	}
	r.Campaign, r.Revision = s.c.ID, s.c.Revision
	r.ID = join(r.Campaign, r.List, r.Step, r.Unit, r.To.String(), r.Day.String())
	s.rows = append(s.rows, r)
}

// slot names what there is at most one of: a message to a party of a unit, or to one officer of it, about a kind of list on a day.
func (r Row) slot(day civil.Date) string {
	what := r.List
	if r.Stage == Digest {
		what = "digest"
	}
	if r.Again {
		what += "+"
	}
	slot := join(r.Campaign, r.ToUnit, r.To.String(), what, day.String())
	if r.Officer != "" {
		slot = join(slot, r.Officer)
	}
	return slot
}

// Snooze gives the row that an officer asks for with [Nhắc lại chiều nay]: for him alone, in the afternoon of the same day, beside
// the one of the day; when the afternoon's first hour has begun, or offices rest, as Tomorrow.
func Snooze(r Row, officer string, rules Rules, p Place, now time.Time) Row {
	now = now.In(p.Zone)
	hours := rules.usual().Hours
	afternoon := hours[len(hours)-1].From
	if len(hours) < 2 || ClockOf(now) >= afternoon || !p.Calendar.IsWorkingDay(civil.Of(now)) {
		return Tomorrow(r, officer, rules, p, now)
	}
	return again(r, officer, civil.Of(now), afternoon, true)
}

// Tomorrow gives the row that an officer asks for with [Mai]: for him alone, on the next working day, where it joins the one that is
// planned there.
func Tomorrow(r Row, officer string, rules Rules, p Place, now time.Time) Row {
	day := p.Calendar.AddWorkingDays(civil.Of(now.In(p.Zone)), 1)
	return again(r, officer, day, rules.usual().RemindAt, false)
}

func again(r Row, officer string, day civil.Date, at Clock, beside bool) Row {
	r.Officer, r.Day, r.At, r.Again = officer, day, at, beside
	r.ID = join(r.Campaign, r.List, r.Step, r.Unit, r.To.String(), day.String(), officer)
	if beside {
		r.ID += "+"
	}
	return r
}

// Missed gives the rows for an officer whom nothing reached since a day: of each duty and each escalation that was told to the party
// of his unit since then the newest, for him alone. They join what his unit gets, or come beside what it has got. What is done meanwhile
// Fire leaves out; an overview that was missed is not made up for.
func Missed(c Campaign, p Place, to Party, unit, officer string, since, today civil.Date) []Row {
	newest := map[string]Row{}
	var order []string
	for _, row := range Schedule(c, p, since) {
		if row.To != to || row.ToUnit != unit || row.Stage == Digest || row.Day.After(today) {
			continue
		}
		duty := join(row.List, row.Step, row.Unit)
		if _, known := newest[duty]; !known {
			order = append(order, duty)
		}
		newest[duty] = row
	}
	var rows []Row
	for _, duty := range order {
		row := newest[duty]
		rows = append(rows, again(row, officer, row.Day, row.At, true))
	}
	return rows
}
