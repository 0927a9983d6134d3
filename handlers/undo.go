package handlers

import (
	"context"
	"encoding/json"
	"fmt"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/core/review"
)

// undo takes the newest correction back: the one that the officer's screen names, and no other.
func (t *turn) undo(ctx context.Context, d *desk, state review.State) error {
	if err := t.people(officer.CorrectPeople); err != nil {
		return err
	}
	if d.undo == nil || d.undo.Officer != t.who.ID || d.undo.ID != t.s.Seen.Undo {
		return errChanged()
	}
	c := *d.undo
	changes, err := d.revert(t.talkDesk(d), c)
	if err != nil {
		return err
	}
	var label fault.Text
	if err := json.Unmarshal(c.Label, &label); err != nil {
		return fmt.Errorf("correction %s: %w", c.ID, err)
	}
	c.Revision = d.card.Revision
	before, err := t.b.lastCorrection(ctx, c.List, c.ID)
	if err != nil {
		return err
	}
	d.undo = before
	d.confineUndo()
	t.s = session{List: d.card.ID, Review: &state}
	t.draw(reviewView(review.Undone(state, label, t.talkDesk(d))))
	t.followElsewhere(d, backwards(changes))
	t.audit = bot.Audit{Action: "correction.undone", Object: c.ID, Count: len(changes)}
	return t.whole(ctx, d, backwards(changes), func(whole *desk) error {
		c.Counts, c.Tallies = counts(whole.checker.Findings()), whole.tallies(whole.changed(c)...)
		return t.record(ctx, func(ctx context.Context, end bot.Ending) error {
			if err := t.b.Corrections.UndoCorrection(ctx, end, c, c.Counts); err != nil {
				return err
			}
			settle(c, d, whole)
			whole.undo = before
			t.s.Seen = d.seen(state.Record)
			return nil
		})
	})
}

// revert puts back on the desk what held before the correction.
func (d *desk) revert(talk *review.Desk, c ledger.Correction) ([]review.Change, error) {
	var changes []review.Change
	for _, ch := range c.Changes {
		rec, ok := d.ro.Find(ch.Person)
		if !ok {
			return nil, fmt.Errorf("correction %s: person %s is not on list %s", c.ID, ch.Person, c.List)
		}
		before, err := decisions(ch.Before)
		if err != nil {
			return nil, fmt.Errorf("correction %s: %w", c.ID, err)
		}
		changes = append(changes, review.Change{Record: rec, Before: before, After: d.ro.Records[rec].Decided()})
	}
	review.Revert(talk, changes)
	return changes, nil
}

// backwards gives the changes that undoing made, as changes: what held before them is what the undone ones had made.
func backwards(changes []review.Change) []review.Change {
	out := make([]review.Change, len(changes))
	for i, ch := range changes {
		out[i] = review.Change{Record: ch.Record, Before: ch.After, After: ch.Before}
	}
	return out
}
