package telegram

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lamsach/bot"
)

func TestRender(t *testing.T) {
	text := bot.Text{
		{{Text: "👧 "}, {Text: "Mùa ", Style: bot.Strong}, {Text: "Thị Dợ", Style: bot.Strong}, {Text: " & <b>"}},
		{},
		{{Text: "014316001234", Style: bot.Mono}, {Text: "   ", Style: bot.Strong}, {Text: "x\xffy\x00", Style: bot.Faint}},
	}
	got := render(text)
	want := piece{
		text: "👧 Mùa Thị Dợ & <b>\n\n014316001234   x\uFFFDy\uFFFD",
		styles: []models.MessageEntity{
			{Type: "bold", Offset: 3, Length: 10}, {Type: "code", Offset: 21, Length: 12}, {Type: "italic", Offset: 36, Length: 4},
		},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(piece{})); diff != "" {
		t.Error(diff)
	}
}

func TestSplitAtTheBorder(t *testing.T) {
	for _, n := range []int{4095, 4096, 4097} {
		long := strings.Repeat("ễ", n)
		if got, want := len(split(piece{text: long}, 4096)), 1+n/4097; got != want {
			t.Errorf("%d letters: %d pieces, want %d", n, got, want)
		}
	}
	emoji := strings.Repeat("a", 4095) + "👧"
	if got := split(piece{text: emoji}, 4096); len(got) != 2 || got[1].text != "👧" {
		t.Errorf("an emoji over the border: %d pieces", len(got))
	}
	mark := strings.Repeat("a", 4095) + "e\u0302\u0303"
	if got := split(piece{text: mark}, 4096); len(got) != 2 || got[1].text != "e\u0302\u0303" {
		t.Errorf("marks over the border: %d pieces", len(got))
	}
	if got := split(piece{text: strings.Repeat("\n", 9000)}, 4096); len(got) != 0 {
		t.Errorf("%d pieces of nothing", len(got))
	}
}

// Whatever is said arrives whole, in pieces that Telegram takes, with every style on the letters it was on.
func TestSplitKeepsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := rapid.Custom(func(t *rapid.T) bot.Span {
			return bot.Span{
				Text:  rapid.StringOf(rapid.RuneFrom([]rune("aễ👧 \u0302\u200d<&\n"))).Draw(t, "text"),
				Style: rapid.SampledFrom([]bot.Style{bot.Plain, bot.Strong, bot.Mono, bot.Faint}).Draw(t, "style"),
			}
		})
		text := bot.Text(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) bot.Line {
			return rapid.SliceOfN(span, 0, 4).Draw(t, "line")
		}), 0, 20).Draw(t, "lines"))
		limit := rapid.IntRange(2, 40).Draw(t, "limit")
		whole := render(text)
		var got strings.Builder
		for _, p := range split(whole, limit) {
			got.WriteString(p.text)
			checkPiece(t, p, limit)
		}
		if blank(got.String()) != blank(whole.text) {
			t.Fatalf("%q became %q", whole.text, got.String())
		}
	})
}

// blank takes out what may be lost at a cut.
func blank(s string) string { return strings.NewReplacer("\n", "", " ", "").Replace(s) }

func checkPiece(t *rapid.T, p piece, limit int) {
	n := len(utf16.Encode([]rune(p.text)))
	if n > limit || n != units(p.text) || !utf8.ValidString(p.text) || strings.TrimSpace(p.text) == "" {
		t.Fatalf("a piece of %d units, limit %d: %q", n, limit, p.text)
	}
	end := 0
	for _, s := range p.styles {
		if s.Offset < end || s.Length <= 0 || s.Offset+s.Length > n {
			t.Fatalf("style %d+%d in %d units", s.Offset, s.Length, n)
		}
		end = s.Offset + s.Length
	}
}

func TestKeys(t *testing.T) {
	row := func(n int, data string) []bot.Choice {
		var row []bot.Choice
		for range n {
			row = append(row, bot.Choice{Label: "x", Data: data})
		}
		return row
	}
	cases := []struct {
		name    string
		choices [][]bot.Choice
		rows    int
		dropped int
	}{
		{"none", nil, 0, 0},
		{"64 bytes", [][]bot.Choice{row(1, strings.Repeat("d", 64))}, 1, 0},
		{"65 bytes", [][]bot.Choice{row(1, strings.Repeat("d", 65)), row(2, "d")}, 1, 1},
		{"64 letters of 3 bytes", [][]bot.Choice{row(1, strings.Repeat("ễ", 64))}, 0, 1},
		{"101 buttons", [][]bot.Choice{row(60, "d"), row(41, "d")}, 2, 1},
		{"without a label", [][]bot.Choice{{{Label: " ", Data: "d"}}}, 0, 1},
	}
	for _, c := range cases {
		k, dropped := keys(c.choices)
		rows := 0
		if k != nil {
			rows = len(k.Rows)
		}
		if rows != c.rows || dropped != c.dropped {
			t.Errorf("%s: %d rows, %d dropped; want %d, %d", c.name, rows, dropped, c.rows, c.dropped)
		}
	}
	long, _ := keys([][]bot.Choice{{{Label: strings.Repeat("Thiếu ", 60), Data: "d"}}})
	if n := units(long.Rows[0][0].Text); n > maxLabel {
		t.Errorf("a label of %d units", n)
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("Mùa Thị Dợ\n👧", 5)
	f.Add("\u0302\u0302\u0302", 2)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if limit < 2 || limit > 5000 {
			return
		}
		for _, p := range split(piece{text: clean(s)}, limit) {
			if units(p.text) > limit {
				t.Errorf("%d units in a piece of %d", units(p.text), limit)
			}
		}
	})
}

// A reply that asks for the account's number has one button, which shares it; one with choices keeps those.
func TestContactIsAskedFor(t *testing.T) {
	l := letter{out: bot.Outgoing{Reply: bot.Reply{Contact: "Chia sẻ số điện thoại"}}}
	body, err := json.Marshal(l.markup(part{}))
	if want := `"text":"Chia sẻ số điện thoại"`; err != nil || !strings.Contains(string(body), want) || !strings.Contains(string(body), `"request_contact":true`) ||
		!strings.Contains(string(body), `"one_time_keyboard":true`) {
		t.Errorf("%s, %v", body, err)
	}
	k, _ := keys([][]bot.Choice{{{Label: "Có", Data: "x"}}})
	if body, _ := json.Marshal(l.markup(part{keys: k})); strings.Contains(string(body), "request_contact") {
		t.Errorf("choices are replaced: %s", body)
	}
	if (letter{}).markup(part{}) != nil {
		t.Error("a plain reply has a keyboard")
	}
}
