package officer

import (
	"maps"
	"slices"
)

// Put gives a tree in which units stand as they are given, whether it had them or not: what a deployment says of units goes over what
// is built in. Its errors are those of NewTree.
func (t *Tree) Put(units ...Unit) (*Tree, error) {
	known := false
	for _, u := range units {
		_, had := t.units[u.Code]
		known = known || had
	}
	if !known {
		return t.With(units...)
	}
	all := maps.Clone(t.units)
	for _, u := range units {
		all[u.Code] = u
	}
	return NewTree(slices.Collect(maps.Values(all))...)
}
