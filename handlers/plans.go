package handlers

import (
	"context"
	"io"
	"slices"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/report"
)

// Deeds keeps campaigns, and what officers record of them.
type Deeds interface {
	AddCampaign(ctx context.Context, end bot.Ending, officer string, c campaign.Campaign, rows []campaign.Row) error
	CampaignRevisions(ctx context.Context, id string) ([]campaign.Revision, error)
	CampaignRecords(ctx context.Context, id, unit string) ([]campaign.Record, error)
	RecordFacts(ctx context.Context, end bot.Ending, id string, revision int, records []campaign.Record) error
	TakeBackFacts(ctx context.Context, end bot.Ending, id, press, officer string) error
}

// TimeLines draws plans.
type TimeLines interface {
	TimeLine(w io.Writer, l report.TimeLine) error
}

// self is the party that an officer is: the role on the level of the own unit.
func (t *turn) self() campaign.Party {
	u, _ := t.tree.Unit(t.who.UnitCode)
	return campaign.Party{Role: t.who.Role, Level: u.Level}
}

// seenPlans gives the campaigns that an officer may see and that concern the own unit: those that cover it, or units below it, those
// last made first. over takes those in that have come to their end.
func (t *turn) seenPlans(ctx context.Context, over bool) ([]campaign.Campaign, error) {
	all, err := t.b.Plans.Campaigns(ctx)
	if err != nil {
		return nil, err
	}
	today := t.b.today()
	return slices.DeleteFunc(all, func(c campaign.Campaign) bool {
		return !t.seesPlan(c) || !over && today.After(c.Last())
	}), nil
}

// seesPlan tells whether the table lets an officer see a campaign, and whether it concerns the own unit.
func (t *turn) seesPlan(c campaign.Campaign) bool {
	return t.can(officer.SeeCampaign, c.Unit) && (c.Unit == t.who.UnitCode || slices.ContainsFunc(c.Units, func(unit string) bool {
		own, ok := t.tree.Unit(t.home())
		above, within := t.tree.At(unit, own.Level)
		return ok && within && above.Code == own.Code
	}))
}

// thePlan gives a campaign that the officer sees. One of others and one that does not exist look the same.
func (t *turn) thePlan(ctx context.Context, id string) (campaign.Campaign, error) {
	c, err := t.b.Plans.Campaign(ctx, id)
	if err != nil {
		return c, err
	}
	if !t.seesPlan(c) {
		t.b.Log.Warn("campaign of others", "chat", t.u.Chat.String(), "officer", t.who.ID, "campaign", shorten(id, 24))
		return c, fault.New(fault.NotFound, "storage.campaign.not_found")
	}
	return c, nil
}

// scope is the unit whose facts concern an officer: the own commune, or everything below.
func (t *turn) scope() string {
	if u, ok := t.tree.Unit(t.home()); ok && u.Level >= officer.LevelCommune {
		return u.Code
	}
	return ""
}

// reviewDeadline is the line of a list's summary that tells by when it has to be reviewed; nil: no running campaign asks for it.
// Of several campaigns it is the first deadline to come, else the last that has passed.
func (t *turn) reviewDeadline(ctx context.Context, kind string) (*fault.Text, error) {
	all, err := t.seenPlans(ctx, false)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	place, err := t.b.place(ctx)
	if err != nil {
		return nil, err
	}
	today := t.b.today()
	var days []civil.Date
	for _, c := range all {
		if !slices.Contains(c.Units, t.home()) {
			continue
		}
		for _, stream := range c.Streams {
			for _, step := range stream.Steps {
				if stream.Kind == kind && slices.Contains(step.Facts, campaign.ReviewDone) {
					days = append(days, step.Deadline())
				}
			}
		}
	}
	if len(days) == 0 {
		return nil, nil
	}
	slices.SortFunc(days, civil.Date.Compare)
	deadline := days[len(days)-1]
	if at := slices.IndexFunc(days, func(d civil.Date) bool { return !d.Before(today) }); at >= 0 {
		deadline = days[at]
	}
	text := fault.T("campaign.deadline.ahead", "Day", deadline, "N", place.Calendar.WorkingDaysBetween(today, deadline))
	switch {
	case deadline == today:
		text = fault.T("campaign.deadline.today", "Day", deadline)
	case deadline.Before(today):
		text = fault.T("campaign.deadline.late", "Day", deadline, "N", today.DaysSince(deadline))
	}
	return &text, nil
}
