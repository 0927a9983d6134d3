package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/kind"
	"lamsach/core/officer"
	"lamsach/storage"
)

// campaignCommand keeps campaigns without a chat.
type campaignCommand struct {
	List     campaignList     `cmd:"" help:"List the campaigns."`
	Show     campaignShow     `cmd:"" help:"Show a campaign with where its units stand."`
	Template campaignTemplate `cmd:"" help:"Write a built-in plan to be filled in: bac-yen-2023, two-levels, ministry-2513, ministry-2513-now."`
	Start    campaignStart    `cmd:"" help:"Start a campaign from a file: .yaml, .json, or .xlsx with one row a step."`
	Move     campaignMove     `cmd:"" help:"Give a step other days."`
	End      campaignEnd      `cmd:"" help:"End a campaign: nothing is sent any more."`
}

type campaignList struct{ storeConfig }

// Run prints one line a campaign: id, revision, first and last day, units, name.
func (c campaignList) Run(w world) error {
	return withStore(w, c.storeConfig, true, func(store *storage.Store) error {
		all, err := store.Campaigns(w.ctx)
		for _, c := range all {
			state := "ends " + c.Last().String()
			if !c.Ended.IsZero() {
				state = "ended " + c.Ended.String()
			}
			fmt.Fprintf(w.stdout, "%s\trevision %d\tfrom %s\t%s\t%d units\t%s\n", c.ID, c.Revision, c.Start(), state, len(c.Units), c.Name)
		}
		return err
	})
}

type campaignShow struct {
	storeConfig
	ID     string `arg:"" help:"Id of the campaign, as list prints it."`
	Format string `name:"format" enum:"text,yaml,json" default:"text" help:"text, yaml or json."`
}

// Run prints the campaign.
func (c campaignShow) Run(w world) error {
	return withStore(w, c.storeConfig, true, func(store *storage.Store) error {
		found, err := store.Campaign(w.ctx, c.ID)
		if err != nil {
			return err
		}
		if c.Format != "text" {
			return writeCampaign(w.stdout, found, c.Format, c.Lang)
		}
		place, err := placeOf(w, store)
		if err != nil {
			return err
		}
		facts, err := store.CampaignFacts(w.ctx, found, "", place.Zone)
		if err != nil {
			return err
		}
		return printCampaign(w.stdout, found, place.Tree, facts, c.Lang)
	})
}

// printCampaign writes a campaign's steps and how many of its units have done each.
func printCampaign(out io.Writer, c campaign.Campaign, tree *officer.Tree, facts campaign.Facts, lang string) error {
	say := func(key string, pairs ...any) { fmt.Fprintln(out, words(lang, fault.T(key, pairs...))) }
	say("campaign.head", "Name", c.Name)
	if c.PaperNo != "" {
		say("campaign.paper", "No", c.PaperNo)
	}
	for _, stream := range c.All() {
		say("campaign.stream", "List", campaign.ListName(stream.Kind))
		for i, step := range stream.Steps {
			done, of := 0, 0
			for _, d := range campaign.Duties(c, tree) {
				if d.List == stream.Kind && d.Step.ID == step.ID {
					of += len(d.Covers)
					done += len(d.Covers) - len(facts.Missing(d))
				}
			}
			say("campaign.step_line.open", "N", i+1, "Step", step.Title(), "Days", step.Days().Text(), "Party", c.PartyName(step.Owes),
				"To", "", "Done", done, "Of", of)
		}
	}
	return nil
}

type campaignTemplate struct {
	Name   string   `arg:"" help:"Name of the built-in plan."`
	Format string   `name:"format" enum:"yaml,json,xlsx" default:"yaml" help:"yaml, json or xlsx."`
	Out    string   `name:"out" type:"path" help:"File to write; without it the plan is printed."`
	ID     string   `name:"id" default:"new" help:"Id of the campaign to be."`
	Unit   string   `name:"unit" help:"Code of the unit that issues it."`
	Units  []string `name:"units" help:"Codes of the communes that it covers."`
	Lang   string   `name:"lang" enum:"vi,en" default:"vi" help:"Language of headings and remarks."`
}

// Run writes the plan.
func (c campaignTemplate) Run(w world) error {
	made, err := campaign.FromTemplate(c.Name, c.ID, c.Unit, c.Units)
	if err != nil {
		return err
	}
	if c.Out == "" {
		return writeCampaign(w.stdout, made, c.Format, c.Lang)
	}
	file, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(writeCampaign(file, made, c.Format, c.Lang), file.Close())
}

