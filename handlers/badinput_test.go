package handlers_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lamsach/bot"
)

// listText is a list of three children with two questions.
const listText = `STT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Số định danh cá nhân | Bản | Họ tên mẹ
1 | Mùa Thị Dợ | 15/04/2016 | Nữ | Mông | 014316001234 | Bản Bẹ | Thào Thị Mỷ
2 | Lò Văn Thử | 2015 | Nam | Thái | 014215000123 | Bản Bẹ | Lò Thị Ánh
3 | Hà Văn Sơn | 20/05/2018 | | Thái | 014218006543 | Bản Lừm | Hà Thị Lan`

// zipOf makes an archive of parts in the order given: name, content, name, content, …
func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		f, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(f, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// swapPart gives a workbook with one part's content changed.
func swapPart(t testing.TB, workbook []byte, part string, change func([]byte) []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			body = change(body)
		}
		parts = append(parts, f.Name, string(body))
	}
	return zipOf(t, parts...)
}

// encrypted is the beginning of a compound file with a stream EncryptedPackage, as Excel writes with a password.
func encrypted() []byte {
	file := make([]byte, 512*4)
	copy(file, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	file[24], file[26], file[28], file[29], file[30], file[32] = 0x3e, 3, 0xfe, 0xff, 9, 6
	file[44] = 1 // one sector of the allocation table: sector 0
	for i := 80; i < 512; i++ {
		file[i] = 0xff
	}
	file[48] = 1 // the directory begins at sector 1
	copy(file[76:80], []byte{0, 0, 0, 0})
	table := file[512:1024]
	for i := range table {
		table[i] = 0xff
	}
	copy(table, []byte{0xfd, 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff})
	for i, name := range []string{"Root Entry", "EncryptedPackage"} {
		entry := file[1024+128*i:]
		for j, r := range name {
			entry[2*j] = byte(r)
		}
		entry[64], entry[66] = byte(2*len(name)+2), byte(5-3*i)
	}
	return file
}

// Each file that is no list gets one sentence that says what it is and what to do, the progress message comes to its end,
// and nothing is kept.
func TestFilesThatAreNoLists(t *testing.T) {
	list := table(t, listText)
	bomb := swapPart(t, list, "xl/worksheets/sheet1.xml", func(sheet []byte) []byte {
		return bytes.Replace(sheet, []byte("<sheetData>"), append([]byte("<sheetData>"), bytes.Repeat([]byte(" "), 220<<20)...), 1)
	})
	for _, c := range []struct {
		name, file string
		body       []byte
		says       string
	}{
		{"png", "ds.xlsx", []byte("\x89PNG\r\n\x1a\n0123456789"), "Đây là ảnh"},
		{"pdf", "ds.pdf", []byte("%PDF-1.7\n1 0 obj"), "PDF"},
		{"zip", "ds.zip", zipOf(t, "a.txt", "abc"), "tệp nén"},
		{"empty", "ds.xlsx", nil, "Tệp rỗng"},
		{"text", "ds.xlsx", []byte("xin chào\nđây là văn bản\n"), "Không nhận ra loại tệp này"},
		{"password", "ds.xlsx", encrypted(), "Tệp có mật khẩu"},
		{"truncated", "ds.xlsx", list[:len(list)*6/10], "bị cắt cụt"},
		{"bomb", "ds.xlsx", bomb, "giải nén ra quá lớn"},
		{"damaged", "ds.xlsx", flip(list), "bị hỏng"},
		{"no name column", "ds.xlsx", table(t, "STT | Ngày sinh | Giới tính | Dân tộc\n1 | 15/04/2016 | Nam | Mông\n2 | 15/05/2016 | Nam | Mông"), "Không thấy cột họ và tên"},
		{"no birth date column", "ds.xlsx", table(t, "STT | Họ và tên | Giới tính | Dân tộc\n1 | Lò Văn Thử | Nam | Thái\n2 | Lò Thị Thử | Nữ | Thái"), "Không thấy cột ngày sinh"},
		{"no header", "ds.xlsx", table(t, "a | b\nc | d"), "Không thấy danh sách nào trong tệp"},
		{"nobody", "ds.xlsx", table(t, "STT | Họ và tên | Ngày sinh | Giới tính\n | | | "), "hoặc dưới dòng đó không có ai"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.officer("71", "03868")
			w.send("71", c.file, c.body)
			if got := w.last("71"); !strings.Contains(got, c.says) || !strings.HasPrefix(got, "Chưa đọc được “"+c.file+"”.\n") || strings.Count(got, "\n") != 1 {
				t.Errorf("the answer is %q, want one sentence with %q", got, c.says)
			}
			if !w.said("71", "Đã nhận “"+c.file+"”, chưa đọc được.", 0) {
				t.Error("the progress message stays open")
			}
			w.nothingKept()
		})
	}
}

