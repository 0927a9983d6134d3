package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestForeignPagesCanDoNothing(t *testing.T) {
	h := open(t, demoOptions)
	b := h.visitor()
	b.get("/")
	b.person = "officer"
	bodies := map[string]string{
		"/send": `{"id":"m1","text":"x"}`, "/upload": "x", "/login": `{"code":"A"}`, "/logout": "{}",
		"/persona": `{"id":"police"}`, "/sample": `{"id":"m1","sample":"s1"}`,
	}
	tricks := map[string]func(*http.Request){
		"no marker":            func(r *http.Request) { r.Header.Del("X-Lamsach") },
		"cross-site":           func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"same-site":            func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") },
		"none":                 func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "none") },
		"foreign origin":       func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"null origin":          func(r *http.Request) { r.Header.Set("Origin", "null") },
		"origin of other port": func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1") },
		"no origin":            func(r *http.Request) { r.Header.Del("Origin") },
	}
	for path, body := range bodies {
		for name, trick := range tricks {
			if status, _ := b.post(path, body, uploading("m9", "a.xlsx", ""), trick); status != http.StatusForbidden {
				t.Errorf("%s with %s: %d", path, name, status)
			}
		}
		if status, _ := b.get(path); status != http.StatusMethodNotAllowed && status != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, status)
		}
	}
	h.none()
	if files, events := h.store.kept("officer"); files+events != 0 {
		t.Errorf("%d files and %d events kept", files, events)
	}
}

func TestWhatEveryAnswerCarries(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	for _, path := range []string{"/", "/c", "/history", "/nowhere", "/commands"} {
		answer := b.ask(http.MethodGet, path, nil)
		_ = answer.Body.Close()
		want := map[string]string{
			"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"X-Frame-Options": "DENY", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin",
		}
		for name, value := range want {
			if got := answer.Header.Get(name); got != value {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
		t.Errorf("policy %s", policy)
	}
}

// inline finds what the policy would refuse: scripts and styles written into the page.
var inline = regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|javascript:|<script(?:\s+type="module")?\s*>|https?://`)

func TestPagesHoldNothingInline(t *testing.T) {
	h := open(t, demoOptions)
	for _, path := range []string{"/", "/c"} {
		_, page := h.visitor().get(path)
		if found := inline.FindString(page); found != "" {
			t.Errorf("%s holds %q", path, found)
		}
	}
}

func TestWordsAndNamesAreEscaped(t *testing.T) {
	hostile := `</script><img src=x>"'&`
	h := open(t, demoOptions, func(o *Options) {
		o.Title = hostile
		o.Demo.Personas[0].Name = hostile
		o.Texts = func(string) string { return hostile }
	})
	for _, path := range []string{"/", "/c"} {
		if _, page := h.visitor().get(path); strings.Contains(page, "<img") || strings.Count(page, "</script>") != 2 {
			t.Errorf("%s: not escaped", path)
		}
	}
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		remote, forwarded string
		proxy             bool
		want              string
	}{
		{"192.0.2.7:1234", "", false, "192.0.2.7"},
		{"192.0.2.7:1234", "203.0.113.9", false, "192.0.2.7"},
		{"127.0.0.1:1", "10.9.9.9, 203.0.113.9", true, "203.0.113.9"},
		{"127.0.0.1:1", "", true, "127.0.0.1"},
		{"127.0.0.1:1", "nonsense", true, "unknown"},
		{"[2001:db8:1:2:3::4]:9", "", false, "2001:db8:1:2::/64"},
		{"[::ffff:192.0.2.7]:9", "", false, "192.0.2.7"},
		{"@", "", false, "unknown"},
	}
	for _, tt := range tests {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = tt.remote
		if tt.forwarded != "" {
			r.Header.Set("X-Forwarded-For", tt.forwarded)
		}
		s := &Site{Options: Options{Proxy: tt.proxy}}
		if got := s.address(r); got != tt.want {
			t.Errorf("%+v: %s", tt, got)
		}
	}
}

func TestGauge(t *testing.T) {
	g := newGauge(1, 3)
	now := start
	for i := range 3 {
		if !g.allow("a", now) {
			t.Fatalf("refused at %d", i)
		}
	}
	if g.allow("a", now) || !g.allow("b", now) {
		t.Error("buckets are not one per key")
	}
	if now = now.Add(time.Second); !g.allow("a", now) || g.allow("a", now) {
		t.Error("a second does not give one token")
	}
	for i := range maxGauged + 50 {
		g.allow(strings.Repeat("k", 1+i%7)+string(rune('a'+i%26))+time.Duration(i).String(), now)
	}
	if len(g.buckets) > maxGauged {
		t.Errorf("%d buckets", len(g.buckets))
	}
}

func TestTooManyMessages(t *testing.T) {
	h := open(t)
	b, other := h.enter("A"), h.enter("B")
	sent := 0
	for ; sent < 100; sent++ {
		status, _ := b.post("/send", `{"id":"m`+time.Duration(sent).String()+`","text":"x"}`)
		if status == http.StatusTooManyRequests {
			break
		}
		if status != http.StatusOK {
			t.Fatalf("status %d", status)
		}
	}
	if sent != 40 {
		t.Errorf("%d messages went through at once", sent)
	}
	if status, _ := other.post("/send", `{"id":"m1","text":"x"}`); status != http.StatusOK {
		t.Errorf("another person: %d", status)
	}
}
