package web

import (
	"encoding/json"
	"net/http"
)

// clock tells the demo's moment.
func (s *Site) clock(w http.ResponseWriter, _ *http.Request, _ visitor) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"now": s.Demo.Clock.Shown()}) // the page has gone when it fails
}

// moveClock moves the demo's clock on.
func (s *Site) moveClock(w http.ResponseWriter, r *http.Request, v visitor) {
	if !s.limits.sending.allow(v.person, s.Now()) {
		tooMany(w)
		return
	}
	body, ok := readBody(w, r, maxLoginBody)
	if !ok {
		return
	}
	var wish struct {
		Move string `json:"move"`
	}
	if err := decodeStrict(body, &wish); err != nil {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	for _, m := range s.Demo.Clock.Moves {
		if m.ID == wish.Move {
			s.finish(w, m.Do(r.Context()))
			return
		}
	}
	http.Error(w, "not found", http.StatusNotFound)
}
