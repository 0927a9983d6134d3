package roster

// IsZero says that nothing was decided.
func (d Decisions) IsZero() bool {
	return len(d.Fixed) == 0 && len(d.Waived) == 0 && !d.Police && d.Status == InScope && d.SameAs == "" && len(d.NotSame) == 0 && d.Earlier == nil
}

// Decided gives what was decided about the person. Its maps and slices are the Record's own and must not be changed.
func (r *Record) Decided() Decisions {
	if r.decided == nil {
		return Decisions{}
	}
	return *r.decided
}

// Decide lets d hold for the person, in place of all that was decided before.
func (r *Record) Decide(d Decisions) {
	if d.IsZero() {
		r.decided = nil
		return
	}
	kept := d // a new one: another Record may hold the last
	r.decided = &kept
}

// Status is Decided().Status, for who asks of everybody.
func (r *Record) Status() Status {
	if r.decided == nil {
		return InScope
	}
	return r.decided.Status
}

// Fixed is Decided().Fixed, for who asks of everybody.
func (r *Record) Fixed() map[Field]Fix {
	if r.decided == nil {
		return nil
	}
	return r.decided.Fixed
}
