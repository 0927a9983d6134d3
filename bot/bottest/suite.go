package bottest

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lamsach/bot"
)

// Harness is a platform under test with one person on the other side.
type Harness struct {
	Platform bot.Platform
	Person   Person
	// Faults lets the platform fail; nil for one that cannot be made to (then what it says of faults is not asked).
	Faults Faults
	// Repeat makes the platform deliver everything that the person did so far once more; nil: it never does.
	Repeat func()
	// Log, when set, gets what the runtime logs.
	Log *slog.Logger
}

// Person is somebody who uses the platform.
type Person interface {
	Chat() bot.Chat
	SendText(text string)
	SendFile(name, mime string, body []byte)
	// Press presses a button of the newest message that has it, named by its label.
	Press(label string) error
	// Messages are what the chat shows now, oldest first.
	Messages() []Shown
	// Wait returns when the condition holds of what the chat shows.
	Wait(ctx context.Context, holds func([]Shown) bool) error
	// WaitAnswered returns when no button spins any more.
	WaitAnswered(ctx context.Context) error
}

// Faults is trouble between the bot and the platform.
type Faults interface {
	Busy(after time.Duration) // the next reply is told to wait
	Unreachable()             // the person is out of reach from now on
	Outage(calls int)         // the next calls fail before anything happens
	LoseAnswer()              // the next reply is shown, but its answer is lost
	Forget()                  // what the bot has said is gone from the chat
}

// suiteTime bounds each case of the suite.
const suiteTime = time.Minute

// RunPlatform holds a platform to what the runtime and the handlers rely on. Each case runs with a harness of its own.
func RunPlatform(t *testing.T, make func(t *testing.T) Harness) {
	for _, c := range suite {
		t.Run(c.name, func(t *testing.T) { runCase(t, make(t), c) })
	}
}

// RunPlatformInBubble is RunPlatform with each case in a synctest bubble: waiting takes no time there. The harness must
// do without sockets.
func RunPlatformInBubble(t *testing.T, make func(t *testing.T) Harness) {
	for _, c := range suite {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { runCase(t, make(t), c) })
		})
	}
}

// suiteCase is one thing that is asked of a platform.
type suiteCase struct {
	name   string
	faults bool // needs Harness.Faults
	repeat bool // needs Harness.Repeat
	edits  bool // needs Limits.CanEdit
	files  bool // needs Limits.CanFiles
	run    func(*stage)
}

func runCase(t *testing.T, h Harness, c suiteCase) {
	limits := h.Platform.Limits()
	if c.faults && h.Faults == nil || c.repeat && h.Repeat == nil || c.edits && !limits.CanEdit || c.files && !limits.CanFiles {
		return
	}
	s := newStage(t, h)
	defer s.end()
	c.run(s)
}

// stage is a runtime at work on the platform under test, and somebody who talks to it.
type stage struct {
	t      *testing.T
	h      Harness
	store  *Memory
	ctx    context.Context
	cancel context.CancelFunc
	ended  chan error
	do     func(bot.Update) []bot.Reply
	got    []bot.Update
	said   int
}

func newStage(t *testing.T, h Harness) *stage {
	ctx, cancel := context.WithTimeout(context.Background(), suiteTime)
	s := &stage{t: t, h: h, store: NewMemory(time.Now), ctx: ctx, cancel: cancel, ended: make(chan error, 1)}
	r := bot.Runtime{
		Platforms: []bot.Platform{h.Platform}, Inbox: s.store, Outbox: s.store, Handler: s, Now: time.Now, Log: h.Log,
	}
	go func() { s.ended <- r.Run(ctx) }()
	return s
}

// Handle records the update and answers as the case wants; the default is an echo.
func (s *stage) Handle(ctx context.Context, u bot.Update) error {
	s.store.mu.Lock()
	s.got = append(s.got, u)
	s.store.mu.Unlock()
	replies := []bot.Reply{s.words("echo " + u.Text)}
	if s.do != nil {
		replies = s.do(u)
	}
	for i := range replies {
		replies[i].To = u.Chat
	}
	return s.store.EndTurn(ctx, bot.Ending{Op: u.Op(), Update: true, Chat: u.Chat, Replies: replies})
}

// Apologise fails the case: its handler never gives up.
func (s *stage) Apologise(_ context.Context, u bot.Update, _ string) error {
	s.t.Errorf("update %s was set aside", u.ID)
	return nil
}

// words is a reply of plain text.
func (s *stage) words(text string) bot.Reply { return bot.Reply{Text: Lines(text)} }

// Lines makes a plain text; "\n" begins a new line.
func Lines(text string) bot.Text {
	var t bot.Text
	for line := range strings.SplitSeq(text, "\n") {
		t = append(t, bot.Line{{Text: line}})
	}
	return t
}

// tell puts replies to the person in the outbox.
func (s *stage) tell(replies ...bot.Reply) {
	s.t.Helper()
	for i := range replies {
		replies[i].To = s.h.Person.Chat()
	}
	s.said++
	if err := s.store.Say(s.ctx, fmt.Sprint("say-", s.said), replies...); err != nil {
		s.t.Fatal(err)
	}
}

// settle waits until the store has nothing left to do.
func (s *stage) settle() {
	s.t.Helper()
	if err := s.store.Wait(s.ctx); err != nil {
		s.t.Fatalf("the outbox is not empty: %v", err)
	}
}

// fromBot is what the chat shows of the bot.
func fromBot(shown []Shown) []Shown {
	var of []Shown
	for _, m := range shown {
		if m.FromBot {
			of = append(of, m)
		}
	}
	return of
}

// texts are the texts that the chat shows of the bot.
func (s *stage) texts() []string {
	var texts []string
	for _, m := range fromBot(s.h.Person.Messages()) {
		texts = append(texts, m.Text)
	}
	return texts
}

// shows waits until the bot's messages hold what is wanted.
func (s *stage) shows(what string, holds func([]Shown) bool) {
	s.t.Helper()
	err := s.h.Person.Wait(s.ctx, func(all []Shown) bool { return holds(fromBot(all)) })
	if err != nil {
		s.t.Fatalf("%s: never shown; the chat shows %q", what, s.texts())
	}
}

// updates are those that reached the handler.
func (s *stage) updates() []bot.Update {
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	return append([]bot.Update(nil), s.got...)
}

func (s *stage) end() {
	s.cancel()
	if err := <-s.ended; err != nil {
		s.t.Errorf("the runtime ended with: %v", err)
	}
}
