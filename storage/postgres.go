package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver

	"lamsach/core/fault"
)

// serveLock is the advisory lock of the process that serves a PostgreSQL store ("lamsach" in ASCII).
const serveLock = 0x6c616d73616368

// How long a start waits for the lock.
const (
	lockTries = 20
	lockPause = 100 * time.Millisecond
)

// openPostgres opens postgres://…: one pool for reading and writing, and one connection that holds the serving lock;
// like a file lock it dies with the process.
func (s *Store) openPostgres(ctx context.Context, address string, beside bool) error {
	s.engine = Postgres
	db, err := sql.Open("pgx", address)
	if err != nil {
		return fault.New(fault.Invalid, "storage.start.url")
	}
	s.writer, s.reader = db, newReaders(db, false)
	conns := 4 * max(2, runtime.GOMAXPROCS(0))
	db.SetMaxOpenConns(conns + 1)
	db.SetMaxIdleConns(conns)
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open store: %w", withoutAddress(err))
	}
	got, err := takeServeLock(ctx, conn, beside)
	if err != nil {
		return errors.Join(fmt.Errorf("lock the store: %w", err), conn.Close())
	}
	if got {
		s.lock = func() error {
			_, err := conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock($1)", int64(serveLock))
			return errors.Join(err, conn.Close())
		}
		return nil
	}
	if err := conn.Close(); err != nil || beside {
		return err
	}
	return fault.New(fault.Closed, "storage.start.locked", "Path", "postgres")
}

// takeServeLock asks for the lock for a few seconds: the server may take a while to notice that a process was killed.
func takeServeLock(ctx context.Context, conn *sql.Conn, beside bool) (got bool, err error) {
	pause := time.NewTicker(lockPause)
	defer pause.Stop()
	for range lockTries {
		err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", int64(serveLock)).Scan(&got)
		if err != nil || got || beside {
			return got, err
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	return false, nil
}
