package handlers

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/viet"
)

// formPlan makes a campaign. It has no argument.
const formPlan = "plan"

// mostName is how long a campaign's or a step's name may be, in letters.
const mostName = 200

// templateNames are what the built-in plans are called.
var templateNames = map[string]string{
	campaign.BacYen2023:   "campaign.template.bac_yen_2023",
	campaign.TwoLevels:    "campaign.template.two_levels",
	campaign.Ministry2513: "campaign.template.ministry_2513",
	campaign.MinistryNow:  "campaign.template.ministry_now",
	ownTemplate:           "campaign.template.own",
}

func beginPlan(ctx context.Context, t *turn, _ string) error {
	if err := t.own(officer.MakeCampaign); err != nil {
		return err
	}
	return t.startForm(ctx, formPlan, "")
}

// planForm asks for everything that a campaign needs, its days step by step.
func planForm() form {
	steps := []formStep{
		{id: "template", ask: askTemplate, take: takeTemplate},
		{id: "name", ask: askPlanName, take: takePlanName},
		{id: "paper", ask: askText("campaign.ask.paper"), take: takePaper, optional: true},
		{id: "kinds", when: severalKinds, ask: askKinds, take: takeKinds},
		{id: "units", ask: askPlanUnits, take: takePlanUnits},
	}
	steps = append(steps, ownFormSteps()...)
	for _, k := range kindsKnown() {
		when := func(d draft) bool { return d.Values["template"] != ownTemplate && updates(planBase(d), k) }
		steps = append(steps, formStep{id: "updater." + k, when: when, ask: askUpdater(k), take: takeUpdater(k)})
	}
	for n := range planSteps {
		when := func(d draft) bool { return n < len(planBase(d).Steps()) }
		steps = append(steps, formStep{id: dayStep(n), when: when, ask: askDays(n), take: takeDays(n)})
	}
	return form{steps: append(steps, formStep{id: "sure", ask: askPlanSure, take: takePlanSure}), done: startPlan}
}

func updates(c campaign.Campaign, list string) bool {
	for _, s := range c.Streams {
		if _, ok := s.Updater(); ok && s.Kind == list {
			return true
		}
	}
	return false
}

func severalKinds(d draft) bool {
	made := draft{Values: map[string]string{"template": d.Values["template"]}}
	return d.Values["template"] == ownTemplate || len(planBase(made).Streams) > 1
}

// fitting lists the templates that can be carried out by the officer's unit and those below: all that they lack is days.
func (t *turn) fitting() []string {
	var fit []string
	for _, id := range campaign.Templates() {
		d := draft{Values: map[string]string{"template": id, "name": id, "units": allUnits}}
		said := campaign.Validate(t.planOf(d), t.tree, kindsKnown())
		if !slices.ContainsFunc(said, func(s fault.Text) bool { return s.Key != "campaign.invalid.no_deadline" }) {
			fit = append(fit, id)
		}
	}
	return append(fit, ownTemplate)
}

func askTemplate(_ context.Context, t *turn, _ draft) (view, error) {
	var v view
	v.strong("campaign.ask.template")
	for _, id := range t.fitting() {
		v.row(choice(pick(id), templateNames[id]))
	}
	return v, nil
}

func takeTemplate(_ context.Context, t *turn, d *draft, in input) error {
	if !slices.Contains(t.fitting(), in.Choice) {
		return fault.New(fault.Invalid, "campaign.bad.template")
	}
	own, _ := t.tree.Unit(t.who.UnitCode)
	d.Values = map[string]string{"template": in.Choice, "level": own.Level.String()}
	if !severalKinds(*d) {
		d.Values["kinds"] = planBase(*d).Streams[0].Kind
	}
	return nil
}

func askPlanName(_ context.Context, _ *turn, d draft) (view, error) {
	var v view
	v.line("campaign.ask.name")
	if c := planBase(d); c.Name != "" {
		v.line("campaign.ask.name_is", "Name", c.Name)
		v.row(choice(pick("same"), "campaign.button.same_name"))
	}
	return v, nil
}

func takePlanName(_ context.Context, _ *turn, d *draft, in input) error {
	name := viet.Squeeze(viet.NFC(in.Text))
	if in.Choice == "same" {
		name = planBase(*d).Name
	}
	if n := utf8.RuneCountInString(name); n < 3 || n > mostName {
		return fault.New(fault.Invalid, "campaign.bad.name", "Most", mostName)
	}
	d.Values["name"] = name
	return nil
}

func takePaper(_ context.Context, _ *turn, d *draft, in input) error {
	paper := viet.Squeeze(viet.NFC(in.Text))
	if n := utf8.RuneCountInString(paper); n < 2 || n > 60 {
		return fault.New(fault.Invalid, "campaign.bad.paper")
	}
	d.Values["paper"] = paper
	return nil
}

func askKinds(context.Context, *turn, draft) (view, error) {
	var v view
	v.line("campaign.ask.kinds")
	all := kindsKnown()
	v.row(choice(pick(strings.Join(all, " ")), "campaign.kinds.all"))
	for _, k := range all {
		v.row(viewChoice{do: pick(k), label: campaign.ListName(k)})
	}
	return v, nil
}