// flip changes one bit in the packed data of the sheet.
func flip(list []byte) []byte {
	bad := bytes.Clone(list)
	at := bytes.Index(bad, []byte("xl/worksheets/sheet1.xml")) + 80
	bad[at] ^= 0x10
	return bad
}

func (w *world) nothingKept() {
	w.t.Helper()
	lists, err := w.store.Lists(w.t.Context(), "03868")
	w.ok(err)
	if len(lists) != 0 {
		w.t.Errorf("%d lists are kept", len(lists))
	}
}

// What a platform says of a file decides whether it is tried again.
func TestFilesThatCannotBeFetched(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		says string
	}{
		{"gone", bot.ErrFileGone, "không còn trên máy chủ trò chuyện"},
		{"too large", bot.ErrFileTooLarge, "Tệp quá lớn (tối đa 20 MB)"},
		{"out of reach", errors.New("connection refused"), "Không tải được tệp về. Xin gửi lại tệp."},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.officer("71", "03868")
			w.fetch["f1"] = c.err
			w.send("71", "ds.xlsx", table(t, listText))
			if got := w.last("71"); !strings.Contains(got, c.says) {
				t.Errorf("the answer is %q", got)
			}
			if n := strings.Count(w.all("71"), "Chưa đọc được"); n != 1 {
				t.Errorf("%d refusals are shown", n)
			}
		})
	}
	t.Run("back after a moment", func(t *testing.T) {
		w := newWorld(t)
		w.officer("71", "03868")
		w.perform = false
		w.fetch["f1"] = errors.New("connection refused")
		w.send("71", "ds.xlsx", table(t, listText))
		job := w.jobs[0]
		if err := w.bot.Work(t.Context(), job); err == nil {
			t.Fatal("a job whose file is out of reach for now counts as done")
		}
		delete(w.fetch, "f1")
		w.ok(w.bot.Work(t.Context(), job))
		w.jobs = nil
		w.settle()
		if got := w.last("71"); !strings.Contains(got, "3 trẻ") {
			t.Errorf("the chat ends with %q", got)
		}
	})
}

// all is everything that a chat shows now.
func (w *world) all(id string) string {
	var texts []string
	for _, m := range w.room(id).messages {
		texts = append(texts, m.text)
	}
	return strings.Join(texts, "\n")
}

func TestFileOfThirtyMegabytes(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	w.update("71", bot.Update{Kind: bot.Message, File: &bot.File{ID: "f1", Name: "lon.xlsx", Size: 30 << 20}})
	if got := w.last("71"); !strings.Contains(got, "Tệp quá lớn (tối đa 20 MB)") {
		t.Errorf("the answer is %q", got)
	}
	if len(w.jobs) != 0 || w.said("71", "Đang đọc", 0) {
		t.Error("it is read all the same")
	}
}

// In the middle of a question, what is no answer to it gets its sentence, and the question stays open.
func TestMessagesThatAreNoAnswer(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	w.send("71", "ds.xlsx", table(t, listText))
	w.text("71", "/sua")
	for _, c := range []struct {
		name string
		u    bot.Update
		says string
	}{
		{"sticker", bot.Update{Kind: bot.Message, Other: "sticker"}, "Chỉ nhận tin nhắn chữ và tệp Excel"},
		{"photo", bot.Update{Kind: bot.Message, Other: "photo", Text: "15/4/2015"}, "Ảnh chụp không đọc được thành danh sách"},
		{"voice", bot.Update{Kind: bot.Message, Other: "voice"}, "Chỉ nhận tin nhắn chữ"},
		{"edited", bot.Update{Kind: bot.Edited, Text: "15/4/2015"}, "Tin nhắn sửa sau khi gửi không được ghi nhận"},
		{"long", bot.Update{Kind: bot.Message, Text: strings.Repeat("ễ", 5000)}, "Tin nhắn quá dài"},
		{"long ASCII", bot.Update{Kind: bot.Message, Text: strings.Repeat("a b ", 1250)}, "Tin nhắn quá dài"},
		{"nothing", bot.Update{Kind: bot.Message}, "Lò Văn Thử"},
		{"strange letters", bot.Update{Kind: bot.Message, Text: "\u202e\x00\ufffd%s{{.N}}<b>"}, "Chưa hiểu"},
		{"command", bot.Update{Kind: bot.Message, Text: "/xoa_het"}, "Không có lệnh này"},
	} {
		since := w.mark("71")
		w.update("71", c.u)
		if !w.said("71", c.says, since) {
			t.Errorf("%s: the chat ends with %q", c.name, w.last("71"))
		}
		if strings.ContainsRune(w.last("71"), '\u202e') {
			t.Errorf("%s: a mark that turns the line is shown", c.name)
		}
	}
	if rev := w.revision("03868"); rev != 0 {
		t.Errorf("%d corrections were made", rev)
	}
	w.text("71", "15/4/2015") // forwarded or typed: the sender answers for it
	if rev := w.revision("03868"); rev != 1 {
		t.Errorf("after the answer the list has revision %d", rev)
	}
}

