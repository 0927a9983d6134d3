package handlers

import (
	"context"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// Staff tells who works in a unit, and where they are written to.
type Staff interface {
	Officers(ctx context.Context, unit string) ([]officer.Officer, error)
	OfficerChat(ctx context.Context, id string) (bot.Chat, error)
}

// notify tells everybody of a unit whom to picks, each in the language of his chat, when the turn ends. It gives how many
// are told; whoever writes the turn is not among them.
func (t *turn) notify(ctx context.Context, unit string, to func(officer.Officer) bool, texts ...fault.Text) (told int, err error) {
	all, err := t.b.Staff.Officers(ctx, unit)
	if err != nil {
		return 0, err
	}
	for _, who := range all {
		if who.ID == t.who.ID || !to(who) {
			continue
		}
		chat, err := t.b.Staff.OfficerChat(ctx, who.ID)
		if fault.Is(err, fault.NotFound) {
			continue // revoked a moment ago
		}
		if err != nil {
			return told, err
		}
		p, err := t.b.printer(ctx, chat)
		if err != nil {
			return told, err
		}
		reply := bot.Reply{To: chat, Notice: true}
		for _, text := range texts {
			reply.Text = append(reply.Text, lines(p, text, bot.Plain)...)
		}
		t.replies = append(t.replies, reply)
		told++
	}
	return told, nil
}
