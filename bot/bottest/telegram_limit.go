package bottest

import (
	"net/http"
	"slices"
	"time"
)

// Limit lets the server take so many messages in any second and answer more with 429, as the real one does; 0: as many as come.
// What is refused counts too.
func (s *Telegram) Limit(perSecond int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit, s.recent = perSecond, nil
}

// Afflict asks judge before each call other than getUpdates what trouble strikes it; nil: none. Its faults strike once.
func (s *Telegram) Afflict(judge func(method string, chat int64) *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.judge = judge
}

// messages are the calls that Limit counts.
var messages = []string{"sendMessage", "sendPhoto", "sendDocument"}

// flooded gives the answer to a message too many; nil: it may pass. Its caller holds the lock.
func (s *Telegram) flooded(c *call) *Fault {
	if s.limit == 0 || !contains(messages, c.method) {
		return nil
	}
	now := s.now()
	s.recent = slices.DeleteFunc(s.recent, func(at time.Time) bool { return now.Sub(at) >= time.Second })
	s.recent = append(s.recent, now)
	if len(s.recent) <= s.limit {
		return nil
	}
	return &Fault{Status: http.StatusTooManyRequests, RetryAfter: 1}
}
