package storage

import (
	"context"
	"database/sql"
	"fmt"
	"sync/atomic"
	"time"
)

// checkpointEvery is after how many parts of long work the log is carried over into the database.
const checkpointEvery = 4

// lazyFor is how long what was written lazily waits for the disk when nothing else takes it there.
const lazyFor = 200 * time.Millisecond

// checkpoints carries SQLite's log over into the database beside the writer, on a connection of its own: while long work is written,
// because otherwise the commit of some turn would have to wait for it, and after lazy work, because that takes the log to
// the disk. What it leaves, the writer carries over as ever.
type checkpoints struct {
	db     *sql.DB
	due    chan struct{}
	ending chan struct{}
	ended  chan struct{}
	parts  int // of long work since the last one

	late  *time.Timer
	waits atomic.Bool // something lazy waits for the disk, and late runs
}

func newCheckpoints(address string) (*checkpoints, error) {
	db, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	db.SetMaxOpenConns(1)
	c := &checkpoints{db: db, due: make(chan struct{}, 1), ending: make(chan struct{}), ended: make(chan struct{})}
	c.late = time.AfterFunc(lazyFor, func() {
		c.waits.Store(false)
		c.ask()
	})
	c.late.Stop()
	return c, nil
}

// part counts a part of long work; the writer calls it.
func (c *checkpoints) part() {
	if c.parts++; c.parts >= checkpointEvery {
		c.parts = 0
		c.ask()
	}
}

// lazily hears of every transaction that was not flushed; the writer calls it. Later ones that are flushed do not stop the clock: one
// that found nothing to change flushes nothing.
func (c *checkpoints) lazily() {
	if !c.waits.Swap(true) {
		c.late.Reset(lazyFor)
	}
}

func (c *checkpoints) ask() {
	select {
	case c.due <- struct{}{}:
	default: // one is under way and another waits
	}
}

// run works until stop is called.
func (c *checkpoints) run(s *Store) {
	defer close(c.ended)
	for {
		select {
		case <-c.due:
			if _, err := c.db.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
				s.log.Warn("log not carried over beside the writer", "error", err)
			}
		case <-c.ending:
			return
		}
	}
}

// stop ends it after what is under way. The writer has ended before, so nothing lazy comes any more; the last connection that is closed
// takes to the disk what is left.
func (c *checkpoints) stop() error {
	c.late.Stop()
	close(c.ending)
	<-c.ended
	return c.db.Close()
}
