package storagetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/roster"
	"lamsach/storage"
)

// kept leaves out what the store does not give back: the plain input of keyed hashes.
var kept = cmpopts.IgnoreFields(ledger.Person{}, "NumberKey", "NameKey", "MotherKey")

func TestListIsKeptAsItCame(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		const n = 1234 // more than a few stages
		b.add("list1", "09661", n)
		b.add("list2", "09661", 3)
		b.restart()
		want := list("list1", "09661", n)
		got, err := b.List(ctx, "09661", "list1")
		ok(t, err)
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(ledger.List{}, "Received")); diff != "" || got.Received.IsZero() {
			t.Errorf("received %v, card:\n%s", got.Received, diff)
		}
		all := b.all("list1")
		if len(all) != n {
			t.Fatalf("%d people, want %d", len(all), n)
		}
		for i, p := range all {
			want := person(i)
			if diff := cmp.Diff(want, p, kept); diff != "" {
				t.Fatal(diff)
			}
		}
		lists, err := b.Lists(ctx, "09661")
		ok(t, err)
		if len(lists) != 2 || lists[0].ID != "list2" || lists[1].ID != "list1" {
			t.Errorf("lists %v", lists)
		}
	})
}

// TestListIsFinishedLate: what is worked out while the people are staged belongs to the list; when it fails, there is none.
func TestListIsFinishedLate(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		early := list("list1", "09661", 4)
		want := early.Counts
		early.Counts = nil
		trouble, staged := errors.New("trouble"), 0
		counted := func(yield func(ledger.Person) bool) {
			for p := range people(4) {
				staged++
				if !yield(p) {
					return
				}
			}
		}
		finish := func(l *ledger.List) error {
			if staged != 4 {
				t.Errorf("finished when %d people were staged", staged)
			}
			l.Counts = want
			return nil
		}
		err := b.AddList(ctx, bot.Ending{Op: "u1"}, early, counted, func(*ledger.List) error { return trouble })
		if !errors.Is(err, trouble) {
			t.Fatalf("error %v", err)
		}
		if lists, err := b.Lists(ctx, "09661"); err != nil || len(lists) != 0 {
			t.Fatalf("lists %v, %v", lists, err)
		}
		staged = 0
		ok(t, b.AddList(ctx, bot.Ending{Op: "u2"}, early, counted, finish))
		l, err := b.List(ctx, "09661", "list1")
		ok(t, err)
		if diff := cmp.Diff(want, l.Counts); diff != "" {
			t.Error(diff)
		}
	})
}

func TestListTakesTheFormersPlace(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("old", "09661", 4)
		next := list("new", "09661", 5)
		next.Replaces, next.ReplacesRevision = "old", 7
		refused(t, b.AddList(ctx, bot.Ending{Op: "u1"}, next, people(5)), fault.Conflict, "storage.list.moved_on")
		if _, err := b.List(ctx, "09661", "new"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a list came although the one before it had moved on: %v", err)
		}
		next.ReplacesRevision = 0
		ok(t, b.AddList(ctx, bot.Ending{Op: "u2"}, next, people(5)))
		ok(t, b.AddList(ctx, bot.Ending{Op: "u2"}, next, people(5)))
		lists, err := b.Lists(ctx, "09661")
		ok(t, err)
		if len(lists) != 1 || lists[0].ID != "new" {
			t.Errorf("lists %v", lists)
		}
		if _, err := b.List(ctx, "09661", "old"); !fault.Is(err, fault.NotFound) {
			t.Errorf("the former list can be worked on still: %v", err)
		}
		progress, err := b.ProgressOfUnits(ctx)
		ok(t, err)
		for _, p := range progress {
			if p.Unit == "09661" && (p.Lists != 1 || p.People != 5) {
				t.Errorf("progress counts %d lists, %d people", p.Lists, p.People)
			}
		}
	})
}

func TestSameListTwiceIsOnce(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		end := bot.Ending{Op: "u1", Replies: []bot.Reply{reply(chatOf("1"), "received")}}
		for range 3 {
			ok(t, b.AddList(ctx, end, list("list1", "09661", 5), people(5)))
		}
		if n := b.rows(); n != 5 {
			t.Errorf("%d people", n)
		}
		if texts := send(t, b); len(texts) != 1 {
			t.Errorf("replies %v", texts)
		}
		err := b.AddList(ctx, bot.Ending{Op: "u2"}, list("list1", "09661", 5), people(5))
		refused(t, err, fault.Conflict, "storage.list.exists")
		if len(b.all("list1")) != 5 {
			t.Error("the list that was there has changed")
		}
	})
}

