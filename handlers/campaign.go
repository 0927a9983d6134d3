package handlers

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/report"
)

const (
	plansShown   = 8 // campaigns that a page offers
	recordsShown = 6 // records that a campaign's screen tells of
)

// showPlans offers the campaigns that concern the officer.
func showPlans(ctx context.Context, t *turn, _ string) error {
	all, err := t.seenPlans(ctx, true)
	if err != nil {
		return err
	}
	t.s = t.s.under()
	var v view
	if len(all) == 0 {
		v.line("campaign.none")
	} else {
		v.strong("campaign.title", "N", len(all))
	}
	for i, c := range all[:min(len(all), plansShown)] {
		v.line("campaign.item", "N", i+1, "Name", c.Name, "Unit", t.unitName(c.Unit), "State", t.planState(c))
		v.row(choice("plan."+c.ID, "campaign.button.open", "N", i+1, "Name", shorten(c.Name, 30)))
	}
	if t.can(officer.MakeCampaign, t.who.UnitCode) {
		v.row(choice("newplan", "campaign.button.new"))
	}
	return t.finish(ctx, t.draw(v))
}

// planState tells where a campaign is in time.
func (t *turn) planState(c campaign.Campaign) fault.Text {
	today := t.b.today()
	switch {
	case !c.Ended.IsZero():
		return fault.T("campaign.state.ended", "Day", c.Ended)
	case today.Before(c.Start()):
		return fault.T("campaign.state.ahead", "Day", c.Start())
	case today.After(c.Last()):
		return fault.T("campaign.state.over", "Day", c.Last())
	}
	return fault.T("campaign.state.runs", "Day", lastDeadline(c))
}

func lastDeadline(c campaign.Campaign) civil.Date {
	var last civil.Date
	for _, stream := range c.All() {
		for _, step := range stream.Steps {
			if step.Deadline().After(last) {
				last = step.Deadline()
			}
		}
	}
	return last
}

// showPlan shows a campaign.
func showPlan(ctx context.Context, t *turn, id string) error {
	c, err := t.thePlan(ctx, id)
	if err != nil {
		return err
	}
	t.s = t.s.under()
	return t.drawPlan(ctx, c)
}

// drawPlan ends the turn with a campaign's screen, notices above it.
func (t *turn) drawPlan(ctx context.Context, c campaign.Campaign, notices ...fault.Text) error {
	v, err := t.planView(ctx, c, notices...)
	if err != nil {
		return err
	}
	return t.finish(ctx, t.draw(v))
}

// planView is a campaign's screen: its steps with their days, who owes them and how far they are, what was recorded, and what may be
// done now.
func (t *turn) planView(ctx context.Context, c campaign.Campaign, notices ...fault.Text) (view, error) {
	var v view
	facts, err := t.b.Plans.CampaignFacts(ctx, c, t.scope(), t.b.Zone)
	if err != nil {
		return v, err
	}
	records, err := t.b.Deeds.CampaignRecords(ctx, c.ID, t.scope())
	if err != nil {
		return v, err
	}
	for _, n := range notices {
		v.body = append(v.body, viewLine{text: n}, viewLine{})
	}
	t.planHead(&v, c)
	duties := t.duties(c)
	for _, stream := range c.All() {
		v.body = append(v.body, viewLine{})
		if stream.Kind == "" {
			v.strong("campaign.common")
		} else {
			v.strong("campaign.stream", "List", campaign.ListName(stream.Kind))
		}
		for i, step := range stream.Steps {
			v.body = append(v.body, viewLine{text: t.stepLine(c, facts, duties, stream.Kind, step, i+1)})
		}
	}
	t.recordLines(&v, c, records)
	t.deedButtons(&v, c, facts)
	t.planChoices(&v, c, records)
	return v, nil
}

func (t *turn) planHead(v *view, c campaign.Campaign) {
	v.strong("campaign.head", "Name", c.Name)
	if c.PaperNo != "" {
		v.line("campaign.paper", "No", c.PaperNo)
	}
	v.line("campaign.issuer", "Unit", t.unitName(c.Unit), "N", len(c.Units), "Units", t.unitNames(c.Units))
	v.line("campaign.revision", "N", c.Revision, "State", t.planState(c))
}

