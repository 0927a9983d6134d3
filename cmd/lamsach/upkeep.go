package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"lamsach/storage"
)

// purgeEvery is how often a serving program forgets what it need not keep.
const purgeEvery = 6 * time.Hour

// keepTidy purges at once and then regularly, until the context ends. A failure is told to the operator and tried again.
func keepTidy(ctx context.Context, store *storage.Store, now func() time.Time, log *slog.Logger) {
	tick := time.NewTicker(purgeEvery)
	defer tick.Stop()
	for {
		if err := store.Purge(ctx, now()); err != nil && ctx.Err() == nil {
			log.Error("the store was not purged", "err", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// purgeCommand forgets what need not be kept, at once.
type purgeCommand struct{ storeConfig }

// Run purges.
func (c purgeCommand) Run(w world) error {
	return withStore(w, c.storeConfig, true, func(store *storage.Store) error { return store.Purge(w.ctx, w.now()) })
}

// backupCommand copies the store while it is being served. What is personal stays sealed in the copy.
type backupCommand struct {
	storeConfig
	To string `arg:"" name:"to" type:"path" help:"The file to write; it must not be there yet."`
}

// Run writes the copy, then opens it and verifies it: a backup that was never read is none.
func (c backupCommand) Run(w world) error {
	if !strings.HasPrefix(c.Database, "sqlite:") {
		return errors.New("backup copies SQLite stores; for PostgreSQL use pg_dump")
	}
	err := withStore(w, c.storeConfig, true, func(store *storage.Store) error { return store.Backup(w.ctx, c.To) })
	if err != nil {
		return err
	}
	copied := c.storeConfig
	copied.Database, copied.DatabaseFile = "sqlite:"+c.To, ""
	return withStore(w, copied, false, func(store *storage.Store) error {
		head, err := store.VerifyAudit(w.ctx, storage.AuditHead{})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.stdout, "%s is written and verified: %d audit lines\n", c.To, head.Seq)
		return err
	})
}

// restoreCommand puts a backup in the place of a store that is not there.
type restoreCommand struct {
	storeConfig
	From string `arg:"" name:"from" type:"existingfile" help:"The backup."`
}

// Run copies the backup to where the store belongs and verifies it there.
func (c restoreCommand) Run(w world) error {
	path, ok := strings.CutPrefix(c.Database, "sqlite:")
	if !ok {
		return errors.New("restore brings back SQLite stores; for PostgreSQL use pg_restore")
	}
	if err := copyFile(c.From, path); err != nil {
		return err
	}
	return migrateCommand{c.storeConfig}.Run(w)
}

// copyFile copies to a file that must not be there: a restore never overwrites a store.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// withStore opens the store for one command and closes it after.
func withStore(w world, c storeConfig, beside bool, do func(*storage.Store) error) error {
	store, err := openStore(w, c, beside)
	if err != nil {
		return err
	}
	return errors.Join(do(store), store.Close())
}
