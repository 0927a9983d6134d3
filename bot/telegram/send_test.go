package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lamsach/bot"
	"lamsach/bot/bottest"
	"lamsach/bot/telegram"
)

var an = bot.Chat{Platform: "telegram", ID: "42"}

// plain is a reply of one text to the person 42.
func plain(text string) bot.Outgoing {
	return bot.Outgoing{ID: "r1", Reply: bot.Reply{To: an, Text: bottest.Lines(text)}}
}

func withFile(text, mime string, body []byte) bot.Outgoing {
	out := plain(text)
	out.Reply.File = &bot.Attachment{File: "f", Name: `Tà "Xùa"/../x.xlsx`, MIME: mime, Size: int64(len(body))}
	out.Body = func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	return out
}

// faultOf is the fault of an error; empty: none, or not the platform's.
func faultOf(err error) bot.SendFault {
	var e *bot.SendError
	if errors.As(err, &e) {
		return e.Fault
	}
	return ""
}

func TestFaultsOfSending(t *testing.T) {
	cases := []struct {
		name  string
		fault bottest.Fault
		want  bot.SendFault
	}{
		{"flood", bottest.Fault{Status: 429, RetryAfter: 3}, bot.Busy},
		{"blocked", bottest.Fault{Status: 403, Description: "Forbidden: bot was blocked by the user"}, bot.Unreachable},
		{"gone", bottest.Fault{Status: 403, Description: "Forbidden: user is deactivated"}, bot.Unreachable},
		{"no chat", bottest.Fault{Status: 400, Description: "Bad Request: chat not found"}, bot.Unreachable},
		{"our mistake", bottest.Fault{Status: 400, Description: "Bad Request: message is too long"}, bot.Refused},
		{"revoked", bottest.Fault{Status: 401, Description: "Unauthorized"}, bot.Revoked},
		{"500", bottest.Fault{Status: 500}, bot.Unsent},
		{"502 page", bottest.Fault{Status: 502, HTML: "<html>"}, bot.Unsent},
		{"a firewall's page", bottest.Fault{Status: 403, HTML: "<html>Blocked</html>"}, bot.Unsent},
		{"a portal's page", bottest.Fault{Status: 200, HTML: "<html>Sign in</html>"}, bot.Doubtful},
		{"dropped", bottest.Fault{Drop: true}, bot.Doubtful},
		{"half", bottest.Fault{Half: true, After: true}, bot.Doubtful},
		{"hanging", bottest.Fault{Hang: true}, bot.Doubtful},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, p := server(t, nil)
				s.Person(42)
				s.Fail("sendMessage", c.fault)
				begin := time.Now()
				_, err := p.Send(context.Background(), plain("Lò Thị Thử"))
				if got := faultOf(err); got != c.want {
					t.Errorf("%q, want %q (%v)", got, c.want, err)
				}
				if text := err.Error(); strings.Contains(text, "AAtest") || strings.Contains(text, "Thử") {
					t.Errorf("the error says too much: %s", text)
				}
				if took := time.Since(begin); took > 20*time.Second {
					t.Errorf("it took %s", took)
				}
				if _, err := p.Send(context.Background(), plain("x")); err != nil {
					t.Errorf("afterwards: %v", err)
				}
			})
		})
	}
}

func TestFloodOfTwoChatsIsEverybodys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		s.Person(42)
		s.Person(43)
		everywhere := func(chat string) bool {
			s.Fail("sendMessage", bottest.Fault{Status: 429, RetryAfter: 10})
			out := plain("x")
			out.Reply.To.ID = chat
			_, err := p.Send(context.Background(), out)
			var e *bot.SendError
			if !errors.As(err, &e) || e.RetryAfter != 10*time.Second {
				t.Fatal(err)
			}
			return e.Everywhere
		}
		if first, second := everywhere("42"), everywhere("42"); first || second {
			t.Error("one chat's flood is taken for everybody's")
		}
		if !everywhere("43") {
			t.Error("a second chat's flood at the same time is taken for its own")
		}
		pass(time.Minute)
		if everywhere("42") {
			t.Error("a flood long after the other is taken for everybody's")
		}
	})
}

// In a network that swallows everything, replies wait instead of being doubtful one after another.
func TestDoubtIsClearedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		person := s.Person(42)
		s.Fail("*", bottest.Fault{Hang: true, Times: -1})
		if _, err := p.Send(context.Background(), plain("1")); faultOf(err) != bot.Doubtful {
			t.Errorf("first: %v", err)
		}
		for range 3 {
			if _, err := p.Send(context.Background(), plain("1")); faultOf(err) != bot.Unsent {
				t.Errorf("later: %v", err)
			}
		}
		s.Heal()
		if _, err := p.Send(context.Background(), plain("1")); err != nil {
			t.Errorf("healed: %v", err)
		}
		if n := len(person.Messages()); n != 1 {
			t.Errorf("%d messages", n)
		}
		s.Down(true)
		if _, err := p.Send(context.Background(), plain("2")); faultOf(err) != bot.Unsent {
			t.Errorf("refused: %v", err)
		}
	})
}

// A text of several messages that is interrupted goes on where it stopped.
func TestLongTextGoesOnWhereItStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		person := s.Person(42)
		long := strings.TrimSpace(strings.Repeat(strings.Repeat("a", 99)+"\n", 120))
		out := plain(long)
		out.Reply.Choices = [][]bot.Choice{{{Label: "Tiếp", Data: "d"}}}
		if err := sendFailingAt(s, p, out, 2); faultOf(err) != bot.Busy {
			t.Fatal(err)
		}
		id, err := p.Send(context.Background(), out)
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, m := range person.Messages() {
			texts = append(texts, m.Text)
		}
		if got := strings.Join(texts, "\n"); got != long {
			t.Errorf("%d letters of %d in %d messages", len(got), len(long), len(texts))
		}
		out = plain("x")
		out.Reply.Mode, out.Message = bot.Edit, id
		if _, err := p.Send(context.Background(), out); err != nil {
			t.Error(err)
		}
		m := person.Messages()
		if last := m[len(m)-1]; last.Text != "x" || len(last.Buttons) != 0 {
			t.Errorf("the id is not that of the last message, which shows %q", last.Text)
		}
	})
}

