package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/redis/go-redis/v9"

	"lamsach/bot/bottest"
	"lamsach/core/sample"
	"lamsach/core/viet"
)

// What people and changed clients send besides answers is answered, once, through the real program; every press too.
func TestHostileUpdates(t *testing.T) {
	o := openOffice(t)
	body, _ := messyList(t, "plain", 40, 3, 0.4)
	o.send("<b>DS & *tre*_[em].xlsx", body)
	if !strings.Contains(textsOf(o.person.Messages()), "“<b>DS & *tre*_[em].xlsx”") {
		t.Errorf("the file's name is not shown as it is:\n%s", textsOf(o.person.Messages()))
	}
	says := func(words string, do func()) {
		t.Helper()
		seen := len(o.person.Messages())
		do()
		o.wait(words, func(m []bottest.Shown) bool { return strings.Contains(textsOf(m[min(seen, len(m)):]), words) })
	}
	says("Chỉ nhận tin nhắn chữ", func() { o.person.SendOther("sticker", map[string]any{"file_id": "s"}) })
	says("Ảnh chụp không đọc được", func() { o.person.SendOther("photo", []any{map[string]any{"file_id": "p"}}) })
	says("Tin nhắn sửa sau khi gửi", func() { o.person.EditText("15/4/2016") })
	says("Tin nhắn quá dài", func() { o.person.SendText(strings.Repeat("ơ", 5000)) })
	says("Đây là ảnh", func() { o.person.SendFile("ds.xlsx", xlsxMIME, []byte("\x89PNG\r\n\x1a\n12345678")) })
	says("không còn trên máy chủ trò chuyện", func() {
		o.person.SendFile("ds 2.xlsx", xlsxMIME, body)
		o.telegram.FileGone(-1)
	})
	says("Tệp quá lớn", func() { o.person.SendFile("lon.xlsx", xlsxMIME, make([]byte, 21<<20)) })

	random := make([]byte, 24)
	_, _ = rand.Read(random)
	for _, data := range []string{"aaaaaaaa:open.l1", "x", "", ":", base64.StdEncoding.EncodeToString(random), strings.Repeat("ễ", 21)} {
		o.person.Forge(data)
	}
	answered(t, o.person)
	stranger := o.telegram.Person(99)
	for _, data := range []string{"aaaaaaaa:open.l1", "x"} {
		stranger.Forge(data)
	}
	stranger.SendFile("ds.xlsx", xlsxMIME, body)
	stranger.SendText("/danhsach")
	answered(t, stranger)
	sees(t, stranger, "four refusals", func(m []bottest.Shown) bool { return strings.Count(textsOf(m), "Chưa có quyền sử dụng") == 4 })

	group := o.telegram.Group(-100123, 71)
	group.SendText("/danhsach")
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	if err := o.telegram.WaitCalls(ctx, "leaveChat", 1); err != nil || !group.Left() {
		t.Errorf("the group is not left: %v", err)
	}
	if m := group.Messages(); strings.Count(textsOf(m), "chỉ dùng được trong trò chuyện riêng") != 1 {
		t.Errorf("the group is told %s", textsOf(m))
	}

	before := len(o.person.Messages())
	o.telegram.Repeat()
	confirmed(t, o.telegram)
	o.person.SendText("/help")
	o.wait("help", func(m []bottest.Shown) bool { return len(m) > before+1 })
	if after := len(o.person.Messages()); after != before+2 {
		t.Errorf("everything came again, and %d messages more were sent", after-before-2)
	}
	if strange := o.telegram.Strange(); len(strange) > 0 {
		t.Errorf("calls that Telegram would not understand: %v", strange)
	}
}

// answered waits until no button of the person's spins any more.
func answered(t *testing.T, p *bottest.TelegramPerson) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := p.WaitAnswered(ctx); err != nil {
		t.Fatalf("buttons still spin: %v: %+v", err, p.Notices())
	}
}

func textsOf(messages []bottest.Shown) string {
	var texts []string
	for _, m := range messages {
		if m.FromBot {
			texts = append(texts, m.Text)
		}
	}
	return strings.Join(texts, "\n")
}

