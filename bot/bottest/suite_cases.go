package bottest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"slices"
	"strings"
	"time"

	"lamsach/bot"
)

// suite is all that is asked of a platform.
var suite = []suiteCase{
	{name: "text in, reply out", run: textIn},
	{name: "texts are shown literally", run: literal},
	{name: "messages stay in order", run: inOrder},
	{name: "repeated updates have one effect", repeat: true, run: repeated},
	{name: "file in, byte for byte", files: true, run: fileIn},
	{name: "file out, byte for byte", files: true, run: fileOut},
	{name: "a picture out is shown in the chat", files: true, run: pictureOut},
	{name: "a caption too long for the file", files: true, run: longCaption},
	{name: "long texts are split on line ends", run: longText},
	{name: "a press arrives and is answered", run: pressAnswered},
	{name: "an alert answers the press", run: pressAlert},
	{name: "an edit changes the message in place", edits: true, run: editInPlace},
	{name: "an edit that changes nothing succeeds", edits: true, run: editNothing},
	{name: "an edit without a message is said anew", edits: true, run: editNobody},
	{name: "an edit of a lost message is said anew", edits: true, faults: true, run: editLost},
	{name: "a new screen takes the buttons off the old", edits: true, run: stripOld},
	{name: "a removed message is gone", edits: true, run: removed},
	{name: "busy is waited for", faults: true, run: waitsWhenBusy},
	{name: "an outage is outlasted", faults: true, run: outlastsOutage},
	{name: "a lost answer repeats at most once", faults: true, run: lostAnswer},
	{name: "out of reach is given up visibly", faults: true, run: outOfReach},
}

func textIn(s *stage) {
	s.h.Person.SendText("Đã sửa xong /nop")
	s.shows("the echo", func(m []Shown) bool { return len(m) == 1 && m[0].Text == "echo Đã sửa xong /nop" })
	s.settle()
	u := s.updates()[0]
	if u.Chat != s.h.Person.Chat() || u.Sender == "" || u.ID == "" || u.Kind != bot.Message || u.SentAt.IsZero() {
		s.t.Errorf("the update is incomplete: kind %q chat %v sender %q id %q sent %v", u.Kind, u.Chat, u.Sender, u.ID, u.SentAt)
	}
}

func literal(s *stage) {
	const nasty = "<b>A</b> A & B *a_b[c](http://x) `x` </code> \u202etxt 👩‍👧 Ⅷ"
	s.tell(bot.Reply{Text: bot.Text{{{Text: "👧 ", Style: bot.Strong}, {Text: nasty, Style: bot.Mono}}, {{Text: "x", Style: bot.Faint}}}})
	s.settle()
	if got := s.texts(); len(got) != 1 || got[0] != "👧 "+nasty+"\nx" {
		s.t.Errorf("shown as %q", got)
	}
}

func inOrder(s *stage) {
	var want []string
	for i := range 30 {
		s.h.Person.SendText(fmt.Sprint(i))
		want = append(want, fmt.Sprint("echo ", i))
	}
	s.shows("all echoes", func(m []Shown) bool { return len(m) >= 30 })
	if got := s.texts(); !slices.Equal(got, want) {
		s.t.Errorf("order %q", got)
	}
}

func repeated(s *stage) {
	s.h.Person.SendText("one")
	s.h.Person.SendText("two")
	s.shows("both echoes", func(m []Shown) bool { return len(m) >= 2 })
	s.h.Repeat()
	s.h.Person.SendText("three")
	s.shows("the third echo", func(m []Shown) bool { return len(m) >= 3 && m[len(m)-1].Text == "echo three" })
	s.settle()
	if got := s.texts(); !slices.Equal(got, []string{"echo one", "echo two", "echo three"}) {
		s.t.Errorf("shown %q", got)
	}
}

