package storagetest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/storage"
)

var inChat = officer.Invite{Role: officer.RoleOfficer, UnitCode: "03868", UnitName: "Xã Tà Xùa", Name: "Lò Thị Thử", MadeBy: "o-admin"}

// letIn lets an account use a fresh invitation.
func (b *bench) letIn(sender string, in officer.Invite) officer.Joining {
	b.t.Helper()
	j, err := b.UseInvite(ctx, bot.Ending{Op: "join " + sender, Chat: chatOf(sender)}, b.invite(in), chatOf(sender), sender, "@thu")
	ok(b.t, err)
	return j
}

func anywhere(string) bool { return true }

// An account that used an invitation made in the chat has no right until somebody confirms it; then it is the officer's whom the
// invitation named. Confirming twice, or what was turned away, does nothing.
func TestJoiningWaits(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		j := b.letIn("1", inChat)
		want := officer.Joining{
			Officer: officer.Officer{ID: j.ID, Name: "Lò Thị Thử", Role: officer.RoleOfficer, UnitCode: "03868", UnitName: "Xã Tà Xùa", Platform: "test", Sender: "1"},
			State:   officer.AwaitsInviter, Claimed: "@thu", MadeBy: "o-admin",
		}
		if diff := cmp.Diff(want, j, cmpopts.IgnoreFields(officer.Joining{}, "At")); diff != "" || j.ID == "" || j.At.IsZero() {
			t.Error(diff)
		}
		b.restart()
		again, err := b.JoiningOf(ctx, "test", "1")
		ok(t, err)
		waiting, err := b.Joinings(ctx, func(unit string) bool { return unit == "03868" })
		ok(t, err)
		if diff := cmp.Diff([]officer.Joining{again}, waiting); diff != "" || !cmp.Equal(again, j) {
			t.Error(diff)
		}
		if others, err := b.Joinings(ctx, func(unit string) bool { return unit == "03856" }); err != nil || others != nil {
			t.Errorf("another unit sees %v, %v", others, err)
		}
		_, err = b.OfficerOf(ctx, "test", "1")
		refused(t, err, fault.NotFound, "storage.officer.not_found")
		for range 2 {
			ok(t, b.Admit(ctx, bot.Ending{Op: "admit"}, j.ID))
		}
		who, err := b.OfficerOf(ctx, "test", "1")
		ok(t, err)
		if who != j.Officer {
			t.Errorf("he became %+v", who)
		}
		refused(t, b.Admit(ctx, bot.Ending{Op: "admit 2"}, j.ID), fault.NotFound, "storage.joining.not_found")
		second := b.letIn("2", inChat)
		ok(t, b.TurnAway(ctx, bot.Ending{Op: "no"}, second.ID))
		refused(t, b.TurnAway(ctx, bot.Ending{Op: "no 2"}, second.ID), fault.NotFound, "storage.joining.not_found")
		refused(t, b.Admit(ctx, bot.Ending{Op: "admit 3"}, second.ID), fault.NotFound, "storage.joining.not_found")
		if all, err := b.Officers(ctx, ""); err != nil || len(all) != 1 {
			t.Errorf("officers %v, %v", all, err)
		}
	})
}

// A number that the invitation names has to be shared by the account; another one ends the joining. The operator's invitation needs
// nothing else.
func TestJoiningSharesItsNumber(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		withPhone := inChat
		withPhone.Phone = "84912345678"
		if j := b.letIn("1", withPhone); j.State != officer.AwaitsPhone {
			t.Errorf("state %q", j.State)
		}
		refused(t, b.Admit(ctx, bot.Ending{Op: "early"}, b.waiting("1").ID), fault.NotFound, "storage.joining.not_found")
		for range 2 {
			j, err := b.SharePhone(ctx, bot.Ending{Op: "phone"}, "test", "1", "84912345678")
			if ok(t, err); j.State != officer.AwaitsInviter {
				t.Errorf("state %q", j.State)
			}
		}
		_, err := b.SharePhone(ctx, bot.Ending{Op: "phone 2"}, "test", "1", "84912345678")
		refused(t, err, fault.NotFound, "storage.joining.not_found")
		operator := withPhone
		operator.MadeBy = ""
		b.letIn("2", operator)
		j, err := b.SharePhone(ctx, bot.Ending{Op: "phone 3"}, "test", "2", "84912345678")
		if ok(t, err); j.State != officer.Joined || j.Role != officer.RoleOfficer {
			t.Errorf("he became %+v", j)
		}
		b.letIn("3", operator)
		_, err = b.SharePhone(ctx, bot.Ending{Op: "phone 4"}, "test", "3", "84999999999")
		refused(t, err, fault.Forbidden, "storage.joining.phone_differs")
		_, err = b.JoiningOf(ctx, "test", "3")
		refused(t, err, fault.NotFound, "storage.joining.not_found")
		if n := b.count(`SELECT COUNT(*) FROM joining WHERE phone_hash IS NOT NULL`); n != 0 {
			t.Errorf("%d numbers are kept", n)
		}
	})
}

