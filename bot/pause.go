package bot

import (
	"context"
	"math"
	"math/rand/v2"
	"time"
)

// PauseAfter is how long to wait after the n-th failure in a row (from 1): growing by half each time from first to
// most, and a quarter more or less, so that those who failed together do not come back together.
func PauseAfter(n int, first, most time.Duration) time.Duration {
	wait := min(float64(first)*math.Pow(1.5, float64(max(n, 1)-1)), float64(most))
	return min(time.Duration(wait*(0.75+rand.Float64()/2)), most)
}

// Rest waits, and says false when ctx ended first.
func Rest(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
