package person

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lamsach/core/viet"
)

// leastBefore is how many words make a name before a remark.
const leastBefore = 2

// cutTail takes off a remark that stands behind a name without a sign between: "Lò Thị Ơn chuyển đi", "Nguyễn Văn An tức Tí". Small
// letters behind capitals tell it from the name; where all is written alike, only what is said of people who left does.
func cutTail(text string, parent bool) (string, string) {
	mixed := mixedCase(text)
	for at, words := 0, 0; at < len(text); {
		end := strings.IndexByte(text[at:], ' ')
		if end < 0 {
			end = len(text) - at
		}
		first, _ := utf8.DecodeRuneInString(text[at:])
		if words >= leastBefore && ((!mixed || unicode.IsLower(first)) && isTail(text[at:], mixed, parent) || mixed && unicode.IsUpper(first) && shortNote(text, at)) {
			return strings.TrimSpace(text[:at]), text[at:]
		}
		at += end + 1
		words++
	}
	return text, ""
}

func hasTail(text string, parent bool) bool {
	_, tail := cutTail(text, parent)
	return tail != ""
}

// isTail reports whether words behind a name are a remark.
func isTail(tail string, mixed, parent bool) bool {
	if !mixed {
		first, _, several := strings.Cut(tail, " ")
		return several && (plainTails.mayHave(tail) && plainTails.has(tail) || parent && isCall(first) && saysNobody(tail) && !relativeNotes.has(tail))
	}
	if !strings.Contains(tail, " ") {
		return tailNotes.whole[tail] || parent && saysNobody(tail)
	}
	return tailNotes.has(tail) || parent && saysNobody(tail) || smallTalk(tail)
}

// shortNote reports whether all from a place on is abbreviations behind a name that is not in capitals: "Vì Thị Hoài HKT", "Lò Thị Ơn DTTS HN".
// They are capitals without a vowel, of which no people makes names.
func shortNote(text string, at int) bool {
	for word := range strings.FieldsSeq(text[at:]) {
		letters := 0
		for _, r := range word {
			if r != 'Đ' && (r < 'A' || r > 'Z' || strings.ContainsRune("AEIOUY", r)) {
				return false
			}
			letters++
		}
		if letters < 2 || letters > 4 {
			return false
		}
	}
	capital := false
	for _, r := range text[:at] {
		if capital && unicode.IsUpper(r) {
			return false // NGUYễN
		}
		capital = unicode.IsUpper(r)
	}
	return true
}

// smallTalk reports whether several words, all in small letters, are no part of a name: one of them at least is met in no name.
func smallTalk(tail string) bool {
	strange := false
	for word := range strings.FieldsSeq(tail) {
		if first, _ := utf8.DecodeRuneInString(word); !unicode.IsLower(first) {
			return false
		}
		strange = strange || !viet.IsNameWord(word)
	}
	return strange
}

// mixedCase reports whether the first word begins with a capital and the text is not all in capitals.
func mixedCase(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(first) && strings.ContainsFunc(text, unicode.IsLower)
}
