package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lamsach/bot"
)

func TestLoginMakesAPersonWhoSaysStart(t *testing.T) {
	h := open(t)
	b := h.visitor()
	answer := b.ask(http.MethodPost, "/login", strings.NewReader(`{"code":" K7Q2-M9XD "}`))
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("status %d", answer.StatusCode)
	}
	cookies := answer.Cookies()
	if len(cookies) != 1 {
		t.Fatalf("cookies %v", cookies)
	}
	c := cookies[0]
	if c.Name != "lamsach" || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Secure || c.MaxAge <= 0 {
		t.Errorf("cookie %+v", c)
	}
	u := <-h.taken
	want := bot.Update{Kind: bot.Message, Text: "/start K7Q2-M9XD", Chat: bot.Chat{Platform: Name, ID: u.Sender}, SentAt: start}
	if diff := cmp.Diff(want, u, cmpopts.IgnoreFields(bot.Update{}, "ID", "Sender")); diff != "" {
		t.Error(diff)
	}
	if len(u.Sender) < 24 || !strings.HasPrefix(u.ID, u.Sender+":") {
		t.Errorf("sender %q, id %q", u.Sender, u.ID)
	}
	if shown := b.messages(); len(shown) != 1 || !shown[0].Own || shown[0].Text[0][0].Text != "/start K7Q2-M9XD" {
		t.Errorf("shown %+v", shown)
	}
}

func TestTheStoreKnowsOnlyTheHashOfAToken(t *testing.T) {
	h := open(t)
	b := h.visitor()
	answer := b.ask(http.MethodPost, "/login", strings.NewReader(`{"code":"A"}`))
	_ = answer.Body.Close()
	token, _, _ := strings.Cut(answer.Cookies()[0].Value, ".")
	if len(token) != 43 {
		t.Errorf("token of %d letters", len(token))
	}
	for hash := range h.store.sessions {
		if hash == token || len(hash) != 32 {
			t.Errorf("stored %q", hash)
		}
	}
}

func TestTheSameCodeAgainIsTheSameMessage(t *testing.T) {
	h := open(t)
	b := h.enter("K7Q2")
	if got, _ := b.post("/login", `{"code":"K7Q2"}`); got != http.StatusOK {
		t.Errorf("again: %d", got)
	}
	h.none()
	if got, _ := b.post("/login", `{"code":"OTHER"}`); got != http.StatusOK {
		t.Errorf("other code: %d", got)
	}
	if u := <-h.taken; u.Sender != b.person || u.Text != "/start OTHER" {
		t.Errorf("taken %+v", u)
	}
}

func TestStrangersLearnNothing(t *testing.T) {
	h := open(t)
	known := h.enter("K7Q2")
	h.say(known.person, bot.Outgoing{ID: "1", Reply: bot.Reply{Text: line("Mùa Thị Dợ")}})
	b := h.visitor()
	_, first := b.get("/history")
	for _, path := range []string{"/history", "/events", "/commands", "/file/file-1", "/file/none"} {
		if status, body := b.get(path); status != http.StatusUnauthorized || body != first {
			t.Errorf("GET %s: %d %q", path, status, body)
		}
	}
	for _, path := range []string{"/send", "/upload", "/logout"} {
		if status, body := b.post(path, `{}`); status != http.StatusUnauthorized || body != first {
			t.Errorf("POST %s: %d %q", path, status, body)
		}
	}
	for _, path := range []string{"/persona", "/sample", "/debug/pprof", "/static/x/page.html", "/static/x/%2e%2e%2fsite.go"} {
		if status, _ := b.get(path); status != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, status)
		}
	}
	if status, body := b.get("/"); status != http.StatusOK || !strings.Contains(body, `id="login"`) || strings.Contains(body, `id="composer"`) {
		t.Errorf("GET /: %d", status)
	}
	h.none()
}

func TestForgedCookies(t *testing.T) {
	h := open(t)
	h.enter("K7Q2")
	for _, value := range []string{"", ".", "x", strings.Repeat("A", 43), strings.Repeat("A", 43) + ".zz", strings.Repeat("é", 21) + "A", strings.Repeat("A", 4000)} {
		b := h.visitor()
		status, _ := b.do(http.MethodGet, "/history", nil, func(r *http.Request) { r.Header.Set("Cookie", "lamsach="+value) })
		if status != http.StatusUnauthorized {
			t.Errorf("cookie %.20q: %d", value, status)
		}
	}
}

func TestSessionsEndAndRenew(t *testing.T) {
	h := open(t)
	b := h.enter("K7Q2")
	h.pass(sessionLife - time.Hour)
	answer := b.ask(http.MethodGet, "/", nil)
	_ = answer.Body.Close()
	if len(answer.Cookies()) != 1 {
		t.Fatal("an old session was not renewed")
	}
	h.pass(2 * time.Hour)
	if status, _ := b.get("/history"); status != http.StatusOK {
		t.Errorf("renewed: %d", status)
	}
	h.pass(sessionLife)
	if status, _ := b.get("/history"); status != http.StatusUnauthorized {
		t.Errorf("expired: %d", status)
	}
}

