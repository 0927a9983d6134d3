package handlers

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// The forms that change a campaign. Their argument is "CAMPAIGN|REVISION".
const (
	formMovePlan = "moveplan"
	formEndPlan  = "endplan"
)

// beginChange opens one of the forms that change a campaign.
func beginChange(form string) route {
	return func(ctx context.Context, t *turn, id string) error {
		c, err := t.changeable(ctx, id)
		if err != nil {
			return err
		}
		return t.startForm(ctx, form, fmt.Sprintf("%s|%d", c.ID, c.Revision))
	}
}

// changeable gives a campaign that the officer may change, and that has not ended.
func (t *turn) changeable(ctx context.Context, id string) (campaign.Campaign, error) {
	c, err := t.thePlan(ctx, id)
	if err != nil {
		return c, err
	}
	if err := t.may(officer.ChangeCampaign, c.Unit); err != nil {
		return c, err
	}
	if !c.Ended.IsZero() {
		return c, fault.New(fault.Closed, "campaign.ended")
	}
	return c, nil
}

// changed gives the campaign that a form is about, in the revision that the form began with: Conflict when it has moved on.
func (t *turn) changed(ctx context.Context, d draft) (campaign.Campaign, error) {
	id, revision, _ := strings.Cut(d.Arg, "|")
	c, err := t.changeable(ctx, id)
	if err == nil && strconv.Itoa(c.Revision) != revision {
		err = fault.New(fault.Conflict, "storage.campaign.moved_on")
	}
	return c, err
}

// movePlanForm asks which step gets other days, and which.
func movePlanForm() form {
	return form{
		steps: []formStep{
			{id: "step", ask: askMoved, take: takeMoved},
			{id: "days", ask: askMovedDays, take: takeMovedDays},
			{id: "sure", ask: askMoveSure, take: takeSure},
		},
		done: movePlan,
	}
}

func askMoved(ctx context.Context, t *turn, d draft) (view, error) {
	var v view
	c, err := t.changed(ctx, d)
	if err != nil {
		return v, err
	}
	v.strong("campaign.ask.which", "Name", c.Name)
	for i, flat := range c.Steps() {
		v.line("campaign.which", "N", i+1, "Step", flat.Step.Title(), "List", campaign.ListName(flat.List), "Days", flat.Step.Days().Text())
		v.row(choice(pick(strconv.Itoa(i)), "campaign.which_button", "N", i+1, "Step", flat.Step.Title(), "List", campaign.ListName(flat.List)))
	}
	return v, nil
}

func takeMoved(ctx context.Context, t *turn, d *draft, in input) error {
	c, err := t.changed(ctx, *d)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(in.Choice)
	if err != nil || n < 0 || n >= len(c.Steps()) {
		return fault.New(fault.Invalid, "campaign.bad.which")
	}
	d.Values["step"] = in.Choice
	return nil
}

func askMovedDays(ctx context.Context, t *turn, d draft) (view, error) {
	var v view
	c, err := t.changed(ctx, d)
	if err != nil {
		return v, err
	}
	at := c.Steps()[number(d, "step")]
	v.strong("campaign.which", "N", number(d, "step")+1, "Step", at.Step.Title(), "List", campaign.ListName(at.List), "Days", at.Step.Days().Text())
	v.line("campaign.ask.moved")
	return v, nil
}

func takeMovedDays(ctx context.Context, t *turn, d *draft, in input) error {
	c, err := t.changed(ctx, *d)
	if err != nil {
		return err
	}
	days, err := campaign.ParseDays(in.Text, c.Steps()[number(*d, "step")].Step.Deadline())
	if err != nil {
		return err
	}
	if _, err := t.moved(c, number(*d, "step"), days); err != nil {
		return err
	}
	d.Values["days"] = dayCode(days)
	return nil
}

// moved gives the next revision, in which the nth step has other days. What keeps it from standing is Invalid.
func (t *turn) moved(c campaign.Campaign, n int, days campaign.Days) (campaign.Campaign, error) {
	at := c.Steps()[n]
	next, err := c.Move(at.List, at.Step.ID, days.From, days.To, days.Before)
	if err != nil {
		return next, err
	}
	if said := campaign.Validate(next, t.tree, kindsKnown()); len(said) > 0 {
		return next, fault.New(fault.Invalid, said[0].Key, pairs(said[0].Args)...)
	}
	return next, nil
}

