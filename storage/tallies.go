package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/ledger"
)

const (
	readTally = `SELECT unit, kind, body FROM tallies WHERE list = $1`
	keepTally = `INSERT INTO tallies (list, unit, kind, sums, body) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (list) DO UPDATE SET sums = excluded.sums, body = excluded.body`
	// Holds the unit's row, so that of two lists of a unit none overwrites the other's change.
	holdUnitTally = `INSERT INTO unit_tallies (unit, kind, lists, sums, changed_at) VALUES ($1, $2, 0, '', $3)
		ON CONFLICT (unit, kind) DO UPDATE SET changed_at = excluded.changed_at RETURNING sums`
	keepUnitTally = `UPDATE unit_tallies SET lists = lists + $3, sums = $4 WHERE unit = $1 AND kind = $2`
)

// hamletTally is a hamlet's line in the sealed body.
type hamletTally struct {
	Hamlet  string `json:"h,omitempty"`
	Numbers []int  `json:"n"`
}

// keptTally is what is kept of a list.
type keptTally struct {
	unit, kind string
	hamlets    []ledger.Tally
}

// tallyPlace is what a list's body is sealed for.
func tallyPlace(list int64) string { return strconv.FormatInt(list, 10) }

// retally makes what is kept of a list by hamlet what it is given as, and brings the unit's sums along. What the list came with
// stays: a list that is new comes with what first says, or with what it is given as. Nothing given: nothing is counted.
func (s *Store) retally(ctx context.Context, tx *sql.Tx, list int64, unit, kind string, now, first []ledger.Tally) error {
	if len(now) == 0 {
		return nil
	}
	was, known, err := s.tallyOf(ctx, tx, list)
	if err != nil {
		return err
	}
	next := withFirst(now, was.hamlets, first, known)
	if kind == "" {
		kind = was.kind
	}
	body, err := encodeTallies(next)
	if err != nil {
		return err
	}
	sum, lists := ledger.Sum(next), 0
	if _, err := s.exec(ctx, tx, keepTally, list, unit, kind, numbers(sum), s.seals.tally.Seal(nil, tallyPlace(list), body)); err != nil {
		return err
	}
	if !known {
		lists = 1
	}
	sum.Add(ledger.Sum(was.hamlets), -1)
	return s.addUnitTally(ctx, tx, unit, kind, lists, sum)
}

// withFirst puts what the list came with beside what holds now.
func withFirst(now, was, first []ledger.Tally, known bool) []ledger.Tally {
	if !known && len(first) == 0 {
		out := slices.Clone(now)
		for i := range out {
			out[i].First = out[i].Now
		}
		return out
	}
	if known {
		first = was
	}
	at := map[string]ledger.State{}
	for _, t := range first {
		at[t.Hamlet] = t.First
	}
	out := make([]ledger.Tally, 0, len(now))
	for _, t := range now {
		t.First = at[t.Hamlet]
		delete(at, t.Hamlet)
		out = append(out, t)
	}
	for _, t := range first { // hamlets that have nobody now, in their order
		if left, ok := at[t.Hamlet]; ok && left != (ledger.State{}) {
			out = append(out, ledger.Tally{Hamlet: t.Hamlet, First: left})
		}
	}
	slices.SortStableFunc(out, func(a, b ledger.Tally) int { return strings.Compare(a.Hamlet, b.Hamlet) })
	return out
}

// dropTally forgets what is kept of a list, and gives it.
func (s *Store) dropTally(ctx context.Context, tx *sql.Tx, list int64) ([]ledger.Tally, error) {
	was, known, err := s.tallyOf(ctx, tx, list)
	if err != nil || !known {
		return nil, err
	}
	if _, err := s.exec(ctx, tx, `DELETE FROM tallies WHERE list = $1`, list); err != nil {
		return nil, err
	}
	var less ledger.Tally
	less.Add(ledger.Sum(was.hamlets), -1)
	return was.hamlets, s.addUnitTally(ctx, tx, was.unit, was.kind, -1, less)
}

// tallyOf gives what is kept of a list; false: nothing.
func (s *Store) tallyOf(ctx context.Context, tx *sql.Tx, list int64) (t keptTally, known bool, err error) {
	var sealed []byte
	err = s.row(ctx, tx, readTally, list).Scan(&t.unit, &t.kind, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return t, false, nil
	}
	if err == nil {
		t.hamlets, err = s.openTallies(list, sealed)
	}
	return t, err == nil, err
}