func (b *bench) waiting(sender string) officer.Joining {
	b.t.Helper()
	j, err := b.JoiningOf(ctx, "test", sender)
	ok(b.t, err)
	return j
}

// A lost phone: the officer stays who he is, with a new account; the old one is a stranger's when the new one is confirmed, not before.
// A second code ends the first.
func TestPhoneIsReplaced(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		operator := inChat
		operator.MadeBy = ""
		who := b.letIn("1", operator)
		again := inChat
		again.Replaces = who.ID
		lost := b.invite(again)
		code := b.invite(again)
		_, err := b.UseInvite(ctx, bot.Ending{Op: "thief"}, lost, chatOf("9"), "9", "")
		refused(t, err, fault.Closed, "storage.invite.used")
		j, err := b.UseInvite(ctx, bot.Ending{Op: "new"}, code, chatOf("2"), "2", "")
		ok(t, err)
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "t", Chat: chatOf("1"), Screen: "abcd", Replies: []bot.Reply{reply(chatOf("1"), "a child's data")}}))
		if still, err := b.OfficerOf(ctx, "test", "1"); err != nil || still.ID != who.ID {
			t.Errorf("the old account ended early: %v", err)
		}
		ok(t, b.Admit(ctx, bot.Ending{Op: "admit", Replies: []bot.Reply{reply(chatOf("2"), "welcome")}}, j.ID))
		_, err = b.OfficerOf(ctx, "test", "1")
		refused(t, err, fault.NotFound, "storage.officer.not_found")
		now, err := b.OfficerOf(ctx, "test", "2")
		ok(t, err)
		want := who.Officer
		want.Sender = "2"
		if now != want {
			t.Errorf("he is %+v", now)
		}
		if diff := cmp.Diff([]string{"welcome"}, send(t, b)); diff != "" {
			t.Error(diff)
		}
		if chat, err := b.OfficerChat(ctx, who.ID); err != nil || chat != chatOf("2") {
			t.Errorf("chat %v, %v", chat, err)
		}
	})
}

// Who moves keeps nothing of the old unit; what he had sent stays there.
func TestOfficerMoves(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		operator := inChat
		operator.MadeBy = ""
		who := b.letIn("1", operator)
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "t", Chat: chatOf("1"), Screen: "abcd", Draft: []byte("d"), Replies: []bot.Reply{reply(chatOf("1"), "old")}}))
		for range 2 {
			ok(t, b.MoveOfficer(ctx, bot.Ending{Op: "move", Replies: []bot.Reply{reply(chatOf("1"), "you moved")}}, who.ID, "03856-01", "Bản Mới", "Mới"))
		}
		want := who.Officer
		want.UnitCode, want.UnitName, want.Hamlet = "03856-01", "Bản Mới", "Mới"
		if now, err := b.Officer(ctx, who.ID); err != nil || now != want {
			t.Errorf("he is %+v, %v", now, err)
		}
		if diff := cmp.Diff([]string{"you moved"}, send(t, b)); diff != "" {
			t.Error(diff)
		}
		if screen, err := b.ChatScreen(ctx, chatOf("1")); err != nil || screen != "" {
			t.Errorf("buttons of screen %q still work: %v", screen, err)
		}
		if d, err := b.Draft(ctx, chatOf("1")); err != nil || len(d) > 0 {
			t.Errorf("a draft of the old unit is there: %v", err)
		}
		refused(t, b.MoveOfficer(ctx, bot.Ending{Op: "move 2"}, "nobody", "03856", "x", ""), fault.NotFound, "storage.officer.not_found")
	})
}

