package bottest

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Bounds of the real server.
const (
	maxText    = 4096
	maxCaption = 1024
	maxButtons = 100
	maxStyles  = 100
)

// Style is one entity of a message, in UTF-16 units.
type Style struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

// Button is one inline button.
type Button struct {
	Label string `json:"text"`
	Data  string `json:"callback_data"`
}

// styleTypes are the entities that a bot may set.
var styleTypes = []string{
	"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
	"text_link", "text_mention", "custom_emoji", "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
}

// content is what a message says, checked.
type content struct {
	text    string
	styles  []Style
	buttons [][]Button
}

// check reads a message's text (or caption), entities and keyboard as the real server judges them; nil means that all
// is well.
func (s *Telegram) check(c *call, text, entities string, limit int) (content, *reply) {
	no := func(why string) (content, *reply) { a := bad(why); return content{}, &a }
	if c.fields["parse_mode"] != "" {
		s.strange = append(s.strange, c.method+": parse_mode")
		return no("unsupported parse_mode")
	}
	out := content{text: c.fields[text]}
	if !utf8.ValidString(out.text) || strings.ContainsRune(out.text, 0) {
		return no("strings must be encoded in UTF-8")
	}
	if units16(out.text) > limit {
		if limit == maxCaption {
			return no("message caption is too long")
		}
		return no("message is too long")
	}
	if raw := c.fields[entities]; raw != "" {
		if err := json.Unmarshal([]byte(raw), &out.styles); err != nil {
			return no("can't parse MessageEntity: expected an array")
		}
	}
	if why := checkStyles(out); why != "" {
		return no(why)
	}
	if len(out.styles) > maxStyles { // the real server shows the first hundred and says nothing
		out.styles = out.styles[:maxStyles]
	}
	var why string
	if out.buttons, why = checkKeyboard(c.fields["reply_markup"]); why != "" {
		return no(why)
	}
	return out, nil
}

// checkStyles says what is wrong with the entities; empty: nothing.
func checkStyles(c content) string {
	edges := map[int]bool{}
	at := 0
	for _, r := range c.text {
		edges[at] = true
		at += unit16(r)
	}
	edges[at] = true
	for _, e := range c.styles {
		switch {
		case !contains(styleTypes, e.Type):
			return "can't parse entities: unsupported entity type specified"
		case e.Length <= 0 || e.Offset < 0 || e.Offset+e.Length > at:
			return "can't parse entities: entity is out of the text"
		case !edges[e.Offset] || !edges[e.Offset+e.Length]:
			return "can't parse entities: entity begins or ends in the middle of a UTF-16 symbol"
		}
	}
	return ""
}

// checkKeyboard reads an inline keyboard and says what is wrong with it.
func checkKeyboard(raw string) ([][]Button, string) {
	if raw == "" {
		return nil, ""
	}
	var markup struct {
		Rows [][]Button `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(raw), &markup); err != nil {
		return nil, "can't parse reply keyboard markup JSON object"
	}
	n := 0
	for _, row := range markup.Rows {
		for _, b := range row {
			n++
			switch {
			case strings.TrimSpace(b.Label) == "":
				return nil, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
			case len(b.Data) == 0 || len(b.Data) > 64:
				return nil, "BUTTON_DATA_INVALID"
			}
		}
	}
	if n > maxButtons {
		return nil, "reply markup is too long"
	}
	return markup.Rows, ""
}

var commandForm = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func (s *Telegram) setMyCommands(c *call) reply {
	var list []Command
	if err := json.Unmarshal([]byte(c.fields["commands"]), &list); err != nil {
		return bad("can't parse commands JSON object")
	}
	if len(list) > 100 {
		return bad("BOT_COMMANDS_TOO_MUCH")
	}
	for _, command := range list {
		if !commandForm.MatchString(command.Command) {
			return bad("BOT_COMMAND_INVALID")
		}
		if n := utf8.RuneCountInString(command.Description); n < 1 || n > 256 {
			return bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	scope := struct {
		Type string      `json:"type"`
		Chat json.Number `json:"chat_id"`
	}{Type: "default"}
	if raw := c.fields["scope"]; raw != "" {
		if err := json.Unmarshal([]byte(raw), &scope); err != nil {
			return bad("can't parse BotCommandScope")
		}
	}
	if scope.Chat != "" {
		scope.Type += ":" + scope.Chat.String()
	}
	s.commands[scope.Type+"/"+c.fields["language_code"]] = list
	return yes(true)
}

// units16 is the length of a text in UTF-16 units.
func units16(s string) int {
	n := 0
	for _, r := range s {
		n += unit16(r)
	}
	return n
}

func unit16(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
