package storagetest

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/storage/session"
)

// sessions is a session store under test; expire lets a month pass.
type sessions struct {
	session.Store
	expire func()
}

func redisServer(t *testing.T, config ...string) *Server {
	t.Helper()
	server, err := StartRedis(config...)
	ok(t, err) // a missing server fails the test: Redis is half of what is promised
	t.Cleanup(func() { ok(t, server.Stop()) })
	return server
}

func redisSessions(t *testing.T, url string, c *clock, logs *bytes.Buffer) *session.Redis {
	t.Helper()
	r, err := session.OpenRedis(ctx, url, session.Options{Sealer: sealer(t), Now: c.Now, Log: slog.New(slog.NewTextHandler(logs, nil))})
	ok(t, err)
	t.Cleanup(func() { ok(t, r.Close()) })
	return r
}

func TestSessions(t *testing.T) {
	t.Run("redis", func(t *testing.T) {
		trySessions(t, sessions{Store: redisSessions(t, redisServer(t).URL, newClock(), &bytes.Buffer{})})
	})
	t.Run("miniredis", func(t *testing.T) {
		mini := miniredis.RunT(t)
		r := redisSessions(t, "redis://"+mini.Addr(), newClock(), &bytes.Buffer{})
		trySessions(t, sessions{Store: r, expire: func() { mini.FastForward(session.Keep + time.Second) }})
	})
	onEach(t, func(t *testing.T, b *bench) {
		trySessions(t, sessions{Store: session.NewSQL(b.Store), expire: func() { b.clock.move(session.Keep + time.Second) }})
	})
	t.Run("fallback", func(t *testing.T) {
		one, two := miniredis.RunT(t), miniredis.RunT(t)
		open := func(m *miniredis.Miniredis) session.Store {
			return redisSessions(t, "redis://"+m.Addr(), newClock(), &bytes.Buffer{})
		}
		trySessions(t, sessions{Store: session.NewFallback(open(one), open(two), nil)})
	})
}

func trySessions(t *testing.T, s sessions) {
	t.Helper()
	load := func(chat bot.Chat) string {
		t.Helper()
		state, there, err := s.Load(ctx, chat)
		ok(t, err)
		if there != (state != nil) {
			t.Errorf("state %q, %v", state, there)
		}
		return string(state)
	}
	one, two := chatOf("1"), bot.Chat{Platform: "other", ID: "1"}
	if got := load(one); got != "" {
		t.Errorf("a new chat has %q", got)
	}
	for i := range 3 {
		want := fmt.Sprintf(`{"step":%d}`, i)
		ok(t, s.Save(ctx, one, []byte(want)))
		if got := load(one); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := load(two); got != "" {
		t.Errorf("the chat of another platform has %q", got)
	}
	ok(t, s.Save(ctx, two, bytes.Repeat([]byte("x"), 100_000)))
	ok(t, s.Drop(ctx, one))
	ok(t, s.Drop(ctx, one))
	if got := load(one); got != "" {
		t.Errorf("after it was dropped: %q", got)
	}
	if got := load(two); len(got) != 100_000 {
		t.Errorf("the other chat has %d bytes", len(got))
	}
	if s.expire != nil {
		s.expire()
		if got := load(two); got != "" {
			t.Errorf("after a month: %d bytes", len(got))
		}
	}
}

func TestPausedRedisHoldsNobodyUp(t *testing.T) {
	server, c := redisServer(t), newClock()
	r := redisSessions(t, server.URL, c, &bytes.Buffer{})
	chat := chatOf("1")
	ok(t, r.Save(ctx, chat, []byte("before")))
	ok(t, server.Process.Signal(syscall.SIGSTOP))
	for i := range 4 {
		within, cancel := context.WithTimeout(ctx, 2*time.Second) // what a turn may lose, the machine's own slowness included
		_, _, err := r.Load(within, chat)
		if within.Err() != nil {
			t.Errorf("call %d took over two seconds", i)
		}
		cancel()
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("call %d: error %v", i, err)
		}
	}
	hurry, cancel := context.WithCancel(ctx)
	cancel() // an open breaker answers without looking at anything
	if err := r.Save(hurry, chat, []byte("x")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("the breaker is not open: %v", err)
	}
	ok(t, server.Process.Signal(syscall.SIGCONT))
	c.move(10 * time.Second)
	if state, there, err := r.Load(ctx, chat); err != nil || !there || string(state) != "before" {
		t.Errorf("after the pause: %q, %v, %v", state, there, err)
	}
}

