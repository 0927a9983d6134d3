package storage

import (
	"slices"
	"testing"
)

func upTo(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func TestAheadGivesEverythingInOrder(t *testing.T) {
	for _, n := range []int{0, 1, 31, 32, 33, 64, 1000} {
		var got []int
		for lot := range ahead(upTo(n), 32) {
			if len(lot) == 0 || len(lot) > 32 {
				t.Fatalf("a lot of %d", len(lot))
			}
			got = append(got, lot...)
		}
		if !slices.Equal(got, slices.Collect(upTo(n))) {
			t.Errorf("%d: %v", n, got)
		}
	}
}

// TestAheadEndsWithItsReader: who leaves early waits for the other goroutine, which touches nothing afterwards.
func TestAheadEndsWithItsReader(t *testing.T) {
	ended := false
	endless := func(yield func(int) bool) {
		defer func() { ended = true }()
		for i := 0; yield(i); i++ {
		}
	}
	for lot := range ahead(endless, 4) {
		if lot[0] == 8 {
			break
		}
	}
	if !ended {
		t.Error("it goes on")
	}
}

func TestAheadPassesPanicsOn(t *testing.T) {
	got := 0
	defer func() {
		if p := recover(); p != "broken" || got != 8 {
			t.Errorf("panic %v after %d", p, got)
		}
	}()
	broken := func(yield func(int) bool) {
		for i := range 10 {
			yield(i)
		}
		panic("broken")
	}
	for lot := range ahead(broken, 4) {
		got += len(lot)
	}
	t.Error("no panic")
}
