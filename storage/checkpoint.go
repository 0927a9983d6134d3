package storage

import (
	"context"
	"database/sql"
	"fmt"
)

// checkpointEvery is after how many parts of long work the log is carried over into the database.
const checkpointEvery = 4

// checkpoints carries SQLite's log over into the database beside the writer, on a connection of its own, while long work is
// written: otherwise the commit of some turn would have to wait for it. What it leaves, the writer carries over as ever.
type checkpoints struct {
	db    *sql.DB
	due   chan struct{}
	ended chan struct{}
	parts int // of long work since the last one
}

func newCheckpoints(address string) (*checkpoints, error) {
	db, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	db.SetMaxOpenConns(1)
	return &checkpoints{db: db, due: make(chan struct{}, 1), ended: make(chan struct{})}, nil
}

// part counts a part of long work; the writer calls it.
func (c *checkpoints) part() {
	if c.parts++; c.parts < checkpointEvery {
		return
	}
	c.parts = 0
	select {
	case c.due <- struct{}{}:
	default: // one is under way and another waits
	}
}

// run works until stop is called.
func (c *checkpoints) run(s *Store) {
	defer close(c.ended)
	for range c.due {
		if _, err := c.db.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
			s.log.Warn("log not carried over beside the writer", "error", err)
		}
	}
}

// stop ends it after what is under way. The writer has ended before.
func (c *checkpoints) stop() error {
	close(c.due)
	<-c.ended
	return c.db.Close()
}
