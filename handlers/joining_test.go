package handlers_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"lamsach/bot"
	"lamsach/core/officer"
	"lamsach/handlers"
)

// The menu of a chat follows its person's role: when he is let in, moved, revoked.
func TestMenusFollowTheRole(t *testing.T) {
	w := newWorld(t)
	w.text("1", "/start "+w.invite(officer.RoleSupervisor, "14", "", "Quàng Thị Trên"))
	if got := w.menus["1"]; !slices.Equal(got, handlers.CommandsOf(officer.RoleSupervisor)) || slices.Contains(got, "xuat") {
		t.Errorf("the supervisor's menu is %v", got)
	}
	w.officer("2", "03868")
	if got := w.menus["2"]; !slices.Equal(got, handlers.CommandsOf(officer.RoleOfficer)) {
		t.Errorf("the officer's menu is %v", got)
	}
	w.menus = nil
	w.text("1", "/canbo")
	w.press("1", "Xem Cán bộ 2")
	w.press("1", "Thu quyền")
	w.press("1", "Để đơn vị giữ")
	w.press("1", "Thu quyền")
	if got := w.menus["2"]; !slices.Equal(got, handlers.StrangerCommands()) {
		t.Errorf("a revoked officer's menu is %v", got)
	}
	if chat := w.last("2"); !strings.Contains(chat, "không còn quyền") {
		t.Errorf("he is told %q", chat)
	}
}

// Many wrong codes are told to every admin, once an hour, with a count and no account.
func TestGuessingIsToldToAdmins(t *testing.T) {
	w := newWorld(t)
	w.text("1", "/start "+w.invite(officer.RoleAdmin, "VN", "", "Vì Văn Quản"))
	w.text("2", "/start "+w.invite(officer.RoleAdmin, "14", "", "Lường Thị Giữ"))
	guess := func(account string) { w.text(account, "/start khong-dung") }
	for i := range 19 {
		guess("g" + string(rune('a'+i)))
	}
	if w.said("1", "Cảnh báo", 0) {
		t.Error("the alarm is early")
	}
	for range 3 {
		guess("gx")
	}
	for _, admin := range []string{"1", "2"} {
		if n := strings.Count(w.all(admin), "Cảnh báo: 20 lần thử sai"); n != 1 {
			t.Errorf("admin %s is told %d times", admin, n)
		}
	}
	if strings.Contains(w.log.String(), "khong-dung") {
		t.Error("a code stands in the log")
	}
}

// An inviter who has left meanwhile: somebody else with the same right finds the account and confirms it; who has not, does not.
func TestJoiningOfAnInviterWhoLeft(t *testing.T) {
	w := newWorld(t)
	w.text("1", "/start "+w.invite(officer.RoleSupervisor, "14", "", "Quàng Thị Trên"))
	w.text("2", "/start "+w.invite(officer.RoleAdmin, "VN", "", "Vì Văn Quản"))
	w.text("3", "/start "+w.invite(officer.RoleSupervisor, "01", "", "Người Hà Nội"))
	inviter, err := w.store.OfficerOf(t.Context(), platform, "1")
	w.ok(err)
	in := officer.Invite{Role: officer.RoleOfficer, UnitCode: "03868", Name: "Lò Thị Thử", MadeBy: inviter.ID}
	w.ok(w.store.MakeInvite(t.Context(), bot.Ending{Op: "i"}, "code-of-1", in, w.now.AddDate(0, 0, 1)))
	w.ok(w.store.RevokeOfficer(t.Context(), bot.Ending{Op: "r"}, inviter.ID, ""))
	w.text("9", "/start code-of-1")
	j, err := w.store.JoiningOf(context.Background(), platform, "9")
	w.ok(err)
	w.text("3", "/canbo")
	w.pressData("3", current(t, w, "3")+":admit."+j.ID)
	if strings.Contains(w.all("3"), "Lò Thị Thử") {
		t.Error("another province is told who joins")
	}
	if _, err := w.store.OfficerOf(t.Context(), platform, "9"); err == nil {
		t.Fatal("another province let him in")
	}
	w.text("2", "/canbo")
	w.press("2", "Xem Lò Thị Thử")
	w.press("2", "Xác nhận")
	if who, err := w.store.OfficerOf(t.Context(), platform, "9"); err != nil || who.Name != "Lò Thị Thử" {
		t.Errorf("he is %+v, %v", who, err)
	}
}

// A deployment that demands numbers makes no invitation without one.
func TestPhoneIsDemanded(t *testing.T) {
	w := newWorld(t)
	w.options.RequirePhone = true
	w.bot = handlers.New(w.options)
	w.text("1", "/start "+w.invite(officer.RoleSupervisor, "14", "", "Quàng Thị Trên"))
	for _, text := range []string{"/canbo", "mời cán bộ", "công chức xã", "tà xùa", "Lò Thị Thử", "bỏ qua"} {
		w.text("1", text)
	}
	if got := w.last("1"); !strings.Contains(got, "cần có số điện thoại") || w.hasButton("1", "Lập mã mời") {
		t.Errorf("it goes on with %q", got)
	}
	w.text("1", "quay lại")
	w.text("1", "0912 345 678")
	w.press("1", "Lập mã mời")
	if !w.said("1", "ma1", 0) {
		t.Errorf("no code: %q", w.last("1"))
	}
}
