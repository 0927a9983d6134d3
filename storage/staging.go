package storage

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"

	"lamsach/core/ledger"
	"lamsach/storage/seal"
)

// stageSize is how many people one staging transaction takes when no turn waits.
const stageSize = 400

// stagedPerson is a row ready to be inserted; its slices lie in the buffer of its stage.
type stagedPerson struct {
	sheet, row     int
	hashes         personHashes
	cells, decided []byte
}

// stagedKey is a keyed hash and whose it is.
type stagedKey struct {
	about      int
	hash       [seal.HashSize]byte
	sheet, row int
}

// stage is a batch of sealed people and the memory they lie in, used again for the batch after next.
type stage struct {
	people []stagedPerson
	buffer []byte
	plain  []byte
}

// stagePeople seals one batch while the batch before it is written. The keyed hashes come last, in their order.
func (s *Store) stagePeople(ctx context.Context, list int64, people iter.Seq[ledger.Person]) (count int, err error) {
	var stages [2]stage
	var keys []stagedKey
	now := 0
	wait := func() error { return nil }
	flush := func() error {
		if err := wait(); err != nil {
			return err
		}
		full := stages[now].people
		wait = s.stageRows(ctx, s.insertPeople, len(full), func(to []any, i int) []any {
			p := &full[i]
			return append(to, list, p.sheet, p.row, 0, p.hashes[:], p.cells, orNull(p.decided))
		})
		now = 1 - now
		stages[now].people, stages[now].buffer = stages[now].people[:0], stages[now].buffer[:0]
		return nil
	}
	for p := range people {
		if err = s.sealPersonInto(&stages[now], list, p); err != nil {
			break
		}
		last := stages[now].people[len(stages[now].people)-1]
		for about, hash := range last.hashes.each() {
			keys = append(keys, stagedKey{about: about, hash: [seal.HashSize]byte(hash), sheet: p.Sheet, row: p.Row})
		}
		count++
		if len(stages[now].people) == stageSize {
			if err = flush(); err != nil {
				return count, err
			}
		}
	}
	if err == nil && len(stages[now].people) > 0 {
		if err = flush(); err != nil {
			return count, err
		}
	}
	if err = errors.Join(err, wait()); err != nil {
		return count, err
	}
	return count, s.stageKeys(ctx, list, keys)
}

// stageKeys writes the keyed hashes in the order of their index, so that its pages are written once.
func (s *Store) stageKeys(ctx context.Context, list int64, keys []stagedKey) error {
	slices.SortFunc(keys, func(a, b stagedKey) int {
		if a.about != b.about {
			return a.about - b.about
		}
		return bytes.Compare(a.hash[:], b.hash[:])
	})
	for part := range slices.Chunk(keys, 4*stageSize) {
		err := s.stageRows(ctx, s.insertKeys, len(part), func(to []any, i int) []any {
			k := &part[i]
			return append(to, list, k.about, k.hash[:], k.sheet, k.row)
		})()
		if err != nil {
			return err
		}
	}
	return nil
}

// sealPersonInto adds a person to the stage.
func (s *Store) sealPersonInto(st *stage, list int64, p ledger.Person) error {
	id := PersonID(p.Sheet, p.Row)
	if p.ID != "" && p.ID != id {
		return fmt.Errorf("storage: a person of row %s cannot have the id %q", id, p.ID)
	}
	place := personPlace(list, id)
	st.plain = binary.AppendUvarint(st.plain[:0], uint64(len(p.Group)))
	st.plain = append(append(st.plain, p.Group...), p.Cells...)
	row := stagedPerson{sheet: p.Sheet, row: p.Row, hashes: s.hashesOf(p.NumberKey, p.NameKey, p.MotherKey)}
	st.grow(seal.SealedSize(len(st.plain)) + seal.SealedSize(len(p.Decided)))
	start := len(st.buffer)
	st.buffer = s.seals.cells.Seal(st.buffer, place, st.plain)
	row.cells = st.buffer[start:]
	if len(p.Decided) > 0 {
		start = len(st.buffer)
		st.buffer = s.seals.decided.Seal(st.buffer, decidedPlace(place, 0), p.Decided)
		row.decided = st.buffer[start:]
	}
	st.people = append(st.people, row)
	return nil
}

// grow makes room without moving what lies there already: rows point into it.
func (st *stage) grow(n int) {
	if cap(st.buffer)-len(st.buffer) < n {
		st.buffer = make([]byte, 0, max(256<<10, n))
	}
}
