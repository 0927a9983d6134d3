package roster

// IsZero says that nothing was decided.
func (d Decisions) IsZero() bool {
	return len(d.Fixed) == 0 && len(d.Waived) == 0 && !d.Police && d.Status == InScope && d.SameAs == "" && len(d.NotSame) == 0 && d.Earlier == nil
}
