package storage

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/roster"
)

const (
	decidePerson = `UPDATE people SET decided = $5, hashes = $6, version = version + 1
		WHERE list = $1 AND sheet = $2 AND line = $3 AND version = $4`
	// insertOwn gives somebody of a block the row that holds from now on.
	insertOwn = `INSERT INTO people (list, sheet, line, version, hashes, cells, decided) VALUES ($1, $2, $3, 1, $4, $5, $6)
		ON CONFLICT (list, sheet, line) DO NOTHING`
	readPerson = `SELECT version, decided, hashes FROM people WHERE list = $1 AND sheet = $2 AND line = $3`
)

// keptChange is a change as it is kept: what undoing it puts back, the keyed hashes too.
type keptChange struct {
	Person  string `json:"p"`
	Version int    `json:"v"`
	Before  []byte `json:"b,omitempty"`
	After   []byte `json:"a,omitempty"`
	Hashes  []byte `json:"h"`
}

// personNow is what a correction meets.
type personNow struct {
	sheet, row int
	version    int
	decided    []byte
	hashes     personHashes
	held       *heldPerson // nil when he has a row of his own
}

// RecordCorrection records what an officer did to one or more people of a list, and counts its revision up. What held
// before is kept as the store has it, whatever Before says. The list or
// one of the people has moved on since BaseRevision and Version: Conflict, "storage.correction.conflict", and nothing is
// recorded. There is no such list or person: NotFound.
func (s *Store) RecordCorrection(ctx context.Context, e bot.Ending, c ledger.Correction) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		number, unit, err := s.advance(ctx, tx, c.List, c.BaseRevision)
		if err != nil {
			return err
		}
		kept := make([]keptChange, 0, len(c.Changes))
		held := heldBlocks{list: number}
		for _, change := range c.Changes {
			was, err := s.personNow(ctx, tx, &held, change.Person)
			if err != nil {
				return err
			}
			if was.version != change.Version {
				return conflict()
			}
			if err := s.decide(ctx, tx, number, was, change.After, s.hashesOf(change.NumberKey, change.NameKey, change.MotherKey)); err != nil {
				return err
			}
			kept = append(kept, keptChange{Person: change.Person, Version: change.Version, Before: was.decided,
				After: change.After, Hashes: was.hashes[:]})
		}
		if err := s.keepCorrection(ctx, tx, number, c, kept); err != nil {
			return err
		}
		return s.recount(ctx, tx, number, unit, c.Counts, c.Tallies)
	})
}

// UndoCorrection puts back what a correction changed, as LastCorrection gave it but for c.Tallies, which are those after it,
// and counts the list's revision up. The
// list has moved on since, or the correction was undone: Conflict.
func (s *Store) UndoCorrection(ctx context.Context, e bot.Ending, c ledger.Correction, counts []ledger.Count) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		number, unit, err := s.advance(ctx, tx, c.List, c.Revision)
		if err != nil {
			return err
		}
		kept, err := s.takeCorrection(ctx, tx, number, c.ID)
		if err != nil {
			return err
		}
		held := heldBlocks{list: number}
		for _, change := range kept {
			was, err := s.personNow(ctx, tx, &held, change.Person)
			if err != nil {
				return err
			}
			if !bytes.Equal(was.decided, change.After) {
				return conflict()
			}
			hashes, err := readHashes(change.Hashes)
			if err != nil {
				return err
			}
			if err := s.decide(ctx, tx, number, was, change.Before, hashes); err != nil {
				return err
			}
		}
		return s.recount(ctx, tx, number, unit, counts, c.Tallies)
	})
}

func conflict() error { return fault.New(fault.Conflict, "storage.correction.conflict") }

// advance counts the list's revision up from base.
func (s *Store) advance(ctx context.Context, tx *sql.Tx, list string, base int) (number int64, unit string, err error) {
	err = s.row(ctx, tx, `UPDATE lists SET revision = revision + 1 WHERE id = $1 AND revision = $2 AND state = 'kept'
		RETURNING number, unit`, list, base).Scan(&number, &unit)
	if !errors.Is(err, sql.ErrNoRows) {
		return number, unit, err
	}
	if _, err := listNumber(ctx, tx, list); err != nil {
		return 0, "", err
	}
	return 0, "", conflict()
}

func (s *Store) personNow(ctx context.Context, tx *sql.Tx, held *heldBlocks, id string) (p personNow, err error) {
	if p.sheet, p.row, err = parsePersonID(id); err != nil {
		return p, err
	}
	var decided, hashes []byte
	err = s.row(ctx, tx, readPerson, held.list, p.sheet, p.row).Scan(&p.version, &decided, &hashes)
	if errors.Is(err, sql.ErrNoRows) {
		came, err := held.find(s, place{p.sheet, p.row}, func(query string, args ...any) *sql.Row { return s.row(ctx, tx, query, args...) })
		p.decided, p.hashes, p.held = came.Decided, came.hashes, &came
		return p, err
	}
	if err != nil {
		return p, err
	}
	if p.hashes, err = readHashes(hashes); err != nil {
		return p, err
	}
	p.decided, err = s.openDecided(personPlace(held.list, id), p.version, decided)
	return p, err
}

