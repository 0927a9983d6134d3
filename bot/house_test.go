package bot_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lamsach/bot"
	"lamsach/bot/bottest"
)

const platform = "test"

func chatOf(id string) bot.Chat { return bot.Chat{Platform: platform, ID: id} }

func text(chat, id, words string) bot.Update {
	return bot.Update{ID: id, Kind: bot.Message, Chat: chatOf(chat), Sender: chat, Text: words}
}

func say(chat bot.Chat, words string) bot.Reply {
	return bot.Reply{To: chat, Text: bot.Text{{{Text: words}}}}
}

// scripted is a handler that ends each turn in the store; do decides the replies, or lets the turn fail.
type scripted struct {
	store *bottest.Memory
	do    func(context.Context, bot.Update) ([]bot.Reply, error)

	mu   sync.Mutex
	seen []bot.Update
	refs []string
}

func (h *scripted) Handle(ctx context.Context, u bot.Update) error {
	h.mu.Lock()
	h.seen = append(h.seen, u)
	h.mu.Unlock()
	replies := []bot.Reply{say(u.Chat, u.Text)}
	if h.do != nil {
		var err error
		if replies, err = h.do(ctx, u); err != nil {
			return err
		}
	}
	return h.store.EndTurn(ctx, bot.Ending{Op: u.Op(), Update: true, Chat: u.Chat, Replies: replies})
}

func (h *scripted) Apologise(ctx context.Context, u bot.Update, reference string) error {
	h.mu.Lock()
	h.refs = append(h.refs, reference)
	h.mu.Unlock()
	e := bot.Ending{Op: u.Op(), Update: true, Chat: u.Chat, Replies: []bot.Reply{say(u.Chat, "sorry "+reference)}}
	return h.store.SetAside(ctx, e, reference)
}

func (h *scripted) handled() []bot.Update {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]bot.Update(nil), h.seen...)
}

func (h *scripted) references() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.refs...)
}

// house is a runtime at work in a bubble of its own time.
type house struct {
	t       *testing.T
	store   *bottest.Memory
	place   *bottest.Recorder
	handler *scripted
	runtime bot.Runtime
	stop    context.CancelFunc
	ended   chan error
}

func newHouse(t *testing.T, limits bot.Limits) *house {
	store := bottest.NewMemory(time.Now)
	h := &house{
		t: t, store: store, place: bottest.NewRecorder(platform, limits, time.Now), handler: &scripted{store: store},
		ended: make(chan error, 1),
	}
	h.runtime = bot.Runtime{
		Platforms: []bot.Platform{h.place}, Inbox: store, Outbox: store, Handler: h.handler, Now: time.Now,
	}
	return h
}

func (h *house) start() {
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	go func() { h.ended <- h.runtime.Run(ctx) }()
	synctest.Wait()
}

// end stops the runtime and gives what Run returned.
func (h *house) end() error {
	h.stop()
	return <-h.ended
}

func (h *house) deliver(updates ...bot.Update) {
	h.t.Helper()
	if err := h.place.Deliver(context.Background(), updates...); err != nil {
		h.t.Fatalf("deliver: %v", err)
	}
}

// notices puts a notice to each of so many chats into the outbox.
func (h *house) notices(n int) {
	for i := range n {
		h.puts(fmt.Sprint(i), notice(chatOf(fmt.Sprint(i)), "x"))
	}
}

// pass lets the bubble's time pass.
func (h *house) pass(d time.Duration) { <-time.After(d) }

// quiet waits until everything is said.
func (h *house) quiet() {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	if err := h.store.Wait(ctx); err != nil {
		h.t.Fatalf("not quiet: %v", err)
	}
	synctest.Wait()
}

// words are what was sent to a chat, in order.
func (h *house) words(chat string) []string {
	var words []string
	for _, d := range h.place.Sent() {
		if d.Reply.To.ID == chat {
			words = append(words, d.Reply.Text.Plain())
		}
	}
	return words
}

func count(n int) []string {
	var words []string
	for i := range n {
		words = append(words, fmt.Sprint(i))
	}
	return words
}

// noFaster checks that nowhere more than so many replies went out within a second.
func noFaster(t *testing.T, sent []bottest.Delivery, most int) {
	t.Helper()
	for i := most; i < len(sent); i++ {
		if within := sent[i].At.Sub(sent[i-most].At); within < time.Second {
			t.Fatalf("%d replies within %s", most+1, within)
		}
	}
}
