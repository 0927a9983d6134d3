package storage

import (
	"context"
	"database/sql"
	"testing"
)

// TestPartsDoNotWaitForTheDisk: parts of long work are not flushed one by one, and every other transaction is, whatever came before it.
func TestPartsDoNotWaitForTheDisk(t *testing.T) {
	s := Opened(t)
	const normal, full = 1, 2
	mode := 0
	look := func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&mode)
	}
	part := func() error { return s.writeBulk(t.Context(), look)() }
	turn := func() error { return s.write(t.Context(), look) }
	for i, step := range []struct {
		do   func() error
		want int
	}{{turn, full}, {part, normal}, {part, normal}, {turn, full}, {turn, full}, {part, normal}, {turn, full}} {
		if err := step.do(); err != nil || mode != step.want {
			t.Fatalf("step %d: synchronous %d, want %d (%v)", i, mode, step.want, err)
		}
	}
}
