package handlers

import (
	"strings"
	"unicode"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/review"
	"lamsach/locales"
)

// screenSlot names the one screen message of a chat.
const screenSlot = "screen"

// view is a screen in words' keys: what handlers draw themselves, and what the review draws, both become one.
type view struct {
	body    []viewLine
	choices [][]viewChoice
}

type viewLine struct {
	text  fault.Text
	style bot.Style
}

type viewChoice struct {
	do    string // what it does: route and argument, at most 50 bytes
	label fault.Text
}

// line adds a line.
func (v *view) line(key string, pairs ...any) {
	v.body = append(v.body, viewLine{text: fault.T(key, pairs...)})
}

// strong adds a line that stands out.
func (v *view) strong(key string, pairs ...any) {
	v.body = append(v.body, viewLine{text: fault.T(key, pairs...), style: bot.Strong})
}

// row adds a row of choices.
func (v *view) row(choices ...viewChoice) { v.choices = append(v.choices, choices) }

func choice(do, key string, pairs ...any) viewChoice {
	return viewChoice{do: do, label: fault.T(key, pairs...)}
}

// words puts a text, and the texts among its arguments, into words. What a stranger's file or name brought along to turn
// the reading direction, or to hide, is left out.
func words(p locales.Printer, text fault.Text) string {
	return strings.Map(shown, review.Words(text, func(t fault.Text) string { return p.Text(t.Key, t.Args) }))
}

// saying gives what puts keys and their arguments into words.
func saying(p locales.Printer) func(key string, pairs ...any) string {
	return func(key string, pairs ...any) string { return words(p, fault.T(key, pairs...)) }
}

// shown leaves out letters that change how others look; line breaks stay.
func shown(r rune) rune {
	if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
		return -1
	}
	return r
}

// lines puts a text into words; a line break in it begins a new line, and a text without a key is a blank one.
func lines(p locales.Printer, text fault.Text, style bot.Style) bot.Text {
	var out bot.Text
	for _, line := range strings.Split(words(p, text), "\n") {
		if line == "" {
			out = append(out, bot.Line{})
			continue
		}
		out = append(out, bot.Line{{Text: line, Style: style}})
	}
	return out
}

// draw puts a screen into the chat: edited in place after a press, sent anew after typed input, so that it stays
// at the bottom. Long work reports with a new message, because an edited one does not ring.
func (t *turn) draw(v view) step {
	t.screen = bot.ScreenToken(t.u.Op())
	reply := bot.Reply{To: t.u.Chat, Slot: screenSlot}
	for _, line := range v.body {
		reply.Text = append(reply.Text, lines(t.p, line.text, line.style)...)
	}
	t.s.Menu = nil
	for _, row := range v.choices {
		var buttons []bot.Choice
		for _, c := range row {
			if t.s.Review == nil { // a review knows its own choices
				t.s.Menu = append(t.s.Menu, c.do)
			}
			buttons = append(buttons, bot.Choice{Label: words(t.p, c.label), Data: t.screen + ":" + c.do})
		}
		reply.Choices = append(reply.Choices, buttons)
	}
	if t.u.Kind == bot.Press && !t.anew {
		reply.Mode = bot.Edit
	}
	t.answerPress()
	t.replies = append(t.replies, reply)
	return step{}
}

// answerPress lets the pressed button come to rest, unless it was answered with a note.
func (t *turn) answerPress() {
	if t.u.Kind != bot.Press {
		return
	}
	for _, r := range t.replies {
		if r.Query == t.u.Query && (r.Mode == bot.Answer || r.Mode == bot.Alert) {
			return
		}
	}
	t.replies = append(t.replies, bot.Reply{To: t.u.Chat, Mode: bot.Answer, Query: t.u.Query})
}

// alert answers the press with a note that does not stay; after typed input the note is a message.
func (t *turn) alert(text fault.Text) {
	if t.u.Kind != bot.Press {
		t.say(text)
		return
	}
	t.replies = append(t.replies, bot.Reply{
		To: t.u.Chat, Mode: bot.Alert, Query: t.u.Query, Text: lines(t.p, text, bot.Plain),
	})
}
