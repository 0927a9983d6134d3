package storagetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
)

var invited = officer.Invite{Role: officer.RoleHelper, UnitCode: "09661", UnitName: "Xã Mẫu", Hamlet: "Thôn Đông", Name: "Nguyễn Thị Mẫu"}

func (b *bench) invite(in officer.Invite) string {
	b.t.Helper()
	code, err := b.AddInvite(ctx, in, b.clock.Now().Add(24*time.Hour))
	ok(b.t, err)
	return code
}

func TestInviteBindsOnce(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		code := b.invite(invited)
		if len(code) < 26 || len(code) > 64 || strings.Trim(code, "0123456789abcdefghijklmnopqrstuvwxyz") != "" {
			t.Fatalf("code %q cannot be a start parameter of 128 bits", code)
		}
		chat := chatOf("77")
		var first officer.Officer
		for range 2 { // the same operation gives the same officer
			got, err := b.UseInvite(ctx, bot.Ending{Op: "1", Chat: chat}, " "+strings.ToUpper(code), chat, "77", "")
			ok(t, err)
			first = got.Officer
			b.restart()
		}
		want := officer.Officer{ID: first.ID, Name: invited.Name, Role: invited.Role, UnitCode: invited.UnitCode,
			UnitName: invited.UnitName, Hamlet: invited.Hamlet, Platform: "test", Sender: "77"}
		if diff := cmp.Diff(want, first); diff != "" || first.ID == "" {
			t.Error(diff)
		}
		_, err := b.UseInvite(ctx, bot.Ending{Op: "2"}, code, chatOf("78"), "78", "")
		refused(t, err, fault.Closed, "storage.invite.used")
		_, err = b.OfficerOf(ctx, "test", "78")
		refused(t, err, fault.NotFound, "storage.officer.not_found")
		if at, err := b.OfficerChat(ctx, first.ID); err != nil || at != chat {
			t.Errorf("chat %v, %v", at, err)
		}
	})
}

func TestInviteExpires(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		code := b.invite(invited)
		b.clock.move(25 * time.Hour)
		_, err := b.UseInvite(ctx, bot.Ending{Op: "1"}, code, chatOf("1"), "1", "")
		refused(t, err, fault.Closed, "storage.invite.expired")
	})
}

func TestGuessingIsSlowed(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		code := b.invite(invited)
		try := func(op, sender, code string) error {
			_, err := b.UseInvite(ctx, bot.Ending{Op: op}, code, chatOf(sender), sender, "")
			return err
		}
		for range 3 { // one turn that runs again is one try
			refused(t, try("op", "1", "wrong"), fault.NotFound, "storage.invite.unknown")
		}
		for i := range 4 {
			refused(t, try(fmt.Sprint("op", i), "1", "wrong"), fault.NotFound, "storage.invite.unknown")
		}
		refused(t, try("op9", "1", code), fault.Forbidden, "storage.invite.too_many")
		for i := range 20 {
			refused(t, try(fmt.Sprint("o", i), fmt.Sprint("s", i), "wrong"), fault.NotFound, "storage.invite.unknown")
		}
		if !strings.Contains(b.logs.String(), "many wrong invite codes") {
			t.Error("no alarm")
		}
		b.clock.move(2 * time.Hour)
		ok(t, try("op10", "1", code))
	})
}

func TestTransferAndRevocationHoldAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		bind := func(op, unit string) officer.Officer {
			in := invited
			in.UnitCode = unit
			o, err := b.UseInvite(ctx, bot.Ending{Op: op, Chat: chat, Replies: []bot.Reply{reply(chat, "welcome to "+unit)}}, b.invite(in), chat, "1", "")
			ok(t, err)
			return o.Officer
		}
		bind("a", "09661")
		second := bind("b", "09664")
		if got, err := b.OfficerOf(ctx, "test", "1"); err != nil || got != second {
			t.Fatalf("%+v, %v", got, err)
		}
		if old, err := b.Officers(ctx, "09661"); err != nil || len(old) != 0 {
			t.Errorf("the old unit still has %v, %v", old, err)
		}
		if everybody, err := b.Officers(ctx, ""); err != nil || len(everybody) != 1 {
			t.Errorf("everybody is %v, %v", everybody, err)
		}
		if diff := cmp.Diff([]string{"welcome to 09664"}, send(t, b)); diff != "" {
			t.Errorf("replies of the old binding were not dropped:\n%s", diff)
		}
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "c", Chat: chat, Screen: "abcd", Replies: []bot.Reply{reply(chat, "a child's data")}}))
		ok(t, b.SaveSession(ctx, chat, []byte("{}"), time.Hour))
		ok(t, b.RevokeOfficer(ctx, bot.Ending{Op: "d", Audit: bot.Audit{Action: "officer.revoked", Object: second.ID}}, second.ID, ""))
		_, err := b.OfficerOf(ctx, "test", "1")
		refused(t, err, fault.NotFound, "storage.officer.not_found")
		if texts := send(t, b); texts != nil {
			t.Errorf("a revoked officer still gets %v", texts)
		}
		if _, there, err := b.LoadSession(ctx, chat); err != nil || there {
			t.Errorf("a revoked officer keeps his session: %v", err)
		}
		if screen, err := b.ChatScreen(ctx, chat); err != nil || screen != "" {
			t.Errorf("buttons of screen %q still work: %v", screen, err)
		}
		refused(t, b.RevokeOfficer(ctx, bot.Ending{Op: "e"}, second.ID, ""), fault.NotFound, "storage.officer.not_found")
	})
}

func TestUploadsAreKept(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		want := ledger.Upload{ID: "u1", Platform: "test", Chat: "1", Officer: "o", Unit: "09661", Source: "file-id", Name: "Danh sách.xlsx", Size: 10,
			Received: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}
		for range 2 {
			ok(t, b.AddUpload(ctx, bot.Ending{Op: "1"}, want))
		}
		b.restart()
		got, err := b.Upload(ctx, "u1")
		ok(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		ok(t, b.SetUploadFile(ctx, "u1", "file1", 12))
		if got, err = b.Upload(ctx, "u1"); err != nil || got.File != "file1" || got.Size != 12 || got.Source != "" {
			t.Errorf("%+v, %v", got, err)
		}
		_, err = b.Upload(ctx, "u2")
		refused(t, err, fault.NotFound, "storage.upload.not_found")
		refused(t, b.SetUploadFile(ctx, "u2", "x", 1), fault.NotFound, "storage.upload.not_found")
	})
}
