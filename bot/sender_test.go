package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/bot/bottest"
)

// puts lets a reminder say words to a chat.
func (h *house) puts(op string, replies ...bot.Reply) {
	h.t.Helper()
	if err := h.store.Say(context.Background(), op, replies...); err != nil {
		h.t.Fatal(err)
	}
}

func notice(chat bot.Chat, words string) bot.Reply {
	r := say(chat, words)
	r.Notice = true
	return r
}

// failing scripts what becomes of the first sends to a chat; later ones go out. It counts the calls.
type failing struct {
	mu    sync.Mutex
	calls []time.Time
	errs  map[string][]error // by chat id
}

func (f *failing) script(_ context.Context, out bot.Outgoing) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, time.Now())
	errs := f.errs[out.Reply.To.ID]
	if len(errs) == 0 {
		return nil
	}
	f.errs[out.Reply.To.ID] = errs[1:]
	return errs[0]
}

func fault(f bot.SendFault) error { return &bot.SendError{Fault: f, Err: errors.New("test")} }

func busy(after time.Duration, everywhere bool) error {
	return &bot.SendError{Fault: bot.Busy, RetryAfter: after, Everywhere: everywhere}
}

func TestBusyHoldsThatChatOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.place.Script((&failing{errs: map[string][]error{"a": {fmt.Errorf("wrapped: %w", busy(7*time.Second, false))}}}).script)
		h.start()
		begin := time.Now()
		h.puts("1", say(chatOf("a"), "0"), say(chatOf("a"), "1"), say(chatOf("b"), "0"))
		h.quiet()
		for _, d := range h.place.Sent() {
			late := d.At.Sub(begin)
			if want := d.Reply.To.ID == "a"; want != (late >= 7*time.Second) || late > 8*time.Second {
				t.Errorf("chat %s: sent after %s", d.Reply.To.ID, late)
			}
		}
		if diff := cmp.Diff(count(2), h.words("a")); diff != "" {
			t.Error(diff)
		}
		h.end()
	})
}

func TestBusyEverywhereHoldsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.place.Script((&failing{errs: map[string][]error{"a": {busy(5*time.Second, true)}}}).script)
		h.start()
		h.puts("1", say(chatOf("a"), "0"))
		synctest.Wait()
		begin := time.Now()
		h.puts("2", say(chatOf("b"), "0"))
		h.quiet()
		for _, d := range h.place.Sent() {
			if late := d.At.Sub(begin); late < 5*time.Second {
				t.Errorf("chat %s: sent after %s", d.Reply.To.ID, late)
			}
		}
		h.end()
	})
}

func TestNoFasterThanThePlatformTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{PerSecond: 30})
		h.start()
		h.notices(300)
		begin := time.Now()
		h.quiet()
		took := time.Since(begin)
		if took < 8900*time.Millisecond || took > 12*time.Second {
			t.Errorf("300 notices took %s; 30 a second after a first 30 is 9 s", took)
		}
		h.end()
	})
}

func TestInteractiveBeforeNotices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{PerSecond: 10})
		h.start()
		h.notices(200)
		h.pass(3 * time.Second)
		begin := time.Now()
		h.deliver(text("talker", "1", "hello"))
		h.puts("late", say(chatOf("7"), "answer"))
		h.quiet()
		for _, d := range h.place.Sent() {
			if late := d.At.Sub(begin); !d.Reply.Notice && late > 300*time.Millisecond {
				t.Errorf("an answer waited %s behind notices", late)
			}
		}
		h.end()
	})
}

func TestNoticesOfOneChatAreApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{PerSecond: 30})
		h.start()
		a := chatOf("a")
		h.puts("1", notice(a, "0"), notice(a, "1"), notice(a, "2"))
		synctest.Wait()
		h.puts("2", say(a, "answer"))
		h.quiet()
		var last time.Time
		for _, d := range h.place.Sent() {
			if !d.Reply.Notice {
				continue
			}
			if gap := d.At.Sub(last); gap < time.Second {
				t.Errorf("two notices %s apart", gap)
			}
			last = d.At
		}
		if diff := cmp.Diff([]string{"0", "answer", "1", "2"}, h.words("a")); diff != "" {
			t.Error(diff)
		}
		h.end()
	})
}

func TestUnsentIsTriedAgainUntilItGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		f := &failing{errs: map[string][]error{"a": slices.Repeat([]error{fault(bot.Unsent)}, 40)}}
		h.place.Script(f.script)
		h.start()
		h.puts("1", say(chatOf("a"), "0"), say(chatOf("a"), "1"))
		h.quiet()
		if diff := cmp.Diff(count(2), h.words("a")); diff != "" {
			t.Error(diff)
		}
		for i := 1; i < len(f.calls); i++ {
			if gap := f.calls[i].Sub(f.calls[i-1]); gap > 65*time.Second {
				t.Errorf("pause %d was %s", i, gap)
			}
		}
		h.end()
	})
}

func TestLongOutageIsQuietAndEndsWithASignOfLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		var mu sync.Mutex
		calls, down := 0, true
		h.place.Script(func(context.Context, bot.Outgoing) error {
			mu.Lock()
			defer mu.Unlock()
			if calls++; down {
				return fault(bot.Unsent)
			}
			return nil
		})
		h.start()
		for i := range 50 {
			h.puts(fmt.Sprint(i), say(chatOf(fmt.Sprint(i)), "x"))
		}
		h.pass(10 * time.Minute)
		mu.Lock()
		if down = false; calls > 120 {
			t.Errorf("%d calls in an outage of 10 minutes", calls)
		}
		mu.Unlock()
		begin := time.Now()
		h.deliver() // the platform is heard of again
		h.quiet()
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("all was sent %s after the outage", took)
		}
		h.end()
	})
}

func TestWhatFollowsAFault(t *testing.T) {
	cases := []struct {
		name  string
		errs  []error
		state bottest.State
		fault bot.SendFault
		calls int
	}{
		{"doubtful once", []error{fault(bot.Doubtful)}, bottest.Sent, bot.Doubtful, 2},
		{"doubtful twice", []error{fault(bot.Doubtful), fault(bot.Doubtful)}, bottest.GivenUp, bot.Doubtful, 2},
		{"unreachable", []error{fault(bot.Unreachable)}, bottest.GivenUp, bot.Unreachable, 1},
		{"refused", []error{fault(bot.Refused)}, bottest.GivenUp, bot.Refused, 1},
		{"own fault that passes", []error{errors.New("disk"), errors.New("disk")}, bottest.Sent, bot.Local, 3},
		{"own fault that stays", slices.Repeat([]error{errors.New("disk")}, 9), bottest.GivenUp, bot.Local, 5},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, bot.Limits{})
				f := &failing{errs: map[string][]error{"a": slices.Clone(c.errs)}}
				h.place.Script(f.script)
				h.start()
				h.puts("1", say(chatOf("a"), "0"))
				h.quiet()
				k := h.store.Kept()[0]
				if k.State != c.state || k.Fault != c.fault || len(f.calls) != c.calls {
					t.Errorf("%s with %s after %d calls, want %s with %s after %d",
						k.State, k.Fault, len(f.calls), c.state, c.fault, c.calls)
				}
				f.errs = nil
				h.puts("2", say(chatOf("a"), "next"), say(chatOf("b"), "other"))
				h.quiet()
				if got := h.words("a"); len(got) == 0 || got[len(got)-1] != "next" {
					t.Errorf("the chat stands still: %v", got)
				}
				h.end()
			})
		})
	}
}

func TestPanicInSendingIsOneReplysTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.place.Script(func(_ context.Context, out bot.Outgoing) error {
			if out.Reply.To.ID == "a" {
				panic("x")
			}
			return nil
		})
		h.start()
		h.puts("1", say(chatOf("a"), "0"), say(chatOf("b"), "1"))
		h.quiet()
		if got := h.store.Kept()[0].State; got != bottest.GivenUp {
			t.Errorf("the reply is %s", got)
		}
		if diff := cmp.Diff([]string{"1"}, h.words("b")); diff != "" {
			t.Error(diff)
		}
		h.end()
	})
}

func TestRevokedStopsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		f := &failing{errs: map[string][]error{"a": slices.Repeat([]error{fault(bot.Revoked)}, 99)}}
		h.place.Script(f.script)
		h.start()
		h.puts("1", say(chatOf("a"), "0"), say(chatOf("a"), "1"))
		err := <-h.ended
		var e *bot.SendError
		if !errors.As(err, &e) || e.Fault != bot.Revoked {
			t.Errorf("Run: %v", err)
		}
		if len(f.calls) > 1 {
			t.Errorf("%d calls with a revoked token", len(f.calls))
		}
		if got := h.store.Kept()[0].State; got != bottest.Queued {
			t.Errorf("the reply is %s; it shall wait for a valid token", got)
		}
		h.stop()
	})
}

func TestTroubleOfTheStoreRepeatsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		down := errors.New("busy")
		h.store.FailNext("ReplySent", down, down, down)
		h.store.FailNext("DueChats", down)
		h.store.FailNext("NextReply", nil, down)
		h.start()
		h.puts("1", say(chatOf("a"), "0"), say(chatOf("a"), "1"))
		h.quiet()
		if diff := cmp.Diff(count(2), h.words("a")); diff != "" {
			t.Error(diff)
		}
		h.end()
	})
}

func TestEditsOfASlotOvertakeEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.place.Script((&failing{errs: map[string][]error{"a": {busy(time.Minute, false)}}}).script)
		h.start()
		step := func(mode bot.Mode, words string) bot.Reply {
			r := say(chatOf("a"), words)
			r.Mode, r.Slot = mode, "progress"
			return r
		}
		h.puts("0", step(bot.Send, "0 %"))
		for i := 1; i <= 9; i++ {
			h.puts(fmt.Sprint(i), step(bot.Edit, fmt.Sprint(i*10, " %")))
		}
		h.quiet()
		if diff := cmp.Diff([]string{"0 %", "90 %"}, h.words("a")); diff != "" {
			t.Error(diff)
		}
		if sent := h.place.Sent(); sent[1].Message != "1" {
			t.Errorf("the edit came with message %q", sent[1].Message)
		}
		h.end()
	})
}

func TestRepliesOfAPlatformNotServedWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.start()
		h.puts("1", say(bot.Chat{Platform: "elsewhere", ID: "a"}, "0"), say(chatOf("a"), "1"))
		h.pass(time.Minute)
		if diff := cmp.Diff([]string{"1"}, h.words("a")); diff != "" {
			t.Error(diff)
		}
		if got := h.store.Kept()[0].State; got != bottest.Queued {
			t.Errorf("the reply is %s", got)
		}
		h.end()
	})
}

func BenchmarkRuntime(b *testing.B) {
	store := bottest.NewMemory(time.Now)
	place := bottest.NewRecorder(platform, bot.Limits{}, time.Now)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	r := bot.Runtime{
		Platforms: []bot.Platform{place}, Inbox: store, Outbox: store, Handler: &scripted{store: store}, Now: time.Now,
	}
	go func() { ended <- r.Run(ctx) }()
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		batch := make([]bot.Update, 0, 100)
		for range cap(batch) {
			n++
			batch = append(batch, text(fmt.Sprint(n%64), fmt.Sprint(n), "x"))
		}
		if err := place.Deliver(ctx, batch...); err != nil {
			b.Fatal(err)
		}
		if err := store.Wait(ctx); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "turns/s")
	stop()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
}
