package bot

import (
	"context"
	"errors"
	"runtime/debug"
	"time"
)

// Local is the fault of a reply that failed in the program itself: its attachment could not be read. Platforms never
// give it.
const Local SendFault = "local"

// localTries is how often a reply with a fault of our own is tried before it is given up.
const localTries = 5

// tries counts the failures of one reply since the start.
type tries struct {
	unsent   int
	doubtful int
	local    int
}

// verdict is what follows from an attempt to send: it is done, given up, or tried again at retryAt.
type verdict struct {
	done       bool
	giveUp     bool
	fault      SendFault
	retryAt    time.Time
	everywhere bool
	err        error
}

// deliver sends a reply and writes down what became of it.
func (s *sender) deliver(p Platform, chat Chat, out Outgoing, t tries, outage bool) report {
	id, err := s.send(p, out)
	v := judge(err, &t, outage, s.r.Now())
	log := s.r.Log.With("chat", chat.String(), "reply", out.ID)
	switch {
	case v.done:
		s.persist(func(ctx context.Context) error { return s.r.Outbox.ReplySent(ctx, out.ID, id) })
	case v.giveUp:
		log.Error("reply given up", "fault", v.fault, "error", err)
		s.persist(func(ctx context.Context) error { return s.r.Outbox.ReplyFailed(ctx, out.ID, v.fault, time.Time{}) })
	default:
		log.Warn("reply not sent yet", "fault", v.fault, "wait", v.retryAt.Sub(s.r.Now()), "error", err)
		s.persist(func(ctx context.Context) error { return s.r.Outbox.ReplyFailed(ctx, out.ID, v.fault, v.retryAt) })
	}
	return report{chat: chat, out: out, verdict: v, tries: t}
}

// send calls the platform; a panic in it is an error.
func (s *sender) send(p Platform, out Outgoing) (id string, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = panicked(e)
			s.r.Log.Error("panic in sending", "reply", out.ID, "stack", string(debug.Stack()))
		}
	}()
	return p.Send(s.work, out)
}

// judge decides what follows from what the platform said. A doubtful reply goes out once more: rather twice than never.
func judge(err error, t *tries, outage bool, now time.Time) verdict {
	if err == nil {
		return verdict{done: true}
	}
	var e *SendError
	if !errors.As(err, &e) {
		e = &SendError{Fault: Local, Err: err}
	}
	v := verdict{fault: e.Fault, err: err, everywhere: e.Everywhere}
	switch e.Fault {
	case Busy:
		v.retryAt = now.Add(max(e.RetryAfter, 100*time.Millisecond))
	case Unsent:
		t.unsent++
		most := time.Minute
		if outage { // the lane is what waits long: the reply shall be ready when the way is open again
			most = 2 * time.Second
		}
		v.retryAt = now.Add(PauseAfter(t.unsent, 500*time.Millisecond, most))
	case Doubtful:
		t.doubtful++
		v.giveUp = t.doubtful > 1
		v.retryAt = now.Add(PauseAfter(1, time.Second, time.Minute))
	case Local:
		t.local++
		v.giveUp = t.local >= localTries
		v.retryAt = now.Add(PauseAfter(t.local*2, time.Second, time.Minute))
	case Revoked: // it stays in the outbox, for a start with a valid token
		v.retryAt = now
	default:
		v.giveUp = true
	}
	return v
}

// persist repeats a write until the store takes it: what was sent and not marked would be sent again.
func (s *sender) persist(write func(context.Context) error) {
	for n := 1; ; n++ {
		err := write(s.work)
		if err == nil || s.work.Err() != nil {
			return
		}
		s.r.Log.Error("outbox not written", "error", err)
		if !Rest(s.work, PauseAfter(n, 100*time.Millisecond, 30*time.Second)) {
			return
		}
	}
}
