package handlers_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/core/officer"
)

// dayOfReminders is the first Friday of the plan: the lists have come, and every commune is reminded of the review.
func dayOfReminders(t *testing.T) *district {
	d := newDistrict(t, 5)
	d.receive(10, 2, 10, "child", d.c.Units...)
	d.tick(moment(10, 2, 10, 0))
	d.tick(moment(10, 6, 8, 0))
	return d
}

// got gives what a chat was sent since the mark, a text each.
func (d *district) got(id string, since int) (texts []string) {
	for _, e := range d.room(id).events[since:] {
		if e.at != nil {
			texts = append(texts, e.at.text)
		}
	}
	return texts
}

// reminded tells how many reminders of the review a chat got since the mark.
func (d *district) reminded(id string, since int) int {
	n := 0
	for _, text := range d.got(id, since) {
		if strings.Contains(text, "Rà soát, bổ sung và chuyển Công an – trẻ em") && !strings.Contains(text, "Tiến độ") {
			n++
		}
	}
	return n
}

const (
	one = "o118-01"
	two = "o118-02"
)

// What one officer asks for comes to him alone, once, at its hour.
func TestSnooze(t *testing.T) {
	for _, tt := range []struct {
		button string
		at     time.Time
		note   string
	}{
		{"Nhắc lại chiều nay", moment(10, 6, 13, 30), "13:30 ngày 06/10/2023"},
		{"Mai", moment(10, 9, 8, 0), "08:00 ngày 09/10/2023"},
	} {
		t.Run(tt.button, func(t *testing.T) {
			d := dayOfReminders(t)
			d.join("second", communeOfficer, "118-01")
			mark, second := d.mark(one), d.mark("second")
			d.press(one, tt.button)
			d.press(one, tt.button) // a second press changes nothing
			if !d.said(one, tt.note, mark) {
				t.Errorf("the note says %q", d.room(one).events[mark].text)
			}
			mark = d.mark(one)
			d.tick(tt.at.Add(-30 * time.Minute))
			if d.reminded(one, mark) != 0 {
				t.Error("it came before its hour")
			}
			d.tick(tt.at)
			d.tick(tt.at.Add(30 * time.Minute))
			if n, other := d.reminded(one, mark), d.reminded("second", second); n != 1 || other != 0 {
				t.Errorf("%d reminders to who asked, %d to his colleague", n, other)
			}
		})
	}
}

// On a day on which the unit is reminded anyway, what was asked for joins it.
func TestSnoozeJoinsThePlannedOne(t *testing.T) {
	d := dayOfReminders(t)
	mark := d.mark(one)
	d.tick(moment(10, 11, 8, 0))
	d.tick(moment(10, 11, 13, 30))
	d.now = moment(10, 11, 14, 0)
	d.press(one, "Mai") // of the reminder of the 6th
	d.tick(moment(10, 12, 8, 0))
	d.tick(moment(10, 12, 8, 30))
	if n := d.reminded(one, mark); n != 1 {
		t.Errorf("%d reminders on the 12th", n)
	}
}

// A button under a notice works though it is not the chat's screen, and leaves the question that is open where it is.
func TestNoticeLeavesTheScreenAlone(t *testing.T) {
	d := newDistrict(t, 5)
	d.now = moment(10, 2, 9, 0)
	d.send(one, "DS.xlsx", table(t, `STT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Số định danh cá nhân | Thôn | Họ tên mẹ
1 | Mùa Thị Dợ | 2016 | Nữ | Mông | 014316001234 | Bản Bẹ | Thào Thị Mỷ
2 | Lò Văn Thử | 2015 | Nam | Thái | 014215000123 | Bản Bẹ | Lò Thị Ánh`))
	d.press(one, "Sửa ngay")
	question := d.last(one)
	d.tick(moment(10, 6, 8, 0))
	mark := d.mark(one)
	d.press(one, "Mai")
	if n := len(d.got(one, mark)); n != 0 {
		t.Errorf("%d messages after a press that only puts off", n)
	}
	d.text(one, "15/4/2016")
	if now := d.last(one); now == question || strings.Contains(now, "hạn 15/10") {
		t.Errorf("the answer did not reach the open question:\n%s", now)
	}
	before := d.button(one, "Bỏ qua")
	d.tick(moment(10, 9, 8, 0))
	d.press(one, "Sửa ngay") // of the reminder: the question comes below it, as a new message
	if last := d.room(one).events[d.mark(one)-1]; last.kind != "new" || !strings.Contains(last.at.text, "Lò Văn Thử") {
		t.Errorf("the question came as %s:\n%s", last.kind, last.at.text)
	}
	mark = d.mark(one)
	d.pressData(one, before) // of the screen above it
	if !d.said(one, "Màn hình này đã cũ", mark) {
		t.Error("a button of the screen before does something still")
	}
}

