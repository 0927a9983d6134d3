package storagetest

import (
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/storage/seal"
)

// crowd makes people of several sheets and hamlets, some with decisions, some without one of the keys, some with the same.
func crowd(n int) (all []ledger.Person) {
	for i := range n {
		p := person(i)
		p.Sheet, p.Row = i/50, 6+3*(i%50)
		p.Group = []string{"", "Thôn Đông", "Bản Bẹ"}[i/20%3]
		switch i % 7 {
		case 1:
			p.Decided = fmt.Appendf(nil, `{"fixed":{"sex":{"v":"Nam %d"}}}`, i)
		case 2:
			p.NumberKey = ""
		case 3:
			p.NameKey = "the same name|2016-05-09"
		case 4:
			p.Cells = nil
		}
		all = append(all, p)
	}
	return all
}

func (b *bench) crowd(id string, all []ledger.Person) {
	b.t.Helper()
	ok(b.t, b.AddList(ctx, bot.Ending{Op: "add:" + id}, list(id, "09661", len(all)), func(yield func(ledger.Person) bool) {
		for _, p := range all {
			if !yield(p) {
				return
			}
		}
	}))
}

var asKept = cmp.Options{kept, cmpopts.EquateEmpty()}

func TestBlocksGivePeopleAsTheyCame(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		for _, n := range []int{1, 31, 32, 33, 384, 385, 900} {
			all := crowd(n)
			b.crowd(fmt.Sprint("list", n), all)
			if diff := cmp.Diff(all, b.all(fmt.Sprint("list", n)), asKept); diff != "" {
				t.Fatalf("%d people:\n%s", n, diff)
			}
		}
	})
}

func TestPeopleOutOfOrderAreRefused(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		for name, swap := range map[string][2]int{"in a block": {3, 9}, "over blocks": {31, 32}, "sheets": {40, 60}} {
			all := crowd(70)
			all[swap[0]], all[swap[1]] = all[swap[1]], all[swap[0]]
			err := b.AddList(ctx, bot.Ending{Op: name}, list("list1", "09661", len(all)), func(yield func(ledger.Person) bool) {
				for _, p := range all {
					if !yield(p) {
						return
					}
				}
			})
			if err == nil || b.rows() != 0 {
				t.Errorf("%s: %v, %d rows", name, err, b.rows())
			}
		}
	})
}

// Who was decided upon holds against the block he came in: in the list, in the search, when it is undone.
func TestOwnRowHoldsAgainstTheBlock(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		all := crowd(200)
		b.crowd("list1", all)
		c := correction("c1", 0)
		for i := range all {
			if i%7 != 3 {
				continue
			}
			c.Changes = append(c.Changes, ledger.Change{Person: all[i].ID(), After: []byte(`{"status":"moved_out"}`), NumberKey: all[i].NumberKey, NameKey: "another name"})
			all[i].Decided, all[i].Version = []byte(`{"status":"moved_out"}`), 1
		}
		same, err := b.FindByName(ctx, "09661", "the same name|2016-05-09")
		ok(t, err)
		ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "1"}, c))
		b.restart()
		if diff := cmp.Diff(all, b.all("list1"), asKept); diff != "" {
			t.Error(diff)
		}
		for name, want := range map[string]int{"the same name|2016-05-09": 0, "another name": len(c.Changes)} {
			found, err := b.FindByName(ctx, "09661", name)
			ok(t, err)
			if len(found) != want {
				t.Errorf("%d are called %q, want %d", len(found), name, want)
			}
		}
		if len(same) != len(c.Changes) {
			t.Errorf("%d had the same name before, want %d", len(same), len(c.Changes))
		}
		last, err := b.LastCorrection(ctx, "list1", "")
		ok(t, err)
		ok(t, b.UndoCorrection(ctx, bot.Ending{Op: "2"}, last, nil))
		again, err := b.FindByName(ctx, "09661", "the same name|2016-05-09")
		ok(t, err)
		if diff := cmp.Diff(same, again, cmpopts.IgnoreFields(ledger.Person{}, "Version")); diff != "" {
			t.Error(diff)
		}
	})
}

