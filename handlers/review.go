package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/match"
	"lamsach/core/officer"
	"lamsach/core/review"
)

// entry says how a review is entered.
type entry int

const (
	openReview   entry = iota // at the summary
	beginReview               // at the next open question
	redrawReview              // where it was
)

// talkDesk is what the review sees of an open list. Only one's own corrections can be taken back.
func (t *turn) talkDesk(d *desk) *review.Desk {
	if d.talk == nil {
		d.talk = &review.Desk{Roster: d.ro, Checker: d.checker, Today: d.today}
	}
	r := d.talk
	r.Due = t.due
	r.Unit, r.Undo, r.NoFiles = t.who.UnitName, nil, !t.can(officer.ExportPeople, t.who.UnitCode)
	if d.undo != nil && d.undo.Officer == t.who.ID {
		var label fault.Text
		if json.Unmarshal(d.undo.Label, &label) == nil {
			r.Undo = &label
		}
	}
	return r
}

// showReview draws a review screen without taking anything.
func (t *turn) showReview(ctx context.Context, d *desk, how entry) error {
	talk := t.talkDesk(d)
	var state review.State
	var screen review.Screen
	switch {
	case how == redrawReview && t.s.Review != nil && t.s.List == d.card.ID:
		state, screen = *t.s.Review, review.Show(*t.s.Review, talk)
	case how == beginReview || how == redrawReview:
		state, screen = review.Begin(talk)
	default:
		state, screen = review.Open(talk)
	}
	t.stand(d, state)
	return t.finish(ctx, t.draw(reviewView(screen)))
}

// stand remembers where the officer is from now on, and what the screen that he gets is drawn from.
func (t *turn) stand(d *desk, state review.State) {
	t.s = session{List: d.card.ID, Review: &state, Seen: d.seen(state.Record)}
}

// reviewInput gives the officer's answer to the review and records what it decided.
func (t *turn) reviewInput(ctx context.Context, in review.Input) error {
	return t.withList(ctx, t.s.List, func(d *desk) error {
		state, screen, events := review.Resume(*t.s.Review, in, t.talkDesk(d))
		var made review.Corrected
		for _, e := range events {
			switch e := e.(type) {
			case review.Corrected:
				made = e
			case review.Undo:
				return t.undo(ctx, d, state)
			case review.Export:
				if err := t.askForCopy(d, e.Marked); err != nil {
					return err
				}
			case review.Left: // its screen says that everything is kept
			}
		}
		if err := t.asSeen(d, state, made.Changes); err != nil {
			return err
		}
		if len(made.Changes) > 0 {
			if err := t.people(officer.CorrectPeople); err != nil {
				return err
			}
		}
		switch {
		case len(made.Changes) > 0:
			return t.correct(ctx, d, made, state, screen)
		case screen.Alert != nil:
			return t.note(ctx, d, screen)
		}
		t.stand(d, state)
		return t.finish(ctx, t.draw(reviewView(screen)))
	})
}

// note shows what does not stay: over the screen after a press; after typed input as a message, and the screen anew.
func (t *turn) note(ctx context.Context, d *desk, screen review.Screen) error {
	t.alert(*screen.Alert)
	t.audit = bot.Audit{Action: "person.shown", Object: d.card.ID, Count: 1}
	if t.u.Kind == bot.Press {
		return t.finish(ctx)
	}
	return t.finish(ctx, t.draw(reviewView(screen)))
}

// reviewView turns a review's screen into one of the chat's.
func reviewView(screen review.Screen) view {
	var v view
	for _, line := range screen.Notice {
		v.body = append(v.body, viewLine{line.Text, bot.Style(line.Style)})
	}
	if len(screen.Notice) > 0 && len(screen.Body) > 0 {
		v.body = append(v.body, viewLine{})
	}
	for _, line := range screen.Body {
		v.body = append(v.body, viewLine{line.Text, bot.Style(line.Style)})
	}
	for _, row := range screen.Choices {
		var out []viewChoice
		for _, c := range row {
			out = append(out, viewChoice{do: "r." + c.ID, label: c.Label})
		}
		v.row(out...)
	}
	return v
}

// errChanged says that somebody else was faster.
func errChanged() error { return fault.New(fault.Conflict, "storage.correction.conflict") }

// asSeen refuses an answer about people whom somebody else has changed since the officer's screen was drawn: he answers
// what he sees. What only moves on is no answer; the people of a group are held against the screen by the review itself.
func (t *turn) asSeen(d *desk, state review.State, changes []review.Change) error {
	asked, seen := t.s.Review.Record, t.s.Seen
	if asked == "" || seen.Revision == d.card.Revision {
		return nil
	}
	moved := d.seen(asked).Version != seen.Version
	if moved && (len(changes) > 0 || state.Pending != nil) {
		return errChanged()
	}
	for _, ch := range changes {
		if d.ro.Records[ch.Record].ID() != asked {
			return errChanged() // of others than the one asked about, it is not known what the screen showed
		}
	}
	return nil
}

// correct records one correction, then shows what comes next.
func (t *turn) correct(ctx context.Context, d *desk, made review.Corrected, state review.State, screen review.Screen) error {
	c, err := t.correction(d, made.Label, made.Changes)
	if err != nil {
		return err
	}
	t.s = session{List: d.card.ID, Review: &state}
	t.draw(reviewView(screen))
	t.followElsewhere(d, made.Changes)
	t.audit = bot.Audit{Action: "person.corrected", Object: d.card.ID, Count: len(made.Changes)}
	return t.whole(ctx, d, made.Changes, func(whole *desk) error {
		c.Counts, c.Tallies = counts(whole.checker.Findings()), whole.tallies(whole.changed(c)...)
		return t.record(ctx, func(ctx context.Context, end bot.Ending) error {
			if err := t.b.Corrections.RecordCorrection(ctx, end, c); err != nil {
				return err
			}
			settle(c, d, whole)
			d.undo, whole.undo = &c, &c
			t.s.Seen = d.seen(state.Record)
			return nil
		})
	})
}

func (t *turn) correction(d *desk, label fault.Text, changes []review.Change) (ledger.Correction, error) {
	text, err := json.Marshal(label)
	if err != nil {
		return ledger.Correction{}, fmt.Errorf("label: %w", err)
	}
	c := ledger.Correction{
		ID: t.b.NewID(), List: d.card.ID, BaseRevision: d.card.Revision, Officer: t.who.ID,
		Label: text, Made: t.b.Now(),
	}
	keyer := match.NewKeyer(d.ro)
	for _, ch := range changes {
		before, err1 := json.Marshal(ch.Before)
		after, err2 := json.Marshal(ch.After)
		if err := errors.Join(err1, err2); err != nil {
			return c, err
		}
		keys := keysOf(keyer, d.ro, ch.Record)
		c.Changes = append(c.Changes, ledger.Change{
			Person: d.ro.Records[ch.Record].ID(), Version: d.versions[ch.Record],
			Before: before, After: after, NumberKey: keys.Number, NameKey: keys.Name, MotherKey: keys.Mother,
		})
	}
	return c, nil
}

// settle brings the open copies, of a part of a list and of the whole, to the state that the store has after a correction was recorded or
// taken back. The two may be one.
func settle(c ledger.Correction, part, whole *desk) {
	for _, d := range []*desk{part, whole} {
		d.card.Revision++
		d.card.Counts = c.Counts
		for _, ch := range c.Changes {
			if rec, here := d.ro.Find(ch.Person); here {
				d.versions[rec]++
			}
		}
		if d == whole {
			return
		}
		d.card.Counts = counts(d.checker.Findings())
	}
}