// revision is how many corrections the unit's only list has had.
func (w *world) revision(unit string) int {
	w.t.Helper()
	lists, err := w.store.Lists(w.t.Context(), unit)
	w.ok(err)
	if len(lists) != 1 {
		w.t.Fatalf("%d lists", len(lists))
	}
	return lists[0].Revision
}

// Markup and direction marks in names are shown as letters, or not at all; wherever they come from.
func TestHostileNames(t *testing.T) {
	const name = "<b>Lò</b> & *Văn*_[Thử](http://x)"
	w := newWorld(t)
	chat := w.officer("71", "03868")
	w.send("71", "..\\../etc/\u202egnp.\u200f<b>&*_[.xlsx", table(t, strings.ReplaceAll(listText, "Lò Văn Thử", name+"\u202e\u200f")))
	w.text("71", "/sua")
	all := w.all("71")
	if !strings.Contains(all, name) || !strings.Contains(all, "“gnp.<b>&*_[.xlsx”") {
		t.Errorf("the names are not shown as they are:\n%s", all)
	}
	if strings.ContainsAny(all, "\u202e\u200f") || strings.Contains(all, "etc") {
		t.Errorf("what turns the line, or a path, is shown:\n%q", all)
	}
	w.text("71", "/xuat")
	if m := w.room("71").messages; m[len(m)-1].file == nil || !strings.HasPrefix(m[len(m)-1].file.Name, "gnp.<b>&*_[ - đã sửa") {
		t.Errorf("the workbook is not given back: %q", w.last("71"))
	}
	if who, err := w.store.OfficerOf(t.Context(), chat.Platform, "71"); err != nil || who.Name != "Cán bộ 71" {
		t.Errorf("%v, %v", who, err)
	}
}

func TestLongFileNames(t *testing.T) {
	for _, name := range []string{strings.Repeat("ễ", 255) + ".xlsx", "CON.xlsx", "", ".", "/", "\xff\xfe", "a\nb.xlsx", "%00.xlsx", strings.Repeat("\u200b", 9)} {
		w := newWorld(t)
		w.officer("71", "03868")
		w.send("71", name, table(t, listText))
		if got := w.last("71"); !strings.Contains(got, "3 trẻ") {
			t.Errorf("file %q: %q", name, got)
		}
	}
}

func TestGroupIsToldOnceAndLeft(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	group := bot.Chat{Platform: platform, ID: "-100"}
	for i, text := range []string{"/start", "/danhsach", "xin chào"} {
		w.deliver(bot.Update{ID: "g" + text, Kind: bot.Grouped, Chat: group, Sender: "71", Text: text})
		events := w.room("-100").events
		if last := events[len(events)-1]; last.kind != "leave" {
			t.Errorf("after message %d the bot is still there", i+1)
		}
	}
	if n := len(w.room("-100").messages); n != 1 || !strings.Contains(w.last("-100"), "trò chuyện riêng") {
		t.Errorf("%d messages in the group: %q", n, w.all("-100"))
	}
	// A message of an officer in a chat that is not his own gives him no rights there.
	w.deliver(bot.Update{ID: "x", Kind: bot.Message, Chat: bot.Chat{Platform: platform, ID: "99"}, Sender: "71", Text: "/danhsach"})
	if got := w.last("99"); !strings.Contains(got, "Chưa có quyền sử dụng") {
		t.Errorf("in a chat of somebody else: %q", got)
	}
}

func TestTestdataIsComplete(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"⟦", "{{", "%!", "<nil>", "map["} {
			if strings.Contains(string(body), bad) {
				t.Errorf("%s: somebody reads %q", f, bad)
			}
		}
	}
}