// A hash that many have stands in more than one row of keys.
func TestManyWithOneName(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		all := crowd(1500)
		want := 0
		for i := range all {
			if i%13 != 0 {
				all[i].NameKey = "everybody|2016-05-09"
				want++
			}
		}
		b.crowd("list1", all)
		found, err := b.FindByName(ctx, "09661", "everybody|2016-05-09")
		ok(t, err)
		if len(found) != want {
			t.Errorf("%d found, want %d", len(found), want)
		}
		for i := range all {
			if i%131 == 0 && all[i].NumberKey != "" {
				found, err := b.FindByNumber(ctx, "09661", all[i].NumberKey)
				ok(t, err)
				if len(found) != 1 || found[0].Person.ID() != all[i].ID() {
					t.Errorf("%s finds %v", all[i].ID(), found)
				}
			}
		}
		if found, err := b.FindByNumber(ctx, "09661", "nobody's"); err != nil || len(found) != 0 {
			t.Errorf("nobody's number finds %v, %v", found, err)
		}
	})
}

// Lists that were kept before there were blocks have a row for everybody, and are worked on as ever.
func TestListOfBefore(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		all := crowd(40)
		b.crowd("list1", all)
		key, err := seal.New([]byte("0123456789abcdef0123456789abcdef"))
		ok(t, err)
		cells, decided, number, name := key.Column("people", "cells"), key.Column("people", "decided"), key.Hash("number"), key.Hash("name")
		b.exec(`DELETE FROM people_blocks`)
		b.exec(`DELETE FROM key_blocks`)
		for i := range all {
			p := &all[i]
			if p.Decided != nil {
				p.Version = 1
			}
			place := "1/" + p.ID()
			plain := append(binary.AppendUvarint(nil, uint64(len(p.Group))), p.Group...)
			var hashes []byte
			for about, value := range []string{p.NumberKey, p.NameKey} {
				hash := make([]byte, seal.HashSize)
				if value != "" {
					hash = []*seal.Hash{number, name}[about].Sum([]byte(value))
					b.exec(`INSERT INTO person_keys (list, about, hash, sheet, line) VALUES (1, $1, $2, $3, $4)`, about+1, hash, p.Sheet, p.Row)
				}
				hashes = append(hashes, hash...)
			}
			var sealed any
			if p.Decided != nil {
				sealed = decided.Seal(nil, place+"@1", p.Decided)
			}
			b.exec(`INSERT INTO people (list, sheet, line, version, hashes, cells, decided) VALUES (1, $1, $2, $3, $4, $5, $6)`,
				p.Sheet, p.Row, p.Version, hashes, cells.Seal(nil, place, append(plain, p.Cells...)), sealed)
		}
		if diff := cmp.Diff(all, b.all("list1"), asKept); diff != "" {
			t.Fatal(diff)
		}
		found, err := b.FindByNumber(ctx, "09661", all[7].NumberKey)
		ok(t, err)
		if len(found) != 1 || found[0].Person.ID() != all[7].ID() {
			t.Errorf("by number: %v", found)
		}
		c := correction("c1", 0, ledger.Change{Person: all[7].ID(), After: []byte(`{"status":"died"}`), NumberKey: "x"})
		ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "1"}, c))
		if p := b.all("list1")[7]; p.Version != 1 || string(p.Decided) != `{"status":"died"}` {
			t.Errorf("corrected: %+v", p)
		}
		nobody := correction("c2", 1, ledger.Change{Person: "7:77", After: []byte("{}")})
		refused(t, b.RecordCorrection(ctx, bot.Ending{Op: "2"}, nobody), fault.NotFound, "storage.person.not_found")
	})
}
