package storage

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"lamsach/core/ledger"
)

// ReconcileList holds what is kept of a list at a revision against what was counted anew, person by person, and puts right what
// differs. What the list came with is no count and stays. The list has moved on or has gone: nothing is done.
func (s *Store) ReconcileList(ctx context.Context, list string, revision int, counts []ledger.Count, tallies []ledger.Tally) (wrong []ledger.Miscount, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		wrong = nil
		var number int64
		var unit, kind string
		err := s.row(ctx, tx, `UPDATE lists SET stale = 0 WHERE id = $1 AND revision = $2 AND state = 'kept' RETURNING number, unit, kind`,
			list, revision).Scan(&number, &unit, &kind)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		findings, err := s.replaceCounts(ctx, tx, number, unit, counts)
		if err != nil {
			return err
		}
		if findings != (Progress{}) {
			wrong = append(wrong, ledger.Miscount{What: "findings of " + list})
		}
		if err := s.addProgress(ctx, tx, unit, findings); err != nil {
			return err
		}
		was, _, err := s.tallyOf(ctx, tx, number)
		if err != nil {
			return err
		}
		next := withFirst(tallies, was.hamlets, nil, len(was.hamlets) > 0)
		if !slices.Equal(next, was.hamlets) {
			wrong = append(wrong, ledger.Miscount{What: "list " + list, Kept: ledger.Sum(was.hamlets), True: ledger.Sum(next)})
		}
		return s.retally(ctx, tx, number, unit, kind, tallies, nil)
	})
	return wrong, err
}

// unitKind is what sums are kept by.
type unitKind struct{ unit, kind string }

// unitSum is what is kept of a unit and kind of list.
type unitSum struct {
	lists int
	sum   ledger.Tally
}

// ReconcileUnits holds what is kept of units against the sums over their lists, and puts right what differs.
func (s *Store) ReconcileUnits(ctx context.Context) (wrong []ledger.Miscount, err error) {
	var doubtful []unitKind
	err = s.read(ctx, func(tx *sql.Tx) error {
		kept, truth, err := s.unitSums(ctx, tx, "")
		for key, t := range truth {
			if kept[key] != t {
				doubtful = append(doubtful, key)
			}
			delete(kept, key)
		}
		for key, k := range kept {
			if k != (unitSum{}) {
				doubtful = append(doubtful, key)
			}
		}
		return err
	})
	for _, key := range doubtful {
		if err != nil {
			return wrong, err
		}
		err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
			found, err := s.mendUnit(ctx, tx, key)
			wrong = append(wrong, found...)
			return err
		})
	}
	slices.SortFunc(wrong, func(a, b ledger.Miscount) int { return strings.Compare(a.What, b.What) })
	return slices.Compact(wrong), err
}

// mendUnit makes the sum of a unit true. It holds the unit first, so that no list changes meanwhile.
func (s *Store) mendUnit(ctx context.Context, tx *sql.Tx, key unitKind) ([]ledger.Miscount, error) {
	if err := s.addProgress(ctx, tx, key.unit, Progress{}); err != nil {
		return nil, err
	}
	kept, truth, err := s.unitSums(ctx, tx, key.unit)
	if err != nil || kept[key] == truth[key] {
		return nil, err
	}
	_, err = s.exec(ctx, tx, `INSERT INTO unit_tallies (unit, kind, lists, sums, changed_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (unit, kind) DO UPDATE SET lists = excluded.lists, sums = excluded.sums`,
		key.unit, key.kind, truth[key].lists, numbers(truth[key].sum), s.micros())
	return []ledger.Miscount{{What: "unit " + key.unit + " " + key.kind, Kept: kept[key].sum, True: truth[key].sum}}, err
}

// unitSums gives what is kept of a unit ("": of all) and what the lists come to.
func (s *Store) unitSums(ctx context.Context, tx *sql.Tx, unit string) (kept, truth map[unitKind]unitSum, err error) {
	kept, truth = map[unitKind]unitSum{}, map[unitKind]unitSum{}
	rows, err := tx.QueryContext(ctx, `SELECT unit, kind, lists, sums FROM unit_tallies WHERE $1 = '' OR unit = $1`, unit)
	if err != nil {
		return nil, nil, err
	}
	err = each(rows, func(scan scanner) error {
		t, err := scanUnitTally(scan)
		kept[unitKind{t.Unit, t.Kind}] = unitSum{t.Lists, t.Tally}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	rows, err = tx.QueryContext(ctx, `SELECT unit, kind, 1, sums FROM tallies WHERE $1 = '' OR unit = $1`, unit)
	if err != nil {
		return nil, nil, err
	}
	err = each(rows, func(scan scanner) error {
		t, err := scanUnitTally(scan)
		sum := truth[unitKind{t.Unit, t.Kind}]
		sum.lists++
		sum.sum.Add(t.Tally, 1)
		truth[unitKind{t.Unit, t.Kind}] = sum
		return err
	})
	return kept, truth, err
}

// KeptLists names every list that is kept, by unit and id alone, to go through them all.
func (s *Store) KeptLists(ctx context.Context) ([]ledger.List, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT unit, id FROM lists WHERE state = 'kept' ORDER BY number`)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (l ledger.List, err error) {
		err = scan(&l.Unit, &l.ID)
		return l, err
	})
}
