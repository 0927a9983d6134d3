package main

import (
	"os"
	"runtime"
	"sync"
)

// headroom lets Go run twice as many threads at once as there are processors, unless GOMAXPROCS says otherwise: then the system chooses
// among them, and it goes by priority. With as many threads as processors Go's own scheduler chooses, which knows none: a turn waits
// up to 10 ms for each processor that reading lists in the background has taken.
var headroom = sync.OnceFunc(func() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))
	}
})
