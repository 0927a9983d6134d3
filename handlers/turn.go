package handlers

import (
	"context"
	"strings"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/locales"
)

// maxText is how long a typed message may be, in bytes. Longer ones are pasted lists, which belong in a file.
const maxText = 2000

// turn is one update on its way to its ending.
type turn struct {
	b    *Bot
	u    bot.Update
	who  officer.Officer // the zero Officer: a stranger
	p    locales.Printer
	tree *officer.Tree
	mark string // the chat's screen mark when the turn began
	was  session
	s    session
	live bool // the session belongs to the screen that the chat shows

	due *fault.Text // by when the list at hand has to be reviewed

	write   func(context.Context, bot.Ending) error // how the store ends the turn; nil: without a fact
	screen  string                                  // token of the screen drawn in this turn
	anew    bool                                    // the press was on a notice: a screen goes below it, as a new message
	replies []bot.Reply
	jobs    []bot.Job
	audit   bot.Audit
	draft   []byte // as bot.Ending's
}

// begin finds out who writes and where he is.
func (b *Bot) begin(ctx context.Context, u bot.Update) (*turn, error) {
	t := &turn{b: b, u: u}
	var err error
	if u.Sender == u.Chat.ID { // elsewhere others read along: whoever writes there is a stranger
		t.who, err = b.Officers.OfficerOf(ctx, u.Chat.Platform, u.Sender)
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	if t.tree, err = b.Units.Tree(ctx); err != nil {
		return nil, err
	}
	if t.p, err = b.printer(ctx, u.Chat); err != nil {
		return nil, err
	}
	if t.mark, err = b.Turns.ChatScreen(ctx, u.Chat); err != nil {
		return nil, err
	}
	if _, known := t.tree.Unit(t.who.UnitCode); known {
		t.who.UnitName = t.tree.FullName(t.who.UnitCode)
	}
	if !t.stranger() {
		t.s, t.live = b.loadSession(ctx, u.Chat, t.mark)
		t.was = t.s
	}
	return t, nil
}

// printer speaks the language that was chosen in the chat, or the deployment's.
func (b *Bot) printer(ctx context.Context, chat bot.Chat) (locales.Printer, error) {
	language, err := b.Officers.ChatLanguage(ctx, chat)
	if language == "" {
		language = b.Language
	}
	return b.Catalog.Printer(language), err
}

func (t *turn) stranger() bool { return t.who.ID == "" }

// do routes the turn.
func (t *turn) do(ctx context.Context) error {
	switch t.u.Kind {
	case bot.Grouped:
		return t.leaveGroup(ctx)
	case bot.Blocked:
		return t.finish(ctx)
	case bot.Unblocked:
		t.write = t.b.Reach.ChatBack
		return t.finish(ctx)
	}
	switch {
	case t.u.Kind == bot.Done:
		return t.reportDone(ctx)
	case t.stranger():
		return t.receiveStranger(ctx)
	case t.u.Kind == bot.Edited:
		return t.finish(ctx, t.say(fault.T("chat.edited")))
	case t.u.Kind == bot.Press:
		return t.press(ctx)
	}
	return t.message(ctx)
}

// message routes what was typed or sent.
func (t *turn) message(ctx context.Context) error {
	command := strings.HasPrefix(strings.TrimSpace(t.u.Text), "/")
	if len(t.u.Text) <= maxText && !command {
		if taken, err := t.formAnswer(ctx); taken || err != nil {
			return err
		}
	}
	switch {
	case t.u.File != nil:
		return t.receiveFile(ctx)
	case t.u.Other != "":
		return t.finish(ctx, t.say(fault.T("chat.other."+otherKind(t.u.Other))))
	case len(t.u.Text) > maxText:
		return t.finish(ctx, t.say(fault.T("chat.too_long")))
	case command:
		return t.command(ctx)
	}
	return t.answer(ctx)
}

// leaveGroup says once that this works in private chats, and goes: there is no personal data in groups, ever.
func (t *turn) leaveGroup(ctx context.Context) error {
	if t.mark == "" {
		t.say(fault.T("chat.private_only"))
	}
	t.replies = append(t.replies, bot.Reply{To: t.u.Chat, Mode: bot.Leave})
	end := t.ending()
	end.Screen = bot.ScreenToken(end.Op) // marks the group as told
	return t.b.Turns.EndTurn(ctx, end)
}

// otherKind folds what we do not take into the few sentences that there are for it.
func otherKind(kind string) string {
	if kind == "photo" {
		return "photo"
	}
	return "any"
}

// say adds a message that is not a screen. Its return value lets it stand inside finish.
func (t *turn) say(texts ...fault.Text) step {
	reply := bot.Reply{To: t.u.Chat}
	for _, text := range texts {
		reply.Text = append(reply.Text, lines(t.p, text, bot.Plain)...)
	}
	t.answerPress()
	t.replies = append(t.replies, reply)
	return step{}
}

// step marks a call that has already done its part of the turn.
type step struct{}

// ending gathers what the turn has to leave behind.
func (t *turn) ending() bot.Ending {
	end := bot.Ending{
		Op: t.u.Op(), Update: true, Chat: t.u.Chat,
		Replies: t.replies, Jobs: t.jobs, Audit: t.audit, Draft: t.draft,
	}
	if end.Audit.Action != "" {
		end.Audit.Officer = t.who.ID
	}
	if t.screen != "" {
		end.Screen = screenMark(t.screen, t.s.about())
	}
	return end
}

// finish ends the turn: with the fact that write records, or with none.
func (t *turn) finish(ctx context.Context, _ ...step) error {
	if t.write != nil {
		return t.record(ctx, t.write)
	}
	return t.record(ctx, t.b.Turns.EndTurn)
}

// record ends the turn through the store method that writes its fact, then keeps the session: in this order, for a
// session that is newer than the facts could take the next answer for a question that was never asked.
func (t *turn) record(ctx context.Context, write func(context.Context, bot.Ending) error) error {
	if err := write(ctx, t.ending()); err != nil {
		return err
	}
	if t.screen != "" {
		t.s.Token = t.screen
		t.b.saveSession(ctx, t.u.Chat, t.s)
	}
	return nil
}
