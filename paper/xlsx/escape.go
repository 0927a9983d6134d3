package xlsx

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"lamsach/paper/markup"
)

// longestText is what Excel takes in one cell.
const longestText = 32_767

// appendEscaped appends text as the content of an element: markup is escaped, what XML cannot hold is written as Excel does (_x0007_),
// and text that looks like such an escape is protected.
func appendEscaped(dst []byte, text string) []byte {
	runes := 0
	for i, r := range text {
		if runes++; runes > longestText {
			break
		}
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&quot;"...)
		case r == '_' && looksEscaped(text[i:]):
			dst = append(dst, "_x005F_"...)
		case escaped(r):
			dst = fmt.Appendf(dst, "_x%04X_", r)
		case !markup.Allowed(r):
			dst = utf8.AppendRune(dst, utf8.RuneError)
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}

// looksEscaped reports whether text would begin with an escape when it is written: by itself, or by the underscore of an escape that
// follows.
func looksEscaped(text string) bool {
	if len(text) < 7 || !strings.HasPrefix(text, "_x") || !hexDigits([]byte(text[2:6])) {
		return false
	}
	next := rune(text[6])
	return next == '_' || escaped(next)
}

// escaped reports whether a character is written as an escape.
func escaped(r rune) bool { return r == '\r' || r < 0x20 && !markup.Allowed(r) }
