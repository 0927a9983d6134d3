package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// How long a browser stays known. Who comes by within sessionLife stays for ever, under a new token each month.
const (
	sessionLife = 180 * 24 * time.Hour
	renewAfter  = 30 * 24 * time.Hour
)

// visitor is who asks, by the cookie.
type visitor struct {
	person string
	token  []byte // hash
	since  time.Time
}

// visit is a request of somebody who is known.
type visit func(w http.ResponseWriter, r *http.Request, v visitor)

// person lets through those who have a session; to all others everything is the same 401. What a page does carries the
// mark of the person that it was loaded for: one that stayed open while its browser became somebody else starts anew.
func (s *Site) person(next visit) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, known, err := s.visitor(r)
		switch {
		case err != nil:
			s.Log.Error("web session", "err", err)
			busy(w)
		case !known, r.Method == http.MethodPost && r.Header.Get(marker) != chatMark(v.person):
			http.Error(w, "unauthorized", http.StatusUnauthorized)
		default:
			next(w, r, v)
		}
	}
}

// visitor reads the cookie. Its value is "TOKEN.DAY"; DAY, when the session began, only says when to renew it.
func (s *Site) visitor(r *http.Request) (visitor, bool, error) {
	cookie, err := r.Cookie(s.cookieName(r))
	if err != nil {
		return visitor{}, false, nil
	}
	token, day, _ := strings.Cut(cookie.Value, ".")
	if len(token) != 43 {
		return visitor{}, false, nil
	}
	hash := hashToken(token)
	person, known, err := s.Store.WebPerson(r.Context(), hash, s.Now())
	if err != nil || !known {
		return visitor{}, false, err
	}
	days, _ := strconv.ParseInt(day, 36, 32)
	return visitor{person: person, token: hash, since: time.Unix(days*86400, 0)}, true, nil
}

// stays reports whether the session still holds; a page that is open asks now and then.
func (s *Site) stays(ctx context.Context, v visitor) bool {
	person, known, err := s.Store.WebPerson(ctx, v.token, s.Now())
	return err == nil && known && person == v.person
}

// admit starts a session of person in this browser.
func (s *Site) admit(w http.ResponseWriter, r *http.Request, person string) error {
	token, now := randomText(32), s.Now()
	if err := s.Store.StartWebSession(r.Context(), hashToken(token), person, now.Add(sessionLife)); err != nil {
		return err
	}
	s.setCookie(w, r, token+"."+strconv.FormatInt(now.Unix()/86400, 36), int(sessionLife/time.Second))
	return nil
}

func (s *Site) setCookie(w http.ResponseWriter, r *http.Request, value string, age int) {
	http.SetCookie(w, &http.Cookie{
		Name: s.cookieName(r), Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: s.secure(r), SameSite: http.SameSiteStrictMode,
	})
}

// cookieName has the prefix that keeps other hosts of the domain from setting it, where TLS allows that.
func (s *Site) cookieName(r *http.Request) string {
	if s.secure(r) {
		return "__Host-lamsach"
	}
	return "lamsach"
}

// login makes a newcomer a person and hands the code to the bot as that person's first message: whether it is good
// is the bot's answer. Who is already known stays who they are.
func (s *Site) login(w http.ResponseWriter, r *http.Request) {
	if !s.limits.codes.allow(s.address(r), s.Now()) || !s.limits.allCode.allow("", s.Now()) {
		tooMany(w)
		return
	}
	body, ok := readBody(w, r, maxLoginBody)
	if !ok {
		return
	}
	code, err := decodeLogin(body)
	if err != nil {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	v, known, err := s.visitor(r)
	if err == nil && !known {
		v.person = "w" + randomText(18)
		if s.door.isOpen() {
			err = s.admit(w, r, v.person)
		} else {
			err = errClosed
		}
	}
	if err == nil { // the same code again is the same message
		id := "start-" + base64.RawURLEncoding.EncodeToString(hashToken(code)[:12])
		err = s.sayText(r, v.person, sendRequest{ID: id, Text: "/start " + code})
	}
	s.finish(w, err)
}

// logout ends the session of this browser.
func (s *Site) logout(w http.ResponseWriter, r *http.Request, v visitor) {
	err := s.end(r.Context(), v)
	if err == nil {
		s.setCookie(w, r, "", -1)
		w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	}
	s.finish(w, err)
}

// persona makes the visitor of a demo somebody else.
func (s *Site) persona(w http.ResponseWriter, r *http.Request) {
	body, ok := readBody(w, r, maxLoginBody)
	if !ok {
		return
	}
	var wish struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(body, &wish); err != nil {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	for _, p := range s.Demo.Personas {
		if p.ID == wish.ID {
			s.finish(w, s.become(w, r, p.ID))
			return
		}
	}
	http.Error(w, "not found", http.StatusNotFound)
}

// become starts a session of the person and ends the one before it.
func (s *Site) become(w http.ResponseWriter, r *http.Request, person string) error {
	before, known, err := s.visitor(r)
	if err != nil {
		return err
	}
	if err := s.admit(w, r, person); err != nil || !known {
		return err
	}
	return s.end(r.Context(), before)
}

// end ends a session and shuts its open pages.
func (s *Site) end(ctx context.Context, v visitor) error {
	if err := s.Store.EndWebSession(ctx, v.token); err != nil {
		return err
	}
	room, leave := s.rooms.enter(v.person)
	defer leave()
	room.bell.ring()
	return nil
}

// chatMark tells the people of one browser apart, without naming them.
func chatMark(person string) string {
	return hex.EncodeToString(hashToken(person)[:6])
}

// hashToken is what the store knows of a token. The token is 256 random bits: a plain hash is enough.
func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// randomText gives n random bytes as URL-safe text.
func randomText(n int) string {
	raw := make([]byte, n)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}
