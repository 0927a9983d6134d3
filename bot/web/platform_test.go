package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lamsach/bot"
)

// buttons are one row.
func buttons(labels ...string) [][]bot.Choice {
	var row []bot.Choice
	for _, label := range labels {
		row = append(row, bot.Choice{Label: label, Data: "d-" + label})
	}
	return [][]bot.Choice{row}
}

func TestSendEditAndRemove(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	id := h.say(b.person, bot.Outgoing{ID: "1", Reply: bot.Reply{Text: line("một"), Choices: buttons("Có", "Không")}})
	if got := h.say(b.person, bot.Outgoing{ID: "2", Message: id, Reply: bot.Reply{Mode: bot.Edit, Text: line("hai"), Choices: buttons("Tiếp")}}); got != id {
		t.Errorf("edit made %s of %s", got, id)
	}
	next := h.say(b.person, bot.Outgoing{ID: "3", Message: id, Reply: bot.Reply{Text: line("ba"), Choices: buttons("Xong")}})
	want := []message{
		{ID: id, At: start, Text: line("hai")},
		{ID: next, At: start, Text: line("ba"), Choices: buttons("Xong")},
	}
	if diff := cmp.Diff(want, b.messages()[1:]); diff != "" {
		t.Error(diff)
	}
	h.say(b.person, bot.Outgoing{ID: "4", Message: next, Reply: bot.Reply{Mode: bot.Remove}})
	h.say(b.person, bot.Outgoing{ID: "5", Message: "gone", Reply: bot.Reply{Mode: bot.Remove}})
	if diff := cmp.Diff(want[:1], b.messages()[1:]); diff != "" {
		t.Error(diff)
	}
}

func TestEditOfWhatIsNotThereIsNew(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	own := b.messages()[0].ID
	for i, message := range []string{"", "unknown", own} {
		id := h.say(b.person, bot.Outgoing{ID: fmt.Sprint(i), Message: message, Reply: bot.Reply{Mode: bot.Edit, Text: line("mới")}})
		if id == message || id == "" {
			t.Errorf("edit of %q gave %q", message, id)
		}
	}
	shown := b.messages()
	if len(shown) != 4 || text(shown[0].Text) != "/start A" {
		t.Errorf("shown %+v", shown)
	}
}

func TestASecondSendingIsShownOnce(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	old := h.say(b.person, bot.Outgoing{ID: "1", Reply: bot.Reply{Text: line("cũ"), Choices: buttons("A")}})
	out := bot.Outgoing{ID: "2", Message: old, Reply: bot.Reply{Text: line("mới")}}
	if first, second := h.say(b.person, out), h.say(b.person, out); first != second {
		t.Errorf("%s and %s", first, second)
	}
	if shown := b.messages(); len(shown) != 3 || shown[1].Choices != nil {
		t.Errorf("shown %+v", shown)
	}
}

func TestAnswersToPresses(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	stream := b.listen("")
	stream.message()
	h.say(b.person, bot.Outgoing{ID: "1", Reply: bot.Reply{Mode: bot.Alert, Query: "p1", Text: line("014316001234")}})
	h.say(b.person, bot.Outgoing{ID: "2", Reply: bot.Reply{Mode: bot.Answer, Query: "p2"}})
	if e := stream.message(); e.Do != alert || e.Query != "p1" || text(e.Text) != "014316001234" {
		t.Errorf("%+v", e)
	}
	if e := stream.message(); e.Do != answer || e.Query != "p2" {
		t.Errorf("%+v", e)
	}
	if shown := b.messages(); len(shown) != 1 {
		t.Errorf("a note stays: %+v", shown)
	}
}

