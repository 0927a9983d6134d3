package viet

import (
	_ "embed"
	"sync"
)

//go:embed data/name_words.txt
var nameWordList string

var nameWords = sync.OnceValue(func() map[string]bool { return wordSet(nameWordList) })

// IsNameWord reports whether a word, in any case and composed, is one that Vietnamese names are often made of: the words of the most
// frequent family, middle and given names of the larger peoples. Many a right name has none of them.
func IsNameWord(word string) bool { return nameWords()[Lower(word)] }

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
