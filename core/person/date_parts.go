package person

import (
	"strings"

	"lamsach/core/viet"
)

// datePart is a number of a date as written; named is set when it was the name of a month.
type datePart struct {
	digits string
	named  bool
}

func (p datePart) value() int {
	if len(p.digits) > 4 {
		return 0
	}
	return number(p.digits)
}

// dateWords are the words that stand between the numbers of a date and say nothing beyond their order.
var dateWords = map[string]bool{"ngay": true, "thang": true, "nam": true, "sinh": true, "mung": true, "mong": true, "thg": true,
	"th": true, "t": true, "n": true, "ng": true, "sn": true, "ns": true, "vao": true, "z": true}

var monthNames = map[string]string{"jan": "1", "feb": "2", "mar": "3", "apr": "4", "may": "5", "jun": "6", "jul": "7", "aug": "8",
	"sep": "9", "oct": "10", "nov": "11", "dec": "12", "gieng": "1", "chap": "12", "january": "1", "february": "2", "march": "3",
	"april": "4", "june": "6", "july": "7", "august": "8", "september": "9", "october": "10", "november": "11", "december": "12"}

// splitDate takes a text apart into the numbers of a date, in their order. It reports false when there is anything in it
// that no date has, or no number, or more than three.
func splitDate(text string) ([]datePart, bool) {
	if len(text) > 64 {
		return nil, false
	}
	s := cutTime(fixDateDigits(viet.Fold(text)))
	var parts []datePart
	for i := 0; i < len(s); {
		start := i
		switch c := s[i]; {
		case isDigit(c):
			for i < len(s) && isDigit(s[i]) {
				i++
			}
			parts = append(parts, datePart{digits: s[start:i]})
		case c >= 'a' && c <= 'z':
			for i < len(s) && s[i] >= 'a' && s[i] <= 'z' {
				i++
			}
			if month, ok := monthNames[s[start:i]]; ok {
				parts = append(parts, datePart{month, true})
			} else if !dateWords[s[start:i]] {
				return nil, false
			}
		case strings.IndexByte(" /-.,\\'_:;`|", c) >= 0:
			i++
		default:
			return nil, false
		}
	}
	return parts, len(parts) > 0 && len(parts) <= 3
}

// orderParts says which of three numbers is the day, the month and the year: day first, unless four digits lead or the
// month has a name.
func orderParts(parts []datePart) (day, month, year datePart) {
	switch {
	case len(parts[0].digits) == 4:
		return parts[2], parts[1], parts[0]
	case parts[0].named:
		return parts[1], parts[0], parts[2]
	}
	return parts[0], parts[1], parts[2]
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// fixDateDigits puts digits for o, l and i where they stand among digits: o5/o3/2o15.
func fixDateDigits(s string) string {
	if !strings.ContainsAny(s, "oli") {
		return s
	}
	out := []byte(s)
	for changed := true; changed; {
		changed = false
		for i, c := range out {
			if c != 'o' && c != 'l' && c != 'i' || !amongDigits(out, i) {
				continue
			}
			if out[i] = '1'; c == 'o' {
				out[i] = '0'
			}
			changed = true
		}
	}
	return string(out)
}

// amongDigits reports whether a digit is next to i and no letter of a word is, other than o, l and i themselves.
func amongDigits(s []byte, i int) bool {
	digit := false
	for _, at := range [2]int{i - 1, i + 1} {
		if at < 0 || at >= len(s) {
			continue
		}
		switch c := s[at]; {
		case isDigit(c):
			digit = true
		case c >= 'a' && c <= 'z' && c != 'o' && c != 'l' && c != 'i':
			return false
		}
	}
	return digit
}

// cutTime drops a time of day: everything from the number before the first colon on.
func cutTime(s string) string {
	colon := strings.IndexByte(s, ':')
	if colon < 1 || !isDigit(s[colon-1]) {
		return s
	}
	at := colon
	for at > 0 && isDigit(s[at-1]) {
		at--
	}
	if at < 6 || strings.Trim(s[colon:], "0123456789:. apmzchs+") != "" {
		return s
	}
	return strings.TrimSuffix(strings.TrimSpace(s[:at]), "t")
}
