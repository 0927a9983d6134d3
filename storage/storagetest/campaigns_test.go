package storagetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
)

var (
	hanoi        = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)
	ofCommune    = campaign.Party{Role: officer.RoleOfficer, Level: officer.LevelCommune}
	police       = campaign.Party{Role: officer.RolePolice, Level: officer.LevelCommune}
	ofProvince   = campaign.Party{Role: officer.RoleSupervisor, Level: officer.LevelProvince}
	campaignDays = campaign.Place{Tree: officer.Builtin(), Zone: hanoi}
)

func day(month time.Month, of int) civil.Date { return civil.Date{Year: 2026, Month: month, Day: of} }

// twoCommunes is a plan of two communes of Sơn La for both kinds of list, from 20 November 2026 on.
func twoCommunes(t testing.TB) campaign.Campaign {
	t.Helper()
	c, err := campaign.FromTemplate(campaign.TwoLevels, "c1", "14", []string{"03856", "03868"})
	ok(t, err)
	days := map[string]civil.Date{"export": day(11, 24), "review": day(12, 1), "verify": day(12, 8), "update": day(12, 20), "report": day(12, 25)}
	for _, stream := range c.All() {
		for i := range stream.Steps {
			stream.Steps[i].From, stream.Steps[i].To = day(11, 20), days[stream.Steps[i].ID]
		}
	}
	if said := campaign.Validate(c, campaignDays.Tree, []string{"child", "beneficiary"}); len(said) > 0 {
		t.Fatalf("the plan does not stand: %v", said)
	}
	return c
}

func (b *bench) plan(op string, c campaign.Campaign) []campaign.Row {
	b.t.Helper()
	rows := campaign.Schedule(c, campaignDays, day(11, 20))
	ok(b.t, b.AddCampaign(ctx, bot.Ending{Op: op}, "officer-1", c, rows))
	return rows
}

func TestCampaignIsKeptWithItsReminders(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		c := twoCommunes(t)
		rows := b.plan("u1", c)
		b.plan("u1", c) // the same operation once more
		b.restart()
		got, err := b.Campaign(ctx, "c1")
		ok(t, err)
		if diff := cmp.Diff(c, got); diff != "" {
			t.Errorf("the campaign (-want +got):\n%s", diff)
		}
		due, err := b.DueReminders(ctx, "c1", day(12, 31))
		ok(t, err)
		want := slices.DeleteFunc(slices.Clone(rows), func(r campaign.Row) bool { return r.Day.After(day(12, 31)) })
		if diff := cmp.Diff(want, due); diff != "" || len(due) < 100 {
			t.Errorf("%d rows (-want +got):\n%s", len(due), diff)
		}
		if due, err = b.DueReminders(ctx, "c1", day(11, 19)); err != nil || len(due) != 0 {
			t.Errorf("due before the first day: %v, %v", due, err)
		}
		for unit, n := range map[string]int{"03868": 1, "03904": 0} {
			if of, err := b.CampaignsOf(ctx, unit); err != nil || len(of) != n {
				t.Errorf("campaigns of %s: %d, %v", unit, len(of), err)
			}
		}
		_, err = b.Campaign(ctx, "c2")
		refused(t, err, fault.NotFound, "storage.campaign.not_found")
	})
}

