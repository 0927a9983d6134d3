package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	_ "modernc.org/sqlite" // the engine

	"lamsach/core/fault"
)

// openSQLite opens sqlite:PATH: one connection that writes and a pool that reads, sized by cores (more readers than
// cores are slower). Pragmas stand in the address because they belong to a connection, not to a database.
func (s *Store) openSQLite(ctx context.Context, address string, beside bool) error {
	s.engine = SQLite
	path, ok := strings.CutPrefix(address, "sqlite:")
	path = strings.TrimPrefix(path, "//")
	if !ok || path == "" || path == ":memory:" {
		return fault.New(fault.Invalid, "storage.start.url") // the address may hold a password
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := prepareFolder(path); err != nil {
		return err
	}
	if err := s.takeFileLock(path, beside); err != nil {
		return err
	}
	if err := prepareFile(path); err != nil {
		return err
	}
	if s.writer, err = sql.Open("sqlite", sqliteAddress(path, toWrite)); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	s.writer.SetMaxOpenConns(1)
	s.copier = sqliteAddress(path, toCopy)
	reader, err := sql.Open("sqlite", sqliteAddress(path, toRead))
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	s.reader = newReaders(reader, true)
	most := max(2, runtime.GOMAXPROCS(0))
	s.reader.SetMaxOpenConns(most)
	s.reader.SetMaxIdleConns(most)
	if s.carry, err = newCheckpoints(s.copier); err != nil {
		return err
	}
	if s.lock == nil { // whoever serves has checked it
		return nil
	}
	return s.quickCheck(ctx, path)
}

// The ways in which an SQLite store is opened.
type access int

const (
	toWrite access = iota
	toRead
	toCopy // VACUUM INTO is no query, and takes no lock for writing
)

func sqliteAddress(path string, to access) string {
	pragmas := []string{
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "trusted_schema(0)",
		"secure_delete(1)", "temp_store(2)", "journal_size_limit(67108864)",
	}
	q := url.Values{}
	switch to {
	case toWrite: // a reading transaction that turns into a writing one would fail at once with 517
		q.Set("_txlock", "immediate")
		pragmas = append(pragmas, "cache_size(-8000)") // in KB; files that pass through would fill any
	case toRead:
		pragmas = append(pragmas, "cache_size(-4000)", "query_only(1)")
	case toCopy:
		pragmas = append(pragmas, "cache_size(-1000)") // what it copies it reads once
	}
	q["_pragma"] = pragmas
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: q.Encode()}).String()
}

// prepareFolder makes the folder of the store, for its owner alone. A folder in which others may put files is refused:
// they could put another store in its place.
func prepareFolder(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the store's folder: %w", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("look at the store's folder: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 && info.Mode()&fs.ModeSticky == 0 {
		return fault.New(fault.Forbidden, "storage.start.writable_by_others", "Path", dir)
	}
	return nil
}

// prepareFile makes the database file before SQLite does, so that it and the files beside it, which take over its
// mode, are readable by their owner only.
func prepareFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	info, err := file.Stat()
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return fault.New(fault.Forbidden, "storage.start.readable_by_others", "Path", path)
	}
	return nil
}

func (s *Store) takeFileLock(path string, beside bool) error {
	unlock, err := lockFile(path + ".lock")
	switch {
	case err == nil:
		s.lock = unlock
		return nil
	case !errors.Is(err, errLocked):
		return fmt.Errorf("lock the store: %w", err)
	case beside:
		return nil
	}
	return fault.New(fault.Closed, "storage.start.locked", "Path", path)
}

// quickCheck looks at every page before anybody relies on one.
func (s *Store) quickCheck(ctx context.Context, path string) error {
	var verdict string
	err := s.writer.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict)
	if err == nil && verdict == "ok" {
		return nil
	}
	if err == nil {
		err = errors.New("quick_check found damage")
	} else if isFull(err) || isBusy(err) {
		return fmt.Errorf("check the store: %w", err)
	}
	return fault.Wrap(fault.Unreadable, err, "storage.start.damaged", "Path", path)
}
