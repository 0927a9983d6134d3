package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"os"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// TestLazyWorkDoesNotWaitForTheDisk: what is written lazily is not flushed by itself, and every other transaction is, whatever came
// before it.
func TestLazyWorkDoesNotWaitForTheDisk(t *testing.T) {
	s := Opened(t)
	const normal, full = 1, 2
	mode := 0
	look := func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&mode)
	}
	part := func() error { return s.writeBulk(t.Context(), look)() }
	lazy := func() error { return s.writeLazily(t.Context(), look) }
	turn := func() error { return s.write(t.Context(), look) }
	for i, step := range []struct {
		do   func() error
		want int
	}{{turn, full}, {part, normal}, {lazy, normal}, {turn, full}, {turn, full}, {part, normal}, {turn, full}, {lazy, normal}, {turn, full}} {
		if err := step.do(); err != nil || mode != step.want {
			t.Fatalf("step %d: synchronous %d, want %d (%v)", i, mode, step.want, err)
		}
	}
}

// TestOneWhoWaitsFlushesTheBatch: a transaction of lazy and other work is flushed.
func TestOneWhoWaitsFlushesTheBatch(t *testing.T) {
	s := Opened(t)
	mode := 0
	look := func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&mode)
	}
	begun, goOn := make(chan struct{}), make(chan struct{})
	verdicts := make(chan error, 3)
	go func() {
		verdicts <- s.writeLazily(t.Context(), func(context.Context, *sql.Tx) error {
			close(begun)
			<-goOn
			return nil
		})
	}()
	<-begun // the writer is busy: what comes now goes together
	for _, write := range []func(context.Context, func(context.Context, *sql.Tx) error) error{s.writeLazily, s.write} {
		wait := len(s.queue)
		go func() { verdicts <- write(t.Context(), look) }()
		for len(s.queue) == wait {
			runtime.Gosched()
		}
	}
	close(goOn)
	for range 3 {
		if err := <-verdicts; err != nil {
			t.Fatal(err)
		}
	}
	if mode != 2 {
		t.Errorf("synchronous %d, want 2 (FULL)", mode)
	}
}

// TestLazyWorkReachesTheDisk: after lazyFor the log is carried over, and so flushed, whatever came between; without lazy work it is not.
func TestLazyWorkReachesTheDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := Opened(t)
		var seq, name, path string
		if err := s.reader.QueryRowContext(t.Context(), "PRAGMA database_list").Scan(&seq, &name, &path); err != nil {
			t.Fatal(err)
		}
		database := func() [sha256.Size]byte {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			return sha256.Sum256(content)
		}
		n := 0
		change := func(ctx context.Context, tx *sql.Tx) error {
			n++
			_, err := tx.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ($1, '')`, n)
			return err
		}
		type writes []func(context.Context, func(context.Context, *sql.Tx) error) error
		for i, step := range []struct {
			writes writes
			want   bool
		}{{writes{s.write}, false}, {writes{s.writeLazily}, true}, {writes{s.writeLazily, s.write}, true}, {writes{s.write}, false}, {writes{s.write, s.writeLazily}, true}} {
			before := database()
			for _, write := range step.writes {
				if err := write(t.Context(), change); err != nil {
					t.Fatal(err)
				}
			}
			if database() != before {
				t.Fatalf("step %d: carried over at once", i)
			}
			<-time.After(lazyFor) // by the clock of the bubble
			synctest.Wait()
			if carried := database() != before; carried != step.want {
				t.Errorf("step %d: carried over %v, want %v", i, carried, step.want)
			}
		}
	})
}
