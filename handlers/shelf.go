package handlers

import (
	"container/list"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"lamsach/bot"
	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/report"
	"lamsach/core/review"
	"lamsach/core/roster"
)

// Bounds of what stays open in memory. A commune's list takes some 10 MB.
const (
	shelfSize   = 128
	shelfPeople = 200_000 // on all lists, however few those are
	packedFrom  = 20_000  // people from which a list's cells stay packed: slower to look at, a third of the memory
)

// shelf keeps the lists that officers are working on open in memory, so that a turn need not unseal thousands of
// people. What is on it is only a copy of the facts: the revision in the store decides whether it still holds.
type shelf struct {
	b     *Bot
	mu    sync.Mutex
	lists map[string]*list.Element // of *desk
	order *list.List               // most recently used first
	sizes map[string]int           // people of the lists, since they were loaded
}

// desk is one open list. Its holder has it locked for the length of a turn.
type desk struct {
	id       string // of the list, as seen from its place: place.key
	at       place
	mu       sync.Mutex
	card     ledger.List
	ro       *roster.Roster
	checker  *check.Checker
	talk     *review.Desk // remembers between turns what is dear to find out
	today    civil.Date
	versions []int               // of each person, by record
	others   map[string][]string // names of the other units on whose lists a person stands, by id
	tallier  *report.Tallier     // nil until the list is counted by hamlet
	undo     *ledger.Correction  // the newest correction, nil when there is none
	loaded   bool
}

func newShelf(b *Bot) *shelf {
	return &shelf{b: b, lists: map[string]*list.Element{}, order: list.New(), sizes: map[string]int{}}
}

// take opens a list, as it is seen from a place, and locks it. The caller calls put when the turn has ended.
func (s *shelf) take(ctx context.Context, at place, list string) (*desk, error) {
	id := at.key(list)
	d := s.slot(id)
	d.mu.Lock()
	open := false // also when something panics
	defer func() {
		if !open {
			s.forget(id, d)
			d.mu.Unlock()
		}
	}()
	holds, err := s.holds(ctx, d, at, list)
	if err == nil && !holds {
		err = s.fill(ctx, d, at, list)
	}
	if err != nil {
		return nil, err
	}
	open = true
	return d, nil
}

// holds tells whether what lies open is still what the store has, after it was told what has changed on the lists of other units.
func (s *shelf) holds(ctx context.Context, d *desk, at place, list string) (bool, error) {
	if !d.loaded || d.at != at || d.today != s.b.today() {
		return false, nil
	}
	revision, links, err := s.b.Corrections.ListRevision(ctx, at.unit, list)
	switch {
	case err != nil || revision == d.card.Revision:
		return true, err
	case revision-links != d.card.Revision-d.card.Links:
		return false, nil
	}
	return s.relink(ctx, d, at, list)
}

// relink asks anew who stands on the lists of other units; false when the people have changed as well.
func (s *shelf) relink(ctx context.Context, d *desk, at place, list string) (bool, error) {
	card, err := s.b.Lists.List(ctx, at.unit, list)
	if err != nil || card.Revision-card.Links != d.card.Revision-d.card.Links {
		return false, err
	}
	others, err := s.b.Neighbours.Elsewhere(ctx, card.Unit, card.ID)
	if err != nil {
		return false, err
	}
	var moved []int
	for _, hits := range []map[string][]string{d.others, others} {
		for id := range hits {
			if rec, here := d.ro.Find(id); here && !slices.Equal(d.others[id], others[id]) {
				moved = append(moved, rec)
			}
		}
	}
	d.card, d.others = card, others
	d.checker.Renew(rulesOf(d.ro, others), moved...)
	if at.hamlet != "" {
		d.confine()
	}
	return true, nil
}

// fill reads a list out of the store.
func (s *shelf) fill(ctx context.Context, d *desk, at place, list string) error {
	card, err := s.b.Lists.List(ctx, at.unit, list)
	if err == nil {
		err = s.b.load(ctx, d, at, card)
	}
	if err == nil {
		s.makeRoom(at.key(list), d)
	}
	return err
}

// lay puts a list on the shelf that was just kept, so that it need not be read out of the store. Its people have the ids
// that the store gives. When somebody has it open already, nothing is done.
func (s *shelf) lay(card ledger.List, ro *roster.Roster, checker *check.Checker, today civil.Date) {
	d := s.slot(card.ID)
	if !d.mu.TryLock() {
		return
	}
	defer d.mu.Unlock()
	if d.loaded {
		return
	}
	d.at = place{unit: card.Unit}
	d.card, d.ro, d.checker, d.today, d.talk, d.undo = card, ro, checker, today, nil, nil
	d.tallier, d.others = nil, nil
	d.versions = make([]int, len(ro.Records))
	d.loaded = true
	s.makeRoom(card.ID, d)
}

// with opens a list, as it is seen from a place, for the length of do.
func (s *shelf) with(ctx context.Context, at place, list string, do func(*desk) error) error {
	d, err := s.take(ctx, at, list)
	if err != nil {
		return err
	}
	failed := true // also when do panics
	defer func() { d.put(failed) }()
	err = do(d)
	failed = err != nil
	return err
}

// makeRoom takes the lists that were not used for longest from the shelf until the people of those that stay are few
// enough. The list that was just loaded stays however long it is.
func (s *shelf) makeRoom(id string, d *desk) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.lists[id]; !ok || e.Value != d {
		return // pushed off meanwhile
	}
	s.sizes[id] = len(d.ro.Records)
	people := 0
	for _, n := range s.sizes {
		people += n
	}
	for last := s.order.Back(); last != nil && people > shelfPeople; {
		before := last.Prev()
		if name := last.Value.(*desk).id; name != id {
			people -= s.sizes[name]
			s.drop(last)
		}
		last = before
	}
}

