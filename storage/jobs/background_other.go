//go:build !linux

package jobs

// stepBack does nothing here: threads have no priority of their own.
func stepBack() {}
