package jobs_test

import (
	"errors"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"

	"lamsach/storage/jobs"
)

// TestBackgroundStepsBack: the thread of the work has a lower priority than that of who waits, which keeps its own.
func TestBackgroundStepsBack(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	priority := func() int { // 40 the highest, 1 the lowest
		p, err := unix.Getpriority(unix.PRIO_PROCESS, unix.Gettid())
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	before := priority()
	wrong := errors.New("wrong")
	var inside int
	if err := jobs.Background(func() error { inside = priority(); return wrong }); !errors.Is(err, wrong) {
		t.Errorf("error %v", err)
	}
	if want := max(before-10, 1); inside != want {
		t.Errorf("priority %d in the background, want %d: it is %d outside", inside, want, before)
	}
	if after := priority(); after != before {
		t.Errorf("priority %d afterwards, %d before", after, before)
	}
}