// duties lists a campaign's duties as far as the officer sees how they stand.
func (t *turn) duties(c campaign.Campaign) []campaign.Duty {
	all, scope := campaign.Duties(c, t.tree), t.scope()
	if scope == "" {
		return all
	}
	for i := range all {
		all[i].Covers = slices.DeleteFunc(slices.Clone(all[i].Covers), func(unit string) bool { return unit != scope })
	}
	return slices.DeleteFunc(all, func(d campaign.Duty) bool { return len(d.Covers) == 0 })
}

// stepLine tells of one step: its days, who owes it, to whom its result goes, and how many of those whom the officer sees have done it.
func (t *turn) stepLine(c campaign.Campaign, facts campaign.Facts, duties []campaign.Duty, list string, step campaign.Step, n int) fault.Text {
	done, of := 0, 0
	for _, d := range duties {
		if d.List != list || d.Step.ID != step.ID {
			continue
		}
		of += len(d.Covers)
		done += len(d.Covers) - len(facts.Missing(d))
	}
	key := "campaign.step_line.open"
	switch {
	case of == 0:
		key = "campaign.step_line.plain"
	case of == 1 && done == 1:
		key = "campaign.step_line.done"
	case of == 1:
		key = "campaign.step_line.not_done"
	}
	return fault.T(key, "N", n, "Step", step.Title(), "Days", step.Days().Text(), "Party", c.PartyName(step.Owes),
		"To", receiversText(c, step), "Done", done, "Of", of)
}

// receiversText says to whom a step's result goes; an empty text for nobody.
func receiversText(c campaign.Campaign, step campaign.Step) any {
	var to []fault.Text
	for _, p := range step.Receivers {
		to = append(to, c.PartyName(p))
	}
	switch len(to) {
	case 0:
		return ""
	case 1:
		return fault.T("campaign.to", "A", to[0])
	}
	return fault.T("campaign.to_both", "A", to[0], "B", to[1])
}

// recordLines tells what was recorded last, with who and when.
func (t *turn) recordLines(v *view, c campaign.Campaign, records []campaign.Record) {
	if len(records) == 0 {
		return
	}
	v.body = append(v.body, viewLine{})
	v.strong("deed.recorded")
	for _, r := range records[:min(len(records), recordsShown)] {
		v.body = append(v.body, viewLine{text: t.recordLine(c, r)})
		if r.Remark != "" && t.readsNote(r) {
			v.line("deed.remark", "Text", r.Remark)
		}
	}
	if more := len(records) - recordsShown; more > 0 {
		v.line("deed.more", "N", more)
	}
}

// recordLine is one record: what, when, how many, and who said so.
func (t *turn) recordLine(c campaign.Campaign, r campaign.Record) fault.Text {
	unverified := 0
	for _, n := range r.Unverified {
		unverified += n
	}
	key := "deed.line.plain"
	switch {
	case !r.Holds():
		key = "deed.line.taken_back"
	case r.Event == campaign.Returned:
		key = "deed.line.returned"
	case r.Event == campaign.Reported:
		key = "deed.line.reported"
	}
	by := r.By.Name
	if by == "" {
		by = r.By.ID
	}
	var to any = ""
	if r.To != (campaign.Party{}) {
		to = fault.T("campaign.to", "A", c.PartyName(r.To))
	}
	return fault.T(key, "Event", r.Event.Name(), "List", campaign.ListName(r.List), "Unit", t.unitName(r.Unit), "Day", r.On, "N", r.Count,
		"To", to, "Numbered", r.Numbered, "Unverified", unverified, "By", by, "Made", r.Made.In(t.b.Zone).Format("02/01 15:04"))
}

// readsNote tells whether an officer may read a record's remark and see its page: who recorded it, and those of its unit who see
// what is handed over.
func (t *turn) readsNote(r campaign.Record) bool {
	return r.By.ID == t.who.ID || t.can(officer.SeeHandover, r.Unit)
}

