package telegram_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/bot/bottest"
	"lamsach/bot/telegram"
)

func TestEditOfAFileOrBySeveralMessagesIsSaidAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		person := s.Person(42)
		file := withFile("tệp", "application/octet-stream", []byte("PK"))
		file.Reply.Choices = [][]bot.Choice{{{Label: "A", Data: "a"}}}
		id, err := p.Send(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		edit := func(text, message string) string {
			out := plain(text)
			out.Reply.Mode, out.Message = bot.Edit, message
			out.Reply.Choices = [][]bot.Choice{{{Label: "A", Data: "a"}}}
			id, err := p.Send(context.Background(), out)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		id = edit("một", id)
		edit(strings.Repeat("a\n", 3000), id)
		var buttons []int
		for _, m := range person.Messages() {
			buttons = append(buttons, len(m.Buttons))
		}
		if diff := cmp.Diff([]int{0, 0, 0, 1}, buttons); diff != "" {
			t.Error(diff)
		}
	})
}

func TestEditOfButtonsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		person := s.Person(42)
		id, err := p.Send(context.Background(), plain("một"))
		if err != nil {
			t.Fatal(err)
		}
		out := bot.Outgoing{ID: "r2", Message: id, Reply: bot.Reply{
			To: an, Mode: bot.Edit, Choices: [][]bot.Choice{{{Label: "A", Data: "a"}}},
		}}
		if _, err := p.Send(context.Background(), out); err != nil {
			t.Fatal(err)
		}
		if m := person.Messages()[0]; m.Text != "một" || !slices.Equal(m.Labels(), []string{"A"}) {
			t.Errorf("shown %q with %q", m.Text, m.Labels())
		}
		out.Message = ""
		if _, err := p.Send(context.Background(), out); faultOf(err) != bot.Refused {
			t.Errorf("nothing to say and nothing to change: %v", err)
		}
	})
}

func TestLateAnswerIsNoTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		person := s.Person(42)
		person.Forge("x")
		pass(time.Hour)
		for _, query := range []string{"q1", "never", ""} {
			out := bot.Outgoing{ID: "r", Reply: bot.Reply{To: an, Mode: bot.Alert, Query: query, Text: bottest.Lines("x")}}
			if _, err := p.Send(context.Background(), out); err != nil {
				t.Errorf("query %q: %v", query, err)
			}
		}
	})
}

func TestGroupsAreLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		group, person := s.Group(-100, 42), s.Person(42)
		for _, chat := range []bot.Chat{group.Chat(), person.Chat()} {
			if _, err := p.Send(context.Background(), bot.Outgoing{Reply: bot.Reply{To: chat, Mode: bot.Leave}}); err != nil {
				t.Error(err)
			}
		}
		if !group.Left() || person.Left() {
			t.Errorf("left the group: %v; the person: %v", group.Left(), person.Left())
		}
	})
}

func TestCommandsAndName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		ctx := context.Background()
		commands := []telegram.Command{{Name: "start", Description: "Bắt đầu"}, {Name: "danhsach", Description: "Danh sách"}}
		if err := p.SetCommands(ctx, "vi", commands); err != nil {
			t.Fatal(err)
		}
		if err := p.SetChatCommands(ctx, an, "", commands[:1]); err != nil {
			t.Fatal(err)
		}
		if got := s.Commands("all_private_chats", "vi"); len(got) != 2 || got[1].Description != "Danh sách" {
			t.Errorf("for all: %v", got)
		}
		if got := s.Commands("chat:42", ""); len(got) != 1 {
			t.Errorf("for one: %v", got)
		}
		if err := p.SetCommands(ctx, "", []telegram.Command{{Name: "Bàn giao", Description: "x"}}); faultOf(err) != bot.Refused {
			t.Errorf("a name that cannot be: %v", err)
		}
		if name, err := p.Username(ctx); name != "lamsach_bot" || err != nil {
			t.Errorf("%q, %v", name, err)
		}
		if at := p.LastContact(); !at.Equal(time.Now()) {
			t.Errorf("last contact %s", at)
		}
		if strange := s.Strange(); len(strange) != 0 {
			t.Errorf("strange: %v", strange)
		}
	})
}