func TestRevisionsFollowEachOther(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		c := twoCommunes(t)
		b.plan("u1", c)
		b.exec(`UPDATE reminders SET outcome = 'sent' WHERE day = '2026-11-23'`)
		sent := b.count(`SELECT COUNT(*) FROM reminders WHERE outcome = 'sent'`)
		moved, err := c.Move("child", "review", civil.Date{}, day(12, 3), civil.Date{})
		ok(t, err)
		rows := b.plan("u2", moved)
		refused(t, b.AddCampaign(ctx, bot.Ending{Op: "u3"}, "officer-2", moved, nil), fault.Conflict, "storage.campaign.moved_on")

		waiting := b.count(`SELECT COUNT(*) FROM reminders WHERE outcome = '' AND revision = 2`)
		if old := b.count(`SELECT COUNT(*) FROM reminders WHERE outcome = '' AND revision = 1`); old != 0 || waiting != len(rows)-sent || sent == 0 {
			t.Errorf("%d rows of the old revision wait, %d of the new; planned %d, sent before %d", old, waiting, len(rows), sent)
		}
		if n := b.count(`SELECT COUNT(*) FROM reminders WHERE outcome = 'moved'`); n == 0 {
			t.Error("no row of the old revision was settled as moved")
		}
		ended, err := moved.End(day(11, 25))
		ok(t, err)
		ok(t, b.AddCampaign(ctx, bot.Ending{Op: "u4"}, "officer-2", ended, campaign.Schedule(ended, campaignDays, day(11, 22))))
		if due, err := b.DueReminders(ctx, "c1", day(12, 31)); err != nil || slices.ContainsFunc(due, func(r campaign.Row) bool { return !r.Day.Before(day(11, 25)) }) {
			t.Errorf("rows after the end: %v, %v", due, err)
		}
		revisions, err := b.CampaignRevisions(ctx, "c1")
		ok(t, err)
		var who []string
		for _, r := range revisions {
			who = append(who, fmt.Sprint(r.Number, r.By.ID))
		}
		if diff := cmp.Diff([]string{"1officer-1", "2officer-1", "3officer-2"}, who); diff != "" {
			t.Error(diff)
		}
		if all, err := b.Campaigns(ctx); err != nil || len(all) != 1 || all[0].Revision != 3 {
			t.Errorf("campaigns: %v, %v", all, err)
		}
	})
}

// events tells what a campaign's facts of a unit are, "event kind day count".
func (b *bench) events(c campaign.Campaign, unit string) (told []string) {
	b.t.Helper()
	facts, err := b.CampaignFacts(ctx, c, unit, hanoi)
	ok(b.t, err)
	for _, f := range facts.Done {
		told = append(told, fmt.Sprintf("%s %s %s %d", f.Event, f.List, f.On, f.Count))
	}
	for _, w := range facts.Work {
		told = append(told, fmt.Sprintf("open %s %d", w.List, w.Open))
	}
	return told
}

func TestFactsFollowFromLists(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		c := twoCommunes(t)
		b.plan("u1", c)
		same := func(what string, want ...string) {
			t.Helper()
			if diff := cmp.Diff(want, b.events(c, "03868")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		same("without a list")
		b.add("l1", "03868", 3)
		b.add("of-another-commune", "03856", 4)
		same("a list came", "list_received child 2026-11-22 3", "open child 3")

		correct := func(op string, revision, open int) {
			t.Helper()
			p := b.all("l1")[0]
			ok(t, b.RecordCorrection(ctx, bot.Ending{Op: op}, ledger.Correction{
				ID: op, List: "l1", BaseRevision: revision, Officer: "officer-1", Label: []byte(`{}`),
				Changes: []ledger.Change{{Person: p.ID(), Version: p.Version, After: []byte(op)}},
				Counts:  []ledger.Count{{Code: "personal_id.missing", Severity: "error", Group: "no_id", Open: open}},
			}))
		}
		b.clock.move(48 * time.Hour)
		correct("u2", 0, 0)
		done := []string{"list_received child 2026-11-22 3", "review_done child 2026-11-24 3", "open child 0"}
		same("the last error is gone", done...)
		b.clock.move(24 * time.Hour)
		correct("u3", 1, 0)
		same("corrected once more, and still clean", done...)
		last, err := b.LastCorrection(ctx, "l1", "")
		ok(t, err)
		ok(t, b.UndoCorrection(ctx, bot.Ending{Op: "u4"}, last, []ledger.Count{{Code: "sex.missing", Severity: "error", Open: 1}}))
		same("taken back, an error is open again", "list_received child 2026-11-22 3", "open child 1")

		later := list("l2", "03868", 5)
		later.Replaces, later.ReplacesRevision, later.Counts = "l1", 3, nil
		ok(t, b.AddList(ctx, bot.Ending{Op: "u5"}, later, people(5)))
		same("a later state without errors", "list_received child 2026-11-25 5", "review_done child 2026-11-25 5", "open child 0")
		ok(t, b.DeleteList(ctx, bot.Ending{Op: "u6"}, "03868", "l2"))
		same("deleted")
		if got := b.events(c, ""); len(got) != 2 {
			t.Errorf("of all units: %v", got)
		}
		early := list("l3", "03868", 2)
		early.Received = time.Date(2026, 10, 20, 16, 0, 0, 0, time.UTC) // a day before the run-up begins
		ok(t, b.AddList(ctx, bot.Ending{Op: "u7"}, early, people(2)))
		same("a list of another time")
	})
}

