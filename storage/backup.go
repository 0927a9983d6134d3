package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"lamsach/core/fault"
)

// Backup writes a whole copy of an SQLite store, as it is at one moment, to a new file that only its owner can read; the
// store may be in use, and nobody waits. What is personal in it is sealed as in the store. It returns after the copy is
// on the disk; with an error there is none. PostgreSQL has its own tools: Invalid, "storage.backup.postgres".
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	if s.engine != SQLite {
		return fault.New(fault.Invalid, "storage.backup.postgres")
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("back up the store: %w", err)
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			err = errors.Join(fmt.Errorf("back up the store: %w", err), os.Remove(path))
		}
	}()
	db, err := sql.Open("sqlite", s.copier)
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO $1`, path); err != nil {
		return errors.Join(told(err), db.Close())
	}
	if err := db.Close(); err != nil {
		return err
	}
	return file.Sync()
}
