package handlers

import (
	"context"
	"strconv"
	"strings"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/fault"
)

// deedAbout is what a record is about, as the argument of its form.
type deedAbout struct {
	campaign, list, step string
	event                campaign.Event
	unit                 string // the one unit that there is; empty: asked
}

func (a deedAbout) String() string {
	return strings.Join([]string{a.campaign, a.list, a.step, string(a.event), a.unit}, "|")
}

func parseDeedAbout(arg string) (a deedAbout) {
	parts := strings.Split(arg, "|")
	if len(parts) != 5 {
		return a
	}
	return deedAbout{parts[0], parts[1], parts[2], campaign.Event(parts[3]), parts[4]}
}

// deed is a record in the making, against the present state.
type deed struct {
	c     campaign.Campaign
	facts campaign.Facts
	ch    campaign.Chance
	ready []string // units that it may be recorded for
}

// theDeed finds what a form is about. What has become impossible since is a Conflict.
func (t *turn) theDeed(ctx context.Context, arg string) (deed, error) {
	a := parseDeedAbout(arg)
	c, err := t.thePlan(ctx, a.campaign)
	if err != nil {
		return deed{}, err
	}
	facts, err := t.b.Plans.CampaignFacts(ctx, c, t.scope(), t.b.Zone)
	if err != nil {
		return deed{}, err
	}
	for _, ch := range campaign.Chances(c, t.tree, t.self(), t.who.UnitCode) {
		if ch.List == a.list && ch.Step.ID == a.step && ch.Event == a.event {
			return deed{c, facts, ch, ch.Ready(facts)}, nil
		}
	}
	return deed{}, fault.New(fault.Forbidden, "right.refused.action")
}

// beginDeed opens the form of a chance, "CAMPAIGN|REVISION|NUMBER".
func beginDeed(ctx context.Context, t *turn, rest string) error {
	parts := strings.Split(rest, "|")
	if len(parts) != 3 {
		return t.oldButton(ctx)
	}
	c, err := t.thePlan(ctx, parts[0])
	if err != nil {
		return err
	}
	chances := campaign.Chances(c, t.tree, t.self(), t.who.UnitCode)
	n, err := strconv.Atoi(parts[2])
	if err != nil || n < 0 || n >= len(chances) || parts[1] != strconv.Itoa(c.Revision) {
		return t.oldButton(ctx)
	}
	ch := chances[n]
	a := deedAbout{campaign: c.ID, list: ch.List, step: ch.Step.ID, event: ch.Event}
	if len(ch.Units) == 1 {
		a.unit = ch.Units[0]
		if err := t.may(ch.Do, a.unit); err != nil {
			return err
		}
	}
	return t.startForm(ctx, formDeed, a.String())
}

// recordDeed judges what the form was told, against the facts of this moment, and records it.
func recordDeed(ctx context.Context, t *turn, d draft) error {
	x, err := t.theDeed(ctx, d.Arg)
	if err != nil {
		return err
	}
	var records []campaign.Record
	press, people := t.b.NewID(), 0
	for _, unit := range x.units(d) {
		if err := t.may(x.ch.Do, unit); err != nil {
			return err
		}
		f, err := x.fact(d, unit, t)
		if err != nil {
			return err
		}
		if err := campaign.CheckFact(x.c, x.facts, x.ch, f, t.b.today()); err != nil {
			return err
		}
		people += f.Count
		to := x.ch.To
		if len(to) == 0 {
			to = []campaign.Party{{}}
		}
		for _, party := range to {
			if party != (campaign.Party{}) && x.facts.Has(f.List, f.Event, unit, party) {
				continue // this receiver has said so himself
			}
			f.To = party
			records = append(records, campaign.Record{
				Fact: f, ID: t.b.NewID(), Press: press, By: t.who, Remark: d.Values["remark"], Photo: d.Values["photo"],
			})
		}
	}
	if len(records) == 0 {
		return fault.New(fault.Conflict, "deed.nothing_left")
	}
	t.audit = bot.Audit{Action: "campaign." + string(x.ch.Event), Object: x.c.ID, Count: people}
	t.write = func(ctx context.Context, end bot.Ending) error {
		return t.b.Deeds.RecordFacts(ctx, end, x.c.ID, x.c.Revision, records)
	}
	t.s = t.s.under()
	return t.drawDone(ctx, x.c, fault.T("deed.done", "What", t.deedName(x.ch.Event, x.ch.List, x.units(d)), "Day", records[0].On), press)
}

// deedName names what was recorded: the event, the list, the unit or their number.
func (t *turn) deedName(event campaign.Event, list string, units []string) fault.Text {
	if len(units) == 1 {
		return fault.T("deed.name.one", "Event", event.Name(), "List", campaign.ListName(list), "Unit", t.unitName(units[0]))
	}
	return fault.T("deed.name.many", "Event", event.Name(), "List", campaign.ListName(list), "N", len(units))
}

// drawDone says that something was recorded, and how to take it back. What hangs on it is shown by the campaign's screen, which reads
// the facts anew.
func (t *turn) drawDone(ctx context.Context, c campaign.Campaign, said fault.Text, press string) error {
	var v view
	v.body = append(v.body, viewLine{text: said})
	v.row(choice("plan."+c.ID, "campaign.button.show"), choice("han", "campaign.button.deadlines"))
	if press != "" {
		v.row(choice("takeback."+c.ID+"|"+press, "deed.button.take_back", "What", said.Args["What"]))
	}
	return t.finish(ctx, t.draw(v))
}

