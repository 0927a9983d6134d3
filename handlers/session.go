package handlers

import (
	"context"
	"encoding/json"
	"strings"

	"lamsach/bot"
	"lamsach/core/review"
)

// session is where an officer is in the talk. It holds ids and positions, no names and no numbers.
type session struct {
	Token  string        `json:"t"`           // of the screen that it belongs to
	List   string        `json:"l,omitempty"` // the list on the desk
	Review *review.State `json:"r,omitempty"` // the talk about it
	Menu   []string      `json:"m,omitempty"` // what the choices of a menu do, in the order of their numbers
	Under  *review.State `json:"u,omitempty"` // the talk that the menu was opened from, and goes back to
	Form   string        `json:"f,omitempty"` // the form whose question is asked; what it has been told is in the store
	// UnderForm says that the menu was opened from the form, and goes back to it.
	UnderForm bool `json:"w,omitempty"`
	// Signature is the layout that a question about a column is about.
	Signature string `json:"g,omitempty"`
	Seen      seen   `json:"n"` // what the screen of the talk was drawn from
}

// seen is the state of the facts that an officer's screen shows. What he answers holds for it and for no later one.
type seen struct {
	Revision int    `json:"r,omitempty"` // of the list
	Version  int    `json:"v,omitempty"` // of the person asked about
	Undo     string `json:"u,omitempty"` // id of the correction that would be taken back
}

// about is what the store is to know of the screen when the session is gone.
func (s session) about() string {
	if s.Form != "" {
		return formMark
	}
	return s.List
}

// under is the session of a menu that is opened from the present screen.
func (s session) under() session {
	if s.Review != nil {
		s.Under = s.Review
	}
	return session{List: s.List, Under: s.Under, UnderForm: s.Form != "" || s.UnderForm}
}

// formMark stands in the place of a list in the screen mark of a form's question.
const formMark = "form"

// A chat's screen mark in the store is "token@list": the store thus knows which list the chat is about even when
// the session is gone, or that a form is.
func screenMark(token, list string) string {
	if list == "" {
		return token
	}
	return token + "@" + list
}

func splitMark(mark string) (token, list string) {
	token, list, _ = strings.Cut(mark, "@")
	return token, list
}

// loadSession gives the chat's session if it belongs to the screen that the store knows of. A session that is
// older than the facts (the program died between the two) could take an answer for another question: it counts as lost.
func (b *Bot) loadSession(ctx context.Context, chat bot.Chat, mark string) (session, bool) {
	token, list := splitMark(mark)
	lost := session{List: list}
	if list == formMark {
		lost.List = ""
	}
	if token == "" {
		return lost, false
	}
	raw, ok, err := b.Sessions.Load(ctx, chat)
	if err != nil {
		b.Log.Warn("session not loaded", "chat", chat.String(), "err", err)
		return lost, false
	}
	var s session
	if !ok || json.Unmarshal(raw, &s) != nil || s.Token != token {
		return lost, false
	}
	return s, true
}

// saveSession keeps the session. A failure costs the officer a repeated question, so it is logged and not raised.
func (b *Bot) saveSession(ctx context.Context, chat bot.Chat, s session) {
	raw, err := json.Marshal(s)
	if err == nil {
		err = b.Sessions.Save(ctx, chat, raw)
	}
	if err != nil {
		b.Log.Warn("session not saved", "chat", chat.String(), "err", err)
	}
}
