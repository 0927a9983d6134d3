package storage

import (
	"bytes"
	"context"
	"database/sql"
	"iter"

	"lamsach/storage/seal"
)

// What a keyed hash is about, as person_keys has it.
const (
	aboutNumber = 1
	aboutName   = 2
	aboutMother = 3 // only in people.hashes
)

const (
	insertKey = `INSERT INTO person_keys (list, about, hash, sheet, line) VALUES ($1, $2, $3, $4, $5)`
	deleteKey = `DELETE FROM person_keys WHERE list = $1 AND about = $2 AND hash = $3 AND sheet = $4 AND line = $5`
)

// personHashes are the keyed hashes of a person: of the number; of name and birth date; and, which is no key to search by, of
// name, birth date and mother. Zeros stand for none.
type personHashes [3 * seal.HashSize]byte

func (s *Store) hashesOf(numberKey, nameKey, motherKey string) (h personHashes) {
	for i, key := range [...]string{numberKey, nameKey, motherKey} {
		if key != "" {
			[...]*seal.Hash{s.seals.number, s.seals.name, s.seals.mother}[i].Append(h[:i*seal.HashSize], key)
		}
	}
	return h
}

// samePerson tells whether two are one, as far as hashes can; sure: whoever else there is.
func (h *personHashes) samePerson(other *personHashes) (one, sure bool) {
	number, theirs := h.of(aboutNumber), other.of(aboutNumber)
	if number != nil && theirs != nil {
		return bytes.Equal(number, theirs), true
	}
	if h.of(aboutName) == nil || !bytes.Equal(h.of(aboutName), other.of(aboutName)) {
		return false, true
	}
	mother, theirs := h.of(aboutMother), other.of(aboutMother)
	if mother == nil || theirs == nil {
		return true, false
	}
	return bytes.Equal(mother, theirs), true
}

// keyedHash gives the hash by which an equal value is found; nothing for no value.
func (s *Store) keyedHash(h *seal.Hash, value string) []byte {
	if value == "" {
		return nil
	}
	return h.Sum([]byte(value))
}

func readHashes(blob []byte) (h personHashes, err error) {
	if len(blob) != len(h) && len(blob) != 2*seal.HashSize { // two of a store made before the third came in
		return h, seal.ErrBroken
	}
	copy(h[:], blob)
	return h, nil
}

// of gives the hash about something; nil for none.
func (h *personHashes) of(about int) []byte {
	part := h[(about-1)*seal.HashSize : about*seal.HashSize]
	if hashPart(part) == (hashPart{}) {
		return nil
	}
	return part
}

// each gives the hashes that there are, with what they are about.
func (h *personHashes) each() iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		for _, about := range []int{aboutNumber, aboutName} {
			if hash := h.of(about); hash != nil && !yield(about, hash) {
				return
			}
		}
	}
}

// rekey makes a person found by other hashes from now on.
func (s *Store) rekey(ctx context.Context, tx *sql.Tx, list int64, sheet, row int, was, is personHashes) error {
	for _, about := range []int{aboutNumber, aboutName} {
		before, after := was.of(about), is.of(about)
		if bytes.Equal(before, after) {
			continue
		}
		if before != nil {
			if _, err := s.exec(ctx, tx, deleteKey, list, about, before, sheet, row); err != nil {
				return err
			}
		}
		if after != nil {
			if _, err := s.exec(ctx, tx, insertKey, list, about, after, sheet, row); err != nil {
				return err
			}
		}
	}
	return nil
}