// Whoever presses has to hold the role now; a made-up, forwarded or old button does nothing.
func TestNoticeButtonsAreNobodyElses(t *testing.T) {
	d := dayOfReminders(t)
	data := d.button(one, "Mai")
	for name, press := range map[string]func() string{
		"another unit":  func() string { d.pressData(two, data); return two },
		"another role":  func() string { d.pressData("p118-01", data); return "p118-01" },
		"made up":       func() string { d.pressData(one, "!0123456789abcdef:tomorrow"); return one },
		"another thing": func() string { d.pressData(one, strings.TrimSuffix(data, "tomorrow")+"nudge2"); return one },
	} {
		planned := d.planned()
		mark := map[string]int{one: d.mark(one), two: d.mark(two), "p118-01": d.mark("p118-01")}
		if who := press(); !d.said(who, "Nút này không còn hiệu lực.", mark[who]) || d.planned() != planned {
			t.Errorf("%s: %d rows, %d before; %v", name, d.planned(), planned, d.got(who, mark[who]))
		}
	}
	d.now = moment(10, 14, 9, 0)
	mark := d.mark(one)
	d.pressData(one, data)
	if !d.said(one, "Nút này không còn hiệu lực.", mark) {
		t.Error("a week later the button works still")
	}
}

// planned counts the rows that are planned.
func (d *district) planned() (n int) {
	d.t.Helper()
	d.ok(d.store.Writer().QueryRow(`SELECT COUNT(*) FROM reminders`).Scan(&n))
	return n
}

// Overviews can be turned off, deadlines of one's own cannot.
func TestMutes(t *testing.T) {
	d := dayOfReminders(t)
	d.text("district", "/nhac")
	d.press("district", "Tắt: tổng hợp tiến độ")
	if !d.hasButton("district", "Bật: tổng hợp tiến độ") || d.hasButton("district", "Tắt: nhắc hạn") {
		t.Errorf("the screen offers something else:\n%s", d.last("district"))
	}
	mark, police := d.mark("district"), d.mark("police")
	d.tick(moment(10, 9, 16, 0))
	if d.said("district", "Tiến độ", mark) || !d.said("police", "Tiến độ", police) {
		t.Error("the overview came to who turned it off, or did not come to who did not")
	}
	d.text("district", "/nhac")
	d.press("district", "Bật")
	mark = d.mark("district")
	d.tick(moment(10, 12, 16, 0))
	if !d.said("district", "Tiến độ", mark) {
		t.Error("turned on again, it does not come")
	}
	data := d.button("district", "Tắt: thông báo")
	d.pressData("district", strings.Replace(data, "announce", "reminder", 1))
	d.tick(moment(11, 7, 8, 0))
	if d.tick(moment(11, 8, 8, 0)); !d.said("district", "Cập nhật vào phần mềm", mark) {
		t.Error("a deadline of his own was turned off")
	}
}