func record(id, press, unit string, event campaign.Event, to campaign.Party, count int) campaign.Record {
	return campaign.Record{
		ID: id, Press: press, By: officer.Officer{ID: "officer-1"}, Remark: "Trẻ Thử Nghiệm vắng", Photo: "f" + id,
		Fact: campaign.Fact{Event: event, List: "child", Unit: unit, To: to, On: day(11, 21), Count: count},
	}
}

func TestFactsAreRecordedAndTakenBack(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		c := twoCommunes(t)
		b.plan("u1", c)
		handed := record("r1", "p1", "03868", campaign.HandedOver, police, 12)
		returned := record("r2", "p2", "03868", campaign.Returned, ofCommune, 12)
		returned.Numbered, returned.Unverified = 10, map[string]int{campaign.ReasonUnknown: 2}
		both := record("r3", "p2", "03868", campaign.Returned, ofProvince, 12)
		both.Remark, both.Photo = "", ""
		ok(t, b.RecordFacts(ctx, bot.Ending{Op: "u2"}, "c1", 1, []campaign.Record{handed}))
		ok(t, b.RecordFacts(ctx, bot.Ending{Op: "u3"}, "c1", 1, []campaign.Record{returned, both}))
		ok(t, b.RecordFacts(ctx, bot.Ending{Op: "u3"}, "c1", 1, []campaign.Record{returned, both}))
		refused(t, b.RecordFacts(ctx, bot.Ending{Op: "u4"}, "c1", 2, []campaign.Record{handed}), fault.Conflict, "storage.campaign.moved_on")
		refused(t, b.RecordFacts(ctx, bot.Ending{Op: "u5"}, "c2", 1, nil), fault.NotFound, "storage.campaign.not_found")
		b.restart()

		facts, err := b.CampaignFacts(ctx, c, "03868", hanoi)
		ok(t, err)
		if diff := cmp.Diff([]campaign.Fact{handed.Fact, returned.Fact, both.Fact}, facts.Done); diff != "" {
			t.Errorf("facts (-want +got):\n%s", diff)
		}
		if got := b.events(c, "03856"); len(got) != 0 {
			t.Errorf("the other commune: %v", got)
		}
		ok(t, b.TakeBackFacts(ctx, bot.Ending{Op: "u6"}, "c1", "p2", "officer-2"))
		refused(t, b.TakeBackFacts(ctx, bot.Ending{Op: "u7"}, "c1", "p2", "officer-2"), fault.Conflict, "storage.campaign.taken_back")
		refused(t, b.TakeBackFacts(ctx, bot.Ending{Op: "u8"}, "c2", "p1", "officer-2"), fault.Conflict, "storage.campaign.taken_back")
		if got := b.events(c, "03868"); len(got) != 1 {
			t.Errorf("after taking back: %v", got)
		}
		records, err := b.CampaignRecords(ctx, "c1", "03868")
		ok(t, err)
		if len(records) != 3 || records[2].ID != "r1" || !records[2].Holds() || records[0].Holds() || records[0].TakenBackBy != "officer-2" {
			t.Fatalf("records: %+v", records)
		}
		if r := records[2]; r.Remark != handed.Remark || r.Photo != "fr1" || r.By.ID != "officer-1" || r.Made.IsZero() {
			t.Errorf("the record of the hand-over: %+v", r)
		}
		for _, column := range []string{"note", "unverified"} {
			if n := b.count(`SELECT COUNT(*) FROM campaign_facts WHERE CAST(` + column + ` AS TEXT) LIKE '%Nghi%'`); n != 0 {
				t.Errorf("%s shows a remark", column)
			}
		}
	})
}

// TestPlanOfTheWholeCountry keeps the largest plan there is: every commune.
func TestPlanOfTheWholeCountry(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		c := twoCommunes(t)
		c.Unit, c.Units, c.Digests, c.Escalates, c.Common = "VN", nil, nil, nil, nil
		for _, u := range campaignDays.Tree.Under("VN", officer.LevelCommune, day(11, 22)) {
			c.Units = append(c.Units, u.Code)
		}
		c.Until = day(12, 8)
		rows := campaign.Schedule(c, campaignDays, day(11, 20))
		ok(t, b.AddCampaign(ctx, bot.Ending{Op: "u1"}, "officer-1", c, rows))
		if n := b.count(`SELECT COUNT(*) FROM reminders`); n != len(rows) || n < 80_000 {
			t.Errorf("%d of %d rows were kept", n, len(rows))
		}
	})
}
