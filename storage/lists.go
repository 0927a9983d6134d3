package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
)

// listCard is the sealed part of a list's card.
type listCard struct {
	Name     string `json:"name"`
	FileHash []byte `json:"file_hash,omitempty"`
}

// AddList records a list with all its people, or nothing. The people are staged in short transactions, so that no chat
// waits for a long list, and appear together with the fact; what a killed process staged is never seen and is taken
// away. People come in the order of the file, by sheet and row.
// l.People, when set, must be their number. What finish does to the list, as to its counts, is done once the people are staged: it may
// be worked out meanwhile. l.Revision begins at 0. Another operation has recorded the same ID: Conflict, "storage.list.exists". The list that l.Replaces names
// has moved on: Conflict, "storage.list.moved_on".
func (s *Store) AddList(
	ctx context.Context, e bot.Ending, l ledger.List, people iter.Seq[ledger.Person], finish ...func(*ledger.List) error,
) error {
	if done, err := s.ended(ctx, e.Op); done || err != nil {
		return err
	}
	number, err := s.stageList(ctx, l)
	if err != nil {
		return err
	}
	count, err := s.stagePeople(ctx, number, people, l.People)
	if err == nil && l.People != 0 && l.People != count {
		err = fmt.Errorf("storage: list %s is to have %d people, %d came", l.ID, l.People, count)
	}
	for _, f := range finish {
		err = errors.Join(err, f(&l))
	}
	if err == nil {
		err = s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
			return s.keepList(ctx, tx, number, count, l)
		})
	}
	if err != nil {
		return errors.Join(err, s.dropStaged(context.WithoutCancel(ctx), number))
	}
	return nil
}

// stageList makes the card of a list that is not there yet, in place of one that was staged under the same id before.
func (s *Store) stageList(ctx context.Context, l ledger.List) (number int64, err error) {
	card, err := json.Marshal(listCard{Name: l.Name, FileHash: l.FileHash})
	if err != nil {
		return 0, err
	}
	received := l.Received
	if received.IsZero() {
		received = s.now()
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var state string
		err := s.row(ctx, tx, `SELECT number, state FROM lists WHERE id = $1`, l.ID).Scan(&number, &state)
		switch {
		case err == nil && state != "staging":
			return fault.New(fault.Conflict, "storage.list.exists")
		case err == nil:
			err = s.deleteList(ctx, tx, number)
		case errors.Is(err, sql.ErrNoRows):
			err = nil
		}
		if err != nil {
			return err
		}
		// Two lists that come at once must not get one number: on PostgreSQL the second waits here.
		if _, err := s.exec(ctx, tx, `UPDATE audit_head SET seq = seq WHERE id = 1`); err != nil {
			return err
		}
		if err := s.row(ctx, tx, `SELECT COALESCE(MAX(number), 0) + 1 FROM lists`).Scan(&number); err != nil {
			return err
		}
		_, err = s.exec(ctx, tx, `INSERT INTO lists
			(number, id, unit, officer, kind, file, state, people, revision, received_at, file_hash, card, info)
			VALUES ($1, $2, $3, $4, $5, $6, 'staging', 0, 0, $7, $8, $9, $10)`,
			number, l.ID, l.Unit, l.Officer, l.Kind, l.File, received.UnixMicro(), s.seals.file.Sum(l.FileHash),
			s.seals.listCard.Seal(nil, l.ID, card), s.seals.listInfo.Seal(nil, l.ID, l.Info))
		return err
	})
	return number, err
}

// keepList takes a staged list over.
func (s *Store) keepList(ctx context.Context, tx *sql.Tx, number int64, people int, l ledger.List) error {
	kept, err := s.exec(ctx, tx, `UPDATE lists SET state = 'kept', people = $2 WHERE number = $1 AND state = 'staging'`, number, people)
	if err != nil {
		return err
	}
	if kept == 0 {
		return fmt.Errorf("storage: list %s is not staged", l.ID)
	}
	first, err := s.retire(ctx, tx, l)
	if err != nil {
		return err
	}
	change, err := s.replaceCounts(ctx, tx, number, l.Unit, l.Counts)
	if err != nil {
		return err
	}
	change.Lists, change.People = 1, people
	if err := s.addProgress(ctx, tx, l.Unit, change); err != nil {
		return err
	}
	return s.retally(ctx, tx, number, l.Unit, l.Kind, l.Tallies, first)
}

// retire takes the list that l replaces out of sight, unless somebody worked on it since it was looked at, and gives where its
// people stood.
func (s *Store) retire(ctx context.Context, tx *sql.Tx, l ledger.List) ([]ledger.Tally, error) {
	if l.Replaces == "" {
		return nil, nil
	}
	var number int64
	var people int
	err := s.row(ctx, tx, `UPDATE lists SET state = 'replaced' WHERE id = $1 AND unit = $2 AND revision = $3 AND state = 'kept'
		RETURNING number, people`, l.Replaces, l.Unit, l.ReplacesRevision).Scan(&number, &people)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.Conflict, "storage.list.moved_on")
	}
	if err != nil {
		return nil, err
	}
	if err := s.unlink(ctx, tx, number); err != nil {
		return nil, err
	}
	change, err := s.replaceCounts(ctx, tx, number, l.Unit, nil)
	if err != nil {
		return nil, err
	}
	change.Lists, change.People = -1, -people
	if err := s.addProgress(ctx, tx, l.Unit, change); err != nil {
		return nil, err
	}
	return s.dropTally(ctx, tx, number)
}

