package campaign

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"lamsach/core/civil"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// morning is 8:00 in Hanoi on a day, as a clock far away shows it.
func morning(d civil.Date) time.Time { return moment(d, At(8, 0), hanoi).In(far) }

// TestDowntime: after three weeks without service one message comes, with "(trễ)", and tells how things are now.
func TestDowntime(t *testing.T) {
	c, p := onePlan(Step{To: day(2026, 11, 26)})
	h := newHost(t, c, p)
	h.plan(c, day(2026, 11, 1))
	h.tick(morning(day(2026, 12, 10)))
	var own []Reminder
	for _, s := range h.sent {
		if s.r.To == communeOfficer {
			own = append(own, s.r)
		}
	}
	if len(own) != 1 || own[0].Late || own[0].Stage != Overdue || own[0].Items[0].Late != 14 {
		t.Fatalf("on a day that has its own row the newest is not late: %+v", own)
	}
	if n := count(h, Superseded); n != 13 {
		t.Errorf("%d older rows are superseded, want 13", n)
	}
	h.obeyed()

	c.Until = day(2026, 11, 27)
	h = newHost(t, c, p)
	h.plan(c, day(2026, 11, 1))
	h.tick(morning(day(2026, 11, 24))) // the row of the 23rd was missed, and the 24th has none
	if len(h.sent) != 1 || !h.sent[0].r.Late || h.sent[0].r.Planned != day(2026, 11, 23) || h.sent[0].r.Items[0].Left != 3 {
		t.Errorf("a late one: %+v", h.sent)
	}
	h.tick(morning(day(2026, 11, 28)))
	h.tick(morning(day(2026, 11, 30)))
	if len(h.sent) != 1 || count(h, Over) == 0 {
		t.Errorf("after the last day nothing is sent: %d, %v", len(h.sent), h.settled)
	}
}

func count(h *host, want Outcome) int {
	n := 0
	for _, outcome := range h.settled {
		if outcome == want {
			n++
		}
	}
	return n
}

// TestHours: a row that is due waits for the working hours, and for its own.
func TestFiringWaits(t *testing.T) {
	c, p := onePlan(Step{To: day(2026, 11, 26)})
	rows := Schedule(c, p, day(2026, 11, 23))
	free := func(string) bool { return false }
	for _, tt := range []struct {
		at   time.Time
		wait time.Time
		n    int
	}{
		{moment(day(2026, 11, 23), At(7, 0), hanoi), moment(day(2026, 11, 23), At(7, 30), hanoi), 0},
		{moment(day(2026, 11, 23), At(7, 45), hanoi), time.Time{}, 0},
		{moment(day(2026, 11, 23), At(8, 0), hanoi), time.Time{}, 1},
		{moment(day(2026, 11, 23), At(12, 0), hanoi), moment(day(2026, 11, 23), At(13, 30), hanoi), 0},
		{moment(day(2026, 11, 28), At(9, 0), hanoi), moment(day(2026, 11, 30), At(7, 30), hanoi), 0},
		{moment(day(2026, 11, 22), At(9, 0), hanoi), moment(day(2026, 11, 23), At(7, 30), hanoi), 0},
	} {
		f := Fire(c, p, Facts{}, rows, free, tt.at.In(far))
		if !f.Wait.Equal(tt.wait) || len(f.Reminders) != tt.n || tt.n == 0 && len(f.Settled) > 0 {
			t.Errorf("%v: wait %v, %d reminders, settled %v", tt.at, f.Wait, len(f.Reminders), f.Settled)
		}
	}
}

func TestOneADayPerChatAndList(t *testing.T) {
	c, p := onePlan(Step{To: day(2026, 11, 26)})
	update := Step{ID: "update", Owes: communeOfficer, To: day(2026, 11, 26), Facts: []Event{Updated}}
	c.Streams[0].Steps = append(c.Streams[0].Steps, update)
	reminders := Plan(c, p, Facts{}, day(2026, 11, 26))
	if len(reminders) != 1 || len(reminders[0].Items) != 2 || len(reminders[0].Rows) != 2 {
		t.Fatalf("two steps of a list make one message: %+v", reminders)
	}
	rows := Schedule(c, p, day(2026, 11, 26))
	used := func(slot string) bool { return slot == reminders[0].Slot }
	f := Fire(c, p, Facts{}, rows, used, morning(day(2026, 11, 26)))
	if len(f.Reminders) != 0 || len(f.Settled) != 2 || f.Settled[0].Outcome != Merged {
		t.Errorf("a second message of the day: %+v", f)
	}
	again := Snooze(rows[0], "o1", c.Rules, p, morning(day(2026, 11, 26)))
	f = Fire(c, p, Facts{}, []Row{again}, used, moment(day(2026, 11, 26), At(13, 30), hanoi))
	if len(f.Reminders) != 1 || f.Reminders[0].Officer != "o1" {
		t.Errorf("the one that the officer asked for is sent all the same, to him alone: %+v", f)
	}
}

