package check

// bothReceive reports whether two rows of one person are two payments: his own, and the support for whom he cares for.
func (l *ListView) bothReceive(a, b int) bool {
	x, y := &l.facts[a], &l.facts[b]
	return x.carer != y.carer && x.name == y.name && x.name != 0
}