// drop takes a list from the shelf. Its caller holds the lock.
func (s *shelf) drop(e *list.Element) {
	id := e.Value.(*desk).id
	s.order.Remove(e)
	delete(s.lists, id)
	delete(s.sizes, id)
}

// forget takes a desk that could not be loaded from the shelf, so that ids which are no lists do not crowd it.
func (s *shelf) forget(id string, d *desk) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.lists[id]; ok && e.Value == d && !d.loaded {
		s.drop(e)
	}
}

// put unlocks the desk. After a failure what it holds may be ahead of the facts, so it is read anew next time.
func (d *desk) put(failed bool) {
	if failed {
		d.loaded = false
	}
	d.mu.Unlock()
}

// slot gives the list's desk, loaded or not, and forgets the one that was not used for longest.
func (s *shelf) slot(id string) *desk {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.lists[id]; ok {
		s.order.MoveToFront(e)
		return e.Value.(*desk)
	}
	d := &desk{id: id}
	s.lists[id] = s.order.PushFront(d)
	if s.order.Len() > shelfSize {
		s.drop(s.order.Back())
	}
	return d
}

// load reads a list's people out of the store, those of the place.
func (b *Bot) load(ctx context.Context, d *desk, at place, card ledger.List) error {
	d.loaded = false
	ro, err := roster.DecodeInfo(card.Info)
	if err != nil {
		return fmt.Errorf("list %s: %w", card.ID, err)
	}
	ro.Records = make([]roster.Record, 0, card.People)
	d.versions = make([]int, 0, card.People)
	err = b.Lists.PeopleOf(ctx, card.ID, func(p ledger.Person) error {
		rec := roster.Record{Sheet: p.Sheet, Row: p.Row, Group: p.Group}
		if card.People > packedFrom {
			rec, err = rec.WithPacked(p.Cells)
		} else {
			rec.Cells, err = roster.DecodeCells(p.Cells)
		}
		if err != nil {
			return fmt.Errorf("person %s: %w", rec.ID(), err)
		}
		decided, err := decisions(p.Decided)
		if err != nil {
			return fmt.Errorf("person %s: %w", rec.ID(), err)
		}
		rec.Decide(decided)
		ro.Records = append(ro.Records, rec)
		if last := len(ro.Records) - 1; !at.holds(ro, last) {
			ro.Records = ro.Records[:last]
			return nil
		}
		d.versions = append(d.versions, p.Version)
		return nil
	})
	if err != nil {
		return err
	}
	d.undo, err = b.lastCorrection(ctx, card.ID, "")
	if err != nil {
		return err
	}
	if at.hamlet != "" && len(ro.Records) == 0 {
		return fault.New(fault.NotFound, "storage.list.not_found") // that the commune has such a list is not the hamlet's affair
	}
	if d.others, err = b.Neighbours.Elsewhere(ctx, card.Unit, card.ID); err != nil {
		return err
	}
	d.at, d.card, d.ro, d.today, d.talk = at, card, ro, b.today(), nil
	d.tallier = nil
	d.checker = check.NewBy(bot.Together, ro, rulesOf(ro, d.others), d.today, b.Policy)
	if at.hamlet != "" {
		d.confine()
	}
	d.loaded = true
	return nil
}

// confine leaves on the desk of a part of a list nothing of the rest.
func (d *desk) confine() {
	d.card.People, d.card.Counts = len(d.ro.Records), counts(d.checker.Findings())
	d.confineUndo()
}

// confineUndo forgets a newest correction that is about somebody who is not on the desk.
func (d *desk) confineUndo() {
	if d.undo == nil {
		return
	}
	for _, ch := range d.undo.Changes {
		if _, here := d.ro.Find(ch.Person); !here {
			d.undo = nil
			return
		}
	}
}

// tallies counts the list by hamlet, after the decisions about some people changed.
func (d *desk) tallies(changed ...int) []ledger.Tally {
	if d.tallier == nil {
		d.tallier = report.NewTallier(d.ro)
	}
	d.tallier.Reread(changed...)
	return d.tallier.Count(d.checker.Findings())
}

// changed gives whom a correction is about.
func (d *desk) changed(c ledger.Correction) []int {
	recs := make([]int, len(c.Changes))
	for i, ch := range c.Changes {
		recs[i], _ = d.ro.Find(ch.Person)
	}
	return recs
}

// decisions reads what the store keeps of a person's decisions; it keeps nothing where nothing was decided.
func decisions(kept []byte) (d roster.Decisions, err error) {
	if len(kept) > 0 {
		err = json.Unmarshal(kept, &d)
	}
	return d, err
}

// seen says what a screen about a person (empty: about none) is drawn from.
func (d *desk) seen(person string) seen {
	s := seen{Revision: d.card.Revision}
	if rec, ok := d.ro.Find(person); ok {
		s.Version = d.versions[rec]
	}
	if d.undo != nil {
		s.Undo = d.undo.ID
	}
	return s
}

// lastCorrection is the newest correction of a list that was not taken back, the one with the id "but" left out; nil
// when there is none.
func (b *Bot) lastCorrection(ctx context.Context, list, but string) (*ledger.Correction, error) {
	c, err := b.Corrections.LastCorrection(ctx, list, but)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &c, nil
}

// counts tells what is open, by code.
func counts(findings []check.Finding) []ledger.Count {
	at := map[string]int{}
	var out []ledger.Count
	for _, f := range findings {
		i, ok := at[f.Code+string(f.Severity)]
		if !ok {
			i = len(out)
			at[f.Code+string(f.Severity)] = i
			out = append(out, ledger.Count{Code: f.Code, Severity: string(f.Severity), Group: string(f.Group)})
		}
		out[i].Open++
	}
	return out
}
