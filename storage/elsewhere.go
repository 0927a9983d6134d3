package storage

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/roster"
)

// Elsewhere tells who of a unit's list stands on the lists of other units too: the names of those units, by person's id,
// sorted. Nothing else of those lists is given away. LinkElsewhere has found them. The unit has no such list: nobody.
func (s *Store) Elsewhere(ctx context.Context, unit, list string) (found map[string][]string, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT DISTINCT e.sheet, e.line, l.unit FROM lists mine JOIN elsewhere e ON e.list = mine.number
			JOIN lists l ON l.number = e.other AND l.state = 'kept' WHERE mine.id = $2 AND mine.unit = $1 AND mine.state = 'kept'`, unit, list)
		if err != nil {
			return err
		}
		found = map[string][]string{}
		err = each(rows, func(scan scanner) error {
			var sheet, row int
			var other string
			err := scan(&sheet, &row, &other)
			id := roster.PersonID(sheet, row)
			found[id] = append(found[id], other)
			return err
		})
		if err != nil || len(found) == 0 {
			return err
		}
		names, err := unitNames(ctx, tx)
		for _, units := range found {
			for i, code := range units {
				units[i] = nameOf(names, code)
			}
			slices.Sort(units)
		}
		return err
	})
	return found, err
}

// LinkElsewhere looks who of a kept list stands on the lists of other units, and keeps it for both sides; lists for which
// that changes something count a revision up and are stale (StaleLists) until they are counted anew. It compares keyed
// hashes alone: the numbers; where one has none, name and birth date and mother; where one has no mother either, name and
// birth date if nobody else on the two lists has them. With people, it looks for those of the list alone. Else it goes
// through the hashes of all lists once, so it belongs in a job. Repeating it does no harm. There is no such list: nothing.
func (s *Store) LinkElsewhere(ctx context.Context, list string, people []string) error {
	var found seekers
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		found, err = seek(ctx, tx, list, people)
		return err
	})
	if err != nil || found.list == 0 {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return s.relink(ctx, tx, found)
	})
}

// relink makes the links of the people who were looked for those that were found.
func (s *Store) relink(ctx context.Context, tx *sql.Tx, found seekers) error {
	had, err := found.links(ctx, tx)
	if err != nil {
		return err
	}
	touched := map[int64]bool{}
	for l := range had {
		if _, still := found.found[l]; still {
			continue
		}
		for _, side := range []link{l, l.turned()} {
			_, err := s.exec(ctx, tx, `DELETE FROM elsewhere WHERE list = $1 AND sheet = $2 AND line = $3 AND other = $4
				AND other_sheet = $5 AND other_line = $6`, side.values()...)
			if err != nil {
				return err
			}
			touched[side.list] = true
		}
	}
	for l, hashes := range found.found {
		if had[l] {
			continue
		}
		same, err := s.unmoved(ctx, tx, l, hashes)
		if err != nil {
			return err
		}
		if !same {
			continue // whoever moved it looks for it
		}
		for _, side := range []link{l, l.turned()} {
			_, err := s.exec(ctx, tx, `INSERT INTO elsewhere (list, sheet, line, other, other_sheet, other_line)
				VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`, side.values()...)
			if err != nil {
				return err
			}
			touched[side.list] = true
		}
	}
	return s.outdate(ctx, tx, touched)
}

// unmoved tells whether both people of a link are still kept, with the hashes by which they were found.
func (s *Store) unmoved(ctx context.Context, tx *sql.Tx, l link, hashes [2]personHashes) (bool, error) {
	for i, side := range []link{l, l.turned()} {
		var kept int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM lists WHERE number = $1 AND state = 'kept'`, side.list).Scan(&kept)
		if err != nil || kept == 0 {
			return false, err
		}
		now, err := hashesAt(ctx, tx, side.list, place{side.sheet, side.row})
		if fault.Is(err, fault.NotFound) {
			return false, nil
		}
		if err != nil || now != hashes[i] {
			return false, err
		}
	}
	return true, nil
}

// outdate makes lists stale, in order, so that two transactions never wait for each other.
func (s *Store) outdate(ctx context.Context, tx *sql.Tx, lists map[int64]bool) error {
	for _, number := range slices.Sorted(maps.Keys(lists)) {
		if _, err := s.exec(ctx, tx, `UPDATE lists SET revision = revision + 1, links = links + 1, stale = 1 WHERE number = $1 AND state = 'kept'`, number); err != nil {
			return err
		}
	}
	return nil
}

// unlink forgets where the people of a list stand elsewhere, from both sides.
func (s *Store) unlink(ctx context.Context, tx *sql.Tx, list int64) error {
	if _, err := s.exec(ctx, tx, `DELETE FROM elsewhere WHERE list = $1`, list); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, `DELETE FROM elsewhere WHERE other = $1 RETURNING list`, list)
	if err != nil {
		return err
	}
	others := map[int64]bool{}
	err = each(rows, func(scan scanner) error {
		var other int64
		err := scan(&other)
		others[other] = true
		return err
	})
	if err != nil {
		return err
	}
	return s.outdate(ctx, tx, others)
}

// StaleLists names the lists, by unit and id alone, whose counts have to be made anew because of what happened to a list
// of another unit.
func (s *Store) StaleLists(ctx context.Context) ([]ledger.List, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT unit, id FROM lists WHERE stale = 1 AND state = 'kept' ORDER BY number`)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (l ledger.List, err error) {
		err = scan(&l.Unit, &l.ID)
		return l, err
	})
}

// Recount records the open findings of a list at a revision and where its people stand, after which it is not stale. The list has
// moved on or has gone: nothing is recorded.
func (s *Store) Recount(ctx context.Context, list string, revision int, counts []ledger.Count, tallies []ledger.Tally) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var number int64
		var unit string
		err := s.row(ctx, tx, `UPDATE lists SET stale = 0 WHERE id = $1 AND revision = $2 AND state = 'kept' RETURNING number, unit`, list, revision).
			Scan(&number, &unit)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.recount(ctx, tx, number, unit, counts, tallies)
	})
}

// unitNames gives the names under which units are known, the newest of each.
func unitNames(ctx context.Context, tx *sql.Tx) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT unit, unit_name FROM officers ORDER BY bound_at`)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	err = each(rows, func(scan scanner) error {
		var unit, name string
		err := scan(&unit, &name)
		names[unit] = name
		return err
	})
	return names, err
}

// nameOf is the name of a unit, or its code as long as nobody of it was ever here.
func nameOf(names map[string]string, unit string) string {
	if name := names[unit]; name != "" {
		return name
	}
	return unit
}
