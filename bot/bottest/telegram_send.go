package bottest

import (
	"fmt"
	"reflect"
	"strings"
)

// maxUpload is the greatest file that a bot may send.
const maxUpload = 50 << 20

// room finds the chat that a call is about and says why nothing can go there; nil: it can.
func (s *Telegram) room(c *call) (*room, *reply) {
	r := s.chats[c.number("chat_id")]
	switch {
	case r == nil:
		a := bad("chat not found")
		return nil, &a
	case r.blocked:
		return nil, &reply{code: 403, description: "Forbidden: bot was blocked by the user"}
	case r.left:
		return nil, &reply{code: 403, description: "Forbidden: bot is not a member of the " + r.kind + " chat"}
	}
	return r, nil
}

func (s *Telegram) getMe(*call) reply {
	return yes(map[string]any{"id": 1, "is_bot": true, "first_name": "lamsach", "username": "lamsach_bot"})
}

func (s *Telegram) sendMessage(c *call) reply {
	room, no := s.room(c)
	if no != nil {
		return *no
	}
	text, no := s.check(c, "text", "entities", maxText)
	if no != nil {
		return *no
	}
	if strings.TrimSpace(text.text) == "" {
		return bad("message text is empty")
	}
	return yes(s.object(room, room.add(Shown{
		FromBot: true, Text: text.text, Styles: text.styles, Buttons: text.buttons, Silent: c.is("disable_notification"),
	})))
}

func (s *Telegram) sendDocument(c *call) reply { return s.sendFile(c, "document") }

func (s *Telegram) sendPhoto(c *call) reply { return s.sendFile(c, "photo") }

func (s *Telegram) sendFile(c *call, field string) reply {
	room, no := s.room(c)
	if no != nil {
		return *no
	}
	text, no := s.check(c, "caption", "caption_entities", maxCaption)
	if no != nil {
		return *no
	}
	f, ok := c.files[field]
	switch {
	case !ok:
		return bad(fmt.Sprintf("there is no %s in the request", field))
	case len(f.body) == 0:
		return bad("file must be non-empty")
	case len(f.body) > maxUpload:
		return reply{code: 413, description: "Request Entity Too Large"}
	case field == "photo" && len(f.body) > 10<<20:
		return bad("PHOTO_SAVE_FILE_INVALID")
	}
	return yes(s.object(room, room.add(Shown{
		FromBot: true, Text: text.text, Styles: text.styles, Buttons: text.buttons, Silent: c.is("disable_notification"),
		File: &ShownFile{Name: f.name, MIME: f.mime, Body: f.body, Photo: field == "photo"},
	})))
}

// target finds the message that an edit is about.
func (s *Telegram) target(c *call) (*room, *Shown, *reply) {
	room, no := s.room(c)
	if no != nil {
		return nil, nil, no
	}
	m := room.find(int(c.number("message_id")))
	if m == nil {
		a := bad("message to edit not found")
		return nil, nil, &a
	}
	if !m.FromBot {
		a := bad("message can't be edited")
		return nil, nil, &a
	}
	return room, m, nil
}

func (s *Telegram) editMessageText(c *call) reply {
	room, m, no := s.target(c)
	if no != nil {
		return *no
	}
	text, no := s.check(c, "text", "entities", maxText)
	if no != nil {
		return *no
	}
	switch {
	case m.File != nil:
		return bad("there is no text in the message to edit")
	case strings.TrimSpace(text.text) == "":
		return bad("message text is empty")
	case m.Text == text.text && same(m.Styles, text.styles) && same(m.Buttons, text.buttons):
		return bad(notModified)
	}
	m.Text, m.Styles, m.Buttons = text.text, text.styles, text.buttons
	m.Edits++
	return yes(s.object(room, m))
}

const notModified = "message is not modified: specified new message content and reply markup are exactly the same " +
	"as a current content and reply markup of the message"

func (s *Telegram) editMessageReplyMarkup(c *call) reply {
	room, m, no := s.target(c)
	if no != nil {
		return *no
	}
	buttons, why := checkKeyboard(c.fields["reply_markup"])
	if why != "" {
		return bad(why)
	}
	if same(m.Buttons, buttons) {
		return bad(notModified)
	}
	m.Buttons = buttons
	return yes(s.object(room, m))
}

// same compares two lists, for which nil and empty are one.
func same[T any](a, b []T) bool { return len(a) == len(b) && (len(a) == 0 || reflect.DeepEqual(a, b)) }

func (s *Telegram) deleteMessage(c *call) reply {
	room, no := s.room(c)
	if no != nil {
		return *no
	}
	m := room.find(int(c.number("message_id")))
	if m == nil {
		return bad("message to delete not found")
	}
	m.Deleted = true
	return yes(true)
}

func (s *Telegram) answerCallbackQuery(c *call) reply {
	q := s.queries[c.fields["callback_query_id"]]
	switch {
	case q == nil || q.answered || s.now().Sub(q.at) > queryTime:
		return bad("query is too old and response timeout expired or query ID is invalid")
	case units16(c.fields["text"]) > 200:
		return bad("MESSAGE_TOO_LONG")
	}
	q.answered, q.text, q.alert = true, c.fields["text"], c.is("show_alert")
	return yes(true)
}

func (s *Telegram) sendChatAction(c *call) reply {
	if _, no := s.room(c); no != nil {
		return *no
	}
	if !contains([]string{"typing", "upload_photo", "upload_document"}, c.fields["action"]) {
		return bad("wrong parameter action in request")
	}
	return yes(true)
}

func (s *Telegram) leaveChat(c *call) reply {
	room, no := s.room(c)
	if no != nil {
		return *no
	}
	if room.kind == "private" {
		return bad("chat member status can't be changed in private chats")
	}
	room.left = true
	return yes(true)
}

// add puts a message into the chat.
func (r *room) add(m Shown) *Shown {
	r.next++
	m.ID = r.next
	r.messages = append(r.messages, &m)
	return &m
}

// find gives the chat's message of the id; nil when it is not there, or no longer.
func (r *room) find(id int) *Shown {
	for _, m := range r.messages {
		if m.ID == id && !m.Deleted {
			return m
		}
	}
	return nil
}

// object is a message in the API's form.
func (s *Telegram) object(r *room, m *Shown) map[string]any {
	o := map[string]any{
		"message_id": m.ID, "date": s.now().Unix(), "chat": map[string]any{"id": r.id, "type": r.kind},
	}
	if m.File == nil {
		o["text"] = m.Text
	} else {
		o["caption"] = m.Text
	}
	return o
}
