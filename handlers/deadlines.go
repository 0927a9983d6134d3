package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lamsach/core/campaign"
	"lamsach/core/fault"
)

// unitsNamed is how many units a line of /han or of a campaign names; the rest are counted.
const unitsNamed = 8

// showDeadlines tells what the officer's unit owes, by when, and what it waits for from whom.
func showDeadlines(ctx context.Context, t *turn, _ string) error {
	all, err := t.seenPlans(ctx, false)
	if err != nil {
		return err
	}
	t.s = t.s.under()
	var v view
	v.strong("deadline.title", "Unit", t.unitName(t.who.UnitCode), "Day", t.b.today())
	if len(all) == 0 {
		v.line("deadline.no_plan")
		t.planButtons(&v)
		return t.finish(ctx, t.draw(v))
	}
	for _, c := range all {
		if err := t.addDeadlines(ctx, &v, c); err != nil {
			return err
		}
	}
	t.planButtons(&v)
	return t.finish(ctx, t.draw(v))
}

// planButtons leads to the campaigns.
func (t *turn) planButtons(v *view) {
	v.row(choice("plans", "campaign.button.all"))
}

// addDeadlines adds one campaign's duties and what may be recorded of them.
func (t *turn) addDeadlines(ctx context.Context, v *view, c campaign.Campaign) error {
	place, err := t.b.place(ctx)
	if err != nil {
		return err
	}
	facts, err := t.b.Plans.CampaignFacts(ctx, c, t.scope(), t.b.Zone)
	if err != nil {
		return err
	}
	own, others := campaign.Owed(c, place, facts, t.self(), t.who.UnitCode, t.b.today())
	v.body = append(v.body, viewLine{})
	v.strong("deadline.plan", "Name", c.Name)
	if len(own) == 0 {
		v.line("deadline.nothing_owed")
	}
	for _, it := range own {
		for _, text := range t.itemLines(it) {
			v.body = append(v.body, viewLine{text: text})
		}
	}
	if waits := t.summed(others); len(waits) > 0 {
		v.body = append(v.body, viewLine{})
		v.line("deadline.waits")
		for _, sum := range waits {
			v.body = append(v.body, viewLine{text: t.waiting(c, sum)})
		}
	}
	t.deedButtons(v, c, facts)
	return nil
}

// itemLines are the sentences about a duty of one's own, with the units that are missing where there are several.
func (t *turn) itemLines(it campaign.Item) []fault.Text {
	texts := it.Lines(t.tree)[:1]
	if it.Of > 1 {
		texts = append(texts, fault.T("deadline.missing", "N", len(it.Missing), "Of", it.Of, "Units", t.unitNames(it.Missing)))
	}
	if it.Pace == nil {
		return texts
	}
	if it.Pace.Days > 0 {
		return append(texts, fault.T("reminder.pace", "N", it.Pace.Open, "PerDay", it.Pace.PerDay))
	}
	return append(texts, fault.T("reminder.open", "N", it.Pace.Open))
}

// waited is a step that several units owe.
type waited struct {
	campaign.Item
	units []string
}

// summed puts the duties of several units in one step together, in the order in which the first of each stands, as far as they are
// about units whose facts the officer sees.
func (t *turn) summed(items []campaign.Item) []waited {
	var sums []waited
	scope := t.scope()
	for _, it := range items {
		if scope != "" {
			it.Missing = slices.DeleteFunc(slices.Clone(it.Missing), func(unit string) bool { return unit != scope })
		}
		if len(it.Missing) == 0 {
			continue
		}
		at := slices.IndexFunc(sums, func(w waited) bool { return w.List == it.List && w.Step.ID == it.Step.ID })
		if at < 0 {
			sums = append(sums, waited{Item: it, units: it.Missing})
			continue
		}
		sums[at].units = append(sums[at].units, it.Missing...)
	}
	return sums
}

// waiting tells from whom a step is waited for.
func (t *turn) waiting(c campaign.Campaign, w waited) fault.Text {
	key := "deadline.wait.ahead"
	switch one := t.scope() != ""; {
	case one && w.Late > 0:
		key = "deadline.wait.one_late"
	case one:
		key = "deadline.wait.one"
	case w.Late > 0:
		key = "deadline.wait.late"
	}
	return fault.T(key, "Party", c.PartyName(w.Step.Owes), "Step", w.Step.Title(), "List", campaign.ListName(w.List),
		"Deadline", w.Deadline, "N", len(w.units), "Units", t.unitNames(w.units))
}

// unitNames are the titles of units, the first few of many.
func (t *turn) unitNames(codes []string) fault.Text {
	var names []string
	for _, code := range codes {
		if name := t.unitName(code); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	more := len(names) - unitsNamed
	if more <= 1 {
		return fault.T("deadline.units", "Names", strings.Join(names, ", "))
	}
	return fault.T("deadline.units_more", "Names", strings.Join(names[:unitsNamed], ", "), "N", more)
}

// deedButtons offers what the officer may record now.
func (t *turn) deedButtons(v *view, c campaign.Campaign, facts campaign.Facts) {
	if !c.Ended.IsZero() {
		return
	}
	for i, ch := range campaign.Chances(c, t.tree, t.self(), t.who.UnitCode) {
		ready := slices.DeleteFunc(ch.Ready(facts), func(unit string) bool { return !t.can(ch.Do, unit) })
		if len(ready) > 0 && !t.b.today().Before(ch.Step.From) {
			v.row(choice(fmt.Sprintf("deed.%s|%d|%d", c.ID, c.Revision, i), deedLabel(ch), "List", campaign.ListName(ch.List)))
		}
	}
}

// deedLabel is the text on the button of a chance.
func deedLabel(ch campaign.Chance) string {
	if ch.Owes {
		return "deed.owes." + string(ch.Event)
	}
	return "deed.receives." + string(ch.Event)
}
