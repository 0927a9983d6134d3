package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// DisplayCase gives a name as it is written in running text: every word begins with a capital, words all in
// capitals are lowered. Words that mix both (McKay, Bh'nướch, RơChâm) stay as they are, and so does a name that
// needs nothing. After an apostrophe a letter is large when one letter stands before it (K'Brểu, H'Hen, M'Nông) and
// small otherwise (Bh'nướch).
func DisplayCase(name string) string {
	if wellCased(name) {
		return name
	}
	out := make([]byte, 0, len(name)+4)
	for start := 0; start < len(name); {
		end := wordEnd(name, start)
		if end == start {
			_, size := utf8.DecodeRuneInString(name[start:])
			out = append(out, name[start:start+size]...)
			start += size
			continue
		}
		out = appendWord(out, name[start:end])
		start = end
	}
	return string(out)
}

// IsDisplayCase reports whether DisplayCase would change nothing.
func IsDisplayCase(name string) bool { return wellCased(name) || DisplayCase(name) == name }

// wellCased proves it without building a string.
func wellCased(name string) bool {
	for start := 0; start < len(name); {
		end := wordEnd(name, start)
		if end == start {
			_, size := utf8.DecodeRuneInString(name[start:])
			end = start + size
		} else if wordShape(name[start:end]) != mixed {
			return false
		}
		start = end
	}
	return true
}

// wordEnd gives the end of the word at start: letters, marks and apostrophes; a hyphen or blank ends it.
func wordEnd(s string, start int) int {
	for i := start; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c|0x20 < 'a' || c|0x20 > 'z' {
				if c != '\'' || i == start {
					return i
				}
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isWordRune(r) && (!IsApostrophe(r) || i == start) {
			return i
		}
		i += size
	}
	return len(s)
}

func isWordRune(r rune) bool {
	if l := look(r); l != nil && l.base != 0 {
		return true
	}
	return unicode.IsLetter(r) || IsMark(r)
}

type shape uint8

const (
	mixed    shape = iota // begins with a capital and is not all capitals: as it should be, or somebody's own way
	allLarge              // two or more capitals and nothing else
	allSmall              // begins small: "văn", and "nGUYỄN" typed with the wrong key down
)

func wordShape(word string) shape {
	large, first := 0, true
	for i := 0; i < len(word); {
		r, size := rune(word[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(word[i:])
		}
		i += size
		if r == '\'' || r >= utf8.RuneSelf && (IsMark(r) || IsApostrophe(r)) {
			continue
		}
		switch {
		case isUpper(r):
			large++
		case first && LowerRune(unicode.ToUpper(r)) == r && unicode.ToUpper(r) != r:
			return allSmall
		default:
			return mixed
		}
		first = false
	}
	if large >= 2 {
		return allLarge
	}
	return mixed
}

func isUpper(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'A' && r <= 'Z'
	}
	return LowerRune(r) != r
}

func appendWord(out []byte, word string) []byte {
	shape := wordShape(word)
	if shape == mixed {
		return append(out, word...)
	}
	start := len(out)
	lowered := shape == allLarge || !strings.ContainsFunc(word[1:], unicode.IsLower)
	out = appendRaised(out, word, lowered)
	if raised := string(out[start:]); !lowered && wordShape(raised) == allLarge {
		out = appendRaised(out[:start], raised, true)
	}
	return out
}

// appendRaised appends word with a large first letter, the rest lowered or as it is.
func appendRaised(out []byte, word string, lowered bool) []byte {
	letters, raise := 0, true
	for _, r := range word {
		switch {
		case IsApostrophe(r):
			raise = letters == 1
		case raise && !IsMark(r):
			r, raise = unicode.ToUpper(r), false
			letters++
		default:
			if lowered {
				r = LowerRune(r)
			}
			if !IsMark(r) {
				letters++
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}
