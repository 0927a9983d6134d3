package storagetest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
)

// standing makes a hamlet's tally: so many people, of whom some are clean and have a number.
func standing(hamlet string, people, clean int) ledger.Tally {
	return ledger.Tally{Hamlet: hamlet, Now: ledger.State{People: people, Clean: clean, Open: people - clean, Numbered: clean, NoID: people - clean}}
}

// counted adds a list with tallies.
func (b *bench) counted(id, unit string, tallies ...ledger.Tally) {
	b.t.Helper()
	l := list(id, unit, 5)
	l.Tallies = tallies
	ok(b.t, b.AddList(ctx, bot.Ending{Op: "add:" + id}, l, people(5)))
}

// came is a tally as it is kept of a list that just came.
func came(t ledger.Tally) ledger.Tally {
	t.First = t.Now
	return t
}

func (b *bench) hamlets(unit string) []ledger.ListTally {
	b.t.Helper()
	got, err := b.HamletTallies(ctx, unit)
	ok(b.t, err)
	return got
}

// agree checks that the units' sums are those of their lists, and gives them.
func (b *bench) agree() []ledger.UnitTally {
	b.t.Helper()
	units, err := b.UnitTallies(ctx)
	ok(b.t, err)
	for _, u := range units {
		var sum ledger.Tally
		lists := 0
		for _, l := range b.hamlets(u.Unit) {
			if l.Kind == u.Kind {
				sum.Add(ledger.Sum(l.Hamlets), 1)
				lists++
			}
		}
		if diff := cmp.Diff(sum, u.Tally); diff != "" || lists != u.Lists {
			b.t.Errorf("unit %s %s: %d lists, kept %d:\n%s", u.Unit, u.Kind, lists, u.Lists, diff)
		}
	}
	wrong, err := b.ReconcileUnits(ctx)
	ok(b.t, err)
	if len(wrong) > 0 {
		b.t.Errorf("found wrong: %+v", wrong)
	}
	return units
}

func TestTalliesFollowTheList(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.counted("list1", "09661", standing("Bản A", 3, 1), standing("Bản B", 2, 0))
		b.counted("list2", "09661", standing("", 5, 5))
		b.counted("list3", "09664", standing("Bản A", 5, 0))
		want := []ledger.ListTally{
			{List: "list1", Kind: "child", Hamlets: []ledger.Tally{came(standing("Bản A", 3, 1)), came(standing("Bản B", 2, 0))}},
			{List: "list2", Kind: "child", Hamlets: []ledger.Tally{came(standing("", 5, 5))}},
		}
		if diff := cmp.Diff(want, b.hamlets("09661")); diff != "" {
			t.Error(diff)
		}
		units := b.agree()
		if len(units) != 2 || units[0].Unit != "09661" || units[0].Lists != 2 || units[0].Now.People != 10 || units[0].First.Clean != 6 {
			t.Errorf("units: %+v", units)
		}

		// A correction: somebody of Bản B is clean, and lives in Bản C now; it is taken back.
		c := ledger.Correction{ID: "c1", List: "list1", Officer: "o", Label: []byte("{}"), Changes: []ledger.Change{{Person: "0:8", After: []byte(`{"x":1}`)}}}
		c.Tallies = []ledger.Tally{standing("Bản A", 3, 1), standing("Bản B", 1, 0), standing("Bản C", 1, 1)}
		for range 2 { // the second time nothing happens
			ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "c1"}, c))
		}
		got := b.hamlets("09661")[0].Hamlets
		if len(got) != 3 || got[1].First.People != 2 || got[1].Now.People != 1 || got[2].First.People != 0 || got[2].Now.Clean != 1 {
			t.Errorf("after the correction: %+v", got)
		}
		if sum := b.agree()[0]; sum.Now.Clean != 7 || sum.First.Clean != 6 || sum.First.People != 10 {
			t.Errorf("sum after the correction: %+v", sum)
		}
		last, err := b.LastCorrection(ctx, "list1", "")
		ok(t, err)
		last.Tallies = []ledger.Tally{standing("Bản A", 3, 1), standing("Bản B", 2, 0)}
		ok(t, b.UndoCorrection(ctx, bot.Ending{Op: "u1"}, last, nil))
		if diff := cmp.Diff(want, b.hamlets("09661")); diff != "" {
			t.Errorf("after the undoing:\n%s", diff)
		}
		b.agree()
	})
}