func takeKinds(_ context.Context, _ *turn, d *draft, in input) error {
	for _, k := range strings.Fields(in.Choice) {
		if !slices.Contains(kindsKnown(), k) {
			return fault.New(fault.Invalid, "campaign.bad.kinds")
		}
	}
	if in.Choice == "" {
		return fault.New(fault.Invalid, "campaign.bad.kinds")
	}
	d.Values["kinds"] = in.Choice
	return nil
}

func askPlanUnits(_ context.Context, t *turn, _ draft) (view, error) {
	var v view
	all := t.coverable()
	v.line("campaign.ask.units")
	v.row(choice(pick(allUnits), "campaign.units.all", "N", len(all), "Unit", t.unitName(t.who.UnitCode)))
	return v, nil
}

func takePlanUnits(_ context.Context, t *turn, d *draft, in input) error {
	if typed := strings.Trim(viet.Fold(in.Text), ". "); in.Choice == allUnits || typed == "tat ca" || typed == "all" {
		d.Values["units"] = allUnits
		return nil
	}
	codes, err := t.unitsTyped(in.Text)
	if err != nil {
		return err
	}
	d.Values["units"] = strings.Join(codes, " ")
	return nil
}

// askPlanSure shows the whole campaign, and what keeps it from being started.
func askPlanSure(_ context.Context, t *turn, d draft) (view, error) {
	var v view
	c := t.planOf(d)
	t.planHead(&v, c)
	for _, stream := range c.All() {
		v.body = append(v.body, viewLine{})
		v.strong("campaign.stream", "List", campaign.ListName(stream.Kind))
		for i, step := range stream.Steps {
			v.body = append(v.body, viewLine{text: fault.T("campaign.step_line.plain", "N", i+1, "Step", step.Title(), "Days", step.Days().Text(),
				"Party", c.PartyName(step.Owes), "To", receiversText(c, step))})
		}
	}
	said := campaign.Validate(c, t.tree, kindsKnown())
	if len(said) == 0 {
		v.row(choice(pick("yes"), "campaign.button.start"))
		return v, nil
	}
	v.body = append(v.body, viewLine{})
	v.strong("campaign.not_yet")
	for _, s := range said {
		v.body = append(v.body, viewLine{text: s})
	}
	return v, nil
}

func takePlanSure(ctx context.Context, t *turn, d *draft, in input) error {
	if said := campaign.Validate(t.planOf(*d), t.tree, kindsKnown()); len(said) > 0 {
		return fault.New(fault.Invalid, said[0].Key, pairs(said[0].Args)...)
	}
	return takeSure(ctx, t, d, in)
}

// pairs gives arguments as New takes them; a step's name would be taken for the step to go back to.
func pairs(args fault.Args) []any {
	var out []any
	for name, value := range args {
		out = append(out, name, value)
	}
	return out
}

// startPlan records the campaign and tells those whom it concerns.
func startPlan(ctx context.Context, t *turn, d draft) error {
	if err := t.own(officer.MakeCampaign); err != nil {
		return err
	}
	c := t.planOf(d)
	c.ID = t.b.NewID()
	if said := campaign.Validate(c, t.tree, kindsKnown()); len(said) > 0 {
		return fault.New(fault.Invalid, said[0].Key, pairs(said[0].Args)...)
	}
	if err := t.keepPlan(ctx, c); err != nil {
		return err
	}
	told, err := t.tellPlan(ctx, c, fault.T("campaign.notice.started", "Name", c.Name, "Unit", t.unitName(c.Unit), "Day", lastDeadline(c)))
	if err != nil {
		return err
	}
	t.audit = bot.Audit{Action: "campaign.started", Object: c.ID, Count: len(c.Units)}
	t.s = t.s.under()
	return t.drawKept(ctx, c, fault.T("campaign.started", "Name", c.Name, "N", len(c.Units)), told)
}

// drawKept says what was recorded of a campaign, and who has been told.
func (t *turn) drawKept(ctx context.Context, c campaign.Campaign, said fault.Text, told int) error {
	var v view
	v.body = append(v.body, viewLine{text: said})
	if told > 0 {
		v.line("campaign.told", "N", told)
	} else {
		v.line("campaign.told_nobody")
	}
	v.row(choice("plan."+c.ID, "campaign.button.show"), choice("drawplan."+c.ID, "campaign.button.picture"))
	return t.finish(ctx, t.draw(v))
}

// toldUnits is up to how many units a campaign's officers are told by the turn itself; those of more are told by an announcement.
const toldUnits = 60

// tellPlan tells the officers of a campaign's units of a change.
func (t *turn) tellPlan(ctx context.Context, c campaign.Campaign, text fault.Text) (told int, err error) {
	if len(c.Units) > toldUnits {
		return 0, nil
	}
	for _, unit := range c.Units {
		n, err := t.notify(ctx, unit, func(who officer.Officer) bool {
			return who.Role != officer.RoleHelper && t.tree.May(who.Role, who.UnitCode, officer.SeeCampaign, c.Unit, t.b.today()) == nil
		}, text)
		if err != nil {
			return told, err
		}
		told += n
	}
	return told, nil
}