func TestLogout(t *testing.T) {
	h := open(t)
	b := h.enter("K7Q2")
	other := h.enter("K7Q3")
	if status, _ := b.post("/logout", "{}"); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	if status, _ := b.get("/history"); status != http.StatusUnauthorized {
		t.Errorf("after: %d", status)
	}
	if status, _ := other.get("/history"); status != http.StatusOK {
		t.Errorf("the other: %d", status)
	}
}

func TestCookieBehindTLS(t *testing.T) {
	h := open(t, func(o *Options) { o.Proxy = true })
	b := h.visitor()
	answer := b.ask(http.MethodPost, "/login", strings.NewReader(`{"code":"A"}`), func(r *http.Request) {
		r.Header.Set("X-Forwarded-Proto", "https")
	})
	defer answer.Body.Close()
	if c := answer.Cookies()[0]; c.Name != "__Host-lamsach" || !c.Secure {
		t.Errorf("cookie %+v", c)
	}
	if answer.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS")
	}
}

func TestLoginTriesAreCounted(t *testing.T) {
	h := open(t)
	tried := 0
	for ; tried < 100; tried++ {
		if status, _ := h.visitor().post("/login", `{"code":"GUESS"}`); status == http.StatusTooManyRequests {
			break
		}
	}
	if tried != 20 {
		t.Errorf("%d tries", tried)
	}
	h.pass(time.Minute)
	if status, _ := h.visitor().post("/login", `{"code":"GUESS"}`); status != http.StatusOK {
		t.Errorf("a minute later: %d", status)
	}
}

func TestLoginWhileNobodyReceives(t *testing.T) {
	site, err := New(Options{Store: newMemory(), Files: newMemory(), Now: func() time.Time { return start }, Texts: vietnamese(t, "vi")})
	if err != nil {
		t.Fatal(err)
	}
	h := open(t)
	h.server.Config.Handler = site
	b := h.visitor()
	answer := b.ask(http.MethodPost, "/login", strings.NewReader(`{"code":"A"}`))
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusServiceUnavailable || len(answer.Cookies()) != 0 || answer.Header.Get("Retry-After") == "" {
		t.Errorf("status %d, cookies %v", answer.StatusCode, answer.Cookies())
	}
}

func TestStoreOutOfOrder(t *testing.T) {
	h := open(t)
	b := h.enter("K7Q2")
	h.store.fail(errors.New("disk"))
	for _, path := range []string{"/", "/history", "/file/x"} {
		if status, body := b.get(path); status != http.StatusServiceUnavailable || strings.Contains(body, "disk") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
}

// demoOptions are two people and a list.
func demoOptions(o *Options) {
	o.Demo = &Demo{
		Personas: []Persona{{"officer", "Lò Thị Thử", "Công chức xã"}, {"police", "Giàng A Mẫu", "Công an xã"}},
		Samples: []Sample{{ID: "s1", Label: "37 số mất số 0", Name: "ds.xlsx", MIME: "x/y",
			Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("sample")), nil }}},
	}
}

func TestDemoSwitchesPeople(t *testing.T) {
	h := open(t, demoOptions)
	b := h.visitor()
	status, page := b.get("/")
	if status != http.StatusOK || !strings.Contains(page, `data-persona="officer" aria-current="true"`) || !strings.Contains(page, "Giàng A Mẫu") {
		t.Errorf("GET /: %d", status)
	}
	b.person = "officer"
	if status, _ := b.post("/send", `{"id":"m1","text":"xin chào"}`); status != http.StatusOK {
		t.Errorf("send: %d", status)
	}
	if u := <-h.taken; u.Sender != "officer" {
		t.Errorf("sender %q", u.Sender)
	}
	before := len(h.store.sessions)
	if status, _ := b.post("/persona", `{"id":"police"}`); status != http.StatusOK {
		t.Errorf("persona: %d", status)
	}
	if len(h.store.sessions) != before {
		t.Error("the session before was not ended")
	}
	if status, _ := b.post("/send", `{"id":"m2","text":"của ai?"}`); status != http.StatusUnauthorized {
		t.Errorf("a page of the person before: %d", status)
	}
	b.person = "police"
	if got := b.messages(); len(got) != 0 {
		t.Errorf("police sees %v", got)
	}
	if status, _ := b.post("/persona", `{"id":"nobody"}`); status != http.StatusNotFound {
		t.Errorf("unknown persona: %d", status)
	}
}

func TestDemoSendsASample(t *testing.T) {
	h := open(t, demoOptions)
	b := h.visitor()
	b.get("/")
	b.person = "officer"
	for range 2 {
		if status, _ := b.post("/sample", `{"id":"m1","sample":"s1"}`); status != http.StatusOK {
			t.Fatalf("status %d", status)
		}
	}
	u := <-h.taken
	if want := (bot.File{ID: "file-1", Name: "ds.xlsx", Size: 6, MIME: "x/y"}); u.File == nil || *u.File != want {
		t.Errorf("file %+v", u.File)
	}
	h.none()
	if status, _ := b.post("/sample", `{"id":"m2","sample":"none"}`); status != http.StatusNotFound {
		t.Errorf("unknown sample: %d", status)
	}
}
