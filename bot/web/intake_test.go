package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
)

func TestTextBecomesAnUpdate(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	status, _ := b.post("/send", `{"id":"m1","text":"nữ, 15/4\r\nMông\u0000"}`, func(r *http.Request) {
		r.Header.Set("Accept-Language", "vi-VN,vi;q=0.9,en;q=0.5")
	})
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	want := bot.Update{
		ID: b.person + ":m1", Kind: bot.Message, Chat: bot.Chat{Platform: Name, ID: b.person}, Sender: b.person,
		Language: "vi", SentAt: start, Text: "nữ, 15/4\nMông",
	}
	if diff := cmp.Diff(want, <-h.taken); diff != "" {
		t.Error(diff)
	}
	shown := b.messages()
	wantShown := message{ID: "m1", Own: true, At: start, Text: bot.Text{{{Text: "nữ, 15/4"}}, {{Text: "Mông"}}}}
	if diff := cmp.Diff(wantShown, shown[len(shown)-1]); diff != "" {
		t.Error(diff)
	}
}

func TestPressBecomesAnUpdate(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	if status, _ := b.post("/send", `{"id":"p1","press":{"message":"bxyz","data":"v.abc.1"}}`); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	want := bot.Update{
		ID: b.person + ":p1", Kind: bot.Press, Chat: bot.Chat{Platform: Name, ID: b.person}, Sender: b.person,
		SentAt: start, Data: "v.abc.1", Query: "p1",
	}
	if diff := cmp.Diff(want, <-h.taken); diff != "" {
		t.Error(diff)
	}
	if shown := b.messages(); len(shown) != 1 {
		t.Errorf("a press is shown: %+v", shown)
	}
}

func TestUploadBecomesAnUpdate(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	status, _ := b.post("/upload", "PK…", uploading("m1", "../DS \u202etrẻ em.xlsx", "application/vnd.ms-excel; x=1"))
	if status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	u := <-h.taken
	want := bot.File{ID: "file-1", Name: "DS trẻ em.xlsx", Size: 5, MIME: "application/vnd.ms-excel"}
	if u.File == nil || *u.File != want || u.Kind != bot.Message || u.ID != b.person+":m1" {
		t.Errorf("taken %+v, file %+v", u, u.File)
	}
	body, err := h.Open(t.Context(), u.File.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if text, _ := io.ReadAll(body); string(text) != "PK…" {
		t.Errorf("body %q", text)
	}
}

func TestTheSameIDAgainIsTheSameDeed(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	for range 3 {
		if status, _ := b.post("/send", `{"id":"m1","text":"x"}`); status != http.StatusOK {
			t.Errorf("text: %d", status)
		}
		if status, _ := b.post("/upload", "abc", uploading("m2", "a.xlsx", "")); status != http.StatusOK {
			t.Errorf("file: %d", status)
		}
	}
	<-h.taken
	<-h.taken
	h.none()
	if files, events := h.store.kept(b.person); files != 1 || events != 3 {
		t.Errorf("%d files, %d events", files, events)
	}
	other := h.enter("B")
	if status, _ := other.post("/send", `{"id":"m1","text":"y"}`); status != http.StatusOK {
		t.Errorf("other: %d", status)
	}
	if u := <-h.taken; u.ID != other.person+":m1" {
		t.Errorf("another person's message with the same id: %+v", u)
	}
}

func TestWhatIsNotDurableIsNotShown(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	h.mu.Lock()
	h.refuse = func() error { return errors.New("disk full") }
	h.mu.Unlock()
	for _, press := range []string{`{"id":"m1","text":"x"}`, `{"id":"p1","press":{"message":"m","data":"d"}}`} {
		answer := b.ask(http.MethodPost, "/send", strings.NewReader(press))
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d", press, answer.StatusCode)
		}
	}
	if shown := b.messages(); len(shown) != 1 {
		t.Errorf("shown %+v", shown)
	}
	h.mu.Lock()
	h.refuse = nil
	h.mu.Unlock()
	if status, _ := b.post("/send", `{"id":"m1","text":"x"}`); status != http.StatusOK {
		t.Errorf("again: %d", status)
	}
	if u := <-h.taken; u.Text != "x" {
		t.Errorf("taken %+v", u)
	}
}

