package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/bot/bottest"
)

func TestPlatform(t *testing.T) {
	bottest.RunPlatform(t, func(t *testing.T) bottest.Harness {
		store := newMemory()
		site, err := New(Options{
			Store: store, Files: store, Now: time.Now, Texts: vietnamese(t, "vi"), Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			t.Fatal(err)
		}
		p := &surfer{t: t, site: site, name: "wTester"}
		if err := store.StartWebSession(t.Context(), hashToken(p.token()), p.name, time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		return bottest.Harness{Platform: site, Person: p, Repeat: p.repeat}
	})
}

// surfer is somebody with the page open.
type surfer struct {
	t    *testing.T
	site *Site
	name string
	sent []*http.Request // to be repeated, as a page does that got no answer
	body []string
	wait []string // presses that spin
}

func (p *surfer) token() string  { return strings.Repeat("t", 43) }
func (p *surfer) Chat() bot.Chat { return bot.Chat{Platform: Name, ID: p.name} }

// ask calls the page, again and again while it is not served yet.
func (p *surfer) ask(method, path, body string, header map[string]string) *httptest.ResponseRecorder {
	for !p.site.door.isOpen() {
		runtime.Gosched()
	}
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.AddCookie(&http.Cookie{Name: "lamsach", Value: p.token()})
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("X-Lamsach", chatMark(p.name))
	for key, value := range header {
		r.Header.Set(key, value)
	}
	w := httptest.NewRecorder()
	p.site.ServeHTTP(w, r)
	if method == http.MethodPost {
		p.sent, p.body = append(p.sent, r), append(p.body, body)
	}
	return w
}

func (p *surfer) post(path, body string, header map[string]string) {
	if w := p.ask(http.MethodPost, path, body, header); w.Code != http.StatusOK {
		p.t.Errorf("%s: %d %s", path, w.Code, w.Body)
	}
}

func (p *surfer) repeat() {
	for i, r := range slices.Clone(p.sent) {
		w := httptest.NewRecorder()
		again := r.Clone(r.Context())
		again.Body = io.NopCloser(strings.NewReader(p.body[i]))
		p.site.ServeHTTP(w, again)
		if w.Code != http.StatusOK {
			p.t.Errorf("again: %d", w.Code)
		}
	}
}

func (p *surfer) id() string { return fmt.Sprint("m", len(p.sent)) }

func (p *surfer) SendText(text string) {
	body, _ := json.Marshal(map[string]string{"id": p.id(), "text": text})
	p.post("/send", string(body), nil)
}

func (p *surfer) SendFile(name, mime string, body []byte) {
	meta, _ := json.Marshal(fileRequest{ID: p.id(), Name: name, MIME: mime})
	p.post("/upload", string(body), map[string]string{"X-Lamsach-File": percent(string(meta))})
}

func (p *surfer) shown() []message {
	var answer historyAnswer
	w := p.ask(http.MethodGet, "/history", "", nil)
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		p.t.Fatalf("history: %d %v", w.Code, err)
	}
	return answer.Messages
}

func (p *surfer) Press(label string) error {
	for _, m := range slices.Backward(p.shown()) {
		for _, choice := range slices.Concat(m.Choices...) {
			if choice.Label != label {
				continue
			}
			id := p.id()
			p.wait = append(p.wait, id)
			body, _ := json.Marshal(sendRequest{ID: id, Press: &pressRequest{Message: m.ID, Data: choice.Data}})
			p.post("/send", string(body), nil)
			return nil
		}
	}
	return errors.New("no such button")
}

func (p *surfer) Messages() []bottest.Shown {
	var all []bottest.Shown
	for i, m := range p.shown() {
		s := bottest.Shown{ID: i, FromBot: !m.Own, Text: flat(m.Text), Silent: m.Silent}
		for _, row := range m.Choices {
			var buttons []bottest.Button
			for _, c := range row {
				buttons = append(buttons, bottest.Button{Label: c.Label, Data: c.Data})
			}
			s.Buttons = append(s.Buttons, buttons)
		}
		if m.File != nil {
			w := p.ask(http.MethodGet, "/file/"+m.File.ID, "", nil)
			s.File = &bottest.ShownFile{Name: m.File.Name, MIME: m.File.MIME, Body: w.Body.Bytes(), Photo: pictures[m.File.MIME]}
		}
		all = append(all, s)
	}
	return all
}

// Wait looks again whenever something happened in the talk.
func (p *surfer) Wait(ctx context.Context, holds func([]bottest.Shown) bool) error {
	room, leave := p.site.rooms.enter(p.name)
	defer leave()
	for {
		changed := room.bell.listen()
		if holds(p.Messages()) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

func (p *surfer) WaitAnswered(ctx context.Context) error {
	return p.Wait(ctx, func([]bottest.Shown) bool {
		rows, err := p.site.Store.WebEventsAfter(ctx, p.name, 0, 1000)
		if err != nil {
			p.t.Fatal(err)
		}
		waiting := slices.Clone(p.wait)
		for _, row := range rows {
			var e event
			if err := json.Unmarshal(row.Body, &e); err != nil {
				p.t.Fatal(err)
			}
			if e.Do == answer || e.Do == alert {
				waiting = slices.DeleteFunc(waiting, func(id string) bool { return id == e.Query })
			}
		}
		return len(waiting) == 0
	})
}
