//go:build unix

package cage

import (
	"errors"
	"fmt"
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// addressSpace is what Go's runtime sets aside at its start without using it (some 1.2 GB on 64-bit Linux): a bound on the
// address space alone would kill readers of good files. The bound on written memory is the one that bites.
const addressSpace = 4 << 30

// confine takes from the process what reading a file does not need: memory and time without end, files to write, a
// core image that would hold the list.
func confine(b Bounds) error {
	if err := stepBack(); err != nil {
		return err
	}
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

// nice is how far the child steps back behind those who talk.
const nice = 5

// stepBack lets every other process go first, so that nobody's turn waits for a file that is being read. On Linux that belongs to
// a thread; those to come have it from these. A program that was started behind others stays there: coming forward takes a right.
func stepBack() error {
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil { // elsewhere it belongs to the process
		return stepBackOf(0)
	}
	for _, thread := range threads {
		id, err := strconv.Atoi(thread.Name())
		if err == nil {
			err = stepBackOf(id)
		}
		if err != nil && !errors.Is(err, unix.ESRCH) { // a thread may have ended meanwhile
			return fmt.Errorf("cage: step back: %w", err)
		}
	}
	return nil
}

// stepBackOf does it for one thread, or for the process.
func stepBackOf(id int) error {
	err := unix.Setpriority(unix.PRIO_PROCESS, id, nice)
	if errors.Is(err, unix.EACCES) || errors.Is(err, unix.EPERM) {
		return nil // it is further behind
	}
	return err
}
