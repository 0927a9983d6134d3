package person

import (
	_ "embed"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lamsach/core/viet"
)

//go:embed data/relation_words.csv
var relationCSV string

//go:embed data/institution_words.txt
var institutionList string

// call is a word that says who somebody is: "bà nội", "cháu".
type call struct {
	text  string // in small letters
	least int    // how many words make the rest a name when the call is written with a capital; 0: then it is part of a name
	title bool   // stands before anybody's name, not a relative's only
}

// calls are the words by their first one, the longest first.
var calls = readCalls()

func readCalls() map[string][]call {
	byFirst := map[string][]call{}
	for i, line := range strings.Split(strings.TrimSpace(relationCSV), "\n") {
		if fields := strings.Split(strings.TrimSpace(line), ","); i > 0 {
			first, _, _ := strings.Cut(fields[0], " ")
			byFirst[first] = append(byFirst[first], call{fields[0], number(fields[1]), fields[2] == "yes"})
		}
	}
	for _, of := range byFirst {
		slices.SortFunc(of, func(a, b call) int { return len(b.text) - len(a.text) })
	}
	return byFirst
}

// institutions begin the names of those that care for children without parents.
var institutions = newFillers("", institutionList)

// isCall reports whether a word begins what is said of relatives, beside or in place of a name: a call, a note, an institution.
func isCall(word string) bool { return relativeFirsts.begins(word) }

// relativeFirsts has the first words of all of them.
var relativeFirsts = func() *fillers {
	var firsts []string
	for _, of := range []iter.Seq[string]{maps.Keys(calls), maps.Keys(relativeNotes.firsts), maps.Keys(institutions.firsts)} {
		firsts = slices.AppendSeq(firsts, of)
	}
	return newFillers(strings.Join(firsts, ";"), "")
}()

// titles are the words that begin a call that stands before anybody's name.
var titles = func() map[string]bool {
	first := map[string]bool{}
	for word, of := range calls {
		if slices.ContainsFunc(of, func(c call) bool { return c.title }) {
			first[word] = true
		}
	}
	return first
}()

func callsOf(word string) []call {
	var buffer [96]byte
	return calls[string(viet.AppendLower(buffer[:0], word))]
}

// cutCall drops the words by which somebody is called before his name: "bà nội", "cháu", and "Bà" before three words or more. "Ông" and
// "Má" are family names too, and stay. Relatives are called by more words than the child.
func cutCall(text string, parent bool) string {
	end := strings.IndexAny(text, " :,-–—.")
	if end < 0 || end > len("người") {
		return text
	}
	if text[end] == '.' {
		end++ // "Ô."
	}
	for _, c := range callsOf(text[:end]) {
		if !parent && !c.title {
			continue
		}
		if rest, ok := c.cut(text, parent); ok {
			return rest
		}
	}
	return text
}

// cut drops the one call, if what follows is a name.
func (c call) cut(text string, parent bool) (string, bool) {
	if len(text) <= len(c.text) || viet.Lower(text[:len(c.text)]) != c.text {
		return text, false
	}
	behind := text[len(c.text):]
	rest := strings.TrimLeft(behind, " :,-–—.")
	if rest == "" || rest == behind && !strings.HasSuffix(c.text, ".") {
		return text, false
	}
	if further := cutCall(rest, parent); further != rest {
		return further, true
	}
	first, _ := utf8.DecodeRuneInString(rest)
	several := strings.Count(rest, " ")+1 >= max(c.least, 2)
	switch {
	case text[:len(c.text)] == c.text && unicode.IsUpper(first):
		return rest, true
	case parent && strings.ContainsAny(behind[:len(behind)-len(rest)], ":-–—"): // what is told apart by a sign is no part of the name
		return rest, unicode.IsLetter(first)
	case text[:len(c.text)] == c.text: // all in small letters
		return rest, several && strings.Contains(c.text, " ")
	}
	return rest, several && c.least > 0 && unicode.IsUpper(first)
}

// IsInstitution reports whether a text names a home, an authority or the like, which may stand for the parents of a child.
func IsInstitution(text string) bool { return institutions.has(viet.Tidy(text)) }

// SaysNobody reports whether a text in the place of a relative's name names nobody: a note such as "bỏ đi" or "bố mẹ đã chết", or only
// the word for the relative.
func SaysNobody(text string) bool { return saysNobody(viet.Tidy(text)) }

func saysNobody(text string) bool {
	if nameNotes.has(text) || relativeNotes.has(text) && !twoCapitals(text) || goneSince(text) || bareNote(text) {
		return true
	}
	rest, called := text, false
	for {
		cut, ok := cutWord(rest)
		if !ok {
			break
		}
		rest, called = cut, true
	}
	if !called || rest == "" {
		return called
	}
	if first := rest[0]; first >= 'A' && first <= 'Z' && !strings.Contains(rest, " ") && !viet.HasMarks(rest) {
		return false // "Má Chua"
	}
	if twoCapitals(text) {
		return false // "Ông Mất": Ông is a family name, and nobody writes a note so
	}
	return nameNotes.has(rest) || relativeNotes.has(rest)
}

// twoCapitals reports whether a text is a family name and one more word, both with a capital: "Ly Thân" is a name, "Ly thân" a note.
func twoCapitals(text string) bool {
	family, given, ok := strings.Cut(text, " ")
	first, _ := utf8.DecodeRuneInString(given)
	return ok && !strings.Contains(given, " ") && unicode.IsUpper(first) && viet.IsDisplayCase(text) && slices.Contains(viet.NameForms(family, true), viet.Lower(family))
}

// cutWord drops one word for a relative, whatever follows. Written with a capital and alone, such a word may be a given name.
func cutWord(text string) (string, bool) {
	first := text
	if at := strings.IndexAny(text, " ,:-"); at >= 0 {
		first = text[:at]
	}
	for _, c := range callsOf(first) {
		if len(text) < len(c.text) || viet.Lower(text[:len(c.text)]) != c.text {
			continue
		}
		rest := strings.TrimLeft(text[len(c.text):], " ,:-")
		switch {
		case rest != "" && rest == text[len(c.text):]:
			continue
		case rest == "" && !strings.Contains(c.text, " ") && text != c.text && viet.IsNameWord(c.text):
			return text, false
		}
		for _, joint := range []string{"và ", "đều ", "cùng ", "thì ", "bị "} {
			rest = strings.TrimPrefix(rest, joint)
		}
		return rest, true
	}
	return text, false
}
