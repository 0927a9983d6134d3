package bottest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lamsach/bot/bottest"
)

const token = "1:x"

// answer is what the server said.
type answer struct {
	OK          bool            `json:"ok"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Result      json.RawMessage `json:"result"`
}

// ask calls a method with a form.
func ask(t *testing.T, s *bottest.Telegram, method string, fields ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost,
		"http://telegram.test/bot"+token+"/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var a answer
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestServerJudgesLikeTelegram(t *testing.T) {
	long := func(n int) string { return strings.Repeat("ễ", n) }
	keys := func(data string) string {
		return fmt.Sprintf(`{"inline_keyboard":[[{"text":"A","callback_data":%q,"copy_text":{"text":""}}]]}`, data)
	}
	many := `{"inline_keyboard":[[` + strings.TrimSuffix(strings.Repeat(`{"text":"A","callback_data":"a"},`, 101), ",") + `]]}`
	cases := []struct {
		method string
		fields []string
		want   string // part of the description; empty: yes
	}{
		{"sendMessage", []string{"chat_id", "42", "text", long(4096)}, ""},
		{"sendMessage", []string{"chat_id", "42", "text", long(4097)}, "message is too long"},
		{"sendMessage", []string{"chat_id", "42", "text", " \n"}, "message text is empty"},
		{"sendMessage", []string{"chat_id", "43", "text", "x"}, "chat not found"},
		{"sendMessage", []string{"chat_id", "42", "text", "a\xff"}, "UTF-8"},
		{"sendMessage", []string{"chat_id", "42", "text", "<b>", "parse_mode", "HTML"}, "parse_mode"},
		{"sendMessage", []string{"chat_id", "42", "text", "👧a", "entities", `[{"type":"bold","offset":0,"length":3}]`}, ""},
		{"sendMessage", []string{"chat_id", "42", "text", "👧a", "entities", `[{"type":"bold","offset":0,"length":4}]`}, "out of the text"},
		{"sendMessage", []string{"chat_id", "42", "text", "👧a", "entities", `[{"type":"bold","offset":1,"length":1}]`}, "middle"},
		{"sendMessage", []string{"chat_id", "42", "text", "a", "entities", `[{"type":"loud","offset":0,"length":1}]`}, "entity type"},
		{"sendMessage", []string{"chat_id", "42", "text", "a", "reply_markup", keys(strings.Repeat("d", 64))}, ""},
		{"sendMessage", []string{"chat_id", "42", "text", "a", "reply_markup", keys(strings.Repeat("d", 65))}, "BUTTON_DATA_INVALID"},
		{"sendMessage", []string{"chat_id", "42", "text", "a", "reply_markup", many}, "too long"},
		{"editMessageText", []string{"chat_id", "42", "message_id", "99", "text", "x"}, "message to edit not found"},
		{"editMessageText", []string{"chat_id", "42", "message_id", "11", "text", "x"}, "message can't be edited"},
		{"deleteMessage", []string{"chat_id", "42", "message_id", "99"}, "message to delete not found"},
		{"answerCallbackQuery", []string{"callback_query_id", "q9"}, "query is too old"},
		{"sendDocument", []string{"chat_id", "42"}, "no document"},
		{"getFile", []string{"file_id", "none"}, "wrong file_id"},
		{"sendChatAction", []string{"chat_id", "42", "action", "typing"}, ""},
		{"sendChatAction", []string{"chat_id", "42", "action", "sleeping"}, "wrong parameter"},
		{"setMyCommands", []string{"commands", `[{"command":"han","description":"Hạn"}]`}, ""},
		{"setMyCommands", []string{"commands", `[{"command":"Hạn","description":"x"}]`}, "BOT_COMMAND_INVALID"},
		{"leaveChat", []string{"chat_id", "42"}, "private"},
		{"flyAway", nil, "Not Found"},
	}
	synctest.Test(t, func(t *testing.T) {
		s := bottest.NewTelegram(token, time.Now)
		s.Person(42).SendText("hello") // message 11
		for _, c := range cases {
			a := ask(t, s, c.method, c.fields...)
			if a.OK != (c.want == "") || !strings.Contains(a.Description, c.want) {
				t.Errorf("%s %.60q: %v %q, want %q", c.method, c.fields, a.OK, a.Description, c.want)
			}
		}
	})
}

// ids are the ids of the updates in an answer.
func (a answer) ids(t *testing.T) []int {
	t.Helper()
	var updates []struct {
		ID int `json:"update_id"`
	}
	if err := json.Unmarshal(a.Result, &updates); err != nil {
		t.Fatal(err)
	}
	var ids []int
	for _, u := range updates {
		ids = append(ids, u.ID)
	}
	return ids
}

func TestServerGivesUpdatesUntilTheyAreConfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := bottest.NewTelegram(token, time.Now)
		p := s.Person(42)
		for range 3 {
			p.SendText("x")
		}
		p.Block()
		get := func(fields ...string) []int { return ask(t, s, "getUpdates", fields...).ids(t) }
		if got := get("limit", "2"); !slices.Equal(got, []int{100001, 100002}) {
			t.Errorf("first %v", got)
		}
		if got := get(); len(got) != 4 {
			t.Errorf("not confirmed, yet %v", got)
		}
		if got := get("offset", "100003", "allowed_updates", `["message"]`); !slices.Equal(got, []int{100003}) {
			t.Errorf("after confirming two: %v", got)
		}
		begin := time.Now()
		if got := get("offset", "100004", "timeout", "50"); len(got) != 0 || time.Since(begin) != 50*time.Second {
			t.Errorf("%v after %s", got, time.Since(begin))
		}
		s.Restart(7)
		p.SendText("x")
		if got := get("offset", "100004"); !slices.Equal(got, []int{8}) {
			t.Errorf("an id that is lower: %v", got)
		}
	})
}

func TestServerHasOnePoller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := bottest.NewTelegram(token, time.Now)
		s.Person(42)
		first := make(chan answer, 1)
		go func() { first <- ask(t, s, "getUpdates", "timeout", "50") }()
		synctest.Wait()
		ask(t, s, "getUpdates")
		if a := <-first; a.Code != 409 {
			t.Errorf("the first poller heard %d %q", a.Code, a.Description)
		}
		ask(t, s, "setWebhook", "url", "https://example.org")
		if a := ask(t, s, "getUpdates"); a.Code != 409 {
			t.Errorf("with a webhook: %d %q", a.Code, a.Description)
		}
	})
}

func TestPersonSeesEditsAndAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := bottest.NewTelegram(token, time.Now)
		p := s.Person(42)
		const keys = `{"inline_keyboard":[[{"text":"Tiếp","callback_data":"next"}]]}`
		ask(t, s, "sendMessage", "chat_id", "42", "text", "một", "reply_markup", keys)
		if err := p.Press("Lùi"); err == nil {
			t.Error("a button that is not there was pressed")
		}
		if err := p.Press("Tiếp"); err != nil {
			t.Fatal(err)
		}
		if got := p.Notices(); len(got) != 1 || got[0] != nil {
			t.Errorf("answered before the answer: %v", got)
		}
		ask(t, s, "answerCallbackQuery", "callback_query_id", "q1", "text", "xong", "show_alert", "true")
		if err := p.WaitAnswered(context.Background()); err != nil || *p.Notices()[0] != (bottest.Notice{Text: "xong", Alert: true}) {
			t.Errorf("%v %v", p.Notices(), err)
		}
		if a := ask(t, s, "answerCallbackQuery", "callback_query_id", "q1"); a.OK {
			t.Error("a press was answered twice")
		}
		edit := []string{"chat_id", "42", "message_id", "11", "text", "hai"}
		if a := ask(t, s, "editMessageText", edit...); !a.OK {
			t.Error(a.Description)
		}
		if a := ask(t, s, "editMessageText", edit...); !strings.Contains(a.Description, "not modified") {
			t.Error(a.Description)
		}
		if m := p.Messages(); len(m) != 1 || m[0].Text != "hai" || len(m[0].Buttons) != 0 || m[0].Edits != 1 {
			t.Errorf("%+v", m)
		}
	})
}

func TestTelegramLimit(t *testing.T) {
	now := time.Date(2026, 11, 28, 1, 0, 0, 0, time.UTC)
	s := bottest.NewTelegram("1:T", func() time.Time { return now })
	api := httptest.NewServer(s)
	defer api.Close()
	s.Person(7)
	s.Limit(3)
	s.Afflict(func(method string, chat int64) *bottest.Fault {
		if chat == 8 {
			return &bottest.Fault{Status: http.StatusForbidden, Description: "Forbidden: bot was blocked by the user"}
		}
		return nil
	})
	status := func(chat int) int {
		res, err := http.PostForm(api.URL+"/bot1:T/sendMessage", url.Values{"chat_id": {fmt.Sprint(chat)}, "text": {"x"}})
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		return res.StatusCode
	}
	var got []int
	for range 4 {
		got = append(got, status(7))
	}
	got = append(got, status(8))
	now = now.Add(time.Second)
	got = append(got, status(7))
	if fmt.Sprint(got) != "[200 200 200 429 403 200]" {
		t.Errorf("statuses %v", got)
	}
}
