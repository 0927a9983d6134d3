package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"lamsach/bot"
)

// piece is the text of one message with its styles, whose places count in UTF-16 units.
type piece struct {
	text   string
	styles []models.MessageEntity
}

// styleNames are the styles that Telegram has.
var styleNames = map[bot.Style]models.MessageEntityType{
	bot.Strong: models.MessageEntityTypeBold,
	bot.Mono:   models.MessageEntityTypeCode,
	bot.Faint:  models.MessageEntityTypeItalic,
}

// render puts a text into Telegram's form. Nothing in it is markup: the styles lie beside the words.
func render(t bot.Text) piece {
	var b strings.Builder
	var styles []models.MessageEntity
	at := 0
	for i, line := range t {
		if i > 0 {
			b.WriteByte('\n')
			at++
		}
		for _, span := range line {
			text := clean(span.Text)
			n := units(text)
			b.WriteString(text)
			if name, ok := styleNames[span.Style]; ok && strings.TrimSpace(text) != "" {
				styles = join(styles, models.MessageEntity{Type: name, Offset: at, Length: n})
			}
			at += n
		}
	}
	return piece{text: b.String(), styles: styles}
}

// join adds a style, to the one before it where they touch: Telegram shows only the first 100.
func join(styles []models.MessageEntity, s models.MessageEntity) []models.MessageEntity {
	if n := len(styles); n > 0 {
		last := &styles[n-1]
		if last.Type == s.Type && last.Offset+last.Length == s.Offset {
			last.Length += s.Length
			return styles
		}
	}
	return append(styles, s)
}

// clean takes out what Telegram refuses: bytes that are no UTF-8, and NUL.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// units is the length of a text in UTF-16 units, in which Telegram counts.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += unit(r)
	}
	return n
}

func unit(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// split cuts a piece into pieces of at most limit units, on line ends where there are any, else between words, else
// between letters. Pieces without a visible letter are left out, since Telegram refuses them.
func split(p piece, limit int) []piece {
	var pieces []piece
	text, at := p.text, 0
	for text != "" {
		cut, skip := cutAt(text, limit)
		if part := text[:cut]; strings.TrimSpace(part) != "" {
			pieces = append(pieces, piece{text: part, styles: within(p.styles, at, units(part))})
		}
		at += units(text[:cut+skip])
		text = text[cut+skip:]
	}
	return pieces
}

// cutAt says after how many bytes to cut, and how many bytes of blank to drop there.
func cutAt(text string, limit int) (cut, skip int) {
	n, line, word, letter := 0, -1, -1, 0
	for i, r := range text {
		if !unicode.Is(unicode.M, r) && r != '\u200d' { // a mark stays with its letter
			letter = i
		}
		switch r {
		case '\n':
			line = i
		case ' ':
			word = i
		}
		if n += unit(r); n > limit {
			switch {
			case line > 0:
				return line, 1
			case word > 0:
				return word, 1
			case letter > 0:
				return letter, 0
			}
			return max(i, utf8.RuneLen(r)), 0
		}
	}
	return len(text), 0
}

// within gives the styles that lie in the n units from at on, cut to them and counted from at.
func within(styles []models.MessageEntity, at, n int) []models.MessageEntity {
	var in []models.MessageEntity
	for _, s := range styles {
		from, to := max(s.Offset, at), min(s.Offset+s.Length, at+n)
		if from < to && len(in) < maxStyles {
			in = append(in, models.MessageEntity{Type: s.Type, Offset: from - at, Length: to - from})
		}
	}
	return in
}

// shorten cuts a text to at most limit units, with a mark that something is missing.
func shorten(s string, limit int) string {
	s = clean(s)
	if units(s) <= limit {
		return s
	}
	cut, _ := cutAt(s, limit-1)
	return strings.TrimSpace(s[:cut]) + "…"
}

// keyboard is an inline keyboard. The library's own type sends an empty copy_text with each button.
type keyboard struct {
	Rows [][]button `json:"inline_keyboard"`
}

type button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// maxLabel is far more than a phone shows of a button.
const maxLabel = 128

// keys makes the keyboard of a reply; nil when it has no choices. Buttons that Telegram would refuse, and with them
// the whole message, are left out and counted: every choice can be typed as well.
func keys(choices [][]bot.Choice) (k *keyboard, dropped int) {
	var rows [][]button
	left := maxButtons
	for _, choice := range choices {
		var row []button
		for _, c := range choice {
			label := strings.TrimSpace(shorten(c.Label, maxLabel))
			if left == 0 || label == "" || c.Data == "" || len(c.Data) > maxData || !utf8.ValidString(c.Data) {
				dropped++
				continue
			}
			left--
			row = append(row, button{Text: label, Data: c.Data})
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil, dropped
	}
	return &keyboard{Rows: rows}, dropped
}
