package officer

import (
	"slices"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/viet"
)

// The functions of this file say which units a reform changes; a store records them. The tree itself stays as it is.

// Rename gives a unit another name; an empty kind leaves the kind. Its errors are NotFound, "unit.unknown", and Invalid, "unit.name_missing".
func (t *Tree) Rename(code, name, kind string) ([]Unit, error) {
	u, ok := t.units[code]
	if !ok {
		return nil, fault.New(fault.NotFound, "unit.unknown", "Code", code)
	}
	u.Name = viet.NFC(viet.Squeeze(name))
	if kind != "" {
		u.Kind = kind
	}
	return t.checked(u)
}

// End gives a unit, and all that lies in it, its last day. Units that end earlier stay so. Its errors are NotFound, "unit.unknown", and
// Invalid, "unit.dates_reversed".
func (t *Tree) End(code string, last civil.Date) ([]Unit, error) {
	u, ok := t.units[code]
	if !ok {
		return nil, fault.New(fault.NotFound, "unit.unknown", "Code", code)
	}
	ended := []Unit{}
	for _, u := range append([]Unit{u}, t.Within(code)...) {
		if u.ValidTo.IsZero() || last.Before(u.ValidTo) {
			u.ValidTo = last
			ended = append(ended, u)
		}
	}
	return t.checked(ended...)
}

// Within gives all units that lie in a unit, of all times, branch by branch.
func (t *Tree) Within(code string) []Unit {
	var all []Unit
	for _, child := range t.children[code] {
		all = append(append(all, t.units[child]), t.Within(child)...)
	}
	return all
}

// Merge forms a unit of others on a day: they end the day before, what lies in them belongs to the new one from now on. into needs Code, Name and
// Kind; level and parent are those of the first, unless it says otherwise. Its errors are NotFound, "unit.unknown", and those of NewTree.
func (t *Tree) Merge(into Unit, from civil.Date, codes ...string) ([]Unit, error) {
	if _, taken := t.units[into.Code]; taken {
		return nil, fault.New(fault.Invalid, "unit.doubled", "Code", into.Code)
	}
	var changed []Unit
	for _, code := range codes {
		old, ok := t.units[code]
		if !ok {
			return nil, fault.New(fault.NotFound, "unit.unknown", "Code", code)
		}
		if into.Level == LevelNone {
			into.Level = old.Level
		}
		if into.Parent == "" {
			into.Parent = old.Parent
		}
		for _, child := range t.Children(code, from.AddDays(-1)) {
			child.Parent = into.Code
			changed = append(changed, child)
		}
		old.ValidTo = from.AddDays(-1)
		changed = append(changed, old)
	}
	into.ValidFrom, into.Predecessors = from, slices.Clone(codes)
	return t.checked(append(changed, into)...)
}

// Insert puts a unit between a unit and some that lie in it: a district between a province and its communes. Its errors are NotFound,
// "unit.unknown", and those of NewTree.
func (t *Tree) Insert(u Unit, holds ...string) ([]Unit, error) {
	if _, taken := t.units[u.Code]; taken {
		return nil, fault.New(fault.Invalid, "unit.doubled", "Code", u.Code)
	}
	changed := []Unit{u}
	for _, code := range holds {
		child, ok := t.units[code]
		if !ok {
			return nil, fault.New(fault.NotFound, "unit.unknown", "Code", code)
		}
		child.Parent = u.Code
		changed = append(changed, child)
	}
	return t.checked(changed...)
}

// checked gives the units if the tree can hold them.
func (t *Tree) checked(units ...Unit) ([]Unit, error) {
	if _, err := t.Put(units...); err != nil {
		return nil, err
	}
	return units, nil
}
