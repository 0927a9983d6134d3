package bottest

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"time"
)

// queued is an update that the bot has not confirmed.
type queued struct {
	id    int64
	kind  string
	raw   json.RawMessage
	given bool // delivered at least once
}

// hook is where updates go when a webhook is set.
type hook struct{ url, secret string }

// push queues an update. Its caller holds the lock.
func (s *Telegram) push(id int64, kind string, raw json.RawMessage) {
	s.pending = append(s.pending, &queued{id: id, kind: kind, raw: raw})
	s.every = append(s.every, raw)
	s.touch()
}

// update queues an update of a kind. Its caller holds the lock.
func (s *Telegram) update(kind string, body any) {
	s.nextID++
	raw, err := json.Marshal(map[string]any{"update_id": s.nextID, kind: body})
	if err != nil {
		panic(err)
	}
	s.push(s.nextID, kind, raw)
}

// Push queues an update as it is; it must have an update_id.
func (s *Telegram) Push(raw string) {
	var head struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal([]byte(raw), &head); err != nil {
		panic(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.push(head.ID, "", json.RawMessage(raw))
}

// Restart lets the ids of updates go on from the number, as Telegram does, maybe lower, after a quiet week.
func (s *Telegram) Restart(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID = id
}

// Repeat queues everything that was ever queued once more, under the same ids.
func (s *Telegram) Repeat() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, raw := range s.every {
		var head struct {
			ID int64 `json:"update_id"`
		}
		if json.Unmarshal(raw, &head) == nil {
			s.pending = append(s.pending, &queued{id: head.ID, raw: raw})
		}
	}
	s.touch()
}

// Shuffle disorders what waits.
func (s *Telegram) Shuffle(seed uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rnd := rand.New(rand.NewPCG(seed, seed))
	rnd.Shuffle(len(s.pending), func(i, j int) { s.pending[i], s.pending[j] = s.pending[j], s.pending[i] })
}

// Confirmed says whether the bot has confirmed all updates.
func (s *Telegram) Confirmed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending) == 0
}

// WaitConfirmed returns when the bot has confirmed all updates, or when ctx ends.
func (s *Telegram) WaitConfirmed(ctx context.Context) error {
	return s.wait(ctx, func() bool { return len(s.pending) == 0 })
}

// getUpdates confirms what lies before offset and waits for what follows.
func (s *Telegram) getUpdates(ctx context.Context, c *call) reply {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if no := s.beginPoll(cancel, c); no != nil {
		return *no
	}
	limit := int(c.number("limit"))
	if limit < 1 || limit > 100 {
		limit = 100
	}
	wait := time.NewTimer(time.Duration(min(c.number("timeout"), 50)) * time.Second)
	defer wait.Stop()
	for {
		s.mu.Lock()
		batch, changed := s.next(limit), s.changed
		s.mu.Unlock()
		if len(batch) > 0 {
			return yes(batch)
		}
		select {
		case <-wait.C:
			return yes([]json.RawMessage{})
		case <-changed:
		case <-ctx.Done():
			switch context.Cause(ctx) {
			case errDown:
				panic(http.ErrAbortHandler)
			case errTerminated:
				return reply{code: 409, description: "Conflict: terminated by other getUpdates request; " +
					"make sure that only one bot instance is running"}
			}
			return yes([]json.RawMessage{})
		}
	}
}

// beginPoll takes the place of any poll under way and confirms what the offset confirms.
func (s *Telegram) beginPoll(cancel context.CancelCauseFunc, c *call) *reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook.url != "" {
		return &reply{code: 409, description: "Conflict: can't use getUpdates method while webhook is active; " +
			"use deleteWebhook to delete the webhook first"}
	}
	if s.poll != nil {
		s.poll(errTerminated)
	}
	s.poll = cancel
	if raw := c.fields["allowed_updates"]; raw != "" {
		var kinds []string
		if json.Unmarshal([]byte(raw), &kinds) != nil {
			a := bad("can't parse allowed_updates")
			return &a
		}
		s.allow(kinds)
	}
	if offset := c.number("offset"); offset > 0 {
		s.pending = slices.DeleteFunc(s.pending, func(q *queued) bool { return q.given && q.id < offset })
		s.touch()
	}
	return nil
}

// allow remembers which kinds the bot wants; none means all.
func (s *Telegram) allow(kinds []string) {
	s.allowed = nil
	if len(kinds) == 0 {
		return
	}
	s.allowed = map[string]bool{"": true} // what Push queued comes always
	for _, k := range kinds {
		s.allowed[k] = true
	}
}

// next gives up to limit updates that wait, in the order they lie. What was given before and is still not confirmed
// comes again.
func (s *Telegram) next(limit int) []json.RawMessage {
	var batch []json.RawMessage
	s.pending = slices.DeleteFunc(s.pending, func(q *queued) bool { return s.allowed != nil && !s.allowed[q.kind] })
	for _, q := range s.pending[:min(limit, len(s.pending))] {
		q.given = true
		batch = append(batch, q.raw)
	}
	return batch
}

func (s *Telegram) setWebhook(c *call) reply {
	s.hook = hook{url: c.fields["url"], secret: c.fields["secret_token"]}
	if raw := c.fields["allowed_updates"]; raw != "" {
		var kinds []string
		if json.Unmarshal([]byte(raw), &kinds) != nil {
			return bad("can't parse allowed_updates")
		}
		s.allow(kinds)
	}
	return yes(true)
}

func (s *Telegram) deleteWebhook(c *call) reply {
	s.hook = hook{}
	if c.is("drop_pending_updates") {
		s.pending = nil
	}
	return yes(true)
}

// Webhook gives the address and the secret that the bot has set; empty: none.
func (s *Telegram) Webhook() (url, secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hook.url, s.hook.secret
}

// WaitWebhook returns when a webhook is set, or when ctx ends.
func (s *Telegram) WaitWebhook(ctx context.Context) error {
	return s.wait(ctx, func() bool { return s.hook.url != "" })
}

// Deliver hands what waits to the webhook's handler, one update after another, until all is taken or one is refused. It
// gives the last status; 0 when nothing waited.
func (s *Telegram) Deliver(ctx context.Context, handler http.Handler) int {
	status := 0
	for {
		s.mu.Lock()
		batch, secret := s.next(1), s.hook.secret
		s.mu.Unlock()
		if len(batch) == 0 {
			return status
		}
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/hook", bytes.NewReader(batch[0]))
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if status = w.Code; status < 200 || status > 299 {
			return status
		}
		s.mu.Lock()
		s.pending = s.pending[1:]
		s.touch()
		s.mu.Unlock()
	}
}
