package campaign

import (
	"regexp"
	"slices"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// stepID is the form of a step's ID: it stands in ids of reminders.
var stepID = regexp.MustCompile(`^[a-z][a-z0-9_]{0,23}$`)

// Validate tells all that keeps a campaign from being started, as sentences in the order of the campaign; none: it may start. The
// units must exist on the campaign's days. kinds are the kinds of list that the program knows.
func Validate(c Campaign, tree *officer.Tree, kinds []string) []fault.Text {
	v := validator{c: c, tree: tree}
	v.sayIf(c.Name == "", "campaign.invalid.name")
	v.sayIf(c.ID == "" || c.Revision < 1, "campaign.invalid.id")
	v.sayIf(c.Zone == "", "campaign.invalid.zone")
	v.units()
	v.sayIf(len(c.Streams) == 0, "campaign.invalid.no_stream")
	for i, stream := range c.Streams {
		v.sayIf(!slices.Contains(kinds, stream.Kind), "campaign.invalid.kind", "Kind", stream.Kind)
		double := slices.ContainsFunc(c.Streams[:i], func(s Stream) bool { return s.Kind == stream.Kind })
		v.sayIf(double, "campaign.invalid.kind_doubled", "List", ListName(stream.Kind))
		v.sayIf(len(stream.Steps) == 0, "campaign.invalid.no_step", "List", ListName(stream.Kind))
	}
	for _, stream := range c.All() {
		v.steps(stream)
	}
	for _, p := range slices.Concat(c.Escalates, c.Digests) {
		v.sayIf(!held(p), "campaign.invalid.party", "Party", p.String())
	}
	v.rules()
	v.sayIf(!c.Until.IsZero() && c.Until.Before(c.Start()), "campaign.invalid.until")
	return v.said
}

type validator struct {
	c    Campaign
	tree *officer.Tree
	said []fault.Text
}

func (v *validator) sayIf(wrong bool, key string, pairs ...any) {
	if wrong {
		v.said = append(v.said, fault.T(key, pairs...))
	}
}

func (v *validator) units() {
	c, start := v.c, v.c.Start()
	issuer, ok := v.tree.Unit(c.Unit)
	v.sayIf(!ok || !start.IsZero() && !issuer.ValidAt(start), "campaign.invalid.unit", "Code", c.Unit)
	v.sayIf(len(c.Units) == 0, "campaign.invalid.no_unit")
	for i, code := range c.Units {
		u, ok := v.tree.Unit(code)
		switch {
		case !ok || !start.IsZero() && !u.ValidAt(start):
			v.sayIf(true, "campaign.invalid.unit", "Code", code)
		case slices.Contains(c.Units[:i], code):
			v.sayIf(true, "campaign.invalid.unit_doubled", "Unit", u.Title())
		default:
			above, within := v.tree.At(code, issuer.Level)
			v.sayIf(!within || above.Code != c.Unit, "campaign.invalid.unit_outside", "Unit", u.Title())
		}
	}
}

// held reports whether a role exists on the level.
func held(p Party) bool { return officer.Held(p.Role, p.Level) }

func (v *validator) steps(stream Stream) {
	list := ListName(stream.Kind)
	for i, step := range stream.Steps {
		name := step.Title()
		v.sayIf(!stepID.MatchString(step.ID), "campaign.invalid.step_id", "ID", step.ID, "List", list)
		double := slices.ContainsFunc(stream.Steps[:i], func(s Step) bool { return s.ID == step.ID })
		v.sayIf(double, "campaign.invalid.step_doubled", "ID", step.ID, "List", list)
		v.dates(step, name, list)
		v.sayIf(len(step.Facts) == 0, "campaign.invalid.no_fact", "Step", name, "List", list)
		for _, event := range step.Facts {
			v.sayIf(!slices.Contains(Events(), event), "campaign.invalid.fact", "Step", name, "List", list, "Fact", string(event))
		}
		for _, p := range slices.Concat([]Party{step.Owes}, step.Receivers, step.Escalates) {
			v.sayIf(!held(p), "campaign.invalid.party", "Party", p.String())
		}
		v.sayIf(step.EachReceives && len(step.Receivers) == 0, "campaign.invalid.no_receiver", "Step", name, "List", list)
		v.owner(step, name, list)
		if i > 0 {
			last := stream.Steps[i-1].Deadline()
			v.sayIf(!step.Deadline().IsZero() && step.Deadline().Before(last), "campaign.invalid.order", "Step", name, "List", list)
		}
	}
}

func (v *validator) dates(step Step, name, list fault.Text) {
	switch {
	case step.To.IsZero() && step.Before.IsZero():
		v.sayIf(true, "campaign.invalid.no_deadline", "Step", name, "List", list)
	case !step.To.IsZero() && !step.Before.IsZero():
		v.sayIf(true, "campaign.invalid.two_deadlines", "Step", name, "List", list)
	default:
		for _, d := range []civil.Date{step.From, step.To, step.Before} {
			v.sayIf(!d.IsZero() && !d.Valid(), "campaign.invalid.date", "Step", name, "List", list)
		}
		v.sayIf(step.Deadline().Before(step.From), "campaign.invalid.dates_reversed", "Step", name, "List", list)
	}
}

// owner looks for the unit that owes the step, for every covered unit.
func (v *validator) owner(step Step, name, list fault.Text) {
	for _, code := range v.c.Units {
		_, known := v.tree.Unit(code)
		from := code
		if step.Of != officer.LevelNone {
			u, ok := v.tree.At(code, step.Of)
			known, from = known && ok, u.Code
		}
		if _, ok := v.tree.At(from, step.Owes.Level); known && !ok || !known && step.Of != officer.LevelNone {
			v.sayIf(true, "campaign.invalid.no_owner", "Step", name, "List", list, "Level", LevelName(step.Owes.Level))
			return
		}
	}
}

func (v *validator) rules() {
	r := v.c.Rules
	bad := r.EscalateAfter < 0 || r.OverdueDays < 0 || slices.ContainsFunc(r.Before, func(n int) bool { return n < 1 })
	v.sayIf(bad, "campaign.invalid.days")
	for _, span := range r.Hours {
		v.sayIf(span.From < 0 || span.To > At(24, 0) || span.From >= span.To, "campaign.invalid.hours", "From", span.From.String(), "To", span.To.String())
	}
	usual := r.usual()
	for _, at := range []Clock{usual.RemindAt, usual.DigestAt} {
		open := slices.ContainsFunc(usual.Hours, func(s Span) bool { return s.From <= at && at < s.To })
		v.sayIf(!open, "campaign.invalid.hour", "At", at.String())
	}
}
