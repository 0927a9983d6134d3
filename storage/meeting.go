package storage

import (
	"bytes"
	"context"
	"database/sql"
)

// meeting is a keyed hash on another unit's list, and whose it is. Who has a row of his own may be met with the hashes that he
// came with as well: the present ones are those of hashesAt.
type meeting struct {
	list  int64
	about int
	hash  hashPart
	at    place
}

const otherLists = ` WHERE l.unit <> $1 AND l.state = 'kept'`

// eachKey passes all keyed hashes on the lists of other units than the one to use.
func eachKey(ctx context.Context, tx *sql.Tx, but string, use func(meeting)) error {
	rows, err := tx.QueryContext(ctx, `SELECT k.list, k.about, k.hash, k.sheet, k.line FROM lists l
		JOIN person_keys k ON k.list = l.number`+otherLists, but)
	if err != nil {
		return err
	}
	if err := eachRowKey(rows, use); err != nil {
		return err
	}
	rows, err = tx.QueryContext(ctx, `SELECT k.list, k.about, k.keys FROM lists l JOIN key_blocks k ON k.list = l.number`+otherLists, but)
	if err != nil {
		return err
	}
	return eachPacked(rows, nil, use)
}

// eachWith passes those with one hash.
func eachWith(ctx context.Context, tx *sql.Tx, but string, key aboutHash, use func(meeting)) error {
	rows, err := tx.QueryContext(ctx, `SELECT k.list, k.about, k.hash, k.sheet, k.line FROM lists l
		JOIN person_keys k ON k.list = l.number AND k.about = $2 AND k.hash = $3`+otherLists, but, key.about, key.hash[:])
	if err != nil {
		return err
	}
	if err := eachRowKey(rows, use); err != nil {
		return err
	}
	rows, err = tx.QueryContext(ctx, `SELECT k.list, k.about, k.keys FROM lists l JOIN key_blocks k ON k.list = l.number AND k.about = $2
		AND k.first = (SELECT m.first FROM key_blocks m WHERE m.list = l.number AND m.about = $2 AND m.first <= $3
			ORDER BY m.first DESC LIMIT 1)`+otherLists,
		but, key.about, key.hash[:])
	if err != nil {
		return err
	}
	return eachPacked(rows, key.hash[:], use)
}

func eachRowKey(rows *sql.Rows, use func(meeting)) error {
	return each(rows, func(scan scanner) error {
		var m meeting
		var hash sql.RawBytes
		err := scan(&m.list, &m.about, &hash, &m.at.sheet, &m.at.row)
		copy(m.hash[:], hash)
		use(m)
		return err
	})
}

// eachPacked takes rows of keys apart; only is the hash that is wanted, nil for all.
func eachPacked(rows *sql.Rows, only []byte, use func(meeting)) error {
	return each(rows, func(scan scanner) error {
		var m meeting
		var keys sql.RawBytes
		if err := scan(&m.list, &m.about, &keys); err != nil {
			return err
		}
		for hash, at := range packedKeys(keys) {
			if only == nil || bytes.Equal(hash, only) {
				m.hash, m.at = hashPart(hash), at
				use(m)
			}
		}
		return nil
	})
}
