package handlers

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"lamsach/core/campaign"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/viet"
)

// noMore ends the made-up steps.
const noMore = "none"

// ownFormSteps ask for the steps that somebody makes up: what is done, by what name, who owes it, who receives.
func ownFormSteps() []formStep {
	var steps []formStep
	for n := 1; n <= ownSteps; n++ {
		own := func(d draft) bool {
			return d.Values["template"] == ownTemplate && (n == 1 || d.Values[ownStep(n-1, "work")] != "")
		}
		made := func(d draft) bool { return own(d) && d.Values[ownStep(n, "work")] != "" }
		steps = append(steps,
			formStep{id: ownStep(n, "work"), when: own, ask: askWork(n), take: takeWork(n)},
			formStep{id: ownStep(n, "name"), when: made, ask: askStepName(n), take: takeStepName(n), optional: true},
			formStep{id: ownStep(n, "owes"), when: made, ask: askParty(n, "owes", "campaign.ask.owes"), take: takeParty(n, "owes")},
			formStep{id: ownStep(n, "to"), when: made, ask: askParty(n, "to", "campaign.ask.to"), take: takeParty(n, "to"), optional: true},
		)
	}
	return steps
}

func askWork(n int) func(context.Context, *turn, draft) (view, error) {
	return func(context.Context, *turn, draft) (view, error) {
		var v view
		v.line("campaign.ask.work", "N", n)
		for _, work := range campaign.Works() {
			v.row(viewChoice{do: pick(work), label: campaign.WorkName(work)})
		}
		if n > 1 {
			v.row(choice(pick(noMore), "campaign.button.no_more"))
		}
		return v, nil
	}
}

func takeWork(n int) func(context.Context, *turn, *draft, input) error {
	return func(_ context.Context, _ *turn, d *draft, in input) error {
		switch {
		case slices.Contains(campaign.Works(), in.Choice):
			d.Values[ownStep(n, "work")] = in.Choice
		case in.Choice == noMore && n > 1:
			for i := n; i <= ownSteps; i++ { // those that were told before going back
				delete(d.Values, ownStep(i, "work"))
			}
		default:
			return fault.New(fault.Invalid, "campaign.bad.work")
		}
		return nil
	}
}

func askStepName(n int) func(context.Context, *turn, draft) (view, error) {
	return func(_ context.Context, _ *turn, d draft) (view, error) {
		var v view
		v.line("campaign.ask.step_name", "N", n, "Step", campaign.WorkName(d.Values[ownStep(n, "work")]))
		return v, nil
	}
}

func takeStepName(n int) func(context.Context, *turn, *draft, input) error {
	return func(_ context.Context, _ *turn, d *draft, in input) error {
		name := viet.Squeeze(viet.NFC(in.Text))
		if length := utf8.RuneCountInString(name); length < 3 || length > mostName {
			return fault.New(fault.Invalid, "campaign.bad.name", "Most", mostName)
		}
		d.Values[ownStep(n, "name")] = name
		return nil
	}
}

// partiesFor lists who can owe a piece of work, or receive its result; a result may go to two.
func (t *turn) partiesFor(work, what string) [][]campaign.Party {
	own, _ := t.tree.Unit(t.who.UnitCode)
	commune := campaign.Party{Role: officer.RoleOfficer, Level: officer.LevelCommune}
	police := campaign.Party{Role: officer.RolePolice, Level: officer.LevelCommune}
	issuer := campaign.Party{Role: officer.RoleSupervisor, Level: own.Level}
	above := campaign.Party{Role: officer.RoleSupervisor, Level: t.levelAbove()}
	if what == "owes" {
		return map[string][][]campaign.Party{
			campaign.WorkExport: {{issuer}, {commune}}, campaign.WorkReview: {{commune}}, campaign.WorkVerify: {{police}},
			campaign.WorkUpdate: {{commune}, {issuer}}, campaign.WorkReport: {{issuer}},
		}[work]
	}
	return map[string][][]campaign.Party{
		campaign.WorkExport: {{commune}}, campaign.WorkReview: {{police}}, campaign.WorkVerify: {{commune}, {issuer}, {commune, issuer}},
		campaign.WorkUpdate: {{issuer}}, campaign.WorkReport: {{above}},
	}[work]
}

// levelAbove is the level on which the officer's unit's own superior stands; the own one for the country.
func (t *turn) levelAbove() officer.Level {
	path := t.tree.Path(t.who.UnitCode)
	if len(path) < 2 {
		return officer.LevelCountry
	}
	return path[len(path)-2].Level
}