func TestListComesWholeOrNotAtAll(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		twice := func(yield func(ledger.Person) bool) {
			if yield(person(1)) {
				yield(person(1))
			}
		}
		for name, err := range map[string]error{
			"fewer than promised": b.AddList(ctx, bot.Ending{Op: "a"}, list("list1", "09661", 700), people(500)),
			"a row twice":         b.AddList(ctx, bot.Ending{Op: "b"}, list("list1", "09661", 2), twice),
		} {
			if err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		if n := b.rows() + b.count(`SELECT COUNT(*) FROM lists`); n != 0 {
			t.Errorf("%d rows left", n)
		}
		b.add("list1", "09661", 4)
	})
}

func TestAnotherUnitsListIsNotFound(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("list1", "09661", 5)
		_, err := b.List(ctx, "09664", "list1")
		refused(t, err, fault.NotFound, "storage.list.not_found")
		_, err = b.List(ctx, "09661", "no such list")
		refused(t, err, fault.NotFound, "storage.list.not_found")
		_, err = b.ListByHash(ctx, "09664", []byte("hash of list1"))
		refused(t, err, fault.NotFound, "storage.list.not_found")
		refused(t, b.DeleteList(ctx, bot.Ending{Op: "d"}, "09664", "list1"), fault.NotFound, "storage.list.not_found")
		refused(t, b.PeopleOf(ctx, "no such list", nil), fault.NotFound, "storage.list.not_found")
		found, err := b.FindByNumber(ctx, "09664", person(1).NumberKey)
		ok(t, err)
		lists, err := b.Lists(ctx, "09664")
		ok(t, err)
		if len(found)+len(lists) != 0 {
			t.Errorf("another unit sees %v %v", found, lists)
		}
	})
}

func TestPeopleAreFoundByKeyedHash(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("list1", "09661", 10)
		b.add("list2", "09661", 5)
		found, err := b.FindByNumber(ctx, "09661", person(3).NumberKey)
		ok(t, err)
		if len(found) != 2 || found[0].List != "list1" || found[1].List != "list2" || found[0].Person.Row != person(3).Row {
			t.Errorf("by number: %v", found)
		}
		found, err = b.FindByName(ctx, "09661", person(7).NameKey)
		ok(t, err)
		if len(found) != 1 || string(found[0].Person.Cells) != string(person(7).Cells) {
			t.Errorf("by name: %v", found)
		}
		if found, err = b.FindByNumber(ctx, "09661", ""); err != nil || found != nil {
			t.Errorf("no number finds %v, %v", found, err)
		}
		again, err := b.ListByHash(ctx, "09661", []byte("hash of list2"))
		ok(t, err)
		if again.ID != "list2" {
			t.Errorf("by file: %s", again.ID)
		}
	})
}

func fixed(n int) ledger.Change {
	p := person(n)
	return ledger.Change{
		Person: roster.PersonID(p.Sheet, p.Row), Version: 0, After: fmt.Appendf(nil, `{"fixed":{"sex":{"v":"Nữ %d","by":"officer"}}}`, n),
		NumberKey: "new number " + p.NumberKey, NameKey: p.NameKey,
	}
}

func correction(id string, base int, changes ...ledger.Change) ledger.Correction {
	return ledger.Correction{
		ID: id, List: "list1", BaseRevision: base, Officer: "officer-1", Label: []byte(`{"key":"review.undo.sex"}`), Changes: changes,
		Counts: []ledger.Count{{Code: "personal_id.missing", Severity: "error", Group: "no_id", Open: 10 - base - 1}},
	}
}

func TestCorrectionsAndTheirUndoing(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("list1", "09661", 10)
		before := b.all("list1")
		_, err := b.LastCorrection(ctx, "list1", "")
		refused(t, err, fault.NotFound, "storage.correction.not_found")

		one, two := correction("c1", 0, fixed(1), fixed(2)), correction("c2", 1, ledger.Change{
			Person: fixed(1).Person, Version: 1, Before: fixed(1).After, After: []byte(`{"status":"moved_out"}`), NumberKey: "x",
		})
		for range 2 { // the same operation again changes nothing
			ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "1"}, one))
			ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "2"}, two))
			b.restart()
		}
		now := b.all("list1")
		if string(now[1].Decided) != `{"status":"moved_out"}` || now[1].Version != 2 || string(now[2].Decided) != string(fixed(2).After) {
			t.Errorf("now %+v %+v", now[1], now[2])
		}
		if found, err := b.FindByNumber(ctx, "09661", fixed(2).NumberKey); err != nil || len(found) != 1 {
			t.Errorf("the new number finds %v, %v", found, err)
		}

		last, err := b.LastCorrection(ctx, "list1", "")
		ok(t, err)
		if last.ID != "c2" || last.Revision != 2 || string(last.Label) != string(two.Label) || len(last.Changes) != 1 {
			t.Errorf("last %+v", last)
		}
		but, err := b.LastCorrection(ctx, "list1", "c2")
		ok(t, err)
		if but.ID != "c1" {
			t.Errorf("last but c2 is %s", but.ID)
		}
		counts := list("list1", "09661", 10).Counts
		for range 2 {
			ok(t, b.UndoCorrection(ctx, bot.Ending{Op: "3"}, last, counts))
		}
		last, err = b.LastCorrection(ctx, "list1", "")
		ok(t, err)
		ok(t, b.UndoCorrection(ctx, bot.Ending{Op: "4"}, last, counts))
		b.restart()
		if diff := cmp.Diff(before, b.all("list1"), kept, cmpopts.IgnoreFields(ledger.Person{}, "Version")); diff != "" {
			t.Error(diff)
		}
		if found, err := b.FindByNumber(ctx, "09661", person(2).NumberKey); err != nil || len(found) != 1 {
			t.Errorf("the old number finds %v, %v", found, err)
		}
		l, err := b.List(ctx, "09661", "list1")
		ok(t, err)
		if l.Revision != 4 {
			t.Errorf("revision %d", l.Revision)
		}
		if diff := cmp.Diff(counts, l.Counts); diff != "" {
			t.Error(diff)
		}
	})
}

