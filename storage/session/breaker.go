package session

import (
	"sync"
	"time"
)

// breaker keeps turns from piling up behind a Redis that is down: after failuresToOpen failures in a row nobody asks it
// for openFor, then one asks, and when it answers all do.
type breaker struct {
	now func() time.Time

	mu       sync.Mutex
	failures int
	until    time.Time // while open: when the next may ask
}

const (
	failuresToOpen = 2
	openFor        = 5 * time.Second
)

// allow tells whether the caller may ask. Who was allowed reports.
func (b *breaker) allow() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures < failuresToOpen {
		return true
	}
	now := b.now()
	if now.Before(b.until) {
		return false
	}
	b.until = now.Add(openFor) // this caller asks; the others wait for what it finds
	return true
}

func (b *breaker) report(answered bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if answered {
		b.failures = 0
		return
	}
	b.failures++
	b.until = b.now().Add(openFor)
}
