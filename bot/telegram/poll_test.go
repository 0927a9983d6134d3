package telegram_test

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
	"lamsach/bot/telegram"
)

// intake runs Receive and keeps what it passes on.
type intake struct {
	mu    sync.Mutex
	got   []bot.Update
	empty int
	fail  []error
	ended chan error
	stop  context.CancelFunc
}

func receive(p *telegram.Platform) *intake {
	ctx, stop := context.WithCancel(context.Background())
	in := &intake{ended: make(chan error, 1), stop: stop}
	go func() { in.ended <- p.Receive(ctx, in.accept) }()
	return in
}

func (in *intake) accept(_ context.Context, updates []bot.Update) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if len(updates) == 0 {
		in.empty++
		return nil
	}
	if len(in.fail) > 0 {
		err := in.fail[0]
		in.fail = in.fail[1:]
		return err
	}
	in.got = append(in.got, updates...)
	return nil
}

func (in *intake) texts() []string {
	in.mu.Lock()
	defer in.mu.Unlock()
	var texts []string
	for _, u := range in.got {
		texts = append(texts, u.Text)
	}
	return texts
}

func (in *intake) end(t *testing.T) {
	t.Helper()
	in.stop()
	if err := <-in.ended; err != nil {
		t.Errorf("Receive: %v", err)
	}
}

// pass lets a bubble's time pass.
func pass(d time.Duration) { <-time.After(d) }

func TestUpdateNotUnderstoodHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		an := s.Person(42)
		an.SendText("before")
		s.Push(`{"update_id":100002,"message":{"message_id":1,"date":1,"chat":{"id":42,"type":"private"},"from":{"id":42},
			"text":"forwarded","forward_origin":{"type":"from_another_star","x":1}}}`)
		s.Push(`{"update_id":100003,"message":{"message_id":"not a number","chat":{"id":"x"}}}`)
		s.Push(`{"update_id":100004,"something_new":{}}`)
		s.Push(`{"update_id":100005,"message":null}`)
		s.Push(`{"update_id":100006}`)
		s.Restart(100006)
		an.SendText("after")
		in := receive(p)
		synctest.Wait()
		if diff := cmp.Diff([]string{"before", "forwarded", "after"}, in.texts()); diff != "" {
			t.Error(diff)
		}
		pass(time.Second)
		if !s.Confirmed() {
			t.Error("the batch is not confirmed")
		}
		in.end(t)
	})
}

func TestBatchIsConfirmedOnlyWhenStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		an := s.Person(42)
		an.SendText("1")
		in := &intake{fail: slices.Repeat([]error{errors.New("disk full")}, 5), ended: make(chan error, 1)}
		ctx, stop := context.WithCancel(context.Background())
		in.stop = stop
		go func() { in.ended <- p.Receive(ctx, in.accept) }()
		pass(time.Second)
		if s.Confirmed() || len(in.texts()) != 0 {
			t.Error("an update was confirmed that nobody stored")
		}
		pass(time.Minute)
		if diff := cmp.Diff([]string{"1"}, in.texts()); diff != "" || !s.Confirmed() {
			t.Errorf("confirmed %v: %s", s.Confirmed(), diff)
		}
		in.end(t)
	})
}

func TestIDsThatRestartLowerAreNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		an := s.Person(42)
		in := receive(p)
		an.SendText("1")
		pass(time.Second)
		s.Restart(500)
		an.SendText("2")
		an.SendText("3")
		pass(time.Second)
		if diff := cmp.Diff([]string{"1", "2", "3"}, in.texts()); diff != "" || !s.Confirmed() {
			t.Errorf("confirmed %v: %s", s.Confirmed(), diff)
		}
		in.end(t)
	})
}

func TestRevokedTokenEndsPolling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		in := receive(p)
		synctest.Wait()
		before := len(s.Calls())
		s.Revoke()
		err := <-in.ended
		var e *bot.SendError
		if !errors.As(err, &e) || e.Fault != bot.Revoked {
			t.Errorf("Receive: %v", err)
		}
		if n := len(s.Calls()) - before; n > 3 {
			t.Errorf("%d calls after the token was revoked", n)
		}
	})
}

func TestWrongTokenEndsPolling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, p := server(t, func(o *telegram.Options) { o.Token = "1:other" })
		if err := <-receive(p).ended; err == nil {
			t.Error("polling with a wrong token goes on")
		}
	})
}

func TestFloodWaitOfPolling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		s.Fail("getUpdates", bottest.Fault{Status: 429, RetryAfter: 30})
		in := receive(p)
		s.Person(42).SendText("1")
		pass(29 * time.Second)
		if n := len(s.Calls("getUpdates")); n != 1 {
			t.Errorf("%d calls within the wait", n)
		}
		pass(2 * time.Second)
		if diff := cmp.Diff([]string{"1"}, in.texts()); diff != "" {
			t.Error(diff)
		}
		in.end(t)
	})
}

