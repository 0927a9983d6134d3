package viet

import (
	"strings"
	"unicode"
)

// telexTones are the keys that put a tone on the syllable.
var telexTones = map[rune]tone{'s': sac, 'f': huyen, 'r': hoi, 'x': nga, 'j': nang}

// telexPairs are the keys that make another letter of the one before them.
var telexPairs = map[[2]rune]rune{
	{'a', 'a'}: 'â', {'e', 'e'}: 'ê', {'o', 'o'}: 'ô', {'d', 'd'}: 'đ', {'a', 'w'}: 'ă', {'o', 'w'}: 'ơ', {'u', 'w'}: 'ư', {'ư', 'o'}: 'ư',
}

// FromTelex gives a name in which keys of the keyboard program stayed behind as letters, such as "Nguyeexn" or "DDuwcs", with the letters
// that were meant. It is false when no word is of that kind, or when some word is no syllable even then: names of other peoples are left alone.
func FromTelex(name string) (string, bool) {
	if !mayBeTelex(name) {
		return name, false
	}
	words := strings.Split(name, " ")
	changed := false
	for i, word := range words {
		if IsSyllable(word) {
			if i > 0 && i < len(words)-1 && (word == "Van" || word == "Thi") {
				return name, false // the marks are lost, whatever keys there are
			}
			continue
		}
		meant, ok := telexWord(word)
		if !ok || !keysOnly(word) && !IsNameWord(meant) {
			return name, false // "Coor", "Haji" and "Soo" are names
		}
		words[i], changed = meant, true
	}
	for i, word := range strings.Split(name, " ") {
		if changed && word == words[i] && strings.Contains(Lower(word), "oo") { // "Oong" is a syllable, and the keys of Ông
			if meant, ok := telexWord(word); ok {
				words[i] = meant
			}
		}
	}
	return strings.Join(words, " "), changed
}

// mayBeTelex looks for what no Vietnamese word has: f, j or w, a doubled a, e, o or d, or s, r, x inside or at the end.
func mayBeTelex(s string) bool {
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' {
			last = ' '
			continue
		}
		switch c := s[i] | 0x20; {
		case c == 'w' || c == 'f' || c == 'j', c == last && (c == 'a' || c == 'e' || c == 'o' || c == 'd'),
			last != ' ' && (c == 's' || c == 'x' || c == 'r' && last != 't'):
			return true
		default:
			last = c
		}
	}
	return false
}

// keysOnly reports whether a word holds keys that names of other peoples and countries hardly write in that place: w or f, a doubled
// d, or a tone behind a final consonant.
func keysOnly(word string) bool {
	word = Lower(word)
	if strings.ContainsAny(word, "wf") || strings.Contains(word, "dd") {
		return true
	}
	last := len(word) - 1
	return last > 1 && strings.IndexByte("sxrj", word[last]) >= 0 && strings.IndexByte("ghntcpm", word[last-1]) >= 0
}

// telexWord reads one word's keys.
func telexWord(word string) (string, bool) {
	word = strings.ReplaceAll(strings.ReplaceAll(word, "ooo", "o\x00o"), "Ooo", "O\x00o") // three for two
	capital, loud := false, len(word) > 1
	var letters []rune
	apart := false
	mark := level
	for i, r := range word {
		if i == 0 {
			capital = unicode.IsUpper(r)
		}
		loud = loud && !unicode.IsLower(r)
		if r == 0 {
			apart = true
			continue
		}
		r = LowerRune(r)
		last := rune(0)
		if len(letters) > 0 && !apart {
			last = letters[len(letters)-1]
		}
		apart = false
		switch {
		case telexPairs[[2]rune{last, r}] != 0 && r != 'o', telexPairs[[2]rune{last, r}] != 0 && last == 'o':
			letters[len(letters)-1] = telexPairs[[2]rune{last, r}]
		case r == 'w' && hornBefore(letters):
		case telexTones[r] != level && hasVowel(letters):
			if mark != level {
				return word, false
			}
			mark = telexTones[r]
		default:
			if t := toneOf[r]; t.tone != level {
				if mark != level {
					return word, false
				}
				r, mark = t.vowel, t.tone
			}
			letters = append(letters, r)
		}
	}
	meant := withTone(letters, mark)
	if !IsSyllable(meant) || meant == Lower(word) {
		return word, false
	}
	switch {
	case loud:
		meant = Upper(meant)
	case capital:
		meant = DisplayCase(meant)
	}
	return meant, true
}

// hornBefore puts the horn of a later w on a u or o, as in "Huongw", or on both of them.
func hornBefore(letters []rune) bool {
	for i := len(letters) - 1; i >= 0; i-- {
		switch letters[i] {
		case 'o':
			letters[i] = 'ơ'
			if i > 0 && letters[i-1] == 'u' {
				letters[i-1] = 'ư'
			}
			return true
		case 'u':
			letters[i] = 'ư'
			return true
		case 'a':
			letters[i] = 'ă'
			return true
		}
	}
	return false
}

func hasVowel(letters []rune) bool {
	for _, r := range letters {
		if _, ok := toneOf[r]; ok {
			return true
		}
	}
	return false
}

// withTone puts the tone where it is written: on the marked vowel, before an ending on the last, else on the last but one.
func withTone(letters []rune, mark tone) string {
	if len(letters) > 1 && letters[len(letters)-1] == 'ơ' && letters[len(letters)-2] == 'u' {
		letters[len(letters)-2] = 'u'
	}
	if mark == level {
		return string(letters)
	}
	start := 0
	if n := len(letters); n > 2 && (letters[0] == 'g' && letters[1] == 'i' || letters[0] == 'q' && letters[1] == 'u') && isVowel(letters[2]) {
		start = 2
	}
	var vowels []int
	for i := start; i < len(letters); i++ {
		if isVowel(letters[i]) {
			vowels = append(vowels, i)
		}
	}
	if len(vowels) == 0 {
		return string(letters)
	}
	at := vowels[0]
	marked := -1
	for _, i := range vowels {
		if strings.ContainsRune("ăâêôơư", letters[i]) {
			marked = i
		}
	}
	switch closed := vowels[len(vowels)-1] < len(letters)-1; {
	case marked >= 0:
		at = marked
	case closed:
		at = vowels[len(vowels)-1]
	case len(vowels) == 3:
		at = vowels[1]
	}
	if to, ok := withTon[toned{letters[at], mark}]; ok {
		letters[at] = to
	}
	return string(letters)
}

func isVowel(r rune) bool {
	_, ok := toneOf[r]
	return ok
}
