package campaign

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lamsach/core/civil"
	"lamsach/core/officer"

	"github.com/google/go-cmp/cmp"
)

// onePlan is a plan of one step of one commune of today, and its place.
func onePlan(step Step) (Campaign, Place) {
	step.ID, step.Facts = "review", []Event{ReviewDone}
	if step.Owes == (Party{}) {
		step.Owes = communeOfficer
	}
	c := Campaign{
		ID: "one", Revision: 1, Name: "Một bước", Unit: "14", Units: []string{"03868"}, Zone: "Asia/Ho_Chi_Minh",
		Streams: []Stream{{Kind: "child", Steps: []Step{step}}}, Escalates: []Party{provinceSupervisor},
	}
	return c, Place{Tree: officer.Builtin(), Zone: hanoi}
}

// told lists the rows up to a number of days after the deadline as "dd/mm stage".
func told(rows []Row) string {
	var out []string
	for _, r := range rows {
		out = append(out, fmt.Sprintf("%02d/%02d %s", r.Day.Day, int(r.Day.Month), r.Stage))
	}
	return strings.Join(out, ", ")
}

func TestSchedule(t *testing.T) {
	tests := []struct {
		name  string
		step  Step
		rules Rules
		until civil.Date
		want  string
	}{
		{"inclusive, on a working day", Step{To: day(2026, 11, 26)}, Rules{}, day(2026, 12, 1),
			"19/11 ahead, 23/11 ahead, 25/11 ahead, 26/11 today, 27/11 overdue, 30/11 overdue, 01/12 overdue, 01/12 escalated"},
		{"exclusive: the day before is the last", Step{Before: day(2026, 11, 27)}, Rules{}, day(2026, 11, 27),
			"19/11 ahead, 23/11 ahead, 25/11 ahead, 26/11 today, 27/11 overdue"},
		{"exclusive, first of a month", Step{Before: day(2026, 12, 1)}, Rules{}, day(2026, 12, 1),
			"23/11 ahead, 27/11 ahead, 30/11 today, 01/12 overdue"},
		{"exclusive, first of a year", Step{Before: day(2027, 1, 1)}, Rules{}, day(2027, 1, 4),
			"24/12 ahead, 28/12 ahead, 30/12 ahead, 31/12 today, 04/01 overdue"},
		{"exclusive, first of March in a leap year", Step{Before: day(2028, 3, 1)}, Rules{}, day(2028, 3, 1),
			"22/02 ahead, 25/02 ahead, 28/02 ahead, 29/02 today, 01/03 overdue"},
		{"a deadline on a Sunday", Step{To: day(2023, 10, 15)}, Rules{}, day(2023, 10, 16),
			"06/10 ahead, 12/10 ahead, 13/10 ahead, 16/10 overdue"},
		{"a deadline within Tết", Step{To: day(2026, 2, 18)}, Rules{}, day(2026, 2, 24),
			"11/02 ahead, 13/02 ahead, 23/02 overdue, 24/02 overdue"},
		{"the first day after Tết", Step{To: day(2026, 2, 23)}, Rules{}, day(2026, 2, 24),
			"13/02 ahead, 23/02 today, 24/02 overdue"},
		{"counted in working days over Tết", Step{To: day(2026, 2, 23)}, Rules{InWorkingDays: true}, day(2026, 2, 23),
			"05/02 ahead, 11/02 ahead, 13/02 ahead, 23/02 today"},
		{"not before its first day", Step{From: day(2026, 11, 25), To: day(2026, 11, 26)}, Rules{}, day(2026, 11, 26),
			"25/11 ahead, 26/11 today"},
		{"other days, nothing on the day", Step{To: day(2026, 11, 26)}, Rules{Before: []int{2}, NotOnTheDay: true, OverdueDays: 1, EscalateAfter: 1}, day(2026, 12, 31),
			"24/11 ahead, 27/11 overdue, 27/11 escalated"},
		{"fewer days late than until the supervisor is told", Step{To: day(2026, 11, 26)}, Rules{Before: []int{1}, OverdueDays: 1}, day(2026, 12, 31),
			"25/11 ahead, 26/11 today, 27/11 overdue, 01/12 escalated"},
		{"no date, nothing", Step{}, Rules{}, day(2026, 12, 31), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, p := onePlan(tt.step)
			c.Rules, c.Until = tt.rules, tt.until
			rows := Schedule(c, p, civil.Date{Year: 2023, Month: 1, Day: 1})
			if diff := cmp.Diff(tt.want, told(rows)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			for _, r := range rows {
				if !p.Calendar.IsWorkingDay(r.Day) {
					t.Errorf("%s falls on a day of rest", r.ID)
				}
			}
		})
	}
}