// A clock that jumps makes nothing come twice, and nothing get lost.
func TestClockJumps(t *testing.T) {
	for name, moments := range map[string][]time.Time{
		"an hour back":              {moment(10, 6, 7, 0), moment(10, 6, 8, 0), moment(10, 6, 8, 30)},
		"a day on and back":         {moment(10, 9, 8, 0), moment(10, 6, 9, 0), moment(10, 9, 8, 0)},
		"a year on and back":        {time.Date(2024, 10, 6, 8, 0, 0, 0, hanoi), moment(10, 6, 9, 0)},
		"a year back":               {time.Date(2022, 10, 6, 8, 0, 0, 0, hanoi), moment(10, 6, 9, 0)},
		"over the 29th of February": {time.Date(2024, 2, 29, 8, 0, 0, 0, hanoi), moment(10, 6, 9, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			d := dayOfReminders(t)
			if n := d.reminded(one, 0); n != 1 {
				t.Fatalf("%d reminders on the day", n)
			}
			mark := d.mark(one)
			for _, at := range moments {
				d.tick(at)
			}
			if n := d.reminded(one, mark); n != 0 {
				t.Errorf("%d reminders after the jump: %q", n, d.got(one, mark))
			}
			d.tick(moment(10, 12, 8, 0))
			if n := d.reminded(one, mark); n != 1 && !strings.HasPrefix(name, "a year on") && !strings.HasPrefix(name, "over") {
				t.Errorf("%d reminders on the next day", n)
			}
		})
	}
}

// The deployment says that a day is one of rest: campaigns are planned anew, at once.
func TestRestDays(t *testing.T) {
	d := dayOfReminders(t)
	d.text("admin", "/start "+d.invite(officer.RoleAdmin, "118", "118", "Quản trị"))
	d.now = moment(10, 6, 9, 0)
	d.text("admin", "/ngaynghi 12/10/2023 nghỉ")
	if !d.said("admin", "12/10/2023 là ngày nghỉ.", 0) {
		t.Fatalf("the admin reads %q", d.last("admin"))
	}
	mark := d.mark(one)
	d.tick(moment(10, 11, 8, 0))
	if n := d.reminded(one, mark); n != 1 {
		t.Errorf("%d reminders on the day before the holiday", n)
	}
	d.tick(moment(10, 12, 8, 0))
	if n := d.reminded(one, mark); n != 1 {
		t.Errorf("%d reminders with the holiday's", n)
	}
	d.tick(moment(10, 13, 8, 0))
	if n := d.reminded(one, mark); n != 2 || d.said(one, "(trễ)", mark) {
		t.Errorf("%d reminders with the day after's: %q", n, d.got(one, mark))
	}
	for _, typed := range []string{"/ngaynghi 31/02/2024 nghỉ", "/ngaynghi mai", "/ngaynghi 12/10/2023 chơi"} {
		at := d.mark("admin")
		if d.text("admin", typed); !d.said("admin", "Ví dụ: /ngaynghi", at) {
			t.Errorf("%s: %q", typed, d.last("admin"))
		}
	}
	at := d.mark(one)
	if d.text(one, "/ngaynghi 13/10/2023 nghỉ"); !d.said(one, "Vai trò này không làm được việc này.", at) {
		t.Errorf("an officer changes holidays: %q", d.last(one))
	}
}

// Who has blocked the bot is told of above once; let back in, he is told of what he missed, once, and that it is late.
func TestBlockedChats(t *testing.T) {
	d := newDistrict(t, 5)
	d.receive(10, 2, 10, "child", d.c.Units...)
	d.tick(moment(10, 2, 10, 0))
	d.blocked[one] = true
	mark := d.mark("district")
	for day := 6; day < 13; day++ {
		for _, hour := range []int{8, 9, 14} {
			d.tick(moment(10, day, hour, 0))
		}
	}
	told := slices.DeleteFunc(d.got("district", mark), func(s string) bool { return !strings.Contains(s, "Không gửi được tin cho 1 người") })
	if len(told) != 1 || !strings.Contains(told[0], "Cán bộ "+one) || !strings.Contains(told[0], "Thị trấn Bắc Yên") {
		t.Fatalf("told %q", told)
	}
	if d.reminded(two, 0) != 2 {
		t.Errorf("another chat got %d", d.reminded(two, 0))
	}
	d.text("district", "/thongbao")
	d.press("district", "Chưa gửi được")
	for _, words := range []string{"1 người không nhận được tin", "không nhận được tin từ 06/10/2023", "tài khoản đã chặn hoặc không còn"} {
		if !strings.Contains(d.last("district"), words) {
			t.Errorf("the list of what was not sent lacks %q:\n%s", words, d.last("district"))
		}
	}
	if d.text("district", "/canbo"); !strings.Contains(d.last("district"), "Thị trấn Bắc Yên): không nhận được tin từ 06/10/2023") {
		t.Errorf("the list of officers says\n%s", d.last("district"))
	}
	d.blocked[one] = false
	mark = d.mark(one)
	d.now = moment(10, 12, 20, 0)
	d.update(one, bot.Update{Kind: bot.Unblocked})
	if d.reminded(one, mark) != 0 {
		t.Error("it came in the evening")
	}
	d.tick(moment(10, 13, 7, 30))
	d.tick(moment(10, 13, 8, 0))
	d.tick(moment(10, 13, 8, 30))
	if got := d.got(one, mark); len(got) != 1 {
		t.Errorf("let back in: %q", got)
	}
}