func encodeTallies(all []ledger.Tally) ([]byte, error) {
	lines := make([]hamletTally, len(all))
	for i, t := range all {
		lines[i] = hamletTally{t.Hamlet, t.Numbers()}
	}
	return json.Marshal(lines)
}

func (s *Store) openTallies(list int64, sealed []byte) ([]ledger.Tally, error) {
	plain, err := s.seals.tally.Open(nil, tallyPlace(list), sealed)
	var lines []hamletTally
	if err == nil {
		err = json.Unmarshal(plain, &lines)
	}
	all := make([]ledger.Tally, len(lines))
	for i := 0; i < len(lines) && err == nil; i++ {
		all[i], err = ledger.ReadTally(lines[i].Hamlet, lines[i].Numbers)
	}
	if err != nil {
		return nil, fmt.Errorf("open the counts of list %d: %w", list, err)
	}
	return all, nil
}

// addUnitTally adds to what is kept of a unit and kind of list.
func (s *Store) addUnitTally(ctx context.Context, tx *sql.Tx, unit, kind string, lists int, change ledger.Tally) error {
	if lists == 0 && change.IsZero() {
		return nil
	}
	var sums string
	if err := s.row(ctx, tx, holdUnitTally, unit, kind, s.micros()).Scan(&sums); err != nil {
		return err
	}
	sum, err := readNumbers(sums)
	if err != nil {
		return err
	}
	sum.Add(change, 1)
	_, err = s.exec(ctx, tx, keepUnitTally, unit, kind, lists, numbers(sum))
	return err
}

// numbers writes a tally's numbers between blanks.
func numbers(t ledger.Tally) string {
	out := make([]byte, 0, 3*ledger.Figures)
	for i, n := range t.Numbers() {
		if i > 0 {
			out = append(out, ' ')
		}
		out = strconv.AppendInt(out, int64(n), 10)
	}
	return string(out)
}

// readNumbers undoes numbers; the empty text is all 0.
func readNumbers(text string) (ledger.Tally, error) {
	var space [ledger.Figures]int
	all := space[:0]
	for text != "" {
		word, rest, _ := strings.Cut(text, " ")
		n, err := strconv.Atoi(word)
		if err != nil {
			return ledger.Tally{}, fmt.Errorf("storage: kept counts: %w", err)
		}
		all, text = append(all, n), rest
	}
	return ledger.ReadTally("", all)
}

// UnitTallies gives where every unit with a list stands, by unit and kind of list.
func (s *Store) UnitTallies(ctx context.Context) ([]ledger.UnitTally, error) {
	return s.queryUnitTallies(ctx, `lists > 0 ORDER BY unit, kind`)
}

// TalliesOf gives where one unit stands, by kind of list.
func (s *Store) TalliesOf(ctx context.Context, unit string) ([]ledger.UnitTally, error) {
	return s.queryUnitTallies(ctx, `lists > 0 AND unit = $1 ORDER BY kind`, unit)
}

func (s *Store) queryUnitTallies(ctx context.Context, where string, args ...any) ([]ledger.UnitTally, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT unit, kind, lists, sums FROM unit_tallies WHERE `+where, args...) //nolint:gosec // constants
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, scanUnitTally)
}

func scanUnitTally(scan scanner) (t ledger.UnitTally, err error) {
	var sums string
	if err := scan(&t.Unit, &t.Kind, &t.Lists, &sums); err != nil {
		return t, err
	}
	t.Tally, err = readNumbers(sums)
	return t, err
}

// HamletTallies gives where a unit's lists stand, hamlet by hamlet.
func (s *Store) HamletTallies(ctx context.Context, unit string) ([]ledger.ListTally, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT l.id, t.kind, t.list, t.body FROM tallies t JOIN lists l ON l.number = t.list
		WHERE t.unit = $1 AND l.state = 'kept' ORDER BY l.received_at, l.number`, unit)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (t ledger.ListTally, err error) {
		var number int64
		var sealed []byte
		if err := scan(&t.List, &t.Kind, &number, &sealed); err != nil {
			return t, err
		}
		t.Hamlets, err = s.openTallies(number, sealed)
		return t, err
	})
}
