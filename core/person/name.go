package person

import (
	"strings"
	"unicode/utf8"

	"lamsach/core/viet"
)

// ReadName reads a cell that should hold a full name (họ, chữ đệm và tên). Letters of all peoples are right, as are
// apostrophes and hyphens; the place of the tone mark (hoà, hòa) is nobody's fault.
//
// A malformed name has a Suggest when only list numbering, a year, a nickname or a remark has to go; Note then holds what
// was cut off at its end.
func ReadName(raw Raw) Reading[string] { return readName(raw, false) }

// ReadParent reads a cell that should hold the name of a father, mother or guardian: as ReadName, and knows the words by
// which parents are called. Of "Lò Văn A (1985)" Note is "(1985)"; NoteYear takes the year out.
func ReadParent(raw Raw) Reading[string] { return readName(raw, true) }

func readName(raw Raw, parent bool) Reading[string] {
	scan := scanName(raw.Text)
	if scan == nameTidy && plain(raw.Text, parent) {
		return Reading[string]{Value: raw.Text, Confidence: 1}
	}
	if scan == nameOther {
		if r, ok := readDecoded(raw.Text, parent); ok {
			return r
		}
	}
	text := viet.Tidy(strings.Trim(viet.Tidy(raw.Text), "'`’‘"))
	if IsDitto(raw.Text) {
		return Reading[string]{Fault: Missing, Note: viet.Tidy(raw.Text)}
	}
	if text == "" {
		return Reading[string]{Fault: Missing}
	}
	if nameNotes.has(text) || parent && saysNobody(text) {
		return Reading[string]{Fault: Missing, Note: text}
	}
	if parent && institutions.has(text) {
		return readInstitution(raw.Text, text)
	}
	if twoNames(raw.Text, text) {
		return Reading[string]{Fault: Malformed}
	}
	fixed, alike := viet.FixLookAlikes(text)
	if alike && (nameNotes.has(fixed) || parent && saysNobody(fixed)) {
		return Reading[string]{Fault: Missing, Note: text}
	}
	if raw.Numeric || raw.Date || !isName(fixed) || cutCall(fixed, parent) != fixed || hasTail(fixed, parent) {
		return readMalformed(fixed, parent)
	}
	return readWritten(raw.Text, fixed, alike, parent)
}

// plain reports whether a tidy text is a name and no more: no note in its place, no call before it.
func plain(text string, parent bool) bool {
	if nameNotes.mayHave(text) && nameNotes.has(text) {
		return false
	}
	if !relativeFirsts.mayHave(text) {
		return true // nearly always
	}
	first := text
	if at := strings.IndexAny(text, " -"); at >= 0 {
		first = text[:at]
	}
	if !isCall(first) {
		return true
	}
	return cutCall(text, parent) == text && !(parent && (saysNobody(text) || institutions.has(text)))
}

// readInstitution keeps the name of an institution as it is written.
func readInstitution(raw, tidy string) Reading[string] {
	if raw == tidy {
		return Reading[string]{Value: tidy, Confidence: 1}
	}
	return Reading[string]{Value: tidy, Fault: Untidy, Suggest: tidy, Confidence: 0.98}
}

// readWritten judges how a text is written that has nothing but names' letters.
func readWritten(raw, fixed string, alike, parent bool) Reading[string] {
	display := viet.DisplayCase(fixed)
	if display != raw {
		if r, ok := readDecoded(display, parent); ok {
			return r
		}
	}
	if meant, ok := viet.FromTelex(display); ok && plain(meant, parent) {
		return Reading[string]{Value: meant, Fault: Encoding, Suggest: meant, Confidence: 0.9}
	}
	switch {
	case alike:
		return Reading[string]{Value: display, Fault: LookAlike, Suggest: display, Confidence: 0.97}
	case display != raw:
		return Reading[string]{Value: display, Fault: Untidy, Suggest: display, Confidence: 0.98}
	case !strings.Contains(display, " "):
		return Reading[string]{Value: display, Fault: SingleWord, Confidence: 0.9}
	}
	return Reading[string]{Value: display, Confidence: 1}
}

func readMalformed(text string, parent bool) Reading[string] {
	name, note := cutName(text, parent)
	if name == "" {
		return Reading[string]{Fault: Malformed}
	}
	if nameNotes.has(name) || parent && saysNobody(name) {
		return Reading[string]{Fault: Missing, Note: text}
	}
	name = viet.DisplayCase(name)
	if r, ok := readDecoded(name, parent); ok {
		if r.Value == "" {
			return r
		}
		name = r.Value
	} else if meant, ok := viet.FromTelex(name); ok && plain(meant, parent) {
		name = meant
	}
	confidence := 0.9
	if !strings.Contains(name, " ") {
		confidence = 0.6
	}
	return Reading[string]{Value: name, Fault: Malformed, Suggest: name, Confidence: confidence, Note: note}
}

