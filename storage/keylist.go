package storage

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"iter"
	"slices"

	"lamsach/bot"
	"lamsach/storage/seal"
)

const (
	keySize  = seal.HashSize + 8 // hash, sheet, row
	partKeys = 512               // in a row of key_blocks
)

// hashPart is one keyed hash.
type hashPart = [seal.HashSize]byte

// heldKey is a keyed hash and whose it is.
type heldKey struct {
	hash       hashPart
	sheet, row uint32
}

// compareKeys brings keys into the order of their hashes.
func compareKeys(a, b heldKey) int {
	if order := cmp.Compare(binary.BigEndian.Uint64(a.hash[:]), binary.BigEndian.Uint64(b.hash[:])); order != 0 {
		return order // nearly always
	}
	return bytes.Compare(a.hash[8:], b.hash[8:])
}

// keyList gathers the keyed hashes of a list by what they are about.
type keyList struct {
	people int
	about  [aboutName + 1][]heldKey
}

// newKeyList makes a list with room for so many people.
func newKeyList(people int) (k keyList) {
	for about := aboutNumber; about <= aboutName; about++ {
		k.about[about] = make([]heldKey, 0, people)
	}
	return k
}

// sort brings the hashes into their order.
func (k *keyList) sort() {
	bot.Together(len(k.about), func(about int) { slices.SortFunc(k.about[about], compareKeys) })
}

func (k *keyList) add(at place, hashes *personHashes) {
	k.people++
	for about, hash := range hashes.each() {
		k.about[about] = append(k.about[about], heldKey{hashPart(hash), uint32(at.sheet), uint32(at.row)}) //nolint:gosec // checked by block.add
	}
}

// stageKeys writes the keyed hashes, which are in their order, many in a row of the store.
func (s *Store) stageKeys(ctx context.Context, list int64, keys *keyList) error {
	for about, all := range keys.about {
		ends := partEnds(all)
		var packed [stageBlocks][]byte // of the rows of one statement
		err := s.stageRows(ctx, s.insertKeyBlocks, len(ends), func(to []any, i int) []any {
			from := 0
			if i > 0 {
				from = ends[i-1]
			}
			body := &packed[i%len(packed)]
			*body = packKeys((*body)[:0], all[from:ends[i]])
			return append(to, list, about, all[from].hash[:], *body)
		})()
		if err != nil {
			return err
		}
		keys.about[about] = nil
	}
	return nil
}

// partEnds cuts sorted keys into rows. Equal hashes stay in one, so that one row tells who has a hash.
func partEnds(all []heldKey) (ends []int) {
	for i, last := 0, 0; i < len(all); i++ {
		if i+1 == len(all) || i+1-last >= partKeys && all[i+1].hash != all[i].hash {
			last = i + 1
			ends = append(ends, last)
		}
	}
	return ends
}

func packKeys(out []byte, keys []heldKey) []byte {
	for i := range keys {
		out = append(out, keys[i].hash[:]...)
		out = binary.BigEndian.AppendUint32(out, keys[i].sheet)
		out = binary.BigEndian.AppendUint32(out, keys[i].row)
	}
	return out
}

// packedKeys gives the keys of a packed row.
func packedKeys(packed []byte) iter.Seq2[[]byte, place] {
	return func(yield func([]byte, place) bool) {
		for ; len(packed) >= keySize; packed = packed[keySize:] {
			sheet, row := binary.BigEndian.Uint32(packed[seal.HashSize:]), binary.BigEndian.Uint32(packed[seal.HashSize+4:])
			if !yield(packed[:seal.HashSize], place{int(sheet), int(row)}) {
				return
			}
		}
	}
}

// withHash gives where the people of a list stand who have a hash about something, in the order of the file.
func withHash(ctx context.Context, tx *sql.Tx, list int64, about int, hash []byte) ([]place, error) {
	held, err := heldWithHash(ctx, tx, list, about, hash)
	if err != nil {
		return nil, err
	}
	var all []place
	for _, at := range held { // few
		own, err := hasOwnRow(ctx, tx, list, at)
		if err != nil {
			return nil, err
		}
		if !own {
			all = append(all, at)
		}
	}
	rows, err := tx.QueryContext(ctx, `SELECT sheet, line FROM person_keys WHERE list = $1 AND about = $2 AND hash = $3`, list, about, hash)
	if err != nil {
		return nil, err
	}
	err = each(rows, func(scan scanner) error {
		var at place
		err := scan(&at.sheet, &at.row)
		all = append(all, at)
		return err
	})
	slices.SortFunc(all, func(a, b place) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	return all, err
}

// heldWithHash gives who of a list's blocks came with a hash.
func heldWithHash(ctx context.Context, tx *sql.Tx, list int64, about int, hash []byte) (all []place, err error) {
	var keys []byte
	err = tx.QueryRowContext(ctx, `SELECT keys FROM key_blocks WHERE list = $1 AND about = $2 AND first <= $3
		ORDER BY first DESC LIMIT 1`, list, about, hash).Scan(&keys)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	for h, at := range packedKeys(keys) {
		if bytes.Equal(h, hash) {
			all = append(all, at)
		}
	}
	return all, err
}

// hasOwnRow tells whether somebody of a block was decided upon since.
func hasOwnRow(ctx context.Context, tx *sql.Tx, list int64, at place) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM people WHERE list = $1 AND sheet = $2 AND line = $3`, list, at.sheet, at.row).Scan(&n)
	return n > 0, err
}
