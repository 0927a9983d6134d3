package storagetest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/ledger"
)

// somebody makes a person of the nth row with keys of his own choice.
func somebody(n int, number, name, mother string) ledger.Person {
	p := person(n)
	p.NumberKey, p.NameKey, p.MotherKey = number, name, ""
	if mother != "" {
		p.MotherKey = name + "|" + mother
	}
	return p
}

func (b *bench) addPeople(id, unit string, people ...ledger.Person) {
	b.t.Helper()
	ok(b.t, b.AddList(ctx, bot.Ending{Op: "add " + id}, list(id, unit, len(people)), slices.Values(people)))
	ok(b.t, b.LinkElsewhere(ctx, id, nil))
}

// elsewhere tells who of a list stands elsewhere, by row.
func (b *bench) elsewhere(unit, list string) map[string][]string {
	b.t.Helper()
	found, err := b.Elsewhere(ctx, unit, list)
	ok(b.t, err)
	return found
}

func (b *bench) stale() (ids []string) {
	b.t.Helper()
	lists, err := b.StaleLists(ctx)
	ok(b.t, err)
	for _, l := range lists {
		ids = append(ids, l.Unit+" "+l.ID)
	}
	return ids
}

func TestElsewhere(t *testing.T) {
	const name, mother = "lo thi hoa|2016-05-09", "ca thi inh"
	cases := []struct {
		about        string
		mine, theirs []ledger.Person
		same         bool
	}{
		{"one number", []ledger.Person{somebody(1, "014316000117", "a", "")}, []ledger.Person{somebody(3, "014316000117", "b", "")}, true},
		{"name, date and mother", []ledger.Person{somebody(1, "", name, mother)}, []ledger.Person{somebody(3, "", name, mother)}, true},
		{"the number on one side", []ledger.Person{somebody(1, "014316000117", name, mother)}, []ledger.Person{somebody(3, "", name, mother)}, true},
		{"numbers of their own", []ledger.Person{somebody(1, "014316000117", name, mother)}, []ledger.Person{somebody(3, "014316000118", name, mother)}, false},
		{"another mother", []ledger.Person{somebody(1, "", name, mother)}, []ledger.Person{somebody(3, "", name, "vi thi xom")}, false},
		{"a mother who is not known", []ledger.Person{somebody(1, "", name, mother)}, []ledger.Person{somebody(3, "", name, "")}, true},
		{"a mother who is not known, and two of one name", []ledger.Person{somebody(1, "", name, mother)}, []ledger.Person{somebody(3, "", name, ""), somebody(4, "", name, "")}, false},
		{"another name", []ledger.Person{somebody(1, "", name, mother)}, []ledger.Person{somebody(3, "", "lo thi hoa|2016-05-10", mother)}, false},
		{"nothing known", []ledger.Person{somebody(1, "", "", "")}, []ledger.Person{somebody(3, "", "", "")}, false},
	}
	onEach(t, func(t *testing.T, b *bench) {
		for i, c := range cases {
			t.Run(c.about, func(t *testing.T) {
				b.t = t
				mine, again, theirs := fmt.Sprint("mine", i), fmt.Sprint("same unit", i), fmt.Sprint("theirs", i)
				b.addPeople(mine, "09661", c.mine...)
				b.addPeople(again, "09661", c.mine...)
				b.addPeople(theirs, "09664", c.theirs...)
				want, back, stale := map[string][]string{}, map[string][]string{}, []string(nil)
				if c.same {
					want, back = map[string][]string{"0:9": {"09664"}}, map[string][]string{"0:11": {"09661"}}
					stale = []string{"09661 " + mine, "09661 " + again, "09664 " + theirs}
				}
				for range 2 {
					if diff := cmp.Diff(want, b.elsewhere("09661", mine)); diff != "" {
						t.Errorf("here (-want +got):\n%s", diff)
					}
					if diff := cmp.Diff(back, b.elsewhere("09664", theirs)); diff != "" {
						t.Errorf("there (-want +got):\n%s", diff)
					}
					if diff := cmp.Diff(stale, b.stale()); diff != "" {
						t.Errorf("stale (-want +got):\n%s", diff)
					}
					ok(t, b.LinkElsewhere(ctx, mine, []string{"0:9"}))
					ok(t, b.LinkElsewhere(ctx, mine, nil))
				}
				if found := b.elsewhere("09664", mine); len(found) != 0 {
					t.Errorf("another unit asks, and is told %v", found)
				}
				for id, unit := range map[string]string{mine: "09661", again: "09661", theirs: "09664"} {
					ok(t, b.DeleteList(ctx, bot.Ending{Op: "gone " + id}, unit, id))
				}
			})
		}
	})
}

