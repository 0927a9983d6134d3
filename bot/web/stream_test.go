package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"lamsach/bot"
)

// tap is an open stream.
type tap struct {
	t      *testing.T
	lines  *bufio.Scanner
	cancel context.CancelFunc
	last   string // newest id
}

// listen opens the person's stream behind the event last; empty: from the beginning.
func (b *browser) listen(last string) *tap {
	b.h.t.Helper()
	ctx, cancel := context.WithTimeout(b.h.t.Context(), time.Minute)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.h.server.URL+"/events", nil)
	if err != nil {
		b.h.t.Fatal(err)
	}
	if last != "" {
		req.Header.Set("Last-Event-ID", last)
	}
	answer, err := b.client.Do(req)
	if err != nil {
		b.h.t.Fatal(err)
	}
	b.h.t.Cleanup(func() { cancel(); _ = answer.Body.Close() })
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
		b.h.t.Fatalf("stream: %d", answer.StatusCode)
	}
	return &tap{t: b.h.t, lines: bufio.NewScanner(answer.Body), cancel: cancel}
}

// next gives the next event that is no sign of life; the name is empty for one of the talk.
func (p *tap) next() (name, data string) {
	p.t.Helper()
	id := ""
	for p.lines.Scan() {
		key, value, _ := strings.Cut(p.lines.Text(), ": ")
		switch key {
		case "event":
			name = value
		case "id":
			id = value
		case "data":
			data = value
		case "":
			if name != "ping" {
				if id != "" {
					p.last = id
				}
				return name, data
			}
			name, data = "", ""
		}
	}
	return "end", ""
}

// message gives the next event of the talk.
func (p *tap) message() event {
	p.t.Helper()
	name, data := p.next()
	if name != "" {
		p.t.Fatalf("event %q", name)
	}
	var e event
	if err := json.Unmarshal([]byte(data), &e); err != nil {
		p.t.Fatal(err)
	}
	return e
}

func text(t bot.Text) string { return t[0][0].Text }

func TestStreamGoesOnBehindTheLastEvent(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	first := b.listen("")
	if e := first.message(); e.Do != say || !e.Message.Own {
		t.Errorf("first %+v", e)
	}
	for i := range 3 {
		h.say(b.person, bot.Outgoing{ID: fmt.Sprint("o", i), Reply: bot.Reply{Text: line(fmt.Sprint("tin ", i))}})
	}
	if e := first.message(); text(e.Message.Text) != "tin 0" {
		t.Errorf("live %+v", e)
	}
	first.cancel()
	for i := range 300 { // more than one batch
		h.say(b.person, bot.Outgoing{ID: fmt.Sprint("p", i), Reply: bot.Reply{Text: line(fmt.Sprint("nhỡ ", i))}})
	}
	second := b.listen(first.last)
	for _, want := range []string{"tin 1", "tin 2"} {
		if e := second.message(); text(e.Message.Text) != want {
			t.Errorf("after the break: %+v, want %s", e.Message, want)
		}
	}
	for i := range 300 {
		if e := second.message(); text(e.Message.Text) != fmt.Sprint("nhỡ ", i) {
			t.Fatalf("missed %d: %+v", i, e.Message)
		}
	}
	h.say(b.person, bot.Outgoing{ID: "q", Reply: bot.Reply{Text: line("lại trực tiếp")}})
	if e := second.message(); text(e.Message.Text) != "lại trực tiếp" {
		t.Errorf("live again: %+v", e)
	}
}

func TestStreamsAreOfOnePerson(t *testing.T) {
	h := open(t)
	a, b := h.enter("A"), h.enter("B")
	streamA, streamB := a.listen(""), b.listen("")
	streamA.message()
	streamB.message()
	h.say(b.person, bot.Outgoing{ID: "1", Reply: bot.Reply{Text: line("cho B")}})
	h.say(a.person, bot.Outgoing{ID: "2", Reply: bot.Reply{Text: line("cho A")}})
	if e := streamA.message(); text(e.Message.Text) != "cho A" {
		t.Errorf("A got %+v", e.Message)
	}
	if e := streamB.message(); text(e.Message.Text) != "cho B" {
		t.Errorf("B got %+v", e.Message)
	}
}

