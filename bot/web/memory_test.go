package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"lamsach/bot"
)

// memory is a Store and a bot.Files that forget at the end of the test.
type memory struct {
	mu       sync.Mutex
	events   map[string][]bot.WebEvent
	sessions map[string]memorySession
	files    map[string][]byte
	seq      int64
	broken   error // what every call answers
}

type memorySession struct {
	person  string
	expires time.Time
}

func newMemory() *memory {
	return &memory{
		events: map[string][]bot.WebEvent{}, sessions: map[string]memorySession{}, files: map[string][]byte{},
	}
}

func (m *memory) fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.broken = err
}

func (m *memory) AppendWebEvent(_ context.Context, person string, body []byte) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil {
		return 0, m.broken
	}
	m.seq++
	m.events[person] = append(m.events[person], bot.WebEvent{Seq: m.seq, Body: body})
	return m.seq, nil
}

func (m *memory) WebEventsAfter(_ context.Context, person string, after int64, limit int) ([]bot.WebEvent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var rows []bot.WebEvent
	for _, row := range m.events[person] {
		if row.Seq > after && len(rows) < limit {
			rows = append(rows, row)
		}
	}
	return rows, m.broken
}

func (m *memory) StartWebSession(_ context.Context, hash []byte, person string, expires time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions[string(hash)] = memorySession{person, expires}
	return m.broken
}

func (m *memory) WebPerson(_ context.Context, hash []byte, now time.Time) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.sessions[string(hash)]
	return s.person, ok && now.Before(s.expires), m.broken
}

func (m *memory) EndWebSession(_ context.Context, hash []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, string(hash))
	return m.broken
}

func (m *memory) SaveFile(_ context.Context, _, _ string, r io.Reader) (string, int64, error) {
	body, err := io.ReadAll(r)
	if err != nil {
		return "", 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	id := fmt.Sprintf("file-%d", len(m.files)+1)
	m.files[id] = body
	return id, int64(len(body)), m.broken
}

func (m *memory) OpenFile(_ context.Context, id string) (io.ReadCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	body, ok := m.files[id]
	if !ok {
		return nil, errors.New("no such file")
	}
	return io.NopCloser(bytes.NewReader(body)), nil
}

// kept is how many files and events there are.
func (m *memory) kept(person string) (files, events int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.files), len(m.events[person])
}

// house is a site that serves, and what it took in.
type house struct {
	*Site
	t      *testing.T
	store  *memory
	server *httptest.Server
	taken  chan bot.Update // in order
	refuse func() error    // what accept answers

	mu  sync.Mutex
	now time.Time
}

// start is when the tests begin: some morning in Vietnam.
var start = time.Date(2026, 11, 23, 2, 30, 0, 0, time.UTC)

// vietnamese reads the page's words from the project's texts.
func vietnamese(t *testing.T, lang string) func(string) string {
	t.Helper()
	body, err := os.ReadFile("../../locales/" + lang + "/web.json")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	if err := json.Unmarshal(body, &words); err != nil {
		t.Fatal(err)
	}
	return func(key string) string { return words[key] }
}

// open serves a site; each setting changes its options.
func open(t *testing.T, settings ...func(*Options)) *house {
	t.Helper()
	h := &house{t: t, store: newMemory(), taken: make(chan bot.Update, 1000), now: start}
	opt := Options{
		Store: h.store, Files: h.store, Now: h.clock, Texts: vietnamese(t, "vi"), Log: slog.New(slog.DiscardHandler),
	}
	for _, set := range settings {
		set(&opt)
	}
	site, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	h.Site = site
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.Receive(ctx, h.accept) }()
	h.awaitOpen()
	h.server = httptest.NewServer(h)
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Receive: %v", err)
		}
		h.server.CloseClientConnections()
		h.server.Close()
	})
	return h
}

// awaitOpen returns when Receive has begun.
func (h *house) awaitOpen() {
	for !h.door.isOpen() {
		select {
		case <-h.t.Context().Done():
			h.t.Fatal("Receive did not begin")
		default:
			runtime.Gosched()
		}
	}
}

func (h *house) accept(_ context.Context, updates []bot.Update) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.refuse != nil {
		if err := h.refuse(); err != nil {
			return err
		}
	}
	for _, u := range updates {
		h.taken <- u
	}
	return nil
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// none fails the test when something was taken in.
func (h *house) none() {
	h.t.Helper()
	select {
	case u := <-h.taken:
		h.t.Errorf("taken: %+v", u)
	default:
	}
}

// say sends a reply to a person and fails the test when it does not go out.
func (h *house) say(person string, out bot.Outgoing) string {
	h.t.Helper()
	out.Reply.To = bot.Chat{Platform: Name, ID: person}
	id, err := h.Send(h.t.Context(), out)
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// line is a Text of one plain line.
func line(text string) bot.Text { return bot.Text{{{Text: text}}} }

// browser is a visitor with cookies of their own.
type browser struct {
	h      *house
	client *http.Client
	person string
}

func (h *house) visitor() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &browser{h: h, client: &http.Client{Jar: jar}}
}

// enter logs a new person in.
func (h *house) enter(code string) *browser {
	h.t.Helper()
	b := h.visitor()
	if got, _ := b.post("/login", `{"code":"`+code+`"}`); got != http.StatusOK {
		h.t.Fatalf("login: %d", got)
	}
	b.person = (<-h.taken).Sender
	return b
}

// do sends a request as our page does, after change, and gives the status and the body.
func (b *browser) do(method, path string, body io.Reader, change ...func(*http.Request)) (int, string) {
	b.h.t.Helper()
	answer := b.ask(method, path, body, change...)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.h.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func (b *browser) ask(method, path string, body io.Reader, change ...func(*http.Request)) *http.Response {
	b.h.t.Helper()
	req, err := http.NewRequestWithContext(b.h.t.Context(), method, b.h.server.URL+path, body)
	if err != nil {
		b.h.t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Origin", b.h.server.URL)
		req.Header.Set("X-Lamsach", "door")
		if b.person != "" {
			req.Header.Set("X-Lamsach", chatMark(b.person))
		}
	}
	for _, f := range change {
		f(req)
	}
	answer, err := b.client.Do(req)
	if err != nil {
		b.h.t.Fatal(err)
	}
	return answer
}

func (b *browser) post(path, body string, change ...func(*http.Request)) (int, string) {
	b.h.t.Helper()
	return b.do(http.MethodPost, path, strings.NewReader(body), change...)
}

func (b *browser) get(path string) (int, string) {
	b.h.t.Helper()
	return b.do(http.MethodGet, path, nil)
}

// messages are what the page would show.
func (b *browser) messages() []message {
	b.h.t.Helper()
	status, body := b.get("/history")
	if status != http.StatusOK {
		b.h.t.Fatalf("history: %d", status)
	}
	var answer historyAnswer
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		b.h.t.Fatal(err)
	}
	return answer.Messages
}

// uploading names the file of an upload.
func uploading(id, name, mime string) func(*http.Request) {
	return func(r *http.Request) {
		meta, _ := json.Marshal(fileRequest{ID: id, Name: name, MIME: mime})
		r.Header.Set("X-Lamsach-File", percent(string(meta)))
	}
}

// percent encodes as encodeURIComponent does, only more.
func percent(s string) string {
	var out strings.Builder
	for _, b := range []byte(s) {
		fmt.Fprintf(&out, "%%%02X", b)
	}
	return out.String()
}

// row is a stored event.
func row(seq int64, body []byte) bot.WebEvent { return bot.WebEvent{Seq: seq, Body: body} }
