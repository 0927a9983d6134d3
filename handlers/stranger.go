package handlers

import (
	"context"
	"strings"

	"lamsach/bot"
	"lamsach/core/fault"
)

// receiveStranger answers somebody without a role: one neutral sentence, whatever he sends, unless it is an
// invitation that holds.
func (t *turn) receiveStranger(ctx context.Context) error {
	code, asked := inviteCode(t.u)
	if !asked {
		return t.finish(ctx, t.say(fault.T("chat.stranger")))
	}
	return t.useInvite(ctx, code)
}

// inviteCode finds the code in "/start CODE".
func inviteCode(u bot.Update) (string, bool) {
	words := strings.Fields(u.Text)
	if u.Kind != bot.Message || len(words) != 2 {
		return "", false
	}
	name, _, _ := strings.Cut(words[0], "@")
	return words[1], strings.EqualFold(name, "/start")
}

// useInvite binds the account that wrote to the person whom the code was made for.
func (t *turn) useInvite(ctx context.Context, code string) error {
	if !t.stranger() {
		// A second role on one account would make it unclear for whom it acts; the officer keeps the one he has. The
		// sentence also fits the turn that was cut short after it had bound him, and runs again.
		t.say(fault.T("chat.already_bound"))
		return t.finish(ctx, t.greet())
	}
	// The greeting names who he is, which only the store can tell; so the facts go first here, and the greeting
	// ends the turn. Both carry the turn's operation id: run again, the first is a no-op that tells the same officer.
	bind := bot.Ending{Op: t.u.Op() + ":bind", Chat: t.u.Chat, Audit: bot.Audit{Action: "officer.bound", Count: 1}}
	who, err := t.b.Officers.UseInvite(ctx, bind, code, t.u.Chat, t.u.Sender)
	if err != nil {
		return err
	}
	t.who = who
	return t.finish(ctx, t.greet())
}
