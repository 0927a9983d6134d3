package storage

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"lamsach/storage/seal"
)

// TestPartsDoNotWaitForTheDisk: parts of long work are not flushed one by one, and every other transaction is, whatever came before it.
func TestPartsDoNotWaitForTheDisk(t *testing.T) {
	sealer, err := seal.New(make([]byte, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "lamsach.db"), Options{Sealer: sealer, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
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
