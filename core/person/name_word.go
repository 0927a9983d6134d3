package person

import (
	"bytes"
	"strings"

	"lamsach/core/viet"
)

// wordSign is what one word tells of the name that it stands in.
type wordSign uint8

const (
	wordOther   wordSign = 1 << iota // has something that the words of tidy names have not
	wordLatin1                       // has letters beyond ASCII that all lie in Latin-1, as other encodings show
	wordBeyond                       // has letters beyond Latin-1
	wordForeign                      // is no Vietnamese syllable
	wordKeys                         // has what may be keys that stayed behind as letters
	wordMarked                       // has marks
	wordNote                         // begins notes that stand in place of a name, or a title
	wordCall                         // begins what is said of a relative
)

func newNameWord(text string, hash uint64) nameWord {
	w := nameWord{text: strings.Clone(text), hash: hash}
	w.plain = viet.Fold(text)
	_, w.folded = HashFolded([]byte(w.plain))
	f, tidy := scanLetters(text)
	for sign, holds := range map[wordSign]bool{
		wordOther: !tidy || !viet.IsDisplayCase(text), wordLatin1: f.latin1, wordBeyond: f.beyond, wordForeign: !viet.IsSyllable(text),
		wordKeys: f.keys, wordMarked: viet.HasMarks(text), wordNote: strings.ContainsAny(text, "-'") || nameNotes.begins(text) || isTitle(text), wordCall: isCall(text),
	} {
		if holds {
			w.signs |= sign
		}
	}
	return w
}

// The parameters of FNV-1a, 64 bits.
const (
	hashSeed  = uint64(14695981039346656037)
	hashPrime = uint64(1099511628211)
)

// joinHash takes a word's hash to that of the words before it.
func joinHash(whole, word uint64) uint64 {
	whole = (whole<<7 | whole>>57 ^ word) * 0x9E3779B97F4A7C15
	return whole ^ whole>>29 | 1
}

// HashFolded gives the numbers under which folded names are the same, and their last words; 0 for no words.
func HashFolded(folded []byte) (whole, last uint64) {
	for word := range bytes.SplitSeq(folded, []byte(" ")) {
		if len(word) == 0 {
			continue
		}
		last = hashSeed
		for _, b := range word {
			last = (last ^ uint64(b)) * hashPrime
		}
		last |= 1
		whole = joinHash(whole, last)
	}
	return whole, last
}
