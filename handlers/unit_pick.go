package handlers

import (
	"cmp"
	"context"
	"strings"

	"lamsach/core/fault"
	"lamsach/core/officer"
)

// unitsOffered is how many units a question offers to choose from.
const unitsOffered = 8

// unitSteps are the two questions of a form that ask for a unit: by its code or its name, then, where several are meant, which. The answer
// is the value "unit". in tells which units can be meant, given what the form knows.
func unitSteps(ask func(ctx context.Context, t *turn, d draft) (view, error), in func(t *turn, d draft, u officer.Unit) bool) []formStep {
	return []formStep{
		{
			id: "find", number: true, help: "staff.help.unit",
			ask: func(ctx context.Context, t *turn, d draft) (view, error) {
				v, err := ask(ctx, t, d)
				for _, u := range t.likelyUnits(d, in) {
					v.row(choice(pick(u.Code), "staff.unit", "Unit", shorten(t.tree.FullName(u.Code), 60)))
				}
				return v, err
			},
			take: func(_ context.Context, t *turn, d *draft, got input) error {
				found, err := t.unitsMeant(*d, got, in)
				delete(d.Values, "found")
				delete(d.Values, "unit")
				if len(found) == 1 {
					d.Values["unit"] = found[0]
				} else {
					d.Values["found"] = strings.Join(found, " ")
				}
				return err
			},
		},
		{
			id: "unit", when: func(d draft) bool { return d.Values["found"] != "" },
			ask: func(_ context.Context, t *turn, d draft) (view, error) {
				var v view
				v.line("staff.ask.which")
				for _, code := range strings.Fields(d.Values["found"]) {
					v.row(choice(pick(code), "staff.unit", "Unit", shorten(t.tree.FullName(code), 60)))
				}
				return v, nil
			},
			take: func(_ context.Context, t *turn, d *draft, got input) error {
				found, err := t.unitsMeant(*d, got, in)
				if err == nil && len(found) > 1 {
					err = fault.New(fault.Invalid, "staff.ask.which")
				}
				if err == nil {
					d.Values["unit"] = found[0]
				}
				return err
			},
		},
	}
}

// likelyUnits are the units that can be meant, when they are few enough to be offered.
func (t *turn) likelyUnits(d draft, in func(*turn, draft, officer.Unit) bool) []officer.Unit {
	today := t.b.today()
	var likely []officer.Unit
	take := func(u officer.Unit) bool {
		if in(t, d, u) {
			likely = append(likely, u)
		}
		return len(likely) <= unitsOffered
	}
	if u, ok := t.tree.Unit(t.who.UnitCode); ok && u.ValidAt(today) && !take(u) {
		return nil
	}
	for level := officer.LevelProvince; level <= officer.LevelHamlet; level++ {
		for _, u := range t.tree.Under(t.who.UnitCode, level, today) {
			if !take(u) {
				return nil
			}
		}
	}
	return likely
}

// unitsMeant finds the codes of the units that an answer may mean. Units of others are not there.
func (t *turn) unitsMeant(d draft, in input, meant func(*turn, draft, officer.Unit) bool) ([]string, error) {
	found := t.tree.Find(cmp.Or(in.Choice, in.Text), func(u officer.Unit) bool { return meant(t, d, u) }, t.b.today(), unitsOffered)
	if len(found) == 0 {
		return nil, fault.New(fault.Invalid, "right.refused.unit")
	}
	codes := make([]string, len(found))
	for i, u := range found {
		codes[i] = u.Code
	}
	return codes, nil
}