func partyCode(parties []campaign.Party) string {
	var codes []string
	for _, p := range parties {
		codes = append(codes, p.String())
	}
	return strings.Join(codes, " ")
}

func askParty(n int, what, key string) func(context.Context, *turn, draft) (view, error) {
	return func(_ context.Context, t *turn, d draft) (view, error) {
		var v view
		c := planBase(d)
		work := d.Values[ownStep(n, "work")]
		v.line(key, "N", n, "Step", campaign.WorkName(work))
		for i, parties := range t.partiesFor(work, what) {
			label := fault.T("campaign.party_one", "A", c.PartyName(parties[0]))
			if len(parties) == 2 {
				label = fault.T("campaign.party_two", "A", c.PartyName(parties[0]), "B", c.PartyName(parties[1]))
			}
			v.row(viewChoice{do: pick(string(rune('a' + i))), label: label})
		}
		return v, nil
	}
}

func takeParty(n int, what string) func(context.Context, *turn, *draft, input) error {
	return func(_ context.Context, t *turn, d *draft, in input) error {
		for i, parties := range t.partiesFor(d.Values[ownStep(n, "work")], what) {
			if in.Choice == string(rune('a'+i)) {
				d.Values[ownStep(n, what)] = partyCode(parties)
				return nil
			}
		}
		return fault.New(fault.Invalid, "campaign.bad.party")
	}
}

// updaters lists who may bring the software up to date.
func (t *turn) updaters() []campaign.Party {
	own, _ := t.tree.Unit(t.who.UnitCode)
	return []campaign.Party{{Role: officer.RoleOfficer, Level: officer.LevelCommune}, {Role: officer.RoleSupervisor, Level: own.Level}}
}

func askUpdater(list string) func(context.Context, *turn, draft) (view, error) {
	return func(_ context.Context, t *turn, d draft) (view, error) {
		var v view
		c := planBase(d)
		v.line("campaign.ask.updater", "List", campaign.ListName(list))
		for _, p := range t.updaters() {
			v.row(viewChoice{do: pick(p.String()), label: fault.T("campaign.party_one", "A", c.PartyName(p))})
		}
		for _, s := range c.Streams {
			if who, ok := s.Updater(); ok && s.Kind == list && d.Values["updater."+list] == "" {
				v.line("campaign.ask.updater_is", "Party", c.PartyName(who))
			}
		}
		return v, nil
	}
}

func takeUpdater(list string) func(context.Context, *turn, *draft, input) error {
	return func(_ context.Context, t *turn, d *draft, in input) error {
		if !slices.ContainsFunc(t.updaters(), func(p campaign.Party) bool { return p.String() == in.Choice }) {
			return fault.New(fault.Invalid, "campaign.bad.party")
		}
		d.Values["updater."+list] = in.Choice
		return nil
	}
}

// askDays asks when the nth step is to be done. Offered are the days of the template, and those of the same step of another list.
func askDays(n int) func(context.Context, *turn, draft) (view, error) {
	return func(_ context.Context, _ *turn, d draft) (view, error) {
		var v view
		c := planBase(d)
		all := c.Steps()
		at := all[n]
		v.strong("campaign.ask.days_of", "N", n+1, "Of", len(all), "Step", at.Step.Title(), "List", campaign.ListName(at.List))
		v.line("campaign.ask.days", "Party", c.PartyName(at.Step.Owes))
		offered := map[campaign.Days]bool{}
		for _, other := range append([]campaign.Flat{at}, all[:n]...) {
			days := other.Step.Days()
			if other.Step.ID != at.Step.ID || days.Deadline().IsZero() || offered[days] {
				continue
			}
			offered[days] = true
			v.row(viewChoice{do: pick(dayCode(days)), label: days.Text()})
		}
		return v, nil
	}
}

func takeDays(n int) func(context.Context, *turn, *draft, input) error {
	return func(_ context.Context, t *turn, d *draft, in input) error {
		c := planBase(*d)
		all := c.Steps()
		near := t.b.today()
		if n > 0 && !all[n-1].Step.Deadline().IsZero() {
			near = all[n-1].Step.Deadline()
		}
		days, ok := parseDayCode(in.Choice)
		if !ok {
			var err error
			if days, err = campaign.ParseDays(in.Text, near); err != nil {
				return err
			}
		}
		if n > 0 && all[n-1].List == all[n].List && days.Deadline().Before(all[n-1].Step.Deadline()) {
			return fault.New(fault.Invalid, "campaign.bad.order", "Day", days.Deadline(), "Name", all[n-1].Step.Title(), "Last", all[n-1].Step.Deadline())
		}
		d.Values[dayStep(n)] = dayCode(days)
		return nil
	}
}