func fileIn(s *stage) {
	body := blob(300_000)
	const name = "DS trẻ em Tà Xùa.xlsx"
	s.h.Person.SendFile(name, "application/octet-stream", body)
	s.shows("the echo", func(m []Shown) bool { return len(m) == 1 })
	f := s.updates()[0].File
	if f == nil || f.Name != name || f.Size != int64(len(body)) {
		s.t.Fatalf("the file came as %+v", f)
	}
	r, err := s.h.Platform.Open(s.ctx, f.ID)
	if err != nil {
		s.t.Fatalf("open: %v", err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, body) {
		s.t.Errorf("%d bytes of %d, error %v", len(got), len(body), err)
	}
	if err := r.Close(); err != nil {
		s.t.Errorf("close: %v", err)
	}
	if _, err := s.h.Platform.Open(s.ctx, "no-such-file"); err == nil {
		s.t.Error("a file that nobody sent was opened")
	}
}

// attach keeps bytes in the store and gives the attachment for them.
func (s *stage) attach(name string, body []byte) *bot.Attachment {
	s.t.Helper()
	const mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	id, size, err := s.store.SaveFile(s.ctx, name, mime, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	return &bot.Attachment{File: id, Name: name, MIME: mime, Size: size}
}

func fileOut(s *stage) {
	body := blob(200_000)
	r := s.words("Tệp đánh dấu lỗi")
	r.File = s.attach("Danh sách đã đánh dấu.xlsx", body)
	r.Choices = [][]bot.Choice{{{Label: "Tiếp", Data: "next"}}}
	s.tell(r)
	s.settle()
	m := fromBot(s.h.Person.Messages())
	if len(m) != 1 || m[0].File == nil || !bytes.Equal(m[0].File.Body, body) || m[0].File.Name != r.File.Name {
		s.t.Fatalf("the file did not arrive whole: %q", s.texts())
	}
	if m[0].Text != "Tệp đánh dấu lỗi" || !slices.Equal(m[0].Labels(), []string{"Tiếp"}) {
		s.t.Errorf("with caption %q and buttons %q", m[0].Text, m[0].Labels())
	}
}

func pictureOut(s *stage) {
	var body bytes.Buffer
	if err := png.Encode(&body, image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.White, color.Black})); err != nil {
		s.t.Fatal(err)
	}
	r := s.words("Tiến độ")
	id, size, err := s.store.SaveFile(s.ctx, "Tiến độ.png", "image/png", bytes.NewReader(body.Bytes()))
	if err != nil {
		s.t.Fatal(err)
	}
	r.File = &bot.Attachment{File: id, Name: "Tiến độ.png", MIME: "image/png", Size: size, Picture: true}
	r.Choices = [][]bot.Choice{{{Label: "Tiếp", Data: "next"}}}
	s.tell(r)
	s.settle()
	m := fromBot(s.h.Person.Messages())
	if len(m) != 1 || m[0].File == nil || !m[0].File.Photo || !bytes.Equal(m[0].File.Body, body.Bytes()) {
		s.t.Fatalf("the picture is not shown whole: %q", s.texts())
	}
	if m[0].Text != "Tiến độ" || !slices.Equal(m[0].Labels(), []string{"Tiếp"}) {
		s.t.Errorf("with caption %q and buttons %q", m[0].Text, m[0].Labels())
	}
}

func longCaption(s *stage) {
	long := strings.TrimSpace(strings.Repeat("Dòng 12: thiếu ngày sinh\n", 80))
	r := s.words(long)
	r.File = s.attach("a.xlsx", []byte("PK"))
	s.tell(r)
	s.settle()
	files := 0
	for _, m := range fromBot(s.h.Person.Messages()) {
		if m.File != nil {
			files++
		}
	}
	if all := strings.TrimSpace(strings.Join(s.texts(), "\n")); files != 1 || all != long {
		s.t.Errorf("%d files, %d of %d letters", files, len(all), len(long))
	}
}

