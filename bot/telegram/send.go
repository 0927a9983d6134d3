package telegram

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	library "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"lamsach/bot"
)

// progress is how far a reply of several messages has come.
type progress struct {
	sent int
	last string // id of the last message sent
}

// maxParts bounds how many replies are remembered half sent.
const maxParts = 1000

// part is one message of a reply.
type part struct {
	piece
	file *bot.Attachment
	keys *keyboard
}

// letter is a reply made ready for Telegram.
type letter struct {
	out   bot.Outgoing
	chat  int64
	parts []part
}

// Send carries out a reply; see bot.Platform. A long text goes out as several messages, of which the last carries the
// buttons and gives the id. When sending fails between them, the next Send of the same reply goes on where it stopped.
func (p *Platform) Send(ctx context.Context, out bot.Outgoing) (string, error) {
	id, err := chatID(out.Reply.To)
	if err != nil {
		return "", err
	}
	if err := p.probe(ctx); err != nil {
		return "", err
	}
	l := letter{out: out, chat: id}
	switch out.Reply.Mode {
	case bot.Answer, bot.Alert:
		err = p.answer(ctx, out.Reply)
	case bot.Remove:
		err = p.remove(ctx, l)
	case bot.Leave:
		err = p.leave(ctx, l)
	case bot.Edit:
		return p.edit(ctx, l)
	default:
		return p.send(ctx, l)
	}
	return "", p.fault(out, err)
}

// fault is sendError for a call on behalf of a reply; nil stays nil.
func (p *Platform) fault(out bot.Outgoing, err error) error {
	if err == nil {
		return nil
	}
	return p.sendError(out.Reply.To.ID, err)
}

// probe asks whether Telegram is there at all when an answer was lost: in a dead network replies then wait, instead of
// being doubtful one after another.
func (p *Platform) probe(ctx context.Context) error {
	if !p.doubt.Load() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	_, err := p.calls.GetMe(ctx)
	var api *apiError
	if err == nil || errors.As(err, &api) {
		p.doubt.Store(false)
		return nil
	}
	return &bot.SendError{Fault: bot.Unsent, Err: p.wire.scrub(err)}
}

// compose makes the messages of a reply. A file carries the text when that is short enough, else it follows it.
func (p *Platform) compose(l *letter) error {
	r := l.out.Reply
	text := render(r.Text)
	captioned := r.File != nil && units(text.text) <= maxCaption
	if !captioned {
		for _, piece := range split(text, maxText) {
			l.parts = append(l.parts, part{piece: piece})
		}
	}
	if r.File != nil {
		file := part{file: r.File}
		if captioned {
			file.piece = piece{text: text.text, styles: within(text.styles, 0, maxCaption)}
		}
		l.parts = append(l.parts, file)
	}
	if len(l.parts) == 0 {
		return &bot.SendError{Fault: bot.Refused, Err: errors.New("a reply without text and file")}
	}
	k, dropped := keys(r.Choices)
	if dropped > 0 {
		p.log.Error("buttons left out", "reply", l.out.ID, "count", dropped)
	}
	l.parts[len(l.parts)-1].keys = k
	return nil
}

// send says the reply anew, then takes the buttons off the slot's message before it.
func (p *Platform) send(ctx context.Context, l letter) (string, error) {
	if l.parts == nil {
		if err := p.compose(&l); err != nil {
			return "", err
		}
	}
	done := p.resume(l.out.ID)
	for done.sent < len(l.parts) {
		id, err := p.message(ctx, l, l.parts[done.sent])
		if err != nil {
			p.suspend(l.out.ID, done)
			return "", p.fault(l.out, err)
		}
		done = progress{sent: done.sent + 1, last: id}
	}
	if l.out.Message != "" && l.out.Message != done.last {
		p.strip(ctx, l)
	}
	return done.last, nil
}

// resume gives how far the reply had come, and forgets it.
func (p *Platform) resume(reply string) progress {
	p.mu.Lock()
	defer p.mu.Unlock()
	done := p.parts[reply]
	delete(p.parts, reply)
	return done
}

// suspend remembers how far the reply has come.
func (p *Platform) suspend(reply string, done progress) {
	if done.sent == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.parts) >= maxParts { // replies given up long ago
		clear(p.parts)
	}
	p.parts[reply] = done
}

// message sends one message. What Telegram refuses for its looks goes out without them: plain words are better than none.
func (p *Platform) message(ctx context.Context, l letter, m part) (string, error) {
	send := p.text
	if m.file != nil {
		send = p.file
	}
	id, err := send(ctx, l, m)
	if len(m.styles) > 0 && is(err, badEntities) {
		p.log.Error("styles refused", "reply", l.out.ID, "error", err)
		m.styles = nil
		id, err = send(ctx, l, m)
	}
	if m.keys != nil && is(err, badKeyboard) {
		p.log.Error("buttons refused", "reply", l.out.ID, "error", err)
		m.keys = nil
		id, err = send(ctx, l, m)
	}
	return id, err
}

func (p *Platform) text(ctx context.Context, l letter, m part) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	sent, err := p.calls.SendMessage(ctx, &library.SendMessageParams{
		ChatID: l.chat, Text: m.text, Entities: m.styles, LinkPreviewOptions: noPreview(),
		DisableNotification: l.out.Reply.Silent, ReplyMarkup: l.markup(m),
	})
	return messageID(sent, err)
}

