package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lamsach/bot"
)

// The talk that is measured: so many officers, each with a list of so many children.
const (
	benchChats  = 50
	benchPeople = 2_000
	benchPause  = 10 * time.Millisecond // between two updates: 100 in a second
)

// talker is an officer of the measurements: he presses what his screen offers, as it comes.
type talker struct {
	chat    bot.Chat
	screen  bot.Reply // newest with buttons
	waits   bool
	since   time.Time
	presses int
}

// talk keeps time of what is said and answered.
type talk struct {
	mu      sync.Mutex
	house   *benchHouse
	officer map[bot.Chat]*talker
	all     []*talker
	took    []time.Duration
	quiet   chan *talker   // who was answered
	under   sync.WaitGroup // what is being said
}

// heard is told of every reply before it counts as sent: the first one that says something ends the wait.
func (t *talk) heard(_ context.Context, out bot.Outgoing) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	o := t.officer[out.Reply.To]
	if o == nil {
		return nil // who uploads
	}
	if len(out.Reply.Choices) > 0 {
		o.screen = out.Reply
	}
	if o.waits && (out.Reply.Slot == "screen" || out.Reply.Mode == bot.Alert) {
		o.waits = false
		t.took = append(t.took, time.Since(o.since))
		t.quiet <- o
	}
	return nil
}

// next gives what the officer does next, and starts his clock.
func (t *talk) next(o *talker) bot.Update {
	t.mu.Lock()
	u := bot.Update{Kind: bot.Message, Text: "/sua"}
	var data []string
	for _, row := range o.screen.Choices {
		for _, c := range row {
			if d := c.Data; strings.Contains(d, ":r.") && !strings.HasSuffix(d, "export") && !strings.HasSuffix(d, "marked") && !strings.HasSuffix(d, "cancel") {
				data = append(data, d)
			}
		}
	}
	if len(data) > 0 {
		u = bot.Update{Kind: bot.Press, Data: data[o.presses%min(len(data), 3)], Query: fmt.Sprint("q", o.presses)}
	}
	o.presses++
	o.waits, o.since = true, time.Now()
	t.mu.Unlock()
	return t.house.update(u, o.chat)
}

// newTalk makes the officers and gives them their lists.
func newTalk(b *testing.B) *talk {
	b.Helper()
	h, err := newBenchHouse(b.Context(), b.TempDir(), asItself)
	if err != nil {
		b.Fatal(err)
	}
	t := &talk{house: h, officer: map[bot.Chat]*talker{}, quiet: make(chan *talker, benchChats)}
	for i := range benchChats {
		chat, err := h.join(b.Context(), fmt.Sprint("officer", i))
		if err == nil {
			err = h.send(b.Context(), chat, benchListOf(b, benchPeople, inlineTexts, uint64(100+i)))
		}
		if err == nil {
			_, _, err = h.replies(b.Context(), chat)
		}
		if err != nil {
			b.Fatal(err)
		}
		t.all = append(t.all, &talker{chat: chat})
		t.officer[chat] = t.all[i]
	}
	h.place.Script(t.heard)
	return t
}

// serve runs the house until stop is called; stop closes the store.
func (t *talk) serve(b *testing.B) (stop func()) {
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	runtime := bot.Runtime{Platforms: t.house.platforms, Inbox: t.house.store, Outbox: t.house.store, Handler: t.house.bot, Now: time.Now}
	go func() { ended <- runtime.Run(ctx) }()
	return func() {
		t.under.Wait()
		end()
		if err := <-ended; err != nil {
			b.Error(err)
		}
		if err := t.house.close(); err != nil {
			b.Error(err)
		}
	}
}

func (t *talk) deliver(b *testing.B, o *talker) {
	if err := t.house.place.Deliver(context.Background(), t.next(o)); err != nil {
		b.Error(err)
	}
}

// settle waits until everybody was answered.
func (t *talk) settle() {
	for range t.all {
		<-t.quiet
	}
}

// report tells the median and the slowest of a hundred.
func (t *talk) report(b *testing.B) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.took) == 0 {
		b.Fatal("nobody was answered")
	}
	slices.Sort(t.took)
	b.ReportMetric(float64(t.took[len(t.took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(t.took[len(t.took)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkTurn measures from an update's arrival to its reply at the platform: 100 updates a second of 50 chats, each
// with a list of 2,000 children; in "uploading" while lists of 10,000 are taken in one after another.
func BenchmarkTurn(b *testing.B) {
	for _, uploading := range []bool{false, true} {
		b.Run(map[bool]string{false: "alone", true: "uploading"}[uploading], func(b *testing.B) {
			t := newTalk(b)
			uploads, stopUploads := 0, func() {}
			if uploading {
				stopUploads = t.uploading(b, &uploads)
			}
			stop := t.serve(b)
			tick := time.NewTicker(benchPause)
			defer tick.Stop()
			for _, o := range t.all {
				t.quiet <- o
			}
			for b.Loop() {
				<-tick.C
				select {
				case o := <-t.quiet:
					t.under.Go(func() { t.deliver(b, o) })
				default: // everybody waits: the time of those who do tells
				}
			}
			t.settle()
			stopUploads()
			stop()
			t.report(b)
			if uploading {
				b.ReportMetric(float64(uploads)/b.Elapsed().Seconds(), "uploads/s")
			}
		})
	}
}

// uploading takes lists of 10,000 in until stop is called.
func (t *talk) uploading(b *testing.B, count *int) (stop func()) {
	path := benchList(b, 10_000, sharedTexts)
	chat, err := t.house.join(b.Context(), "uploader")
	if err != nil {
		b.Fatal(err)
	}
	info := readBench(b, path)
	ended := make(chan struct{})
	var uploads sync.WaitGroup
	uploads.Go(func() {
		for {
			select {
			case <-ended:
				return
			default:
			}
			u := t.house.update(bot.Update{Kind: bot.Message, File: &bot.File{ID: path, Name: "DS.xlsx", Size: int64(len(info))}}, chat)
			if err := t.house.takeIn(b.Context(), u); err != nil {
				b.Error(err)
				return
			}
			*count++
		}
	})
	return func() {
		close(ended)
		uploads.Wait()
	}
}

// takeIn takes a file in as its job does; its summary is a turn of the runtime.
func (h *benchHouse) takeIn(ctx context.Context, u bot.Update) error {
	if err := h.bot.Handle(ctx, u); err != nil {
		return err
	}
	return h.work(ctx)
}

// BenchmarkTurns measures how many turns a second are taken, each kept on the disk before its reply goes out.
func BenchmarkTurns(b *testing.B) {
	t := newTalk(b)
	stop := t.serve(b)
	for _, o := range t.all {
		t.quiet <- o
	}
	for b.Loop() {
		o := <-t.quiet
		t.under.Go(func() { t.deliver(b, o) })
	}
	t.settle()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
	stop()
	t.report(b)
	if t.house.place.Overlapped() {
		b.Error("two replies to one chat were under way at once")
	}
}
