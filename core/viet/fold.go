package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Lower gives s in lower case, marks kept.
func Lower(s string) string { return strings.ToLower(s) }

// Upper gives s in capitals, marks kept.
func Upper(s string) string { return strings.ToUpper(s) }

// Fold gives the form in which texts are compared when marks may be missing: lower case, no marks, đ as d, one
// kind of apostrophe and hyphen, single blanks. "  Mùa  Thị DỢ" and "mua thi do" fold to the same.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	return string(AppendFold(make([]byte, 0, len(s)), s))
}

// folded proves by bytes that Fold would change nothing.
func folded(s string) bool {
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c == 0x7F || c == '`' || c >= 'A' && c <= 'Z' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

// AppendFold appends Fold(s) to dst, so that a look-up in a map needs no new string.
func AppendFold(dst []byte, s string) []byte {
	start, gap := len(dst), false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		if isBlank(r) {
			gap = len(dst) > start
			continue
		}
		if IsMark(r) || isInvisible(r) {
			continue
		}
		if gap {
			dst, gap = append(dst, ' '), false
		}
		dst = appendBase(dst, r)
	}
	return dst
}

func appendBase(dst []byte, r rune) []byte {
	if l := look(r); l != nil && l.base != 0 {
		return append(dst, l.base)
	}
	switch {
	case r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´' || r == 'ʹ' || r == 'ʻ':
		return append(dst, '\'')
	case r == '‐' || r == '‑' || r == '–' || r == '—' || r == '−':
		return append(dst, '-')
	case r >= fullWidth0 && r <= fullWidthZ:
		return appendBase(dst, r-fullWidth0+'!')
	case r < utf8.RuneSelf:
		return append(dst, byte(r))
	}
	return appendDecomposed(dst, unicode.ToLower(r))
}

func appendDecomposed(dst []byte, r rune) []byte {
	for _, part := range norm.NFD.String(string(r)) {
		switch part = unicode.ToLower(part); {
		case unicode.Is(unicode.Mn, part):
		case look(part) != nil && look(part).base != 0: // what is left without its marks may be a letter with a base of its own
			dst = append(dst, look(part).base)
		default:
			dst = utf8.AppendRune(dst, part)
		}
	}
	return dst
}

// Same reports whether two texts are equal when folded.
func Same(a, b string) bool {
	if a == b {
		return true
	}
	var left, right [96]byte
	return string(AppendFold(left[:0], a)) == string(AppendFold(right[:0], b))
}

// AppendLower appends the composed, squeezed lower case of s to dst, marks kept.
func AppendLower(dst []byte, s string) []byte {
	for _, r := range Tidy(s) {
		dst = utf8.AppendRune(dst, LowerRune(r))
	}
	return dst
}

// HasMarks reports whether s has any letter that ASCII has not: "Nguyen Thi Hoa" has none.
func HasMarks(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < utf8.RuneSelf {
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if l := look(r); l != nil && l.base != 0 || IsMark(r) {
			return true
		}
		i += size - 1
	}
	return false
}