func longText(s *stage) {
	var lines []string
	for i := range 700 {
		lines = append(lines, fmt.Sprintf("%d. Mùa Thị Dợ 👧 thiếu số định danh", i))
	}
	long := strings.Join(lines, "\n")
	r := s.words(long)
	r.Choices = [][]bot.Choice{{{Label: "Tiếp", Data: "next"}}}
	s.tell(r)
	s.settle()
	m := fromBot(s.h.Person.Messages())
	if got := strings.Join(s.texts(), "\n"); got != long {
		s.t.Errorf("%d letters of %d arrived", len(got), len(long))
	}
	limit := s.h.Platform.Limits().Text
	for i, part := range m {
		if limit > 0 && units16(part.Text) > limit {
			s.t.Errorf("part %d has %d units", i, units16(part.Text))
		}
		if last := i == len(m)-1; last != (len(part.Buttons) > 0) {
			s.t.Errorf("part %d of %d: buttons %q", i, len(m), part.Labels())
		}
	}
}

// screen is a reply with buttons in the slot "screen".
func (s *stage) screen(mode bot.Mode, text string, labels ...string) bot.Reply {
	r := s.words(text)
	r.Mode, r.Slot = mode, "screen"
	for _, l := range labels {
		r.Choices = append(r.Choices, []bot.Choice{{Label: l, Data: "d:" + l}})
	}
	return r
}

func (s *stage) press(label string) {
	s.t.Helper()
	if err := s.h.Person.Press(label); err != nil {
		s.t.Fatal(err)
	}
}

// buttons says whether the case can go on: a platform without buttons has no presses.
func (s *stage) buttons() bool { return s.h.Platform.Limits().Buttons > 0 }

func pressAnswered(s *stage) {
	if !s.buttons() {
		return
	}
	s.do = func(u bot.Update) []bot.Reply { return []bot.Reply{{Mode: bot.Answer, Query: u.Query}} }
	s.tell(s.screen(bot.Send, "Sửa cả 37?", "Sửa", "Bỏ qua"))
	s.settle()
	s.press("Bỏ qua")
	s.press("Bỏ qua")
	if err := s.h.Person.WaitAnswered(s.ctx); err != nil {
		s.t.Fatal("the button spins for ever")
	}
	s.settle()
	for _, u := range s.updates() {
		if u.Kind != bot.Press || u.Data != "d:Bỏ qua" || u.Chat != s.h.Person.Chat() || u.Sender == "" {
			s.t.Errorf("the press came as %q with %q in %v", u.Kind, u.Data, u.Chat)
		}
	}
}

func pressAlert(s *stage) {
	if !s.buttons() {
		return
	}
	s.do = func(u bot.Update) []bot.Reply {
		alert := s.words(strings.Repeat("Số định danh 014316001234. ", 20))
		alert.Mode, alert.Query = bot.Alert, u.Query
		return []bot.Reply{alert, {Mode: bot.Answer, Query: u.Query}}
	}
	s.tell(s.screen(bot.Send, "Xem?", "Xem"))
	s.settle()
	s.press("Xem")
	if err := s.h.Person.WaitAnswered(s.ctx); err != nil {
		s.t.Fatal("the button spins for ever")
	}
	s.settle()
	if got := s.texts(); len(got) != 1 {
		s.t.Errorf("an alert stays in the chat: %q", got)
	}
	s.allSent()
}

// allSent fails when a reply was given up.
func (s *stage) allSent() {
	s.t.Helper()
	for _, k := range s.store.Kept() {
		if k.State == GivenUp {
			s.t.Errorf("reply %s was given up: %s", k.ID, k.Fault)
		}
	}
}

func editInPlace(s *stage) {
	s.tell(s.screen(bot.Send, "một", "A"), s.words("giữa"))
	s.settle()
	s.tell(s.screen(bot.Edit, "hai", "B"))
	s.settle()
	m := fromBot(s.h.Person.Messages())
	if len(m) != 2 || m[0].Text != "hai" || s.buttons() && !slices.Equal(m[0].Labels(), []string{"B"}) {
		s.t.Errorf("the chat shows %q", s.texts())
	}
}

