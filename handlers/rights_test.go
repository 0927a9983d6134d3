package handlers_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/handlers"
)

// Buttons that were made up, changed, or are of another unit do nothing, and what they answer tells nothing.
func TestForgedButtons(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	w.officer("72", "03856")
	w.send("72", "cua xa khac.xlsx", table(t, strings.ReplaceAll(listText, "Lò Văn Thử", "Hà Văn Kín")))
	w.send("71", "ds.xlsx", table(t, listText))
	token, _, _ := strings.Cut(w.button("71", "Sửa ngay"), ":")
	mine, theirs := w.revision("03868"), w.revision("03856")
	random := make([]byte, 64)
	_, _ = rand.Read(random)
	for _, data := range []string{
		token + ":open.lid1", token + ":again.id1", token + ":open.", token + ":r.all0", token + ":r.", token + ":", ":", "",
		token + ":lang.xx", token + ":lists.-5", token + ":lists.999999999999999999999", token + ":unknown.x",
		"aaaaaaaa:open.lid1", "aaaaaaaa:r.go", "open.lid1", string(random), strings.Repeat(":", 64), token + ":open.lid1'; DROP TABLE lists",
	} {
		since := w.mark("71")
		w.pressData("71", strings.ReplaceAll(data, token, current(t, w, "71")))
		if len(w.room("71").events) == since {
			t.Errorf("button %q gets no answer", data)
		}
	}
	if strings.Contains(w.all("71"), "Kín") || strings.Contains(w.all("71"), "cua xa khac") {
		t.Error("something of the other unit is shown")
	}
	if a, b := w.revision("03868"), w.revision("03856"); a != mine || b != theirs {
		t.Errorf("corrections were made: %d, %d after %d, %d", a, b, mine, theirs)
	}
	// A list that is not there and one of another unit: the same answer.
	if x, y := answerTo(w, t, "open.lid1"), answerTo(w, t, "open.lid999"); x != y {
		t.Errorf("another unit's list can be told from none:\n%s\n%s", x, y)
	}
	if x, y := answerTo(w, t, "again.id1"), answerTo(w, t, "again.id999"); x != y {
		t.Errorf("another unit's upload can be told from none:\n%s\n%s", x, y)
	}
}

// current is the token of the screen that a chat shows.
func current(t *testing.T, w *world, id string) string {
	t.Helper()
	mark, err := w.store.ChatScreen(t.Context(), chatOf(id))
	w.ok(err)
	token, _, _ := strings.Cut(mark, "@")
	return token
}

// answerTo is all that a pressed button brings about.
func answerTo(w *world, t *testing.T, do string) string {
	w.text("71", "/danhsach")
	since := w.mark("71")
	w.pressData("71", current(t, w, "71")+":"+do)
	var said []string
	for _, e := range w.room("71").events[since:] {
		said = append(said, e.kind+e.text)
		if e.at != nil {
			said = append(said, e.at.text)
		}
	}
	return strings.Join(said, "\n")
}

// A stranger learns nothing, whatever he presses, sends or types; nothing of his is kept.
func TestStrangerLearnsNothing(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	w.send("71", "ds.xlsx", table(t, listText))
	data := w.button("71", "Sửa ngay")
	w.text("72", "xin chào")
	neutral := w.last("72")
	w.pressData("72", data)
	w.pressData("72", current(t, w, "71")+":open.lid1")
	w.send("72", "ds.xlsx", table(t, listText))
	for _, text := range []string{"/danhsach", "/sua", "/xuat", "/huy", "/ngonngu", "/help", "1", "hoàn tác", "/start", "/start a b"} {
		w.text("72", text)
	}
	w.update("72", bot.Update{Kind: bot.Edited, Text: "/xuat"})
	w.update("72", bot.Update{Kind: bot.Message, Other: "contact"})
	for _, m := range w.room("72").messages {
		if m.text != neutral || len(m.buttons) > 0 || m.file != nil {
			t.Errorf("the stranger is told %q", m.text)
		}
	}
	if w.ids != 1 {
		t.Errorf("%d ids were given out for uploads: the stranger's file is kept", w.ids)
	}
}