// TestAskedForTomorrow: what one officer asked for joins what his unit gets on the day, comes alone where the unit gets nothing, and
// not at all after the unit got its own.
func TestAskedForTomorrow(t *testing.T) {
	c, p := onePlan(Step{To: day(2026, 11, 26)})
	planned := Schedule(c, p, day(2026, 11, 23))[0]
	free := func(string) bool { return false }

	alone := Tomorrow(planned, "o1", c.Rules, p, morning(day(2026, 11, 23)))
	f := Fire(c, p, Facts{}, []Row{alone}, free, morning(day(2026, 11, 24)))
	if len(f.Reminders) != 1 || f.Reminders[0].Officer != "o1" || f.Reminders[0].Late {
		t.Errorf("on a day without a planned one: %+v", f)
	}

	ask := Tomorrow(planned, "o1", c.Rules, p, morning(day(2026, 11, 24)))
	rows := append(Schedule(c, p, day(2026, 11, 25)), ask)
	f = Fire(c, p, Facts{}, rows, free, morning(day(2026, 11, 25)))
	if len(f.Reminders) != 1 || f.Reminders[0].Officer != "" || len(f.Settled) != 2 {
		t.Errorf("on a day with a planned one: %+v", f)
	}

	unit := f.Reminders[0].Slot
	f = Fire(c, p, Facts{}, []Row{ask}, func(slot string) bool { return slot == unit }, morning(day(2026, 11, 25)))
	if len(f.Reminders) != 0 || len(f.Settled) != 1 || f.Settled[0].Outcome != Merged {
		t.Errorf("after the planned one: %+v", f)
	}
}

// TestMissed: who could not be reached is told, when he can be again, what the newest of each duty is: with what his unit gets, or
// beside what it has got; once.
func TestMissed(t *testing.T) {
	c, p := onePlan(Step{To: day(2026, 11, 26)})
	unit, today := c.Units[0], day(2026, 11, 30)
	rows := Missed(c, p, communeOfficer, unit, "o1", day(2026, 11, 23), day(2026, 11, 29))
	if len(rows) != 1 || rows[0].Stage != Overdue || rows[0].Day != day(2026, 11, 27) || rows[0].Officer != "o1" {
		t.Fatalf("rows %+v", rows)
	}
	own := Schedule(c, p, today)[:1]
	told := map[string]bool{}
	fire := func(rows ...Row) (to []string) {
		for _, r := range Fire(c, p, Facts{}, rows, func(s string) bool { return told[s] }, morning(today)).Reminders {
			told[r.Slot] = true
			to = append(to, r.Officer)
		}
		return to
	}
	if to := fire(append(own, rows...)...); len(to) != 1 || to[0] != "" {
		t.Errorf("with what the unit gets: %q", to)
	}
	if to := fire(rows...); len(to) != 1 || to[0] != "o1" {
		t.Errorf("beside what the unit has got: %q", to)
	}
	if to := fire(rows...); len(to) != 0 {
		t.Errorf("a second time: %q", to)
	}
	if rows := Missed(c, p, communePolice, unit, "o2", day(2026, 11, 23), today); len(rows) != 0 {
		t.Errorf("rows of somebody else's duties: %+v", rows)
	}
	if rows := Missed(c, p, communeOfficer, unit, "o1", day(2026, 11, 24), day(2026, 11, 24)); len(rows) != 0 {
		t.Errorf("nothing was to be told on that day: %+v", rows)
	}
}

