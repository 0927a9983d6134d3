package handlers_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/ledger"
)

// TestReconcileFindsPlantedCounts: what a talk leaves behind is right; counts that are made wrong behind the program's back, of a list and
// of a unit, are found and put right; what the list came with stays.
func TestReconcileFindsPlantedCounts(t *testing.T) {
	script := newScript(t, `-- list --
STT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Số định danh cá nhân | Bản | Họ tên mẹ
1 | Mùa Thị Dợ | 15/04/2016 | Nữ | Mông | 014316001234 | Bản Bẹ | Thào Thị Mỷ
2 | Lò Văn Thử | 16/04/2015 | Nam | Thái | | Bản Bẹ | Lò Thị Ánh
3 | Hà Văn Sơn | 20/05/2018 | | Thái | 014218006543 | Bản Lừm | Hà Thị Lan
`)
	script.play("lo> /start {lo}\nlo> 📎 DS tre em.xlsx = list\nlo> [Sửa ngay]\nlo> [Chưa có – để công an cấp]\nlo> nam\n")
	w, ctx := script.world, context.Background()
	right := func() ([]ledger.UnitTally, []ledger.ListTally) {
		t.Helper()
		units, err := w.store.UnitTallies(ctx)
		w.ok(err)
		lists, err := w.store.HamletTallies(ctx, "03868")
		w.ok(err)
		return units, lists
	}
	wrong, err := w.bot.Reconcile(ctx)
	w.ok(err)
	if len(wrong) > 0 {
		t.Errorf("after a talk: %+v", wrong)
	}
	units, lists := right()
	if len(units) != 1 || units[0].Now.People != 3 || units[0].Now.Waiting != 1 || units[0].First.Waiting != 0 || units[0].First.Open != 2 {
		t.Fatalf("kept: %+v", units)
	}
	card, err := w.store.List(ctx, "03868", lists[0].List)
	w.ok(err)
	planted := []ledger.Tally{{Hamlet: "Bản Bẹ", Now: ledger.State{People: 7, Clean: 7}}, lists[0].Hamlets[1]}
	_, err = w.store.ReconcileList(ctx, card.ID, card.Revision, nil, planted)
	w.ok(err)
	_, err = w.store.Writer().Exec(`UPDATE unit_tallies SET sums = '1 1 1' WHERE unit = '03868'`)
	w.ok(err)
	wrong, err = w.bot.Reconcile(ctx)
	w.ok(err)
	var what []string
	for _, m := range wrong {
		what = append(what, m.What)
	}
	if got := strings.Join(what, ", "); got != "findings of "+card.ID+", list "+card.ID+", unit 03868 child" {
		t.Errorf("found: %s", got)
	}
	unitsNow, listsNow := right()
	if diff := cmp.Diff(units, unitsNow); diff != "" {
		t.Errorf("units:\n%s", diff)
	}
	if diff := cmp.Diff(lists, listsNow); diff != "" {
		t.Errorf("hamlets:\n%s", diff)
	}
	if !strings.Contains(w.log.String(), "kept count was wrong") || strings.Contains(w.log.String(), "Bản Bẹ") {
		t.Error("the log does not tell, or tells too much")
	}
}