func TestScheduleIsStable(t *testing.T) {
	c, p := bacYenPlan(t)
	first := Schedule(c, p, c.Start())
	ids := map[string]bool{}
	for _, r := range first {
		if ids[r.ID] {
			t.Errorf("%s twice", r.ID)
		}
		ids[r.ID] = true
	}
	if diff := cmp.Diff(first, Schedule(c, p, c.Start())); diff != "" {
		t.Errorf("planned again, rows differ:\n%s", diff)
	}
	later := Schedule(c, p, day(2023, 10, 20))
	for _, r := range later {
		if !ids[r.ID] || r.Day.Before(day(2023, 10, 20)) {
			t.Errorf("planned later, %s is new", r.ID)
		}
	}
	ended, err := c.End(day(2023, 10, 10))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Schedule(ended, p, c.Start()) {
		if !r.Day.Before(day(2023, 10, 10)) || r.Revision != 2 {
			t.Errorf("%s of revision %d after the end", r.ID, r.Revision)
		}
	}
}

// TestDigestDays knows the overviews over holidays: Monday 27 April 2026 is a substitute, so that its overview comes on Tuesday;
// that of Thursday 30 April, with 1 May and the weekend, meets the one of Monday.
func TestDigestDays(t *testing.T) {
	c, p := onePlan(Step{From: day(2026, 4, 20), To: day(2026, 5, 8)})
	c.Digests, c.Until = []Party{provinceSupervisor}, day(2026, 5, 8)
	var digests []Row
	for _, r := range Schedule(c, p, c.Start()) {
		if r.Stage == Digest {
			digests = append(digests, r)
		}
	}
	if got, want := told(digests), "20/04 digest, 23/04 digest, 28/04 digest, 04/05 digest, 07/05 digest"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !digests[0].Stage.Mutable() || Overdue.Mutable() || Ahead.Mutable() || Escalated.Mutable() {
		t.Error("only digests may be turned off")
	}
}

func TestDuties(t *testing.T) {
	c, p := bacYenPlan(t)
	count := map[string]int{}
	for _, d := range Duties(c, p.Tree) {
		count[fmt.Sprintf("%s %s %s of %d", d.List, d.Step.ID, d.Step.Owes, len(d.Covers))]++
	}
	want := map[string]int{
		"child export supervisor@district of 16": 1, "child review officer@commune of 1": 16,
		"child verify police@commune of 1": 16, "child update supervisor@district of 16": 1,
		"beneficiary export supervisor@district of 16": 1, "beneficiary review officer@commune of 1": 16,
		"beneficiary verify police@commune of 1": 16, "beneficiary update officer@commune of 1": 16,
		" report supervisor@district of 1": 1,
	}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for i, want := range []Party{districtSupervisor, communeOfficer} {
		if got, ok := c.Streams[i].Updater(); !ok || got != want {
			t.Errorf("updater of %s: %v", c.Streams[i].Kind, got)
		}
	}
	swapped := c.WithUpdater("child", communeOfficer)
	if got, _ := swapped.Streams[0].Updater(); got != communeOfficer {
		t.Errorf("the updater is a setting: %v", got)
	}
	if got, _ := c.Streams[0].Updater(); got != districtSupervisor {
		t.Error("the campaign that WithUpdater was called on has changed")
	}
}

func TestSnooze(t *testing.T) {
	c, p := onePlan(Step{To: day(2026, 11, 26)})
	row := Schedule(c, p, day(2026, 11, 1))[1]
	at := func(of, hour, minute int) time.Time {
		return time.Date(2026, 11, of, hour, minute, 0, 0, hanoi).In(far)
	}
	tests := []struct {
		name string
		got  Row
		day  civil.Date
		at   Clock
		same bool // meets the planned row of that day
	}{
		{"this afternoon", Snooze(row, "o1", c.Rules, p, at(23, 9, 0)), day(2026, 11, 23), At(13, 30), false},
		{"asked for in the afternoon", Snooze(row, "o1", c.Rules, p, at(23, 14, 0)), day(2026, 11, 24), At(8, 0), false},
		{"asked for on a Saturday", Snooze(row, "o1", c.Rules, p, at(28, 9, 0)), day(2026, 11, 30), At(8, 0), true},
		{"tomorrow", Tomorrow(row, "o1", c.Rules, p, at(24, 9, 0)), day(2026, 11, 25), At(8, 0), true},
		{"tomorrow on a Friday", Tomorrow(row, "o1", c.Rules, p, at(27, 9, 0)), day(2026, 11, 30), At(8, 0), true},
	}
	all := Schedule(c, p, day(2026, 11, 1))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got.Day != tt.day || tt.got.At != tt.at {
				t.Errorf("on %v at %v", tt.got.Day, tt.got.At)
			}
			if same := slices.ContainsFunc(all, func(r Row) bool {
				unit := tt.got
				unit.Officer = ""
				return !tt.got.Again && r.slot(r.Day) == unit.slot(r.Day) && r.Day == tt.got.Day
			}); same != tt.same {
				t.Errorf("meets a planned row: %v, %s", same, tt.got.ID)
			}
		})
	}
}
