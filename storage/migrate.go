package storage

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/pressly/goose/v3"

	"lamsach/core/fault"
	"lamsach/storage/migrations"
)

// migrate brings the schema up to date. A schema made by a newer program is refused: this one would not know what it
// does to it.
func (s *Store) migrate(ctx context.Context) error {
	dialect := goose.DialectSQLite3
	if s.engine == Postgres {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, s.writer, migrations.Files,
		goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true), goose.WithTableName("schema_version"))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	have, want, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", told(err))
	}
	switch {
	case have > want:
		return fault.New(fault.Closed, "storage.start.newer", "Have", have, "Want", want)
	case have == want:
		return nil
	case s.lock == nil:
		return fault.New(fault.Closed, "storage.start.older", "Have", have, "Want", want)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("change the schema: %w", told(err))
	}
	s.log.InfoContext(ctx, "schema changed", "from", have, "to", want)
	return nil
}

// checkKey refuses a key that is not the one the store was sealed with, before anything is sealed with two.
func (s *Store) checkKey(ctx context.Context) error {
	mark := hex.EncodeToString(s.seals.check.Sum([]byte("lamsach")))
	var kept string
	err := s.reader.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'key_check'`).Scan(&kept)
	if errors.Is(err, sql.ErrNoRows) {
		_, err = s.writer.ExecContext(ctx,
			`INSERT INTO meta (name, value) VALUES ('key_check', $1) ON CONFLICT (name) DO NOTHING`, mark)
		kept = mark
	}
	if err != nil {
		return fmt.Errorf("check the key: %w", told(err))
	}
	if kept != mark {
		return fault.New(fault.Forbidden, "storage.start.wrong_key")
	}
	return nil
}

// seedSeq goes on above the numbers given before, even when the clock was set back.
func (s *Store) seedSeq(ctx context.Context) error {
	var last int64
	err := s.reader.QueryRowContext(ctx, `SELECT MAX(n) FROM (
		SELECT COALESCE(MAX(seq), 0) AS n FROM inbox UNION ALL
		SELECT COALESCE(MAX(seq), 0) FROM outbox UNION ALL
		SELECT COALESCE(MAX(seq), 0) FROM web_events) AS given`).Scan(&last)
	if err != nil {
		return fmt.Errorf("read the last number: %w", told(err))
	}
	s.seq.Store(last)
	return nil
}
