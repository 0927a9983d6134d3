package officer

// Branch gives the unit right below a root that a unit is, or lies in; the root itself for the root; false for what lies elsewhere.
func (t *Tree) Branch(root, code string) (Unit, bool) {
	u, ok := t.units[code]
	if ok && code == root {
		return u, true
	}
	for ok && u.Parent != root {
		u, ok = t.units[u.Parent]
	}
	return u, ok
}
