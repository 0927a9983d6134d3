package roster

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"lamsach/core/viet"
)

// Lists typed without marks have the words for relatives without them too, and those are names as well: Bo, Me, Va. What
// such a word is shows only in how the cell is built.
var (
	plainJoint = regexp.MustCompile(`(\p{Lu}\S*)\s+va\s+(\p{Lu}\S*\s+\p{Lu})`)
	loudJoint  = regexp.MustCompile(`^(\p{Lu}+(?:\s+\p{Lu}+){2,4})\s+VA\s+(\p{Lu}+(?:\s+\p{Lu}+){2,4})$`)
)

// bareWord is a word for a relative without its marks.
type bareWord struct {
	plain, marked string
	role          Field
}

// bareWords leaves out words of one letter, which are initials as often.
var bareWords = sync.OnceValue(func() []bareWord {
	var words []bareWord
	known := map[string]bool{}
	for _, w := range familyWords() {
		if plain := viet.Fold(w.word); len(plain) > 1 && !known[plain] {
			known[plain] = true
			words = append(words, bareWord{plain, w.word, w.role})
		}
	}
	return words
})

// bareWordAt gives the longest word that a text in small letters begins with.
func bareWordAt(lower string) (bareWord, bool) {
	return longestAt(lower, bareWords(), func(w bareWord) string { return w.plain })
}

// label is a place in a cell where a word without marks may say whose name follows.
type label struct {
	bareWord
	at, end int
	sure    bool // by itself: a colon behind it, or small letters before a name
	first   bool // nothing but a separator stands before it
}

// markLabels gives a cell without any marks its words for relatives with their marks, each as a label: "Cha A, me B" becomes
// "cha: A, mẹ: B". The names stay as they are.
func markLabels(text string) string {
	text = bracketWord.ReplaceAllStringFunc(text, func(part string) string {
		inside := viet.Lower(strings.Trim(part, "() .:"))
		w, ok := bareWordAt(inside)
		if !ok || w.plain != inside {
			return part
		}
		return "(" + w.marked + ")"
	})
	labels := plainLabels(text)
	father, mother := false, false
	for i := range labels {
		father, mother = father || labels[i].role == FatherName, mother || labels[i].role == MotherName
	}
	var b strings.Builder
	from := 0
	for _, l := range labels {
		if !l.sure && !(father && mother && l.role != GuardianName) {
			continue
		}
		b.WriteString(text[from:l.at])
		if !l.first {
			b.WriteString("; ")
		}
		b.WriteString(l.marked + ": ")
		from = l.end
	}
	text = b.String() + text[from:]
	return loudJoint.ReplaceAllString(plainJoint.ReplaceAllString(text, "$1 và $2"), "$1 và $2")
}

// plainLabels finds what may be labels. "Ba" is the father beside a mother who is called something else, and the mother otherwise.
func plainLabels(text string) []label {
	lower := viet.Lower(text)
	if len(lower) != len(text) {
		return nil
	}
	var found []label
	ong, me, led := false, false, false
	for at, first := 0, true; at < len(text); {
		if c := text[at]; c >= utf8.RuneSelf || !unicode.IsLetter(rune(c)) {
			first = first && (c == ' ' || c >= '0' && c <= '9') || strings.IndexByte(";,\n\r+&|/-.()", c) >= 0 || c >= utf8.RuneSelf
			led = led && (c == ' ' || c == ':')
			at++
			continue
		}
		if l, ok := labelAt(text, lower, at, first); ok && (l.sure || !led) {
			ong = ong || strings.HasSuffix(l.plain, "ong")
			me = me || l.role == MotherName && l.plain != "ba"
			found = append(found, l)
			at, first, led = l.end, true, true // what stands behind a label is a name, unless it is one for sure
			continue
		}
		for at < len(text) && unicode.IsLetter(rune(text[at])) && text[at] < utf8.RuneSelf {
			at++
		}
		first, led = false, false
	}
	for i := range found {
		if l := &found[i]; l.plain == "ba" {
			l.marked, l.role = "bà", MotherName
			if me && !ong {
				l.marked, l.role = "ba", FatherName
			}
		}
	}
	return found
}

// labelAt looks at the word of a text that begins at a place.
func labelAt(text, lower string, at int, first bool) (label, bool) {
	w, ok := bareWordAt(lower[at:])
	if !ok {
		return label{}, false
	}
	end := at + len(w.plain)
	written := text[at:end]
	rest := strings.TrimLeft(text[end:], " ")
	colon := strings.HasPrefix(rest, ":")
	rest = strings.TrimLeft(rest, ": ")
	next, _ := utf8.DecodeRuneInString(rest)
	if at > 0 && !first && text[at-1] != ' ' || next == utf8.RuneError || !unicode.IsLetter(next) {
		return label{}, false
	}
	small := written[1:] == w.plain[1:] && (written[0] == w.plain[0] || first && strings.Contains(w.plain, " "))
	follows := unicode.IsUpper(next)
	if !follows && small {
		_, follows = labelAt(rest, viet.Lower(rest), 0, true)
	}
	sure := colon || small && follows
	return label{w, at, len(text) - len(rest), sure, first}, sure || first && follows
}