func TestOutageOfPollingIsQuietAndShort(t *testing.T) {
	faults := map[string]bottest.Fault{
		"502 page":  {Status: 502, HTML: "<html>Bad Gateway</html>", Times: -1},
		"500":       {Status: 500, Description: "Internal Server Error", Times: -1},
		"dropped":   {Drop: true, Times: -1},
		"half":      {Half: true, Times: -1},
		"a portal":  {Status: 200, HTML: "<html>Sign in</html>", Times: -1},
		"forbidden": {Status: 403, HTML: "<html>Blocked by order</html>", Times: -1},
		"refused":   {},
	}
	for name, f := range faults {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, p := server(t, nil)
				in := receive(p)
				synctest.Wait()
				if name == "refused" {
					s.Down(true)
				} else {
					s.Fail("getUpdates", f)
				}
				s.Person(42).SendText("1") // ends the poll under way
				pass(10 * time.Minute)
				if n := len(s.Calls("getUpdates")); n > 200 {
					t.Errorf("%d calls in 10 minutes", n)
				}
				s.Heal()
				s.Person(42).SendText("2")
				pass(5 * time.Second)
				if got := in.texts(); !slices.Contains(got, "2") {
					t.Errorf("5 s after the outage nothing has come: %v", got)
				}
				in.mu.Lock()
				if in.empty == 0 {
					t.Error("nobody was told that the outage is over")
				}
				in.mu.Unlock()
				in.end(t)
			})
		})
	}
}

func TestHangingPollIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		s.Fail("getUpdates", bottest.Fault{Hang: true})
		in := receive(p)
		s.Person(42).SendText("1")
		pass(65 * time.Second)
		if diff := cmp.Diff([]string{"1"}, in.texts()); diff != "" {
			t.Error(diff)
		}
		in.end(t)
	})
}

func TestAnotherPollerIsBorneWithForAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		conflict := bottest.Fault{Status: 409, Description: "Conflict: terminated by other getUpdates request", Times: 5}
		s.Fail("getUpdates", conflict)
		in := receive(p)
		pass(10 * time.Minute)
		s.Person(42).SendText("1")
		pass(time.Second)
		if diff := cmp.Diff([]string{"1"}, in.texts()); diff != "" {
			t.Error(diff)
		}
		conflict.Times = -1
		s.Fail("getUpdates", conflict)
		begin := time.Now()
		if err := <-in.ended; err == nil {
			t.Error("polling ended without a reason")
		}
		if took := time.Since(begin); took > 3*time.Minute {
			t.Errorf("it took %s to stop", took)
		}
		in.stop()
	})
}

func TestPollingTakesAWebhookAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		other, err := telegram.New(telegram.Options{
			Token: token, Now: time.Now, Transport: s.Transport(), WebhookURL: "https://example.org/hook", WebhookSecret: "x",
		})
		if err != nil {
			t.Fatal(err)
		}
		hooked := receive(other)
		synctest.Wait()
		if url, secret := s.Webhook(); url != "https://example.org/hook" || secret != "x" {
			t.Errorf("webhook %q with secret %q", url, secret)
		}
		hooked.end(t)
		in := receive(p)
		s.Person(42).SendText("1")
		pass(time.Second)
		if diff := cmp.Diff([]string{"1"}, in.texts()); diff != "" {
			t.Error(diff)
		}
		in.end(t)
	})
}

// Two hundred updates of twenty chats come disordered, twice, and over a restart: every chat's replies come in its order
// and once.
func TestOrderUnderDisorder(t *testing.T) {
	for seed := range uint64(5) {
		synctest.Test(t, func(t *testing.T) {
			s, p := server(t, func(o *telegram.Options) { o.PerSecond, o.Log = -1, nil })
			store := bottest.NewMemory(time.Now)
			want := map[int64][]string{}
			for i := range 10 {
				for c := range int64(20) {
					s.Person(c + 1).SendText(fmt.Sprint(i))
					want[c+1] = append(want[c+1], fmt.Sprint(i))
				}
				if i%5 == 4 { // a hundred is what Telegram gives at once
					s.Shuffle(seed)
					work(t, s, p, store)
				}
			}
			for c, texts := range want {
				var got []string
				for _, m := range s.Person(c).Messages() {
					if m.FromBot {
						got = append(got, m.Text)
					}
				}
				if diff := cmp.Diff(texts, got); diff != "" {
					t.Errorf("chat %d: %s", c, diff)
				}
			}
		})
	}
}

// work runs a runtime until it has answered what waits, twice over.
func work(t *testing.T, s *bottest.Telegram, p *telegram.Platform, store *bottest.Memory) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	r := bot.Runtime{Platforms: []bot.Platform{p}, Inbox: store, Outbox: store, Handler: echo{store}, Now: time.Now}
	go func() { ended <- r.Run(ctx) }()
	for range 2 {
		if err := s.WaitConfirmed(ctx); err != nil {
			t.Fatal(err)
		}
		if err := store.Wait(ctx); err != nil {
			t.Fatal(err)
		}
		s.Repeat()
	}
	if err := s.WaitConfirmed(ctx); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// echo answers every update with its text.
type echo struct{ store *bottest.Memory }

func (e echo) Handle(ctx context.Context, u bot.Update) error {
	reply := bot.Reply{To: u.Chat, Text: bottest.Lines(u.Text)}
	return e.store.EndTurn(ctx, bot.Ending{Op: u.Op(), Update: true, Chat: u.Chat, Replies: []bot.Reply{reply}})
}

func (e echo) Apologise(ctx context.Context, u bot.Update, reference string) error {
	return e.store.SetAside(ctx, bot.Ending{Op: u.Op(), Update: true, Chat: u.Chat}, reference)
}
