package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lamsach/bot"
	"lamsach/core/difficulty"
	"lamsach/core/fault"
)

const difficultyColumns = `id, unit, number, officer, holder, state, list, line, photo, version, entries`

// NextDifficulty gives the number that the unit's next difficulty will have.
func (s *Store) NextDifficulty(ctx context.Context, unit string) (number int, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM difficulties WHERE unit = $1`, unit).Scan(&number)
	return number, told(err)
}

// AddDifficulty keeps a difficulty that was raised. Its error is Conflict, "storage.difficulty.conflict", when the unit has raised
// another one under the number meanwhile.
func (s *Store) AddDifficulty(ctx context.Context, e bot.Ending, d difficulty.Difficulty) error {
	sealed, err := s.sealEntries(d)
	if err != nil {
		return err
	}
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		added, err := s.exec(ctx, tx, `INSERT INTO difficulties (`+difficultyColumns+`, raised_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (unit, number) DO NOTHING`,
			d.ID, d.Unit, d.Number, d.Officer, d.Holder, string(d.State), d.List, d.Row, d.Photo, d.Version, sealed, s.micros())
		if err == nil && added == 0 {
			return fault.New(fault.Conflict, "storage.difficulty.conflict")
		}
		if err != nil {
			return err
		}
		return errors.Join(s.takePart(ctx, tx, d.Unit, d.ID), s.takePart(ctx, tx, d.Holder, d.ID))
	})
}

func (s *Store) takePart(ctx context.Context, tx *sql.Tx, unit, id string) error {
	_, err := s.exec(ctx, tx, `INSERT INTO difficulty_parts (unit, difficulty) VALUES ($1, $2) ON CONFLICT (unit, difficulty) DO NOTHING`, unit, id)
	return err
}

// ChangeDifficulty keeps the next step of a difficulty; d.Version is one above that of the step before. Its error is Conflict,
// "storage.difficulty.conflict", when somebody else has taken a step meanwhile.
func (s *Store) ChangeDifficulty(ctx context.Context, e bot.Ending, d difficulty.Difficulty) error {
	sealed, err := s.sealEntries(d)
	if err != nil {
		return err
	}
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		changed, err := s.exec(ctx, tx, `UPDATE difficulties SET holder = $3, state = $4, version = $5, entries = $6
			WHERE id = $1 AND version = $2`, d.ID, d.Version-1, d.Holder, string(d.State), d.Version, sealed)
		if err == nil && changed == 0 {
			return fault.New(fault.Conflict, "storage.difficulty.conflict")
		}
		if err != nil {
			return err
		}
		return s.takePart(ctx, tx, d.Holder, d.ID)
	})
}

// Difficulty gives a difficulty. There is none: NotFound, "storage.difficulty.not_found"; who may see it is for the caller to judge.
func (s *Store) Difficulty(ctx context.Context, id string) (difficulty.Difficulty, error) {
	row := s.reader.QueryRowContext(ctx, `SELECT `+difficultyColumns+` FROM difficulties WHERE id = $1`, id)
	d, err := s.scanDifficulty(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return d, notFound("storage.difficulty.not_found")
	}
	return d, told(err)
}

// Difficulties lists what a unit raised, has to answer, or had to answer before it was passed on: the open ones first, the newest first among equals.
func (s *Store) Difficulties(ctx context.Context, unit string) ([]difficulty.Difficulty, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+difficultyColumns+` FROM difficulties WHERE id IN (SELECT difficulty FROM difficulty_parts WHERE unit = $1)
		ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'answered' THEN 1 ELSE 2 END, raised_at DESC, id`, unit)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, s.scanDifficulty)
}

// DifficultyCounts adds up the difficulties of every unit that raised any, by unit code.
func (s *Store) DifficultyCounts(ctx context.Context) ([]difficulty.Count, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT unit, COUNT(*), SUM(CASE state WHEN 'open' THEN 1 ELSE 0 END)
		FROM difficulties GROUP BY unit ORDER BY unit`)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (c difficulty.Count, err error) {
		err = scan(&c.Unit, &c.Raised, &c.Open)
		return c, err
	})
}

func (s *Store) sealEntries(d difficulty.Difficulty) ([]byte, error) {
	plain, err := json.Marshal(d.Entries)
	if err != nil {
		return nil, err
	}
	return s.seals.entries.Seal(nil, d.ID, plain), nil
}

func (s *Store) scanDifficulty(scan scanner) (d difficulty.Difficulty, err error) {
	var sealed []byte
	err = scan(&d.ID, &d.Unit, &d.Number, &d.Officer, &d.Holder, &d.State, &d.List, &d.Row, &d.Photo, &d.Version, &sealed)
	if err != nil {
		return difficulty.Difficulty{}, err
	}
	plain, err := s.seals.entries.Open(nil, d.ID, sealed)
	if err != nil {
		return d, fmt.Errorf("open difficulty %s: %w", d.ID, err)
	}
	return d, json.Unmarshal(plain, &d.Entries)
}
