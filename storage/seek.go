package storage

import (
	"context"
	"database/sql"
	"errors"

	"lamsach/core/fault"
	"lamsach/storage/seal"
)

// mostAlike bounds how many people of one list are held against one hash: a list in which a number was filled down the
// column is a fault of its own, told by other rules.
const mostAlike = 8

// seekers are people of one list who are looked for in the lists of other units, and where they were found.
type seekers struct {
	list   int64
	unit   string
	all    bool           // they are the whole list
	people map[place]bool // unless they are
	keys   keyIndex
	found  map[link][2]personHashes
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
	s = seekers{all: len(ids) == 0, people: map[place]bool{}, found: map[link][2]personHashes{}}
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

// gather reads the keys of the people who are looked for.
func (s *seekers) gather(ctx context.Context, tx *sql.Tx, ids []string) error {
	if s.all {
		return s.keys.readList(ctx, tx, s.list)
	}
	for _, id := range ids {
		sheet, row, err := parsePersonID(id)
		if err != nil {
			return err
		}
		at := place{sheet, row}
		hashes, err := hashesAt(ctx, tx, s.list, at)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		s.people[at] = true
		s.keys.add(at, &hashes)
	}
	s.keys.sort()
	return nil
}

// candidates gives who has one of the hashes on a list of another unit: of a few people one look for each in every list,
// else one pass over all lists.
func (s *seekers) candidates(ctx context.Context, tx *sql.Tx) (found []candidate, err error) {
	met := map[candidate]bool{} // who has a row of his own may be met twice
	alike := map[int64]map[aboutHash]int{}
	take := func(m meeting) {
		c := candidate{aboutHash{m.about, m.hash}, m.list, m.at.sheet, m.at.row}
		if len(s.keys.find(m.about, m.hash)) == 0 || met[c] {
			return
		}
		if alike[c.list] == nil {
			alike[c.list] = map[aboutHash]int{}
		}
		if alike[c.list][c.key]++; alike[c.list][c.key] <= mostAlike {
			met[c] = true
			found = append(found, c)
		}
	}
	if s.all {
		err := eachKey(ctx, tx, s.unit, take)
		return found, err
	}
	for about, keys := range s.keys.about {
		for i := range keys {
			if i > 0 && keys[i].hash == keys[i-1].hash {
				continue
			}
			if err := eachWith(ctx, tx, s.unit, aboutHash{about, keys[i].hash}, take); err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

// compare holds a candidate against the people with the same hash.
func (s *seekers) compare(ctx context.Context, tx *sql.Tx, c candidate) error {
	theirs, err := hashesAt(ctx, tx, c.list, place{c.sheet, c.row})
	if err != nil {
		return err
	}
	own := s.keys.find(c.key.about, c.key.hash)
	for _, k := range own[:min(len(own), mostAlike)] {
		mine, err := hashesAt(ctx, tx, s.list, k.at())
		if err != nil {
			return err
		}
		one, sure := mine.samePerson(&theirs)
		if one && !sure {
			if one, err = s.alone(ctx, tx, c); err != nil {
				return err
			}
		}
		if one {
			s.found[link{s.list, k.at().sheet, k.at().row, c.list, c.sheet, c.row}] = [2]personHashes{mine, theirs}
		}
	}
	return nil
}

// alone tells whether a hash stands once on either list.
func (s *seekers) alone(ctx context.Context, tx *sql.Tx, c candidate) (bool, error) {
	for _, list := range []int64{s.list, c.list} {
		places, err := withHash(ctx, tx, list, c.key.about, c.key.hash[:])
		if err != nil || len(places) != 1 {
			return false, err
		}
	}
	return true, nil
}

// links gives the links that are kept of the people who were looked for.
func (s *seekers) links(ctx context.Context, tx *sql.Tx) (map[link]bool, error) {
	rows, err := tx.QueryContext(ctx, `SELECT list, sheet, line, other, other_sheet, other_line FROM elsewhere WHERE list = $1`, s.list)
	if err != nil {
		return nil, err
	}
	had := map[link]bool{}
	return had, each(rows, func(scan scanner) error {
		var l link
		err := scan(&l.list, &l.sheet, &l.row, &l.other, &l.otherSheet, &l.otherRow)
		if s.all || s.people[place{l.sheet, l.row}] {
			had[l] = true
		}
		return err
	})
}
