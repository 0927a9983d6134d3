package campaign

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// TestChances knows who records what in the Bắc Yên plan: children come back to two receivers and are updated by the district,
// beneficiaries come back to the district and are updated by the communes.
func TestChances(t *testing.T) {
	c, p := bacYenPlan(t)
	commune := c.Units[4]
	tests := []struct {
		name string
		self Party
		unit string
		want []string
	}{
		{"the commune's officer", communeOfficer, commune, []string{
			"child handed_over of 1 to police@commune: handover.send",
			"child returned of 1 to officer@commune: handover.accept",
			"beneficiary handed_over of 1 to police@commune: handover.send",
			"beneficiary updated of 1 to : software.update",
		}},
		{"the commune's police", communePolice, commune, []string{
			"child handed_over of 1 to police@commune: handover.receive",
			"child returned of 1 to officer@commune supervisor@district: handover.return",
			"beneficiary handed_over of 1 to police@commune: handover.receive",
			"beneficiary returned of 1 to supervisor@district: handover.return",
		}},
		{"the district", districtSupervisor, "118", []string{
			"child returned of 16 to supervisor@district: handover.accept",
			"child updated of 16 to : software.update",
			"beneficiary returned of 16 to supervisor@district: handover.accept",
			" reported of 1 to supervisor@province: report.make",
		}},
		{"the district's police", Party{officer.RolePolice, officer.LevelDistrict}, "118", nil},
		{"a commune of today", communeOfficer, "03868", nil},
		{"a supervisor in a commune", Party{officer.RoleSupervisor, officer.LevelCommune}, commune, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, ch := range Chances(c, p.Tree, tt.self, tt.unit) {
				var to []string
				for _, party := range ch.To {
					to = append(to, party.String())
				}
				got = append(got, fmt.Sprintf("%s %s of %d to %s: %s", ch.List, ch.Event, len(ch.Units), strings.Join(to, " "), ch.Do))
				for _, unit := range ch.Units {
					if err := p.Tree.May(tt.self.Role, tt.unit, ch.Do, unit, day(2023, 10, 5)); err != nil {
						t.Errorf("the table refuses %s on %s: %v", ch.Do, unit, err)
					}
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func chance(t testing.TB, c Campaign, p Place, self Party, unit string, list string, event Event) Chance {
	t.Helper()
	for _, ch := range Chances(c, p.Tree, self, unit) {
		if ch.List == list && ch.Event == event {
			return ch
		}
	}
	t.Fatalf("%s has no chance of %s", self, event)
	return Chance{}
}

func keyOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Key
	}
	return ""
}

func TestCheckFact(t *testing.T) {
	c, p := bacYenPlan(t)
	commune := c.Units[4]
	sent := chance(t, c, p, communeOfficer, commune, "child", HandedOver)
	back := chance(t, c, p, communeOfficer, commune, "child", Returned)
	updated := chance(t, c, p, districtSupervisor, "118", "child", Updated)
	report := chance(t, c, p, districtSupervisor, "118", "", Reported)
	facts := Facts{Done: []Fact{
		{Event: ListReceived, List: "child", Unit: commune, On: day(2023, 10, 2), Count: 40},
		{Event: HandedOver, List: "child", Unit: commune, On: day(2023, 10, 9), Count: 30, To: communePolice},
	}}
	only := Facts{Done: facts.Done[:1]}
	today := day(2023, 10, 12)
	tests := []struct {
		name  string
		facts Facts
		ch    Chance
		f     Fact
		want  string
	}{
		{"handed over", only, sent, Fact{On: today, Count: 40}, ""},
		{"of a list that is on paper alone", Facts{}, sent, Fact{On: today, Count: 9000}, ""},
		{"tomorrow", only, sent, Fact{On: day(2023, 10, 13), Count: 1}, "campaign.fact.future"},
		{"before the campaign", only, sent, Fact{On: day(2023, 9, 29), Count: 1}, "campaign.fact.early"},
		{"nobody", only, sent, Fact{On: today}, "campaign.fact.count"},
		{"more than the list has", only, sent, Fact{On: today, Count: 41}, "campaign.fact.too_many"},
		{"back", facts, back, Fact{On: today, Count: 30, Numbered: 28, Unverified: map[string]int{ReasonUnknown: 2}}, ""},
		{"back, never sent", only, back, Fact{On: today, Count: 30, Numbered: 30}, "campaign.fact.not_yet"},
		{"back before it was sent", facts, back, Fact{On: day(2023, 10, 8), Count: 30, Numbered: 30}, "campaign.fact.before_step"},
		{"more back than sent", facts, back, Fact{On: today, Count: 31, Numbered: 31}, "campaign.fact.too_many"},
		{"a sum that is none", facts, back, Fact{On: today, Count: 30, Numbered: 28}, "campaign.fact.sum"},
		{"updated, never back", facts, updated, Fact{On: today, Count: 30}, "campaign.fact.not_yet"},
		{"a report counts nobody", Facts{}, report, Fact{Unit: "118", On: today}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.f.Unit == "" {
				tt.f.Unit = commune
			}
			err := CheckFact(c, tt.facts, tt.ch, tt.f, today)
			if keyOf(err) != tt.want {
				t.Errorf("error %v, want %q", err, tt.want)
			}
			if trouble, ok := fault.As(err); ok && trouble.Args["Step"] == nil {
				t.Error("it does not say what to correct")
			}
		})
	}
	ended, err := c.End(today)
	if err != nil {
		t.Fatal(err)
	}
	if err := CheckFact(ended, only, sent, Fact{Unit: commune, On: day(2023, 10, 11), Count: 1}, today); keyOf(err) != "campaign.ended" {
		t.Errorf("after the end: %v", err)
	}
}

func TestCheckTakeBack(t *testing.T) {
	c, _ := bacYenPlan(t)
	commune := c.Units[4]
	rec := func(press string, event Event, to Party) Record {
		return Record{Press: press, Fact: Fact{Event: event, List: "child", Unit: commune, To: to, On: day(2023, 10, 12), Count: 1}}
	}
	all := []Record{rec("sent", HandedOver, communePolice), rec("back", Returned, communeOfficer), rec("up", Returned, districtSupervisor), rec("done", Updated, Party{})}
	for press, want := range map[string]string{"sent": "campaign.fact.needed", "done": "", "back": "", "up": ""} {
		if err := CheckTakeBack(c, all, press); keyOf(err) != want {
			t.Errorf("%s: %v, want %q", press, err, want)
		}
	}
	if err := CheckTakeBack(c, all[:2], "back"); err != nil {
		t.Errorf("nothing hangs on it: %v", err)
	}
	all[2].TakenBack = time.Date(2023, 10, 13, 0, 0, 0, 0, time.UTC)
	if err := CheckTakeBack(c, all, "back"); keyOf(err) != "campaign.fact.needed" {
		t.Errorf("the only return left, and the update hangs on it: %v", err)
	}
	ended, _ := c.End(day(2023, 10, 20))
	if err := CheckTakeBack(ended, all, "done"); keyOf(err) != "campaign.ended" {
		t.Errorf("after the end: %v", err)
	}
}

func TestOpenAndExpected(t *testing.T) {
	c, p := bacYenPlan(t)
	ch := chance(t, c, p, communePolice, c.Units[0], "child", Returned)
	f := Facts{Done: []Fact{{Event: Returned, List: "child", Unit: c.Units[0], To: communeOfficer, On: civil.Date{}, Count: 5}}}
	if open := ch.Open(f); len(open) != 1 {
		t.Errorf("one of two receivers has it: open %v", open)
	}
	f.Done = append(f.Done, Fact{Event: Returned, List: "child", Unit: c.Units[0], To: districtSupervisor, Count: 6})
	if open := ch.Open(f); len(open) != 0 || !slices.Equal(ch.Units, c.Units[:1]) {
		t.Errorf("both have it: open %v of %v", open, ch.Units)
	}
	if n := f.Expected("child", Updated, c.Units[0]); n != 6 {
		t.Errorf("to be updated: %d", n)
	}
	if n := f.Expected("beneficiary", Updated, c.Units[0]); n != 0 {
		t.Errorf("of another list: %d", n)
	}
}
