package bot_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
)

func TestStopLetsTurnsFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.handler.do = func(ctx context.Context, u bot.Update) ([]bot.Reply, error) {
			if !bot.Rest(ctx, 5*time.Second) {
				return nil, ctx.Err()
			}
			return []bot.Reply{say(u.Chat, u.Text)}, nil
		}
		h.start()
		h.deliver(text("a", "1", "0"), text("a", "2", "1"))
		synctest.Wait()
		begin := time.Now()
		if err := h.end(); err != nil {
			t.Errorf("a stop that let everything finish: %v", err)
		}
		if took := time.Since(begin); took != 5*time.Second {
			t.Errorf("the stop took %s", took)
		}
		if got := len(h.handler.handled()); got != 1 {
			t.Errorf("%d turns began, want only the one under way", got)
		}
		h.start()
		h.quiet()
		if diff := cmp.Diff(count(2), h.words("a")); diff != "" {
			t.Error(diff)
		}
		h.end()
	})
}

func TestStopCutsWhatTakesTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.handler.do = func(ctx context.Context, u bot.Update) ([]bot.Reply, error) {
			if u.Text == "slow" && len(h.handler.handled()) == 1 {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return []bot.Reply{say(u.Chat, u.Text)}, nil
		}
		h.start()
		h.deliver(text("a", "1", "slow"))
		synctest.Wait()
		begin := time.Now()
		if err := h.end(); err == nil {
			t.Error("a turn was cut short and nothing said")
		}
		if took := time.Since(begin); took != 10*time.Second {
			t.Errorf("the stop took %s", took)
		}
		h.start()
		h.quiet()
		if diff := cmp.Diff([]string{"slow"}, h.words("a")); diff != "" {
			t.Error(diff)
		}
		h.end()
	})
}

// A process that is killed leaves a turn or a reply half done. Here the store takes no more from a moment on, as if
// the process were gone, and a new runtime begins on the same store.
func TestKillLosesNothing(t *testing.T) {
	for _, method := range []string{"NextUpdate", "EndTurn", "NextReply", "ReplySent"} {
		for at := range 4 {
			t.Run(fmt.Sprintf("%s %d", method, at), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					h := newHouse(t, bot.Limits{})
					killed := make([]error, 1000)
					for i := at; i < len(killed); i++ {
						killed[i] = errors.New("killed")
					}
					h.store.FailNext(method, killed...)
					h.start()
					for i := range 5 {
						h.deliver(text("a", fmt.Sprint(i), fmt.Sprint(i)))
					}
					synctest.Wait()
					_ = h.end()
					h.store.Heal()
					h.start()
					h.quiet()
					if diff := cmp.Diff(count(5), once(h.words("a"))); diff != "" {
						t.Error(diff)
					}
					if n := len(h.words("a")); n > 6 {
						t.Errorf("%d replies to 5 messages after one kill", n)
					}
					h.end()
				})
			})
		}
	}
}

// once drops immediate repeats.
func once(words []string) []string {
	var out []string
	for _, w := range words {
		if len(out) == 0 || out[len(out)-1] != w {
			out = append(out, w)
		}
	}
	return out
}

func TestRunEndsWhenAPlatformGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, bot.Limits{})
		h.start()
		h.place.Break(&bot.SendError{Fault: bot.Revoked, Err: errors.New("401")})
		err := <-h.ended
		var e *bot.SendError
		if !errors.As(err, &e) || e.Fault != bot.Revoked {
			t.Errorf("Run: %v", err)
		}
		h.stop()
	})
}
