package bot

import (
	"runtime/debug"
	"sync"
)

// LargeFile is from how many bytes on memory is spared for a list, some 30,000 people: a commune's takes little, and less time.
const LargeFile = 4 << 20

// spareGarbage is how much memory may be garbage while something large is worked on, in percent of what is in use.
const spareGarbage = 20

var (
	sparing      sync.Mutex
	spared       int // how many works spare memory now
	usualGarbage int // what the percentage was before the first of them
)

// Spare has garbage collected early until enough is called: for work on something large, which stays until the end, so that room for as
// much garbage again, which is the default, would be most of what the program takes. The whole program collects early meanwhile.
func Spare() (enough func()) {
	sparing.Lock()
	defer sparing.Unlock()
	if spared++; spared == 1 {
		usualGarbage = debug.SetGCPercent(spareGarbage)
		if usualGarbage >= 0 && usualGarbage < spareGarbage { // whoever runs the program wants it earlier still
			debug.SetGCPercent(usualGarbage)
		}
	}
	return sync.OnceFunc(func() {
		sparing.Lock()
		defer sparing.Unlock()
		if spared--; spared == 0 {
			debug.SetGCPercent(usualGarbage)
		}
	})
}
