package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Runtime takes updates in, runs one turn at a time per chat and sends the replies. Whatever moment it is stopped at,
// what arrived is in the inbox and what has to be said is in the outbox; the next Run picks both up.
type Runtime struct {
	Platforms []Platform
	Inbox     Inbox
	Outbox    Outbox
	Handler   Handler
	Now       func() time.Time
	Log       *slog.Logger // nil: nothing is logged

	Workers     int           // turns under way at once, over all chats; 0: 16
	Senders     int           // replies under way at once, over all chats; 0: 16
	TurnTime    time.Duration // a turn's deadline; 0: 30 s
	Grace       time.Duration // what running turns get after the end was asked for; 0: 10 s
	NoticePause time.Duration // between two notices to one chat; 0: 1 s
	Look        time.Duration // between two looks at the store when nothing wakes it; 0: 15 s
}

// Run works until ctx ends: then it takes nothing more in, lets the running turns finish within Grace and returns nil.
// It returns an error when a platform can go on no more (a revoked token), or when a turn did not end within Grace.
func (r Runtime) Run(ctx context.Context) error {
	r = r.withDefaults()
	taking, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()

	t := newTurns(work, r)
	s := newSender(work, r, stop)
	sending, stopSending := context.WithCancel(work)
	defer stopSending()
	go s.run(sending)
	var takers sync.WaitGroup
	takers.Go(func() { r.watch(taking, t, s) })
	for _, p := range r.Platforms {
		takers.Go(func() {
			if err := r.take(taking, p, t, s); err != nil {
				stop(err)
			}
		})
	}

	<-taking.Done()
	r.Log.Info("runtime stops", "reason", context.Cause(taking))
	grace := time.AfterFunc(r.Grace, cut)
	defer grace.Stop()
	ended := settled(work, &takers)
	ended = t.drain(work) && ended
	stopSending()
	ended = s.drain(work) && ended
	return outcome(ctx, taking, ended)
}

// outcome is what Run returns: nil when the caller asked for the end and everything under way ended with it.
func outcome(ctx, taking context.Context, ended bool) error {
	if cause := context.Cause(taking); ctx.Err() == nil && cause != nil {
		return cause
	}
	if !ended {
		return errors.New("runtime: work was cut short when its grace ended; it runs again at the next start")
	}
	return nil
}

func (r Runtime) withDefaults() Runtime {
	if r.Log == nil {
		r.Log = slog.New(slog.DiscardHandler)
	}
	r.Workers = positive(r.Workers, 16)
	r.Senders = positive(r.Senders, 16)
	r.TurnTime = positive(r.TurnTime, 30*time.Second)
	r.Grace = positive(r.Grace, 10*time.Second)
	r.NoticePause = positive(r.NoticePause, time.Second)
	r.Look = positive(r.Look, 15*time.Second)
	return r
}

func positive[N int | time.Duration](n, otherwise N) N {
	if n > 0 {
		return n
	}
	return otherwise
}

// take runs the intake of one platform: what it passes on is stored before it is acknowledged.
func (r Runtime) take(ctx context.Context, p Platform, t *turns, s *sender) error {
	err := p.Receive(ctx, func(ctx context.Context, updates []Update) error {
		s.alive(p.Name())
		if len(updates) == 0 {
			return nil
		}
		if err := r.Inbox.PushUpdates(ctx, updates); err != nil {
			r.Log.Error("updates not stored", "platform", p.Name(), "count", len(updates), "error", err)
			return fmt.Errorf("store updates: %w", err)
		}
		for _, u := range updates {
			t.wake(u.Chat)
		}
		return nil
	})
	if ctx.Err() != nil {
		return nil
	}
	if err == nil {
		err = errors.New("it ended by itself")
	}
	return fmt.Errorf("receive from %s: %w", p.Name(), err)
}

// watch looks at the store at the start, whenever it is woken, and now and then in case a wake was missed.
func (r Runtime) watch(ctx context.Context, t *turns, s *sender) {
	const apart = 20 * time.Millisecond // looks at the inbox for what others put there: at most so often
	every := time.NewTicker(r.Look)
	defer every.Stop()
	var soon <-chan time.Time
	t.look(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-r.Outbox.Woken():
			if !open {
				return
			}
			s.wake()
			if soon == nil {
				soon = time.After(apart)
			}
		case <-soon:
			soon = nil
			t.look(ctx)
		case <-every.C:
			s.wake()
			t.look(ctx)
		}
	}
}

// settled waits for the group unless ctx ends first, and says whether the group ended.
func settled(ctx context.Context, group *sync.WaitGroup) bool {
	done := make(chan struct{})
	go func() { group.Wait(); close(done) }()
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}
