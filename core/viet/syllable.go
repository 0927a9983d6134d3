package viet

import (
	"strings"
	"unicode/utf8"
)

// rimes are all endings of Vietnamese syllables, tone taken off.
var rimes = wordSet(`
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu ych yn ynh yt yp ynh
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt ơng ơc
u ua uân uât uây uâng uê uêch uênh uêu uên uêt ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uc uy uya uych uyên uyêt uyn uynh uyp uyt uyu
ư ưa ưc ưi ưm ưn ưng ưt ươc ươi ươm ươn ương ươp ươt ươu ưu ưp
`)

// onsets are all beginnings, the longest first.
var onsets = [...]string{"ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
	"b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x", ""}

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// tones of the vowels: each row is a vowel without tone and then with huyền, sắc, hỏi, ngã, nặng.
const toneRows = "aàáảãạ ăằắẳẵặ âầấẩẫậ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ"

// tone is a mark of the syllable, in the order of toneRows.
type tone uint8

const (
	level tone = iota
	huyen
	sac
	hoi
	nga
	nang
)

type toned struct {
	vowel rune
	tone  tone
}

var (
	toneOf  = toneTable()
	withTon = tonedVowels()
)

func toneTable() map[rune]toned {
	table := make(map[rune]toned)
	for _, row := range strings.Fields(toneRows) {
		vowels := []rune(row)
		for i, r := range vowels {
			table[r] = toned{vowels[0], tone(i)}
		}
	}
	return table
}

func tonedVowels() map[toned]rune {
	table := make(map[toned]rune)
	for r, t := range toneOf {
		table[t] = r
	}
	return table
}

// IsSyllable reports whether a word, in any case and composed, can be one Vietnamese syllable. It is what an
// ordinary Vietnamese word looks like; names of other peoples (Blô, Ksor) need not.
func IsSyllable(word string) bool {
	var buffer [32]byte
	body, mark, count, at := buffer[:0], level, 0, 0
	for _, r := range word {
		r = LowerRune(r)
		if r >= utf8.RuneSelf {
			if t := toneOf[r]; t.tone != level {
				r, mark = t.vowel, t.tone
				count++
				at = len(body)
			}
		}
		if body = utf8.AppendRune(body, r); len(body) > 16 {
			return false
		}
	}
	if count > 1 || len(body) == 0 {
		return false
	}
	rime, ok := splits(body)
	return ok && (mark == sac || mark == nang || !stopped(body)) && (mark == level || at < len(body)-1 || !glides[string(rime)])
}

// glides are the rimes of several vowels of which the last never has the tone: "Màu" is a syllable, "Maù" is none.
var glides = glideRimes()

func glideRimes() map[string]bool {
	set := make(map[string]bool)
	for rime := range rimes {
		if last := rime[len(rime)-1]; len(rime) > 1 && strings.IndexByte("aiouy", last) >= 0 && rime != "oa" && rime != "uy" {
			set[rime] = true
		}
	}
	return set
}

// splits gives the rime of a body that is an onset and a rime.
func splits(body []byte) (rime []byte, ok bool) {
	for _, onset := range onsets {
		if len(onset) <= len(body) && string(body[:len(onset)]) == onset && rimes[string(body[len(onset):])] {
			return body[len(onset):], true
		}
	}
	return nil, string(body) == "gi"
}

// stopped reports whether the syllable ends in p, t, c or ch, which only sắc and nặng go with.
func stopped(body []byte) bool {
	switch body[len(body)-1] {
	case 'p', 't', 'c':
		return true
	case 'h':
		return len(body) > 1 && body[len(body)-2] == 'c'
	}
	return false
}

// SyllableScore gives the share, 0 to 1, of the words of s that can be Vietnamese syllables; 0 for no words. Text in
// an encoding read wrongly scores below 0.6, ordinary Vietnamese above 0.95.
func SyllableScore(s string) float64 {
	words, good := 0, 0
	for start := 0; start < len(s); {
		if s[start] == ' ' {
			start++
			continue
		}
		end := start
		for end < len(s) && s[end] != ' ' {
			end++
		}
		words++
		if IsSyllable(s[start:end]) {
			good++
		}
		start = end
	}
	if words == 0 {
		return 0
	}
	return float64(good) / float64(words)
}