func TestEscalation(t *testing.T) {
	verify := Step{To: day(2026, 11, 26), Owes: communePolice, After: []Event{HandedOver}}
	c, p := onePlan(verify)
	above := func(facts Facts, on civil.Date) (Firing, []Reminder) {
		var rows []Row
		for _, r := range Schedule(c, p, day(2026, 11, 1)) {
			if r.Stage == Escalated {
				rows = append(rows, r)
			}
		}
		if len(rows) != 1 || rows[0].Day != day(2026, 12, 1) || rows[0].ToUnit != "14" {
			t.Fatalf("escalations: %+v", rows)
		}
		f := Fire(c, p, facts, rows, func(string) bool { return false }, morning(on))
		return f, f.Reminders
	}
	handed := func(on civil.Date) Facts {
		return Facts{Done: []Fact{{Event: HandedOver, List: "child", Unit: "03868", On: on}}}
	}
	if _, r := above(handed(day(2026, 11, 20)), day(2026, 12, 1)); len(r) != 1 || r[0].Stage != Escalated || r[0].Late {
		t.Errorf("on its day: %+v", r)
	}
	if f, _ := above(Facts{}, day(2026, 12, 1)); len(f.Reminders)+len(f.Settled) != 0 {
		t.Errorf("nobody is blamed for a list that has not come: %+v", f)
	}
	if f, _ := above(handed(day(2026, 12, 1)), day(2026, 12, 3)); len(f.Reminders)+len(f.Settled) != 0 {
		t.Errorf("nor too soon after it came: %+v", f)
	}
	if _, r := above(handed(day(2026, 12, 1)), day(2026, 12, 4)); len(r) != 1 || r[0].Late {
		t.Errorf("three working days after it came: %+v", r)
	}
	done := handed(day(2026, 11, 20))
	done.Done = append(done.Done, Fact{Event: ReviewDone, List: "child", Unit: "03868"})
	if f, _ := above(done, day(2026, 12, 1)); len(f.Reminders) != 0 || len(f.Settled) != 1 || f.Settled[0].Outcome != Fulfilled {
		t.Errorf("what is done is not told: %+v", f)
	}
}

func TestMovedCampaign(t *testing.T) {
	c, p := onePlan(Step{To: day(2026, 11, 26)})
	h := newHost(t, c, p)
	h.plan(c, day(2026, 11, 18))
	h.tick(morning(day(2026, 11, 19)))
	moved, err := c.Move("child", "review", civil.Date{}, civil.Date{}, day(2026, 12, 4))
	if err != nil {
		t.Fatal(err)
	}
	h.plan(moved, day(2026, 11, 19))
	for d := day(2026, 11, 20); d.Before(day(2026, 12, 5)); d = d.AddDays(1) {
		h.tick(morning(d))
	}
	var got []string
	for _, s := range h.sent {
		got = append(got, fmt.Sprintf("%v %s %d", s.r.Day, s.r.Stage, s.r.Items[0].Left))
	}
	want := []string{"2026-11-19 ahead 6", "2026-11-26 ahead 6", "2026-11-30 ahead 4", "2026-12-02 ahead 2", "2026-12-03 today 1", "2026-12-04 overdue 0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if count(h, Moved) == 0 {
		t.Error("rows of the old revision are void")
	}
	if c.Revision != 1 || moved.Revision != 2 || !c.Streams[0].Steps[0].Before.IsZero() {
		t.Error("the old revision has changed")
	}
	h.obeyed()
}

// TestClockJumps: whatever the clock does, nothing is sent twice, out of hours, or when nothing is owed.
func TestClockJumps(t *testing.T) {
	c, p := bacYenPlan(t)
	rapid.Check(t, func(rt *rapid.T) {
		h := newHost(t, c, p)
		scripted(h)
		now := planStart
		for range rapid.IntRange(5, 60).Draw(rt, "ticks") {
			now = now.Add(time.Duration(rapid.IntRange(-60*24*5, 60*24*6).Draw(rt, "minutes")) * time.Minute)
			h.tick(now)
		}
		perDay := map[string]bool{}
		for _, s := range h.sent {
			if perDay[s.r.Slot] {
				rt.Fatalf("slot %s twice", s.r.Slot)
			}
			perDay[s.r.Slot] = true
			if s.r.Planned.After(s.r.Day) {
				rt.Fatalf("%s is sent before its day", s.r.Slot)
			}
			for _, it := range s.r.Items {
				if s.r.Stage != Digest && len(it.Ready) == 0 {
					rt.Fatalf("%s reminds of what cannot be done", s.r.Slot)
				}
			}
		}
		h.obeyed()
	})
}

