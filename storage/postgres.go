package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver

	"lamsach/core/fault"
)

// serveLock is the advisory lock of the process that serves a PostgreSQL store ("lamsach" in ASCII).
const serveLock = 0x6c616d73616368

// openPostgres opens postgres://…: one pool for reading and writing, and one connection that holds the serving lock;
// like a file lock it dies with the process.
func (s *Store) openPostgres(ctx context.Context, address string, beside bool) error {
	s.engine = Postgres
	db, err := sql.Open("pgx", address)
	if err != nil {
		return fault.New(fault.Invalid, "storage.start.url", "URL", "postgres")
	}
	s.writer, s.reader = db, db
	conns := 4 * max(2, runtime.GOMAXPROCS(0))
	db.SetMaxOpenConns(conns + 1)
	db.SetMaxIdleConns(conns)
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open store: %w", withoutAddress(err))
	}
	var got bool
	if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", int64(serveLock)).Scan(&got); err != nil {
		return errors.Join(fmt.Errorf("lock the store: %w", err), conn.Close())
	}
	if got {
		s.lock = func() error { return nil } // closing the pool closes the connection that holds it
		s.holder = conn
		return nil
	}
	if err := conn.Close(); err != nil || beside {
		return err
	}
	return fault.New(fault.Closed, "storage.start.locked", "Path", "postgres")
}