// planChoices offers the picture, signed pages, changes, and taking back.
func (t *turn) planChoices(v *view, c campaign.Campaign, records []campaign.Record) {
	for _, r := range records[:min(len(records), recordsShown)] {
		if r.Photo != "" && r.Holds() && t.readsNote(r) {
			v.row(choice("page."+c.ID+"|"+r.ID, "deed.button.page", "Event", r.Event.Name(), "Day", r.On))
		}
	}
	if press, what, ok := t.lastPress(c, records); ok {
		v.row(choice("takeback."+c.ID+"|"+press, "deed.button.take_back", "What", what))
	}
	row := []viewChoice{choice("drawplan."+c.ID, "campaign.button.picture"), choice("han", "campaign.button.deadlines")}
	v.row(row...)
	if t.can(officer.ChangeCampaign, c.Unit) && c.Ended.IsZero() {
		v.row(choice("moveplan."+c.ID, "campaign.button.move"), choice("endplan."+c.ID, "campaign.button.end"))
	}
	v.row(choice("plans", "campaign.button.all"))
}

// drawPlanPicture sends a campaign as a picture of its time line.
func drawPlanPicture(ctx context.Context, t *turn, id string) error {
	c, err := t.thePlan(ctx, id)
	if err != nil {
		return err
	}
	facts, err := t.b.Plans.CampaignFacts(ctx, c, t.scope(), t.b.Zone)
	if err != nil {
		return err
	}
	var png bytes.Buffer
	if err := t.b.TimeLines.TimeLine(&png, t.timeLine(c, facts)); err != nil {
		return fmt.Errorf("draw campaign %s: %w", c.ID, err)
	}
	size := int64(png.Len())
	file, _, err := t.b.Uploads.SaveFile(ctx, "", "image/png", &png)
	if err != nil {
		return err
	}
	t.answerPress()
	t.replies = append(t.replies, bot.Reply{
		To: t.u.Chat, Text: lines(t.p, fault.T("campaign.picture.caption", "Name", c.Name, "Day", t.b.today()), bot.Plain),
		File: &bot.Attachment{File: file, Name: "ke-hoach.png", MIME: "image/png", Size: size, Picture: true},
	})
	return t.finish(ctx)
}

// timeLine puts a campaign into the words of its picture.
func (t *turn) timeLine(c campaign.Campaign, facts campaign.Facts) report.TimeLine {
	say := saying(t.p)
	today, last := t.b.today(), lastDeadline(c)
	l := report.TimeLine{
		Title: c.Name, From: c.Start(), To: last, Today: today, Marker: say("campaign.picture.today", "Day", today),
		Subtitle: say("campaign.picture.subtitle", "Unit", t.unitName(c.Unit), "N", len(c.Units), "Revision", c.Revision),
		Parts: []report.Part{
			{Name: say("campaign.picture.done"), Tone: report.Good}, {Name: say("campaign.picture.runs"), Tone: report.Waiting},
			{Name: say("campaign.picture.late"), Tone: report.Bad}, {Name: say("campaign.picture.ahead"), Tone: report.Calm},
		},
	}
	if l.From.IsZero() {
		l.From = today
	}
	if today.After(l.To) && today.DaysSince(l.To) < 31 && c.Ended.IsZero() {
		l.To = today
	}
	duties := t.duties(c)
	for _, stream := range c.All() {
		lane := report.Lane{Name: strings.ToUpper(words(t.p, campaign.ListName(stream.Kind)))}
		for i, step := range stream.Steps {
			lane.Bars = append(lane.Bars, report.TimeBar{
				Name: say("campaign.picture.step", "N", i+1, "Step", step.Title()),
				Note: say("campaign.picture.note", "Party", c.PartyName(step.Owes), "Days", step.Days().Text()),
				From: step.From, To: step.Deadline(), Tone: tone(facts, duties, stream.Kind, step, today),
			})
		}
		l.Lanes = append(l.Lanes, lane)
	}
	return l
}

// tone is how a step stands over all units that the officer sees.
func tone(facts campaign.Facts, duties []campaign.Duty, list string, step campaign.Step, today civil.Date) report.Tone {
	known, missing := false, false
	for _, d := range duties {
		if d.List == list && d.Step.ID == step.ID {
			known, missing = true, missing || len(facts.Missing(d)) > 0
		}
	}
	switch {
	case known && !missing:
		return report.Good
	case today.After(step.Deadline()):
		return report.Bad
	case today.Before(step.From):
		return report.Calm
	}
	return report.Waiting
}