// sendFailingAt lets the n-th message of a reply be told to wait.
func sendFailingAt(s *bottest.Telegram, p *telegram.Platform, out bot.Outgoing, n int) error {
	ended := make(chan error, 1)
	before := len(s.Calls("sendMessage"))
	s.Fail("sendMessage", bottest.Fault{Status: 429, RetryAfter: 1, Skip: n - 1})
	go func() {
		_, err := p.Send(context.Background(), out)
		ended <- err
	}()
	err := <-ended
	if got := len(s.Calls("sendMessage")) - before; got != n {
		return errors.New("the fault did not strike where it should")
	}
	return err
}

func TestUploadIsRepeatedWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		person := s.Person(42)
		body := bytes.Repeat([]byte{0, 1, 2, '\r', '\n', 255}, 50_000)
		s.Fail("sendDocument", bottest.Fault{Status: 429, RetryAfter: 1})
		out := withFile("Danh sách", "application/octet-stream", body)
		if _, err := p.Send(context.Background(), out); faultOf(err) != bot.Busy {
			t.Fatal(err)
		}
		if _, err := p.Send(context.Background(), out); err != nil {
			t.Fatal(err)
		}
		f := person.Messages()[0].File
		if !bytes.Equal(f.Body, body) || f.Name != "Tà _Xùa__.._x.xlsx" || f.Photo {
			t.Errorf("%d bytes as %q", len(f.Body), f.Name)
		}
	})
}

func TestPicturesShowInTheChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		person := s.Person(42)
		shown := withFile("Tiến độ", "image/png", []byte("PNG"))
		shown.Reply.File.Picture = true
		if _, err := p.Send(context.Background(), shown); err != nil {
			t.Fatal(err)
		}
		s.Fail("sendPhoto", bottest.Fault{Status: 400, Description: "Bad Request: PHOTO_INVALID_DIMENSIONS"})
		shown.Reply.Text = nil
		for _, out := range []bot.Outgoing{shown, withFile("", "image/png", []byte("PNG"))} { // the second is to be taken away
			if _, err := p.Send(context.Background(), out); err != nil {
				t.Fatal(err)
			}
		}
		m := person.Messages()
		if len(m) != 3 || !m[0].File.Photo || m[0].Text != "Tiến độ" || m[1].File.Photo || m[2].File.Photo {
			t.Errorf("%d messages", len(m))
		}
	})
}

func TestAttachmentThatCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		person := s.Person(42)
		bodies := map[string]func(context.Context) (io.ReadCloser, error){
			"none":    nil,
			"missing": func(context.Context) (io.ReadCloser, error) { return nil, bot.ErrFileGone },
			"broken": func(context.Context) (io.ReadCloser, error) {
				return io.NopCloser(io.MultiReader(strings.NewReader("PK"), bad{})), nil
			},
			"panics": func(context.Context) (io.ReadCloser, error) { return io.NopCloser(io.MultiReader(nil)), nil },
		}
		for name, body := range bodies {
			out := withFile("x", "application/octet-stream", []byte("PK"))
			out.Body = body
			if _, err := p.Send(context.Background(), out); err == nil || faultOf(err) != "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		out := withFile("x", "application/octet-stream", nil)
		out.Reply.File.Size = 51 << 20
		if _, err := p.Send(context.Background(), out); faultOf(err) != bot.Refused {
			t.Errorf("too large: %v", err)
		}
		if n := len(person.Messages()); n != 0 {
			t.Errorf("%d messages went out", n)
		}
	})
}

// bad is a reader that fails.
type bad struct{}

func (bad) Read([]byte) (int, error) { return 0, errors.New("the seal is broken") }

func TestWhatLooksBadGoesOutPlain(t *testing.T) {
	styled := plain("")
	styled.Reply.Text = bot.Text{{{Text: "một", Style: bot.Strong}}}
	styled.Reply.Choices = [][]bot.Choice{{{Label: "A", Data: "a"}}}
	edited := styled
	edited.Reply.Mode = bot.Edit
	for _, why := range []string{"can't parse entities: x", "BUTTON_DATA_INVALID"} {
		synctest.Test(t, func(t *testing.T) {
			s, p := server(t, nil)
			person := s.Person(42)
			s.Fail("sendMessage", bottest.Fault{Status: 400, Description: "Bad Request: " + why})
			id, err := p.Send(context.Background(), styled)
			if err != nil {
				t.Fatal(err)
			}
			m := person.Messages()[0]
			if m.Text != "một" || strings.Contains(why, "entit") == (len(m.Styles) > 0) {
				t.Errorf("shown %q with %d styles and buttons %q", m.Text, len(m.Styles), m.Labels())
			}
			s.Fail("editMessageText", bottest.Fault{Status: 400, Description: "Bad Request: " + why})
			edited.Message = id
			edited.Reply.Text = bot.Text{{{Text: "hai", Style: bot.Strong}}}
			if _, err := p.Send(context.Background(), edited); err != nil {
				t.Fatal(err)
			}
			if m := person.Messages()[0]; m.Text != "hai" {
				t.Errorf("shown %q", m.Text)
			}
		})
	}
}
