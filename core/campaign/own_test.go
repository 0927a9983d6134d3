package campaign

import (
	"fmt"
	"testing"

	"lamsach/core/civil"
	"lamsach/core/officer"

	"github.com/google/go-cmp/cmp"
)

// TestOwn makes the Bắc Yên plan's stream of children by hand: what fulfils each step comes out the same.
func TestOwn(t *testing.T) {
	c, p := bacYenPlan(t)
	streams, common := Own([]string{"child"}, []OwnStep{
		{Work: WorkExport, Owes: districtSupervisor, To: []Party{communeOfficer}},
		{Work: WorkReview, Owes: communeOfficer, To: []Party{communePolice}},
		{Work: WorkVerify, Owes: communePolice, To: []Party{communeOfficer, districtSupervisor}},
		{Work: WorkUpdate, Owes: districtSupervisor},
		{Work: WorkReport, Name: "Báo cáo cuối", Owes: districtSupervisor, To: []Party{provinceSupervisor}},
	}, officer.LevelDistrict)
	want := c.clone().Streams[0]
	for i := range want.Steps {
		want.Steps[i].From, want.Steps[i].To, want.Steps[i].Before = civil.Date{}, civil.Date{}, civil.Date{}
		want.Steps[i].Escalates = nil
	}
	if diff := cmp.Diff([]Stream{want}, streams); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(common) != 1 || common[0].Of != officer.LevelDistrict || common[0].Title().Args["Name"] != "Báo cáo cuối" {
		t.Errorf("common: %+v", common)
	}
	c.Streams, c.Common = streams, common
	for i := range c.Steps() {
		c = c.WithDays(i, Days{From: day(2023, 10, 1), To: day(2023, 10, 10+i)})
	}
	if said := Validate(c, p.Tree, kinds); len(said) > 0 {
		t.Errorf("made up with days, it does not stand: %v", said)
	}
}

func TestOwnWithoutPolice(t *testing.T) {
	streams, _ := Own([]string{"child", "beneficiary"}, []OwnStep{
		{Work: WorkReview, Owes: communeOfficer}, {Work: WorkReview, Name: "Rà soát lần hai", Owes: communeOfficer}, {Work: WorkUpdate, Owes: communeOfficer},
	}, officer.LevelProvince)
	var got []string
	for _, f := range (Campaign{Streams: streams}).Steps() {
		got = append(got, fmt.Sprint(f.List, " ", f.Step.ID, " ", f.Step.Facts, " after ", f.Step.After))
	}
	want := []string{
		"child review [review_done] after []", "child review2 [review_done] after []", "child update [updated] after []",
		"beneficiary review [review_done] after []", "beneficiary review2 [review_done] after []", "beneficiary update [updated] after []",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, work := range Works() {
		if WorkName(work).Key == "campaign.named" {
			t.Errorf("%s has no usual name", work)
		}
	}
}
