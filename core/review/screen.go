package review

import "lamsach/core/fault"

// Style is how a line looks; the values are those of the chat's own styles.
type Style string

// The styles.
const (
	Plain  Style = ""
	Strong Style = "strong"
	Mono   Style = "mono"
	Faint  Style = "faint"
)

// Line is one line of a screen; one without a key is a blank line. An argument may itself be a fault.Text, or a
// []fault.Text whose words are joined with " · ": Words puts both into words.
type Line struct {
	fault.Text
	Style Style
}

// Choice is a button. ID is at most 24 ASCII bytes and tells nothing about a person.
type Choice struct {
	ID    string
	Label fault.Text
}

// Screen is what the officer sees. At most 8 rows of choices; a label has at most 40 runes in Vietnamese.
type Screen struct {
	Notice  []Line      // what the last input did, told above the body; gone when the screen is drawn again
	Body    []Line      //
	Choices [][]Choice  //
	Numbers bool        // typing n takes the n-th choice, counted in reading order
	Alert   *fault.Text // a note that does not stay; the rest of the screen is unchanged
}

// Words puts a text into words with say, which knows a language: first the texts among its arguments, then itself.
func Words(t fault.Text, say func(fault.Text) string) string {
	if t.Key == "" {
		return ""
	}
	args := make(fault.Args, len(t.Args))
	for name, value := range t.Args {
		switch value := value.(type) {
		case fault.Text:
			args[name] = Words(value, say)
		case []fault.Text:
			joined := ""
			for i, part := range value {
				if i > 0 {
					joined += " · "
				}
				joined += Words(part, say)
			}
			args[name] = joined
		default:
			args[name] = value
		}
	}
	return say(fault.Text{Key: t.Key, Args: args})
}

func line(style Style, key string, pairs ...any) Line {
	return Line{Text: fault.T(key, pairs...), Style: style}
}

func choice(id, key string, pairs ...any) Choice {
	return Choice{ID: id, Label: fault.T(key, pairs...)}
}

// rows lays choices out, so many beside each other.
func rows(beside int, choices ...Choice) [][]Choice {
	var laid [][]Choice
	for len(choices) > beside {
		laid = append(laid, choices[:beside:beside])
		choices = choices[beside:]
	}
	if len(choices) > 0 {
		laid = append(laid, choices)
	}
	return laid
}

// clip shortens a text that goes on a button.
func clip(text string, runes int) string {
	r := []rune(text)
	if len(r) <= runes {
		return text
	}
	return string(r[:runes-1]) + "…"
}
