package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// shownFirst is how many messages a page shows before it is asked for older ones.
const shownFirst = 80

// Past events reach the page in two ways: /history is what all of them come to, /events is each one that came after.

// historyAnswer is the body of /history. Last is where /events goes on.
type historyAnswer struct {
	Last     int64     `json:"last"`
	Messages []message `json:"messages"`
	Older    bool      `json:"older"`
}

// history gives the newest messages, or with ?before=ID those before that one.
func (s *Site) history(w http.ResponseWriter, r *http.Request, v visitor) {
	room, leave := s.rooms.enter(v.person)
	defer leave()
	answer, err := room.newest(r)
	if err != nil {
		s.finish(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		s.Log.Debug("web history", "err", err)
	}
}

func (r *room) newest(req *http.Request) (historyAnswer, error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	if err := r.catchUp(req.Context()); err != nil {
		return historyAnswer{}, err
	}
	end := len(r.talk.messages)
	if before := req.FormValue("before"); before != "" {
		end = max(0, r.talk.find(before))
	}
	start := max(0, end-shownFirst)
	answer := historyAnswer{Last: r.talk.last, Older: start > 0}
	answer.Messages = append([]message{}, r.talk.messages[start:end]...)
	r.show(answer.Last)
	return answer, nil
}

// events sends what happened after the event of Last-Event-ID (or ?after=), and goes on as it happens.
func (s *Site) events(w http.ResponseWriter, r *http.Request, v visitor) {
	if !s.door.isOpen() {
		busy(w)
		return
	}
	room, leave := s.rooms.enter(v.person)
	defer leave()
	wait := room.join()
	defer room.leave(wait)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	st := &stream{site: s, room: room, visitor: v, out: newFlow(w, s.lives.stall), after: lastSeen(r)}
	if err := st.run(r, wait); err != nil {
		s.Log.Debug("web stream", "err", err)
	}
}

// lastSeen says where the page stands. A header set by the browser at a reconnect is newer than the address.
func lastSeen(r *http.Request) int64 {
	for _, text := range []string{r.Header.Get("Last-Event-ID"), r.FormValue("after")} {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && n >= 0 {
			return n
		}
	}
	return 0
}

// stream is one open page.
type stream struct {
	site    *Site
	room    *room
	visitor visitor
	out     *flow
	after   int64
	told    string // the newest word about the others
}

// run sends until the page is gone, has to wait, or may see no more.
func (st *stream) run(r *http.Request, wait <-chan struct{}) error {
	if err := st.begin(r); err != nil {
		return err
	}
	beat := time.NewTicker(st.site.lives.beat)
	defer beat.Stop()
	for {
		changed, news := st.room.bell.listen(), st.site.rooms.news.listen()
		if !st.site.stays(r.Context(), st.visitor) {
			return st.signal("ended", "1")
		}
		if err := st.replay(r); err != nil {
			return err
		}
		if err := st.elsewhere(); err != nil {
			return err
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-wait:
			if !st.site.door.isOpen() {
				return nil // we are closing: the page comes back by itself
			}
			return st.signal("wait", "1")
		case <-changed:
		case <-news:
		case <-beat.C:
			if err := st.signal("ping", "1"); err != nil {
				return err
			}
		}
	}
}

// begin greets the page. One that knows more than the store (the store was put back to an earlier state) starts anew.
func (st *stream) begin(r *http.Request) error {
	st.room.turn.Lock()
	err := st.room.catchUp(r.Context())
	last := st.room.talk.last
	st.room.turn.Unlock()
	if err != nil {
		return err
	}
	if st.after > last {
		return st.signal("reset", "1")
	}
	return st.signal("ping", "1")
}

// replay sends the events that the page has not seen.
func (st *stream) replay(r *http.Request) error {
	for {
		rows, err := st.site.Store.WebEventsAfter(r.Context(), st.visitor.person, st.after, maxBatch)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		var out bytes.Buffer
		for _, row := range rows {
			fmt.Fprintf(&out, "id: %d\ndata: %s\n\n", row.Seq, row.Body)
			st.after = row.Seq
		}
		if err := st.out.write(out.Bytes()); err != nil {
			return err
		}
		st.room.show(st.after)
	}
}

// elsewhere tells a page of the demo which of the other people have something to read, when that is new to it.
func (st *stream) elsewhere() error {
	if st.site.Demo == nil {
		return nil
	}
	waiting := []string{}
	for _, p := range st.site.Demo.Personas {
		room, leave := st.site.rooms.enter(p.ID)
		if room.unread() {
			waiting = append(waiting, p.ID)
		}
		leave()
	}
	body, err := json.Marshal(waiting)
	if err != nil {
		return err
	}
	if string(body) == st.told {
		return nil
	}
	st.told = string(body)
	return st.signal("elsewhere", st.told)
}

// signal sends a word that is not part of the talk, and so has no id. Browsers drop events without data.
func (st *stream) signal(name, data string) error {
	return st.out.write(fmt.Appendf(nil, "event: %s\ndata: %s\n\n", name, data))
}