// twoNames reports whether a cell holds two people: "A và B", or a name in each line. Và is a family name too, which begins a name
// and has no two words before it.
func twoNames(raw, text string) bool {
	if before, after, ok := strings.Cut(text, " và "); ok && strings.Contains(before, " ") && strings.Contains(after, " ") {
		return true
	}
	first, second, ok := strings.Cut(strings.TrimSpace(raw), "\n")
	if !ok {
		return false
	}
	first, second = viet.Tidy(first), viet.Tidy(second)
	one, two := strings.Count(first, " ")+1, strings.Count(second, " ")+1
	return isName(first) && isName(second) && one >= 2 && two >= 2 && (one+two >= 5 || strings.HasPrefix(second, "H'") || strings.HasPrefix(second, "Y "))
}

// What one walk over the bytes of a name tells.
type nameScan uint8

const (
	nameTidy  nameScan = iota // composed, squeezed, names' letters only, well cased, two words or more
	nameAsk                   // to be looked at letter by letter
	nameOther                 // besides, its letters could be another encoding's
)

// scanName proves most names clean by their bytes alone.
func scanName(s string) nameScan {
	f, tidy := scanLetters(s)
	if !tidy {
		return whichScan(s)
	}
	if f.keys {
		if _, ok := viet.FromTelex(s); ok {
			return nameAsk
		}
	}
	if f.spaces == 0 || f.latin1 && !f.beyond && viet.SyllableScore(s) < 0.99 || !viet.IsDisplayCase(s) {
		return whichScan(s)
	}
	return nameTidy
}

// lettersSeen is what the bytes of a name, or of a word, tell.
type lettersSeen struct {
	latin1, beyond bool // letters of Latin-1 beyond ASCII, and letters beyond it
	keys           bool // what may be keys that stayed behind as letters
	spaces         int
}

// scanLetters walks over the bytes of a name; it is false when there is anything but composed letters of names, and single
// blanks, hyphens and apostrophes between them.
func scanLetters(s string) (f lettersSeen, tidy bool) {
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			switch c |= 0x20; c {
			case 'f', 'j', 'w':
				f.keys = true
			case 'a', 'd', 'e', 'o':
				f.keys = f.keys || c == last
			case 'r', 's', 'x':
				f.keys = f.keys || last != ' ' && last != 't'
			}
		case c == ' ' || c == '-' || c == '\'':
			if !inWord(last) || i == len(s)-1 {
				return f, false
			}
			if c == ' ' {
				f.spaces++
			}
		case c >= 0xC3 && c <= 0xC8 && knownLetter(s[i:]):
			f.latin1, f.beyond = f.latin1 || c == 0xC3, f.beyond || c != 0xC3
			i++
		case c == 0xE1 && i+2 < len(s) && s[i+1] >= 0xBA && s[i+1] <= 0xBB && s[i+2]&0xC0 == 0x80:
			f.beyond = true
			i += 2
		default:
			return f, false
		}
		last = c
	}
	return f, true
}

func inWord(c byte) bool { return c != ' ' && c != '-' && c != '\'' }

func knownLetter(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == 2 && viet.IsLetter(r)
}

// whichScan tells nameAsk from nameOther: other encodings show as Latin-1 letters, and never as any letter beyond.
func whichScan(s string) nameScan {
	high := false
	for _, r := range s {
		if r > 0xFF {
			return nameAsk
		}
		high = high || r >= 0xA1
	}
	if high {
		return nameOther
	}
	return nameAsk
}

// maxWords is more than any name has; longer texts are sentences.
const maxWords = 10

// isName reports whether a tidy text has only what names are written with, signs between letters only.
func isName(s string) bool {
	last, words := ' ', 1
	for _, r := range s {
		switch {
		case r == ' ' || r == '-' || r == '‐' || viet.IsApostrophe(r):
			if !viet.IsLetter(last) && !(r == ' ' && viet.IsApostrophe(last)) { // "K' Brểu" is met
				return false
			}
			if r == ' ' {
				words++
			}
		case !viet.IsLetter(r) || viet.IsMark(r) && !viet.IsLetter(last):
			return false
		}
		last = r
	}
	return viet.IsLetter(last) && words <= maxWords
}
