package person

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lamsach/core/viet"
)

// ReadPersonalID reads a cell that should hold a person's number. A lost zero is given back without asking whether sex
// and birth agree with it: that is for whoever knows them.
func ReadPersonalID(raw Raw) Reading[PersonalID] {
	if len(raw.Text) == 12 && !raw.Date && allDigits(raw.Text) {
		return readDigits(raw.Text, raw.Text)
	}
	text := strings.TrimRight(viet.Squeeze(raw.Text), "; ")
	switch {
	case text == "" && raw.Text == "":
		return Reading[PersonalID]{Fault: Missing}
	case strings.TrimLeftFunc(text, isSeparator) == "": // the apostrophe that makes text of a cell, and nothing behind it
		return Reading[PersonalID]{Fault: Missing, Note: text}
	case raw.Date:
		return Reading[PersonalID]{Fault: Malformed}
	case !isDigit(text[0]) && notes.is(text):
		return Reading[PersonalID]{Fault: Missing, Note: text}
	}
	if digits, ok := stripSeparators(text); ok && !(raw.Numeric && text[0] == '-') {
		r := readDigits(digits, raw.Text)
		if raw.Numeric && r.Fault == Malformed && len(digits) == 11 && digits[0] != '0' {
			r.Fault = ProvinceUnknown // the zero in front is no doubt, what follows is no province
		}
		return r
	}
	if r, ok := readScientific(text); ok {
		return r
	}
	if r, ok := readLookAlike(text); ok {
		return r
	}
	if r, ok := readOneOf(text); ok {
		return r
	}
	switch {
	case isOldNumber(text):
		return Reading[PersonalID]{Fault: OldNumber}
	case notes.has(text), isRemark(text):
		return Reading[PersonalID]{Fault: Missing, Note: text}
	case isInsuranceCode(text):
		return Reading[PersonalID]{Fault: OtherCode, Note: text}
	}
	return Reading[PersonalID]{Fault: Malformed}
}

// isRemark reports whether a text without a digit says something: where a number should stand that is a note. A name is none: its
// words begin with capitals.
func isRemark(text string) bool {
	letters, small, last := 0, false, ' '
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			return false
		case unicode.IsLetter(r):
			letters++
			small = small || last == ' ' && unicode.IsLower(r)
		}
		last = r
	}
	return letters >= 2 && small
}

// readDigits judges a text that is digits once separators are gone.
func readDigits(digits, raw string) Reading[PersonalID] {
	switch n := len(digits); {
	case n < 9 && strings.Trim(digits, "0") == "":
		return Reading[PersonalID]{Fault: Missing, Note: raw}
	case n <= 12 && n >= 6 && madeUp(digits):
		return Reading[PersonalID]{Fault: Placeholder}
	case n == 12:
		return readTwelve(digits, raw)
	case n == 11 && digits[0] != '0':
		return padded("0"+digits, 0.9, Reading[PersonalID]{Fault: Malformed})
	case n == 10 && digits[0] != '0' && digits[1] <= '3':
		return padded("00"+digits, 0.7, Reading[PersonalID]{Fault: OtherCode, Note: raw})
	case n == 10:
		return Reading[PersonalID]{Fault: OtherCode, Note: raw}
	case n == 9:
		return Reading[PersonalID]{Fault: OldNumber}
	case n == 13 && digits[:2] == "00": // a zero typed twice; behind a single one would stand a country's code, which hardly anybody has
		return suggestNumber(digits[1:], 0.6)
	}
	if r, ok := readOneOf(raw); ok {
		return r
	}
	return Reading[PersonalID]{Fault: Malformed}
}

func readTwelve(digits, raw string) Reading[PersonalID] {
	id := PersonalID{digits} // made-up numbers are gone by now
	switch {
	case !placeKnown(digits):
		return Reading[PersonalID]{Fault: ProvinceUnknown}
	case digits == raw:
		return Reading[PersonalID]{Value: id, Confidence: 1}
	}
	return Reading[PersonalID]{Value: id, Fault: Untidy, Suggest: digits, Confidence: 0.99}
}

// padded gives a number its zeros back; where that makes none, the reading is otherwise.
func padded(digits string, confidence float64, otherwise Reading[PersonalID]) Reading[PersonalID] {
	id, err := ParsePersonalID(digits)
	switch {
	case err != nil && madeUp(digits):
		return Reading[PersonalID]{Fault: Placeholder}
	case err != nil:
		return otherwise
	}
	return Reading[PersonalID]{Value: id, Fault: LostZero, Suggest: digits, Confidence: confidence}
}

func suggestNumber(digits string, confidence float64) Reading[PersonalID] {
	id, err := ParsePersonalID(digits)
	if err != nil {
		return Reading[PersonalID]{Fault: Malformed}
	}
	return Reading[PersonalID]{Value: id, Fault: Malformed, Suggest: digits, Confidence: confidence}
}

