package web

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"lamsach/bot"
)

// Name is the Chat.Platform of the page's chats.
func (s *Site) Name() string { return Name }

// Limits are what the page carries.
func (s *Site) Limits() bot.Limits {
	return bot.Limits{
		Text: maxText, Caption: maxText, Buttons: maxButtons, FileIn: maxFileIn, FileOut: maxFileOut,
		CanEdit: true, CanFiles: true,
	}
}

// Receive hands what people do to accept until ctx ends, and returns after the last call of accept has. It returns
// nil: the end of ctx is no fault.
func (s *Site) Receive(ctx context.Context, accept func(context.Context, []bot.Update) error) error {
	s.door.open(accept)
	<-ctx.Done()
	s.door.close()
	s.rooms.closeAll()
	return nil
}

// Open reads a file that a person sent.
func (s *Site) Open(ctx context.Context, fileID string) (io.ReadCloser, error) {
	return s.Files.OpenFile(ctx, fileID)
}

// Send writes the reply into the person's talk and wakes their pages. The message's id follows from the reply's id,
// so that a reply sent twice is shown once.
func (s *Site) Send(ctx context.Context, out bot.Outgoing) (string, error) {
	if err := sendable(out.Reply); err != nil {
		return "", &bot.SendError{Fault: bot.Refused, Err: err}
	}
	r, leave := s.rooms.enter(out.Reply.To.ID)
	defer leave()
	r.turn.Lock()
	defer r.turn.Unlock()
	id, err := s.deliver(ctx, r, out)
	if err != nil {
		return "", &bot.SendError{Fault: bot.Unsent, Err: err}
	}
	if s.Demo != nil {
		s.rooms.news.ring()
	}
	return id, nil
}

// deliver turns the reply into an event and records it.
func (s *Site) deliver(ctx context.Context, r *room, out bot.Outgoing) (string, error) {
	if err := r.catchUp(ctx); err != nil {
		return "", err
	}
	reply := out.Reply
	switch reply.Mode {
	case bot.Alert:
		return "", r.record(ctx, event{Do: alert, Query: reply.Query, Text: reply.Text})
	case bot.Answer:
		return "", r.record(ctx, event{Do: answer, Query: reply.Query})
	case bot.Remove:
		if r.talk.find(out.Message) < 0 {
			return "", nil
		}
		return "", r.record(ctx, event{Do: remove, Target: out.Message})
	}
	m, err := s.compose(ctx, out)
	if err != nil {
		return "", err
	}
	parts := split(reply.Text, maxText)
	if reply.Mode == bot.Edit && len(parts) == 1 && r.talk.said(out.Message) {
		m.ID = out.Message
		return m.ID, r.record(ctx, event{Do: edit, Message: &m})
	}
	return m.ID, s.sayParts(ctx, r, m, parts, out.Message)
}

// sayParts says a message anew, in as many messages as its text needs; the last one is m, with the file and the
// buttons. The message old, if there is one, loses its buttons. What is there already is not said again.
func (s *Site) sayParts(ctx context.Context, r *room, m message, parts []bot.Text, old string) error {
	for i, text := range parts {
		part := m
		part.Text = text
		if i < len(parts)-1 {
			part.ID, part.Choices, part.File = messageID(fmt.Sprint(m.ID, "/", i)), nil, nil
		}
		if r.talk.said(part.ID) {
			continue
		}
		if err := r.record(ctx, event{Do: say, Message: &part, Clear: old}); err != nil {
			return err
		}
	}
	return nil
}

// compose makes the bubble of a reply.
func (s *Site) compose(ctx context.Context, out bot.Outgoing) (message, error) {
	reply := out.Reply
	m := message{ID: messageID(out.ID), At: s.Now(), Text: reply.Text, Choices: reply.Choices, Silent: reply.Silent}
	if reply.File == nil {
		return m, nil
	}
	file := bot.File{ID: reply.File.File, Name: reply.File.Name, Size: reply.File.Size, MIME: reply.File.MIME}
	kept, err := s.Files.OpenFile(ctx, file.ID)
	switch {
	case err == nil:
		_ = kept.Close()
	case out.Body == nil:
		return m, fmt.Errorf("file of the reply: %w", err)
	default:
		if file.ID, file.Size, err = s.keep(ctx, out); err != nil {
			return m, err
		}
	}
	m.File = &file
	return m, nil
}

// keep puts the bytes of an attachment that does not lie in Files there.
func (s *Site) keep(ctx context.Context, out bot.Outgoing) (string, int64, error) {
	body, err := out.Body(ctx)
	if err != nil {
		return "", 0, err
	}
	defer body.Close()
	return s.Files.SaveFile(ctx, out.Reply.File.Name, out.Reply.File.MIME, body)
}

// sendable says what makes a reply impossible to show.
func sendable(reply bot.Reply) error {
	buttons := 0
	for _, row := range reply.Choices {
		buttons += len(row)
	}
	switch {
	case reply.To.Platform != Name || !validID(reply.To.ID):
		return errors.New("not a chat of this page")
	case buttons > maxButtons:
		return fmt.Errorf("%d buttons", buttons)
	case reply.File != nil && reply.File.Size > maxFileOut:
		return fmt.Errorf("file of %d bytes", reply.File.Size)
	}
	return nil
}

// messageID gives the id of the message that the reply of that id becomes.
func messageID(reply string) string {
	sum := sha256.Sum256([]byte(reply))
	return "b" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// errClosed says that nobody takes updates now.
var errClosed = errors.New("web: not receiving")

// door is what updates go through: open while Receive runs.
type door struct {
	mu     sync.RWMutex
	accept func(context.Context, []bot.Update) error
}

func (d *door) open(accept func(context.Context, []bot.Update) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.accept = accept
}

// close waits for the updates that are going through.
func (d *door) close() { d.open(nil) }

// pass hands the update over; it returns after it is durable.
func (d *door) pass(ctx context.Context, u bot.Update) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.accept == nil {
		return errClosed
	}
	return d.accept(ctx, []bot.Update{u})
}

// isOpen reports whether updates are taken now.
func (d *door) isOpen() bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.accept != nil
}
