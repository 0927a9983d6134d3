package person

import (
	"strings"

	"lamsach/core/civil"
	"lamsach/core/viet"
)

// longestAround is how many bytes a date with what stands beside it may have; beyond that it is a sentence.
const longestAround = 120

// readAroundDate looks for a date in a text that is none as a whole: a number of a day that was written with its decimals, a date with
// a remark behind it, digits torn apart. What is more than a way of writing is offered only.
func readAroundDate(text string, asOf civil.Date) Reading[BirthDate] {
	none := Reading[BirthDate]{Fault: Malformed}
	if len(text) > longestAround {
		return none
	}
	if whole, ok := wholeNumber(text); ok {
		return readRow(whole, asOf)
	}
	if d, ok := wholeDate(joinDigits(text), asOf); ok {
		return Reading[BirthDate]{Fault: Malformed, Suggest: d.String(), Confidence: 0.7}
	}
	folded := viet.Fold(text)
	at := remarkAt(folded)
	if at <= 0 {
		return none
	}
	d, ok := wholeDate(strings.TrimRight(folded[:at], " ,;(-."), asOf)
	remark := strings.Trim(folded[at:], " .,;()[]-")
	switch {
	case !ok:
		return none
	case solarWords[remark]:
		return judge(d, Untidy, 0.9, asOf)
	case doubts(remark):
		return none
	}
	return Reading[BirthDate]{Fault: Malformed, Suggest: d.String(), Confidence: 0.8}
}

// wholeNumber takes off the decimals that say nothing: "42075.0".
func wholeNumber(text string) (string, bool) {
	at := strings.IndexAny(text, ".,")
	if at < 4 || !allDigits(text[:at]) || len(text) == at+1 || strings.Trim(text[at+1:], "0") != "" || at == 4 && len(text) > at+2 {
		return "", false
	}
	return text[:at], true
}

// wholeDate reads a complete date that the calendar has and that is not in the future.
func wholeDate(text string, asOf civil.Date) (BirthDate, bool) {
	if text == "" {
		return BirthDate{}, false
	}
	parts, ok := splitDate(text)
	if !ok || len(parts) != 3 {
		return BirthDate{}, false
	}
	r := readThree(parts, asOf)
	return r.Value, r.Fault == Untidy && len(parts[0].digits)+len(parts[1].digits)+len(parts[2].digits) >= 6
}

// joinDigits closes the gaps between digits of a date that has both its signs: "12/03/201 5"; "" when there are none.
func joinDigits(text string) string {
	signs, gaps := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '/' || c == '-' || c == '.':
			signs++
		case c == ' ':
			gaps++
		case !isDigit(c):
			return ""
		}
	}
	if signs != 2 || gaps == 0 {
		return ""
	}
	return strings.ReplaceAll(text, " ", "")
}

// remarkAt gives the place where something else than a date begins in a folded text; -1 when nothing does.
func remarkAt(folded string) int {
	if at := strings.IndexAny(folded, "(["); at >= 0 {
		return at
	}
	for at := 0; at < len(folded); at++ {
		if isDigit(folded[at]) || folded[at] < 'a' || folded[at] > 'z' || at > 0 && isDigit(folded[at-1]) {
			continue
		}
		end := at
		for end < len(folded) && folded[end] >= 'a' && folded[end] <= 'z' {
			end++
		}
		if word := folded[at:end]; !dateWords[word] && monthNames[word] == "" {
			return at
		}
		at = end
	}
	return -1
}

// solarWords say that a date is one of the usual calendar.
var solarWords = map[string]bool{"dl": true, "duong lich": true, "duong": true, "ngay duong": true, "lich duong": true}

// doubtWords make the date before them another one than the birth date of the usual calendar, or none that is sure.
var doubtWords = map[string]bool{"al": true, "am": true, "sai": true, "nham": true, "hoac": true, "hay": true, "sua": true, "cap": true, "khong": true, "chua": true, "gan": true}

// doubts reports whether a remark behind a date may take it back, or holds another date.
func doubts(remark string) bool {
	digits := 0
	for i := range len(remark) {
		if isDigit(remark[i]) {
			digits++
		}
	}
	words := strings.FieldsFunc(remark, func(r rune) bool { return r < 'a' || r > 'z' })
	for _, word := range words {
		if doubtWords[word] {
			return true
		}
	}
	return len(words) == 0 || digits > 2
}
