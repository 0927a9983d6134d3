package handlers

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/viet"
)

// The forms about units. Their argument is the unit's code.
const (
	formHamlets = "hamlets"
	formRename  = "rename"
	formEndUnit = "endunit"
)

// hamletsAtOnce is how many hamlets one answer may name.
const hamletsAtOnce = 60

// showUnits shows the own unit and what lies right in it. /donvi with words behind it shows another one of one's own.
func showUnits(ctx context.Context, t *turn, words string) error {
	code := t.who.UnitCode
	if strings.TrimSpace(words) != "" {
		found := t.tree.Find(words, func(u officer.Unit) bool { return t.seesUnit(u.Code) }, t.b.today(), unitsOffered)
		if len(found) == 0 {
			return t.finish(ctx, t.say(fault.T("right.refused.unit")))
		}
		code = found[0].Code
	}
	return t.showUnit(ctx, code, 0, fault.Text{})
}

// unitPage shows a unit and a page of what lies in it: "CODE|20".
func unitPage(ctx context.Context, t *turn, rest string) error {
	code, skip, _ := strings.Cut(rest, "|")
	n, _ := strconv.Atoi(skip) // anything else is the first page
	return t.showUnit(ctx, code, n, fault.Text{})
}

// seesUnit tells whether a unit is in one's charge: only those are shown, though the names of units are no secret.
func (t *turn) seesUnit(code string) bool {
	return code == t.who.UnitCode || t.can(officer.AddHamlets, code) || t.can(officer.SeeProgress, code)
}

func (t *turn) showUnit(ctx context.Context, code string, skip int, notice fault.Text) error {
	u, ok := t.tree.Unit(code)
	if !ok || !t.seesUnit(code) {
		t.b.Log.Warn("refused", "chat", t.u.Chat.String(), "officer", t.who.ID, "action", "unit.see", "unit", shorten(code, 24))
		return fault.New(fault.Forbidden, "right.refused.unit")
	}
	parts := t.tree.Children(code, t.b.today())
	t.s = t.s.under()
	var v view
	if notice.Key != "" {
		v.body = append(v.body, viewLine{text: notice}, viewLine{})
	}
	v.strong("unit.title", "Unit", t.tree.FullName(code), "Code", code)
	if !u.ValidFrom.IsZero() {
		v.line("unit.since", "From", u.ValidFrom)
	}
	v.line("unit.parts", "N", len(parts))
	if skip < 0 || skip >= len(parts) {
		skip = 0
	}
	page := parts[skip:min(skip+staffShown, len(parts))]
	for _, p := range page {
		v.row(choice("unit."+p.Code, "unit.part", "Unit", p.Title(), "Code", p.Code))
	}
	if next := skip + len(page); next < len(parts) {
		v.row(choice("unit."+code+"|"+strconv.Itoa(next), "staff.button.more", "N", len(parts)-next))
	}
	if u.Level == officer.LevelCommune && t.can(officer.AddHamlets, code) {
		v.row(choice("addhamlets."+code, "unit.button.hamlets"))
	}
	if t.changesUnit(u) {
		v.row(choice("renameunit."+code, "unit.button.rename"), choice("endunit."+code, "unit.button.end"))
	}
	if code != t.who.UnitCode {
		v.row(choice("unit."+u.Parent, "unit.button.up"))
	}
	return t.finish(ctx, t.draw(v))
}

// changesUnit tells whether a unit may be renamed or ended: by who keeps the units, and a hamlet by who may add it.
func (t *turn) changesUnit(u officer.Unit) bool {
	if u.Level == officer.LevelHamlet {
		return t.can(officer.AddHamlets, u.Parent) || t.can(officer.ChangeUnits, u.Code)
	}
	return u.Code != t.who.UnitCode && t.can(officer.ChangeUnits, u.Code)
}

// mayChangeUnit refuses to change a unit that is not one's own to change.
func (t *turn) mayChangeUnit(code string) error {
	if u, ok := t.tree.Unit(code); ok && t.changesUnit(u) {
		return nil
	}
	if err := t.may(officer.ChangeUnits, code); err != nil {
		return err
	}
	return fault.New(fault.Forbidden, "right.refused.unit")
}

// unitForm gives the route that opens a form about a unit.
func unitForm(form string) route {
	return func(ctx context.Context, t *turn, code string) error {
		check := t.mayChangeUnit
		if form == formHamlets {
			check = func(code string) error { return t.may(officer.AddHamlets, code) }
		}
		if err := check(code); err != nil {
			return err
		}
		return t.startForm(ctx, form, code)
	}
}

