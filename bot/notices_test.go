package bot_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"lamsach/bot"
)

// In no second more goes out than the platform takes, and hardly less while only notices wait.
func TestNoticesGoEvenly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{PerSecond: 30})
		h.start()
		h.notices(600)
		begin := time.Now()
		h.quiet()
		if rate := 600 / time.Since(begin).Seconds(); rate < 28 {
			t.Errorf("%.1f notices a second", rate)
		}
		sent := h.place.Sent()
		noFaster(t, sent, 30)
		h.end()
	})
}

// Who waits for a reply while notices go out hardly waits for them, and both together are never more than the platform takes.
func TestRepliesAmongNotices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{PerSecond: 30})
		h.start()
		h.notices(600)
		begin := time.Now()
		asked := map[string]time.Time{}
		for i := range 60 {
			for j := range 1 + i%3 { // up to three at once
				name := fmt.Sprint("talker", i, j)
				asked[name] = time.Now()
				h.puts(name, say(chatOf(name), "y"))
			}
			h.pass(300 * time.Millisecond)
		}
		h.quiet()
		if rate := 720 / time.Since(begin).Seconds(); rate < 28 {
			t.Errorf("%.1f a second in all", rate)
		}
		sent := h.place.Sent()
		noFaster(t, sent, 30)
		for _, s := range sent {
			if since := s.At.Sub(asked[s.Reply.To.ID]); asked[s.Reply.To.ID] != (time.Time{}) && since > 120*time.Millisecond {
				t.Errorf("a reply waited %s", since)
			}
		}
		h.end()
	})
}

// A notice is written down as sent before the next one begins, unless the platform is slow: what a killed process may have to
// repeat is one.
func TestOneNoticeIsUnderWay(t *testing.T) {
	for _, tt := range []struct {
		took time.Duration // by the platform for one
		most int           // under way at once
		rate float64       // at least
	}{{5 * time.Millisecond, 1, 100}, {20 * time.Millisecond, 1, 40}, {200 * time.Millisecond, 7, 25}} {
		synctest.Test(t, func(t *testing.T) {
			h := newHouse(t, bot.Limits{PerSecond: 300})
			var under, most int
			gate := make(chan int, 1)
			gate <- 0
			h.place.Script(func(context.Context, bot.Outgoing) error {
				under = <-gate + 1
				most = max(most, under)
				gate <- under
				h.pass(tt.took)
				gate <- <-gate - 1
				return nil
			})
			h.start()
			h.notices(300)
			begin := time.Now()
			h.quiet()
			if rate := 300 / time.Since(begin).Seconds(); most > tt.most || rate < tt.rate {
				t.Errorf("%s each: %d under way at once, %.0f a second", tt.took, most, rate)
			}
			h.end()
		})
	}
}

// Notices that the platform does not answer leave senders to those who wait for a reply.
func TestHungNoticesHoldNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{PerSecond: 30})
		heal := make(chan struct{})
		h.place.Script(func(_ context.Context, out bot.Outgoing) error {
			if !out.Reply.Notice {
				return nil
			}
			select {
			case <-heal:
				return nil
			case <-time.After(15 * time.Second):
				return fault(bot.Doubtful)
			}
		})
		h.start()
		h.notices(100)
		h.pass(3 * time.Second)
		begin := time.Now()
		for i := range 20 {
			h.deliver(text("talker", fmt.Sprint(i), "hello"))
		}
		h.pass(time.Second)
		if said := h.words("talker"); len(said) != 20 {
			t.Errorf("%d of 20 answers within %s", len(said), time.Since(begin))
		}
		close(heal)
		h.quiet()
		h.end()
	})
}

// A notice that could not go in its time, because the platform was out of reach, does not go later.
func TestLateNoticesAreGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{PerSecond: 30})
		down := true
		h.place.Script(func(context.Context, bot.Outgoing) error {
			if down {
				return fault(bot.Unsent)
			}
			return nil
		})
		h.start()
		a := chatOf("a")
		morning := notice(a, "of the morning")
		morning.Until = time.Now().Add(9 * time.Hour)
		h.puts("1", morning, notice(a, "of no hour"))
		h.pass(10 * time.Hour)
		down = false
		h.quiet()
		if words := h.words("a"); len(words) != 1 || words[0] != "of no hour" {
			t.Errorf("sent %q", words)
		}
		for _, kept := range h.store.Kept() {
			if kept.Reply.Text.Plain() == "of the morning" && kept.Fault != bot.Late {
				t.Errorf("it is kept as %+v", kept)
			}
		}
		h.end()
	})
}
