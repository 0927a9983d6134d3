package handlers

import (
	"context"

	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/core/review"
	"lamsach/core/roster"
)

// helperLists is how many of a commune's newest lists are looked through for the people of a helper's hamlet.
const helperLists = 12

// place is whose lists somebody works on, and which part of them: for a helper one hamlet's people are all that there is.
type place struct {
	unit   string // that holds the lists
	hamlet string // code; empty: everybody on the list
	name   string // of the hamlet, as lists write it
}

// key names a list as it is seen from the place.
func (p place) key(list string) string {
	if p.hamlet == "" {
		return list
	}
	return list + "|" + p.hamlet
}

// holds tells whether a person is of the place. A hamlet is meant only by its whole name: to a helper, who is in doubt is not there.
func (p place) holds(ro *roster.Roster, rec int) bool {
	return p.hamlet == "" || officer.SameName(ro.Value(rec, roster.Village).Text, p.name)
}

// place is where the officer works.
func (t *turn) place() place {
	p := place{unit: t.home()}
	if t.who.Role == officer.RoleHelper {
		hamlet, _ := t.tree.Unit(t.who.UnitCode)
		p.hamlet, p.name = hamlet.Code, hamlet.Name
	}
	return p
}

// lists gives the lists that the officer works on, the newest first; to a helper those with people of the hamlet, counted for them.
func (t *turn) lists(ctx context.Context) ([]ledger.List, error) {
	at := t.place()
	all, err := t.b.Lists.Lists(ctx, at.unit)
	if err != nil || at.hamlet == "" {
		return all, err
	}
	var mine []ledger.List
	for _, card := range all[:min(len(all), helperLists)] {
		err := t.b.shelf.with(ctx, at, card.ID, func(d *desk) error {
			mine = append(mine, d.card)
			return nil
		})
		if err != nil && !fault.Is(err, fault.NotFound) { // nobody of the hamlet, or replaced a moment ago
			return nil, err
		}
	}
	return mine, nil
}

// whole gives the whole list to a desk that may show a part of it, with the changes made there too: what is recorded of a list
// counts all its people, whoever made the change.
func (t *turn) whole(ctx context.Context, d *desk, changes []review.Change, do func(whole *desk) error) error {
	at := t.place()
	if at.hamlet == "" {
		return do(d)
	}
	return t.b.shelf.with(ctx, place{unit: at.unit}, d.card.ID, func(whole *desk) error {
		if whole.card.Revision != d.card.Revision {
			return errChanged()
		}
		same := make([]review.Change, len(changes))
		for i, c := range changes {
			rec, _ := whole.ro.Find(d.ro.Records[c.Record].ID()) // at the same revision the whole has all people of the part
			same[i] = review.Change{Record: rec, Before: c.Before, After: c.After}
		}
		review.Apply(t.talkDesk(whole), same)
		if err := do(whole); err != nil {
			return err
		}
		return nil
	})
}
