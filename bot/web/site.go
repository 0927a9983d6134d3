// Package web is the conversation in a browser page, for offices where other messengers do not reach, for training
// and for the demo. It is a bot.Platform and an http.Handler: what a person does becomes a bot.Update that is stored
// before the request is answered; what the bot says becomes an event that the store keeps, so that a page which was
// away misses nothing.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"lamsach/bot"
)

// Name is the Chat.Platform of the page's chats. A chat's id is the person's id.
const Name = "web"

// What one message may hold.
const (
	maxText    = 4096 // UTF-16 units, in and out, with a file and without
	maxButtons = 100
	maxFileIn  = 20 << 20
	maxFileOut = 50 << 20
)

// Store keeps the events of every person and the sessions of browsers.
type Store interface {
	// AppendWebEvent keeps body as the person's newest event; seq is greater than that of all earlier ones.
	AppendWebEvent(ctx context.Context, person string, body []byte) (seq int64, err error)
	// WebEventsAfter gives up to limit events of the person with Seq > after, oldest first.
	WebEventsAfter(ctx context.Context, person string, after int64, limit int) ([]bot.WebEvent, error)
	// StartWebSession lets the browser that holds the token act as person until expires.
	StartWebSession(ctx context.Context, tokenHash []byte, person string, expires time.Time) error
	// WebPerson says whose session it is; false when there is none, or it has expired or ended.
	WebPerson(ctx context.Context, tokenHash []byte, now time.Time) (string, bool, error)
	// EndWebSession ends the session; it is no error when there is none.
	EndWebSession(ctx context.Context, tokenHash []byte) error
}

// Options are what a Site needs. Store, Files, Now and Texts must be given.
type Options struct {
	Store Store
	Files bot.Files
	Log   *slog.Logger // nil: slog.Default()
	Now   func() time.Time
	// Texts gives the page's own words by key (locales/*/web.json).
	Texts func(key string) string
	// Title is the bot's name in the header; empty: the text web.title.
	Title string
	// Language is that of the page's words; empty: "vi".
	Language string
	// Proxy says that a reverse proxy stands in front, whose X-Forwarded-For (last entry) and X-Forwarded-Proto hold.
	Proxy bool
	// Commands, when given, lists what the person can ask for by a command; the page offers them in a menu.
	Commands func(ctx context.Context, person string) []Command
	// Demo, when given, lets every visitor switch between made-up people. Never together with real data.
	Demo *Demo
}

// Command is an entry of the page's menu: choosing it sends "/" + Name.
type Command struct {
	Name  string `json:"name"` // without the slash
	Label string `json:"label"`
}

// Demo is what the page shows beside the chat when everything is made up.
type Demo struct {
	Personas []Persona // at least one; a new visitor is the first
	Samples  []Sample
	Clock    *Clock // nil: the clock cannot be moved
}

// Clock is the demo's own, which the visitor moves on to see what becomes due.
type Clock struct {
	Shown func() string // the moment, in words
	Moves []Move
}

// Move is one way to move the clock on.
type Move struct {
	ID    string
	Label string // in words
	Do    func(ctx context.Context) error
}

// Persona is a made-up person whom the visitor can play. ID is the person's id: the chat id and the sender id.
type Persona struct {
	ID   string // letters, digits, "-", "_", at most 64
	Name string
	Role string // in words
}

// Sample is a made-up list that the visitor sends with one click.
type Sample struct {
	ID    string
	Label string // in words: what it shows
	Name  string // file name
	MIME  string
	Open  func(ctx context.Context) (io.ReadCloser, error)
}

// Site is the page. It serves requests from the start; while Receive does not run, what people do is refused with
// 503, and their pages keep it and try again.
type Site struct {
	Options
	handler http.Handler
	static  *assets
	rooms   *rooms
	door    door
	limits  *limits
	lives   lives
	uploads atomic.Int64
}

var _ bot.Platform = (*Site)(nil)

// New checks the options and makes the Site.
func New(opt Options) (*Site, error) {
	if opt.Store == nil || opt.Files == nil || opt.Now == nil || opt.Texts == nil {
		return nil, errors.New("web: Store, Files, Now and Texts must be given")
	}
	if opt.Log == nil {
		opt.Log = slog.Default()
	}
	if opt.Language == "" {
		opt.Language = "vi"
	}
	if opt.Title == "" {
		opt.Title = opt.Texts("web.title")
	}
	if err := opt.Demo.check(); err != nil {
		return nil, err
	}
	static, err := loadAssets(opt)
	if err != nil {
		return nil, err
	}
	s := &Site{Options: opt, static: static, rooms: newRooms(opt.Store, opt.Log), limits: newLimits(), lives: defaultLives}
	s.handler = s.harden(s.routes())
	return s, nil
}

// check says what is wrong with the demo's lists; no demo is right.
func (d *Demo) check() error {
	if d == nil {
		return nil
	}
	if len(d.Personas) == 0 {
		return errors.New("web: a demo needs a persona")
	}
	for _, p := range d.Personas {
		if !validID(p.ID) {
			return fmt.Errorf("web: persona id %q", p.ID)
		}
	}
	for _, sample := range d.Samples {
		if sample.ID == "" || sample.Name == "" || sample.Open == nil {
			return fmt.Errorf("web: sample %q needs an id, a name and Open", sample.ID)
		}
	}
	if d.Clock != nil && (d.Clock.Shown == nil || len(d.Clock.Moves) == 0) {
		return errors.New("web: a clock needs Shown and a move")
	}
	return nil
}

// routes is the table of contents of the page.
func (s *Site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("GET /c", s.invitation)
	mux.HandleFunc("GET /static/{version}/{file}", s.static.serve)
	mux.HandleFunc("GET /history", s.person(s.history))
	mux.HandleFunc("GET /events", s.person(s.events))
	mux.HandleFunc("GET /commands", s.person(s.commands))
	mux.HandleFunc("GET /file/{id}", s.person(s.file))
	mux.HandleFunc("POST /login", s.change(s.login))
	mux.HandleFunc("POST /logout", s.change(s.person(s.logout)))
	mux.HandleFunc("POST /send", s.change(s.person(s.send)))
	mux.HandleFunc("POST /upload", s.change(s.person(s.upload)))
	if s.Demo != nil {
		mux.HandleFunc("POST /persona", s.change(s.persona))
		mux.HandleFunc("POST /sample", s.change(s.person(s.sample)))
		if s.Demo.Clock != nil {
			mux.HandleFunc("GET /clock", s.person(s.clock))
			mux.HandleFunc("POST /clock", s.change(s.person(s.moveClock)))
		}
	}
	return mux
}

// ServeHTTP serves the page and what it asks for.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }
