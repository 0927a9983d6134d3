package bot

import (
	"time"

	"golang.org/x/time/rate"
)

// lane is the way to one platform: how fast it may be used, and whether it is open.
type lane struct {
	platform Platform
	sent     window        // nil: no bound
	notices  *rate.Limiter // nil: no bound
	last     Chat          // to which the newest notice went
	lastAt   time.Time     // and when
	until    time.Time     // nothing goes before it
	down     int           // sends in a row that did not reach the platform
	under    int           // replies under way
	revoked  bool          // the platform no longer knows us: nothing goes any more
}

// noticeLead is how long a notice waits for the one before it to be written down as sent: a killed process may repeat what was
// not, so as few as the platform's pace allows are under way at once.
const noticeLead = time.Second / 30

// newLane makes the way to a platform. Notices leave room for one of the replies that somebody waits for, and go evenly, so that
// there is room again soon.
func newLane(p Platform) *lane {
	l := &lane{platform: p}
	if n := p.Limits().PerSecond; n > 0 {
		l.sent = make(window, 0, n)
		l.notices = rate.NewLimiter(rate.Limit(l.mostNotices()), 2)
	}
	return l
}

// mostNotices is how many replies may have gone out within a second for a notice to go.
func (l *lane) mostNotices() int { return max(cap(l.sent)-1, 1) }

// noticeAfter says until when no notice may go; zero: one may.
func (l *lane) noticeAfter(now time.Time, busy map[Chat]bool) time.Time {
	if l.notices == nil {
		return time.Time{}
	}
	if until := l.lastAt.Add(noticeLead); busy[l.last] && now.Before(until) && !now.Before(l.lastAt) {
		return until
	}
	if until := l.sent.after(now, l.mostNotices()); !until.IsZero() {
		return until
	}
	return tokenAt(l.notices, now)
}

// takeNotice counts a notice that goes out now.
func (l *lane) takeNotice(chat Chat, now time.Time) {
	l.last, l.lastAt = chat, now
	if l.notices != nil {
		l.notices.AllowN(now, 1)
	}
}

// tokenAt says when the bucket has the next token; zero: it has one.
func tokenAt(bucket *rate.Limiter, now time.Time) time.Time {
	if tokens := bucket.TokensAt(now); tokens < 1 {
		return now.Add(time.Duration((1-tokens)/float64(bucket.Limit())*float64(time.Second)) + time.Millisecond)
	}
	return time.Time{}
}

// blocked says until when nothing may go; zero: something may. While the platform seems to be out of reach, one reply
// at a time tries the way.
func (l *lane) blocked(now time.Time) time.Time {
	if l.revoked {
		return now.Add(time.Hour)
	}
	if now.Before(l.until) {
		return l.until
	}
	if l.out() && l.under > 0 {
		return now.Add(time.Second)
	}
	return l.sent.after(now, cap(l.sent))
}

// take counts a reply that goes out now.
func (l *lane) take(now time.Time) {
	l.under++
	l.sent.take(now)
}

// out says whether the platform seems to be out of reach. A single failure may be the reply's own.
func (l *lane) out() bool { return l.down >= 2 }

// settle learns from what became of a reply, and says whether an outage ended with it.
func (l *lane) settle(v verdict, now time.Time) bool {
	l.under--
	switch v.fault {
	case Unsent:
		l.down++
		if l.out() {
			l.hold(now.Add(PauseAfter(l.down-1, 500*time.Millisecond, time.Minute)))
		}
		return false
	case Doubtful, Local: // it says nothing about the way
		return false
	case Revoked:
		l.revoked = true
		return false
	}
	return l.revive()
}

// hold lets nothing go before the time.
func (l *lane) hold(until time.Time) {
	if until.After(l.until) {
		l.until = until
	}
}

// revive ends an outage, and says whether there was one.
func (l *lane) revive() bool {
	over := l.out()
	if over {
		l.until = time.Time{}
	}
	l.down = 0
	return over
}

// window is when the newest replies went out, the oldest first: as many as a platform takes in a second, which is its capacity.
type window []time.Time

// platformSecond is how long a reply counts: the ways to a platform are not equally long.
const platformSecond = time.Second + 5*time.Millisecond

// after says until when there are as many within a second; zero: there are fewer.
func (w window) after(now time.Time, most int) time.Time {
	if most == 0 || len(w) < most {
		return time.Time{}
	}
	oldest := w[len(w)-most]
	if until := oldest.Add(platformSecond); now.Before(until) && !now.Before(oldest) { // a clock that was put back does not count
		return until
	}
	return time.Time{}
}

// take counts a reply.
func (w *window) take(now time.Time) {
	if cap(*w) == 0 {
		return
	}
	if len(*w) == cap(*w) {
		*w = (*w)[:copy(*w, (*w)[1:])]
	}
	*w = append(*w, now)
}