// decide makes a decision hold, for the person's next version.
func (s *Store) decide(ctx context.Context, tx *sql.Tx, list int64, p personNow, decision []byte, hashes personHashes) error {
	place := personPlace(list, roster.PersonID(p.sheet, p.row))
	sealed := s.seals.decided.Seal(nil, decidedPlace(place, p.version+1), decision)
	if p.held != nil {
		return s.ownRow(ctx, tx, list, p, place, sealed, hashes)
	}
	changed, err := s.exec(ctx, tx, decidePerson, list, p.sheet, p.row, p.version, sealed, hashes[:])
	if err != nil {
		return err
	}
	if changed == 0 {
		return conflict()
	}
	return s.rekey(ctx, tx, list, p.sheet, p.row, p.hashes, hashes)
}

// ownRow takes somebody out of his block: his row and his keys hold from now on.
func (s *Store) ownRow(ctx context.Context, tx *sql.Tx, list int64, p personNow, place string, decided []byte, hashes personHashes) error {
	plain := appendCells(nil, &p.held.Person)
	made, err := s.exec(ctx, tx, insertOwn, list, p.sheet, p.row, hashes[:], s.seals.cells.Seal(nil, place, plain), decided)
	if err != nil {
		return err
	}
	if made == 0 {
		return conflict()
	}
	return s.rekey(ctx, tx, list, p.sheet, p.row, personHashes{}, hashes)
}

func (s *Store) keepCorrection(ctx context.Context, tx *sql.Tx, list int64, c ledger.Correction, kept []keptChange) error {
	changes, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	made := c.Made
	if made.IsZero() {
		made = s.now()
	}
	_, err = s.exec(ctx, tx, `INSERT INTO corrections (id, list, base, officer, people, made_at, undone_at, label, changes)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)`, c.ID, list, c.BaseRevision, c.Officer, len(kept), made.UnixMicro(),
		s.seals.label.Seal(nil, c.ID, c.Label), s.seals.changes.Seal(nil, c.ID, changes))
	return err
}

// takeCorrection marks a correction undone and gives its changes.
func (s *Store) takeCorrection(ctx context.Context, tx *sql.Tx, list int64, id string) (kept []keptChange, err error) {
	var sealed []byte
	err = s.row(ctx, tx, `UPDATE corrections SET undone_at = $3 WHERE id = $1 AND list = $2 AND undone_at = 0 RETURNING changes`,
		id, list, s.micros()).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, conflict()
	}
	if err != nil {
		return nil, err
	}
	return s.openChanges(id, sealed)
}

func (s *Store) openChanges(id string, sealed []byte) (kept []keptChange, err error) {
	plain, err := s.seals.changes.Open(nil, id, sealed)
	if err != nil {
		return nil, fmt.Errorf("open correction %s: %w", id, err)
	}
	return kept, json.Unmarshal(plain, &kept)
}

func (s *Store) recount(ctx context.Context, tx *sql.Tx, list int64, unit string, counts []ledger.Count, tallies []ledger.Tally) error {
	change, err := s.replaceCounts(ctx, tx, list, unit, counts)
	if err != nil {
		return err
	}
	if err := s.addProgress(ctx, tx, unit, change); err != nil {
		return err
	}
	return s.retally(ctx, tx, list, unit, "", tallies, nil)
}

// LastCorrection gives the newest correction of a list that was not undone, leaving out the one with the id but, with the
// list's present revision; its Counts and the keys of its changes are left empty. There is none: NotFound,
// "storage.correction.not_found".
func (s *Store) LastCorrection(ctx context.Context, list, but string) (c ledger.Correction, err error) {
	var label, changes []byte
	var made int64
	err = s.reader.QueryRowContext(ctx, `SELECT c.id, c.base, c.officer, c.made_at, c.label, c.changes, l.revision
		FROM lists l JOIN corrections c ON c.list = l.number AND c.undone_at = 0 AND c.id <> $2
		WHERE l.id = $1 AND l.state = 'kept' ORDER BY c.base DESC LIMIT 1`, list, but).
		Scan(&c.ID, &c.BaseRevision, &c.Officer, &made, &label, &changes, &c.Revision)
	if errors.Is(err, sql.ErrNoRows) {
		return ledger.Correction{}, notFound("storage.correction.not_found")
	}
	if err != nil {
		return ledger.Correction{}, told(err)
	}
	c.List, c.Made = list, time.UnixMicro(made).UTC()
	if c.Label, err = s.seals.label.Open(nil, c.ID, label); err != nil {
		return ledger.Correction{}, fmt.Errorf("open correction %s: %w", c.ID, err)
	}
	kept, err := s.openChanges(c.ID, changes)
	if err != nil {
		return ledger.Correction{}, err
	}
	c.Changes = make([]ledger.Change, len(kept))
	for i, k := range kept {
		c.Changes[i] = ledger.Change{Person: k.Person, Version: k.Version, Before: k.Before, After: k.After}
	}
	return c, nil
}
