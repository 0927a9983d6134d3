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
	"lamsach/core/review"
	"lamsach/core/roster"
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
	r := &review.Desk{Roster: d.ro, Checker: d.checker, Today: d.today, Unit: t.who.UnitName}
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
	t.s = session{List: d.card.ID, Review: &state}
	return t.finish(ctx, t.draw(reviewView(screen)))
}

func (t *turn) reviewText(ctx context.Context, text string) error {
	return t.reviewInput(ctx, review.Input{Text: text})
}

func (t *turn) reviewPress(ctx context.Context, choice string) error {
	if t.s.Review == nil {
		return t.resume(ctx)
	}
	return t.reviewInput(ctx, review.Input{Choice: choice})
}

// reviewInput gives the officer's answer to the review and records what it decided.
func (t *turn) reviewInput(ctx context.Context, in review.Input) error {
	return t.withList(ctx, t.s.List, func(d *desk) error {
		talk := t.talkDesk(d)
		state, screen, events := review.Resume(*t.s.Review, in, talk)
		var changes []review.Change
		var label fault.Text
		for _, e := range events {
			switch e := e.(type) {
			case review.Corrected:
				if len(changes) == 0 {
					label = e.Label
				}
				changes = append(changes, e.Changes...)
			case review.Undo:
				return t.undo(ctx, d, state)
			case review.Export:
				t.askForCopy(d, e.Marked)
			case review.Left:
				return showLists(ctx, t, "")
			}
		}
		if screen.Alert != nil && len(changes) == 0 {
			return t.note(ctx, screen)
		}
		t.s.Review = &state
		if len(changes) == 0 {
			return t.finish(ctx, t.draw(reviewView(screen)))
		}
		return t.correct(ctx, d, label, changes, screen)
	})
}

// note shows what does not stay: over the screen after a press; after typed input as a message, and the screen anew.
func (t *turn) note(ctx context.Context, screen review.Screen) error {
	t.alert(*screen.Alert)
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

// correct records one correction, then shows what comes next.
func (t *turn) correct(ctx context.Context, d *desk, label fault.Text, changes []review.Change, screen review.Screen) error {
	c, err := t.correction(d, label, changes)
	if err != nil {
		return err
	}
	t.draw(reviewView(screen))
	t.audit = bot.Audit{Action: "person.corrected", Object: d.card.ID, Count: len(changes)}
	err = t.record(ctx, func(ctx context.Context, end bot.Ending) error {
		return t.b.Corrections.RecordCorrection(ctx, end, c)
	})
	if err != nil {
		return err
	}
	d.settle(c, +1)
	d.undo = &c
	return nil
}

func (t *turn) correction(d *desk, label fault.Text, changes []review.Change) (ledger.Correction, error) {
	text, err := json.Marshal(label)
	if err != nil {
		return ledger.Correction{}, fmt.Errorf("label: %w", err)
	}
	c := ledger.Correction{
		ID: t.b.NewID(), List: d.card.ID, BaseRevision: d.card.Revision, Officer: t.who.ID,
		Label: text, Made: t.b.Now(), Counts: counts(d.checker.Findings()),
	}
	for _, ch := range changes {
		before, err1 := json.Marshal(ch.Before)
		after, err2 := json.Marshal(ch.After)
		if err := errors.Join(err1, err2); err != nil {
			return c, err
		}
		number, name := match.Keys(d.ro, ch.Record)
		c.Changes = append(c.Changes, ledger.Change{
			Person: d.ro.Records[ch.Record].ID, Version: d.versions[ch.Record],
			Before: before, After: after, NumberKey: number, NameKey: name,
		})
	}
	return c, nil
}

// settle brings the open copy to the state that the store has after a correction was recorded or taken back.
func (d *desk) settle(c ledger.Correction, revisions int) {
	d.card.Revision += revisions
	d.card.Counts = c.Counts
	for _, ch := range c.Changes {
		d.versions[d.byID[ch.Person]]++
	}
}

// undo takes the newest correction back.
func (t *turn) undo(ctx context.Context, d *desk, state review.State) error {
	if d.undo == nil || d.undo.Officer != t.who.ID {
		t.alert(fault.T("chat.nothing_to_undo"))
		return t.showReview(ctx, d, redrawReview)
	}
	c := *d.undo
	var changes []review.Change
	for i := range c.Changes {
		ch := &c.Changes[i]
		rec, ok := d.byID[ch.Person]
		if !ok {
			return fmt.Errorf("correction %s: person %s is not on list %s", c.ID, ch.Person, c.List)
		}
		var before roster.Decisions
		if err := json.Unmarshal(ch.Before, &before); err != nil {
			return fmt.Errorf("correction %s: %w", c.ID, err)
		}
		ch.Version = d.versions[rec]
		changes = append(changes, review.Change{Record: rec, Before: before, After: d.ro.Records[rec].Decided})
	}
	talk := t.talkDesk(d)
	review.Revert(talk, changes)
	for i, ch := range changes {
		c.Changes[i].NumberKey, c.Changes[i].NameKey = match.Keys(d.ro, ch.Record)
	}
	c.BaseRevision, c.Counts = d.card.Revision, counts(d.checker.Findings())
	var label fault.Text
	if err := json.Unmarshal(c.Label, &label); err != nil {
		return fmt.Errorf("correction %s: %w", c.ID, err)
	}
	next, err := t.b.lastCorrection(ctx, c.List, c.ID)
	if err != nil {
		return err
	}
	d.undo = next
	t.s.Review = &state
	t.draw(reviewView(review.Undone(state, label, t.talkDesk(d))))
	t.audit = bot.Audit{Action: "correction.undone", Object: c.ID, Count: len(changes)}
	err = t.record(ctx, func(ctx context.Context, end bot.Ending) error {
		return t.b.Corrections.UndoCorrection(ctx, end, c, c.Counts)
	})
	if err != nil {
		return err
	}
	d.settle(c, +1)
	return nil
}
