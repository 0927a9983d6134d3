package markup

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"lamsach/paper/cells"
)

// Classes of bytes in text: most text needs no more than a copy, and one look at each byte says so.
const (
	classHigh    = 1 << iota // not ASCII: must be valid UTF-8
	classDecode              // may begin an entity, a line end to normalise, or, in workbooks, an escape _x…_
	classControl             // may not be in XML
)

var classOf = classes()

func classes() (table [256]uint8) {
	for c := range 256 {
		switch {
		case c >= 0x80:
			table[c] = classHigh
		case c == '&' || c == '\r' || c == '_':
			table[c] = classDecode
		case c < 0x20 && c != '\t' && c != '\n':
			table[c] = classControl
		}
	}
	return table
}

// Plain reports whether raw is text that stands for itself, without an underscore either; an error when it may not be in a part at all.
func Plain(raw []byte) (bool, error) {
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

// AppendText appends the text that raw stands for: entities and line ends. CDATA has no entities. It fails for letters that no part
// may hold.
func AppendText(dst, raw []byte, cdata bool) ([]byte, error) {
	ok, err := Plain(raw)
	if err != nil {
		return dst, err
	}
	if ok {
		return append(dst, raw...), nil
	}
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
	if err != nil || !Allowed(rune(n)) {
		return 0, 0
	}
	return rune(n), end + 1
}

// Allowed reports whether XML may hold the character.
func Allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD ||
		r >= 0x10000 && r <= utf8.MaxRune
}
