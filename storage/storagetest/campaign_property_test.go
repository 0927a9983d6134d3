package storagetest

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// planModel is what a campaign is expected to be, beside the store.
type planModel struct {
	t       *rapid.T
	b       *bench
	c       campaign.Campaign
	n       int // operations
	today   civil.Date
	records []campaign.Record
	settled map[string]bool // rows that were sent
}

func (m *planModel) op() bot.Ending {
	m.n++
	return bot.Ending{Op: fmt.Sprint(m.c.ID, ":", m.n)}
}

func (m *planModel) check(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *planModel) keep(c campaign.Campaign) {
	m.check(m.b.AddCampaign(ctx, m.op(), "officer-1", c, campaign.Schedule(c, campaignDays, m.today)))
	m.c = c
}

// move gives a step other days; what does not stand is refused before it reaches the store.
func (m *planModel) move() {
	flats := m.c.Steps()
	at := flats[rapid.IntRange(0, len(flats)-1).Draw(m.t, "step")]
	to := day(11, 20).AddDays(rapid.IntRange(0, 40).Draw(m.t, "to"))
	next, err := m.c.Move(at.List, at.Step.ID, civil.Date{}, to, civil.Date{})
	if !m.c.Ended.IsZero() {
		if !fault.Is(err, fault.Closed) {
			m.t.Fatalf("moved after the end: %v", err)
		}
		return
	}
	m.check(err)
	if len(campaign.Validate(next, campaignDays.Tree, []string{"child", "beneficiary"})) == 0 {
		m.keep(next)
	}
}

func (m *planModel) end() {
	if next, err := m.c.End(m.today.AddDays(rapid.IntRange(0, 20).Draw(m.t, "end"))); err == nil {
		m.keep(next)
	}
}

// stale tries what somebody does who has an older revision before him.
func (m *planModel) stale() {
	err := m.b.AddCampaign(ctx, m.op(), "officer-2", m.c, nil)
	if !fault.Is(err, fault.Conflict) {
		m.t.Fatalf("the same revision twice: %v", err)
	}
	if err := m.b.RecordFacts(ctx, m.op(), m.c.ID, m.c.Revision+1, nil); !fault.Is(err, fault.Conflict) {
		m.t.Fatalf("recorded by another revision: %v", err)
	}
}

// record records whatever somebody may.
func (m *planModel) record() {
	self := rapid.SampledFrom([]campaign.Party{ofCommune, police, ofProvince}).Draw(m.t, "party")
	unit := "14"
	if self.Level == officer.LevelCommune {
		unit = rapid.SampledFrom(m.c.Units).Draw(m.t, "unit")
	}
	chances := campaign.Chances(m.c, campaignDays.Tree, self, unit)
	ch := rapid.SampledFrom(chances).Draw(m.t, "chance")
	about := rapid.SampledFrom(ch.Units).Draw(m.t, "about")
	on := m.today.AddDays(-rapid.IntRange(0, 2).Draw(m.t, "ago"))
	facts, err := m.b.CampaignFacts(ctx, m.c, about, hanoi)
	m.check(err)
	f := campaign.Fact{Event: ch.Event, List: ch.List, Unit: about, On: on, Count: 3}
	if f.Event == campaign.Returned {
		f.Numbered = 3
	}
	if campaign.CheckFact(m.c, facts, ch, f, m.today) != nil {
		return
	}
	end := m.op()
	to := ch.To
	if len(to) == 0 {
		to = []campaign.Party{{}}
	}
	var records []campaign.Record
	for i, party := range to {
		f.To = party
		records = append(records, campaign.Record{
			Fact: f, ID: fmt.Sprint(end.Op, "/", i), Press: end.Op, By: officer.Officer{ID: "officer-1"},
		})
	}
	m.check(m.b.RecordFacts(ctx, end, m.c.ID, m.c.Revision, records))
	m.check(m.b.RecordFacts(ctx, end, m.c.ID, m.c.Revision, records)) // the turn runs again
	m.records = append(m.records, records...)
}