func TestTalkGoesOnWithoutRedis(t *testing.T) {
	server, c := redisServer(t), newClock()
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf(t.Name())
		first := redisSessions(t, server.URL, c, &bytes.Buffer{})
		s := session.NewFallback(first, session.NewSQL(b.Store), nil)
		load := func(want string) {
			t.Helper()
			state, _, err := s.Load(ctx, chat)
			ok(t, err)
			if string(state) != want {
				t.Fatalf("got %q, want %q", state, want)
			}
		}
		ok(t, s.Save(ctx, chat, []byte("1")))
		ok(t, server.Process.Signal(syscall.SIGSTOP))
		load("") // the step that lies in Redis is repeated; no error is shown
		ok(t, s.Save(ctx, chat, []byte("2")))
		load("2")
		ok(t, server.Process.Signal(syscall.SIGCONT))
		c.move(time.Minute)
		load("2")                                                    // not the older one that Redis has kept
		s = session.NewFallback(first, session.NewSQL(b.Store), nil) // nor after a restart
		load("2")
		ok(t, s.Save(ctx, chat, []byte("3")))
		if state, there, err := session.NewSQL(b.Store).Load(ctx, chat); err != nil || there {
			t.Errorf("the second place still has %q, %v", state, err)
		}
		load("3")
	})
}

func TestFullRedisIsAnOutageOfItsOwn(t *testing.T) {
	server := redisServer(t, "maxmemory 1500kb", "maxmemory-policy noeviction")
	b := &bench{t: t, url: urls(t)["sqlite"], clock: newClock(), logs: &bytes.Buffer{}}
	b.open()
	defer b.close()
	first := redisSessions(t, server.URL, b.clock, b.logs)
	s := session.NewFallback(first, session.NewSQL(b.Store), slog.New(slog.NewTextHandler(b.logs, nil)))
	body := bytes.Repeat([]byte("x"), 100_000)
	for i := range 30 {
		chat := chatOf(fmt.Sprint(i))
		ok(t, s.Save(ctx, chat, body))
		b.clock.move(time.Minute)
		if state, there, err := s.Load(ctx, chat); err != nil || !there || len(state) != len(body) {
			t.Fatalf("chat %d: %v, %v", i, there, err)
		}
	}
	if !strings.Contains(b.logs.String(), "second place") {
		t.Error("the fault did not strike")
	}
}

func TestRedisIsCheckedAtStart(t *testing.T) {
	for policy, warn := range map[string]string{"allkeys-lru": "throw sessions away", "noeviction": ""} {
		logs := &bytes.Buffer{}
		redisSessions(t, redisServer(t, "maxmemory 50mb", "maxmemory-policy "+policy).URL, newClock(), logs)
		if warned := strings.Contains(logs.String(), "level=WARN"); warned != (warn != "") || !strings.Contains(logs.String(), warn) {
			t.Errorf("%s: log %q", policy, logs)
		}
	}
	logs := &bytes.Buffer{}
	r := redisSessions(t, "redis://127.0.0.1:1/0", newClock(), logs)
	if !strings.Contains(logs.String(), "does not answer") {
		t.Errorf("a Redis that is gone: log %q", logs)
	}
	if _, _, err := r.Load(ctx, chatOf("1")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("error %v", err)
	}
	_, err := session.OpenRedis(ctx, "http://:secret@db/", session.Options{Sealer: sealer(t), Now: newClock().Now})
	refused(t, err, fault.Invalid, "storage.redis.url")
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the error tells the password: %v", err)
	}
}
