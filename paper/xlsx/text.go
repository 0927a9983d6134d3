package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"lamsach/paper/markup"
)

// appendText appends the text that raw stands for: entities, line ends, and, in cells, the escapes _xHHHH_ of characters that XML
// cannot hold. CDATA has no entities.
func appendText(dst, raw []byte, cdata bool) ([]byte, error) {
	from := len(dst)
	dst, err := markup.AppendText(dst, raw, cdata)
	if err == nil && bytes.IndexByte(dst[from:], '_') >= 0 {
		dst = dst[:from+unescape(dst[from:])]
	}
	return dst, err
}

// unescape replaces _xHHHH_ in place and gives the new length. NUL and what is no character alone (half a surrogate pair) become
// U+FFFD, so that it is seen and nothing else breaks. Excel writes a carriage return as _x000D_.
func unescape(text []byte) int {
	n := 0
	for i := 0; i < len(text); {
		if text[i] == '_' && i+7 <= len(text) && text[i+1] == 'x' && text[i+6] == '_' {
			if code, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16); err == nil && hexDigits(text[i+2:i+6]) {
				r := rune(code)
				if r == 0 || !utf8.ValidRune(r) {
					r = utf8.RuneError
				}
				n += utf8.EncodeRune(text[n:], r)
				i += 7
				continue
			}
		}
		text[n] = text[i]
		n++
		i++
	}
	return n
}

func hexDigits(text []byte) bool {
	for _, c := range text {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}

// cutRunes gives the first runes of a text, and whether there were more.
func cutRunes(text []byte, most int) ([]byte, bool) {
	if len(text) <= most {
		return text, false
	}
	count := 0
	for i := 0; i < len(text); count++ {
		if count == most {
			return text[:i], true
		}
		_, size := utf8.DecodeRune(text[i:])
		i += size
	}
	return text, false
}
