package handlers

import (
	"context"

	"lamsach/bot"
	"lamsach/core/officer"
	"lamsach/core/roster"
)

// hamletsOf counts the people of a list by hamlet as it is written.
func hamletsOf(ro *roster.Roster) map[string]int {
	texts := map[string]int{}
	reader := roster.NewCellReader(ro)
	for i := range ro.Records {
		texts[ro.ValueIn(i, reader.Cells(i), roster.Village).Text]++
	}
	return texts
}

// addHamlets keeps the hamlets that a list speaks of and that nobody knew, for helpers and for counts. It is a fact of its own: hamlets
// are there whatever becomes of the list.
func (r *reading) addHamlets(ctx context.Context, texts map[string]int) error {
	if !r.t.can(officer.AddHamlets, r.up.Unit) {
		return nil
	}
	add := func(tree *officer.Tree) ([]officer.Unit, error) {
		return tree.NewHamlets(r.up.Unit, texts, r.b.today()), nil
	}
	found, _ := add(r.t.tree)
	if len(found) == 0 {
		return nil
	}
	return r.b.Units.ChangeUnits(ctx, bot.Ending{
		Op: "hamlets:" + r.up.ID, Chat: r.chat,
		Audit: bot.Audit{Officer: r.up.Officer, Action: "unit.hamlets_found", Object: r.up.Unit, Count: len(found)},
	}, add)
}
