package storage

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"lamsach/core/fault"
)

// sqliteCode gives the primary result code of an SQLite error, 0 for others.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// postgresCode gives the SQLSTATE of a PostgreSQL error, "" for others.
func postgresCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func isBusy(err error) bool {
	code := sqliteCode(err)
	return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED || postgresCode(err) == "55P03"
}

func isFull(err error) bool {
	code := sqliteCode(err)
	return code == sqlite3.SQLITE_FULL || code == sqlite3.SQLITE_IOERR || code == sqlite3.SQLITE_READONLY ||
		code == sqlite3.SQLITE_CANTOPEN || postgresCode(err) == "53100"
}

// mayRetry tells whether PostgreSQL gave up a transaction that may go through when it is tried again.
func mayRetry(err error) bool {
	code := postgresCode(err)
	return code == "40001" || code == "40P01"
}

// told gives a database's trouble the sentence that a user can be shown; what was asked for was not recorded.
func told(err error) error {
	var f *fault.Error
	switch {
	case err == nil || errors.As(err, &f):
		return err
	case isBusy(err):
		return fault.Wrap(fault.Unavailable, err, "storage.busy")
	case isFull(err):
		return fault.Wrap(fault.Unavailable, err, "storage.not_saved")
	}
	return err
}

// withoutAddress keeps a database's address, which holds a password, out of what is shown.
func withoutAddress(err error) error {
	var e *pgconn.ConnectError
	if errors.As(err, &e) {
		return errors.New("the database does not let us in")
	}
	return err
}