func TestElsewhereFollows(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.addPeople("mine", "09661", somebody(1, "014316000117", "", ""), somebody(2, "014316000222", "", ""))
		b.addPeople("theirs", "09664", somebody(5, "014316000117", "", ""))
		for _, l := range []string{"mine", "theirs"} {
			unit := map[string]string{"mine": "09661", "theirs": "09664"}[l]
			card, err := b.List(ctx, unit, l)
			ok(t, err)
			if card.Revision != 1 {
				t.Errorf("%s: revision %d after somebody was found", l, card.Revision)
			}
			ok(t, b.Recount(ctx, l, 0, nil, nil)) // of before
			ok(t, b.Recount(ctx, l, 1, []ledger.Count{{Code: "record.elsewhere", Severity: "warning", Group: "duplicate", Open: 1}}, nil))
		}
		if stale := b.stale(); stale != nil {
			t.Errorf("stale after the count: %v", stale)
		}
		open, err := b.UnitCounts(ctx, "09664")
		ok(t, err)
		if len(open) != 1 || open[0].Code != "record.elsewhere" || open[0].Open != 1 {
			t.Errorf("counts %v", open)
		}

		// The number is corrected there: nobody is there twice any more; then to that of another one.
		b.correctNumber("theirs", 1, 0, "014316000999")
		if got := b.elsewhere("09661", "mine"); len(got) != 0 {
			t.Errorf("after the correction there: %v", got)
		}
		b.correctNumber("theirs", 3, 1, "014316000222")
		if diff := cmp.Diff(map[string][]string{"0:10": {"09664"}}, b.elsewhere("09661", "mine")); diff != "" {
			t.Error(diff)
		}
		b.restart()
		if diff := cmp.Diff(map[string][]string{"0:10": {"09664"}}, b.elsewhere("09661", "mine")); diff != "" {
			t.Error(diff)
		}

		// Their list is replaced by one without that person.
		ok(t, b.Recount(ctx, "mine", 3, nil, nil))
		card, err := b.List(ctx, "09664", "theirs")
		ok(t, err)
		next := list("next", "09664", 1)
		next.Replaces, next.ReplacesRevision = "theirs", card.Revision
		ok(t, b.AddList(ctx, bot.Ending{Op: "next"}, next, slices.Values([]ledger.Person{somebody(7, "014316000555", "", "")})))
		if got := b.elsewhere("09661", "mine"); len(got) != 0 {
			t.Errorf("after the list was replaced: %v", got)
		}
		if diff := cmp.Diff([]string{"09661 mine"}, b.stale()); diff != "" {
			t.Error(diff)
		}
		ok(t, b.LinkElsewhere(ctx, "theirs", nil)) // a job that comes too late
		ok(t, b.LinkElsewhere(ctx, "nothing", nil))

		b.addPeople("third", "09667", somebody(5, "014316000117", "", ""))
		ok(t, b.DeleteList(ctx, bot.Ending{Op: "gone"}, "09667", "third"))
		if got := b.elsewhere("09661", "mine"); len(got) != 0 || b.count(`SELECT COUNT(*) FROM elsewhere`) != 0 {
			t.Errorf("after the list was deleted: %v", got)
		}
	})
}

// correctNumber corrects the number of a list's only person, and looks where he stands now.
func (b *bench) correctNumber(list string, revision, version int, number string) {
	b.t.Helper()
	id := b.all(list)[0].ID()
	ok(b.t, b.RecordCorrection(ctx, bot.Ending{Op: fmt.Sprint("correct ", list, revision)}, ledger.Correction{
		ID: fmt.Sprint("c", list, revision), List: list, BaseRevision: revision, Officer: "o1",
		Changes: []ledger.Change{{Person: id, Version: version, After: []byte("{}"), NumberKey: number}},
	}))
	ok(b.t, b.LinkElsewhere(ctx, list, []string{id}))
}

// A number that fills a column is a fault of its list; it does not link everybody with everybody.
func TestElsewhereIsBounded(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		var many []ledger.Person
		for n := range 300 {
			many = append(many, somebody(n, "014316000117", "", ""))
		}
		b.addPeople("mine", "09661", many...)
		b.addPeople("theirs", "09664", many...)
		if n := b.count(`SELECT COUNT(*) FROM elsewhere`); n == 0 || n > 2*8*8 {
			t.Errorf("%d links", n)
		}
	})
}
