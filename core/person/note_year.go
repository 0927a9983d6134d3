package person

import (
	"strings"
	"unicode"

	"lamsach/core/viet"
)

// NoteYear gives the year of birth in the note that ReadParent cut off: 1985 of "(1985)", "SN 1985", "12/3/1985", "(1985 - 2020)". The
// year of something else, "(mất 2020)" or "(đi tù 2022)", is none: the words before a year of birth say so or whose it is.
func NoteYear(note string) (int, bool) {
	from := 0
	for at := 0; at < len(note); at++ {
		if !isDigit(note[at]) {
			continue
		}
		end := at
		for end < len(note) && isDigit(note[end]) {
			end++
		}
		if end-at == 4 {
			if year := number(note[at:end]); year >= firstYear && year <= lastYear {
				if beforeBirth(note[from:at]) {
					return year, true
				}
				from = end
			}
		}
		at = end
	}
	return 0, false
}

// birthWords stand before a year of birth, besides those of any date.
var birthWords = map[string]bool{"s": true, "khoang": true, "tuoi": true}

// beforeBirth reports whether what stands before a year leaves it a year of birth: only words of dates and relatives since the last sign, and
// nothing before that says what happened to somebody.
func beforeBirth(text string) bool {
	pieces := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;()[]{}–—|\n", r) })
	for i, piece := range pieces {
		words := viet.Fold(strings.Join(strings.FieldsFunc(piece, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }), " "))
		for cut := true; cut; {
			words, cut = cutBareCall(words)
		}
		for word := range strings.FieldsSeq(words) {
			if !dateWords[word] && !birthWords[word] && (i == len(pieces)-1 || saysNobody(strings.Trim(piece, " .:-"))) {
				return false
			}
		}
	}
	return true
}