// The button of last month shows the present screen; two taps at once count once; the same update twice is one.
func TestOldDoubleAndRepeatedPresses(t *testing.T) {
	w := newWorld(t)
	chat := w.officer("71", "03868")
	w.send("71", "ds.xlsx", table(t, listText))
	old := w.button("71", "Sửa ngay")
	w.text("71", "/sua")
	w.text("71", "15/4/2015")
	w.now = w.now.AddDate(0, 1, 0)
	since := w.mark("71")
	w.pressData("71", old)
	if !w.said("71", "Màn hình này đã cũ", since) || !w.said("71", "Hà Văn Sơn", since) {
		t.Errorf("the old button is answered with %q", w.last("71"))
	}
	male := w.button("71", "Nam")
	tap := bot.Update{Kind: bot.Press, Chat: chat, Sender: "71", Data: male}
	first, second := tap, tap
	first.ID, first.Query, second.ID, second.Query = "t1", "q-t1", "t2", "q-t2"
	since = w.mark("71")
	w.deliver(first, second, first)
	w.deliver(first)
	if rev := w.revision("03868"); rev != 2 {
		t.Errorf("two taps and a repeat made %d corrections", rev-1)
	}
	if !w.said("71", "Màn hình này đã cũ", since) {
		t.Error("the second tap is not told")
	}
}

// failing lets a store's methods fail now and then.
type failing struct {
	handlers.Turns
	handlers.Corrections
	errs []error // of the next endings
}

func (f *failing) next() error {
	if len(f.errs) == 0 {
		return nil
	}
	err := f.errs[0]
	f.errs = f.errs[1:]
	return err
}

func (f *failing) EndTurn(ctx context.Context, end bot.Ending) error {
	if err := f.next(); err != nil {
		return err
	}
	return f.Turns.EndTurn(ctx, end)
}

func (f *failing) RecordCorrection(ctx context.Context, end bot.Ending, c ledger.Correction) error {
	if err := f.next(); err != nil {
		return err
	}
	return f.Corrections.RecordCorrection(ctx, end, c)
}

// forgetful loses what it is given, as a process does that dies between the facts and the session.
type forgetful struct {
	handlers.Sessions
	lose bool
}

func (f *forgetful) Save(ctx context.Context, chat bot.Chat, value []byte) error {
	if f.lose {
		return errors.New("lost")
	}
	return f.Sessions.Save(ctx, chat, value)
}

// Between the steps of a turn the program may fail or die; a correction is made once, and no answer is taken for another
// question.
func TestTroubleBetweenTheSteps(t *testing.T) {
	begin := func(t *testing.T, change func(*world, *handlers.Options)) *world {
		w := newWorld(t)
		w.officer("71", "03868")
		w.send("71", "ds.xlsx", table(t, listText))
		w.text("71", "/sua")
		change(w, &w.options)
		w.bot = handlers.New(w.options)
		return w
	}
	t.Run("the store is busy", func(t *testing.T) {
		w := begin(t, func(_ *world, o *handlers.Options) {
			f := &failing{Turns: o.Turns, Corrections: o.Corrections, errs: []error{fault.New(fault.Unavailable, "storage.busy")}}
			o.Turns, o.Corrections = f, f
		})
		w.text("71", "15/4/2015")
		if got := w.last("71"); !strings.Contains(got, "chưa lưu được") || w.revision("03868") != 0 {
			t.Errorf("told: %q, revision %d", got, w.revision("03868"))
		}
		w.text("71", "15/4/2015")
		if rev := w.revision("03868"); rev != 1 {
			t.Errorf("revision %d", rev)
		}
	})
	t.Run("a turn fails twice", func(t *testing.T) {
		w := begin(t, func(_ *world, o *handlers.Options) {
			f := &failing{Turns: o.Turns, Corrections: o.Corrections, errs: []error{errors.New("cut"), errors.New("cut")}}
			o.Turns, o.Corrections = f, f
		})
		w.text("71", "15/4/2015")
		if rev := w.revision("03868"); rev != 1 || !strings.Contains(w.last("71"), "Hà Văn Sơn") {
			t.Errorf("revision %d, the chat ends with %q", rev, w.last("71"))
		}
	})
	t.Run("a turn fails for good", func(t *testing.T) {
		w := begin(t, func(_ *world, o *handlers.Options) {
			f := &failing{Turns: o.Turns, Corrections: o.Corrections, errs: []error{errors.New("a"), errors.New("b"), errors.New("c")}}
			o.Turns, o.Corrections = f, f
		})
		w.text("71", "15/4/2015")
		if got := w.last("71"); !strings.Contains(got, "Có lỗi khi xử lý tin nhắn này") || w.revision("03868") != 0 {
			t.Errorf("told: %q", got)
		}
		w.text("71", "15/4/2015")
		if rev := w.revision("03868"); rev != 1 {
			t.Errorf("the next answer: revision %d", rev)
		}
	})
	t.Run("the session is behind the facts", func(t *testing.T) {
		lost := &forgetful{lose: true}
		w := begin(t, func(_ *world, o *handlers.Options) { lost.Sessions = o.Sessions; o.Sessions = lost })
		w.text("71", "15/4/2015")
		lost.lose = false
		w.text("71", "nữ") // meant for the new question; the session knows the old one only
		if rev := w.revision("03868"); rev != 1 || !strings.Contains(w.last("71"), "Giới tính theo giấy khai sinh?") {
			t.Errorf("revision %d, the chat ends with %q", rev, w.last("71"))
		}
		w.text("71", "nam")
		if rev := w.revision("03868"); rev != 2 {
			t.Errorf("revision %d", rev)
		}
	})
}

