package bot_test

import (
	"runtime/debug"
	"testing"

	"lamsach/bot"
)

// TestSpareEndsAsItBegan: whatever the order in which works end, and whoever says twice that he has enough.
func TestSpareEndsAsItBegan(t *testing.T) {
	percent := func() int {
		now := debug.SetGCPercent(100)
		debug.SetGCPercent(now)
		return now
	}
	for _, c := range []struct{ usual, sparing int }{{100, 20}, {400, 20}, {10, 10}, {-1, 20}} {
		before := debug.SetGCPercent(c.usual)
		first, second := bot.Spare(), bot.Spare()
		first()
		first()
		if got := percent(); got != c.sparing {
			t.Errorf("%d %% while one is at work, want %d", got, c.sparing)
		}
		second()
		if got := percent(); got != c.usual {
			t.Errorf("%d %% afterwards, %d before", got, c.usual)
		}
		debug.SetGCPercent(before)
	}
}
