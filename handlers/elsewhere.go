package handlers

import (
	"context"
	"strings"

	"lamsach/bot"
	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/kind"
	"lamsach/core/ledger"
	"lamsach/core/match"
	"lamsach/core/review"
	"lamsach/core/roster"
)

// Neighbours tells who stands on the lists of other units too. It gives away the names of those units and nothing else.
type Neighbours interface {
	// Elsewhere gives the names of the other units by person's id.
	Elsewhere(ctx context.Context, unit, list string) (map[string][]string, error)
	// LinkElsewhere looks for the people of a list, all or some, on the lists of other units, now that they changed.
	LinkElsewhere(ctx context.Context, list string, people []string) error
	// StaleLists names the lists (unit and id) that have to be counted anew because of that.
	StaleLists(ctx context.Context) ([]ledger.List, error)
	Recount(ctx context.Context, list string, revision int, counts []ledger.Count, tallies []ledger.Tally) error
}

// JobElsewhere looks for people of a list in the lists of other units. ID: see linkID.
const JobElsewhere = "find_elsewhere"

// mostLinked is how many changed people a job names; more of them, and the whole list is looked through.
const mostLinked = 40

// linkID is the id of a JobElsewhere: the list and its people that changed, none for all of them.
func linkID(list string, people []string) string {
	return strings.Join(append([]string{list}, people...), "|")
}

// findElsewhere does a JobElsewhere.
func (b *Bot) findElsewhere(ctx context.Context, id string) error {
	parts := strings.Split(id, "|")
	return b.linkElsewhere(ctx, parts[0], parts[1:])
}

// linkElsewhere looks for people of a list in the lists of other units, and counts every list anew for which that changed
// something.
func (b *Bot) linkElsewhere(ctx context.Context, list string, people []string) error {
	if err := b.Neighbours.LinkElsewhere(ctx, list, people); err != nil {
		return err
	}
	stale, err := b.Neighbours.StaleLists(ctx)
	if err != nil {
		return err
	}
	for _, l := range stale {
		err := b.shelf.with(ctx, place{unit: l.Unit}, l.ID, func(d *desk) error {
			open := counts(d.checker.Findings())
			if err := b.Neighbours.Recount(ctx, l.ID, d.card.Revision, open, d.tallies()); err != nil {
				return err
			}
			d.card.Counts = open
			return nil
		})
		if err != nil && !fault.Is(err, fault.NotFound) { // it has gone meanwhile
			return err
		}
	}
	return nil
}

// rulesOf are the rules for a list: those of its kind, and the one of people who stand elsewhere too.
func rulesOf(ro *roster.Roster, elsewhere map[string][]string) []check.Rule {
	rules := kind.Of(ro.Kind).Rules
	if len(elsewhere) == 0 {
		return rules
	}
	return append(rules[:len(rules):len(rules)], check.Elsewhere(elsewhere))
}

// keysOf gives the keys under which a person is found in other lists. Who has left the list is found by none.
func keysOf(keyer *match.Keyer, ro *roster.Roster, rec int) match.Keys {
	if ro.Records[rec].Status() != roster.InScope {
		return match.Keys{}
	}
	return keyer.Keys(rec)
}

// followElsewhere plans the look into other lists that changes to people call for.
func (t *turn) followElsewhere(d *desk, changes []review.Change) {
	var moved []string
	keyer := match.NewKeyer(d.ro)
	for _, ch := range changes {
		rec := &d.ro.Records[ch.Record]
		is := keysOf(keyer, d.ro, ch.Record)
		now := rec.Decided()
		rec.Decide(ch.Before)
		was := keysOf(keyer, d.ro, ch.Record)
		rec.Decide(now)
		if was != is {
			moved = append(moved, rec.ID())
		}
	}
	if len(moved) == 0 {
		return
	}
	if len(moved) > mostLinked {
		moved = nil
	}
	t.jobs = append(t.jobs, bot.Job{Kind: JobElsewhere, ID: linkID(d.card.ID, moved)})
}