func (s *Store) dropStaged(ctx context.Context, number int64) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var staged int64
		err := s.row(ctx, tx, `SELECT number FROM lists WHERE number = $1 AND state = 'staging'`, number).Scan(&staged)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.deleteList(ctx, tx, number)
	})
}

// deleteList takes a list and all that hangs on it away; the counts of its unit are the caller's.
func (s *Store) deleteList(ctx context.Context, tx *sql.Tx, number int64) error {
	if err := s.unlink(ctx, tx, number); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM corrections WHERE list = $1`, `DELETE FROM counts WHERE list = $1`, `DELETE FROM tallies WHERE list = $1`,
		`DELETE FROM person_keys WHERE list = $1`, `DELETE FROM people WHERE list = $1`, `DELETE FROM key_blocks WHERE list = $1`,
		`DELETE FROM people_blocks WHERE list = $1`, `DELETE FROM lists WHERE number = $1`,
	} {
		if _, err := s.exec(ctx, tx, query, number); err != nil {
			return err
		}
	}
	return nil
}

// DeleteList takes a unit's list away with its people, its corrections and its file; the audit keeps that it was.
// The unit has no such list: NotFound.
func (s *Store) DeleteList(ctx context.Context, e bot.Ending, unit, id string) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		var number int64
		var people int
		var file string
		err := s.row(ctx, tx, `SELECT number, people, file FROM lists WHERE id = $1 AND unit = $2 AND state = 'kept'`, id, unit).
			Scan(&number, &people, &file)
		if errors.Is(err, sql.ErrNoRows) {
			return notFound("storage.list.not_found")
		}
		if err != nil {
			return err
		}
		change, err := s.replaceCounts(ctx, tx, number, unit, nil)
		if err != nil {
			return err
		}
		change.Lists, change.People = -1, -people
		if err := s.addProgress(ctx, tx, unit, change); err != nil {
			return err
		}
		if _, err := s.dropTally(ctx, tx, number); err != nil {
			return err
		}
		if err := s.deleteList(ctx, tx, number); err != nil {
			return err
		}
		return s.dropFile(ctx, tx, file)
	})
}

const listColumns = `id, unit, officer, kind, file, people, revision, links, received_at, card, info`

func (s *Store) scanList(scan scanner) (l ledger.List, err error) {
	var received int64
	var card, info []byte
	err = scan(&l.ID, &l.Unit, &l.Officer, &l.Kind, &l.File, &l.People, &l.Revision, &l.Links, &received, &card, &info)
	if err != nil {
		return ledger.List{}, err
	}
	l.Received = time.UnixMicro(received).UTC()
	plain, err := s.seals.listCard.Open(nil, l.ID, card)
	if err == nil {
		l.Info, err = s.seals.listInfo.Open(nil, l.ID, info)
	}
	if err != nil {
		return ledger.List{}, fmt.Errorf("open list %s: %w", l.ID, err)
	}
	var c listCard
	err = json.Unmarshal(plain, &c)
	l.Name, l.FileHash = c.Name, c.FileHash
	return l, err
}

// Lists gives the cards of a unit's lists with their counts, the newest first.
func (s *Store) Lists(ctx context.Context, unit string) (lists []ledger.List, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		lists, err = s.queryLists(ctx, tx, `l.unit = $1 AND l.state = 'kept' ORDER BY l.received_at DESC, l.number DESC`, unit)
		return err
	})
	return lists, err
}

// List gives the card of one of the unit's lists with its counts. The unit has no such list: NotFound,
// "storage.list.not_found", whether another unit has it or nobody.
func (s *Store) List(ctx context.Context, unit, id string) (ledger.List, error) {
	return s.oneList(ctx, `l.unit = $1 AND l.id = $2 AND l.state = 'kept'`, unit, id)
}

// ListRevision gives the revision of one of the unit's lists, how often it was changed, and how many of those changes were links: what
// changed on other units' lists. The unit has no such list: NotFound, as List.
func (s *Store) ListRevision(ctx context.Context, unit, id string) (revision, links int, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT revision, links FROM lists WHERE id = $2 AND unit = $1 AND state = 'kept'`, unit, id).Scan(&revision, &links)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, notFound("storage.list.not_found")
	}
	return revision, links, told(err)
}

// ListByHash gives the unit's newest list that was read from a file with the hash: the same file again. There is none:
// NotFound.
func (s *Store) ListByHash(ctx context.Context, unit string, fileHash []byte) (ledger.List, error) {
	return s.oneList(ctx, `l.unit = $1 AND l.file_hash = $2 AND l.state = 'kept' ORDER BY l.received_at DESC LIMIT 1`,
		unit, s.seals.file.Sum(fileHash))
}

func (s *Store) oneList(ctx context.Context, where string, args ...any) (l ledger.List, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		lists, err := s.queryLists(ctx, tx, where, args...)
		if err == nil && len(lists) == 0 {
			err = notFound("storage.list.not_found")
		}
		if err == nil {
			l = lists[0]
		}
		return err
	})
	return l, err
}

// queryLists gives cards with their counts; where is a constant of this package.
func (s *Store) queryLists(ctx context.Context, tx *sql.Tx, where string, args ...any) ([]ledger.List, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+listColumns+` FROM lists l WHERE `+where, args...) //nolint:gosec // constants
	if err != nil {
		return nil, err
	}
	lists, err := collect(rows, s.scanList)
	if err != nil {
		return nil, err
	}
	for i := range lists {
		if lists[i].Counts, err = listCounts(ctx, tx, lists[i].ID); err != nil {
			return nil, err
		}
	}
	return lists, nil
}