// edit changes the slot's message in place; where that cannot be, the reply is said anew.
func (p *Platform) edit(ctx context.Context, l letter) (string, error) {
	message, err := strconv.Atoi(l.out.Message)
	if err != nil || l.out.Reply.File != nil {
		return p.send(ctx, l)
	}
	if len(l.out.Reply.Text) > 0 {
		if err := p.compose(&l); err != nil {
			return "", err
		}
		if len(l.parts) > 1 {
			return p.send(ctx, l)
		}
	}
	err = p.change(ctx, l, message)
	switch {
	case err == nil, is(err, unchanged):
		return l.out.Message, nil
	case is(err, uneditable) && len(l.parts) > 0:
		return p.send(ctx, l)
	}
	return "", p.fault(l.out, err)
}

// change edits the message's text and buttons, or its buttons alone when the reply has no text.
func (p *Platform) change(ctx context.Context, l letter, message int) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	if len(l.parts) == 0 {
		k, _ := keys(l.out.Reply.Choices)
		return p.dress(ctx, l.chat, message, k)
	}
	m := l.parts[0]
	edit := func() error {
		_, err := p.calls.EditMessageText(ctx, &library.EditMessageTextParams{
			ChatID: l.chat, MessageID: message, Text: m.text, Entities: m.styles,
			LinkPreviewOptions: noPreview(), ReplyMarkup: markup(m.keys),
		})
		return err
	}
	err := edit()
	if is(err, unchanged) || is(err, uneditable) {
		return err
	}
	if len(m.styles) > 0 && is(err, badEntities) {
		p.log.Error("styles refused", "reply", l.out.ID, "error", err)
		m.styles = nil
		err = edit()
	}
	if m.keys != nil && is(err, badKeyboard) {
		p.log.Error("buttons refused", "reply", l.out.ID, "error", err)
		m.keys = nil
		err = edit()
	}
	return err
}

// dress gives a message other buttons, or none.
func (p *Platform) dress(ctx context.Context, chat int64, message int, k *keyboard) error {
	_, err := p.calls.EditMessageReplyMarkup(ctx, &library.EditMessageReplyMarkupParams{
		ChatID: chat, MessageID: message, ReplyMarkup: markup(k),
	})
	return err
}

// strip takes the buttons off the message that the slot held before. It is a courtesy: an old button that stays is
// answered as such, so trouble here does not concern the reply.
func (p *Platform) strip(ctx context.Context, l letter) {
	message, err := strconv.Atoi(l.out.Message)
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	err = p.dress(ctx, l.chat, message, nil)
	if err != nil && !is(err, unchanged) && !is(err, uneditable) {
		p.log.Info("old buttons stay", "reply", l.out.ID, "error", p.wire.scrub(err))
	}
}

// answer ends the spinning of a pressed button, with a note or without. A press too old to answer needs none.
func (p *Platform) answer(ctx context.Context, r bot.Reply) error {
	if r.Query == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	params := &library.AnswerCallbackQueryParams{CallbackQueryID: r.Query}
	if r.Mode == bot.Alert {
		params.Text = shorten(strings.TrimSpace(r.Text.Plain()), maxAlert)
		params.ShowAlert = params.Text != ""
	}
	_, err := p.calls.AnswerCallbackQuery(ctx, params)
	if is(err, answered) {
		return nil
	}
	return err
}

// remove deletes the slot's message; one that is too old for that loses its buttons.
func (p *Platform) remove(ctx context.Context, l letter) error {
	message, err := strconv.Atoi(l.out.Message)
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	_, err = p.calls.DeleteMessage(ctx, &library.DeleteMessageParams{ChatID: l.chat, MessageID: message})
	if is(err, undeletable) {
		p.strip(ctx, l)
		return nil
	}
	return err
}

// leave leaves a group; nobody leaves a private chat.
func (p *Platform) leave(ctx context.Context, l letter) error {
	if l.chat > 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	_, err := p.calls.LeaveChat(ctx, &library.LeaveChatParams{ChatID: l.chat})
	return err
}

// markup is what stands under a message: its buttons, or the one that shares the account's number.
func (l letter) markup(m part) models.ReplyMarkup {
	if label := shorten(l.out.Reply.Contact, maxLabel); label != "" && m.keys == nil {
		return &models.ReplyKeyboardMarkup{
			Keyboard:       [][]models.KeyboardButton{{{Text: label, RequestContact: true}}},
			ResizeKeyboard: true, OneTimeKeyboard: true,
		}
	}
	return markup(m.keys)
}

// markup keeps a keyboard that is not there out of the call.
func markup(k *keyboard) models.ReplyMarkup {
	if k == nil {
		return nil
	}
	return k
}

func noPreview() *models.LinkPreviewOptions {
	off := true
	return &models.LinkPreviewOptions{IsDisabled: &off}
}

// messageID is the id of the message that a call made.
func messageID(m *models.Message, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return strconv.Itoa(m.ID), nil
}

// uploadTime is how long an upload may take.
func uploadTime(size int64) time.Duration {
	return callTime + time.Duration(size/uploadFloor)*time.Second
}