func TestRepliesThatAreRefused(t *testing.T) {
	h := open(t)
	many := [][]bot.Choice{make([]bot.Choice, maxButtons+1)}
	good := bot.Chat{Platform: Name, ID: "p"}
	for name, reply := range map[string]bot.Reply{
		"another platform": {To: bot.Chat{Platform: "telegram", ID: "1"}, Text: line("x")},
		"no person":        {To: bot.Chat{Platform: Name}, Text: line("x")},
		"odd person":       {To: bot.Chat{Platform: Name, ID: "a b"}, Text: line("x")},
		"many buttons":     {To: good, Text: line("x"), Choices: many},
		"large file":       {To: good, File: &bot.Attachment{File: "f", Size: maxFileOut + 1}},
	} {
		_, err := h.Send(t.Context(), bot.Outgoing{ID: name, Reply: reply})
		var fault *bot.SendError
		if !errors.As(err, &fault) || fault.Fault != bot.Refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSendingWithAStoreOutOfOrder(t *testing.T) {
	h := open(t)
	h.store.fail(errors.New("disk"))
	_, err := h.Send(t.Context(), bot.Outgoing{ID: "1", Reply: bot.Reply{To: bot.Chat{Platform: Name, ID: "p"}, Text: line("x")}})
	var fault *bot.SendError
	if !errors.As(err, &fault) || fault.Fault != bot.Unsent {
		t.Errorf("%v", err)
	}
}

func TestFilesAreForThoseWhoGotThem(t *testing.T) {
	h := open(t)
	a, b := h.enter("A"), h.enter("B")
	id, size, _ := h.store.SaveFile(t.Context(), "", "", strings.NewReader("bí mật"))
	hidden, _, _ := h.store.SaveFile(t.Context(), "", "", strings.NewReader("chưa gửi"))
	file := &bot.Attachment{File: id, Name: "DS \"trẻ\" em.xlsx", MIME: "text/html", Size: size}
	sent := h.say(a.person, bot.Outgoing{ID: "1", Reply: bot.Reply{Text: line("tệp"), File: file}})
	answer := a.ask(http.MethodGet, "/file/"+id, nil)
	body, _ := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK || string(body) != "bí mật" {
		t.Errorf("own: %d %q", answer.StatusCode, body)
	}
	if kind := answer.Header.Get("Content-Type"); kind != "application/octet-stream" {
		t.Errorf("kind %q", kind)
	}
	if d := answer.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename*=utf-8''DS%20%22tr") {
		t.Errorf("disposition %q", d)
	}
	if p := answer.Header.Get("Content-Security-Policy"); p != "default-src 'none'; sandbox" {
		t.Errorf("policy %q", p)
	}
	_, missing := a.get("/file/none")
	for path, who := range map[string]*browser{"/file/" + id: b, "/file/" + hidden: a, "/file/%2e%2e": a, "/file/" + id + "%00": a} {
		if status, text := who.get(path); status != http.StatusNotFound || text != missing {
			t.Errorf("%s: %d %q", path, status, text)
		}
	}
	h.say(a.person, bot.Outgoing{ID: "2", Message: sent, Reply: bot.Reply{Mode: bot.Remove}})
	if status, _ := a.get("/file/" + id); status != http.StatusNotFound {
		t.Errorf("after it was taken back: %d", status)
	}
}

func TestOwnFileAndPicture(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	if status, _ := b.post("/upload", "\x89PNG", uploading("m1", "ảnh.png", "image/png")); status != http.StatusOK {
		t.Fatal(status)
	}
	u := <-h.taken
	answer := b.ask(http.MethodGet, "/file/"+u.File.ID, nil)
	_ = answer.Body.Close()
	if answer.Header.Get("Content-Type") != "image/png" || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers %v", answer.Header)
	}
	h.store.mu.Lock()
	delete(h.store.files, u.File.ID)
	h.store.mu.Unlock()
	if status, _ := b.get("/file/" + u.File.ID); status != http.StatusGone {
		t.Errorf("purged: %d", status)
	}
}

