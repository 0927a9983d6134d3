package bottest

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"lamsach/bot"
)

// manyChats is how many chats DueChats lists at once, as a store with a long outbox does.
const manyChats = 64

// State is where a kept reply stands.
type State string

// The states of a kept reply.
const (
	Queued  State = "queued"
	Sent    State = "sent"
	Skipped State = "skipped" // a later edit of the same slot made it pointless
	GivenUp State = "given up"
)

// Kept is a reply in the outbox and what became of it.
type Kept struct {
	ID       string
	Reply    bot.Reply
	State    State
	Fault    bot.SendFault // of the last failure
	Failures int
	RetryAt  time.Time
	Message  string // the id it was sent under
	number   int
}

// queue is what waits for one chat.
type queue struct{ interactive, notices []*Kept }

func (m *Memory) queue(id string, r bot.Reply) {
	k := &Kept{ID: id, Reply: r, State: Queued, number: len(m.kept)}
	m.kept = append(m.kept, k)
	m.byID[id] = k
	q := m.queues[r.To]
	if q == nil {
		q = &queue{}
		m.queues[r.To] = q
	}
	if r.Notice {
		q.notices = append(q.notices, k)
	} else {
		q.interactive = append(q.interactive, k)
	}
}

// heads are the replies that may come next: the first of each kind.
func (q *queue) heads() []*Kept {
	var heads []*Kept
	for _, list := range [][]*Kept{q.interactive, q.notices} {
		if len(list) > 0 {
			heads = append(heads, list[0])
		}
	}
	return heads
}

// DueChats lists the chats with something to send, interactive ones first, each kind in the order it was put in.
func (m *Memory) DueChats(ctx context.Context, now time.Time) ([]bot.Chat, time.Time, error) {
	if err := m.begin(ctx, "DueChats"); err != nil {
		return nil, time.Time{}, err
	}
	defer m.mu.Unlock()
	var due []*Kept
	var again time.Time
	for _, q := range m.queues {
		for _, k := range q.heads() {
			if !k.RetryAt.After(now) {
				due = append(due, k)
				break
			}
			if again.IsZero() || k.RetryAt.Before(again) {
				again = k.RetryAt
			}
		}
	}
	slices.SortFunc(due, func(a, b *Kept) int {
		if a.Reply.Notice != b.Reply.Notice {
			if a.Reply.Notice {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.number, b.number)
	})
	var chats []bot.Chat
	for _, k := range due[:min(len(due), manyChats)] {
		chats = append(chats, k.Reply.To)
	}
	return chats, again, nil
}

// NextReply gives the chat's next reply.
func (m *Memory) NextReply(ctx context.Context, chat bot.Chat, now time.Time) (bot.Outgoing, bool, error) {
	if err := m.begin(ctx, "NextReply"); err != nil {
		return bot.Outgoing{}, false, err
	}
	defer m.mu.Unlock()
	q := m.queues[chat]
	if q == nil {
		return bot.Outgoing{}, false, nil
	}
	for pointless(q.interactive) {
		m.settle(q.interactive[0], Skipped)
	}
	for _, k := range q.heads() {
		if !k.RetryAt.After(now) {
			return m.outgoing(k), true, nil
		}
	}
	return bot.Outgoing{}, false, nil
}

// pointless says whether the first of the list is an edit that a later one of the same slot overtakes.
func pointless(list []*Kept) bool {
	if len(list) < 2 || list[0].Reply.Mode != bot.Edit || list[0].Reply.Slot == "" {
		return false
	}
	for _, later := range list[1:] {
		if later.Reply.Slot == list[0].Reply.Slot {
			return later.Reply.Mode == bot.Edit
		}
	}
	return false
}

func (m *Memory) outgoing(k *Kept) bot.Outgoing {
	out := bot.Outgoing{ID: k.ID, Reply: k.Reply}
	if k.Reply.Slot != "" {
		out.Message = m.slots[slot{k.Reply.To, k.Reply.Slot}]
	}
	if k.Reply.File != nil {
		id := k.Reply.File.File
		out.Body = func(ctx context.Context) (io.ReadCloser, error) { return m.OpenFile(ctx, id) }
	}
	return out
}

// settle takes a reply out of its queue.
func (m *Memory) settle(k *Kept, state State) {
	k.State = state
	q := m.queues[k.Reply.To]
	is := func(o *Kept) bool { return o == k }
	q.interactive, q.notices = slices.DeleteFunc(q.interactive, is), slices.DeleteFunc(q.notices, is)
	if len(q.heads()) == 0 {
		delete(m.queues, k.Reply.To)
	}
	m.touch()
}

// ReplySent marks the reply and remembers its slot's message.
func (m *Memory) ReplySent(ctx context.Context, id, messageID string) error {
	if err := m.begin(ctx, "ReplySent"); err != nil {
		return err
	}
	defer m.mu.Unlock()
	k := m.byID[id]
	if k == nil || k.State != Queued {
		return fmt.Errorf("reply %s is not queued", id)
	}
	if k.Reply.Slot != "" {
		m.slots[slot{k.Reply.To, k.Reply.Slot}] = messageID
	}
	k.Message = messageID
	m.settle(k, Sent)
	return nil
}

// ReplyFailed keeps the reply for later, or gives it up when retryAt is zero.
func (m *Memory) ReplyFailed(ctx context.Context, id string, fault bot.SendFault, retryAt time.Time) error {
	if err := m.begin(ctx, "ReplyFailed"); err != nil {
		return err
	}
	defer m.mu.Unlock()
	k := m.byID[id]
	if k == nil || k.State != Queued {
		return fmt.Errorf("reply %s is not queued", id)
	}
	k.Fault, k.RetryAt = fault, retryAt
	k.Failures++
	if retryAt.IsZero() {
		m.settle(k, GivenUp)
	}
	m.touch()
	return nil
}

// Kept gives all replies ever put in, in that order.
func (m *Memory) Kept() []Kept {
	m.mu.Lock()
	defer m.mu.Unlock()
	var kept []Kept
	for _, k := range m.kept {
		kept = append(kept, *k)
	}
	return kept
}

// Say puts replies in the outbox outside any turn, as a reminder does.
func (m *Memory) Say(ctx context.Context, op string, replies ...bot.Reply) error {
	return m.EndTurn(ctx, bot.Ending{Op: op, Replies: replies})
}
