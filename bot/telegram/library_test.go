package telegram_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	library "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"lamsach/bot/bottest"
)

// The fake server takes the library's own wire as well: bodies in chunks, and an empty multipart that never ends.
func TestFakeServerTakesTheLibraryAsItIs(t *testing.T) {
	s := bottest.NewTelegram(token, time.Now)
	web := httptest.NewServer(s)
	defer web.Close()
	b, err := library.New(token, library.WithServerURL(web.URL)) // it calls getMe
	if err != nil {
		t.Fatal(err)
	}
	person := s.Person(42)
	ctx := context.Background()
	text := strings.Repeat("Mùa Thị Dợ\n", 300)
	if _, err := b.SendMessage(ctx, &library.SendMessageParams{
		ChatID: 42, Text: text, Entities: []models.MessageEntity{{Type: "bold", Offset: 0, Length: 10}},
		ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "A", CallbackData: "a"}}}},
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SendDocument(ctx, &library.SendDocumentParams{
		ChatID: 42, Document: &models.InputFileUpload{Filename: "a.xlsx", Data: strings.NewReader("PK")},
	}); err != nil {
		t.Fatal(err)
	}
	m := person.Messages()
	if len(m) != 2 || m[0].Text != text || m[0].Labels()[0] != "A" || string(m[1].File.Body) != "PK" {
		t.Errorf("%d messages", len(m))
	}
	if strange := s.Strange(); len(strange) != 0 {
		t.Errorf("strange: %v", strange)
	}
}
