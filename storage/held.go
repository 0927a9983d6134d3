package storage

import (
	"context"
	"database/sql"
	"errors"
	"iter"
)

// readBlock gives the block in which somebody lies who is in one: the last that does not begin behind him.
const readBlock = `SELECT places, hashes, body FROM people_blocks WHERE list = $1 AND (sheet, line) <= ($2, $3)
	ORDER BY sheet DESC, line DESC LIMIT 1`

// heldBlocks takes single people out of a list's blocks, and remembers the block that it opened last.
type heldBlocks struct {
	list   int64
	places []byte
	people []heldPerson
}

// find gives somebody as he came; NotFound when he is in no block. row asks for one row.
func (h *heldBlocks) find(s *Store, at place, row func(query string, args ...any) *sql.Row) (heldPerson, error) {
	if p, ok := h.among(at); ok {
		return p, nil
	}
	var hashes, body []byte
	err := row(readBlock, h.list, at.sheet, at.row).Scan(&h.places, &hashes, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return heldPerson{}, notFound("storage.person.not_found")
	}
	if err != nil {
		return heldPerson{}, err
	}
	h.people = h.people[:0]
	for p, err := range s.openBlock(h.list, h.places, hashes, body) {
		if err != nil {
			return heldPerson{}, err
		}
		h.people = append(h.people, p)
	}
	if p, ok := h.among(at); ok {
		return p, nil
	}
	return heldPerson{}, notFound("storage.person.not_found")
}

func (h *heldBlocks) among(at place) (heldPerson, bool) {
	for _, p := range h.people {
		if p.Sheet == at.sheet && p.Row == at.row {
			return p, true
		}
	}
	return heldPerson{}, false
}

// allHeld gives the people of a list's blocks in the order of the file, as they came. What it gives may be kept; nothing else
// may be asked of the transaction meanwhile.
func (s *Store) allHeld(ctx context.Context, tx *sql.Tx, list int64) iter.Seq2[heldPerson, error] {
	return func(yield func(heldPerson, error) bool) {
		rows, err := tx.QueryContext(ctx, `SELECT places, hashes, body FROM people_blocks WHERE list = $1 ORDER BY sheet, line`, list)
		if err != nil {
			yield(heldPerson{}, err)
			return
		}
		left := errors.New("left")
		err = each(rows, func(scan scanner) error {
			var places, hashes, body sql.RawBytes
			if err := scan(&places, &hashes, &body); err != nil {
				return err
			}
			for p, err := range s.openBlock(list, places, hashes, body) {
				if err != nil {
					return err
				}
				if !yield(p, nil) {
					return left
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, left) {
			yield(heldPerson{}, err)
		}
	}
}

// hashesAt gives the present keyed hashes of a person; NotFound when there is no such person.
func hashesAt(ctx context.Context, tx *sql.Tx, list int64, at place) (personHashes, error) {
	var blob []byte
	err := tx.QueryRowContext(ctx, `SELECT hashes FROM people WHERE list = $1 AND sheet = $2 AND line = $3`, list, at.sheet, at.row).Scan(&blob)
	if err == nil {
		return readHashes(blob)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return personHashes{}, err
	}
	var places, hashes []byte
	err = tx.QueryRowContext(ctx, `SELECT places, hashes FROM people_blocks WHERE list = $1 AND (sheet, line) <= ($2, $3)
		ORDER BY sheet DESC, line DESC LIMIT 1`, list, at.sheet, at.row).Scan(&places, &hashes)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return personHashes{}, err
	}
	for there, found := range blockHashes(places, hashes) {
		if there == at {
			return readHashes(found)
		}
	}
	return personHashes{}, notFound("storage.person.not_found")
}
