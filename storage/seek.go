package storage

import (
	"context"
	"database/sql"
	"errors"

	"lamsach/storage/seal"
)

// mostAlike bounds how many people of one list are held against one hash: a list in which a number was filled down the
// column is a fault of its own, told by other rules.
const mostAlike = 8

// seekers are people of one list who are looked for in the lists of other units, and where they were found.
type seekers struct {
	list   int64
	unit   string
	all    bool // they are the whole list
	people []seeker
	by     map[aboutHash][]int // people
	found  map[link][2]personHashes
}

type seeker struct {
	sheet, row int
	hashes     personHashes
}

// aboutHash is a keyed hash with what it is about.
type aboutHash struct {
	about int
	hash  [seal.HashSize]byte
}

// link is a person of a list and the same one on another.
type link struct {
	list       int64
	sheet, row int
	other      int64
	otherSheet int
	otherRow   int
}

func (l link) turned() link {
	return link{l.other, l.otherSheet, l.otherRow, l.list, l.sheet, l.row}
}

func (l link) values() []any {
	return []any{l.list, l.sheet, l.row, l.other, l.otherSheet, l.otherRow}
}

// candidate is somebody of another list with one of the hashes.
type candidate struct {
	key        aboutHash
	list       int64
	sheet, row int
}

// seek looks for people of a kept list, all or some, in the lists of other units.
func seek(ctx context.Context, tx *sql.Tx, list string, ids []string) (s seekers, err error) {
	s = seekers{all: len(ids) == 0, by: map[aboutHash][]int{}, found: map[link][2]personHashes{}}
	err = tx.QueryRowContext(ctx, `SELECT number, unit FROM lists WHERE id = $1 AND state = 'kept'`, list).Scan(&s.list, &s.unit)
	if errors.Is(err, sql.ErrNoRows) {
		return seekers{}, nil
	}
	if err == nil {
		err = s.gather(ctx, tx, ids)
	}
	if err != nil {
		return s, err
	}
	candidates, err := s.candidates(ctx, tx)
	if err != nil {
		return s, err
	}
	for _, c := range candidates {
		if err := s.compare(ctx, tx, c); err != nil {
			return s, err
		}
	}
	return s, nil
}

// gather reads the hashes of the people who are looked for.
func (s *seekers) gather(ctx context.Context, tx *sql.Tx, ids []string) error {
	if !s.all {
		for _, id := range ids {
			sheet, row, err := parsePersonID(id)
			if err != nil {
				return err
			}
			var blob []byte
			err = tx.QueryRowContext(ctx, `SELECT hashes FROM people WHERE list = $1 AND sheet = $2 AND line = $3`, s.list, sheet, row).Scan(&blob)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			if err := s.put(sheet, row, blob); err != nil {
				return err
			}
		}
		return nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT sheet, line, hashes FROM people WHERE list = $1`, s.list)
	if err != nil {
		return err
	}
	return each(rows, func(scan scanner) error {
		var sheet, row int
		var blob sql.RawBytes
		if err := scan(&sheet, &row, &blob); err != nil {
			return err
		}
		return s.put(sheet, row, blob)
	})
}

func (s *seekers) put(sheet, row int, blob []byte) error {
	hashes, err := readHashes(blob)
	if err != nil {
		return err
	}
	for about, hash := range hashes.each() {
		key := aboutHash{about, [seal.HashSize]byte(hash)}
		if len(s.by[key]) < mostAlike {
			s.by[key] = append(s.by[key], len(s.people))
		}
	}
	s.people = append(s.people, seeker{sheet, row, hashes})
	return nil
}

// candidates gives who has one of the hashes on a list of another unit: of a few people one look for each in every list,
// else one pass over all lists.
func (s *seekers) candidates(ctx context.Context, tx *sql.Tx) (found []candidate, err error) {
	const from = `SELECT k.list, k.about, k.hash, k.sheet, k.line FROM lists l JOIN person_keys k ON k.list = l.number`
	const where = ` WHERE l.unit <> $1 AND l.state = 'kept'`
	seen := map[int64]map[aboutHash]int{}
	take := func(rows *sql.Rows, err error) error {
		if err != nil {
			return err
		}
		return each(rows, func(scan scanner) error {
			var c candidate
			var hash sql.RawBytes
			if err := scan(&c.list, &c.key.about, &hash, &c.sheet, &c.row); err != nil {
				return err
			}
			if copy(c.key.hash[:], hash) != seal.HashSize || s.by[c.key] == nil {
				return nil
			}
			if seen[c.list] == nil {
				seen[c.list] = map[aboutHash]int{}
			}
			if seen[c.list][c.key]++; seen[c.list][c.key] <= mostAlike {
				found = append(found, c)
			}
			return nil
		})
	}
	if s.all {
		return found, take(tx.QueryContext(ctx, from+where, s.unit))
	}
	for key := range s.by {
		if err := take(tx.QueryContext(ctx, from+` AND k.about = $2 AND k.hash = $3`+where, s.unit, key.about, key.hash[:])); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// compare holds a candidate against the people with the same hash.
func (s *seekers) compare(ctx context.Context, tx *sql.Tx, c candidate) error {
	var blob []byte
	err := tx.QueryRowContext(ctx, `SELECT hashes FROM people WHERE list = $1 AND sheet = $2 AND line = $3`, c.list, c.sheet, c.row).Scan(&blob)
	if err != nil {
		return err
	}
	theirs, err := readHashes(blob)
	if err != nil {
		return err
	}
	for _, i := range s.by[c.key] {
		mine := s.people[i]
		one, sure := mine.hashes.samePerson(&theirs)
		if one && !sure {
			if one, err = s.alone(ctx, tx, c); err != nil {
				return err
			}
		}
		if one {
			s.found[link{s.list, mine.sheet, mine.row, c.list, c.sheet, c.row}] = [2]personHashes{mine.hashes, theirs}
		}
	}
	return nil
}

// alone tells whether a hash stands once on either list.
func (s *seekers) alone(ctx context.Context, tx *sql.Tx, c candidate) (bool, error) {
	for _, list := range []int64{s.list, c.list} {
		var n int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM person_keys WHERE list = $1 AND about = $2 AND hash = $3`, list, c.key.about, c.key.hash[:]).Scan(&n)
		if err != nil || n != 1 {
			return false, err
		}
	}
	return true, nil
}

// links gives the links that are kept of the people who were looked for.
func (s *seekers) links(ctx context.Context, tx *sql.Tx) (map[link]bool, error) {
	mine := map[[2]int]bool{}
	for _, p := range s.people {
		mine[[2]int{p.sheet, p.row}] = true
	}
	rows, err := tx.QueryContext(ctx, `SELECT list, sheet, line, other, other_sheet, other_line FROM elsewhere WHERE list = $1`, s.list)
	if err != nil {
		return nil, err
	}
	had := map[link]bool{}
	return had, each(rows, func(scan scanner) error {
		var l link
		err := scan(&l.list, &l.sheet, &l.row, &l.other, &l.otherSheet, &l.otherRow)
		if mine[[2]int{l.sheet, l.row}] {
			had[l] = true
		}
		return err
	})
}
