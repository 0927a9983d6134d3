package handlers

import (
	"context"
	"slices"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/locales"
)

// nudgeForm asks for a text of one's own, and for the confirmation.
func nudgeForm() form {
	return form{
		steps: []formStep{
			{id: "text", ask: askWords("nudge.ask.text"), take: takePush, optional: true, number: true},
			{id: "sure", ask: askNudge, take: takeSure},
		},
		done: recordNudge,
	}
}

// nudged finds what is late below the officer in a campaign, and to how many people it goes.
func (t *turn) nudged(ctx context.Context, id string) (units []string, people int, err error) {
	c, place, facts, err := t.b.standing(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	seen := map[string]bool{}
	for _, it := range lateItems(c, place, facts, t.who.Role, t.who.UnitCode, t.b.today()) {
		if !slices.Contains(units, it.Unit) {
			units = append(units, it.Unit)
		}
		all, err := t.b.Pushes.Receivers(ctx, topicNudge, it.Step.Owes.Role, it.Unit)
		if err != nil {
			return nil, 0, err
		}
		for _, r := range wanted(all) {
			if !seen[r.Officer] {
				seen[r.Officer] = true
				people++
			}
		}
	}
	return units, people, nil
}

// standing gives a campaign and where it stands.
func (b *Bot) standing(ctx context.Context, id string) (c campaign.Campaign, place campaign.Place, facts campaign.Facts, err error) {
	if c, err = b.Plans.Campaign(ctx, id); err != nil {
		return c, place, facts, err
	}
	if place, err = b.place(ctx); err != nil {
		return c, place, facts, err
	}
	facts, err = b.Plans.CampaignFacts(ctx, c, "", b.Zone)
	return c, place, facts, err
}

func askNudge(ctx context.Context, t *turn, d draft) (view, error) {
	var v view
	units, people, err := t.nudged(ctx, d.Arg)
	if err != nil {
		return v, err
	}
	if len(units) == 0 {
		v.line("nudge.nobody")
		return v, nil
	}
	v.strong("nudge.preview", "N", len(units), "People", people)
	v.line("announce.units", "Names", t.names(units))
	v.line("nudge.head", "Unit", t.unitName(t.who.UnitCode))
	if text := d.Values["text"]; text != "" {
		v.line("push.text", "Text", text)
	}
	v.line("nudge.and_what")
	v.row(choice(pick("yes"), "announce.button.send", "N", people))
	return v, nil
}

func recordNudge(ctx context.Context, t *turn, d draft) error {
	units, people, err := t.nudged(ctx, d.Arg)
	if err != nil {
		return err
	}
	return t.push(ctx, ledger.Push{Topic: topicNudge, Units: units, Receivers: people, Text: d.Values["text"], Arg: d.Arg})
}

// sendNudge tells those who are late still what is late, in the name of the unit above and with its words. Who has finished
// meanwhile is not told.
func (b *Bot) sendNudge(ctx context.Context, p ledger.Push) error {
	c, place, facts, err := b.standing(ctx, p.Arg)
	if err != nil {
		return err
	}
	type owed struct {
		role officer.Role
		unit string
	}
	items := map[owed][]campaign.Item{}
	var order []owed
	for _, stream := range c.All() {
		for _, it := range campaign.Late(c, place, facts, stream.Kind, p.Unit, civil.Of(b.Now().In(b.Zone))) {
			to := owed{it.Step.Owes.Role, it.Unit}
			if !slices.Contains(p.Units, it.Unit) {
				continue
			}
			if items[to] == nil {
				order = append(order, to)
			}
			items[to] = append(items[to], it)
		}
	}
	for _, to := range order {
		all, err := b.Pushes.Receivers(ctx, topicNudge, to.role, to.unit)
		if err != nil {
			return err
		}
		out := post{b: b, topic: topicNudge, slot: "nudge:" + c.ID, write: func(lang locales.Printer) (bot.Text, [][]bot.Choice) {
			texts := []fault.Text{fault.T("nudge.head", "Unit", unitTitle(place.Tree, p.Unit))}
			if p.Text != "" {
				texts = append(texts, fault.T("push.text", "Text", p.Text))
			}
			r := campaign.Reminder{Items: items[to]}
			return said(lang, append(texts, r.Lines(c, place.Tree)...)), nil
		}}
		if err := b.sendTo(ctx, p, out, wanted(all)); err != nil {
			return err
		}
	}
	return nil
}
