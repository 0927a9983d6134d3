package viet

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Letters that names use lie in two blocks of Unicode: Latin up to the extensions with ƀ, ơ and ư, and the
// Vietnamese part of Latin Extended Additional. Tables over both answer without decoding x/text's trie.
const (
	lowBlock   = 0x0250
	highBlock  = 0x1E00
	highEnd    = 0x1F00
	tableSize  = lowBlock + highEnd - highBlock
	breve      = '\u0306' // Ê Đê writes ơ̆, ư̆, ê̆, which have no composed form
	markStart  = '\u0300'
	markEnd    = '\u0370'
	fullWidth0 = '\uFF01' // the full-width forms of ASCII lie in one row
	fullWidthZ = '\uFF5E'
)

// letter is what the tables know of one rune.
type letter struct {
	lower rune // lower case
	base  byte // lower case without marks, đ as d; 0 when it is no Latin letter
}

var letters = letterTable()

func letterTable() *[tableSize]letter {
	table := &[tableSize]letter{}
	for i := range table {
		r := rune(i)
		if i >= lowBlock {
			r = rune(i - lowBlock + highBlock)
		}
		table[i] = letter{lower: unicode.ToLower(r), base: baseOf(unicode.ToLower(r))}
	}
	return table
}

// strokes are letters whose bar or tail is no combining mark, so that decomposition does not remove it. Eth is
// among them because it is typed for đ.
var strokes = map[rune]byte{'đ': 'd', 'ð': 'd', 'ɖ': 'd', 'ƀ': 'b', 'ø': 'o', 'ł': 'l', 'ı': 'i', 'ŧ': 't', 'ħ': 'h', 'ɨ': 'i', 'ƚ': 'l'}

func baseOf(lower rune) byte {
	if base, ok := strokes[lower]; ok {
		return base
	}
	first := rune(norm.NFD.String(string(lower))[0])
	if first >= 'a' && first <= 'z' {
		return byte(first)
	}
	return 0
}

// look finds a rune's entry, or nil outside the two blocks.
func look(r rune) *letter {
	switch {
	case r >= 0 && r < lowBlock:
		return &letters[r]
	case r >= highBlock && r < highEnd:
		return &letters[r-highBlock+lowBlock]
	}
	return nil
}

// LowerRune is unicode.ToLower with a fast path for the letters of names.
func LowerRune(r rune) rune {
	if l := look(r); l != nil {
		return l.lower
	}
	return unicode.ToLower(r)
}

// IsMark reports whether r is a combining mark that is put on Latin letters.
func IsMark(r rune) bool { return r >= markStart && r < markEnd }

// IsApostrophe reports whether r is one of the signs that names like H'Hen and K’Brểu are written with.
func IsApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// IsLetter reports whether r can stand in the name of any people of Vietnam: Latin letters with all their
// marks. Letters typed by mistake for them (ð, Cyrillic, Greek) are not.
func IsLetter(r rune) bool {
	if l := look(r); l != nil {
		return l.base != 0 && l.lower != 'ð' && r != 'Ɖ'
	}
	return r == breve || r == 'ɨ' // the small Ɨ, beyond the tables
}