type campaignStart struct {
	storeConfig
	File  string `arg:"" type:"existingfile" help:"The campaign: .yaml, .json or .xlsx."`
	Below bool   `name:"all-below" help:"Cover all communes below the issuing unit."`
}

// Run records the campaign, or says all that keeps it from starting.
func (c campaignStart) Run(w world) error {
	made, err := readCampaign(c.File, civil.Of(w.now()))
	if err != nil {
		return err
	}
	return withStore(w, c.storeConfig, true, func(store *storage.Store) error {
		place, err := placeOf(w, store)
		if err != nil {
			return err
		}
		if made.Revision == 0 {
			made.Revision = 1
		}
		if made.Revision != 1 {
			return fault.New(fault.Invalid, "cli.campaign.revision")
		}
		if c.Below {
			made.Units = nil
			for _, u := range place.Tree.Under(made.Unit, officer.LevelCommune, made.Start()) {
				made.Units = append(made.Units, u.Code)
			}
		}
		return keepCampaign(w, store, place, made, c.Lang)
	})
}

type campaignMove struct {
	storeConfig
	ID   string `arg:"" help:"Id of the campaign."`
	List string `name:"list" help:"Kind of list that the step is about; empty: a step about all."`
	Step string `name:"step" required:"" help:"Id of the step."`
	Days string `name:"days" required:"" help:"The new days: \"4/10-20/10\", \"20/10\", \"truoc 10/11\", in Vietnamese with or without marks."`
}

// Run records the next revision.
func (c campaignMove) Run(w world) error {
	return withStore(w, c.storeConfig, true, func(store *storage.Store) error {
		found, err := store.Campaign(w.ctx, c.ID)
		if err != nil {
			return err
		}
		place, err := placeOf(w, store)
		if err != nil {
			return err
		}
		days, err := campaign.ParseDays(c.Days, civil.Of(w.now().In(place.Zone)))
		if err != nil {
			return err
		}
		next, err := found.Move(c.List, c.Step, days.From, days.To, days.Before)
		if err != nil {
			return err
		}
		return keepCampaign(w, store, place, next, c.Lang)
	})
}

type campaignEnd struct {
	storeConfig
	ID string `arg:"" help:"Id of the campaign."`
	On string `name:"on" help:"First day without reminders; without it today."`
}

// Run records the last revision.
func (c campaignEnd) Run(w world) error {
	return withStore(w, c.storeConfig, true, func(store *storage.Store) error {
		found, err := store.Campaign(w.ctx, c.ID)
		if err != nil {
			return err
		}
		place, err := placeOf(w, store)
		if err != nil {
			return err
		}
		on := civil.Of(w.now().In(place.Zone))
		if c.On != "" {
			if on, err = campaign.ParseDay(c.On, on); err != nil {
				return err
			}
		}
		next, err := found.End(on)
		if err != nil {
			return err
		}
		return keepCampaign(w, store, place, next, c.Lang)
	})
}

// placeOf is where campaigns happen, as the store knows it.
func placeOf(w world, store *storage.Store) (p campaign.Place, err error) {
	if p.Zone, err = zone(); err != nil {
		return p, err
	}
	if p.Tree, err = store.Tree(w.ctx); err != nil {
		return p, err
	}
	days, err := store.RestDays(w.ctx)
	var off, on []civil.Date
	for _, d := range days {
		if d.Rest {
			off = append(off, d.Day)
		} else {
			on = append(on, d.Day)
		}
	}
	p.Calendar = civil.NewCalendar(off, on)
	return p, err
}

// keepCampaign records a revision with its reminders, or says all that keeps it from standing.
func keepCampaign(w world, store *storage.Store, place campaign.Place, c campaign.Campaign, lang string) error {
	var kinds, reasons []string
	for _, k := range kind.All() {
		kinds = append(kinds, k.Name)
	}
	for _, said := range campaign.Validate(c, place.Tree, kinds) {
		reasons = append(reasons, words(lang, said))
	}
	if len(reasons) > 0 {
		return errors.New(strings.Join(reasons, "\n"))
	}
	from := civil.Of(w.now().In(place.Zone))
	if c.Revision == 1 && c.Start().Before(from) && !c.Start().IsZero() {
		from = c.Start()
	}
	rows := campaign.Schedule(c, place, from)
	end := bot.Ending{
		Op:    "campaign:" + storage.NewID(w.now()),
		Audit: bot.Audit{Action: "campaign.kept", Object: c.ID, Count: len(c.Units)},
	}
	if err := store.AddCampaign(w.ctx, end, "", c, rows); err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, words(lang, fault.T("cli.campaign.kept", "ID", c.ID, "Revision", c.Revision, "Units", len(c.Units), "Rows", len(rows))))
	return nil
}