// units lists what a draft is recorded for.
func (x deed) units(d draft) []string {
	switch unit := unitOf(d); unit {
	case "":
		return nil
	case allUnits:
		return x.ready
	default:
		return []string{unit}
	}
}

// allUnits stands in a draft for all units that are ready.
const allUnits = "*"

// unitOf is the unit that a draft is about, as far as it is known.
func unitOf(d draft) string {
	if a := parseDeedAbout(d.Arg); a.unit != "" {
		return a.unit
	}
	return d.Values["unit"]
}

// fact puts what was told together.
func (x deed) fact(d draft, unit string, t *turn) (campaign.Fact, error) {
	on, err := campaign.ParseDay(d.Values["on"], t.b.today())
	if err != nil {
		return campaign.Fact{}, err
	}
	f := campaign.Fact{Event: x.ch.Event, List: x.ch.List, Unit: unit, On: on, Count: number(d, "count")}
	if unitOf(d) == allUnits {
		f.Count = x.facts.Expected(f.List, f.Event, unit)
	}
	if f.Event == campaign.Returned {
		f.Numbered = number(d, "numbered")
		f.Unverified = unverifiedOf(d)
	}
	return f, nil
}

// number is a whole number that a step has kept; 0 when there is none.
func number(d draft, step string) int {
	n, _ := strconv.Atoi(d.Values[step]) // the step wrote it
	return n
}

// lastPress finds what was recorded last by the officer's own unit and role and still holds, and names it.
func (t *turn) lastPress(c campaign.Campaign, records []campaign.Record) (press string, what fault.Text, ok bool) {
	if !c.Ended.IsZero() {
		return "", what, false
	}
	for _, r := range records {
		if r.Holds() && t.ours(r) {
			return r.Press, t.deedName(r.Event, r.List, unitsOf(records, r.Press)), true
		}
	}
	return "", what, false
}

// ours tells whether a record is the officer's own, or that of a colleague in the same office.
func (t *turn) ours(r campaign.Record) bool {
	return r.By.ID == t.who.ID || r.By.Role == t.who.Role && r.By.UnitCode == t.who.UnitCode
}

// unitsOf lists the units that were recorded in one go.
func unitsOf(records []campaign.Record, press string) []string {
	var units []string
	seen := map[string]bool{}
	for _, r := range records {
		if r.Press == press && !seen[r.Unit] {
			seen[r.Unit] = true
			units = append(units, r.Unit)
		}
	}
	return units
}

// takeBack takes back what was recorded in one go, "CAMPAIGN|PRESS".
func takeBack(ctx context.Context, t *turn, rest string) error {
	id, press, _ := strings.Cut(rest, "|")
	c, err := t.thePlan(ctx, id)
	if err != nil {
		return err
	}
	records, err := t.b.Deeds.CampaignRecords(ctx, id, t.scope())
	if err != nil {
		return err
	}
	var mine []campaign.Record
	for _, r := range records {
		if r.Press == press && r.Holds() && t.ours(r) {
			mine = append(mine, r)
		}
	}
	if len(mine) == 0 {
		return t.oldButton(ctx)
	}
	if err := campaign.CheckTakeBack(c, records, press); err != nil {
		trouble, ok := fault.As(err)
		if !ok {
			return err
		}
		t.alert(trouble.Text())
		return t.drawPlan(ctx, c)
	}
	t.audit = bot.Audit{Action: "campaign.taken_back", Object: c.ID, Count: len(mine)}
	t.write = func(ctx context.Context, end bot.Ending) error {
		return t.b.Deeds.TakeBackFacts(ctx, end, id, press, t.who.ID)
	}
	t.s = t.s.under()
	what := t.deedName(mine[0].Event, mine[0].List, unitsOf(mine, press))
	return t.drawDone(ctx, c, fault.T("deed.taken_back", "What", what), "")
}

// showPage sends the picture of a signed page, "CAMPAIGN|RECORD".
func showPage(ctx context.Context, t *turn, rest string) error {
	id, record, _ := strings.Cut(rest, "|")
	c, err := t.thePlan(ctx, id)
	if err != nil {
		return err
	}
	records, err := t.b.Deeds.CampaignRecords(ctx, c.ID, t.scope())
	if err != nil {
		return err
	}
	for _, r := range records {
		if r.ID != record || r.Photo == "" || !t.readsNote(r) {
			continue
		}
		t.audit = bot.Audit{Action: "campaign.page_shown", Object: r.ID, Count: 1}
		t.answerPress()
		t.replies = append(t.replies, bot.Reply{
			To: t.u.Chat, Text: lines(t.p, fault.T("deed.page", "Event", r.Event.Name(), "Day", r.On), bot.Plain),
			File: &bot.Attachment{File: r.Photo, Name: "trang-ky.jpg", MIME: "image/jpeg", Picture: true},
		})
		return t.finish(ctx)
	}
	return t.oldButton(ctx)
}
