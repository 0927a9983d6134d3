package storage

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/ledger"
	"lamsach/storage/seal"
)

// gathered makes a block of people, and what is to be sealed of it.
func gathered(t *testing.T, people []ledger.Person) (b block, plain []byte) {
	t.Helper()
	var none personHashes
	var err error
	for i := range people {
		if plain, err = b.add(plain, &people[i], &none); err != nil {
			t.Fatal(err)
		}
	}
	return b, plain
}

// crowd makes people of one hamlet.
func crowd(n int) (people []ledger.Person) {
	for i := range n {
		people = append(people, ledger.Person{
			Sheet: i / 20, Row: 7 + i, Group: fmt.Sprint("Bản ", i/10), Decided: []byte(`{"police":true}`),
			Cells: fmt.Appendf(nil, "Lò Thị Thử %d, bản Nà Mận, xã Nà Mận, tỉnh Sơn La", i),
		})
	}
	return people
}

// TestBlocksOfEveryFormat: people come out as they went in, from blocks of now and of before; those of now take less room.
func TestBlocksOfEveryFormat(t *testing.T) {
	sealer, err := seal.New(make([]byte, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	s := &Store{seals: newSeals(sealer)}
	for _, n := range []int{1, 2, blockSize, 5 * blockSize} {
		want := crowd(n)
		b, plain := gathered(t, want)
		before := s.seals.block.Seal(nil, blockPlace(3, b.places), append([]byte{plainPeople}, plain...))
		s.sealBlock(&b, 3, plain, nil)
		for name, body := range map[string][]byte{"before": before, "now": b.body} {
			var got []ledger.Person
			for p, err := range s.openBlock(3, b.places, b.hashes, body) {
				if err != nil {
					t.Fatalf("%s, %d people: %v", name, n, err)
				}
				got = append(got, p.Person)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %d people: %s", name, n, diff)
			}
		}
		if n >= blockSize && len(b.body) > len(before)/2 {
			t.Errorf("%d people take %d bytes, %d before", n, len(b.body), len(before))
		}
	}
}

// TestBrokenBlocks: what is no block is refused whole, although it was sealed with the right key.
func TestBrokenBlocks(t *testing.T) {
	sealer, err := seal.New(make([]byte, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	s := &Store{seals: newSeals(sealer)}
	b, plain := gathered(t, crowd(3))
	for name, body := range map[string][]byte{
		"empty": {}, "of no format": append([]byte{9}, plain...), "nothing behind": {packedPeople}, "not packed": append([]byte{packedPeople}, plain...),
		"a claim of 4 GB": {packedPeople, 0xff, 0xff, 0xff, 0xff, 0x0f, 0}, "cut": append([]byte{plainPeople}, plain[:len(plain)-1]...),
		"too much": append(append([]byte{plainPeople}, plain...), 0),
	} {
		var last error
		for _, err := range s.openBlock(3, b.places, b.hashes, s.seals.block.Seal(nil, blockPlace(3, b.places), body)) {
			last = err
		}
		if !errors.Is(last, seal.ErrBroken) {
			t.Errorf("%s: %v", name, last)
		}
	}
}
