package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/kind"
	"lamsach/core/officer"
)

const (
	ownTemplate = "own" // the steps are made up
	ownSteps    = 5     // at most so many
	planSteps   = 12    // at most so many steps have days, over all kinds of list
	planZone    = "Asia/Ho_Chi_Minh"
)

// ownStep is the name of the nth made-up step's answer to a question, "own2.work".
func ownStep(n int, what string) string { return fmt.Sprintf("own%d.%s", n, what) }

// dayStep is the name of the answer to when the nth of all steps is to be done.
func dayStep(n int) string { return fmt.Sprintf("day%d", n) }

// planBase is the campaign of a draft as far as it has been told, without units: what its questions hang on.
func planBase(d draft) campaign.Campaign {
	c := campaign.Campaign{ID: "draft", Revision: 1, Zone: planZone, Era: campaign.Era2026}
	kinds := strings.Fields(d.Values["kinds"])
	switch d.Values["template"] {
	case "":
		return c
	case ownTemplate:
		var steps []campaign.OwnStep
		for n := 1; n <= ownSteps && d.Values[ownStep(n, "work")] != ""; n++ {
			own := campaign.OwnStep{Work: d.Values[ownStep(n, "work")], Name: d.Values[ownStep(n, "name")]}
			own.Owes = parseParty(d.Values[ownStep(n, "owes")])
			for _, to := range strings.Fields(d.Values[ownStep(n, "to")]) {
				own.To = append(own.To, parseParty(to))
			}
			steps = append(steps, own)
		}
		issuer := levelNamed(d.Values["level"])
		c.Streams, c.Common = campaign.Own(kinds, steps, issuer)
		c.Escalates = []campaign.Party{{Role: officer.RoleSupervisor, Level: issuer}}
		c.Digests = c.Escalates
	default:
		made, err := campaign.FromTemplate(d.Values["template"], "draft", "", nil)
		if err != nil {
			return c // a template that this version does not have: nothing is known, and Validate says so
		}
		c = made
		if len(kinds) > 0 {
			c.Streams = slices.DeleteFunc(c.Streams, func(s campaign.Stream) bool { return !slices.Contains(kinds, s.Kind) })
		}
		for _, k := range kinds {
			if who := d.Values["updater."+k]; who != "" {
				c = c.WithUpdater(k, parseParty(who))
			}
		}
	}
	for n := range c.Steps() {
		if days, ok := parseDayCode(d.Values[dayStep(n)]); ok {
			c = c.WithDays(n, days)
		} else if d.Values["template"] == ownTemplate {
			c = c.WithDays(n, campaign.Days{})
		}
	}
	return c
}

// planOf is the campaign of a draft.
func (t *turn) planOf(d draft) campaign.Campaign {
	c := planBase(d)
	c.Name, c.PaperNo, c.Unit = d.Values["name"], d.Values["paper"], t.who.UnitCode
	c.Units = strings.Fields(d.Values["units"])
	if d.Values["units"] == allUnits {
		c.Units = t.coverable()
	}
	return c
}

// coverable lists the communes that a campaign of the officer's unit can cover.
func (t *turn) coverable() []string {
	own, _ := t.tree.Unit(t.who.UnitCode)
	if own.Level == officer.LevelCommune {
		return []string{own.Code}
	}
	var codes []string
	for _, u := range t.tree.Under(own.Code, officer.LevelCommune, t.b.today()) {
		codes = append(codes, u.Code)
	}
	return codes
}

// kindsKnown lists the kinds of list that the program knows.
func kindsKnown() []string {
	var names []string
	for _, k := range kind.All() {
		names = append(names, k.Name)
	}
	return names
}

func parseParty(text string) campaign.Party {
	role, level, _ := strings.Cut(text, "@")
	return campaign.Party{Role: officer.Role(role), Level: levelNamed(level)}
}

func levelNamed(name string) officer.Level {
	for _, level := range officer.Levels() {
		if level.String() == name {
			return level
		}
	}
	return officer.LevelNone
}

// dayCode writes days so that they fit on a button; parseDayCode reads them.
func dayCode(d campaign.Days) string {
	return d.From.String() + "," + d.To.String() + "," + d.Before.String()
}

func parseDayCode(text string) (d campaign.Days, ok bool) {
	parts := strings.Split(text, ",")
	if len(parts) != 3 {
		return d, false
	}
	for i, into := range []*civil.Date{&d.From, &d.To, &d.Before} {
		if into.UnmarshalText([]byte(parts[i])) != nil {
			return campaign.Days{}, false
		}
	}
	return d, d.Deadline() != civil.Date{}
}

// unitsTyped finds units by their codes or names, with commas between them.
func (t *turn) unitsTyped(text string) ([]string, error) {
	var codes []string
	all := t.coverable()
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		code, err := t.unitTyped(all, part)
		if trouble, ok := fault.As(err); ok && trouble.Key == "deed.bad.unit" {
			return nil, fault.New(fault.Invalid, "campaign.bad.unit", "Name", shorten(strings.TrimSpace(part), 40))
		}
		if err != nil {
			return nil, err
		}
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		return nil, fault.New(fault.Invalid, "campaign.invalid.no_unit")
	}
	return codes, nil
}

// keepPlan prepares that the turn records a campaign in its revision, with the reminders that it plans.
func (t *turn) keepPlan(ctx context.Context, c campaign.Campaign) error {
	place, err := t.b.place(ctx)
	if err != nil {
		return err
	}
	from := t.b.today()
	if c.Revision == 1 && c.Start().Before(from) && !c.Start().IsZero() {
		from = c.Start() // what should have been told already is told once, late
	}
	rows := campaign.Schedule(c, place, from)
	t.write = func(ctx context.Context, end bot.Ending) error {
		return t.b.Deeds.AddCampaign(ctx, end, t.who.ID, c, rows)
	}
	return nil
}
