package bot_test

import (
	"errors"
	"runtime"
	"sync"
	"testing"

	"golang.org/x/sys/unix"

	"lamsach/bot"
)

// TestBackgroundStepsBack: the thread of the work, and those of what it begins, have a lower priority than that of who waits, which
// keeps its own. What begins outside has the priority of all.
func TestBackgroundStepsBack(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	priority := func() int { // 40 the highest, 1 the lowest
		p, err := unix.Getpriority(unix.PRIO_PROCESS, unix.Gettid())
		if err != nil {
			t.Error(err)
		}
		return p
	}
	before := priority()
	wrong := errors.New("wrong")
	seen := map[string]int{}
	if err := bot.Background(func() error {
		seen["the work"] = priority()
		begun := bot.Beside(func() error { seen["beside it"] = priority(); return nil })
		if err := begun(); err != nil {
			t.Error(err)
		}
		var both sync.Mutex
		bot.Together(2, func(part int) {
			both.Lock()
			defer both.Unlock()
			seen["together "+string(rune('0'+part))] = priority()
		})
		return wrong
	}); !errors.Is(err, wrong) {
		t.Errorf("error %v", err)
	}
	for where, inside := range seen {
		if want := max(before-5, 1); inside != want {
			t.Errorf("%s: priority %d in the background, want %d: it is %d outside", where, inside, want, before)
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d threads were seen", len(seen))
	}
	outside := 0
	if err := bot.Beside(func() error { outside = priority(); return nil })(); err != nil || outside != before {
		t.Errorf("priority %d of what begins outside, %v", outside, err)
	}
	if after := priority(); after != before {
		t.Errorf("priority %d afterwards, %d before", after, before)
	}
}
