package person

import (
	"slices"
	"strings"
	"sync"

	"lamsach/core/viet"
)

// goneWords say of a relative that he died or left, folded; marked ones are known among the notes.
var goneWords = map[string]bool{"mat": true, "chet": true, "bo": true, "tv": true}

// goneSince reports whether a text is one word for having died and the year: "Mất 2019", "Mat nam 2019". No name of a relative is one
// word and the year of birth.
func goneSince(text string) bool {
	if text == "" || text[len(text)-1] < '0' || text[len(text)-1] > '9' {
		return false
	}
	words := strings.Fields(viet.Fold(text))
	year := words[len(words)-1]
	if at := strings.LastIndexAny(year, "/-."); at >= 0 {
		year = year[at+1:]
	}
	if n := number(year); len(year) != 4 || n < firstYear || n > lastYear {
		return false
	}
	words = words[:len(words)-1]
	if len(words) > 0 && words[0] == "da" {
		words = words[1:]
	}
	return len(words) > 0 && goneWords[words[0]] && !slices.ContainsFunc(words[1:], func(w string) bool { return w != "nam" && w != "tu" && w != "thang" && w != "ngay" })
}

// bareCalls are the calls folded, the longest first.
var bareCalls = sync.OnceValue(func() []string {
	var bare []string
	for _, of := range calls {
		for _, c := range of {
			bare = append(bare, viet.Fold(c.text))
		}
	}
	slices.SortFunc(bare, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(bare)
})

// bareNote reports whether a text without any marks is a note: "chet", "Bo me da chet". Without marks notes are names too, so all but
// the first letter has to be small, and the first one of a single word.
func bareNote(text string) bool {
	lower := viet.Lower(text)
	if text == "" || text[1:] != lower[min(1, len(lower)):] || viet.HasMarks(text) {
		return false
	}
	if !strings.Contains(text, " ") {
		return text == lower && goneWords[text]
	}
	rest, called := lower, false
	for {
		if nameNotes.has(rest+".") || relativeNotes.has(rest+".") { // the full stop: the whole text may be what notes begin with
			return true
		}
		behind, ok := cutBareCall(rest)
		if !ok {
			return called && (rest == "" || goneWords[rest] || strings.HasPrefix(rest, "chet "))
		}
		rest, called = behind, true
	}
}

// cutBareCall drops one call without marks, and what joins it to the next one or to the note.
func cutBareCall(text string) (string, bool) {
	for _, call := range bareCalls() {
		rest, ok := strings.CutPrefix(text, call)
		if !ok || rest != "" && rest[0] != ' ' {
			continue
		}
		rest = strings.TrimLeft(rest, " ")
		for _, joint := range []string{"va ", "deu ", "cung ", "bi "} {
			rest = strings.TrimPrefix(rest, joint)
		}
		return rest, true
	}
	return text, false
}
