package storage

import (
	"context"
	"database/sql"
	"time"

	"lamsach/core/ledger"
)

// Progress is where a unit stands (tiến độ): sums over its lists.
type Progress struct {
	Unit     string
	Lists    int
	People   int
	Errors   int // open findings by severity
	Warnings int
	Notes    int
	Changed  time.Time
}

const (
	countColumns = `code, severity, heading, still`
	upsertCount  = `INSERT INTO counts (list, unit, code, severity, heading, still) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (list, code, severity) DO UPDATE SET heading = excluded.heading, still = excluded.still`
)

func scanCount(scan scanner) (c ledger.Count, err error) {
	err = scan(&c.Code, &c.Severity, &c.Group, &c.Open)
	return c, err
}

func listCounts(ctx context.Context, tx *sql.Tx, id string) ([]ledger.Count, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+countColumns+` FROM counts
		WHERE list = (SELECT number FROM lists WHERE id = $1) ORDER BY code, severity`, id)
	if err != nil {
		return nil, err
	}
	return collect(rows, scanCount)
}

// UnitCounts gives the open findings of a unit by code and severity, over all its lists.
func (s *Store) UnitCounts(ctx context.Context, unit string) ([]ledger.Count, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT code, severity, MAX(heading), SUM(still) FROM counts
		WHERE unit = $1 GROUP BY code, severity ORDER BY code, severity`, unit)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, scanCount)
}

// ProgressOfUnits tells where every unit with a list stands, by unit code.
func (s *Store) ProgressOfUnits(ctx context.Context) ([]Progress, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT unit, lists, people, errors, warnings, notes, changed_at
		FROM progress WHERE lists > 0 ORDER BY unit`)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (p Progress, err error) {
		var changed int64
		err = scan(&p.Unit, &p.Lists, &p.People, &p.Errors, &p.Warnings, &p.Notes, &changed)
		p.Changed = time.UnixMicro(changed).UTC()
		return p, err
	})
}

// replaceCounts makes the counts of a list what they are given as, writing only those that changed, and gives what that
// changes in the unit's progress.
func (s *Store) replaceCounts(ctx context.Context, tx *sql.Tx, list int64, unit string, counts []ledger.Count) (change Progress, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+countColumns+` FROM counts WHERE list = $1`, list)
	if err != nil {
		return change, err
	}
	type kind struct{ code, severity string }
	old := map[kind]ledger.Count{}
	err = each(rows, func(scan scanner) error {
		c, err := scanCount(scan)
		old[kind{c.Code, c.Severity}] = c
		return err
	})
	if err != nil {
		return change, err
	}
	for _, c := range counts {
		was, known := old[kind{c.Code, c.Severity}]
		delete(old, kind{c.Code, c.Severity})
		if known && was == c || !known && c.Open == 0 {
			continue
		}
		change.add(was, -1)
		change.add(c, 1)
		if _, err := s.exec(ctx, tx, upsertCount, list, unit, c.Code, c.Severity, c.Group, c.Open); err != nil {
			return change, err
		}
	}
	for key, gone := range old {
		change.add(gone, -1)
		if _, err := s.exec(ctx, tx, `DELETE FROM counts WHERE list = $1 AND code = $2 AND severity = $3`,
			list, key.code, key.severity); err != nil {
			return change, err
		}
	}
	return change, s.keepClean(ctx, tx, list, counts, change)
}

// keepClean notes when a list lost its last open error, and forgets it when it has one again: from it follows that a review
// is done.
func (s *Store) keepClean(ctx context.Context, tx *sql.Tx, list int64, counts []ledger.Count, change Progress) error {
	var now Progress
	for _, c := range counts {
		now.add(c, 1)
	}
	var err error
	switch before := now.Errors - change.Errors; {
	case now.Errors > 0 && before == 0:
		_, err = s.exec(ctx, tx, `UPDATE lists SET clean_at = 0 WHERE number = $1`, list)
	case now.Errors == 0:
		_, err = s.exec(ctx, tx, `UPDATE lists SET clean_at = $2 WHERE number = $1 AND clean_at = 0`, list, s.micros())
	}
	return err
}

func (p *Progress) add(c ledger.Count, sign int) {
	switch c.Severity { // the words of check.Severity
	case "error":
		p.Errors += sign * c.Open
	case "warning":
		p.Warnings += sign * c.Open
	case "info":
		p.Notes += sign * c.Open
	}
}

func (s *Store) addProgress(ctx context.Context, tx *sql.Tx, unit string, p Progress) error {
	_, err := s.exec(ctx, tx, `INSERT INTO progress (unit, lists, people, errors, warnings, notes, changed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (unit) DO UPDATE SET
			lists = progress.lists + excluded.lists, people = progress.people + excluded.people,
			errors = progress.errors + excluded.errors, warnings = progress.warnings + excluded.warnings,
			notes = progress.notes + excluded.notes, changed_at = excluded.changed_at`,
		unit, p.Lists, p.People, p.Errors, p.Warnings, p.Notes, s.micros())
	return err
}
