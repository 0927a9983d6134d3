package handlers

import (
	"context"
	"errors"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// Units keeps the tree of units.
type Units interface {
	Tree(ctx context.Context) (*officer.Tree, error)
	// ChangeUnits records units that are new, or replace those of the same code; change says which, from the present tree. Its errors
	// are change's own and those of officer.NewTree.
	ChangeUnits(ctx context.Context, end bot.Ending, change func(*officer.Tree) ([]officer.Unit, error)) error
}

// may tells whether whoever writes may do something to a unit today; nil is yes. A refusal is logged by ids, and is a Forbidden fault
// with a sentence for the chat that is the same for a unit of others and for one that does not exist. Handlers ask it where the
// facts are, also when they only show a button to those who may press it: see can.
func (t *turn) may(do officer.Action, unit string) error {
	err := t.judge(do, unit)
	var refused *fault.Error
	if !errors.As(err, &refused) {
		return err
	}
	t.b.Log.Warn("refused", "chat", t.u.Chat.String(), "officer", t.who.ID, "role", string(t.who.Role), "own", t.who.UnitCode,
		"action", string(do), "unit", shorten(unit, 24), "why", refused.Key)
	switch refused.Key {
	case "right.refused.unit_unknown", "right.refused.unit_ended":
		return fault.New(fault.Forbidden, "right.refused.unit")
	}
	return fault.New(fault.Forbidden, refused.Key)
}

// can is may without a trace: for what is offered, not for what is done.
func (t *turn) can(do officer.Action, unit string) bool { return t.judge(do, unit) == nil }

// judge asks the table. A role that is held where it cannot be has no rights: a helper of a whole commune would see more than a hamlet.
func (t *turn) judge(do officer.Action, unit string) error {
	if t.stranger() {
		return fault.New(fault.Forbidden, "right.refused.action")
	}
	if t.tree.Seat(t.who.Role, t.who.UnitCode) != nil {
		return fault.New(fault.Forbidden, "right.refused.own_unit")
	}
	return t.tree.May(t.who.Role, t.who.UnitCode, do, unit, t.b.today())
}

// own is may for the officer's own unit.
func (t *turn) own(do officer.Action) error { return t.may(do, t.who.UnitCode) }

// people is own for what is done to people, with the sentence of those who work on no lists.
func (t *turn) people(do officer.Action) error {
	err := t.own(do)
	if said, ok := fault.As(err); ok && said.Key == "right.refused.action" && !t.can(officer.SeePeople, t.who.UnitCode) {
		return fault.New(fault.Forbidden, "chat.no_lists_for_role")
	}
	return err
}

// home is the code of the unit that holds the lists an officer works on: the own one, for a helper the hamlet's commune.
func (t *turn) home() string {
	if t.who.Role != officer.RoleHelper {
		return t.who.UnitCode
	}
	commune, _ := t.tree.At(t.who.UnitCode, officer.LevelCommune)
	return commune.Code
}