func TestConflictRecordsNothing(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("list1", "09661", 10)
		ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "1"}, correction("c1", 0, fixed(1))))
		const key = "storage.correction.conflict"
		refused(t, b.RecordCorrection(ctx, bot.Ending{Op: "2"}, correction("c2", 0, fixed(2))), fault.Conflict, key)
		stale := correction("c3", 1, fixed(2), fixed(1)) // the second was changed by c1
		refused(t, b.RecordCorrection(ctx, bot.Ending{Op: "3"}, stale), fault.Conflict, key)
		unknown := correction("c4", 1, ledger.Change{Person: "0:99999", After: []byte("{}")})
		refused(t, b.RecordCorrection(ctx, bot.Ending{Op: "4"}, unknown), fault.NotFound, "storage.person.not_found")
		nowhere := correction("c5", 1, fixed(3))
		nowhere.List = "no such list"
		refused(t, b.RecordCorrection(ctx, bot.Ending{Op: "5"}, nowhere), fault.NotFound, "storage.list.not_found")
		if p := b.all("list1")[2]; p.Version != 0 || p.Decided != nil {
			t.Errorf("half a correction: %+v", p)
		}
		last, err := b.LastCorrection(ctx, "list1", "")
		ok(t, err)
		ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "6"}, correction("c6", 1, fixed(4))))
		refused(t, b.UndoCorrection(ctx, bot.Ending{Op: "7"}, last, nil), fault.Conflict, key)
		if got := b.all("list1")[1]; string(got.Decided) != string(fixed(1).After) {
			t.Errorf("half an undoing: %+v", got)
		}
	})
}

func TestTwoOfficersCorrectTheSameChild(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("list1", "09661", 10)
		var group sync.WaitGroup
		results := make([]error, 8)
		for i := range results {
			group.Go(func() {
				c := correction(fmt.Sprint("c", i), 0, fixed(1))
				c.Changes[0].After = fmt.Appendf(nil, `"%d"`, i)
				results[i] = b.RecordCorrection(ctx, bot.Ending{Op: fmt.Sprint("op", i)}, c)
			})
		}
		group.Wait()
		won := -1
		for i, err := range results {
			switch {
			case err == nil && won < 0:
				won = i
			case err == nil:
				t.Errorf("%d and %d both won", won, i)
			default:
				refused(t, err, fault.Conflict, "storage.correction.conflict")
			}
		}
		if won < 0 || string(b.all("list1")[1].Decided) != fmt.Sprintf(`"%d"`, won) {
			t.Errorf("%d won, %q is kept", won, b.all("list1")[1].Decided)
		}
	})
}

// One code may be an error at one row and a warning at another; each is counted, and counted down, by itself.
func TestOneCodeOfTwoSeverities(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("list1", "09661", 10)
		for base, want := range [][]ledger.Count{
			{{Code: "personal_id.lost_zero", Severity: "error", Group: "bad_id", Open: 3}, {Code: "personal_id.lost_zero", Severity: "warning", Group: "bad_id", Open: 2}},
			{{Code: "personal_id.lost_zero", Severity: "error", Group: "bad_id", Open: 1}, {Code: "personal_id.lost_zero", Severity: "warning", Group: "bad_id", Open: 2}},
			{{Code: "personal_id.lost_zero", Severity: "warning", Group: "bad_id", Open: 2}},
		} {
			c := correction(fmt.Sprint("c", base), base, fixed(base+1))
			c.Counts = want
			ok(t, b.RecordCorrection(ctx, bot.Ending{Op: fmt.Sprint(base)}, c))
			list, err := b.List(ctx, "09661", "list1")
			ok(t, err)
			if diff := cmp.Diff(want, list.Counts); diff != "" {
				t.Error(diff)
			}
			unit, err := b.UnitCounts(ctx, "09661")
			ok(t, err)
			if diff := cmp.Diff(want, unit); diff != "" {
				t.Error(diff)
			}
		}
		progress, err := b.ProgressOfUnits(ctx)
		ok(t, err)
		if len(progress) != 1 || progress[0].Errors != 0 || progress[0].Warnings != 2 {
			t.Errorf("progress %+v", progress)
		}
	})
}

