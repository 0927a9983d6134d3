package person

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lamsach/core/viet"
)

// Confidence of a name that was decoded: ordinary words prove it, or its signs do and a word of another people is among them.
const (
	provenDecoded = 0.9
	likelyDecoded = 0.7
)

// readLegacy decodes a name typed in TCVN3 or VNI. Ordinary words prove it: few before, all after. TCVN3 hardly ever
// does without signs that no name has, or capitals inside a word.
func readLegacy(text string) (Reading[string], bool) {
	if whichScan(text) != nameOther || hasWordLikeVNI(text) {
		return Reading[string]{}, false
	}
	before, signs := viet.SyllableScore(viet.Squeeze(text)), signsOf(text)
	capitals, sure := capitalsInside(text)
	if capitals > 0 {
		before = 0 // syllables only for those who do not look at case
	}
	if signs == noSign && (before >= 0.6 || !strings.ContainsFunc(text, func(r rune) bool { return r >= 0xA1 && r != 'Ñ' && r != 'ñ' })) {
		return firstD(text)
	}
	best, score := "", max(0.95, before)
	if signs == deadSign {
		score = before
	}
	for i, decode := range [2]func(string) string{viet.FromVNI, viet.FromTCVN3} {
		decoded := viet.Tidy(decode(text))
		s := viet.SyllableScore(decoded)
		if i == 1 && signs == noSign && s < 1 {
			break // letters that Vietnamese has too: only a whole name of syllables proves it
		}
		switch {
		case !isName(decoded) || hasCapitalInside(decoded):
		case s > score:
			best, score = decoded, s
		case best != "" && s == score && decoded != best: // either font may have been meant
			return Reading[string]{Value: viet.DisplayCase(best), Fault: Encoding, Candidates: []string{viet.DisplayCase(best), viet.DisplayCase(decoded)}}, true
		}
	}
	if best == "" {
		return Reading[string]{}, false
	}
	confidence := provenDecoded
	if score <= 0.95 {
		confidence = likelyDecoded
	}
	name := viet.DisplayCase(best)
	if capitals == 1 && !sure && !viet.IsDisplayCase(text) && viet.SyllableScore(text) == 1 { // "TÊn" may be a slip of the shift key, too
		return Reading[string]{Value: name, Fault: Encoding, Candidates: []string{name, viet.DisplayCase(text)}}, true
	}
	return Reading[string]{Value: name, Fault: Encoding, Suggest: name, Confidence: confidence}, true
}

// readDecoded is readLegacy of what may be no name, or more than a name, once it is decoded: a note, a title before it.
func readDecoded(text string, parent bool) (Reading[string], bool) {
	r, ok := readLegacy(text)
	if ok {
		if _, keys := viet.FromTelex(r.Value); keys {
			return Reading[string]{}, false // two slips in one: nobody can be sure
		}
	}
	if !ok || plain(r.Value, parent) {
		return r, ok
	}
	meant := readName(Raw{Text: r.Value}, parent)
	if meant.Value == "" {
		return meant, true
	}
	return Reading[string]{Value: meant.Value, Fault: Encoding, Suggest: meant.Value, Confidence: min(r.Confidence, meant.Confidence), Note: meant.Note}, true
}

// firstD reads a VNI name of which only Đ, at the beginning of a word, looks otherwise: "Ñinh Gia Huy". Ñ is a letter of other peoples, so
// the words have to be met in names.
func firstD(text string) (Reading[string], bool) {
	words, changed := strings.Fields(text), false
	if len(words) == 0 || utf8.RuneCountInString(words[0]) == 1 { // "Y Ñang"
		return Reading[string]{}, false
	}
	for i, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		if first != 'Ñ' && first != 'ñ' || viet.IsSyllable(word) {
			continue
		}
		d := "Đ"
		if first == 'ñ' {
			d = "đ"
		}
		if words[i] = d + viet.FromVNI(word[size:]); !viet.IsNameWord(words[i]) {
			return Reading[string]{}, false
		}
		changed = true
	}
	name := viet.DisplayCase(strings.Join(words, " "))
	if !changed || !isName(name) || viet.SyllableScore(name) < 1 {
		return Reading[string]{}, false
	}
	return Reading[string]{Value: name, Fault: Encoding, Suggest: name, Confidence: provenDecoded}, true
}

// sign says how clearly the signs of a text are those of another encoding.
type sign uint8

const (
	noSign   sign = iota
	oddSign       // letters, or pairs of them, that no people of Vietnam writes names with, though others do; capitals inside words
	deadSign      // signs that are no letters
)

func signsOf(text string) sign {
	found, last := noSign, ' '
	for at, r := range text {
		next, _ := utf8.DecodeRuneInString(text[at+utf8.RuneLen(r):])
		switch {
		case r < 0xA1:
		case !unicode.IsLetter(r) && (!remarkSign(r) || unicode.IsLetter(last) && unicode.IsLetter(next)):
			return deadSign
		case foreign(r):
			found = oddSign
		}
		last = r
	}
	if hasVNIPair(text) || hasCapitalInside(text) {
		found = oddSign
	}
	return found
}

// remarkSign reports whether a sign of Latin-1 is one that people put beside names.
func remarkSign(r rune) bool { return strings.ContainsRune("«»°·´¨¡¿", r) }

// capitalsInside counts the words in which a capital with a mark stands inside, beside small letters of ASCII: "ChiÕn", "MÉn". TCVN3 has
// small letters there. sure: one stands behind a small letter, which is no slip of the shift key.
func capitalsInside(text string) (words int, sure bool) {
	for word := range strings.FieldsSeq(text) {
		small, large, last := false, false, ' '
		for i, r := range word {
			small = small || r >= 'a' && r <= 'z'
			if i > 0 && r >= 0xC0 && unicode.IsUpper(r) {
				large = true
				sure = sure || last >= 'a' && last <= 'z'
			}
			last = r
		}
		if small && large {
			words++
		}
	}
	return words, sure
}

func hasCapitalInside(text string) bool {
	words, _ := capitalsInside(text)
	return words > 0
}

// hasVNIPair reports whether a vowel has its marks behind it, as VNI fonts write them.
func hasVNIPair(text string) bool {
	last := ' '
	for _, r := range text {
		if viet.IsVNIPair(last, r) {
			return true
		}
		last = r
	}
	return false
}

// hasWordLikeVNI reports whether a word with a pair of letters as VNI fonts write them is a family name as it stands: "Neáng". In a VNI
// font it would look otherwise ("Neaùng"), so the text is in none.
func hasWordLikeVNI(text string) bool {
	if !hasVNIPair(text) {
		return false
	}
	for word := range strings.FieldsSeq(text) {
		if hasVNIPair(word) && slices.Contains(viet.NameForms(word, true), viet.Lower(word)) {
			return true
		}
	}
	return false
}

// foreign reports whether a Latin-1 sign is one that no people of Vietnam writes names with.
func foreign(r rune) bool { return r >= 0xA1 && r <= 0xFF && !native[r-0xA0] }

var native = nativeLetters()

func nativeLetters() (table [0x60]bool) {
	for _, r := range "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýÑñÐð" {
		table[r-0xA0] = true
	}
	return table
}
