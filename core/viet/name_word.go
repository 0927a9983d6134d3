package viet

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/name_words.txt
var nameWordList string

var nameWords = sync.OnceValue(func() map[string]bool { return wordSet(nameWordList) })

// IsNameWord reports whether a word, in any case and composed, is one that Vietnamese names are often made of: the words of the most
// frequent family, middle and given names of the larger peoples. Many a right name has none of them.
func IsNameWord(word string) bool { return nameWords()[Lower(word)] }

//go:embed data/family_words.txt
var familyWordList string

// forms are words in small letters by what they fold to.
var (
	nameForms   = sync.OnceValue(func() map[string][]string { return formsOf(nameWordList) })
	familyForms = sync.OnceValue(func() map[string][]string { return formsOf(familyWordList) })
)

func formsOf(list string) map[string][]string {
	forms := make(map[string][]string)
	for _, word := range strings.Fields(list) {
		folded := Fold(word)
		forms[folded] = append(forms[folded], word)
	}
	return forms
}

// NameForms gives the ways in small letters, with and without marks, in which names write a word: the family names of all peoples, or the
// words that IsNameWord knows.
func NameForms(word string, family bool) []string {
	if family {
		return familyForms()[Fold(word)]
	}
	return nameForms()[Fold(word)]
}

// LostMarks reports whether a word is no Vietnamese syllable as it stands but would be one with marks: "Nguyen", not "Ksor".
func LostMarks(word string) bool { return !IsSyllable(word) && MayBeSyllable(word) }

// MayBeSyllable reports whether a word is a Vietnamese syllable, or would be one with other marks.
func MayBeSyllable(word string) bool {
	var buffer [32]byte
	body := AppendFold(buffer[:0], word)
	for _, onset := range onsets {
		if len(onset) <= len(body) && string(body[:len(onset)]) == onset && bareRimes()[string(body[len(onset):])] {
			return true
		}
	}
	return string(body) == "gi"
}

// bareRimes are the endings of syllables without marks.
var bareRimes = sync.OnceValue(func() map[string]bool {
	bare := make(map[string]bool, len(rimes))
	for rime := range rimes {
		bare[Fold(rime)] = true
	}
	return bare
})
