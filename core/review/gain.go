package review

import "lamsach/core/check"

// Gain tells how many groups of open errors one answer each would settle, and how many errors that are: what a reminder names as the
// shortest way.
func Gain(d *Desk) (groups, settles int) {
	for _, g := range look(d).groups() {
		errors := 0
		for _, f := range g.members {
			if f.Severity == check.Error {
				errors++
			}
		}
		if errors > 1 {
			groups, settles = groups+1, settles+errors
		}
	}
	return groups, settles
}
