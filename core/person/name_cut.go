package person

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lamsach/core/viet"
)

// cutName takes off a name what does not belong to it: list numbering and labels in front, brackets, years, dates and
// remarks behind. It gives no name when what remains is none, or when there are two.
func cutName(text string, parent bool) (name, note string) {
	text = cutLabel(cutNumbering(text))
	text = cutCall(text, parent)
	var pieces []string
	remark := func(text string) (string, string) { return cutRemark(text, parent) }
	figures := false
	for i, cut := range []func(string) (string, string){cutBrackets, cutQuoted, cutFigures, remark, cutSigns} {
		kept, piece := cut(text)
		if piece = strings.TrimSpace(piece); piece != "" {
			pieces = append(pieces, piece)
			if last := len(pieces) - 1; i == 3 && figures { // what was cut off before stood behind it
				pieces[last-1], pieces[last] = piece, pieces[last-1]
			}
			figures = i == 2
		}
		text = strings.TrimSpace(kept)
	}
	if kept, tail := cutTail(text, parent); tail != "" { // what was cut off before stood behind it
		text, pieces = kept, slices.Insert(pieces, 0, tail)
	}
	if !isName(text) {
		return "", ""
	}
	return text, strings.Join(pieces, " ")
}

// cutNumbering drops "1. ", "12)", "- " in front.
func cutNumbering(text string) string {
	rest := strings.TrimLeft(text, "0123456789")
	trimmed := strings.TrimLeft(rest, ".)-:/+*• ")
	if first, _ := utf8.DecodeRuneInString(trimmed); !unicode.IsLetter(first) || rest != text && trimmed == rest {
		return text
	}
	return trimmed
}

// labels stand before a colon in cells that hold more than a name.
var labels = map[string]bool{"ho ten": true, "ho va ten": true, "ten": true, "chau": true, "be": true, "tre": true, "bo": true, "cha": true, "me": true,
	"ba": true, "ong": true, "vo": true, "chong": true, "ho ten bo": true, "ho ten cha": true, "ho ten me": true, "con": true, "bo de": true, "me de": true,
	"nguoi giam ho": true, "giam ho": true, "ngh": true, "gh": true, "co": true, "chu": true, "bac": true, "anh": true, "chi": true}

func cutLabel(text string) string {
	label, rest, ok := strings.Cut(text, ":")
	if !ok || !labels[viet.Fold(label)] {
		return text
	}
	return strings.TrimSpace(rest)
}

// cutBrackets takes out one pair of brackets, or an open one to the end.
func cutBrackets(text string) (string, string) {
	start := strings.IndexAny(text, "([{")
	if start < 0 {
		return text, ""
	}
	end := strings.IndexAny(text[start:], ")]}")
	if end < 0 {
		return text[:start], text[start:]
	}
	end += start + 1
	return strings.TrimSpace(text[:start]) + " " + strings.TrimSpace(text[end:]), text[start:end]
}

// quotes are the pairs of signs around a nickname.
var quotes = [...][2]string{{`"`, `"`}, {"“", "”"}, {"”", "”"}, {"«", "»"}, {"''", "''"}, {" '", "'"}}

// cutQuoted takes off a nickname in quotes at the end.
func cutQuoted(text string) (string, string) {
	for _, q := range quotes {
		kept, quoted, ok := strings.Cut(text, q[0])
		if inside, closed := strings.CutSuffix(quoted, q[1]); ok && closed && strings.TrimSpace(kept) != "" && isName(strings.TrimSpace(inside)) {
			return kept, strings.TrimSpace(text[len(kept):])
		}
	}
	return text, ""
}

// yearWords introduce a year or a date of birth. Sinh, Nam and Năm are given names too: written with a capital they
// introduce nothing, unless both stand there with their marks and a name is left.
var (
	yearWords  = []string{"ngay sinh", "sinh nam", "nam sinh", "sinh ngay", "s/n", "n/s", "sn", "ns", "s.n", "sinh", "nam", "ngay"}
	smallWords = map[string]bool{"ngay sinh": true, "sinh nam": true, "nam sinh": true, "sinh ngay": true, "sinh": true, "nam": true, "ngay": true}
	plainWords = map[string]bool{"ngày sinh": true, "sinh năm": true, "năm sinh": true, "sinh ngày": true}
)

// cutFigures takes off everything from the first digit on, with the words that lead to it. A digit inside a word makes no
// name to keep.
func cutFigures(text string) (string, string) {
	at := strings.IndexAny(text, "0123456789")
	if at <= 0 {
		return text, ""
	}
	if rest := strings.TrimLeft(text[at:], "0123456789"); rest != "" && text[at-1] != ' ' {
		if next, _ := utf8.DecodeRuneInString(rest); unicode.IsLetter(next) {
			return text, ""
		}
	}
	kept := strings.TrimRight(text[:at], " -–,;:/.")
	lower := strings.ToLower(kept)
	for _, word := range yearWords {
		tail := foldedTail(lower, word)
		if tail == 0 || len(lower) != len(kept) {
			continue
		}
		rest := len(kept) - tail
		if small := kept[rest] >= 'a' && kept[rest] <= 'z' && lower != kept; small || !smallWords[word] ||
			plainWords[lower[rest:]] && strings.Contains(strings.TrimSpace(kept[:rest]), " ") {
			kept = strings.TrimRight(kept[:len(kept)-tail], " -–,;:/.")
			break
		}
	}
	return kept, strings.TrimLeft(text[len(kept):], " -–,;:/.")
}

// foldedTail gives the length in bytes of the last words of lower that fold to word; 0 when they do not.
func foldedTail(lower, word string) int {
	at := len(lower)
	for range strings.Count(word, " ") + 1 {
		at = strings.LastIndexAny(lower[:at], " ,;-(")
		if at < 0 {
			return 0
		}
	}
	if viet.Fold(lower[at+1:]) != word {
		return 0
	}
	return len(lower) - at - 1
}

// cutRemark takes off what stands behind a comma, semicolon, slash or dash, when it is a remark: in small letters or a
// known note, or one word only behind a child's whole name: the nickname. Behind a capital a second person may stand.
func cutRemark(text string, parent bool) (string, string) {
	for _, sign := range []string{" - ", " – ", ",", ";", "/", " -", "–"} {
		kept, rest, ok := strings.Cut(text, sign)
		if !ok {
			continue
		}
		rest = strings.TrimSpace(rest)
		first, _ := utf8.DecodeRuneInString(rest)
		if rest == "" || unicode.IsLower(first) && strings.ToLower(kept) != kept || nameNotes.has(rest) ||
			!parent && !strings.Contains(rest, " ") && strings.Contains(strings.TrimSpace(kept), " ") {
			return kept, rest
		}
		return text, ""
	}
	return text, ""
}

// cutSigns takes off punctuation at the end.
func cutSigns(text string) (string, string) {
	return strings.TrimRight(text, " .,;:*-–_!'’\"/+"), ""
}