func TestProgressIsKeptWithTheFacts(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("list1", "09661", 10)
		b.add("list2", "09661", 5)
		b.add("list3", "09664", 7)
		ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "1"}, correction("c1", 0, fixed(1)))) // errors 10 → 9, warnings 2 → 0
		check := func(want ...storage.Progress) {
			t.Helper()
			got, err := b.ProgressOfUnits(ctx)
			ok(t, err)
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(storage.Progress{}, "Changed")); diff != "" {
				t.Error(diff)
			}
		}
		other := storage.Progress{Unit: "09664", Lists: 1, People: 7, Errors: 7, Warnings: 2}
		check(storage.Progress{Unit: "09661", Lists: 2, People: 15, Errors: 14, Warnings: 2}, other)
		counts, err := b.UnitCounts(ctx, "09661")
		ok(t, err)
		if diff := cmp.Diff([]ledger.Count{
			{Code: "personal_id.missing", Severity: "error", Group: "no_id", Open: 14},
			{Code: "sex.missing", Severity: "warning", Group: "basic_info", Open: 2},
		}, counts); diff != "" {
			t.Error(diff)
		}
		ok(t, b.DeleteList(ctx, bot.Ending{Op: "2", Audit: bot.Audit{Action: "list.deleted", Object: "list1"}}, "09661", "list1"))
		check(storage.Progress{Unit: "09661", Lists: 1, People: 5, Errors: 5, Warnings: 2}, other)
		if n := b.rows() - 5 - 7 + b.count(`SELECT COUNT(*) FROM corrections`) + b.count(`SELECT COUNT(*) FROM person_keys WHERE list = 1`) +
			b.count(`SELECT COUNT(*) FROM key_blocks WHERE list = 1`); n != 0 {
			t.Errorf("%d rows of the deleted list are left", n)
		}
		if lines, err := b.AuditOf(ctx, "list1", 10); err != nil || len(lines) != 1 {
			t.Errorf("audit %v, %v", lines, err)
		}
	})
}

// A value opens only where it was sealed: who can write to the database cannot move one person's data to another, nor
// put an older decision back.
func TestMovedValuesDoNotOpen(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		nothing := func(ledger.Person) error { return nil }
		for name, change := range map[string]string{
			"cells of another row":   `UPDATE people SET cells = (SELECT o.cells FROM people o WHERE o.line = 10) WHERE line = 9`,
			"decided at version 2":   `UPDATE people SET version = 2 WHERE line = 9`,
			"decision taken away":    `UPDATE people SET decided = NULL WHERE line = 9`,
			"one byte":               `UPDATE people SET cells = decided WHERE line = 9`,
			"block of other people":  `UPDATE people_blocks SET body = (SELECT o.body FROM people_blocks o WHERE o.line = 8) WHERE line = 40`,
			"places of other people": `UPDATE people_blocks SET places = (SELECT o.places FROM people_blocks o WHERE o.line = 8) WHERE line = 40`,
			"hashes too few":         `UPDATE people_blocks SET hashes = (SELECT o.hashes FROM people o WHERE o.line = 9) WHERE line = 8`,
		} {
			b.add("list1", "09661", 70)
			ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "1"}, correction("c1", 0, fixed(1), fixed(2))))
			tx, err := b.Writer().Begin()
			ok(t, err)
			_, err = tx.Exec(change)
			ok(t, err)
			ok(t, tx.Commit())
			if err := b.PeopleOf(ctx, "list1", nothing); err == nil {
				t.Errorf("%s: opened", name)
			}
			for _, table := range []string{"corrections", "counts", "person_keys", "people", "key_blocks", "people_blocks", "lists", "endings"} {
				b.exec(`DELETE FROM ` + table)
			}
		}
	})
}

func TestPeopleOfStopsWhereItsUserStops(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("list1", "09661", 50)
		enough := errors.New("enough")
		seen := 0
		err := b.PeopleOf(ctx, "list1", func(ledger.Person) error {
			if seen++; seen == 3 {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || seen != 3 {
			t.Errorf("%d seen, %v", seen, err)
		}
	})
}
