package telegram_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot/bottest"
	"lamsach/bot/telegram"
)

const secret = "s3cret_of-the_hook"

func hooked(o *telegram.Options) { o.WebhookURL, o.WebhookSecret = "https://example.org/hook", secret }

func call(p *telegram.Platform, method, secret, body string) int {
	r := httptest.NewRequestWithContext(context.Background(), method, "/hook", strings.NewReader(body))
	if secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	w := httptest.NewRecorder()
	p.Webhook().ServeHTTP(w, r)
	return w.Code
}

func TestWebhookRefusesStrangers(t *testing.T) {
	const good = `{"update_id":7,"message":{"date":1,"chat":{"id":42,"type":"private"},"from":{"id":42},"text":"x"}}`
	cases := []struct {
		name, method, secret, body string
		want                       int
	}{
		{"no secret", http.MethodPost, "", good, http.StatusUnauthorized},
		{"wrong secret", http.MethodPost, secret + "x", good, http.StatusUnauthorized},
		{"get", http.MethodGet, secret, "", http.StatusMethodNotAllowed},
		{"broken JSON", http.MethodPost, secret, `{"update_id":7,`, http.StatusBadRequest},
		{"no update", http.MethodPost, secret, `{"hello":1}`, http.StatusBadRequest},
		{"too large", http.MethodPost, secret, `{"x":"` + strings.Repeat("a", 1<<20) + `"}`, http.StatusRequestEntityTooLarge},
		{"unknown kind", http.MethodPost, secret, `{"update_id":7,"news":{}}`, http.StatusOK},
		{"good", http.MethodPost, secret, good, http.StatusOK},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, p := server(t, hooked)
				in := receive(p)
				synctest.Wait()
				if got := call(p, c.method, c.secret, c.body); got != c.want {
					t.Errorf("answered %d, want %d", got, c.want)
				}
				if got := len(in.texts()); (got == 1) != (c.name == "good") {
					t.Errorf("%d updates taken in", got)
				}
				in.end(t)
			})
		})
	}
}

func TestWebhookSaysYesOnlyWhenStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, hooked)
		an := s.Person(42)
		an.SendText("1")
		if got := s.Deliver(context.Background(), p.Webhook()); got != http.StatusUnauthorized {
			t.Errorf("before the secret is told: %d", got)
		}
		s.Fail("setWebhook", bottest.Fault{Status: 502, HTML: "<html>", Times: 3})
		in := &intake{fail: []error{errors.New("disk full")}, ended: make(chan error, 1)}
		ctx, stop := context.WithCancel(context.Background())
		in.stop = stop
		go func() { in.ended <- p.Receive(ctx, in.accept) }()
		if err := s.WaitWebhook(ctx); err != nil {
			t.Fatal(err)
		}
		if got := s.Deliver(ctx, p.Webhook()); got != http.StatusServiceUnavailable {
			t.Errorf("not stored, but answered %d", got)
		}
		an.SendText("2")
		if got := s.Deliver(ctx, p.Webhook()); got != http.StatusOK {
			t.Errorf("stored, but answered %d", got)
		}
		if diff := cmp.Diff([]string{"1", "2"}, in.texts()); diff != "" {
			t.Error(diff)
		}
		in.end(t)
		if got := call(p, http.MethodPost, secret, `{"update_id":7}`); got != http.StatusServiceUnavailable {
			t.Errorf("after the end: %d", got)
		}
	})
}

func TestOptions(t *testing.T) {
	good := telegram.Options{Token: token, Now: time.Now}
	cases := map[string]func(*telegram.Options){
		"no token":       func(o *telegram.Options) { o.Token = "" },
		"bad token":      func(o *telegram.Options) { o.Token = "12/34:secret" },
		"bad server":     func(o *telegram.Options) { o.ServerURL = "ftp://x" },
		"plain hook":     func(o *telegram.Options) { o.WebhookURL, o.WebhookSecret = "http://x/y", "s" },
		"hook no secret": func(o *telegram.Options) { o.WebhookURL = "https://x/y" },
		"bad secret":     func(o *telegram.Options) { o.WebhookURL, o.WebhookSecret = "https://x/y", "Ω" },
		"no clock":       func(o *telegram.Options) { o.Now = nil },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			o := good
			change(&o)
			if _, err := telegram.New(o); err == nil {
				t.Error("taken")
			} else if o.Token != "" && strings.Contains(err.Error(), o.Token) {
				t.Errorf("the token is in %q", err)
			}
		})
	}
	if _, err := telegram.New(good); err != nil {
		t.Errorf("the plain case: %v", err)
	}
}
