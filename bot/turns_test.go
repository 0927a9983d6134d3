package bot_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
)

func TestEachChatInOrderAndOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		var mu sync.Mutex
		running, most := map[bot.Chat]int{}, 0
		h.handler.do = func(ctx context.Context, u bot.Update) ([]bot.Reply, error) {
			mu.Lock()
			if running[u.Chat]++; running[u.Chat] > 1 {
				t.Errorf("two turns at once in chat %s", u.Chat)
			}
			most = max(most, len(running))
			mu.Unlock()
			bot.Rest(ctx, time.Duration(rand.IntN(50))*time.Millisecond)
			mu.Lock()
			if running[u.Chat]--; running[u.Chat] == 0 {
				delete(running, u.Chat)
			}
			mu.Unlock()
			return []bot.Reply{say(u.Chat, u.Text)}, nil
		}
		h.start()
		var all []bot.Update
		for i := range 10 {
			for c := range 20 {
				all = append(all, text(fmt.Sprint(c), fmt.Sprintf("%d-%d", c, i), fmt.Sprint(i)))
			}
		}
		for batch := range slices.Chunk(all, 7) {
			h.deliver(batch...)
			h.deliver(batch...)
		}
		h.quiet()
		for c := range 20 {
			if diff := cmp.Diff(count(10), h.words(fmt.Sprint(c))); diff != "" {
				t.Errorf("chat %d: %s", c, diff)
			}
		}
		if h.place.Overlapped() {
			t.Error("two replies to one chat were under way at once")
		}
		if most < 10 {
			t.Errorf("at most %d chats had their turns at once", most)
		}
		if err := h.end(); err != nil {
			t.Error(err)
		}
	})
}

func TestBusyChatDoesNotHoldOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.runtime.Workers = 2
		h.handler.do = func(ctx context.Context, u bot.Update) ([]bot.Reply, error) {
			bot.Rest(ctx, 10*time.Millisecond)
			return []bot.Reply{say(u.Chat, u.Text)}, nil
		}
		h.start()
		begin := time.Now()
		var flood []bot.Update
		for i := range 200 {
			flood = append(flood, text("busy", fmt.Sprint(i), fmt.Sprint(i)))
		}
		h.deliver(flood...)
		for c := range 20 {
			h.deliver(text(fmt.Sprint("c", c), fmt.Sprint("c", c), "hello"))
		}
		h.quiet()
		for _, d := range h.place.Sent() {
			if late := d.At.Sub(begin); d.Reply.To.ID != "busy" && late > 500*time.Millisecond {
				t.Errorf("chat %s waited %s behind the busy one", d.Reply.To.ID, late)
			}
		}
		if diff := cmp.Diff(count(200), h.words("busy")); diff != "" {
			t.Error(diff)
		}
		h.end()
	})
}

func TestFailingTurnIsSetAsideAndOthersGoOn(t *testing.T) {
	failures := map[string]func(context.Context) error{
		"error":  func(context.Context) error { return errors.New("no") },
		"panic":  func(context.Context) error { panic("Lò Thị Thử") },
		"nil":    func(context.Context) error { var u *bot.Update; u.ID = "x"; return nil },
		"silent": nil, // returns without having ended the turn
		"late":   func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
	}
	for name, fail := range failures {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, bot.Limits{})
				h.runtime.Handler = &stubborn{scripted: h.handler, word: "bad", fail: fail}
				h.start()
				begin := time.Now()
				h.deliver(text("a", "1", "bad"), text("a", "2", "after"), text("b", "3", "other"))
				h.quiet()
				ref := bot.Reference(platform + ":1")
				if diff := cmp.Diff([]string{"sorry " + ref, "after"}, h.words("a")); diff != "" {
					t.Error(diff)
				}
				if got := h.handler.references(); len(got) != 1 || got[0] != ref {
					t.Errorf("references %v, want one of %s", got, ref)
				}
				if h.store.Aside(platform+":1") != ref {
					t.Error("the update is not set aside under the reference")
				}
				for _, d := range h.place.Sent() {
					if late := d.At.Sub(begin); d.Reply.To.ID == "b" && late > time.Second {
						t.Errorf("the other chat waited %s", late)
					}
				}
				if err := h.end(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// stubborn fails every turn of one word.
type stubborn struct {
	*scripted
	word string
	fail func(context.Context) error
}

func (s *stubborn) Handle(ctx context.Context, u bot.Update) error {
	switch {
	case u.Text != s.word:
		return s.scripted.Handle(ctx, u)
	case s.fail == nil:
		return nil
	}
	return s.fail(ctx)
}

func TestTurnRunsAgainAfterPassingTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		down := errors.New("disk full")
		h.store.FailNext("EndTurn", down, down)
		h.store.FailNext("NextUpdate", down, nil, down)
		h.store.FailNext("WaitingChats", down)
		h.start()
		h.deliver(text("a", "1", "0"), text("a", "2", "1"))
		h.quiet()
		if diff := cmp.Diff(count(2), h.words("a")); diff != "" {
			t.Error(diff)
		}
		if got := len(h.handler.references()); got != 0 {
			t.Errorf("%d apologies for trouble that passed", got)
		}
		h.end()
	})
}

func TestApologyIsRepeatedUntilTheStoreTakesIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.handler.do = func(context.Context, bot.Update) ([]bot.Reply, error) { return nil, errors.New("no") }
		down := errors.New("disk full")
		h.store.FailNext("SetAside", down, down, down, down)
		h.start()
		h.deliver(text("a", "1", "bad"))
		h.quiet()
		if got := len(h.place.Sent()); got != 1 {
			t.Errorf("%d apologies, want 1", got)
		}
		if got := len(h.handler.handled()); got != 3 {
			t.Errorf("%d attempts, want 3", got)
		}
		h.end()
	})
}

func TestUpdatesNotStoredAreNotTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.store.FailNext("PushUpdates", errors.New("disk full"))
		h.start()
		if err := h.place.Deliver(context.Background(), text("a", "1", "0")); err == nil {
			t.Error("a batch that was not stored was taken")
		}
		h.deliver(text("a", "1", "0"))
		h.quiet()
		if diff := cmp.Diff(count(1), h.words("a")); diff != "" {
			t.Error(diff)
		}
		h.end()
	})
}

func TestStartPicksUpWhatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		ctx := context.Background()
		if err := h.store.PushUpdates(ctx, []bot.Update{text("a", "1", "in")}); err != nil {
			t.Fatal(err)
		}
		if err := h.store.Say(ctx, "reminder", say(chatOf("b"), "out")); err != nil {
			t.Fatal(err)
		}
		h.start()
		h.quiet()
		if diff := cmp.Diff([]string{"in"}, h.words("a")); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"out"}, h.words("b")); diff != "" {
			t.Error(diff)
		}
		h.end()
	})
}

func TestUpdatesOfJobsAreTakenWithoutAPlatform(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.start()
		begin := time.Now()
		done := bot.Update{ID: "job-1", Kind: bot.Done, Chat: chatOf("a"), Text: "read"}
		if err := h.store.PushUpdates(context.Background(), []bot.Update{done}); err != nil {
			t.Fatal(err)
		}
		h.quiet()
		if late := time.Since(begin); late > 100*time.Millisecond {
			t.Errorf("the turn came after %s", late)
		}
		if diff := cmp.Diff([]string{"read"}, h.words("a")); diff != "" {
			t.Error(diff)
		}
		h.end()
	})
}
