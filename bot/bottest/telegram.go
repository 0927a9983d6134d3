package bottest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Telegram is a Bot API server in memory. It is an http.Handler, so it can stand behind httptest.NewServer or, without
// any socket, behind Transport. It judges calls as the real one does, fails on demand, and Person scripts the people on
// the other side.
type Telegram struct {
	token string
	now   func() time.Time

	mu       sync.Mutex
	changed  chan struct{}
	nextID   int64 // of updates
	pending  []*queued
	every    []json.RawMessage // all updates ever, for Repeat
	allowed  map[string]bool   // nil: all kinds
	poll     context.CancelCauseFunc
	hook     hook
	chats    map[int64]*room
	queries  map[string]*query
	uploads  map[string]*upload
	commands map[string][]Command
	faults   map[string][]*Fault
	calls    []Call
	strange  []string
	down     bool
	limit    int         // messages a second; 0: no bound
	recent   []time.Time // messages of the last second
	judge    func(method string, chat int64) *Fault
}

// Call is one call that reached the server.
type Call struct {
	At     time.Time
	Method string
	Chat   int64 // 0: none
	Status int   // 200, or the error code it was answered with; 0: not answered
}

// Command is one entry of a command menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// room is what the server knows of a chat.
type room struct {
	id       int64
	kind     string // "private", "group", …
	blocked  bool
	left     bool
	messages []*Shown
	next     int
}

// query is a button press until it is answered.
type query struct {
	chat     int64
	at       time.Time
	answered bool
	text     string
	alert    bool
}

// upload is a file that the server holds.
type upload struct {
	id, path, name, mime string
	body                 []byte
	gone                 int // so many downloads more are answered 404
	local                string
}

// queryTime is how long the server lets a press be answered.
const queryTime = 15 * time.Minute

// NewTelegram makes a server that knows one bot, by its token, and nobody else.
func NewTelegram(token string, now func() time.Time) *Telegram {
	return &Telegram{
		token: token, now: now, changed: make(chan struct{}), nextID: 100000, chats: map[int64]*room{},
		queries: map[string]*query{}, uploads: map[string]*upload{}, commands: map[string][]Command{},
		faults: map[string][]*Fault{},
	}
}

// touch tells those who wait that something changed. Its caller holds the lock.
func (s *Telegram) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// wait returns when the condition, asked under the lock, holds, or when ctx ends.
func (s *Telegram) wait(ctx context.Context, holds func() bool) error {
	for {
		s.mu.Lock()
		ok, changed := holds(), s.changed
		s.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-changed:
		}
	}
}

// reply is an answer of the API: a result, or a no.
type reply struct {
	result      any
	code        int
	description string
	retryAfter  int
}

func yes(result any) reply { return reply{result: result} }

func bad(description string) reply {
	return reply{code: 400, description: "Bad Request: " + description}
}

// methods are the calls that the server knows. They run under the lock.
var methods = map[string]func(*Telegram, *call) reply{
	"getMe":                  (*Telegram).getMe,
	"sendMessage":            (*Telegram).sendMessage,
	"sendDocument":           (*Telegram).sendDocument,
	"sendPhoto":              (*Telegram).sendPhoto,
	"editMessageText":        (*Telegram).editMessageText,
	"editMessageReplyMarkup": (*Telegram).editMessageReplyMarkup,
	"deleteMessage":          (*Telegram).deleteMessage,
	"answerCallbackQuery":    (*Telegram).answerCallbackQuery,
	"sendChatAction":         (*Telegram).sendChatAction,
	"getFile":                (*Telegram).getFile,
	"setMyCommands":          (*Telegram).setMyCommands,
	"setWebhook":             (*Telegram).setWebhook,
	"deleteWebhook":          (*Telegram).deleteWebhook,
	"leaveChat":              (*Telegram).leaveChat,
}

// ServeHTTP answers calls (/botTOKEN/METHOD) and downloads (/file/botTOKEN/PATH).
func (s *Telegram) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	down := s.down
	s.mu.Unlock()
	if down {
		panic(http.ErrAbortHandler)
	}
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		s.serveFile(w, r, path)
		return
	}
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || !strings.HasPrefix(r.URL.Path, "/bot") {
		s.answer(w, reply{code: 404, description: "Not Found"})
		return
	}
	c, err := readCall(r, method)
	if err != nil {
		s.note(method + ": " + err.Error())
		s.answer(w, bad(err.Error()))
		return
	}
	if token != s.token {
		s.log(c, 401)
		s.answer(w, reply{code: 401, description: "Unauthorized"})
		return
	}
	s.serve(w, r, c)
}

// serve carries out a call, unless a fault has to strike before or after it.
func (s *Telegram) serve(w http.ResponseWriter, r *http.Request, c *call) {
	f := s.fault(c)
	if f != nil && !f.After {
		s.log(c, f.Status)
		f.strike(w, r)
		return
	}
	var a reply
	if c.method == "getUpdates" {
		a = s.getUpdates(r.Context(), c)
	} else {
		a = s.do(c)
	}
	if f != nil {
		s.log(c, f.Status)
		f.strike(w, r)
		return
	}
	s.log(c, cmp.Or(a.code, http.StatusOK))
	s.answer(w, a)
}

// do carries out a call other than getUpdates.
func (s *Telegram) do(c *call) reply {
	method, ok := methods[c.method]
	if !ok {
		s.note(c.method + ": no such method")
		return reply{code: 404, description: "Not Found"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := method(s, c)
	s.touch()
	return a
}

func (s *Telegram) answer(w http.ResponseWriter, a reply) {
	body := map[string]any{"ok": a.code == 0}
	status := http.StatusOK
	if a.code == 0 {
		body["result"] = a.result
	} else {
		status = a.code
		body["error_code"], body["description"] = a.code, a.description
		if a.retryAfter > 0 {
			body["parameters"] = map[string]int{"retry_after": a.retryAfter}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (s *Telegram) log(c *call, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, _ := strconv.ParseInt(c.fields["chat_id"], 10, 64)
	s.calls = append(s.calls, Call{At: s.now(), Method: c.method, Chat: id, Status: status})
	s.touch()
}

// note keeps what a well-behaved bot never does.
func (s *Telegram) note(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.strange = append(s.strange, what)
}

// Calls gives the calls so far; with methods, those alone.
func (s *Telegram) Calls(methods ...string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var calls []Call
	for _, c := range s.calls {
		if len(methods) == 0 || contains(methods, c.Method) {
			calls = append(calls, c)
		}
	}
	return calls
}

// Strange gives what the bot did that no well-behaved bot does: unknown methods, unreadable calls, parse_mode.
func (s *Telegram) Strange() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.strange...)
}

// WaitCalls returns when the method was called n times, or when ctx ends.
func (s *Telegram) WaitCalls(ctx context.Context, method string, n int) error {
	return s.wait(ctx, func() bool {
		seen := 0
		for _, c := range s.calls {
			if c.Method == method {
				seen++
			}
		}
		return seen >= n
	})
}

// Commands gives the menu set for a scope ("all_private_chats", "chat:42", "default") and a language.
func (s *Telegram) Commands(scope, language string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Command(nil), s.commands[scope+"/"+language]...)
}

func contains[T comparable](list []T, item T) bool {
	for _, have := range list {
		if have == item {
			return true
		}
	}
	return false
}

// Why a poll under way ends.
var (
	errTerminated = errors.New("terminated by other getUpdates request")
	errDown       = errors.New("the server went down")
)
