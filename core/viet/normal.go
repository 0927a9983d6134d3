package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// IsNFC reports whether s is in Unicode's composed form (NFC), which is the one that is kept and compared.
func IsNFC(s string) bool { return plainNFC(s) || norm.NFC.IsNormalString(s) }

// NFC gives the composed form of s; s itself when it has that form already.
func NFC(s string) string {
	if plainNFC(s) || norm.NFC.IsNormalString(s) {
		return s
	}
	return norm.NFC.String(s)
}

// plainNFC proves by bytes alone that s is composed: ASCII, Latin up to U+02FF, and U+1E00–U+1EFF are always so
// while no combining mark is about. False means only that x/text has to be asked.
func plainNFC(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < utf8.RuneSelf {
			continue
		}
		switch {
		case c >= 0xC2 && c <= 0xCB && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			i++
		case c == 0xE1 && i+2 < len(s) && s[i+1] >= 0xB8 && s[i+1] <= 0xBB:
			i += 2
		default:
			return false
		}
	}
	return true
}

// Squeeze gives s without blanks at its ends, with single plain blanks between words, and without what cannot
// be seen: zero-width signs, byte-order marks, soft hyphens, control characters. Line breaks, tabs and no-break
// spaces count as blanks. Text in TCVN3 must be decoded first: there the soft hyphen is the letter ư.
func Squeeze(s string) string {
	if squeezed(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case isBlank(r):
			gap = b.Len() > 0
		case isInvisible(r):
		default:
			if gap {
				b.WriteByte(' ')
				gap = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// squeezed proves by bytes that nothing is to be squeezed; false means only that runes have to be looked at.
func squeezed(s string) bool {
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == ' ':
			if last == ' ' {
				return false
			}
		case c < ' ' || c == 0x7F:
			return false
		case c < utf8.RuneSelf:
		case c == 0xC2 || c == 0xCC || c == 0xCD:
			return false
		case c == 0xE1:
			if i+1 >= len(s) || s[i+1] < 0xB8 || s[i+1] > 0xBB {
				return false
			}
		case c > 0xE1:
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

func isBlank(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
}

func isInvisible(r rune) bool {
	switch {
	case r < ' ' || r >= 0x7F && r <= 0x9F:
		return true
	case r < 0xAD:
		return false
	case r == 0xAD || r == 0x034F || r == 0x061C || r == 0x180E || r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r >= 0xFE00 && r <= 0xFE0F:
		return true
	}
	return r >= 0x2100 && unicode.Is(unicode.Cf, r)
}

// Tidy is NFC of Squeeze: what a text is kept as.
func Tidy(s string) string {
	s = NFC(Squeeze(s))
	if !squeezed(s) {
		s = Squeeze(s) // composing may have brought blanks together
	}
	return s
}
