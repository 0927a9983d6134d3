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
		if goesOn(name, start) {
			out = append(out, name[start:end]...)
		} else {
			out = appendWord(out, name[start:end])
		}
		start = end
	}
	return string(out)
}

// goesOn reports whether a small word behind a hyphen belongs to a well written one of two letters or more, as foreign names have it:
// "Min-jun".
func goesOn(name string, start int) bool {
	if start < 3 || name[start-1] != '-' || wordShape(name[start:wordEnd(name, start)]) != allSmall {
		return false
	}
	before := name[strings.LastIndexAny(name[:start-1], " -")+1 : start-1]
	return utf8.RuneCountInString(before) >= 2 && wordShape(before) == mixed && !strings.ContainsFunc(name[start:wordEnd(name, start)], isUpper)
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
		} else if wordShape(name[start:end]) != mixed && !goesOn(name, start) {
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
		case (large > 1 || anyLarge(word[i:])) && halfLarge(word):
			return allLarge
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

// anyLarge reports whether a part of a word has a capital.
func anyLarge(part string) bool {
	for i := 0; i < len(part); i++ {
		c := part[i]
		if c >= 'A' && c <= 'Z' {
			return true
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(part[i:])
			if isUpper(r) {
				return true
			}
			i += size - 1
		}
	}
	return false
}

// halfLarge reports whether a syllable that begins with a capital was meant to be all in capitals or in small letters, and an old font
// or a key left its letters with marks behind: "THị", "NGUYễN", "ThỊ". "RơChâm" and "McKay" are written so.
func halfLarge(word string) bool {
	var large, small [2]bool // of ASCII, with marks
	for i, r := range word {
		marked := 0
		if r >= utf8.RuneSelf {
			marked = 1
		}
		switch {
		case !isWordRune(r) || IsMark(r):
			return false
		case isUpper(r):
			large[marked] = large[marked] || i > 0
		case i == 0:
			return false
		default:
			small[marked] = true
		}
	}
	return ((large[0] || large[1]) && !small[0] && small[1] || large[1] && !large[0] && small[0] && !small[1]) && IsSyllable(word)
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