func TestOwnMessageComesBeforeItsAnswer(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	stream := b.listen("")
	stream.message()
	answered := make(chan struct{})
	h.mu.Lock()
	h.refuse = func() error { // the bot answers while the message is still being handed over
		go func() {
			h.say(b.person, bot.Outgoing{ID: "1", Reply: bot.Reply{Text: line("trả lời")}})
			close(answered)
		}()
		return nil
	}
	h.mu.Unlock()
	if status, _ := b.post("/send", `{"id":"m1","text":"hỏi"}`); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	<-answered
	if e := stream.message(); !e.Message.Own {
		t.Errorf("first %+v", e.Message)
	}
	if e := stream.message(); e.Message.Own {
		t.Errorf("second %+v", e.Message)
	}
}

func TestStreamOfAStoreThatWentBack(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	if name, _ := b.listen("999").next(); name != "reset" {
		t.Errorf("event %q", name)
	}
	if name, data := b.listen("nonsense").next(); name != "" || !strings.Contains(data, "/start") {
		t.Errorf("event %q %s", name, data)
	}
}

func TestStreamEndsWithItsSession(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	stream := b.listen("")
	stream.message()
	if status, _ := b.post("/logout", "{}"); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	if name, _ := stream.next(); name != "ended" {
		t.Errorf("event %q", name)
	}
	h.say(b.person, bot.Outgoing{ID: "1", Reply: bot.Reply{Text: line("không ai thấy")}})
	if name, data := stream.next(); name != "end" {
		t.Errorf("after the end: %q %s", name, data)
	}
}

func TestTheOldestOfManyPagesWaits(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	oldest := b.listen("")
	oldest.message()
	var others []*tap
	for range maxStreams {
		others = append(others, b.listen(""))
	}
	if name, _ := oldest.next(); name != "wait" {
		t.Errorf("event %q", name)
	}
	h.say(b.person, bot.Outgoing{ID: "1", Reply: bot.Reply{Text: line("tin")}})
	for _, other := range others {
		other.message()
		if e := other.message(); text(e.Message.Text) != "tin" {
			t.Errorf("got %+v", e)
		}
	}
}

func TestStreamsEndWhenReceiveEnds(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	stream := b.listen("")
	stream.message()
	h.door.close()
	h.rooms.closeAll()
	if name, _ := stream.next(); name != "end" {
		t.Errorf("event %q", name)
	}
	if status, _ := b.get("/events"); status != http.StatusServiceUnavailable {
		t.Errorf("status %d", status)
	}
}

func TestSignsOfLife(t *testing.T) {
	h := open(t)
	h.lives.beat = time.Millisecond
	b := h.enter("A")
	stream := b.listen("")
	pings := 0
	for stream.lines.Scan() && pings < 3 {
		if stream.lines.Text() == "event: ping" {
			pings++
		}
	}
	if pings < 3 {
		t.Errorf("%d signs of life", pings)
	}
}

func TestDemoTellsWhoHasNews(t *testing.T) {
	h := open(t, demoOptions)
	b := h.visitor()
	b.get("/")
	b.person = "officer"
	stream := b.listen("")
	if name, data := stream.next(); name != "elsewhere" || data != "[]" {
		t.Errorf("at first %q %s", name, data)
	}
	h.say("police", bot.Outgoing{ID: "1", Reply: bot.Reply{Text: line("Nhận danh sách BG-014-0007")}})
	if name, data := stream.next(); name != "elsewhere" || data != `["police"]` {
		t.Errorf("then %q %s", name, data)
	}
	b.post("/persona", `{"id":"police"}`)
	b.person = "police"
	b.messages()
	if name, data := b.listen("1").next(); name != "elsewhere" || data != "[]" {
		t.Errorf("as police %q %s", name, data)
	}
}

func TestHistoryInPages(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	for i := range 200 {
		h.say(b.person, bot.Outgoing{ID: strconv.Itoa(i), Reply: bot.Reply{Text: line(strconv.Itoa(i))}})
	}
	var seen []string
	before := ""
	for {
		_, body := b.get("/history?before=" + before)
		var answer historyAnswer
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatal(err)
		}
		var part []string
		for _, m := range answer.Messages {
			part = append(part, text(m.Text))
		}
		seen = append(part, seen...)
		if !answer.Older {
			break
		}
		before = answer.Messages[0].ID
	}
	if len(seen) != 201 || seen[0] != "/start A" || seen[200] != "199" || seen[77] != "76" {
		t.Errorf("%d messages: %v", len(seen), seen)
	}
}
