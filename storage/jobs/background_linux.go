package jobs

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// nice is how far background work steps back.
const nice = 10

// lowest is the priority of the system's last threads, where the highest has 40.
const lowest = 1

// stepBack makes the goroutine's thread one that others go before, for as long as the goroutine lives. A system that does not allow it
// leaves things as they are.
func stepBack() {
	runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
	thread := unix.Gettid()
	if now, err := unix.Getpriority(unix.PRIO_PROCESS, thread); err == nil {
		_ = unix.Setpriority(unix.PRIO_PROCESS, thread, 20-max(now-nice, lowest))
	}
}
