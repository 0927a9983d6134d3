package bot

import (
	"context"
	"time"
)

// manyChats is after how many replies there is another look, though some are still under way: a look may have left
// chats out.
const manyChats = 32

// sender empties the outbox: one reply at a time per chat and in order, several chats at once, interactive replies
// before notices, never faster than a platform takes them. One goroutine (run) owns its fields; replies under way
// report to it.
type sender struct {
	r     Runtime
	work  context.Context // of replies under way: outlives run's
	stop  context.CancelCauseFunc
	lanes map[string]*lane

	woken   chan struct{}
	living  chan string
	reports chan report
	ended   chan struct{}

	ready    []Chat // with something due, in the order in which they should go
	busy     map[Chat]bool
	held     map[Chat]time.Time // chats that the platform told to wait
	paced    map[Chat]time.Time // when the chat may get its next notice
	skipped  map[Chat]bool      // paced chats that had but a notice to get at the last look
	tries    map[string]tries   // of replies that failed before
	looks    int                // failed looks at the outbox in a row
	found    int                // chats found at the last look
	served   int                // replies that went out or failed since then
	lookAt   time.Time          // when to look again; zero: when woken
	launchAt time.Time          // when something in line may go; zero: nothing waits for a time
}

// report is what became of a reply under way.
type report struct {
	chat    Chat
	out     Outgoing
	verdict verdict
	tries   tries
}

func newSender(work context.Context, r Runtime, stop context.CancelCauseFunc) *sender {
	s := &sender{
		r: r, work: work, stop: stop, lanes: map[string]*lane{},
		woken: make(chan struct{}, 1), living: make(chan string, 16),
		reports: make(chan report), ended: make(chan struct{}),
		busy: map[Chat]bool{}, held: map[Chat]time.Time{}, paced: map[Chat]time.Time{}, skipped: map[Chat]bool{},
		tries: map[string]tries{},
	}
	for _, p := range r.Platforms {
		s.lanes[p.Name()] = newLane(p)
	}
	return s
}

// wake says that the outbox may hold something new.
func (s *sender) wake() {
	select {
	case s.woken <- struct{}{}:
	default:
	}
}

// alive says that the platform was heard of just now, so an outage of it is over.
func (s *sender) alive(platform string) {
	select {
	case s.living <- platform:
	default: // the next sign of life will do
	}
}

// run sends until ctx ends, then waits for what is under way.
func (s *sender) run(ctx context.Context) {
	defer close(s.ended)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for s.look(ctx); ctx.Err() == nil; {
		s.launch(ctx)
		timer.Reset(s.idle())
		select {
		case <-ctx.Done():
		case <-s.woken:
			s.look(ctx)
		case <-timer.C:
			if !s.lookAt.IsZero() && !s.r.Now().Before(s.lookAt) {
				s.look(ctx)
			}
		case platform := <-s.living:
			if l := s.lanes[platform]; l != nil && l.revive() {
				s.look(ctx)
			}
		case rep := <-s.reports:
			s.settle(rep)
		}
	}
	for len(s.busy) > 0 {
		s.settle(<-s.reports)
	}
}

// drain waits until run has ended; false when ctx ended before.
func (s *sender) drain(ctx context.Context) bool {
	select {
	case <-s.ended:
		return true
	case <-ctx.Done():
		return false
	}
}

// idle is how long there is nothing to do unless something happens.
func (s *sender) idle() time.Duration {
	wait, now := s.r.Look, s.r.Now()
	for _, at := range []time.Time{s.lookAt, s.launchAt} {
		if !at.IsZero() {
			wait = min(wait, max(at.Sub(now), 0))
		}
	}
	return wait
}

// earlier moves the time forward to at.
func earlier(t *time.Time, at time.Time) {
	if t.IsZero() || at.Before(*t) {
		*t = at
	}
}

// look asks the outbox which chats have something to send.
func (s *sender) look(ctx context.Context) {
	const soonest = 50 * time.Millisecond // a store that names a time gone by shall not make us spin
	now := s.r.Now()
	chats, at, err := s.r.Outbox.DueChats(ctx, now)
	s.lookAt = time.Time{}
	if err != nil {
		if ctx.Err() != nil {
			return
		}
		s.looks++
		s.r.Log.Error("outbox not read", "error", err)
		earlier(&s.lookAt, now.Add(PauseAfter(s.looks, 500*time.Millisecond, 30*time.Second)))
		return
	}
	s.looks, s.ready, s.found, s.served = 0, chats, len(chats), 0
	if !at.IsZero() {
		earlier(&s.lookAt, now.Add(max(at.Sub(now), soonest)))
	}
	clear(s.skipped)
	for _, until := range []map[Chat]time.Time{s.paced, s.held} {
		for chat, at := range until {
			if !now.Before(at) {
				delete(until, chat)
			}
		}
	}
}

