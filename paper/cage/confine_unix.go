//go:build unix

package cage

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// addressSpace is what Go's runtime sets aside at its start without using it (some 1.2 GB on 64-bit Linux): a bound on the
// address space alone would kill readers of good files. The bound on written memory is the one that bites.
const addressSpace = 4 << 30

// confine takes from the process what reading a file does not need: memory and time without end, files to write, a
// core image that would hold the list.
func confine(b Bounds) error {
	for _, l := range []struct {
		what  int
		value uint64
	}{
		{unix.RLIMIT_DATA, b.Memory}, {unix.RLIMIT_AS, addressSpace + b.Memory}, {unix.RLIMIT_CPU, b.Seconds}, {unix.RLIMIT_CORE, 0}, {unix.RLIMIT_FSIZE, 0},
	} {
		if err := unix.Setrlimit(l.what, &unix.Rlimit{Cur: l.value, Max: l.value}); err != nil {
			return fmt.Errorf("cage: limit %d: %w", l.what, err)
		}
	}
	return nil
}
