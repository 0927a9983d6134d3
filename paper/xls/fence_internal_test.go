package xls

import (
	"errors"
	"testing"

	"lamsach/paper/cells"
)

// TestFence: nothing is known to panic in the container's reader; if something does, it is a damaged file and no crash.
func TestFence(t *testing.T) {
	var none []int
	err := fenced(func() error { return errors.New(string(rune(none[3]))) })
	if !errors.Is(err, cells.Damaged) {
		t.Errorf("got %v", err)
	}
	if err := fenced(func() error { return nil }); err != nil {
		t.Errorf("got %v", err)
	}
}

// TestWatchedReadsNoMoreThanItsShare holds chains without end to a number of bytes.
func TestWatchedReadsNoMoreThanItsShare(t *testing.T) {
	w := &watched{r: zeros{}, size: 1 << 40, left: 100}
	if _, err := w.ReadAt(make([]byte, 60), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ReadAt(make([]byte, 60), 0); !errors.Is(err, errLong) {
		t.Errorf("got %v", err)
	}
}

type zeros struct{}

func (zeros) ReadAt(p []byte, _ int64) (int, error) { return len(p), nil }