func TestAnAttachmentThatLiesElsewhereIsKept(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	out := bot.Outgoing{ID: "1", Reply: bot.Reply{File: &bot.Attachment{File: "elsewhere", Name: "a.pdf", Size: 3}}}
	out.Body = func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("PDF")), nil }
	h.say(b.person, out)
	shown := b.messages()
	file := shown[len(shown)-1].File
	if status, body := b.get("/file/" + file.ID); status != http.StatusOK || body != "PDF" {
		t.Errorf("%d %q", status, body)
	}
	out.ID, out.Body, out.Reply.To = "2", nil, bot.Chat{Platform: Name, ID: b.person}
	if _, err := h.Send(t.Context(), out); err == nil {
		t.Error("a file that is nowhere went out")
	}
}

func TestReceiveWaitsForTheLastUpdate(t *testing.T) {
	d := &door{}
	entered, proceed := make(chan struct{}), make(chan struct{})
	d.open(func(context.Context, []bot.Update) error {
		close(entered)
		<-proceed
		return nil
	})
	passed := make(chan error, 1)
	go func() { passed <- d.pass(t.Context(), bot.Update{}) }()
	<-entered
	closed := make(chan struct{})
	go func() {
		d.close()
		close(closed)
	}()
	select {
	case <-closed:
		t.Error("closed while an update was going through")
	default:
	}
	close(proceed)
	if err := <-passed; err != nil {
		t.Error(err)
	}
	<-closed
	if err := d.pass(t.Context(), bot.Update{}); !errors.Is(err, errClosed) {
		t.Errorf("%v", err)
	}
}

func TestABrokenEventIsLeftOut(t *testing.T) {
	h := open(t)
	b := h.enter("A")
	_, _ = h.store.AppendWebEvent(t.Context(), b.person, []byte("{"))
	_, _ = h.store.AppendWebEvent(t.Context(), b.person, []byte(`{"do":"dance"}`))
	h.say(b.person, bot.Outgoing{ID: "1", Reply: bot.Reply{Text: line("tiếp")}})
	if shown := b.messages(); len(shown) != 2 || text(shown[1].Text) != "tiếp" {
		t.Errorf("shown %+v", shown)
	}
}

func TestRoomsAreMadeAnewFromTheStore(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		store := newMemory()
		rs := newRooms(store, slog.New(slog.DiscardHandler))
		r, leave := rs.enter("p")
		defer leave()
		ids := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		for range rapid.IntRange(1, 30).Draw(rt, "events") {
			id := ids.Draw(rt, "id")
			m := &message{ID: id, Text: line(rapid.StringN(0, 5, -1).Draw(rt, "text")), Own: rapid.Bool().Draw(rt, "own")}
			if rapid.Bool().Draw(rt, "file") {
				m.File = &bot.File{ID: "f" + id}
			}
			e := rapid.SampledFrom([]event{
				{Do: say, Message: m, Clear: id}, {Do: edit, Message: m}, {Do: remove, Target: id}, {Do: alert, Query: id}, {Do: answer},
			}).Draw(rt, "event")
			if err := r.record(t.Context(), e); err != nil {
				rt.Fatal(err)
			}
		}
		anew := &room{person: "p", store: store, log: rs.log}
		if err := anew.catchUp(t.Context()); err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(r.talk, anew.talk, cmp.AllowUnexported(talk{})); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func TestManyPeopleAndLongTalksAreBounded(t *testing.T) {
	rs := newRooms(newMemory(), slog.New(slog.DiscardHandler))
	stays, leave := rs.enter("stays")
	defer leave()
	for i := range 5 * maxIdle {
		_, leave := rs.enter(fmt.Sprint("p", i))
		leave()
	}
	if len(rs.open) > maxIdle || rs.open["stays"] != stays {
		t.Errorf("%d rooms", len(rs.open))
	}
	var long talk
	for i := range maxHeld + 100 {
		long.apply(int64(i), event{Do: say, Message: &message{ID: fmt.Sprint(i), File: &bot.File{ID: fmt.Sprint("f", i)}}})
	}
	if len(long.messages) != maxHeld || long.find("99") >= 0 || long.find("100") != 0 || long.files["f0"].ID == "" {
		t.Errorf("%d messages held", len(long.messages))
	}
}