// The platform is out of reach for days: nobody is written to at night, and one message comes, that of the day.
func TestOutageOverDays(t *testing.T) {
	d := newDistrict(t, 5)
	d.receive(10, 2, 10, "child", d.c.Units...)
	d.tick(moment(10, 2, 10, 0))
	mark := d.mark(one)
	d.dark = true
	for day := 6; day < 14; day++ {
		d.tick(moment(10, day, 8, 0))
	}
	d.dark = false
	d.tick(moment(10, 15, 3, 0))
	if got := d.got(one, mark); len(got) != 0 {
		t.Errorf("at night came %q", got)
	}
	d.tick(moment(10, 16, 7, 30))
	d.tick(moment(10, 16, 8, 0))
	d.tick(moment(10, 16, 8, 30))
	if got := d.got(one, mark); len(got) != 1 || !strings.Contains(got[0], "quá hạn 1 ngày") {
		t.Errorf("after the outage: %q", got)
	}
}

// A finished task is not spoken of, also when it was put off.
func TestFinishedTasksAreNotSpokenOf(t *testing.T) {
	d := dayOfReminders(t)
	d.press(one, "Nhắc lại chiều nay")
	d.review(10, 6, 10, "child", "118-01")
	mark := d.mark(one)
	d.tick(moment(10, 6, 10, 0))
	d.tick(moment(10, 6, 13, 30))
	d.tick(moment(10, 12, 8, 0))
	if got := d.got(one, mark); len(got) != 0 {
		t.Errorf("after the end: %q", got)
	}
}

// A role that nobody holds is shown with what was not sent.
func TestNobodyHoldsTheRole(t *testing.T) {
	d := dayOfReminders(t)
	o, err := d.store.OfficerOf(context.Background(), platform, one)
	d.ok(err)
	d.ok(d.store.RevokeOfficer(context.Background(), bot.Ending{Op: "revoke", Chat: chatOf(one)}, o.ID, ""))
	d.tick(moment(10, 12, 8, 0))
	d.text("district", "/thongbao")
	d.press("district", "Chưa gửi được")
	if want := "Thị trấn Bắc Yên: chưa có ai giữ vai trò này"; !strings.Contains(d.last("district"), want) {
		t.Errorf("the list lacks %q:\n%s", want, d.last("district"))
	}
	d.text("province", "/thongbao")
	d.press("province", "Chưa gửi được")
	if !strings.Contains(d.last("province"), "chưa có ai giữ vai trò này") {
		t.Errorf("the province reads %s", d.last("province"))
	}
	mark := d.mark(two)
	if d.text(two, "/thongbao"); !d.said(two, "Vai trò này không làm được việc này.", mark) {
		t.Errorf("a commune reads %s", d.last(two))
	}
}

