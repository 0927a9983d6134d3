package handlers

import (
	"context"
	"strings"
	"time"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// receiveStranger answers somebody without a role: one neutral sentence, whatever he sends, unless it is an
// invitation that holds, or he used one and waits.
func (t *turn) receiveStranger(ctx context.Context) error {
	if code, asked := inviteCode(t.u); asked {
		return t.useInvite(ctx, code)
	}
	j, err := t.b.Door.JoiningOf(ctx, t.u.Chat.Platform, t.u.Sender)
	switch {
	case isNotFound(err) || t.u.Sender != t.u.Chat.ID:
		return t.finish(ctx, t.say(fault.T("chat.stranger")))
	case err != nil:
		return err
	case j.State == officer.AwaitsPhone && t.u.Contact != nil:
		return t.sharePhone(ctx)
	case j.State == officer.AwaitsPhone:
		return t.askPhone(ctx)
	}
	return t.finish(ctx, t.say(fault.T("staff.joining.wait")))
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

// useInvite takes the account that wrote for the person whom the code was made for: at once when the operator made it, else as soon as the
// inviter has confirmed the account.
func (t *turn) useInvite(ctx context.Context, code string) error {
	if !t.stranger() {
		// A second role on one account would make it unclear for whom it acts; the officer keeps the one he has. The
		// sentence also fits the turn that was cut short after it had bound him, and runs again.
		t.say(fault.T("chat.already_bound"))
		return t.finish(ctx, t.greet())
	}
	// The answer names who he is, which only the store can tell; so the facts go first here, and the answer
	// ends the turn. Both carry the turn's operation id: run again, the first is a no-op that tells the same.
	bind := bot.Ending{Op: t.u.Op() + ":bind", Chat: t.u.Chat, Audit: bot.Audit{Action: "officer.joined", Count: 1}}
	j, err := t.b.Officers.UseInvite(ctx, bind, code, t.u.Chat, t.u.Sender, shorten(strings.Map(shown, t.u.Name), 80))
	if err != nil {
		return t.guessed(ctx, err)
	}
	return t.joined(ctx, j)
}

// joined says what an account that used an invitation is now.
func (t *turn) joined(ctx context.Context, j officer.Joining) error {
	switch j.State {
	case officer.Joined:
		t.who = j.Officer
		t.jobs = append(t.jobs, menuJob(t.u.Chat))
		return t.finish(ctx, t.greet())
	case officer.AwaitsPhone:
		return t.askPhone(ctx)
	}
	if err := t.tellInviter(ctx, j); err != nil {
		return err
	}
	return t.finish(ctx, t.say(fault.T("staff.joining.wait")))
}

// tellInviter lets the inviter's chat ask him about the account, in its own order of turns. An inviter who is gone is told nothing: others
// find the account under /canbo.
func (t *turn) tellInviter(ctx context.Context, j officer.Joining) error {
	chat, err := t.b.Staff.OfficerChat(ctx, j.MadeBy)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.b.Turns.PushUpdates(ctx, []bot.Update{{
		ID: "joining:" + j.ID, Kind: bot.Done, Chat: chat, Sender: chat.ID, SentAt: t.b.Now(), Data: "joining." + j.ID,
	}})
}

// askPhone asks for the account's own number.
func (t *turn) askPhone(ctx context.Context) error {
	t.say(fault.T("staff.phone.ask"))
	t.replies[len(t.replies)-1].Contact = t.p.Text("staff.phone.button", nil)
	return t.finish(ctx)
}

// sharePhone compares the number that the account shared. Only one of which the platform says that it is the account's own counts.
func (t *turn) sharePhone(ctx context.Context) error {
	phone, err := officer.ParsePhone("+" + strings.TrimPrefix(t.u.Contact.Phone, "+"))
	if !t.u.Contact.Own || err != nil {
		t.b.Log.Warn("a contact that is not the account's own", "chat", t.u.Chat.String())
		t.say(fault.T("staff.phone.not_own"))
		t.replies[len(t.replies)-1].Contact = t.p.Text("staff.phone.button", nil)
		return t.finish(ctx)
	}
	share := bot.Ending{Op: t.u.Op() + ":phone", Chat: t.u.Chat, Audit: bot.Audit{Action: "officer.phone_shared", Count: 1}}
	j, err := t.b.Door.SharePhone(ctx, share, t.u.Chat.Platform, t.u.Sender, phone)
	if err != nil {
		return err
	}
	return t.joined(ctx, j)
}

// guessed tells the admins, once an hour, when many codes are tried that do not hold. It gives the trouble on.
func (t *turn) guessed(ctx context.Context, trouble error) error {
	tries, many, err := t.b.Invitations.InviteTries(ctx)
	if err != nil || !many {
		return trouble
	}
	replies, err := t.noticesToAdmins(ctx, fault.T("staff.guessing", "N", tries))
	if err != nil {
		return err
	}
	end := bot.Ending{
		Op: "guessing:" + t.b.Now().UTC().Truncate(time.Hour).Format(time.RFC3339), Replies: replies,
		Audit: bot.Audit{Action: "invite.guessing", Count: tries},
	}
	if err := t.b.Turns.EndTurn(ctx, end); err != nil {
		return err
	}
	return trouble
}

// noticesToAdmins makes a notice for each admin but whoever writes.
func (t *turn) noticesToAdmins(ctx context.Context, texts ...fault.Text) (replies []bot.Reply, err error) {
	admins, err := t.b.Roll.Admins(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range admins {
		if a.ID == t.who.ID {
			continue
		}
		reply, err := t.b.noticeTo(ctx, a, texts...)
		if err != nil {
			return nil, err
		}
		replies = append(replies, reply)
	}
	return replies, nil
}

// noticeTo makes a notice for an officer, in the language of his chat, which has the id of its person.
func (b *Bot) noticeTo(ctx context.Context, who officer.Officer, texts ...fault.Text) (bot.Reply, error) {
	chat := bot.Chat{Platform: who.Platform, ID: who.Sender}
	p, err := b.printer(ctx, chat)
	reply := bot.Reply{To: chat, Notice: true}
	for _, text := range texts {
		reply.Text = append(reply.Text, lines(p, text, bot.Plain)...)
	}
	return reply, err
}

func isNotFound(err error) bool { return fault.Is(err, fault.NotFound) }

// errNoOfficer is the answer about an officer, or an account that waits, whom whoever asks may not know of, and about none.
func errNoOfficer() error { return fault.New(fault.NotFound, "staff.nobody") }
