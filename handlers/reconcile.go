package handlers

import (
	"context"

	"lamsach/core/fault"
	"lamsach/core/ledger"
)

// Reconciler holds kept counts against what is counted anew.
type Reconciler interface {
	KeptLists(ctx context.Context) ([]ledger.List, error)
	ReconcileList(ctx context.Context, list string, revision int, counts []ledger.Count, tallies []ledger.Tally) ([]ledger.Miscount, error)
	ReconcileUnits(ctx context.Context) ([]ledger.Miscount, error)
}

// JobReconcile counts every list anew, person by person, and puts kept counts right that differ. It runs by itself.
const JobReconcile = "reconcile"

// Reconcile counts every list anew under the rules and the date of now, holds the kept counts against that, then the units' sums against
// their lists, and puts right what differs. It gives what was wrong; a list that somebody works on meanwhile is left to the next time.
// One list is in memory at a time.
func (b *Bot) Reconcile(ctx context.Context) ([]ledger.Miscount, error) {
	lists, err := b.Reconciler.KeptLists(ctx)
	if err != nil {
		return nil, err
	}
	var wrong []ledger.Miscount
	for _, l := range lists {
		found, err := b.reconcileList(ctx, l.Unit, l.ID)
		if err != nil && !fault.Is(err, fault.NotFound) { // replaced or deleted meanwhile
			return wrong, err
		}
		wrong = append(wrong, found...)
	}
	found, err := b.Reconciler.ReconcileUnits(ctx)
	wrong = append(wrong, found...)
	for _, w := range wrong {
		b.Log.Warn("kept count was wrong, put right", "what", w.What, "people", w.Kept.Now.People, "true_people", w.True.Now.People,
			"open", w.Kept.Now.Open, "true_open", w.True.Now.Open)
	}
	return wrong, err
}

func (b *Bot) reconcileList(ctx context.Context, unit, id string) ([]ledger.Miscount, error) {
	card, err := b.Lists.List(ctx, unit, id)
	if err != nil {
		return nil, err
	}
	var d desk // not the shelf's: nobody is working on it
	if err := b.load(ctx, &d, place{unit: unit}, card); err != nil {
		return nil, err
	}
	return b.Reconciler.ReconcileList(ctx, id, card.Revision, counts(d.checker.Findings()), d.tallies())
}