// launch starts what may go out now; what may not stays in line, and launchAt says when it may.
func (s *sender) launch(ctx context.Context) {
	s.launchAt = time.Time{}
	now := s.r.Now()
	var stay []Chat
	all := true        // every chat in line had its chance
	var shut time.Time // when a notice may go again
	for i, chat := range s.ready {
		if len(s.busy) >= s.r.Senders || s.shut(now) {
			stay, all = append(stay, s.ready[i:]...), false
			break
		}
		if s.busy[chat] {
			continue // its report brings it back
		}
		until := s.blocked(chat, now)
		if until.IsZero() {
			until, shut = s.begin(ctx, chat, now)
		}
		if !until.IsZero() {
			stay = append(stay, chat)
			earlier(&s.launchAt, until)
		}
		if !shut.IsZero() { // those behind it have notices to get as well, or their next look brings them to the front
			stay, all = append(stay, s.ready[i+1:]...), false
			break
		}
	}
	s.ready = stay
	if all && s.served > 0 && s.found > 0 && (len(s.busy) == 0 || s.served >= max(s.found/2, manyChats)) {
		earlier(&s.lookAt, now)
	}
}

// shut says whether no platform takes anything now, and if so asks to be called when one does.
func (s *sender) shut(now time.Time) bool {
	var first time.Time
	for _, l := range s.lanes {
		until := l.blocked(now)
		if until.IsZero() {
			return false
		}
		earlier(&first, until)
	}
	earlier(&s.launchAt, first)
	return true
}

// blocked says until when nothing may go to the chat; zero: it may.
func (s *sender) blocked(chat Chat, now time.Time) time.Time {
	if until := s.held[chat]; now.Before(until) {
		return until
	}
	if until := s.pace(chat, now); s.skipped[chat] && !until.IsZero() {
		return until
	}
	l := s.lanes[chat.Platform]
	if l == nil { // a platform that is not served now: its replies wait for a start that serves it
		return now.Add(s.r.Look)
	}
	return l.blocked(now)
}

// pace says until when the chat gets no notice; zero: it may get one. A clock that was put back does not count.
func (s *sender) pace(chat Chat, now time.Time) time.Time {
	if until := s.paced[chat]; now.Before(until) && until.Sub(now) <= s.r.NoticePause {
		return until
	}
	return time.Time{}
}

// begin takes the chat's next reply and sends it; one that may not go yet gives the time when it may, and shut when that holds
// for every notice.
func (s *sender) begin(ctx context.Context, chat Chat, now time.Time) (until, shut time.Time) {
	out, ok, err := s.next(ctx, chat, now)
	if err != nil {
		if ctx.Err() == nil {
			s.r.Log.Error("reply not read", "chat", chat.String(), "error", err)
		}
		return now.Add(time.Second), time.Time{}
	}
	if !ok {
		return time.Time{}, time.Time{}
	}
	l := s.lanes[chat.Platform]
	if out.Reply.Notice {
		if until := s.pace(chat, now); !until.IsZero() {
			s.skipped[chat] = true
			return until, time.Time{}
		}
		if until := s.noticesAfter(l, now); !until.IsZero() {
			return until, until
		}
		s.paced[chat] = now.Add(s.r.NoticePause)
		l.takeNotice(chat, now)
	}
	l.take(now)
	s.busy[chat] = true
	before, outage := s.tries[out.ID], l.out()
	go func() { s.reports <- s.deliver(l.platform, chat, out, before, outage) }()
	return time.Time{}, time.Time{}
}

// next gives the chat's next reply that it is not too late for.
func (s *sender) next(ctx context.Context, chat Chat, now time.Time) (Outgoing, bool, error) {
	for {
		out, ok, err := s.r.Outbox.NextReply(ctx, chat, now)
		if err != nil || !ok || out.Reply.Until.IsZero() || now.Before(out.Reply.Until) {
			return out, ok, err
		}
		s.r.Log.Warn("notice given up, it is too late for it", "chat", chat.String(), "reply", out.ID)
		if err := s.r.Outbox.ReplyFailed(ctx, out.ID, Late, time.Time{}); err != nil {
			return Outgoing{}, false, err
		}
	}
}

// noticesAfter says until when no notice may go; zero: one may. A quarter of the senders is left to replies that somebody waits
// for, whatever hangs.
func (s *sender) noticesAfter(l *lane, now time.Time) time.Time {
	if len(s.busy) >= max(s.r.Senders-s.r.Senders/4, 1) {
		return now.Add(noticeLead)
	}
	return l.noticeAfter(now, s.busy)
}

// settle draws the conclusions from a reply that went out or failed.
func (s *sender) settle(rep report) {
	now := s.r.Now()
	chat, v := rep.chat, rep.verdict
	delete(s.busy, chat)
	s.served++
	l := s.lanes[chat.Platform]
	if l.settle(v, now) {
		earlier(&s.lookAt, now)
	}
	if v.done || v.giveUp {
		delete(s.tries, rep.out.ID)
	} else {
		s.tries[rep.out.ID] = rep.tries
		earlier(&s.lookAt, v.retryAt)
	}
	switch {
	case v.fault == Revoked:
		s.stop(v.err)
		return
	case v.fault == Busy && v.everywhere:
		l.hold(v.retryAt)
	case v.fault == Busy:
		s.held[chat] = v.retryAt
	}
	if rep.out.Reply.Notice {
		s.ready = append(s.ready, chat)
	} else {
		s.ready = append([]Chat{chat}, s.ready...)
	}
}
