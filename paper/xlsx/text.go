package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"lamsach/paper/cells"
)

// Classes of bytes in text: most text needs no more than a copy, and one look at each byte says so.
const (
	classHigh    = 1 << iota // not ASCII: must be valid UTF-8
	classDecode              // may begin an entity, an _x…_ escape or a line end to normalise
	classControl             // may not be in XML
)

var classOf = classes()

func classes() (table [256]uint8) {
	for c := range 256 {
		switch {
		case c >= 0x80:
			table[c] = classHigh
		case c == '&' || c == '_' || c == '\r':
			table[c] = classDecode
		case c < 0x20 && c != '\t' && c != '\n':
			table[c] = classControl
		}
	}
	return table
}

// plain reports whether raw is text that stands for itself; an error when it may not be in a part at all.
func plain(raw []byte) (bool, error) {
	var seen uint8
	for _, c := range raw {
		seen |= classOf[c]
	}
	if seen&classControl != 0 {
		return false, cells.Letters.Because("control character")
	}
	if seen&classHigh != 0 && !utf8.Valid(raw) {
		return false, cells.Letters.Because("invalid UTF-8")
	}
	return seen&classDecode == 0, nil
}

// appendText appends the text that raw stands for: entities, line ends, and, in cells, the escapes _xHHHH_ of characters that XML
// cannot hold. CDATA has no entities.
func appendText(dst, raw []byte, cdata bool) ([]byte, error) {
	ok, err := plain(raw)
	if err != nil {
		return dst, err
	}
	if ok {
		return append(dst, raw...), nil
	}
	from := len(dst)
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '&' && !cdata:
			r, length := entity(raw[i:])
			if length == 0 {
				return dst, cells.Malformed.Because("an ampersand alone")
			}
			dst = utf8.AppendRune(dst, r)
			i += length - 1
		case c == '\r':
			dst = append(dst, '\n')
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
		default:
			dst = append(dst, c)
		}
	}
	if bytes.IndexByte(dst[from:], '_') >= 0 {
		dst = dst[:from+unescape(dst[from:])]
	}
	return dst, nil
}

// entity reads the entity at the beginning of raw; length 0 means that there is none.
func entity(raw []byte) (r rune, length int) {
	end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
	if end < 2 {
		return 0, 0
	}
	name := string(raw[1:end])
	switch name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	}
	if name[0] != '#' {
		return 0, 0
	}
	digits, base := name[1:], 10
	if digits != "" && digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !allowed(rune(n)) {
		return 0, 0
	}
	return rune(n), end + 1
}

// allowed reports whether XML may hold the character.
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD ||
		r >= 0x10000 && r <= utf8.MaxRune
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
