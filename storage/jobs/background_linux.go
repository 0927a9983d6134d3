package jobs

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// nice is how far background work steps back, of 19.
const nice = 10

// stepBack makes the goroutine's thread one that others go before, for as long as the goroutine lives. A system that does not allow it
// leaves things as they are.
func stepBack() {
	runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
	_ = unix.Setpriority(unix.PRIO_PROCESS, unix.Gettid(), nice)
}