// A job that ends after its officer was let go says nothing and keeps nothing.
func TestJobsOfRevokedOfficers(t *testing.T) {
	w := newWorld(t)
	chat := w.officer("71", "03868")
	w.officer("73", "03868")
	w.send("73", "ds.xlsx", table(t, listText))
	w.perform = false
	w.send("71", "ds 2.xlsx", table(t, strings.ReplaceAll(listText, "Bản Bẹ", "Bản Xa")))
	w.text("71", "/xuat")
	who, err := w.store.OfficerOf(t.Context(), platform, "71")
	w.ok(err)
	w.ok(w.store.RevokeOfficer(t.Context(), bot.Ending{Op: "revoke", Chat: chat}, who.ID, ""))
	since := w.mark("71")
	w.perform = true
	w.settle()
	w.deliver(bot.Update{ID: "done:x", Kind: bot.Done, Chat: chat, Sender: "71", Data: "list.lid1"})
	if events := w.room("71").events[since:]; len(events) != 0 {
		t.Errorf("he is told %+v", events)
	}
	w.revision("03868") // there is the other officer's list, and no second one
}

// A job that runs again after it was cut short makes one list and one workbook.
func TestJobsRunTwice(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	w.perform = false
	w.send("71", "ds.xlsx", table(t, listText))
	for range 3 {
		w.ok(w.bot.Work(t.Context(), w.jobs[0]))
	}
	w.jobs = nil
	w.settle()
	w.revision("03868")
	if n := strings.Count(w.all("71"), "Danh sách trẻ em – "); n != 1 {
		t.Errorf("%d summaries", n)
	}
	w.text("71", "/xuat")
	for range 3 {
		w.ok(w.bot.Work(t.Context(), w.jobs[0]))
	}
	w.jobs = nil
	w.settle()
	if n := strings.Count(w.all("71"), "Tệp đã sửa: 3 người"); n != 1 {
		t.Errorf("%d workbooks", n)
	}
}

// The summary of a list arrives while its officer answers about another one: nothing of the old question is taken.
func TestReportInTheMiddleOfAQuestion(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	w.send("71", "mot.xlsx", table(t, listText))
	w.perform = false
	w.text("71", "/sua")
	w.send("71", "hai.xlsx", table(t, strings.ReplaceAll(listText, "Bản Bẹ", "Bản Xa")))
	male := w.button("71", "Chọn ngày")
	w.perform = true
	w.settle()
	since := w.mark("71")
	w.pressData("71", male)
	w.text("71", "15/4/2015")
	if !w.said("71", "Màn hình này đã cũ", since) {
		t.Error("the button of the old question is not refused")
	}
	lists, err := w.store.Lists(t.Context(), "03868")
	w.ok(err)
	for _, l := range lists {
		if l.Revision != 0 {
			t.Errorf("list %s was corrected", l.ID)
		}
	}
}

// Twenty lists are reached page by page, by button and by number.
func TestManyLists(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	for i := range 14 {
		w.send("71", "ds.xlsx", table(t, fmt.Sprintf(`STT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Bản | Họ tên mẹ
1 | Hà Văn %[1]s | %02[2]d/02/2018 | Nam | Thái | Bản %[1]s | Hà Thị Ánh
2 | Lò Văn %[1]s | %02[2]d/03/2017 | Nam | Thái | Bản %[1]s | Lò Thị Lan`, []string{
			"An", "Bình", "Chung", "Dũng", "Giang", "Hải", "Khánh", "Long", "Minh", "Nam", "Oanh", "Phúc", "Quân", "Sơn"}[i], i+1)))
	}
	w.text("71", "/danhsach")
	w.press("71", "Danh sách cũ hơn")
	w.text("71", "danh sách cũ hơn")
	if got := w.last("71"); !strings.Contains(got, "14 danh sách") || strings.Contains(got, "3. ") {
		t.Errorf("the last page is %q", got)
	}
	w.text("71", "2")
	w.text("71", "/sua")
	if got := w.last("71"); !strings.Contains(got, "Bản An") {
		t.Errorf("the oldest list is not opened: %q", got)
	}
}
