package roster

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lamsach/core/person"
	"lamsach/core/viet"
)

var (
	familyBreak = regexp.MustCompile(`\s*(?:[;\n\r+&|]|\s[-–—/,]\s|[,/–—]|-\s|\s-|\s+và\s+)\s*`)
	bracketYear = regexp.MustCompile(`(?i)[\s,(\[–-]*(?:sn|sinh năm|năm sinh|s\.?n\.?|sinh)?[:.\s]*((?:\d{1,2}[/.-]\d{1,2}[/.-])?(?:19|20)\d\d)\s*[)\]]*\s*$`)
	trailingID  = regexp.MustCompile(`(?i)[\s,(:–-]*(?:cccd|cmnd|số|đdcn)?[:.\s]*(\d{12}|\d{9})\s*\)?\s*$`)
	careWords   = regexp.MustCompile(`\s+(?:chăm sóc|nuôi dưỡng|trông nom|nuôi|giám hộ|cham soc|nuoi duong|trong nom|nuoi|giam ho)$`) // Nuôi is a name
	phone       = regexp.MustCompile(`(?i)[\s,;(–-]*(?:(?:số đt|số điện thoại|điện thoại|đtdđ|sđt|đt|sdt|tel|lh)[\s.:]*\+?\d(?:[\s.]?\d){8,10}|(?:\+84\s?|0)[35789]\d(?:[\s.]?\d){7})\)?`)
	numbering   = regexp.MustCompile(`(^|\s)\d\s?[.)/]\s*(\pL)`)
	yearBetween = regexp.MustCompile(`((?:19|20)\d\d\s*\)?)\s+(\p{Lu})`)
	bracketWord = regexp.MustCompile(`\(([^()]{1,30})\)`)
	childOf     = regexp.MustCompile(`(?i)^(?:con|cháu) (?:ông|bà|anh|chị|cô|chú|mẹ|của|nhà) `)
	wideBlank   = regexp.MustCompile(`[ \t\x{a0}]{2,}`)
)

