package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"lamsach/bot"
)

// lives are how long things may take.
type lives struct {
	settle time.Duration // storing what was received, also when the browser is gone
	stall  time.Duration // without a byte read or written
	beat   time.Duration // between signs of life on a stream
}

var defaultLives = lives{settle: 15 * time.Second, stall: 45 * time.Second, beat: 20 * time.Second}

// maxUploads is how many files are read at a time, of all people.
const maxUploads = 16

// send takes a text or a press. 200 says that it is durable.
func (s *Site) send(w http.ResponseWriter, r *http.Request, v visitor) {
	if !s.limits.sending.allow(v.person, s.Now()) {
		tooMany(w)
		return
	}
	body, ok := readBody(w, r, maxSendBody)
	if !ok {
		return
	}
	req, err := decodeSend(body)
	if err != nil {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	if req.Press != nil {
		s.finish(w, s.press(r, v.person, req))
		return
	}
	s.finish(w, s.sayText(r, v.person, req))
}

// press hands a button press over. It leaves no message; the id of the request is what the answer names.
func (s *Site) press(r *http.Request, person string, req sendRequest) error {
	ctx, cancel := s.settling(r)
	defer cancel()
	u := s.update(r, person, req.ID)
	u.Kind, u.Data, u.Query = bot.Press, req.Press.Data, req.ID
	return s.door.pass(ctx, u)
}

// sayText hands a text over and shows it on the person's pages.
func (s *Site) sayText(r *http.Request, person string, req sendRequest) error {
	u := s.update(r, person, req.ID)
	u.Text = req.Text
	shown := message{ID: req.ID, Own: true, At: u.SentAt, Text: plain(req.Text)}
	return s.post(r, u, shown)
}

// post hands the update over and then shows it, before the bot's answer can be shown. A message that is shown was
// handed over.
func (s *Site) post(r *http.Request, u bot.Update, shown message) error {
	ctx, cancel := s.settling(r)
	defer cancel()
	room, leave := s.rooms.enter(u.Chat.ID)
	defer leave()
	room.turn.Lock()
	defer room.turn.Unlock()
	if err := room.catchUp(ctx); err != nil {
		return err
	}
	if room.talk.find(shown.ID) >= 0 {
		return nil
	}
	if err := s.door.pass(ctx, u); err != nil {
		return err
	}
	return room.record(ctx, event{Do: say, Message: &shown})
}

// settling is the context of what must not stop half-way because a browser went away.
func (s *Site) settling(r *http.Request) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(r.Context()), s.lives.settle)
}

// update begins an update of the person. Its id is the person's and the page's together: one page cannot
// take another person's id away.
func (s *Site) update(r *http.Request, person, id string) bot.Update {
	return bot.Update{
		ID: person + ":" + id, Kind: bot.Message, Chat: bot.Chat{Platform: Name, ID: person}, Sender: person,
		Language: language(r.Header.Get("Accept-Language")), SentAt: s.Now(),
	}
}

// language gives the first language that the browser asks for, without region; empty when it is odd.
func language(accept string) string {
	first, _, _ := strings.Cut(accept, ",")
	first, _, _ = strings.Cut(first, ";")
	first, _, _ = strings.Cut(strings.TrimSpace(first), "-")
	if len(first) > 8 || !validID(first) {
		return ""
	}
	return strings.ToLower(first)
}

// upload takes one file.
func (s *Site) upload(w http.ResponseWriter, r *http.Request, v visitor) {
	now := s.Now()
	if !s.limits.sending.allow(v.person, now) || !s.limits.files.allow(v.person, now) {
		tooMany(w)
		return
	}
	req, err := decodeFile(r.Header.Get("X-Lamsach-File"))
	if err != nil {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	if r.ContentLength > maxFileIn {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	if !s.takeSlot() {
		busy(w)
		return
	}
	defer s.freeSlot()
	body := &patient{rc: http.NewResponseController(w), stall: s.lives.stall}
	defer body.rest()
	body.from = http.MaxBytesReader(w, r.Body, maxFileIn)
	s.finish(w, s.takeFile(r, v.person, req, body))
}

// takeFile keeps the bytes and hands the file over. A file that was handed over already is not read again.
func (s *Site) takeFile(r *http.Request, person string, req fileRequest, body io.Reader) error {
	if done, err := s.posted(r.Context(), person, req.ID); done || err != nil {
		return err
	}
	id, size, err := s.Files.SaveFile(r.Context(), req.Name, req.MIME, body)
	if err != nil {
		return err
	}
	u := s.update(r, person, req.ID)
	u.File = &bot.File{ID: id, Name: req.Name, Size: size, MIME: req.MIME}
	return s.post(r, u, message{ID: req.ID, Own: true, At: u.SentAt, File: u.File})
}

// posted reports whether the person's message of that id was handed over.
func (s *Site) posted(ctx context.Context, person, id string) (bool, error) {
	room, leave := s.rooms.enter(person)
	defer leave()
	room.turn.Lock()
	defer room.turn.Unlock()
	if err := room.catchUp(ctx); err != nil {
		return false, err
	}
	return room.talk.find(id) >= 0, nil
}

// sample sends a list of the demo as if the visitor had chosen the file.
func (s *Site) sample(w http.ResponseWriter, r *http.Request, v visitor) {
	if !s.limits.sending.allow(v.person, s.Now()) {
		tooMany(w)
		return
	}
	body, ok := readBody(w, r, maxLoginBody)
	if !ok {
		return
	}
	var req struct {
		ID     string `json:"id"`
		Sample string `json:"sample"`
	}
	if err := decodeStrict(body, &req); err != nil || !validID(req.ID) {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	for _, sample := range s.Demo.Samples {
		if sample.ID == req.Sample {
			s.finish(w, s.sendSample(r, v.person, req.ID, sample))
			return
		}
	}
	http.Error(w, "not found", http.StatusNotFound)
}

func (s *Site) sendSample(r *http.Request, person, id string, sample Sample) error {
	file, err := sample.Open(r.Context())
	if err != nil {
		return err
	}
	defer file.Close()
	return s.takeFile(r, person, fileRequest{ID: id, Name: sample.Name, MIME: sample.MIME}, file)
}

// finish answers what was asked to be done.
func (s *Site) finish(w http.ResponseWriter, err error) {
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		w.WriteHeader(http.StatusOK)
	case errors.As(err, &tooLarge):
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
	case errors.Is(err, errClosed):
		busy(w)
	default:
		s.Log.Error("web request", "err", err)
		busy(w)
	}
}

// busy asks the page to try again.
func busy(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "2")
	http.Error(w, "try again", http.StatusServiceUnavailable)
}

// takeSlot and freeSlot bound the files that are read at a time.
func (s *Site) takeSlot() bool {
	if s.uploads.Add(1) > maxUploads {
		s.uploads.Add(-1)
		return false
	}
	return true
}

func (s *Site) freeSlot() { s.uploads.Add(-1) }

// plain makes typed text a Text.
func plain(typed string) bot.Text {
	var text bot.Text
	for line := range strings.SplitSeq(typed, "\n") {
		if line == "" {
			text = append(text, bot.Line{})
			continue
		}
		text = append(text, bot.Line{{Text: line}})
	}
	return text
}
