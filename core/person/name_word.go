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
	var buffer [96]byte
	lower := viet.AppendLower(buffer[:0], text)
	w.sign(wordOther, !tidy || !viet.IsDisplayCase(text))
	w.sign(wordLatin1, f.latin1)
	w.sign(wordBeyond, f.beyond)
	w.sign(wordForeign, !viet.IsSyllable(text))
	w.sign(wordKeys, f.keys)
	w.sign(wordMarked, viet.HasMarks(text))
	w.sign(wordNote, strings.ContainsAny(text, "-'") || nameNotes.firsts[string(lower)] || titles[string(lower)])
	w.sign(wordCall, relativeFirsts.firsts[string(lower)])
	return w
}

// sign notes a sign that the word has.
func (w *nameWord) sign(s wordSign, holds bool) {
	if holds {
		w.signs |= s
	}
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