func editNothing(s *stage) {
	s.tell(s.screen(bot.Send, "một", "A"))
	s.settle()
	s.tell(s.screen(bot.Edit, "một", "A"))
	s.settle()
	if got := s.texts(); !slices.Equal(got, []string{"một"}) {
		s.t.Errorf("the chat shows %q", got)
	}
	s.allSent()
}

func editNobody(s *stage) {
	s.tell(s.screen(bot.Edit, "một", "A"))
	s.settle()
	s.tell(s.screen(bot.Edit, "hai", "A"))
	s.settle()
	if got := s.texts(); !slices.Equal(got, []string{"hai"}) {
		s.t.Errorf("the chat shows %q", got)
	}
}

func editLost(s *stage) {
	s.tell(s.screen(bot.Send, "một", "A"))
	s.settle()
	s.h.Faults.Forget()
	s.tell(s.screen(bot.Edit, "hai", "A"))
	s.settle()
	s.tell(s.screen(bot.Edit, "ba", "A"))
	s.settle()
	if got := s.texts(); !slices.Equal(got, []string{"ba"}) {
		s.t.Errorf("the chat shows %q", got)
	}
}

func stripOld(s *stage) {
	s.tell(s.screen(bot.Send, "một", "A"))
	s.settle()
	s.tell(s.screen(bot.Send, "hai", "B"))
	s.settle()
	m := fromBot(s.h.Person.Messages())
	if len(m) != 2 || len(m[0].Buttons) != 0 || s.buttons() && len(m[1].Buttons) == 0 {
		s.t.Errorf("%d messages; the old screen's buttons have to go, the new one's to stay", len(m))
	}
}

func removed(s *stage) {
	s.tell(s.screen(bot.Send, "một", "A"))
	s.settle()
	s.tell(s.screen(bot.Remove, ""))
	s.settle()
	s.tell(s.screen(bot.Remove, ""), s.screen(bot.Edit, "hai"))
	s.settle()
	if got := s.texts(); !slices.Equal(got, []string{"hai"}) {
		s.t.Errorf("the chat shows %q", got)
	}
	s.allSent()
}

func waitsWhenBusy(s *stage) {
	begin := time.Now()
	s.h.Faults.Busy(2 * time.Second)
	s.tell(s.words("một"), s.words("hai"))
	s.settle()
	if got := s.texts(); !slices.Equal(got, []string{"một", "hai"}) {
		s.t.Errorf("the chat shows %q", got)
	}
	if took := time.Since(begin); took < 2*time.Second {
		s.t.Errorf("sent again after %s", took)
	}
}

func outlastsOutage(s *stage) {
	s.h.Faults.Outage(3)
	s.tell(s.words("một"), s.words("hai"))
	s.settle()
	if got := s.texts(); !slices.Equal(got, []string{"một", "hai"}) {
		s.t.Errorf("the chat shows %q", got)
	}
}

func lostAnswer(s *stage) {
	s.h.Faults.LoseAnswer()
	s.tell(s.words("một"), s.words("hai"))
	s.settle()
	got := s.texts()
	if len(got) > 3 || !slices.Equal(slices.Compact(slices.Clone(got)), []string{"một", "hai"}) {
		s.t.Errorf("the chat shows %q", got)
	}
}

func outOfReach(s *stage) {
	s.h.Faults.Unreachable()
	s.tell(s.words("một"))
	s.settle()
	if k := s.store.Kept()[0]; k.State != GivenUp || k.Fault != bot.Unreachable {
		s.t.Errorf("the reply is %s with %q", k.State, k.Fault)
	}
}

// blob makes bytes that no text conversion leaves alone.
func blob(n int) []byte {
	body := make([]byte, n)
	x := uint32(2463534242)
	for i := range body {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		body[i] = byte(x)
	}
	return body
}