// hamletsForm adds hamlets to a commune, several at once.
func hamletsForm() form {
	return form{
		steps: []formStep{{id: "names", take: takeHamlets, ask: func(_ context.Context, t *turn, d draft) (view, error) {
			var v view
			v.line("unit.ask.hamlets", "Unit", t.tree.FullName(d.Arg))
			return v, nil
		}}},
		done: func(ctx context.Context, t *turn, d draft) error {
			if err := t.may(officer.AddHamlets, d.Arg); err != nil {
				return err
			}
			names := strings.Split(d.Values["names"], "\n")
			today := t.b.today()
			return t.reform(ctx, d.Arg, "unit.hamlets_added", len(names), fault.T("unit.hamlets_added", "N", len(names)), func(tree *officer.Tree) (added []officer.Unit, err error) {
				for _, name := range names {
					larger, u, err := tree.AddHamlet(d.Arg, name, today)
					if err != nil {
						return nil, err
					}
					added = append(added, u)
					tree = larger
				}
				return added, nil
			})
		},
	}
}

// takeHamlets reads names, one a line or with commas between.
func takeHamlets(_ context.Context, _ *turn, d *draft, in input) error {
	var names []string
	for _, name := range strings.FieldsFunc(in.Text, func(r rune) bool { return r == '\n' || r == ',' || r == ';' }) {
		name = viet.NFC(viet.Squeeze(strings.Map(shown, name)))
		if n := utf8.RuneCountInString(name); name == "" || slices.Contains(names, name) {
			continue
		} else if n < 2 || n > nameLength {
			return fault.New(fault.Invalid, "unit.bad.name")
		}
		names = append(names, name)
	}
	if len(names) == 0 || len(names) > hamletsAtOnce {
		return fault.New(fault.Invalid, "unit.bad.name")
	}
	d.Values["names"] = strings.Join(names, "\n")
	return nil
}

// renameForm gives a unit another name.
func renameForm() form {
	return form{
		steps: []formStep{{id: "name", ask: askUnit("unit.ask.name"), take: func(_ context.Context, _ *turn, d *draft, in input) error {
			name := viet.NFC(viet.Squeeze(strings.Map(shown, in.Text)))
			if n := utf8.RuneCountInString(name); n < 2 || n > nameLength {
				return fault.New(fault.Invalid, "unit.bad.name")
			}
			d.Values["name"] = name
			return nil
		}}},
		done: func(ctx context.Context, t *turn, d draft) error {
			if err := t.mayChangeUnit(d.Arg); err != nil {
				return err
			}
			return t.reform(ctx, d.Arg, "unit.renamed", 1, fault.T("unit.renamed"), func(tree *officer.Tree) ([]officer.Unit, error) {
				return tree.Rename(d.Arg, d.Values["name"], "")
			})
		},
	}
}

// endUnitForm gives a unit its last day.
func endUnitForm() form {
	return form{
		steps: []formStep{{id: "on", number: true, ask: askUnit("unit.ask.last"), take: func(_ context.Context, t *turn, d *draft, in input) error {
			day, err := campaign.ParseDay(in.Text, t.b.today())
			if err != nil {
				return fault.New(fault.Invalid, "unit.bad.day")
			}
			if u, _ := t.tree.Unit(d.Arg); day.Before(u.ValidFrom) {
				return fault.New(fault.Invalid, "unit.bad.day")
			}
			d.Values["on"] = day.String()
			return nil
		}}, {id: "sure", ask: askEndUnit, take: takeSure}},
		done: func(ctx context.Context, t *turn, d draft) error {
			if err := t.mayChangeUnit(d.Arg); err != nil {
				return err
			}
			last, err := campaign.ParseDay(d.Values["on"], t.b.today())
			if err != nil {
				return err
			}
			return t.reform(ctx, d.Arg, "unit.ended", 1, fault.T("unit.ended", "Last", last), func(tree *officer.Tree) ([]officer.Unit, error) {
				return tree.End(d.Arg, last)
			})
		},
	}
}

func askUnit(key string) func(context.Context, *turn, draft) (view, error) {
	return func(_ context.Context, t *turn, d draft) (view, error) {
		var v view
		if err := t.mayChangeUnit(d.Arg); err != nil {
			return v, err
		}
		v.line(key, "Unit", t.tree.FullName(d.Arg))
		return v, nil
	}
}

func askEndUnit(ctx context.Context, t *turn, d draft) (view, error) {
	v, err := askUnit("unit.ask.end")(ctx, t, d)
	if err == nil {
		day, _ := campaign.ParseDay(d.Values["on"], t.b.today()) // was read once
		v.line("unit.last", "Last", day)
		v.row(choice(pick("yes"), "unit.button.end"))
	}
	return v, err
}

// reform records a change of units and shows the unit, as it stands afterwards.
func (t *turn) reform(
	ctx context.Context, code, action string, count int, notice fault.Text, change func(*officer.Tree) ([]officer.Unit, error),
) error {
	changed, err := change(t.tree)
	if err != nil {
		return err
	}
	if t.tree, err = t.tree.Put(changed...); err != nil {
		return err
	}
	t.audit = bot.Audit{Action: action, Object: code, Count: count}
	t.write = func(ctx context.Context, end bot.Ending) error { return t.b.Units.ChangeUnits(ctx, end, change) }
	if !t.seesUnit(code) { // it has ended
		code = t.who.UnitCode
	}
	return t.showUnit(ctx, code, 0, notice)
}
