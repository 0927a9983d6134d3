package bottest

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"lamsach/bot"
)

// Shown is a message as a person sees it now, after edits.
type Shown struct {
	ID      int
	FromBot bool
	Text    string // or a file's caption
	Styles  []Style
	Buttons [][]Button
	File    *ShownFile
	Silent  bool
	Edits   int
	Deleted bool // it is not shown any more; Messages leaves it out
}

// ShownFile is a file under a message.
type ShownFile struct {
	Name, MIME string
	Body       []byte
	Photo      bool // shown as a picture
}

// Labels are the labels of all buttons, row by row.
func (m Shown) Labels() []string {
	var labels []string
	for _, row := range m.Buttons {
		for _, b := range row {
			labels = append(labels, b.Label)
		}
	}
	return labels
}

// Notice is the answer to a button press.
type Notice struct {
	Text  string // empty: the button just stopped spinning
	Alert bool   // it has to be closed by the person
}

// TelegramPerson is somebody with Telegram on the phone. His private chat has his own id.
type TelegramPerson struct {
	server *Telegram
	id     int64
	chat   int64
}

// Person lets somebody open a chat with the bot; the same id is the same person.
func (s *Telegram) Person(id int64) *TelegramPerson { return s.member(id, id, "private") }

// Group lets a person be in a group with the bot; chat is negative.
func (s *Telegram) Group(chat, person int64) *TelegramPerson { return s.member(person, chat, "group") }

func (s *Telegram) member(person, chat int64, kind string) *TelegramPerson {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.chats[chat] == nil {
		s.chats[chat] = &room{id: chat, kind: kind, next: 10}
	}
	return &TelegramPerson{server: s, id: person, chat: chat}
}

// Chat is the person's chat with the bot.
func (p *TelegramPerson) Chat() bot.Chat {
	return bot.Chat{Platform: "telegram", ID: strconv.FormatInt(p.chat, 10)}
}

// SendText types a message.
func (p *TelegramPerson) SendText(text string) {
	p.send("message", Shown{Text: text}, map[string]any{"text": text})
}

// SendFile sends a document without a caption.
func (p *TelegramPerson) SendFile(name, mime string, body []byte) {
	p.SendCaptioned(name, mime, "", body)
}

// SendCaptioned sends a document with a caption.
func (p *TelegramPerson) SendCaptioned(name, mime, caption string, body []byte) {
	p.server.mu.Lock()
	f := p.server.keep(name, mime, body)
	p.server.mu.Unlock()
	document := map[string]any{
		"file_id": f.id, "file_unique_id": f.id, "file_name": name, "mime_type": mime, "file_size": len(body),
	}
	fields := map[string]any{"document": document}
	if caption != "" {
		fields["caption"] = caption
	}
	p.send("message", Shown{Text: caption, File: &ShownFile{Name: name, MIME: mime, Body: body}}, fields)
}

// SendOther sends something else: "photo", "sticker", "voice", "contact", …
func (p *TelegramPerson) SendOther(field string, value any) {
	p.send("message", Shown{}, map[string]any{field: value})
}

// EditText changes a message after it was sent.
func (p *TelegramPerson) EditText(text string) {
	p.send("edited_message", Shown{Text: text}, map[string]any{"text": text, "edit_date": p.server.now().Unix()})
}

func (p *TelegramPerson) send(kind string, m Shown, fields map[string]any) {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	room := s.chats[p.chat]
	message := map[string]any{
		"message_id": room.add(m).ID, "date": s.now().Unix(), "from": p.user(),
		"chat": map[string]any{"id": p.chat, "type": room.kind},
	}
	for k, v := range fields {
		message[k] = v
	}
	s.update(kind, message)
}

func (p *TelegramPerson) user() map[string]any {
	return map[string]any{"id": p.id, "is_bot": false, "first_name": "Thử", "language_code": "vi"}
}

// Press presses a button, named by its label or its data, of the newest message that has it.
func (p *TelegramPerson) Press(button string) error {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range slices.Backward(s.chats[p.chat].messages) {
		for _, row := range m.Buttons {
			for _, b := range row {
				if !m.Deleted && (b.Label == button || b.Data == button) {
					p.press(b.Data, map[string]any{
						"message_id": m.ID, "date": s.now().Unix(), "chat": map[string]any{"id": p.chat, "type": "private"},
					})
					return nil
				}
			}
		}
	}
	return fmt.Errorf("no button %q", button)
}

// Forge sends a press that no message shown has a button for, from a message out of reach.
func (p *TelegramPerson) Forge(data string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.press(data, map[string]any{
		"message_id": 1, "date": 0, "chat": map[string]any{"id": p.chat, "type": "private"},
	})
}

// press queues a callback query. Its caller holds the lock.
func (p *TelegramPerson) press(data string, message map[string]any) {
	s := p.server
	id := fmt.Sprintf("q%d", len(s.queries)+1)
	s.queries[id] = &query{chat: p.chat, at: s.now()}
	s.update("callback_query", map[string]any{
		"id": id, "from": p.user(), "message": message, "chat_instance": "1", "data": data,
	})
}

// Block stops the bot, as a person can at any time.
func (p *TelegramPerson) Block() { p.member(true, "kicked") }

// Unblock lets the bot in again.
func (p *TelegramPerson) Unblock() { p.member(false, "member") }

func (p *TelegramPerson) member(blocked bool, status string) {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	room := s.chats[p.chat]
	room.blocked = blocked
	s.update("my_chat_member", map[string]any{
		"chat": map[string]any{"id": p.chat, "type": room.kind}, "from": p.user(), "date": s.now().Unix(),
		"old_chat_member": map[string]any{"status": "member"}, "new_chat_member": map[string]any{"status": status},
	})
}

// Forget deletes all messages of the bot from the chat: what is there to edit is gone.
func (p *TelegramPerson) Forget() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	for _, m := range p.server.chats[p.chat].messages {
		m.Deleted = m.Deleted || m.FromBot
	}
	p.server.touch()
}

// Messages are what the chat shows now, oldest first.
func (p *TelegramPerson) Messages() []Shown {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.messages()
}

func (p *TelegramPerson) messages() []Shown {
	var shown []Shown
	for _, m := range p.server.chats[p.chat].messages {
		if !m.Deleted {
			shown = append(shown, *m)
		}
	}
	return shown
}

// Wait returns when the condition holds of what the chat shows, or when ctx ends.
func (p *TelegramPerson) Wait(ctx context.Context, holds func([]Shown) bool) error {
	return p.server.wait(ctx, func() bool { return holds(p.messages()) })
}

// Notices are the answers to the person's presses, in the order of the presses; one not answered yet is nil.
func (p *TelegramPerson) Notices() []*Notice {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.notices()
}

func (p *TelegramPerson) notices() []*Notice {
	var notices []*Notice
	for i := range len(p.server.queries) {
		q := p.server.queries[fmt.Sprintf("q%d", i+1)]
		switch {
		case q.chat != p.chat:
		case q.answered:
			notices = append(notices, &Notice{Text: q.text, Alert: q.alert})
		default:
			notices = append(notices, nil)
		}
	}
	return notices
}

// WaitAnswered returns when every press of the person is answered, or when ctx ends.
func (p *TelegramPerson) WaitAnswered(ctx context.Context) error {
	return p.server.wait(ctx, func() bool { return !contains(p.notices(), nil) })
}

// Left says whether the bot has left the chat.
func (p *TelegramPerson) Left() bool {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.server.chats[p.chat].left
}
