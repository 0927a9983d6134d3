package bot

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

// attempts is how often a turn is tried before it is set aside.
const attempts = 3

// turns gives every chat with waiting updates one turn at a time. Chats take theirs in the order in which they became
// ready, and go to the end of the line after each: a busy chat does not hold the others up.
type turns struct {
	r    Runtime
	work context.Context // of the turns: outlives the intake

	mu     sync.Mutex
	ready  []Chat
	chats  map[Chat]*turnState // those ready, running or held
	free   int
	closed bool
	group  sync.WaitGroup
}

// turnState is where a chat stands: in the line, in its turn, or held after a failure.
type turnState struct {
	running bool
	held    bool
	again   bool // something arrived while it was running
	errors  int  // of the inbox in a row
}

func newTurns(work context.Context, r Runtime) *turns {
	return &turns{r: r, work: work, chats: map[Chat]*turnState{}, free: r.Workers}
}

// look wakes every chat that has updates waiting in the inbox.
func (t *turns) look(ctx context.Context) {
	chats, err := t.r.Inbox.WaitingChats(ctx)
	if err != nil {
		if ctx.Err() == nil {
			t.r.Log.Error("inbox not read", "error", err)
		}
		return
	}
	t.wake(chats...)
}

// wake puts the chats in the line, unless they stand in it, are held, or have their turn.
func (t *turns) wake(chats ...Chat) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, chat := range chats {
		switch state := t.chats[chat]; {
		case state == nil:
			t.chats[chat] = &turnState{}
			t.ready = append(t.ready, chat)
		case state.running:
			state.again = true
		}
	}
	t.start()
}

// start begins as many turns as there are free workers. Its caller holds the lock.
func (t *turns) start() {
	for t.free > 0 && len(t.ready) > 0 && !t.closed {
		chat := t.ready[0]
		t.ready = t.ready[1:]
		state := t.chats[chat]
		state.running, state.again = true, false
		t.free--
		t.group.Go(func() { t.settle(chat, state, t.turn(chat, state)) })
	}
}

// next says what becomes of a chat after a turn.
type next struct {
	more  bool          // there may be another update
	pause time.Duration // … but not before this has passed
}

// settle gives the worker back and puts the chat where it belongs now.
func (t *turns) settle(chat Chat, state *turnState, n next) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.free++
	state.running = false
	switch {
	case n.pause > 0:
		state.held = true
		time.AfterFunc(n.pause, func() { t.release(chat, state) })
	case n.more || state.again:
		t.ready = append(t.ready, chat)
	default:
		delete(t.chats, chat)
	}
	t.start()
}

// release puts a held chat back in the line.
func (t *turns) release(chat Chat, state *turnState) {
	t.mu.Lock()
	defer t.mu.Unlock()
	state.held = false
	t.ready = append(t.ready, chat)
	t.start()
}

// drain starts no more turns and waits for the running ones; false when ctx ended before they did.
func (t *turns) drain(ctx context.Context) bool {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	return settled(ctx, &t.group)
}

// turn takes the chat's next update through the handler.
func (t *turns) turn(chat Chat, state *turnState) next {
	u, attempt, ok, err := t.r.Inbox.NextUpdate(t.work, chat)
	if err != nil {
		state.errors++
		t.r.Log.Error("update not read", "chat", chat.String(), "error", err)
		return next{pause: PauseAfter(state.errors, time.Second, time.Minute)}
	}
	state.errors = 0
	if !ok {
		return next{}
	}
	if attempt <= attempts {
		if err = t.guard(u, "handle", t.r.Handler.Handle); err == nil {
			return next{more: true}
		}
		t.r.Log.Warn("turn failed", "chat", chat.String(), "update", u.ID, "attempt", attempt, "error", err)
		if attempt < attempts {
			return next{pause: PauseAfter(attempt*2, time.Second, time.Minute)}
		}
	}
	return t.setAside(u, attempt)
}

// setAside ends an update that cannot be dealt with, so that the chat's next ones can.
func (t *turns) setAside(u Update, attempt int) next {
	reference := Reference(u.Op())
	log := t.r.Log.With("chat", u.Chat.String(), "update", u.ID, "reference", reference, "attempt", attempt)
	err := t.guard(u, "apologise", func(ctx context.Context, u Update) error {
		return t.r.Handler.Apologise(ctx, u, reference)
	})
	if err != nil {
		log.Error("update neither handled nor set aside", "error", err)
	} else {
		log.Error("update set aside")
	}
	if err != nil || attempt > attempts { // it came back before: do not spin on it
		return next{pause: PauseAfter(attempt-attempts+2, time.Second, time.Minute)}
	}
	return next{more: true}
}

// guard runs one step of a turn with its deadline, and turns a panic into an error. The panic's own words are kept out
// of the log unless the Go runtime said them: they might be about a person.
func (t *turns) guard(u Update, step string, do func(context.Context, Update) error) (err error) {
	ctx, cancel := context.WithTimeout(t.work, t.r.TurnTime)
	defer cancel()
	late := time.AfterFunc(2*t.r.TurnTime, func() {
		t.r.Log.Error("turn far over its deadline", "chat", u.Chat.String(), "update", u.ID, "step", step)
	})
	defer late.Stop()
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
			t.r.Log.Error("panic in a turn", "chat", u.Chat.String(), "update", u.ID, "step", step, "stack", string(debug.Stack()))
		}
	}()
	return do(ctx, u)
}

// panicked makes an error of a recovered panic.
func panicked(p any) error {
	if e, ok := p.(runtime.Error); ok {
		return fmt.Errorf("panic: %w", e)
	}
	return fmt.Errorf("panic with a %T", p)
}

// Reference is the short mark under which a person and the log name the same failed operation: "K7Q2-M9XD".
func Reference(op string) string {
	sum := sha256.Sum256([]byte("reference " + op))
	mark := base32.StdEncoding.EncodeToString(sum[:5])
	return mark[:4] + "-" + mark[4:]
}
