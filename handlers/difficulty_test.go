package handlers_test

import (
	"context"
	"strings"
	"testing"

	"lamsach/bot"
	"lamsach/core/officer"
)

// TestDifficultyWithAPicture sends a picture along, which the unit above sees and another commune does not.
func TestDifficultyWithAPicture(t *testing.T) {
	w := newWorld(t)
	w.officer("lo", "03868")
	w.officer("ha", "03856")
	w.text("tren", "/start "+w.invite(officer.RoleSupervisor, "14", "Tỉnh Sơn La", "Quàng Thị Trên"))
	w.text("lo", "/vuongmac")
	w.press("lo", "Nêu vướng mắc")
	w.text("lo", "Giấy khai sinh bị mờ, không đọc được ngày sinh")
	w.press("lo", "Bỏ qua")
	w.text("lo", "không có ảnh")
	if !strings.Contains(w.last("lo"), "Chưa nhận được ảnh") {
		t.Fatal(w.last("lo"))
	}
	w.files["p1"] = []byte("\xff\xd8 ảnh")
	w.update("lo", bot.Update{Kind: bot.Message, Other: "photo", Photo: &bot.File{ID: "gone"}})
	if !strings.Contains(w.last("lo"), "Chưa nhận được ảnh") {
		t.Fatal(w.last("lo"))
	}
	w.update("lo", bot.Update{Kind: bot.Message, Other: "photo", Photo: &bot.File{ID: "p1"}})
	if !strings.Contains(w.last("lo"), "Kèm một ảnh") {
		t.Fatal(w.last("lo"))
	}
	w.press("lo", "Gửi")

	w.text("tren", "/vuongmac")
	w.press("tren", "VM-03868-0001")
	w.press("tren", "Xem ảnh")
	got := w.room("tren").messages[len(w.room("tren").messages)-1]
	if got.file == nil || string(got.body) != "\xff\xd8 ảnh" {
		t.Errorf("the picture came as %q", got.body)
	}

	all, err := w.store.Difficulties(context.Background(), "03868")
	w.ok(err)
	if len(all) != 1 {
		t.Fatal(all)
	}
	// A forged button of another commune's: nothing is told, not even that it is there.
	for _, do := range []string{"difficulty.", "photo.", "answer.", "pass.", "reopen.", "settled."} {
		w.text("ha", "/vuongmac")
		token, _, _ := strings.Cut(w.button("ha", "Nêu vướng mắc"), ":")
		before := len(w.room("ha").events)
		w.pressData("ha", token+":"+do+all[0].ID)
		known := w.last("ha")
		w.text("ha", "/vuongmac")
		token, _, _ = strings.Cut(w.button("ha", "Nêu vướng mắc"), ":")
		w.pressData("ha", token+":"+do+"no-such-id")
		if known != w.last("ha") || w.said("ha", "Giấy khai sinh", before) || w.said("ha", "VM-03868", before) {
			t.Errorf("%s told another commune: %q", do, known)
		}
	}
	after, err := w.store.Difficulty(context.Background(), all[0].ID)
	w.ok(err)
	if after.Version != all[0].Version {
		t.Errorf("a forged button changed it: %+v", after)
	}
}

// TestDifficultyWithNobodyAbove is kept until somebody joins, and cannot be passed on to where nobody looks.
func TestDifficultyWithNobodyAbove(t *testing.T) {
	w := newWorld(t)
	w.officer("lo", "03868")
	w.text("lo", "/vuongmac")
	w.press("lo", "Nêu vướng mắc")
	w.text("lo", "Không có mạng ở ba bản")
	w.text("lo", "bỏ qua")
	w.text("lo", "bỏ qua")
	w.text("lo", "1")
	if !strings.Contains(w.last("lo"), "chưa có cán bộ nào") {
		t.Fatal(w.last("lo"))
	}
	w.text("tren", "/start "+w.invite(officer.RoleSupervisor, "14", "Tỉnh Sơn La", "Quàng Thị Trên"))
	w.text("tren", "/vuongmac")
	w.press("tren", "VM-03868-0001")
	w.press("tren", "Chuyển lên trên")
	since := len(w.room("tren").events)
	w.text("tren", "bỏ qua")
	if !w.said("tren", "chưa chuyển tiếp được", since) {
		t.Error(w.last("tren"))
	}
	w.text("tren", "/vuongmac")
	w.press("tren", "VM-03868-0001")
	w.press("tren", "Trả lời")
	w.text("tren", "Tỉnh sẽ cấp thiết bị")
	if !strings.Contains(w.last("lo"), "Tỉnh sẽ cấp thiết bị") {
		t.Error(w.last("lo"))
	}
	if log := w.log.String(); strings.Contains(log, "thiết bị") || strings.Contains(log, "ba bản") {
		t.Error("words of a difficulty are in the log")
	}
}
