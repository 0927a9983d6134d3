package storage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/klauspost/compress/s2"

	"lamsach/core/ledger"
	"lamsach/storage/seal"
)

// blockSize is how many people lie in a block. More are faster to store; fewer are faster to take one out of.
const blockSize = 32

// The first byte of a block's body says how the people behind it are written.
const (
	plainPeople  = 1 // as they are; lists of before
	packedPeople = 2 // compressed: the people of a commune repeat each other, and a third is left
)

// mostBlock bounds what a block may unpack to: what it holds has been sealed by us, so it is only a guard against a mistake.
const mostBlock = 64 << 20

// errOrder says that people did not come in the order of the file, or one came twice.
var errOrder = errors.New("storage: people come in the order of the file, each once")

// place is where a person stands in a file. Sheets count from 0, rows as Excel shows them.
type place struct{ sheet, row int }

func (p place) before(q place) bool {
	return p.sheet < q.sheet || p.sheet == q.sheet && p.row < q.row
}

// block gathers people before they are sealed, and is one row after that.
type block struct {
	first, last    place
	people         int
	places, hashes []byte
	body           []byte // sealed
	group          string // of the last
}

// reset makes an empty block in the memory of an old one.
func (b *block) reset() {
	*b = block{places: b.places[:0], hashes: b.hashes[:0], body: b.body[:0]}
}

// add appends a person to the block and to plain, what is to be packed and sealed; plain is empty when the block is.
func (b *block) add(plain []byte, p *ledger.Person, hashes *personHashes) ([]byte, error) {
	at := place{p.Sheet, p.Row}
	switch {
	case at.sheet < 0 || at.row < 0 || b.people > 0 && !b.last.before(at):
		return plain, errOrder
	case b.people == 0:
		b.first = at
	}
	b.places = appendPlace(b.places, b.last, at)
	b.hashes = append(b.hashes, hashes[:]...)
	if b.people > 0 && p.Group == b.group {
		plain = append(plain, 0)
	} else {
		plain = binary.AppendUvarint(plain, uint64(len(p.Group))+1)
		plain = append(plain, p.Group...)
	}
	plain = binary.AppendUvarint(plain, uint64(len(p.Cells)))
	plain = append(plain, p.Cells...)
	plain = binary.AppendUvarint(plain, uint64(len(p.Decided)))
	plain = append(plain, p.Decided...)
	b.last, b.group = at, p.Group
	b.people++
	return plain, nil
}

// appendPlace writes a place as what it is beyond the one before it.
func appendPlace(out []byte, before, at place) []byte {
	out = binary.AppendUvarint(out, uint64(at.sheet-before.sheet)) //nolint:gosec // never below
	if at.sheet > before.sheet {
		before.row = 0
	}
	return binary.AppendUvarint(out, uint64(at.row-before.row)) //nolint:gosec // never below
}

// readPlaces undoes appendPlace for all people of a block.
func readPlaces(packed []byte) (all []place, err error) {
	all = make([]place, 0, blockSize)
	var at place
	for len(packed) > 0 {
		sheets, n := binary.Uvarint(packed)
		if n <= 0 {
			return nil, seal.ErrBroken
		}
		rows, m := binary.Uvarint(packed[n:])
		if m <= 0 || sheets > 1<<31 || rows > 1<<31 {
			return nil, seal.ErrBroken
		}
		if sheets > 0 {
			at.row = 0
		}
		at = place{at.sheet + int(sheets), at.row + int(rows)}
		all = append(all, at)
		packed = packed[n+m:]
	}
	return all, nil
}

// blockPlace names what a block is sealed for: the list and everybody's place.
func blockPlace(list int64, places []byte) string { return personPlace(list, "") + string(places) }

// sealBlock packs and seals what was gathered into the block. It gives the memory in which it packed, to be used again.
func (s *Store) sealBlock(b *block, list int64, plain, packed []byte) []byte {
	packed = append(slices.Grow(packed[:0], 1+s2.MaxEncodedLen(len(plain))), packedPeople)
	packed = packed[:1+len(s2.Encode(packed[1:cap(packed)], plain))]
	b.body = s.seals.block.Seal(b.body[:0], blockPlace(list, b.places), packed)
	return packed
}

// heldPerson is a person of a block, as he came.
type heldPerson struct {
	ledger.Person
	hashes personHashes
}

// openBlock gives the people of a block. What it gives may be kept.
func (s *Store) openBlock(list int64, places, hashes, body []byte) iter.Seq2[heldPerson, error] {
	return func(yield func(heldPerson, error) bool) {
		var r blockReader
		r.rest, r.err = s.seals.block.Open(nil, blockPlace(list, places), body)
		r.unpack()
		for at, packed := range blockHashes(places, hashes) {
			p := heldPerson{Person: r.person(at)}
			if r.err == nil {
				p.hashes, r.err = readHashes(packed)
			}
			if r.err != nil {
				break
			}
			if !yield(p, nil) {
				return
			}
		}
		if r.err == nil && len(r.rest) > 0 {
			r.err = seal.ErrBroken
		}
		if r.err != nil {
			yield(heldPerson{}, fmt.Errorf("open a block of list %d: %w", list, r.err))
		}
	}
}

// blockHashes gives everybody's place in a block with his packed hashes; nothing when the two do not fit.
func blockHashes(places, hashes []byte) iter.Seq2[place, []byte] {
	return func(yield func(place, []byte) bool) {
		all, err := readPlaces(places)
		size := len(hashes) / max(len(all), 1)
		if err != nil || size*len(all) != len(hashes) {
			return
		}
		for i, at := range all {
			if !yield(at, hashes[i*size:(i+1)*size]) {
				return
			}
		}
	}
}

// blockReader takes an opened body apart. After an error it gives nothing more.
type blockReader struct {
	rest  []byte
	group string
	err   error
}

// unpack gets at the people.
func (r *blockReader) unpack() {
	if r.err != nil {
		return
	}
	format, rest := byte(0), r.rest
	if len(rest) > 0 {
		format, rest = rest[0], rest[1:]
	}
	switch size, err := s2.DecodedLen(rest); {
	case format == plainPeople:
		r.rest = rest
	case format == packedPeople && err == nil && size <= mostBlock:
		if r.rest, err = s2.Decode(nil, rest); err != nil {
			r.err = seal.ErrBroken
		}
	default:
		r.err = seal.ErrBroken
	}
}

func (r *blockReader) person(at place) ledger.Person {
	p := ledger.Person{Sheet: at.sheet, Row: at.row}
	if n := r.number(); n > 0 {
		r.group = string(r.bytes(n - 1))
	}
	p.Group = r.group
	p.Cells = r.bytes(r.number())
	if decided := r.bytes(r.number()); len(decided) > 0 {
		p.Decided = decided
	}
	return p
}

func (r *blockReader) number() uint64 {
	n, used := binary.Uvarint(r.rest)
	if r.err == nil && used <= 0 {
		r.err = seal.ErrBroken
	}
	if r.err != nil {
		return 0
	}
	r.rest = r.rest[used:]
	return n
}

func (r *blockReader) bytes(n uint64) []byte {
	if r.err == nil && n > uint64(len(r.rest)) {
		r.err = seal.ErrBroken
	}
	if r.err != nil {
		return nil
	}
	out := r.rest[:n:n]
	r.rest = r.rest[n:]
	return out
}
