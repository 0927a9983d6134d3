// Package bottest holds what tests of the chat need: a store in memory, a platform that records, the suite that every
// platform must pass, and a Bot API server that answers like Telegram's.
package bottest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

	"lamsach/bot"
)

// keepSeen is how long the ids of updates are remembered.
const keepSeen = 48 * time.Hour

// Memory is a bot.Inbox, bot.Outbox and bot.Files that forgets everything with the process. It keeps to the contracts
// as the real store does, and fails on demand.
type Memory struct {
	now   func() time.Time
	woken chan struct{}

	mu      sync.Mutex
	changed chan struct{} // closed and renewed at each change
	seen    map[string]time.Time
	waiting map[bot.Chat][]*arrived
	queues  map[bot.Chat]*queue
	byID    map[string]*Kept
	kept    []*Kept
	slots   map[slot]string
	ended   map[string]bool
	files   map[string]file
	jobs    []bot.Job
	audits  []bot.Audit
	aside   map[string]string
	screens map[bot.Chat]string
	fail    map[string][]error
}

type arrived struct {
	update  bot.Update
	attempt int
}

type slot struct {
	chat bot.Chat
	name string
}

type file struct {
	name, mime string
	body       []byte
}

// NewMemory makes an empty store.
func NewMemory(now func() time.Time) *Memory {
	return &Memory{
		now: now, woken: make(chan struct{}, 1), changed: make(chan struct{}),
		seen: map[string]time.Time{}, waiting: map[bot.Chat][]*arrived{}, queues: map[bot.Chat]*queue{},
		byID: map[string]*Kept{}, slots: map[slot]string{}, ended: map[string]bool{}, files: map[string]file{},
		aside: map[string]string{}, screens: map[bot.Chat]string{}, fail: map[string][]error{},
	}
}

// FailNext lets the next calls of the method ("PushUpdates", "ReplySent", …) fail with the errors, one call each. A nil
// among them is a call that succeeds.
func (m *Memory) FailNext(method string, errs ...error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail[method] = append(m.fail[method], errs...)
}

// Heal takes back what FailNext announced and has not happened yet.
func (m *Memory) Heal() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.fail)
}

// begin locks the store for a call, unless the call has to fail.
func (m *Memory) begin(ctx context.Context, method string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	if errs := m.fail[method]; len(errs) > 0 {
		m.fail[method] = errs[1:]
		if errs[0] != nil {
			m.mu.Unlock()
			return errs[0]
		}
	}
	return nil
}

// touch tells those who wait that something changed. Its caller holds the lock.
func (m *Memory) touch() {
	close(m.changed)
	m.changed = make(chan struct{})
}

func (m *Memory) wake() {
	select {
	case m.woken <- struct{}{}:
	default:
	}
}

// Woken is signalled when something was put in.
func (m *Memory) Woken() <-chan struct{} { return m.woken }

// PushUpdates keeps the updates whose ids were not seen within 48 hours.
func (m *Memory) PushUpdates(ctx context.Context, updates []bot.Update) error {
	if err := m.begin(ctx, "PushUpdates"); err != nil {
		return err
	}
	defer m.mu.Unlock()
	now := m.now()
	for _, u := range updates {
		if at, ok := m.seen[u.Op()]; ok && now.Sub(at) < keepSeen {
			continue
		}
		m.seen[u.Op()] = now
		m.waiting[u.Chat] = append(m.waiting[u.Chat], &arrived{update: u})
	}
	m.touch()
	m.wake()
	return nil
}

// WaitingChats lists the chats with updates to deal with.
func (m *Memory) WaitingChats(ctx context.Context) ([]bot.Chat, error) {
	if err := m.begin(ctx, "WaitingChats"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	return slices.Collect(maps.Keys(m.waiting)), nil
}

// NextUpdate gives the chat's oldest update and counts the attempt.
func (m *Memory) NextUpdate(ctx context.Context, chat bot.Chat) (bot.Update, int, bool, error) {
	if err := m.begin(ctx, "NextUpdate"); err != nil {
		return bot.Update{}, 0, false, err
	}
	defer m.mu.Unlock()
	list := m.waiting[chat]
	if len(list) == 0 {
		return bot.Update{}, 0, false, nil
	}
	list[0].attempt++
	return list[0].update, list[0].attempt, true, nil
}

// EndTurn records an ending once per Op.
func (m *Memory) EndTurn(ctx context.Context, e bot.Ending) error {
	if err := m.begin(ctx, "EndTurn"); err != nil {
		return err
	}
	defer m.mu.Unlock()
	m.end(e)
	return nil
}

// SetAside is EndTurn for an update that failed for the last time.
func (m *Memory) SetAside(ctx context.Context, e bot.Ending, reference string) error {
	if err := m.begin(ctx, "SetAside"); err != nil {
		return err
	}
	defer m.mu.Unlock()
	m.aside[e.Op] = reference
	m.end(e)
	return nil
}

func (m *Memory) end(e bot.Ending) {
	if m.ended[e.Op] {
		return
	}
	m.ended[e.Op] = true
	if e.Update {
		list := slices.DeleteFunc(m.waiting[e.Chat], func(a *arrived) bool { return a.update.Op() == e.Op })
		if m.waiting[e.Chat] = list; len(list) == 0 {
			delete(m.waiting, e.Chat)
		}
	}
	if e.Screen != "" {
		m.screens[e.Chat] = e.Screen
	}
	for i, r := range e.Replies {
		m.queue(fmt.Sprintf("%s#%d", e.Op, i), r)
	}
	m.jobs = append(m.jobs, e.Jobs...)
	if e.Audit != (bot.Audit{}) {
		m.audits = append(m.audits, e.Audit)
	}
	m.touch()
	if len(e.Replies) > 0 {
		m.wake()
	}
}

// SaveFile keeps the bytes of r.
func (m *Memory) SaveFile(ctx context.Context, name, mime string, r io.Reader) (string, int64, error) {
	body, err := io.ReadAll(r)
	if err != nil {
		return "", 0, err
	}
	if err := m.begin(ctx, "SaveFile"); err != nil {
		return "", 0, err
	}
	defer m.mu.Unlock()
	id := fmt.Sprintf("file-%d", len(m.files)+1)
	m.files[id] = file{name: name, mime: mime, body: body}
	return id, int64(len(body)), nil
}

// OpenFile reads a kept file.
func (m *Memory) OpenFile(ctx context.Context, id string) (io.ReadCloser, error) {
	if err := m.begin(ctx, "OpenFile"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	f, ok := m.files[id]
	if !ok {
		return nil, fmt.Errorf("file %s: %w", id, bot.ErrFileGone)
	}
	return io.NopCloser(bytes.NewReader(f.body)), nil
}

// Jobs are those recorded so far.
func (m *Memory) Jobs() []bot.Job {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.jobs)
}

// Audits are the lines recorded so far.
func (m *Memory) Audits() []bot.Audit {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.audits)
}

// Aside gives the reference under which the operation was set aside; empty: it was not.
func (m *Memory) Aside(op string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.aside[op]
}

// Screen is the token of the screen that the chat shows.
func (m *Memory) Screen(chat bot.Chat) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.screens[chat]
}

// Wait returns when nothing waits in the inbox and everything in the outbox was sent or given up, or when ctx ends.
func (m *Memory) Wait(ctx context.Context) error {
	for {
		m.mu.Lock()
		quiet, changed := len(m.waiting) == 0 && len(m.queues) == 0, m.changed
		m.mu.Unlock()
		if quiet {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}
