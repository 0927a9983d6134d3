package storagetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

var since = civil.Date{Year: 2026, Month: time.November, Day: 22}

// hamlets gives a change that adds hamlets of a commune.
func hamlets(commune string, names ...string) func(*officer.Tree) ([]officer.Unit, error) {
	return func(tree *officer.Tree) (units []officer.Unit, err error) {
		for _, name := range names {
			var u officer.Unit
			if tree, u, err = tree.AddHamlet(commune, name, since); err != nil {
				return nil, err
			}
			units = append(units, u)
		}
		return units, nil
	}
}

func (b *bench) tree() *officer.Tree {
	b.t.Helper()
	tree, err := b.Tree(ctx)
	ok(b.t, err)
	return tree
}

func TestUnitsAreKept(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		before := b.tree()
		if before.Len() != officer.Builtin().Len() {
			t.Fatalf("%d units", before.Len())
		}
		for range 2 { // the same operation once
			ok(t, b.ChangeUnits(ctx, bot.Ending{Op: "1", Audit: bot.Audit{Action: "unit.added", Count: 2}}, hamlets("03868", "Bản Bẹ", "Bản Lừm")))
		}
		ok(t, b.ChangeUnits(ctx, bot.Ending{Op: "2"}, hamlets("03868", "Bản Bẹ", "Bản Xa")))
		want := []officer.Unit{
			{Code: "03868-01", Name: "Bản Bẹ", Level: officer.LevelHamlet, Parent: "03868", ValidFrom: since},
			{Code: "03868-02", Name: "Bản Lừm", Level: officer.LevelHamlet, Parent: "03868", ValidFrom: since},
			{Code: "03868-03", Name: "Bản Xa", Level: officer.LevelHamlet, Parent: "03868", ValidFrom: since},
		}
		for range 2 {
			if diff := cmp.Diff(want, b.tree().Children("03868", since)); diff != "" {
				t.Error(diff)
			}
			b.restart()
		}
		if before.Len() != officer.Builtin().Len() {
			t.Error("a tree that somebody holds has changed")
		}
		if n := b.count(`SELECT COUNT(*) FROM audit`); n != 1 {
			t.Errorf("%d audit lines", n)
		}
	})
}

// A unit is renamed, and two become one: what is kept goes over what is built in, whatever the order in which it is read.
func TestUnitsChange(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		ok(t, b.ChangeUnits(ctx, bot.Ending{Op: "1"}, func(tree *officer.Tree) ([]officer.Unit, error) {
			a, _ := tree.Unit("03868")
			c, _ := tree.Unit("03856")
			a.ValidTo, c.ValidTo = since.AddDays(-1), since.AddDays(-1)
			merged := officer.Unit{Code: "03867", Name: "Mới", Kind: "xã", Level: officer.LevelCommune, Parent: "14", ValidFrom: since,
				Predecessors: []string{"03856", "03868"}}
			return []officer.Unit{merged, a, c}, nil
		}))
		ok(t, b.ChangeUnits(ctx, bot.Ending{Op: "2"}, func(tree *officer.Tree) ([]officer.Unit, error) {
			u, _ := tree.Unit("03867")
			u.Name = "Mới Hơn"
			return []officer.Unit{u}, nil
		}))
		b.restart()
		tree := b.tree()
		if u, _ := tree.Unit("03867"); u.Name != "Mới Hơn" || tree.Relation("14", "03867", since) != officer.Below {
			t.Errorf("the merged unit is %+v", u)
		}
		if tree.Relation("14", "03868", since) != officer.Other || tree.Relation("14", "03868", since.AddDays(-1)) != officer.Below {
			t.Error("the old unit does not end on its last day")
		}
		if after := tree.Successors("03868"); len(after) != 1 || after[0].Code != "03867" {
			t.Errorf("successors %+v", after)
		}
	})
}

// What does not fit is refused and leaves nothing behind; another process's change is seen at once.
func TestUnitsFitAndAreSeenByAll(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		before := b.tree().Len()
		err := b.ChangeUnits(ctx, bot.Ending{Op: "1"}, func(*officer.Tree) ([]officer.Unit, error) {
			return []officer.Unit{{Code: "x", Name: "Lạc", Level: officer.LevelCommune, Parent: "nowhere"}}, nil
		})
		refused(t, err, fault.Invalid, "unit.parent_unknown")
		refused(t, b.ChangeUnits(ctx, bot.Ending{Op: "2"}, hamlets("nowhere", "Bản Bẹ")), fault.NotFound, "unit.unknown")
		if b.tree().Len() != before || b.count(`SELECT COUNT(*) FROM units`) != 0 {
			t.Error("a change that was refused left something behind")
		}
		b.exec(`UPDATE units_head SET revision = revision + 1`) // as another process does
		b.exec(`INSERT INTO units (code, name, kind, level, parent, valid_from, valid_to, predecessors, revision)
			SELECT '03868-01', 'Bản Bẹ', '', 'hamlet', '03868', '2026-11-22', '', '', revision FROM units_head`)
		if u, there := b.tree().Unit("03868-01"); !there || u.Name != "Bản Bẹ" {
			t.Error("what another process added is not seen")
		}
	})
}
