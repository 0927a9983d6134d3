//go:build !linux

package bot

// priority is one for all here: threads have none of their own.
func priority() int { return 0 }

// stepBack does nothing here.
func stepBack(int) {}
