package cage

import (
	"errors"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// TestFurtherBehind: a program that was started behind the place where the child would step stays there, with no right to come forward.
func TestFurtherBehind(t *testing.T) {
	for _, c := range []struct{ before, after int }{{0, nice}, {nice, nice}, {nice + 5, nice + 5}} {
		done := make(chan error)
		got := 0
		go func() {
			runtime.LockOSThread() // and never unlocked: the thread ends with its place and without its right
			done <- func() error {
				thread := unix.Gettid()
				if err := errors.Join(unix.Setpriority(unix.PRIO_PROCESS, thread, c.before), dropNice()); err != nil {
					return err
				}
				if err := stepBackOf(thread); err != nil {
					return err
				}
				left, err := unix.Getpriority(unix.PRIO_PROCESS, thread)
				got = 20 - left // as Linux tells it
				return err
			}()
		}()
		if err := <-done; err != nil || got != c.after {
			t.Errorf("from %d to %d, %v; want %d", c.before, got, err, c.after)
		}
	}
}

// dropNice takes the right to come forward from the calling thread.
func dropNice() error {
	head := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&head, &data[0]); err != nil {
		return err
	}
	data[0].Effective &^= 1 << unix.CAP_SYS_NICE
	return unix.Capset(&head, &data[0])
}
