package bot_test

import (
	"runtime"
	"sync/atomic"
	"testing"

	"lamsach/bot"
)

func TestTogetherDoesEveryPartOnce(t *testing.T) {
	for _, n := range []int{1, 2, 9} {
		done := make([]atomic.Int32, n)
		bot.Together(n, func(i int) { done[i].Add(1) })
		for i := range done {
			if got := done[i].Load(); got != 1 {
				t.Errorf("part %d of %d was done %d times", i, n, got)
			}
		}
	}
}

func TestTogetherPassesPanicsOn(t *testing.T) {
	for broken := range 3 {
		var others atomic.Int32
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("no panic of part %d", broken)
				}
			}()
			bot.Together(3, func(i int) {
				if i == broken {
					panic("broken")
				}
				others.Add(1)
			})
		}()
		if others.Load() != 2 {
			t.Errorf("%d other parts were done", others.Load())
		}
	}
}

func TestHeadroomIsTwice(t *testing.T) {
	t.Setenv("GOMAXPROCS", "")
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for range 2 {
		bot.Headroom()
		if now := runtime.GOMAXPROCS(0); now != 2*before {
			t.Fatalf("%d threads, %d before", now, before)
		}
	}
	t.Setenv("GOMAXPROCS", "1")
	runtime.GOMAXPROCS(before)
	if bot.Headroom(); runtime.GOMAXPROCS(0) != before {
		t.Error("what the environment says does not hold")
	}
}
