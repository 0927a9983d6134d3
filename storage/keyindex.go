package storage

import (
	"bytes"
	"context"
	"database/sql"
	"slices"
	"sort"
)

// keyIndex is the present keyed hashes of people of one list, to be met with those of other lists, which come in their order: most
// searches go on where the one before ended.
type keyIndex struct {
	keyList
	at [aboutName + 1]int // where the last search about something ended
}

// readList reads the keys of a whole list.
func (x *keyIndex) readList(ctx context.Context, tx *sql.Tx, list int64) error {
	rows, err := tx.QueryContext(ctx, `SELECT sheet, line, hashes FROM people WHERE list = $1`, list)
	if err != nil {
		return err
	}
	own := map[place]bool{} // they do not count as they came
	err = each(rows, func(scan scanner) error {
		var at place
		var blob sql.RawBytes
		if err := scan(&at.sheet, &at.row, &blob); err != nil {
			return err
		}
		own[at] = true
		hashes, err := readHashes(blob)
		x.add(at, &hashes)
		return err
	})
	if err != nil {
		return err
	}
	rows, err = tx.QueryContext(ctx, `SELECT about, keys FROM key_blocks WHERE list = $1 ORDER BY about, first`, list)
	if err != nil {
		return err
	}
	err = each(rows, func(scan scanner) error {
		var about int
		var keys sql.RawBytes
		if err := scan(&about, &keys); err != nil || about >= len(x.about) {
			return err
		}
		for hash, at := range packedKeys(keys) {
			if len(own) == 0 || !own[at] {
				x.about[about] = append(x.about[about], heldKey{hashPart(hash), uint32(at.sheet), uint32(at.row)}) //nolint:gosec // as it was packed
			}
		}
		return nil
	})
	x.sort()
	return err
}

// sort ends the gathering.
func (x *keyIndex) sort() {
	for _, keys := range x.about {
		if !slices.IsSortedFunc(keys, compareKeys) {
			slices.SortStableFunc(keys, compareKeys)
		}
	}
}

// find gives the keys about something that have a hash.
func (x *keyIndex) find(about int, hash hashPart) []heldKey {
	if about < 0 || about >= len(x.about) {
		return nil
	}
	keys, from := x.about[about], x.at[about]
	before := func(i int) bool { return bytes.Compare(keys[i].hash[:], hash[:]) < 0 }
	to := from
	if from > 0 && !before(from-1) {
		from = 0 // another list begins
	} else {
		for step := 1; to < len(keys) && before(to); step *= 2 {
			from, to = to+1, to+step
		}
		to = min(to, len(keys))
	}
	from += sort.Search(to-from, func(i int) bool { return !before(from + i) })
	x.at[about] = from
	for to = from; to < len(keys) && keys[to].hash == hash; {
		to++
	}
	return keys[from:to]
}

func (k *heldKey) at() place { return place{int(k.sheet), int(k.row)} }
