package officer

import (
	"cmp"
	"slices"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/viet"
)

// FullName is a unit's name with those that it lies in, up to the province: "Bản Bẹ, xã Tà Xùa, tỉnh Sơn La". An unknown code gives
// itself.
func (t *Tree) FullName(code string) string {
	u, ok := t.units[code]
	if !ok {
		return code
	}
	name := u.Title()
	for up, ok := t.units[u.Parent]; ok && up.Level > LevelCountry; up, ok = t.units[up.Parent] {
		name += ", " + strings.TrimSpace(up.Kind+" "+up.Name)
	}
	return name
}

// Find gives the units that somebody may mean by a text, its code or its name or words of it, with or without diacritics, its kind and the units
// above it before or behind ("xa ta xua, son la"): of those that in holds and that exist on a day, the closest first, at most limit.
func (t *Tree) Find(text string, in func(Unit) bool, at civil.Date, limit int) []Unit {
	wanted := strings.TrimSpace(text)
	if u, ok := t.units[wanted]; ok && u.ValidAt(at) && in(u) {
		return []Unit{u}
	}
	want := strings.Fields(viet.Fold(strings.ReplaceAll(wanted, ",", " ")))
	if len(want) == 0 {
		return nil
	}
	type hit struct {
		u    Unit
		rank int
	}
	var hits []hit
	for _, u := range t.units {
		if !u.ValidAt(at) || !in(u) {
			continue
		}
		if rank := t.closeness(u, want, wanted); rank > 0 {
			hits = append(hits, hit{u, rank})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.u.Level, b.u.Level), cmp.Compare(a.u.Code, b.u.Code))
	})
	var found []Unit
	for _, h := range hits[:min(len(hits), limit)] {
		found = append(found, h.u)
	}
	return found
}

// closeness ranks a unit for words: 1 its name as typed, 2 its name, 3 its name and kind, or with the units above; 4 words that its
// own name begins with; 0 not meant.
func (t *Tree) closeness(u Unit, want []string, typed string) int {
	name := strings.Fields(viet.Fold(u.Name))
	full := strings.Fields(viet.Fold(u.Kind + " " + u.Name))
	switch {
	case SameName(u.Name, typed) || SameName(u.Title(), typed):
		return 1
	case slices.Equal(want, name):
		return 2
	case slices.Equal(want, full) || begins(want, name) && t.above(u, want[len(name):]) || begins(want, full) && t.above(u, want[len(full):]):
		return 3
	case begins(name, want) || begins(full, want):
		return 4
	}
	return 0
}

// begins reports whether words begin with others.
func begins(words, with []string) bool {
	return len(words) >= len(with) && slices.Equal(words[:len(with)], with)
}

// above reports whether all words stand in the names of the units that one lies in.
func (t *Tree) above(u Unit, words []string) bool {
	var names []string
	for up, ok := t.units[u.Parent]; ok; up, ok = t.units[up.Parent] {
		names = append(names, strings.Fields(viet.Fold(up.Kind+" "+up.Name))...)
	}
	for _, w := range words {
		if !slices.Contains(names, w) {
			return false
		}
	}
	return true
}