func (m *planModel) takeBack() {
	if len(m.records) == 0 {
		return
	}
	press := rapid.SampledFrom(m.records).Draw(m.t, "record").Press
	kept, err := m.b.CampaignRecords(ctx, m.c.ID, "")
	m.check(err)
	if campaign.CheckTakeBack(m.c, kept, press) != nil {
		return
	}
	m.check(m.b.TakeBackFacts(ctx, m.op(), m.c.ID, press, "officer-1"))
	m.records = slices.DeleteFunc(m.records, func(r campaign.Record) bool { return r.Press == press })
}

// send settles a day's reminders, as firing does.
func (m *planModel) send() {
	due, err := m.b.DueReminders(ctx, m.c.ID, m.today)
	m.check(err)
	for _, row := range due {
		m.b.exec(`UPDATE reminders SET outcome = 'sent' WHERE id = '` + row.ID + `'`)
		m.settled[row.ID] = true
	}
	m.today = m.today.AddDays(1)
}

// holds compares the store with what is expected.
func (m *planModel) holds() {
	m.t.Helper()
	kept, err := m.b.Campaign(ctx, m.c.ID)
	m.check(err)
	revisions, err := m.b.CampaignRevisions(ctx, m.c.ID)
	m.check(err)
	if kept.Revision != m.c.Revision || len(revisions) != m.c.Revision || revisions[len(revisions)-1].Number != m.c.Revision {
		m.t.Fatalf("revision %d of %d kept, %d expected", kept.Revision, len(revisions), m.c.Revision)
	}
	want := map[string]bool{}
	for _, row := range campaign.Schedule(m.c, campaignDays, day(11, 20)) {
		want[row.ID] = true
	}
	rows, err := m.b.DueReminders(ctx, m.c.ID, day(12, 31).AddDays(200))
	m.check(err)
	for _, row := range rows {
		if row.Revision != m.c.Revision || !want[row.ID] || m.settled[row.ID] {
			m.t.Fatalf("row %s of revision %d waits; settled before: %v", row.ID, row.Revision, m.settled[row.ID])
		}
		if !m.c.Ended.IsZero() && !row.Day.Before(m.c.Ended) {
			m.t.Fatalf("row %s waits after the end", row.ID)
		}
	}
	m.facts()
}

// facts compares what is recorded, and checks that nothing stands on what was taken back.
func (m *planModel) facts() {
	facts, err := m.b.CampaignFacts(ctx, m.c, "", hanoi)
	m.check(err)
	if len(facts.Done) != len(m.records) {
		m.t.Fatalf("%d facts hold, %d were recorded", len(facts.Done), len(m.records))
	}
	for _, f := range facts.Done {
		for _, flat := range m.c.Steps() {
			if flat.List != f.List || !slices.Contains(flat.Step.Facts, f.Event) {
				continue
			}
			for _, e := range flat.Step.After {
				if e != campaign.ListReceived && !facts.Has(f.List, e, f.Unit) {
					m.t.Fatalf("%s of %s holds without %s", f.Event, f.Unit, e)
				}
			}
		}
	}
}

// TestAnySequenceKeepsACampaignConsistent moves, ends, records, takes back and sends in any order: revisions follow each other, only
// rows of the newest wait, and no fact stands on one that was taken back.
func TestAnySequenceKeepsACampaignConsistent(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			n++
			m := &planModel{t: rt, b: b, today: day(11, 21), settled: map[string]bool{}}
			m.c = twoCommunes(t)
			m.c.ID, m.c.Revision = fmt.Sprint("c", n), 0
			m.c.Rules, m.c.Digests = campaign.Rules{Before: []int{3}, OverdueDays: 3, EscalateAfter: 1}, nil // few rows: many runs
			first := m.c
			first.Revision = 1
			m.keep(first)
			steps := []func(){m.move, m.record, m.takeBack, m.record, m.send, m.stale, m.record, m.end}
			for range rapid.IntRange(1, 14).Draw(rt, "steps") {
				at := rapid.IntRange(0, len(steps)-1).Draw(rt, "what")
				if at == len(steps)-1 && rapid.IntRange(0, 3).Draw(rt, "really") > 0 {
					at = 0 // most campaigns go on
				}
				steps[at]()
				m.holds()
			}
		})
	})
}
