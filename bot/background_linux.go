package bot

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// lowest is the priority of the system's last threads, where the highest has 40.
const lowest = 1

// priority gives that of the calling thread, 1 to 40; 0 when the system does not tell.
func priority() int {
	now, err := unix.Getpriority(unix.PRIO_PROCESS, unix.Gettid())
	if err != nil {
		return 0
	}
	return now
}

// stepBack makes the goroutine's thread one that others go before, for as long as the goroutine lives. A system that does not allow it
// leaves things as they are.
func stepBack(by int) {
	runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
	if now := priority(); now > 0 {
		_ = unix.Setpriority(unix.PRIO_PROCESS, unix.Gettid(), 20-max(now-by, lowest))
	}
}
