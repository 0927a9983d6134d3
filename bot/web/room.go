package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
)

// maxIdle is how many talks are held of people who are not there.
const maxIdle = 64

// maxStreams is how many pages of one person are kept up to date at a time. A browser opens six connections to a
// host, and some must stay free for what the person does; an older page is told to wait until it is looked at.
const maxStreams = 4

// rooms are the talks held in memory. What is in the store is the truth; a room is made from it when needed.
type rooms struct {
	store Store
	log   *slog.Logger
	mu    sync.Mutex
	open  map[string]*room
	news  bell // rung when the bot said something to anybody
}

// room is one person's talk and the pages that show it.
type room struct {
	person string
	store  Store
	log    *slog.Logger
	users  int // guarded by rooms.mu

	turn sync.Mutex // held while something happens: order in the store is order on the page
	talk talk

	bell    bell
	pages   sync.Mutex
	streams []chan struct{} // closed to make a page wait
	seen    int64           // Seq of the newest event that a page has shown
	said    int64           // Seq of the newest message of the bot
}

func newRooms(store Store, log *slog.Logger) *rooms {
	return &rooms{store: store, log: log, open: map[string]*room{}}
}

// enter gives the person's room and what to call when done with it.
func (rs *rooms) enter(person string) (*room, func()) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	r := rs.open[person]
	if r == nil {
		rs.makeSpace()
		r = &room{person: person, store: rs.store, log: rs.log}
		rs.open[person] = r
	}
	r.users++
	return r, func() {
		rs.mu.Lock()
		defer rs.mu.Unlock()
		r.users--
	}
}

// makeSpace forgets a talk of somebody who is not there.
func (rs *rooms) makeSpace() {
	if len(rs.open) < maxIdle {
		return
	}
	for person, r := range rs.open {
		if r.users == 0 {
			delete(rs.open, person)
			return
		}
	}
}

// closeAll ends all streams; the pages come back by themselves.
func (rs *rooms) closeAll() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, r := range rs.open {
		r.dismiss()
	}
}

// catchUp takes in what the store has and the room has not. The caller holds turn.
func (r *room) catchUp(ctx context.Context) error {
	for {
		rows, err := r.store.WebEventsAfter(ctx, r.person, r.talk.last, maxBatch)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := r.talk.take(row); err != nil {
				r.log.Error("web event skipped", "seq", row.Seq, "err", err)
			}
		}
		if len(rows) < maxBatch {
			return nil
		}
	}
}

// record keeps an event and wakes the pages. The caller holds turn and has caught up.
func (r *room) record(ctx context.Context, e event) error {
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	seq, err := r.store.AppendWebEvent(ctx, r.person, body)
	if err != nil {
		return err
	}
	r.talk.apply(seq, e)
	if e.Do == say && !e.Message.Own {
		r.pages.Lock()
		r.said = seq
		r.pages.Unlock()
	}
	r.bell.ring()
	return nil
}

// unread reports whether the bot said something that no page has shown.
func (r *room) unread() bool {
	r.pages.Lock()
	defer r.pages.Unlock()
	return r.said > r.seen
}

// join adds a page; the channel is closed when the page has to wait.
func (r *room) join() chan struct{} {
	r.pages.Lock()
	defer r.pages.Unlock()
	if len(r.streams) >= maxStreams {
		close(r.streams[0])
		r.streams = r.streams[1:]
	}
	wait := make(chan struct{})
	r.streams = append(r.streams, wait)
	return wait
}

// leave takes a page away.
func (r *room) leave(wait chan struct{}) {
	r.pages.Lock()
	defer r.pages.Unlock()
	for i, other := range r.streams {
		if other == wait {
			r.streams = append(r.streams[:i:i], r.streams[i+1:]...)
			return
		}
	}
}

// dismiss makes all pages wait.
func (r *room) dismiss() {
	r.pages.Lock()
	defer r.pages.Unlock()
	for _, wait := range r.streams {
		close(wait)
	}
	r.streams = nil
}

// show notes that a page has shown the events up to seq.
func (r *room) show(seq int64) {
	r.pages.Lock()
	defer r.pages.Unlock()
	r.seen = max(r.seen, seq)
}

// bell wakes everybody who listens.
type bell struct {
	mu   sync.Mutex
	rung chan struct{}
}

// listen gives a channel that is closed at the next ring.
func (b *bell) listen() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung == nil {
		b.rung = make(chan struct{})
	}
	return b.rung
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
	}
}
