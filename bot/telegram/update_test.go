package telegram

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func quiet(t testing.TB) *Platform {
	t.Helper()
	p, err := New(Options{
		Token: "1:x", Now: func() time.Time { return noon },
		Transport: http.NewFileTransport(http.Dir(t.TempDir())),
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestDecode(t *testing.T) {
	const head = `"date":1763800000,"chat":{"id":42,"type":"private"},"from":{"id":42,"language_code":"vi"}`
	an := bot.Chat{Platform: "telegram", ID: "42"}
	base := bot.Update{
		ID: "7", Kind: bot.Message, Chat: an, Sender: "42", Language: "vi", SentAt: time.Unix(1763800000, 0).UTC(),
	}
	with := func(change func(*bot.Update)) *bot.Update {
		u := base
		change(&u)
		return &u
	}
	cases := []struct {
		name, raw string
		want      *bot.Update
	}{
		{"text", `"message":{` + head + `,"text":"Đã sửa"}`, with(func(u *bot.Update) { u.Text = "Đã sửa" })},
		{"forwarded from the unknown", `"message":{` + head + `,"text":"x","forward_origin":{"type":"new"}}`,
			with(func(u *bot.Update) { u.Text = "x" })},
		{"document", `"message":{` + head + `,"caption":"lần 2","document":{"file_id":"F","file_name":"a.xlsx","file_size":9007199254,"mime_type":"m"}}`,
			with(func(u *bot.Update) {
				u.Text, u.File = "lần 2", &bot.File{ID: "F", Name: "a.xlsx", Size: 9007199254, MIME: "m"}
			})},
		{"photo", `"message":{` + head + `,"caption":"c","photo":[{"file_id":"P"}]}`,
			with(func(u *bot.Update) { u.Text, u.Other = "c", "photo" })},
		{"animation", `"message":{` + head + `,"animation":{},"document":{"file_id":"F"}}`,
			with(func(u *bot.Update) { u.Other = "animation" })},
		{"first message", `"message":{"date":1763800000,"chat":{"id":42,"type":"private"},"from":{"id":42,"language_code":"vi","first_name":"Lò","last_name":"Thử","username":"lo_thu"},"text":"/start abc"}`,
			with(func(u *bot.Update) { u.Text, u.Name = "/start abc", "Lò Thử (@lo_thu)" })},
		{"own contact", `"message":{` + head + `,"contact":{"phone_number":"84912345678","user_id":42}}`,
			with(func(u *bot.Update) { u.Other, u.Contact = "contact", &bot.Contact{Phone: "84912345678", Own: true} })},
		{"another's contact", `"message":{` + head + `,"contact":{"phone_number":"84912345678","user_id":43}}`,
			with(func(u *bot.Update) { u.Other, u.Contact = "contact", &bot.Contact{Phone: "84912345678"} })},
		{"contact of nobody on Telegram", `"message":{` + head + `,"contact":{"phone_number":"84912345678"}}`,
			with(func(u *bot.Update) { u.Other, u.Contact = "contact", &bot.Contact{Phone: "84912345678"} })},
		{"sticker", `"message":{` + head + `,"sticker":{}}`, with(func(u *bot.Update) { u.Other = "sticker" })},
		{"venue", `"message":{` + head + `,"location":{},"venue":{}}`, with(func(u *bot.Update) { u.Other = "location" })},
		{"new content", `"message":{` + head + `,"hologram":{}}`, with(func(u *bot.Update) { u.Other = "unknown" })},
		{"service", `"message":{` + head + `,"pinned_message":{}}`, nil},
		{"edited", `"edited_message":{` + head + `,"edit_date":1763800060,"text":"x"}`, with(func(u *bot.Update) {
			u.Kind, u.Text, u.SentAt = bot.Edited, "x", time.Unix(1763800060, 0).UTC()
		})},
		{"press", `"callback_query":{"id":"Q","from":{"id":42,"language_code":"vi"},"data":"d","message":{"date":1,"chat":{"id":42,"type":"private"}}}`,
			with(func(u *bot.Update) { u.Kind, u.Data, u.Query, u.SentAt = bot.Press, "d", "Q", noon })},
		{"press under a message out of reach", `"callback_query":{"id":"Q","from":{"id":42,"language_code":"vi"},"data":"d","message":{"date":0,"message_id":1}}`,
			with(func(u *bot.Update) { u.Kind, u.Data, u.Query, u.SentAt = bot.Press, "d", "Q", noon })},
		{"press in a group belongs to the person", `"callback_query":{"id":"Q","from":{"id":42,"language_code":"vi"},"data":"d","message":{"date":1,"chat":{"id":-5,"type":"group"}}}`,
			with(func(u *bot.Update) { u.Kind, u.Data, u.Query, u.SentAt = bot.Press, "d", "Q", noon })},
		{"press without message", `"callback_query":{"id":"Q","from":{"id":42,"language_code":"vi"},"inline_message_id":"I"}`,
			with(func(u *bot.Update) { u.Kind, u.Query, u.SentAt = bot.Press, "Q", noon })},
		{"blocked", `"my_chat_member":{` + head + `,"new_chat_member":{"status":"kicked"}}`,
			with(func(u *bot.Update) { u.Kind = bot.Blocked })},
		{"unblocked", `"my_chat_member":{` + head + `,"new_chat_member":{"status":"member"}}`,
			with(func(u *bot.Update) { u.Kind = bot.Unblocked })},
		{"52 bits", `"message":{"date":1763800000,"chat":{"id":4503599627370495,"type":"private"},"from":{"id":4503599627370495},"text":"x"}`,
			with(func(u *bot.Update) {
				u.Chat.ID, u.Sender, u.Language, u.Text = "4503599627370495", "4503599627370495", "", "x"
			})},
		{"nobody's", `"message":{"date":1,"chat":{"id":42,"type":"private"},"text":"x"}`, nil},
		{"out of a group", `"my_chat_member":{"date":1,"chat":{"id":-5,"type":"group"},"new_chat_member":{"status":"left"}}`, nil},
		{"into a channel", `"my_chat_member":{"date":1763800000,"chat":{"id":-5,"type":"channel"},"from":{"id":42,"language_code":"vi"},"new_chat_member":{"status":"administrator"}}`,
			with(func(u *bot.Update) { u.Kind, u.Chat.ID = bot.Grouped, "-5" })},
		{"anonymous in a group", `"message":{"date":1763800000,"chat":{"id":-5,"type":"supergroup"},"text":"/start Lò Thị Thử"}`,
			with(func(u *bot.Update) { u.Kind, u.Chat.ID, u.Sender, u.Language = bot.Grouped, "-5", "", "" })},
	}
	p := quiet(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, id, err := p.decode([]byte(`{"update_id":7,` + c.raw + `,"unknown":[{}]}`))
			if err != nil || id != 7 {
				t.Fatalf("id %d, error %v", id, err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"update_id":7,"message":{"date":1,"chat":{"id":42,"type":"private"},"from":{"id":42},"text":"x"}}`))
	f.Add([]byte(`{"update_id":7,"callback_query":{"id":"Q","from":{"id":1},"message":{"date":0}}}`))
	f.Add([]byte(`{"update_id":7,"my_chat_member":{"new_chat_member":{"status":5}}}`))
	f.Add([]byte(`[{"update_id":"7"}]`))
	p := quiet(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		u, id, err := p.decode(raw)
		if u != nil && (err != nil || id == 0 || u.ID == "" || u.Chat.ID == "" || u.Kind == "") {
			t.Errorf("half an update: %+v %d %v", u, id, err)
		}
		p.decodeBatch([]json.RawMessage{raw, raw})
	})
}
