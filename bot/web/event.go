package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"lamsach/bot"
)

// message is one bubble of the page.
type message struct {
	ID      string         `json:"id"`
	Own     bool           `json:"own,omitempty"` // the person's, not the bot's
	At      time.Time      `json:"at"`
	Text    bot.Text       `json:"text,omitempty"`
	Choices [][]bot.Choice `json:"choices,omitempty"`
	File    *bot.File      `json:"file,omitempty"`
	Silent  bool           `json:"silent,omitempty"`
}

// deed says what an event does to the page.
type deed string

// The deeds.
const (
	say    deed = "say"    // Message is new; one that is already there stays as it is. Clear loses its buttons.
	edit   deed = "edit"   // the message of that id now reads as Message
	remove deed = "remove" // the message Target goes away
	alert  deed = "alert"  // answers the press Query with Text, which does not stay
	answer deed = "answer" // answers the press Query
)

// event is the body of a bot.WebEvent.
type event struct {
	Do      deed     `json:"do"`
	Message *message `json:"message,omitempty"`
	Clear   string   `json:"clear,omitempty"`
	Target  string   `json:"target,omitempty"`
	Query   string   `json:"query,omitempty"`
	Text    bot.Text `json:"text,omitempty"`
}

// How much of a talk is held. Files of older messages stay within reach.
const (
	maxHeld  = 2000
	maxBatch = 200
)

// talk is what all events of a person come to: the messages that the page shows and the files within reach.
type talk struct {
	last     int64 // Seq of the newest event taken in
	messages []message
	files    map[string]bot.File
}

// take adds one stored event. A body that cannot be read is an error; the talk goes on without it.
func (t *talk) take(row bot.WebEvent) error {
	t.last = max(t.last, row.Seq)
	var e event
	if err := json.Unmarshal(row.Body, &e); err != nil {
		return fmt.Errorf("web event %d: %w", row.Seq, err)
	}
	t.apply(row.Seq, e)
	return nil
}

// apply adds one event.
func (t *talk) apply(seq int64, e event) {
	t.last = max(t.last, seq)
	if e.Clear != "" {
		if i := t.find(e.Clear); i >= 0 {
			t.messages[i].Choices = nil
		}
	}
	switch {
	case e.Do == say && e.Message != nil:
		t.say(*e.Message)
	case e.Do == edit && e.Message != nil:
		if i := t.find(e.Message.ID); i >= 0 {
			changed := *e.Message
			changed.At, changed.Own = t.messages[i].At, t.messages[i].Own
			t.messages[i] = changed
			t.reach(changed.File)
		}
	case e.Do == remove:
		if i := t.find(e.Target); i >= 0 {
			if f := t.messages[i].File; f != nil {
				delete(t.files, f.ID)
			}
			t.messages = slices.Delete(t.messages, i, i+1)
		}
	}
}

func (t *talk) say(m message) {
	if t.find(m.ID) >= 0 {
		return
	}
	t.messages = append(t.messages, m)
	t.reach(m.File)
	if len(t.messages) > maxHeld {
		t.messages = slices.Delete(t.messages, 0, len(t.messages)-maxHeld)
	}
}

func (t *talk) reach(f *bot.File) {
	if f == nil {
		return
	}
	if t.files == nil {
		t.files = map[string]bot.File{}
	}
	t.files[f.ID] = *f
}

// find gives the place of the message, newest first since that is what is asked for; -1 when it is not held.
func (t *talk) find(id string) int {
	for i := len(t.messages) - 1; i >= 0; i-- {
		if t.messages[i].ID == id {
			return i
		}
	}
	return -1
}

// said reports whether the bot said the message, and it is still there.
func (t *talk) said(id string) bool {
	i := t.find(id)
	return i >= 0 && !t.messages[i].Own
}