// stripSeparators takes out what people put between digits, and the ".0" of a number that went through a program. It
// reports false when anything else remains.
func stripSeparators(text string) (string, bool) {
	text, ok := cutFraction(text)
	if !ok {
		return "", false
	}
	digits := make([]byte, 0, len(text))
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits = append(digits, byte(r))
		case !isSeparator(r):
			return "", false
		}
	}
	return string(digits), len(digits) > 0
}

func isSeparator(r rune) bool {
	switch r {
	case ' ', '.', ',', '-', '\'', '`', '"', '_', '’', '‘', 'ʼ', '´', '“', '”', '·', '•', '‐', '‑', '–', '—', '−':
		return true
	}
	return false
}

// cutFraction drops ".0", ",00" behind at least nine digits. It reports false for any other fraction: the digits before
// it are then the value of a formula, and no number of a person.
func cutFraction(text string) (string, bool) {
	at := strings.LastIndexAny(text, ".,")
	if at < 9 || len(text)-at > 3 || len(text)-at < 2 || !allDigits(text[at-9:at]) || !allDigits(text[at+1:]) {
		return text, true
	}
	return text[:at], strings.Trim(text[at+1:], "0") == ""
}

// readScientific knows 3.8215E+10. When the mantissa holds every digit, nothing was lost but the form.
func readScientific(text string) (Reading[PersonalID], bool) {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(strings.ReplaceAll(text, " ", "")), "E")
	exponent = strings.TrimPrefix(exponent, "+")
	whole, fraction, _ := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	if !ok || len(whole) != 1 || !allDigits(whole) || fraction != "" && !allDigits(fraction) || len(exponent) > 2 || !allDigits(exponent) {
		return Reading[PersonalID]{}, false
	}
	if n := number(exponent); n == len(fraction) && n >= 9 && n <= 11 {
		return readDigits(whole+fraction, text), true
	}
	return Reading[PersonalID]{Fault: LostDigits}, true
}

// digitFor gives the digit that a sign is typed, or read from a scan, in place of.
func digitFor(r rune) (byte, bool) {
	switch r {
	case 'O', 'o', 'О', 'о', 'Ο', 'ο':
		return '0', true
	case 'l', 'I', 'i', '|', 'І', 'і':
		return '1', true
	case 'S', 's':
		return '5', true
	case 'B':
		return '8', true
	}
	if r >= '０' && r <= '９' {
		return byte(r-'０') + '0', true
	}
	return 0, false
}

// readLookAlike reads a text of digits and signs that look like digits, when that makes a valid number of
// this country: those of others have no zero in front to prove the reading.
func readLookAlike(text string) (Reading[PersonalID], bool) {
	digits := make([]byte, 0, len(text))
	real := 0
	for _, r := range text {
		if r >= '0' && r <= '9' {
			digits = append(digits, byte(r))
			real++
		} else if d, ok := digitFor(r); ok {
			digits = append(digits, d)
			if r >= '０' {
				real++
			}
		} else if !isSeparator(r) {
			return Reading[PersonalID]{}, false
		}
	}
	id, err := ParsePersonalID(string(digits))
	if err != nil || id.Abroad() || real < 6 {
		return Reading[PersonalID]{}, false
	}
	return Reading[PersonalID]{Value: id, Fault: LookAlike, Suggest: id.digits, Confidence: 0.9}, true
}

// readOneOf finds the one valid number among what else is in the cell: an old number, a date of issue, a word.
func readOneOf(text string) (Reading[PersonalID], bool) {
	var found PersonalID
	parts := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && !isSeparator(r) || r == ',' })
	parts = append(parts, strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })...)
	for _, part := range parts {
		digits, _ := stripSeparators(part)
		id, err := ParsePersonalID(digits)
		if err != nil || id == found {
			continue
		}
		if !found.IsZero() {
			return Reading[PersonalID]{Fault: Malformed, Candidates: []string{found.digits, id.digits}}, true
		}
		found = id
	}
	if found.IsZero() {
		return Reading[PersonalID]{}, false
	}
	return Reading[PersonalID]{Value: found, Fault: Malformed, Suggest: found.digits, Confidence: 0.8, Note: text}, true
}

// oldNumberWords are what people write before a CMND, folded.
var oldNumberWords = map[string]bool{"cmnd": true, "so cmnd": true, "cmt": true, "so cmt": true, "cmtnd": true, "so cmtnd": true, "chung minh": true, "chung minh thu": true,
	"giay cmnd": true, "cm": true}

// isOldNumber knows the nine digits of a CMND behind the word for it.
func isOldNumber(text string) bool {
	at := strings.IndexFunc(text, unicode.IsDigit)
	if at <= 0 || !oldNumberWords[strings.Trim(viet.Fold(text[:at]), " :.-")] {
		return false
	}
	digits, ok := stripSeparators(text[at:])
	return ok && len(digits) == 9
}

// isInsuranceCode knows the 15 signs of a health-insurance card: two letters and 13 digits.
func isInsuranceCode(text string) bool {
	letters, digits := 0, 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case digits == 0 && r < utf8.RuneSelf && unicode.IsLetter(r):
			letters++
		case !isSeparator(r):
			return false
		}
	}
	return letters == 2 && digits == 13
}