// Open work passes to an officer of the same unit, and to nobody else; the last admin stays.
func TestRevokedWorkPassesOn(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		operator := inChat
		operator.MadeBy = ""
		first, second := b.letIn("1", operator), b.letIn("2", operator)
		far := operator
		far.UnitCode = "03856"
		stranger := b.letIn("3", far)
		l := list("l1", "03868", 2)
		l.Officer = first.ID
		ok(t, b.AddList(ctx, bot.Ending{Op: "l"}, l, people(2)))
		ok(t, b.AddUpload(ctx, bot.Ending{Op: "u"}, ledger.Upload{ID: "u1", Platform: "test", Chat: "1", Officer: first.ID, Unit: "03868", Source: "s"}))
		for i, bad := range []string{stranger.ID, first.ID, "nobody"} {
			refused(t, b.RevokeOfficer(ctx, bot.Ending{Op: string(rune('a' + i))}, first.ID, bad), fault.NotFound, "storage.officer.not_found")
		}
		ok(t, b.RevokeOfficer(ctx, bot.Ending{Op: "revoke"}, first.ID, second.ID))
		if got, err := b.List(ctx, "03868", "l1"); err != nil || got.Officer != second.ID {
			t.Errorf("the list is %q's, %v", got.Officer, err)
		}
		if up, err := b.Upload(ctx, "u1"); err != nil || up.Officer != second.ID || up.Chat != "2" {
			t.Errorf("the upload is %+v, %v", up, err)
		}
		admin := operator
		admin.Role, admin.UnitCode = officer.RoleAdmin, "VN"
		a, c := b.letIn("8", admin), b.letIn("9", admin)
		ok(t, b.RevokeOfficer(ctx, bot.Ending{Op: "a"}, a.ID, ""))
		refused(t, b.RevokeOfficer(ctx, bot.Ending{Op: "z"}, c.ID, ""), fault.Closed, "storage.officer.last_admin")
		if _, err := b.OfficerOf(ctx, "test", "9"); err != nil {
			t.Errorf("the last admin is gone: %v", err)
		}
	})
}

func TestOfficersOfUnits(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		operator := inChat
		operator.MadeBy = ""
		for sender, unit := range map[string]string{"1": "03868", "2": "03868-01", "3": "03856"} {
			in := operator
			in.UnitCode = unit
			b.letIn(sender, in)
		}
		here, err := b.OfficersWhere(ctx, func(unit string) bool { return strings.HasPrefix(unit, "03868") })
		ok(t, err)
		var units []string
		for _, o := range here {
			units = append(units, o.UnitCode+" "+o.Name)
		}
		if diff := cmp.Diff([]string{"03868 Lò Thị Thử", "03868-01 Lò Thị Thử"}, units, cmpopts.SortSlices(strings.Compare)); diff != "" {
			t.Error(diff)
		}
	})
}

// A web page's browser is logged out when its officer is revoked.
func TestRevokedBrowserIsLoggedOut(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := bot.Chat{Platform: "web", ID: "p1"}
		operator := inChat
		operator.MadeBy = ""
		j, err := b.UseInvite(ctx, bot.Ending{Op: "1"}, b.invite(operator), chat, "p1", "")
		ok(t, err)
		ok(t, b.StartWebSession(ctx, []byte("token"), "p1", b.clock.Now().Add(time.Hour)))
		ok(t, b.RevokeOfficer(ctx, bot.Ending{Op: "2"}, j.ID, ""))
		if _, in, err := b.WebPerson(ctx, []byte("token"), b.clock.Now()); err != nil || in {
			t.Errorf("the browser is still let in: %v", err)
		}
	})
}

func TestCodesAreRandom(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		code := storage.NewCode()
		if len(code) != 32 || seen[code] {
			t.Fatalf("code %q", code)
		}
		seen[code] = true
	}
}

// Codes that nobody has used are listed for their units without the code, and can be cancelled.
func TestUnusedInvitesAreCancelled(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		code := b.invite(inChat)
		far := inChat
		far.UnitCode = "03856"
		b.invite(far)
		here := func(unit string) bool { return unit == "03868" }
		open, err := b.Invites(ctx, here)
		ok(t, err)
		if len(open) != 1 || open[0].Name != inChat.Name || open[0].MadeBy != inChat.MadeBy || open[0].ID == "" || !open[0].Expires.After(b.clock.Now()) {
			t.Fatalf("open: %+v", open)
		}
		for range 2 {
			ok(t, b.DropInvite(ctx, bot.Ending{Op: "drop"}, open[0].ID))
		}
		_, err = b.UseInvite(ctx, bot.Ending{Op: "late"}, code, chatOf("1"), "1", "")
		refused(t, err, fault.Closed, "storage.invite.used")
		refused(t, b.DropInvite(ctx, bot.Ending{Op: "drop 2"}, open[0].ID), fault.NotFound, "storage.invite.unknown")
		if open, err := b.Invites(ctx, here); err != nil || len(open) != 0 {
			t.Errorf("still open: %v, %v", open, err)
		}
		b.clock.move(25 * time.Hour)
		if open, err := b.Invites(ctx, anywhere); err != nil || len(open) != 0 {
			t.Errorf("expired ones are open: %v, %v", open, err)
		}
	})
}