func askMoveSure(ctx context.Context, t *turn, d draft) (view, error) {
	var v view
	c, err := t.changed(ctx, d)
	if err != nil {
		return v, err
	}
	at := c.Steps()[number(d, "step")]
	days, _ := parseDayCode(d.Values["days"]) // takeMovedDays wrote it
	v.strong("campaign.ask.sure_move", "Step", at.Step.Title(), "List", campaign.ListName(at.List))
	v.line("campaign.was", "Days", at.Step.Days().Text())
	next, err := t.moved(c, number(d, "step"), days)
	if err != nil {
		return v, err
	}
	v.line("campaign.becomes", "Days", next.Steps()[number(d, "step")].Step.Days().Text())
	v.row(choice(pick("yes"), "campaign.button.move_it"))
	return v, nil
}

func movePlan(ctx context.Context, t *turn, d draft) error {
	c, err := t.changed(ctx, d)
	if err != nil {
		return err
	}
	days, _ := parseDayCode(d.Values["days"])
	next, err := t.moved(c, number(d, "step"), days)
	if err != nil {
		return err
	}
	at := next.Steps()[number(d, "step")]
	text := fault.T("campaign.notice.moved", "Name", c.Name, "Step", at.Step.Title(), "List", campaign.ListName(at.List), "Days", at.Step.Days().Text())
	said := fault.T("campaign.moved", "Step", at.Step.Title(), "List", campaign.ListName(at.List), "Days", at.Step.Days().Text(), "N", next.Revision)
	return t.keepChange(ctx, next, "campaign.moved", text, said)
}

// keepChange records a next revision and tells those whom it concerns.
func (t *turn) keepChange(ctx context.Context, next campaign.Campaign, action string, notice, said fault.Text) error {
	if err := t.keepPlan(ctx, next); err != nil {
		return err
	}
	told, err := t.tellPlan(ctx, next, notice)
	if err != nil {
		return err
	}
	t.audit = bot.Audit{Action: action, Object: next.ID, Count: len(next.Units)}
	t.s = t.s.under()
	return t.drawKept(ctx, next, said, told)
}

// endPlanForm asks from which day on nothing is sent any more.
func endPlanForm() form {
	return form{
		steps: []formStep{{id: "on", ask: askEnd, take: takeEnd}, {id: "sure", ask: askEndSure, take: takeSure}},
		done:  endPlan,
	}
}

func askEnd(ctx context.Context, t *turn, d draft) (view, error) {
	var v view
	c, err := t.changed(ctx, d)
	if err != nil {
		return v, err
	}
	v.strong("campaign.ask.end", "Name", c.Name)
	today := t.b.today()
	v.row(choice(pick(today.String()), "deed.today", "Day", today))
	return v, nil
}

func takeEnd(_ context.Context, t *turn, d *draft, in input) error {
	today := t.b.today()
	day, err := campaign.ParseDay(in.Choice+in.Text, today)
	if err != nil {
		return err
	}
	if day.Before(today) {
		return fault.New(fault.Invalid, "campaign.bad.end", "Day", day)
	}
	d.Values["on"] = day.String()
	return nil
}

func askEndSure(ctx context.Context, t *turn, d draft) (view, error) {
	var v view
	c, err := t.changed(ctx, d)
	if err != nil {
		return v, err
	}
	day, err := civil.ParseISO(d.Values["on"])
	v.strong("campaign.ask.sure_end", "Name", c.Name, "Day", day)
	v.row(choice(pick("yes"), "campaign.button.end_it"))
	return v, err
}

func endPlan(ctx context.Context, t *turn, d draft) error {
	c, err := t.changed(ctx, d)
	if err != nil {
		return err
	}
	day, err := civil.ParseISO(d.Values["on"])
	if err != nil {
		return err
	}
	next, err := c.End(day)
	if err != nil {
		return err
	}
	return t.keepChange(ctx, next, "campaign.ended", fault.T("campaign.notice.ended", "Name", c.Name, "Day", day),
		fault.T("campaign.ended_on", "Name", c.Name, "Day", day))
}
