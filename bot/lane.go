package bot

import (
	"time"

	"golang.org/x/time/rate"
)

// lane is the way to one platform: how fast it may be used, and whether it is open.
type lane struct {
	platform Platform
	bucket   *rate.Limiter // nil: no bound
	until    time.Time     // nothing goes before it
	down     int           // sends in a row that did not reach the platform
	under    int           // replies under way
	revoked  bool          // the platform no longer knows us: nothing goes any more
}

func newLane(p Platform) *lane {
	l := &lane{platform: p}
	if n := p.Limits().PerSecond; n > 0 {
		l.bucket = rate.NewLimiter(rate.Limit(n), n)
	}
	return l
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
	if l.bucket == nil {
		return time.Time{}
	}
	if tokens := l.bucket.TokensAt(now); tokens < 1 {
		return now.Add(time.Duration((1-tokens)/float64(l.bucket.Limit())*float64(time.Second)) + time.Millisecond)
	}
	return time.Time{}
}

// take counts a reply that goes out now.
func (l *lane) take(now time.Time) {
	l.under++
	if l.bucket != nil {
		l.bucket.AllowN(now, 1)
	}
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