// A supervisor reminds those who are late, in words of his own; who has finished meanwhile is not told.
func TestNudge(t *testing.T) {
	d := newDistrict(t, 16)
	d.receive(10, 2, 10, "child", d.c.Units...)
	d.tick(moment(10, 2, 10, 0))
	d.review(10, 11, 9, "child", d.c.Units[2:]...)
	for day := 3; day < 17; day++ {
		d.tick(moment(10, day, 9, 0))
	}
	d.tick(moment(10, 16, 16, 0))
	d.press("district", "Nhắc 16 đơn vị chậm") // two are late with the review, fourteen police with their part
	d.text("district", "Cố gắng xong trong tuần.")
	if !strings.Contains(d.last("district"), "Nhắc 16 đơn vị chậm (16 người)") || !strings.Contains(d.last("district"), "Cố gắng xong trong tuần.") {
		t.Fatalf("the preview says\n%s", d.last("district"))
	}
	mark, three, police := d.mark(one), d.mark("o118-03"), d.mark("p118-03")
	d.press("district", "Gửi cho 16 người")
	want := "Huyện Bắc Yên nhắc:\nCố gắng xong trong tuần.\nRà soát, bổ sung và chuyển Công an – trẻ em: quá hạn 1 ngày"
	if !d.said(one, want, mark) || d.mark("o118-03") != three || !d.said("p118-03", "Đối chiếu, xác thực", police) {
		t.Errorf("one got %q, another %q", d.got(one, mark), d.got("o118-03", three))
	}
	if !d.said("district", "Đang gửi cho 16 người", 0) {
		t.Error("the supervisor is not told that it is being sent")
	}
}

// An announcement goes to the units that were chosen, after a preview with its count.
func TestAnnounce(t *testing.T) {
	d := newDistrict(t, 5)
	d.now = moment(10, 3, 9, 0)
	d.text("district", "/thongbao")
	d.press("district", "Soạn thông báo")
	d.text("district", "Bắc Yên, Mường La")
	if !d.said("district", "Không có đơn vị “Mường La”", 0) {
		t.Errorf("an unknown unit: %s", d.last("district"))
	}
	d.text("district", "tà xùa, 118-03")
	d.text("district", "Họp 8 giờ sáng thứ Hai.")
	if last := d.last("district"); !strings.Contains(last, "Gửi cho 4 người ở 2 đơn vị.") || !strings.Contains(last, "Xã Tà Xùa, Xã Hang Chú") {
		t.Fatalf("the preview says\n%s", last)
	}
	d.text("district", "có")
	if !strings.Contains(d.last("district"), "Xin bấm nút xác nhận") {
		t.Errorf("something else than the confirmation was taken: %s", d.last("district"))
	}
	marks := map[string]int{}
	for id := range d.people {
		marks[id] = d.mark(id)
	}
	d.text("district", "1")
	for id := range d.people {
		got := d.said(id, "Thông báo của Huyện Bắc Yên:\nHọp 8 giờ sáng thứ Hai.", marks[id])
		if want := slices.Contains([]string{"o118-05", "p118-05", "o118-03", "p118-03"}, id); got != want {
			t.Errorf("%s got it: %v", id, got)
		}
	}
	mark := d.mark(one)
	if d.text(one, "/thongbao"); !d.said(one, "Vai trò này không làm được việc này.", mark) {
		t.Errorf("an officer announces: %s", d.last(one))
	}
}

// A reminder names what groups of questions one answer each would settle, as the list is now.
func TestReminderNamesTheShortestWay(t *testing.T) {
	d := newDistrict(t, 1)
	d.now = moment(10, 2, 9, 0)
	d.send(one, "DS.xlsx", table(t, `STT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Số định danh cá nhân | Thôn | Họ tên mẹ
1 | Mùa Thị Dợ | 15/04/2016 | | Mông | 014316001234 | Bản Bẹ | Thào Thị Mỷ
2 | Lò Văn Thử | 15/04/2015 | | Thái | 014215000123 | Bản Bẹ | Lò Thị Ánh
3 | Hà Văn Sơn | 2018 | Nam | Thái | 014218006543 | Bản Lừm | Hà Thị Lan`))
	d.tick(moment(10, 6, 8, 0))
	want := "Còn 3 câu hỏi, khoảng 1 câu mỗi ngày làm việc.\n1 nhóm sửa một lần được 2 câu."
	if !strings.Contains(d.last(one), want) {
		t.Errorf("the reminder says\n%s", d.last(one))
	}
	d.press(one, "Sửa ngay")
	d.press(one, "Sửa cả 2")
	d.tick(moment(10, 12, 8, 0))
	if last := d.last(one); !strings.Contains(last, "Còn 1 câu hỏi") || strings.Contains(last, "nhóm") {
		t.Errorf("after the group was settled it says\n%s", last)
	}
}
