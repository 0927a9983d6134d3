package telegram_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"lamsach/bot/bottest"
	"lamsach/bot/telegram"
)

const token = "123456:AAtest-token_of-nobody"

// server is a fake Bot API server without a socket, and the platform that talks to it.
func server(t *testing.T, change func(*telegram.Options)) (*bottest.Telegram, *telegram.Platform) {
	t.Helper()
	s := bottest.NewTelegram(token, time.Now)
	opt := telegram.Options{Token: token, Now: time.Now, Transport: s.Transport(), Log: logTo(t)}
	if change != nil {
		change(&opt)
	}
	p, err := telegram.New(opt)
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

// logTo gives a log whose lines are shown with a failed test, and that fails the test when it holds the token.
func logTo(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(lines{t}, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

type lines struct{ t *testing.T }

func (l lines) Write(b []byte) (int, error) {
	if strings.Contains(string(b), "AAtest") {
		l.t.Errorf("the token is in the log: %s", b)
	}
	l.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

func TestSuite(t *testing.T) {
	bottest.RunPlatformInBubble(t, func(t *testing.T) bottest.Harness {
		s, p := server(t, nil)
		person := s.Person(42)
		return bottest.Harness{
			Platform: p, Person: person, Faults: person.Faults(), Repeat: s.Repeat, Log: logTo(t),
		}
	})
}

func TestSuiteOverSockets(t *testing.T) {
	bottest.RunPlatform(t, func(t *testing.T) bottest.Harness {
		s := bottest.NewTelegram(token, time.Now)
		web := httptest.NewServer(s)
		transport := &http.Transport{MaxIdleConnsPerHost: 64}
		t.Cleanup(func() {
			transport.CloseIdleConnections()
			web.CloseClientConnections()
			web.Close()
		})
		p, err := telegram.New(telegram.Options{
			Token: token, ServerURL: web.URL + "/", Now: time.Now, Transport: transport, Log: logTo(t),
		})
		if err != nil {
			t.Fatal(err)
		}
		person := s.Person(42)
		return bottest.Harness{
			Platform: p, Person: person, Faults: person.Faults(), Repeat: s.Repeat, Log: logTo(t),
		}
	})
}