func TestTalliesStayWhenNothingIsRecorded(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.counted("list1", "09661", standing("Bản A", 5, 1))
		c := ledger.Correction{ID: "c1", List: "list1", BaseRevision: 7, Tallies: []ledger.Tally{standing("Bản A", 5, 5)}}
		refused(t, b.RecordCorrection(ctx, bot.Ending{Op: "c1"}, c), fault.Conflict, "storage.correction.conflict")
		if sum := b.agree(); len(sum) != 1 || sum[0].Now.Clean != 1 {
			t.Errorf("%+v", sum)
		}
		ok(t, b.DeleteList(ctx, bot.Ending{Op: "d1"}, "09661", "list1"))
		if sum := b.agree(); len(sum) != 0 || len(b.hamlets("09661")) != 0 {
			t.Errorf("a list that has gone is counted: %+v", sum)
		}
	})
}

func TestLaterStateKeepsWhatTheFirstCameWith(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.counted("list1", "09661", standing("Bản A", 3, 0), standing("Bản B", 2, 0))
		next := list("list2", "09661", 5)
		next.Replaces, next.Tallies = "list1", []ledger.Tally{standing("Bản A", 4, 4), standing("Bản C", 1, 1)}
		ok(t, b.AddList(ctx, bot.Ending{Op: "n"}, next, people(5)))
		got := b.hamlets("09661")
		if len(got) != 1 || len(got[0].Hamlets) != 3 || got[0].Hamlets[1].First.NoID != 2 || got[0].Hamlets[1].Now.People != 0 {
			t.Errorf("%+v", got)
		}
		if sum := b.agree()[0]; sum.Lists != 1 || sum.First.People != 5 || sum.First.Clean != 0 || sum.Now.Clean != 5 {
			t.Errorf("%+v", sum)
		}
	})
}

func TestWrongCountsAreFoundAndPutRight(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.counted("list1", "09661", standing("Bản A", 3, 1), standing("Bản B", 2, 0))
		b.counted("list2", "09664", standing("Bản A", 5, 2))
		before := b.agree()
		b.exec(`UPDATE unit_tallies SET sums = '1 2 3' WHERE unit = '09664'`)
		b.exec(`INSERT INTO unit_tallies (unit, kind, lists, sums, changed_at) VALUES ('00001', 'child', 1, '7', 0)`)
		wrong, err := b.ReconcileUnits(ctx)
		ok(t, err)
		if len(wrong) != 2 || wrong[0].What != "unit 00001 child" || wrong[1].What != "unit 09664 child" || wrong[1].True.Now.Clean != 2 {
			t.Errorf("found: %+v", wrong)
		}
		after := slices.DeleteFunc(b.agree(), func(u ledger.UnitTally) bool { return u.Lists == 0 })
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("put right:\n%s", diff)
		}

		truth := []ledger.Tally{standing("Bản A", 3, 2), standing("Bản B", 2, 0)} // the kept count says one clean person
		counts := list("list1", "09661", 5).Counts
		wrong, err = b.ReconcileList(ctx, "list1", 0, counts, truth)
		ok(t, err)
		if len(wrong) != 1 || wrong[0].What != "list list1" || wrong[0].Kept.Now.Clean != 1 || wrong[0].True.Now.Clean != 2 {
			t.Errorf("found: %+v", wrong)
		}
		if wrong, err = b.ReconcileList(ctx, "list1", 0, counts, truth); err != nil || len(wrong) > 0 {
			t.Errorf("found again: %+v, %v", wrong, err)
		}
		if wrong, err = b.ReconcileList(ctx, "list1", 9, counts[:1], nil); err != nil || len(wrong) > 0 {
			t.Errorf("a list that moved on was touched: %+v, %v", wrong, err)
		}
		counts[1].Open += 3
		if wrong, err = b.ReconcileList(ctx, "list1", 0, counts, truth); err != nil || len(wrong) != 1 || wrong[0].What != "findings of list1" {
			t.Errorf("wrong findings: %+v, %v", wrong, err)
		}
		if sum := b.agree()[0]; sum.Now.Clean != 2 || sum.First.Clean != 1 {
			t.Errorf("%+v", sum)
		}
		lists, err := b.KeptLists(ctx)
		ok(t, err)
		if len(lists) != 2 || lists[0].ID != "list1" || lists[1].Unit != "09664" {
			t.Errorf("lists %+v", lists)
		}
	})
}

func TestListsOfAUnitAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		const lists = 8
		for i := range lists {
			b.counted(string(rune('a'+i)), "09661", standing("Bản A", 5, 0))
		}
		done := make(chan error)
		for i := range lists {
			go func() {
				id := string(rune('a' + i))
				c := ledger.Correction{ID: "c" + id, List: id, Officer: "o", Label: []byte("{}"), Tallies: []ledger.Tally{standing("Bản A", 5, i%5)}}
				done <- b.RecordCorrection(ctx, bot.Ending{Op: "c" + id}, c)
			}()
		}
		for range lists {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if sum := b.agree(); len(sum) != 1 || sum[0].Lists != lists || sum[0].Now.People != 40 || sum[0].Now.Clean != 13 {
			t.Errorf("%+v", sum)
		}
	})
}