// cutPhones takes telephone numbers out, with the word that says so: the digits would pass for an old number.
func cutPhones(text string) string {
	if !strings.ContainsAny(text, "0123456789") {
		return text
	}
	var b strings.Builder
	from := 0
	for _, at := range phone.FindAllStringIndex(text, -1) {
		if next, _ := utf8.DecodeRuneInString(text[at[1]:]); unicode.IsDigit(next) {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(text[:at[0]]); unicode.IsDigit(last) && text[at[0]] >= '0' && text[at[0]] <= '9' {
			continue
		}
		b.WriteString(text[from:at[0]] + " ")
		from = at[1]
	}
	return b.String() + text[from:]
}

// yearBracket is a note in brackets with a year in it.
var yearBracket = regexp.MustCompile(`\([^()]*(?:19|20)\d\d[^()]*\)`)

// settleYears leaves of the brackets with years those of birth: "(1985 - 2020)" becomes "(1985)", and "(mất 2020)", which is the year of
// something else, goes. Brackets that hold a number stay.
func settleYears(text string) string {
	if !strings.Contains(text, "(") {
		return text
	}
	return yearBracket.ReplaceAllStringFunc(text, func(note string) string {
		years := 0
		for _, run := range strings.FieldsFunc(note, func(r rune) bool { return r < '0' || r > '9' }) {
			switch {
			case len(run) > 4:
				return note
			case len(run) == 4:
				years++
			}
		}
		switch year, ok := person.NoteYear(note); {
		case !ok:
			return ""
		case years > 1, strings.ContainsAny(note, "/,;-–"): // which part names elsewhere
			return "(" + strconv.Itoa(year) + ")"
		}
		return note
	})
}

// segments cuts the cell at separators, and before every word for a relative. A piece without letters, such as a birth
// year after a dash, stays with the name before it.
func segments(text string) []string {
	text = breakWords(breakBrackets(breakNumbers(yearBetween.ReplaceAllString(text, "$1; $2"))))
	var out []string
	for _, piece := range familyBreak.Split(text, -1) {
		piece = strings.Trim(piece, " \t.,")
		switch {
		case piece == "":
		case len(out) > 0 && (!strings.ContainsFunc(piece, unicode.IsLetter) || only(piece, bracketYear) || only(piece, trailingID)):
			out[len(out)-1] += " " + piece
		default:
			out = append(out, piece)
		}
	}
	if len(out) == 1 {
		return breakBlanks(out[0])
	}
	return out
}

// breakNumbers separates "1. A 2. B".
func breakNumbers(text string) string {
	if !strings.HasPrefix(text, "1") {
		return text
	}
	return numbering.ReplaceAllString(text, "$1;$2")
}

// breakBrackets separates "(Bố) A (Mẹ) B" and "A (bố) B (mẹ)".
func breakBrackets(text string) string {
	if !strings.Contains(text, "(") {
		return text
	}
	before := strings.HasPrefix(text, "(")
	return bracketWord.ReplaceAllStringFunc(text, func(part string) string {
		inside := strings.Trim(part, "() .:")
		switch {
		case !isFamilyWord(inside):
			return part
		case before:
			return ";" + inside + ": "
		}
		return part + ";"
	})
}

// breakBlanks separates two names by the blanks between them, when those are more than a slip and both sides are names.
func breakBlanks(text string) []string {
	at := wideBlank.FindAllStringIndex(text, -1)
	if len(at) != 1 {
		return []string{text}
	}
	left, right, words := text[:at[0][0]], text[at[0][1]:], 3
	if at[0][1]-at[0][0] > 2 {
		words = 2
	}
	if len(strings.Fields(left)) < words || len(strings.Fields(right)) < words {
		return []string{text}
	}
	return []string{left, right}
}

// only reports whether a piece is what the pattern finds and nothing else: "sinh năm 1985".
func only(piece string, pattern *regexp.Regexp) bool {
	at := pattern.FindStringIndex(piece)
	return at != nil && at[0] == 0
}

// breakWords puts a separator before words for relatives inside: with a colon behind them ("Bố: A Mẹ: B"), or in small letters before a
// name ("Bố A mẹ B"). With a capital they only count when the cell begins with such a word too.
func breakWords(text string) string {
	lower := viet.Lower(text)
	if len(lower) != len(text) {
		return text
	}
	var b strings.Builder
	from, led := 0, false
	for at := 0; at < len(text); {
		w, ok := wordAt(lower[at:])
		if !ok {
			next := strings.IndexAny(lower[at:], " \n;,")
			if next < 0 {
				break
			}
			at += next + 1
			continue
		}
		rest := strings.TrimLeft(text[at+len(w.word):], " ")
		first, _ := utf8.DecodeRuneInString(rest)
		_, further := wordAt(viet.Lower(rest))
		small := text[at:at+len(w.word)] == w.word
		switch {
		case at == 0:
			led = w.sure
		case text[at-1] == ' ' && (first == ':' || w.sure && (small && further || (small || led) && unicode.IsUpper(first))):
			b.WriteString(text[from:at-1] + ";")
			from = at
		}
		at += len(w.word)
	}
	return b.String() + text[from:]
}

// wordAt gives the longest word for a relative that a text in small letters begins with.
func wordAt(lower string) (familyWord, bool) {
	return longestAt(lower, familyWords(), func(w familyWord) string { return w.word })
}

// longestAt gives the longest whole word of some that a text begins with.
func longestAt[W any](text string, words []W, written func(W) string) (best W, ok bool) {
	for _, w := range words {
		word := written(w)
		if len(word) <= len(written(best)) || !strings.HasPrefix(text, word) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(text[len(word):]); next == utf8.RuneError || !unicode.IsLetter(next) {
			best, ok = w, true
		}
	}
	return best, ok
}

func isFamilyWord(text string) bool {
	lower := viet.Lower(text)
	w, ok := wordAt(lower)
	return ok && len(w.word) == len(lower)
}

// familyRole finds the words at the start of a segment that say whose name it is, and gives the rest. Of several the last one holds:
// "ở với mẹ …".
func familyRole(segment string) (role Field, rest string, ok bool) {
	rest = segment
	for {
		lower := viet.Lower(rest)
		w, is := wordAt(strings.TrimPrefix(lower, "do "))
		if !is || len(lower) != len(rest) {
			return role, rest, ok
		}
		behind := strings.TrimLeft(rest[len(rest)-len(strings.TrimPrefix(lower, "do "))+len(w.word):], " ")
		if !w.sure && !strings.HasPrefix(behind, ":") && !calls(rest, behind) {
			return role, rest, ok
		}
		role, rest, ok = w.role, strings.Trim(behind, " :."), true
	}
}

// calls reports whether the unsure word before a name calls somebody, as names of relatives are read.
func calls(segment, behind string) bool {
	name := person.ReadParent(person.Raw{Text: segment}).Suggest
	return name != "" && strings.HasPrefix(viet.Lower(viet.Tidy(behind)), viet.Lower(name))
}

// roleBehind finds the word in brackets behind a name that says whose it is: "Vì Thị B (mẹ)".
func roleBehind(segment string) (role Field, rest string, ok bool) {
	open := strings.LastIndexAny(segment, "([")
	if open <= 0 || !strings.ContainsAny(segment[open:], ")]") {
		return NoField, segment, false
	}
	inside := viet.Lower(strings.Trim(segment[open:], "()[] .:"))
	if w, is := wordAt(inside); is && len(w.word) == len(inside) && w.role != NoField {
		return w.role, strings.TrimSpace(segment[:open]), true
	}
	return NoField, segment, false
}
