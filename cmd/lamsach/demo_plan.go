package main

import (
	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/storage"
)

// demoPlan is the id of the demo's campaign.
const demoPlan = "demo"

// plan starts a campaign for the made-up communes: the one of Bắc Yên with the names and levels of today, its days counted from now,
// so that a visitor who moves the clock sees each step become due.
func plan(w world, store *storage.Store, today civil.Date) error {
	if _, err := store.Campaign(w.ctx, demoPlan); err == nil || !fault.Is(err, fault.NotFound) {
		return err // kept from the last time
	}
	c, err := campaign.FromTemplate(campaign.TwoLevels, demoPlan, "14", []string{"03868", "03856"})
	if err != nil {
		return err
	}
	days := map[string][2]int{"export": {0, 3}, "review": {1, 12}, "verify": {5, 16}, "update": {6, 24}, "report": {6, 30}}
	for _, stream := range c.All() {
		for i := range stream.Steps {
			from := days[stream.Steps[i].ID]
			stream.Steps[i].From, stream.Steps[i].To = today.AddDays(from[0]), today.AddDays(from[1])
		}
	}
	tree, err := store.Tree(w.ctx)
	if err != nil {
		return err
	}
	place, err := zone()
	if err != nil {
		return err
	}
	rows := campaign.Schedule(c, campaign.Place{Tree: tree, Calendar: civil.NewCalendar(nil, nil), Zone: place}, today)
	return store.AddCampaign(w.ctx, bot.Ending{Op: "demo-plan"}, "", c, rows)
}