func TestBadRequests(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	long := strings.Repeat("ễ", maxText+1)
	sends := map[string]int{
		``: 400, `{`: 400, `[]`: 400, `null`: 400, `{"id":"m1"}`: 400, `{"id":"m1","text":"  \n"}`: 400,
		`{"id":"","text":"x"}`: 400, `{"id":"a:b","text":"x"}`: 400, `{"id":"m1","text":"x","sender":"y"}`: 400,
		`{"id":"m1","text":"x"}{}`: 400, `{"id":"m1","text":"x","press":{"message":"m","data":"d"}}`: 400,
		`{"id":"m1","press":{"message":"m","data":""}}`:                                400,
		`{"id":"m1","press":{"message":"m","data":"` + strings.Repeat("d", 65) + `"}}`: 400,
		`{"id":"` + strings.Repeat("x", 65) + `","text":"x"}`:                          400,
		`{"id":"m1","text":"` + long + `"}`:                                            400,
		`{"id":"m1","text":"` + strings.Repeat(" ", maxSendBody) + `x"}`:               413,
	}
	for body, want := range sends {
		if status, _ := b.post("/send", body); status != want {
			t.Errorf("%.60s: %d, want %d", body, status, want)
		}
		h.pass(1e9)
	}
	for _, meta := range []string{"", "%", "{}", "%7B%22id%22%3A%22a%22%7D%7D", strings.Repeat("a", maxMetaText+1)} {
		status, _ := b.post("/upload", "x", func(r *http.Request) { r.Header.Set("X-Lamsach-File", meta) })
		if status != http.StatusBadRequest {
			t.Errorf("upload with %.40q: %d", meta, status)
		}
	}
	for _, code := range []string{`{}`, `{"code":""}`, `{"code":"a b"}`, `{"code":"mã"}`, `{"code":"` + strings.Repeat("x", 65) + `"}`} {
		if status, _ := h.visitor().post("/login", code); status != http.StatusBadRequest {
			t.Errorf("login with %.40s: %d", code, status)
		}
	}
	h.none()
}

// endless is a body without a known length.
type endless struct{ left int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), e.left)
	e.left -= n
	return int(n), nil
}

func TestFilesThatAreTooLarge(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	for name, body := range map[string]io.Reader{
		"length said":   bytes.NewReader(make([]byte, maxFileIn+1)),
		"length unsaid": &endless{left: maxFileIn + 1},
	} {
		// The server may close the connection while the rest is on its way: then there is no answer to read.
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.server.URL+"/upload", body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Origin", h.server.URL)
		req.Header.Set("X-Lamsach", chatMark(b.person))
		uploading("m1", "a.xlsx", "")(req)
		if answer, err := b.client.Do(req); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode != http.StatusRequestEntityTooLarge {
				t.Errorf("%s: %d", name, answer.StatusCode)
			}
		}
	}
	h.none()
	if files, _ := h.store.kept(b.person); files != 0 {
		t.Errorf("%d files kept", files)
	}
	if status, _ := b.do(http.MethodPost, "/upload", &endless{left: maxFileIn}, uploading("m2", "a.xlsx", "")); status != http.StatusOK {
		t.Errorf("20 MB: %d", status)
	}
}

func TestFilesAreReadAFewAtATime(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	h.uploads.Store(maxUploads)
	if status, _ := b.post("/upload", "x", uploading("m1", "a.xlsx", "")); status != http.StatusServiceUnavailable {
		t.Errorf("status %d", status)
	}
	h.uploads.Store(maxUploads - 1)
	if status, _ := b.post("/upload", "x", uploading("m1", "a.xlsx", "")); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	if h.uploads.Load() != maxUploads-1 {
		t.Errorf("%d under way", h.uploads.Load())
	}
}

func TestABrowserThatWentAwayStopsNothing(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	entered, proceed := make(chan struct{}), make(chan struct{})
	h.mu.Lock()
	h.refuse = func() error {
		close(entered)
		<-proceed
		return nil
	}
	h.mu.Unlock()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		req, _ := http.NewRequestWithContext(ctx, http.MethodPost, h.server.URL+"/send", strings.NewReader(`{"id":"m1","text":"x"}`))
		req.Header.Set("Origin", h.server.URL)
		req.Header.Set("X-Lamsach", chatMark(b.person))
		answer, err := b.client.Do(req)
		if err == nil {
			_ = answer.Body.Close()
		}
		done <- err
	}()
	<-entered
	cancel()
	if err := <-done; err == nil {
		t.Error("the browser did not go away")
	}
	close(proceed)
	if u := <-h.taken; u.Text != "x" {
		t.Errorf("taken %+v", u)
	}
	h.mu.Lock()
	h.refuse = nil
	h.mu.Unlock()
	if shown := b.messages(); len(shown) != 2 {
		t.Errorf("shown %+v", shown)
	}
}