func TestOwedAndLate(t *testing.T) {
	c, p := bacYenPlan(t)
	u := c.Units
	facts := Facts{
		Done: []Fact{
			{Event: ListReceived, List: "child", Unit: u[0]}, {Event: ListReceived, List: "child", Unit: u[1]},
			{Event: ReviewDone, List: "child", Unit: u[0]}, {Event: HandedOver, List: "child", Unit: u[0]},
		},
		Work: []Work{{Unit: u[1], List: "child", Open: 312, Groups: 4, Settles: 220}},
	}
	steps := func(items []Item) []string {
		var ids []string
		for _, it := range items {
			ids = append(ids, it.List+" "+it.Step.ID+" "+string(it.Stage))
		}
		return ids
	}
	own, others := Owed(c, p, facts, communeOfficer, u[0], day(2023, 10, 11))
	if diff := cmp.Diff([]string{"beneficiary review ahead", "beneficiary update ahead"}, steps(own)); diff != "" {
		t.Errorf("owes (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"child export overdue", "beneficiary export overdue", "child verify ahead"}, steps(others)); diff != "" {
		t.Errorf("waits for (-want +got)\n%s", diff)
	}
	own, _ = Owed(c, p, facts, communeOfficer, u[1], day(2023, 10, 11))
	at := slices.IndexFunc(own, func(it Item) bool { return it.List == "child" && it.Step.ID == "review" })
	if at < 0 || own[at].Pace == nil {
		t.Fatalf("no pace: %+v", own)
	}
	want := Pace{Open: 312, Days: 3, PerDay: 104, Groups: 4, Settles: 220}
	if diff := cmp.Diff(want, *own[at].Pace); diff != "" {
		t.Errorf("pace (-want +got)\n%s", diff)
	}
	late := Late(c, p, facts, "child", "118", day(2023, 10, 16))
	if diff := cmp.Diff([]string{"child review overdue", "child verify overdue"}, steps(late)); diff != "" {
		t.Errorf("late (-want +got)\n%s", diff)
	}
	if late := Late(c, p, facts, "child", "118", day(2023, 10, 15)); late != nil {
		t.Errorf("on the last day nobody is late: %v", steps(late))
	}
}

func TestPace(t *testing.T) {
	c, p := bacYenPlan(t)
	review := Duties(c, p.Tree)[1]
	facts := Facts{Work: []Work{{Unit: review.Unit, List: "child", Open: 10}}}
	tests := []struct {
		on           civil.Date
		days, perDay int
	}{
		{day(2023, 10, 11), 3, 4},
		{day(2023, 10, 13), 1, 10},
		{day(2023, 10, 14), 0, 10}, // only rest lies before the deadline
		{day(2023, 10, 20), 0, 10},
	}
	for _, tt := range tests {
		got, ok := facts.Pace(review, p.Calendar, tt.on)
		if !ok || got.Days != tt.days || got.PerDay != tt.perDay {
			t.Errorf("%v: %+v, %v", tt.on, got, ok)
		}
	}
	if _, ok := (Facts{}).Pace(review, p.Calendar, day(2023, 10, 11)); ok {
		t.Error("nothing open has no pace")
	}
	verify := Duties(c, p.Tree)[17]
	if _, ok := facts.Pace(verify, p.Calendar, day(2023, 10, 11)); ok || verify.Step.ID != "verify" {
		t.Error("the police answer no questions")
	}
}

func TestEachReceiver(t *testing.T) {
	c, p := bacYenPlan(t)
	var verify Duty
	for _, d := range Duties(c, p.Tree) {
		if d.List == "child" && d.Step.ID == "verify" {
			verify = d
			break
		}
	}
	to := func(parties ...Party) Facts {
		var f Facts
		for _, party := range parties {
			f.Done = append(f.Done, Fact{Event: Returned, List: "child", Unit: verify.Unit, To: party})
		}
		return f
	}
	if to().Fulfilled(verify) || to(communeOfficer).Fulfilled(verify) || to(districtSupervisor, Party{}).Fulfilled(verify) {
		t.Error("children go back to both")
	}
	if !to(communeOfficer, districtSupervisor).Fulfilled(verify) {
		t.Error("both have it")
	}
	verify.List = "beneficiary"
	if to(communeOfficer, districtSupervisor).Fulfilled(verify) {
		t.Error("another list's facts count for nothing")
	}
}

func TestStandings(t *testing.T) {
	c, p := bacYenPlan(t)
	first, second := c.Units[0], c.Units[1]
	facts := Facts{
		Done: []Fact{
			{Event: ListReceived, List: "child", Unit: first}, {Event: ListReceived, List: "beneficiary", Unit: first},
			{Event: ListReceived, List: "child", Unit: second},
		},
		Work: []Work{{Unit: first, List: "child", Open: 40}, {Unit: first, List: "beneficiary", Open: 2}},
	}
	all := Standings(c, p, facts, "118", day(2023, 10, 5))
	if len(all) != 16 || all[len(all)-1].Unit != first || all[len(all)-1].Late != 0 || all[len(all)-1].Done != 2 || all[len(all)-1].Questions != 42 {
		t.Fatalf("who has nothing late stands last: %+v", all)
	}
	for _, s := range all[:14] {
		if s.Late != 2 || s.Done != 0 {
			t.Errorf("both exports are late: %+v", s)
		}
	}
	if all[14].Unit != second || all[14].Late != 1 || all[14].Done != 1 {
		t.Errorf("one export is late: %+v", all[14])
	}
	if one := Standings(c, p, facts, second, day(2023, 10, 5)); len(one) != 1 || one[0].Unit != second {
		t.Errorf("a commune sees itself: %+v", one)
	}
}
