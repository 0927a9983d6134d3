package campaign

import (
	"strings"
	"testing"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"

	"github.com/google/go-cmp/cmp"
)

var kinds = []string{"child", "beneficiary"}

func TestValidate(t *testing.T) {
	tests := []struct {
		name   string
		change func(c *Campaign)
		want   string
	}{
		{"as it is", func(*Campaign) {}, ""},
		{"no name", func(c *Campaign) { c.Name = "" }, "campaign.invalid.name"},
		{"no revision", func(c *Campaign) { c.Revision = 0 }, "campaign.invalid.id"},
		{"no zone", func(c *Campaign) { c.Zone = "" }, "campaign.invalid.zone"},
		{"an unknown issuer", func(c *Campaign) { c.Unit = "x" }, "campaign.invalid.unit" + strings.Repeat(" campaign.invalid.unit_outside", 16)},
		{"no units", func(c *Campaign) { c.Units = nil }, "campaign.invalid.no_unit"},
		{"an unknown unit", func(c *Campaign) { c.Units[3] = "x" }, "campaign.invalid.unit campaign.invalid.no_owner"},
		{"a unit of another time", func(c *Campaign) { c.Units = []string{"03868"} }, "campaign.invalid.unit campaign.invalid.no_owner campaign.invalid.no_owner campaign.invalid.no_owner campaign.invalid.no_owner"},
		{"a unit twice", func(c *Campaign) { c.Units[1] = c.Units[0] }, "campaign.invalid.unit_doubled"},
		{"no stream", func(c *Campaign) { c.Streams = nil }, "campaign.invalid.no_stream"},
		{"an unknown kind", func(c *Campaign) { c.Streams[0].Kind = "horse" }, "campaign.invalid.kind"},
		{"a kind twice", func(c *Campaign) { c.Streams[0].Kind = "beneficiary" }, "campaign.invalid.kind_doubled"},
		{"no step", func(c *Campaign) { c.Streams[0].Steps = nil }, "campaign.invalid.no_step"},
		{"a bad id", func(c *Campaign) { c.Streams[0].Steps[0].ID = "a|b" }, "campaign.invalid.step_id"},
		{"an id twice", func(c *Campaign) { c.Streams[0].Steps[1].ID = "export" }, "campaign.invalid.step_doubled"},
		{"no deadline", func(c *Campaign) { c.Streams[0].Steps[0].To = civil.Date{} }, "campaign.invalid.no_deadline"},
		{"two deadlines", func(c *Campaign) { c.Streams[0].Steps[3].To = day(2023, 11, 9) }, "campaign.invalid.two_deadlines"},
		{"no such day", func(c *Campaign) { c.Streams[0].Steps[3].Before = day(2023, 11, 31) }, "campaign.invalid.date"},
		{"ends before it begins", func(c *Campaign) { c.Streams[0].Steps[0].From = day(2023, 10, 4) }, "campaign.invalid.dates_reversed"},
		{"exclusive on the first day", func(c *Campaign) {
			c.Streams[1].Steps[3].From, c.Streams[1].Steps[3].Before = day(2023, 10, 31), day(2023, 10, 31)
		}, "campaign.invalid.dates_reversed"},
		{"before the step before", func(c *Campaign) { c.Streams[0].Steps[3].Before = day(2023, 10, 15) }, "campaign.invalid.order"},
		{"no fact", func(c *Campaign) { c.Streams[0].Steps[0].Facts = nil }, "campaign.invalid.no_fact"},
		{"an unknown fact", func(c *Campaign) { c.Streams[0].Steps[0].Facts = []Event{"ticked"} }, "campaign.invalid.fact"},
		{"a role on a wrong level", func(c *Campaign) {
			c.Streams[0].Steps[2].Escalates = []Party{{officer.RoleOfficer, officer.LevelDistrict}}
		}, "campaign.invalid.party"},
		{"an unknown role", func(c *Campaign) { c.Digests = []Party{{"king", officer.LevelCountry}} }, "campaign.invalid.party"},
		{"each of no receivers", func(c *Campaign) { c.Streams[0].Steps[2].Receivers = nil }, "campaign.invalid.no_receiver"},
		{"a level that is not there", func(c *Campaign) { c.Streams[1].Steps[3].Owes = Party{officer.RoleHelper, officer.LevelHamlet} }, "campaign.invalid.no_owner"},
		{"ends before it starts", func(c *Campaign) { c.Until = day(2023, 9, 29) }, "campaign.invalid.until"},
		{"no days", func(c *Campaign) { c.Rules.Before = []int{0} }, "campaign.invalid.days"},
		{"hours that make no sense", func(c *Campaign) { c.Rules.Hours = []Span{{At(7, 0), At(17, 0)}, {At(18, 0), At(18, 0)}} }, "campaign.invalid.hours"},
		{"at night", func(c *Campaign) { c.Rules.RemindAt = At(12, 0) }, "campaign.invalid.hour"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, p := bacYenPlan(t)
			tt.change(&c)
			var keys []string
			for _, said := range Validate(c, p.Tree, kinds) {
				keys = append(keys, said.Key)
			}
			if diff := cmp.Diff(tt.want, strings.Join(keys, " ")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestTemplates: a template without dates lacks its dates and nothing else.
func TestTemplates(t *testing.T) {
	place, communes := bacYenPlace(t)
	for _, id := range Templates() {
		unit, units := "118", communes
		if id == TwoLevels || id == MinistryNow {
			unit, units = "14", []string{"03868", "03856"}
		}
		c, err := FromTemplate(id, "x", unit, units)
		if err != nil {
			t.Fatal(err)
		}
		for _, said := range Validate(c, place.Tree, kinds) {
			if said.Key != "campaign.invalid.no_deadline" || id == BacYen2023 {
				t.Errorf("%s: %s %v", id, said.Key, said.Args)
			}
		}
		for _, stream := range c.All() {
			for _, step := range stream.Steps {
				for _, p := range append([]Party{step.Owes}, step.Receivers...) {
					if name := c.PartyName(p); !strings.HasPrefix(name.Key, "campaign.party."+string(c.Era)) {
						t.Errorf("%s: %s is called %s", id, p, name.Key)
					}
				}
			}
		}
		body, err := Encode(c)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, back); diff != "" {
			t.Errorf("%s through JSON:\n%s", id, diff)
		}
	}
	if _, err := FromTemplate("mine", "x", "14", nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown template: %v", err)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, body := range []string{"", "{", "[]", `{"nmae":"x"}`, `{"name":1}`, `{"until":"2023-02-30"}`, `{"rules":{"remind_at":"25:00"}}`, `{} {}`} {
		if _, err := Decode([]byte(body)); !fault.Is(err, fault.Unreadable) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	c, err := FromTemplate(BacYen2023, "x", "118", []string{"118-01"})
	if err != nil {
		f.Fatal(err)
	}
	body, _ := Encode(c)
	f.Add(body)
	f.Add([]byte(`{"streams":[{"kind":"child","steps":[{"id":"a","owes":{"role":"officer","level":"commune"},"to":"2023-10-15"}]}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := Decode(body)
		if err != nil {
			return
		}
		Validate(c, officer.Builtin(), kinds)
		again, err := Encode(c)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Decode(again); err != nil {
			t.Fatalf("what was written does not read: %v", err)
		}
	})
}

func TestNames(t *testing.T) {
	c, _ := bacYenPlan(t)
	c.Names = map[string]string{"police@commune": "Công an thị trấn"}
	if got := c.PartyName(communePolice); got.Args["Name"] != "Công an thị trấn" {
		t.Errorf("a name of one's own: %+v", got)
	}
	if got := c.PartyName(Party{officer.RoleAdmin, officer.LevelCountry}); got.Key != "role.admin" {
		t.Errorf("a party that an era does not name: %+v", got)
	}
	if got := (Step{ID: "visit", Name: "Đi từng hộ"}).Title(); got.Args["Name"] != "Đi từng hộ" {
		t.Errorf("a step's own name: %+v", got)
	}
	if got := ListName("merit"); got.Args["Name"] != "merit" {
		t.Errorf("a list without a text: %+v", got)
	}
}

func TestRevisions(t *testing.T) {
	c, _ := bacYenPlan(t)
	if _, err := c.Move("child", "nothing", civil.Date{}, day(2023, 10, 20), civil.Date{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("moving no step: %v", err)
	}
	moved, err := c.Move("", "report", civil.Date{}, civil.Date{}, day(2023, 12, 1))
	if err != nil || moved.Common[0].Before != day(2023, 12, 1) || c.Common[0].Before != day(2023, 11, 15) {
		t.Errorf("the common step: %v, %v", moved.Common[0].Before, err)
	}
	if got := c.Last(); got != day(2023, 12, 14) {
		t.Errorf("last day %v", got)
	}
	ended, err := moved.End(day(2023, 11, 1))
	if err != nil || ended.Revision != 3 || ended.Last() != day(2023, 10, 31) {
		t.Errorf("ended: %v, %v", ended.Last(), err)
	}
	if _, err := ended.End(day(2023, 11, 2)); !fault.Is(err, fault.Closed) {
		t.Errorf("ended twice: %v", err)
	}
	if _, err := ended.Move("child", "review", civil.Date{}, day(2023, 12, 1), civil.Date{}); !fault.Is(err, fault.Closed) {
		t.Errorf("moved after the end: %v", err)
	}
}