// After a whole conversation no name and no number of anybody stands in the log, in the store's files, in Redis or in a
// temporary file, in any of the forms in which text is written down.
func TestNothingPersonalIsLeft(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	o := openOffice(t)
	body, truth := messyList(t, "official", 120, 13, 0.4)
	o.send("DS bí mật.xlsx", body)
	officer := newOfficerBot(t, truth, true)
	o.talk(officer)
	o.export()
	o.person.SendText("xin hỏi về cháu " + truth.People[0].Right["full_name"] + " số " + truth.People[0].Right["personal_id"])
	o.wait("an answer", func(m []bottest.Shown) bool {
		return strings.Contains(lastOf(m).Text, "Chưa hiểu") || strings.Contains(lastOf(m).Text, "Không")
	})

	search := newSearch(truth, "Lò Thị Thử", "DS bí mật", botToken)
	search.look(t, "Redis", redisMemory(t, o.redis))
	folder := filepath.Dir(strings.TrimPrefix(configOf(o.env).Database, "sqlite:"))
	search.lookIn(t, folder)
	o.server.stop(os.Interrupt)
	search.lookIn(t, folder)
	search.lookIn(t, temp)
	search.look(t, "the log", []byte(o.server.log.String()))
	if !search.finds([]byte("… " + truth.People[0].Right["full_name"] + " …")) {
		t.Error("the search does not find what is there")
	}
}

// search looks for planted words in all the forms in which a program may write them down.
type search struct{ forms map[string]string } // form → what it is of

func newSearch(truth sample.Truth, more ...string) search {
	s := search{map[string]string{}}
	for _, p := range truth.People {
		for _, field := range []string{"full_name", "personal_id", "mother_name", "father_name"} {
			if v := p.Right[field]; len(v) > 6 {
				s.add(v, fmt.Sprintf("%s of row %d", field, p.Row))
			}
		}
	}
	for _, v := range more {
		s.add(v, v)
	}
	return s
}

func (s search) add(text, of string) {
	ascii := strconv.QuoteToASCII(text)
	wide := utf16.Encode([]rune(text))
	var low bytes.Buffer
	for _, u := range wide {
		low.WriteByte(byte(u))
		low.WriteByte(byte(u >> 8))
	}
	for _, form := range []string{
		text, viet.Fold(text), strings.ToUpper(text), ascii[1 : len(ascii)-1], low.String(), hex.EncodeToString([]byte(text)),
	} {
		s.forms[form] = of
	}
	for shift := range 3 { // base64 of the text wherever it begins in a triple
		padded := base64.StdEncoding.EncodeToString(append(make([]byte, shift), text...))
		if whole := len(padded) - 4; whole > 12 {
			s.forms[padded[4:whole]] = of
		}
	}
}

func (s search) finds(body []byte) bool {
	for form := range s.forms {
		if bytes.Contains(body, []byte(form)) {
			return true
		}
	}
	return false
}

func (s search) look(t *testing.T, where string, body []byte) {
	t.Helper()
	if len(body) == 0 {
		t.Errorf("there is nothing in %s to look through", where)
	}
	for form, of := range s.forms {
		if bytes.Contains(body, []byte(form)) {
			t.Errorf("%s holds the %s", where, of)
			return
		}
	}
}

// lookIn looks through every file of a folder, and at their names.
func (s search) lookIn(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s.look(t, filepath.Base(path), append(body, path...))
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// redisMemory is all that Redis holds: keys, and values as they lie there.
func redisMemory(t *testing.T, address string) []byte {
	t.Helper()
	client := redis.NewClient(&redis.Options{Addr: address})
	defer client.Close()
	keys, err := client.Keys(t.Context(), "*").Result()
	if err != nil || len(keys) == 0 {
		t.Fatalf("Redis holds %d keys, %v", len(keys), err)
	}
	var all []byte
	for _, key := range keys {
		dump, err := client.Dump(t.Context(), key).Result()
		if err != nil {
			t.Fatal(err)
		}
		value, err := client.Get(t.Context(), key).Bytes() // a dump may be packed
		if err != nil {
			t.Fatal(err)
		}
		all = append(append(append(all, key...), dump...), value...)
	}
	return all
}
