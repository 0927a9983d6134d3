package officer

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/viet"
)

// Tree is the units and how they hang together. It does not change: With gives a larger one. Safe for concurrent use.
type Tree struct {
	units    map[string]Unit
	children map[string][]string // codes by parent, in the order of codes
}

// NewTree makes a tree of units in any order. Its errors are Invalid, about the first unit that does not fit: "unit.code_missing",
// "unit.name_missing", "unit.doubled", "unit.level_missing", "unit.parent_unknown", "unit.parent_level", "unit.dates_reversed",
// "unit.predecessor_unknown".
func NewTree(units ...Unit) (*Tree, error) {
	return (&Tree{units: map[string]Unit{}, children: map[string][]string{}}).With(units...)
}

// With gives a tree that has more units, in any order among themselves. Its errors are those of NewTree.
func (t *Tree) With(units ...Unit) (*Tree, error) {
	larger := &Tree{units: maps.Clone(t.units), children: maps.Clone(t.children)}
	for _, u := range units {
		if err := larger.take(u); err != nil {
			return nil, err
		}
	}
	for _, u := range units {
		if err := larger.fits(u); err != nil {
			return nil, err
		}
	}
	return larger, nil
}

// Change gives a tree in which units that it has are replaced: renamed, ended, hung elsewhere. Its errors are those of NewTree,
// and NotFound, "unit.unknown".
func (t *Tree) Change(units ...Unit) (*Tree, error) {
	rest := maps.Clone(t.units)
	for _, u := range units {
		if _, ok := rest[u.Code]; !ok {
			return nil, fault.New(fault.NotFound, "unit.unknown", "Code", u.Code)
		}
		rest[u.Code] = u
	}
	return NewTree(slices.Collect(maps.Values(rest))...)
}

// take puts a unit in by itself.
func (t *Tree) take(u Unit) error {
	switch _, doubled := t.units[u.Code]; {
	case u.Code == "" || strings.ContainsAny(u.Code, " /|"):
		return fault.New(fault.Invalid, "unit.code_missing", "Name", u.Name)
	case strings.TrimSpace(u.Name) == "":
		return fault.New(fault.Invalid, "unit.name_missing", "Code", u.Code)
	case doubled:
		return fault.New(fault.Invalid, "unit.doubled", "Code", u.Code)
	case u.Level == LevelNone || u.Level > LevelHamlet:
		return fault.New(fault.Invalid, "unit.level_missing", "Code", u.Code)
	case !u.ValidTo.IsZero() && u.ValidTo.Before(u.ValidFrom):
		return fault.New(fault.Invalid, "unit.dates_reversed", "Code", u.Code)
	}
	t.units[u.Code] = u
	if u.Parent != "" {
		siblings := t.children[u.Parent]
		at, _ := slices.BinarySearch(siblings, u.Code)
		t.children[u.Parent] = slices.Insert(slices.Clone(siblings), at, u.Code)
	}
	return nil
}

// fits checks what a unit says of others. Since a parent stands on a higher level, no circle can arise.
func (t *Tree) fits(u Unit) error {
	for _, code := range u.Predecessors {
		if _, ok := t.units[code]; !ok || code == u.Code {
			return fault.New(fault.Invalid, "unit.predecessor_unknown", "Code", u.Code, "Other", code)
		}
	}
	if u.Parent == "" {
		if u.Level != LevelCountry {
			return fault.New(fault.Invalid, "unit.parent_unknown", "Code", u.Code, "Other", "")
		}
		return nil
	}
	parent, ok := t.units[u.Parent]
	switch {
	case !ok:
		return fault.New(fault.Invalid, "unit.parent_unknown", "Code", u.Code, "Other", u.Parent)
	case parent.Level >= u.Level:
		return fault.New(fault.Invalid, "unit.parent_level", "Code", u.Code, "Other", u.Parent)
	}
	return nil
}

// Unit finds a unit by its code.
func (t *Tree) Unit(code string) (Unit, bool) {
	u, ok := t.units[code]
	return u, ok
}

// Len is the number of units, of all times.
func (t *Tree) Len() int { return len(t.units) }

// Path gives the unit and all above it, from the country down; nil for an unknown code.
func (t *Tree) Path(code string) []Unit {
	var path []Unit
	for u, ok := t.units[code]; ok; u, ok = t.units[u.Parent] {
		path = append(path, u)
	}
	slices.Reverse(path)
	return path
}

// At gives the unit of a level that a unit is, or lies in; false when it has none there.
func (t *Tree) At(code string, level Level) (Unit, bool) {
	for u, ok := t.units[code]; ok && u.Level >= level; u, ok = t.units[u.Parent] {
		if u.Level == level {
			return u, true
		}
	}
	return Unit{}, false
}

// Children gives the units right below one that exist on a day, in the order of their codes.
func (t *Tree) Children(code string, at civil.Date) []Unit {
	var below []Unit
	for _, child := range t.children[code] {
		if u := t.units[child]; u.ValidAt(at) {
			below = append(below, u)
		}
	}
	return below
}

// Under gives the units of a level that lie below a unit and exist on a day, branch by branch in the order of codes. What hangs
// on a unit that has ended is found all the same if it still exists itself.
func (t *Tree) Under(code string, level Level, at civil.Date) []Unit {
	var found []Unit
	for _, child := range t.children[code] {
		u := t.units[child]
		if u.Level == level && u.ValidAt(at) {
			found = append(found, u)
		}
		if u.Level < level {
			found = append(found, t.Under(child, level, at)...)
		}
	}
	return found
}

// Successors gives the units that were formed from one, in the order of their codes.
func (t *Tree) Successors(code string) []Unit {
	var found []Unit
	for _, u := range t.units {
		if slices.Contains(u.Predecessors, code) {
			found = append(found, u)
		}
	}
	slices.SortFunc(found, func(a, b Unit) int { return cmp.Compare(a.Code, b.Code) })
	return found
}

// SameName compares names of units letter by letter, tones included, in any case: Bản Bẹ and Bản Bé are two places.
func SameName(a, b string) bool {
	return strings.EqualFold(viet.NFC(viet.Squeeze(a)), viet.NFC(viet.Squeeze(b)))
}
