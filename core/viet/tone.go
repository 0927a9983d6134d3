package viet

import "strings"

// FoldTone gives the form in which names are compared with their marks: composed, lower case, single blanks, the tone
// mark of oa, oe and uy on the second vowel (hoà and hòa are one name), and y for i after a lone h, k, l, m, t or
// s (Mĩ and Mỹ, Lí and Lý).
func FoldTone(s string) string {
	lower := NFC(strings.ToLower(Tidy(s))) // small letters may compose where capitals do not: y with a ring
	words := strings.Split(lower, " ")
	for i, word := range words {
		words[i] = foldWordTone(word)
	}
	return strings.Join(words, " ")
}

func foldWordTone(word string) string {
	runes := []rune(word)
	changed := false
	for i := 0; i+1 < len(runes); i++ {
		first, second := toneOf[runes[i]], runes[i+1]
		if first.tone != level && glidePair(first.vowel, second) {
			runes[i], runes[i+1] = first.vowel, withTon[toned{second, first.tone}]
			changed = true
		}
	}
	if len(runes) == 2 && strings.ContainsRune("hklmts", runes[0]) {
		if v := toneOf[runes[1]]; v.vowel == 'i' {
			runes[1] = withTon[toned{'y', v.tone}]
			changed = true
		}
	}
	if !changed {
		return word
	}
	return string(runes)
}

// glidePair reports whether the two vowels are a pair whose mark is put on either.
func glidePair(first, second rune) bool {
	return first == 'o' && (second == 'a' || second == 'e') || first == 'u' && second == 'y'
}
