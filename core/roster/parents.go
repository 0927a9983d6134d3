package roster

import (
	"embed"
	"encoding/csv"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"lamsach/core/viet"
)

//go:embed data/*.csv
var data embed.FS

// table reads an embedded table without its header line.
func table(name string) [][]string {
	file, err := data.Open("data/" + name)
	if err != nil {
		panic(err) // embedded: cannot be missing
	}
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	if err != nil {
		panic(err) // embedded: a test reads it
	}
	return rows[1:]
}

// Family is what one cell says of parents and guardian: "Con ông Lò Văn A (1985) và bà Vì Thị B".
type Family struct {
	Father, FatherBirth, FatherID string
	Mother, MotherBirth, MotherID string
	Guardian                      string
}

// field gives the part of the family that the field is about.
func (f Family) field(of Field) string {
	switch of {
	case FatherName:
		return f.Father
	case FatherBirth:
		return f.FatherBirth
	case FatherID:
		return f.FatherID
	case MotherName:
		return f.Mother
	case MotherBirth:
		return f.MotherBirth
	case MotherID:
		return f.MotherID
	case GuardianName:
		return f.Guardian
	}
	return ""
}

// familyWord is a word that says whose name follows; an unsure one, which is a family or given name elsewhere, only
// does so before a colon or as "ông … bà …".
type familyWord struct {
	role Field
	word string
	sure bool
}

var familyWords = sync.OnceValue(func() []familyWord {
	roles := map[string]Field{"father": FatherName, "mother": MotherName, "guardian": GuardianName}
	var words []familyWord
	for _, row := range table("family_words.csv") {
		words = append(words, familyWord{role: roles[row[0]], word: row[1], sure: row[2] == "yes"})
	}
	return words
})

var (
	familyBreak  = regexp.MustCompile(`\s*(?:[;\n\r+&|]|\s[-–—/,]\s|[,/–—]|-\s|\s-|\s+và\s+)\s*`)
	coupleWords  = regexp.MustCompile(`(?i)^(?:con\s+)?ông\s+(.+?)[\s,;–-]+(?:và\s+)?(?:con\s+)?bà\s+(.+)$`)
	bracketYear  = regexp.MustCompile(`(?i)[\s,(\[–-]*(?:sn|sinh năm|năm sinh|s\.?n\.?|sinh)?[:.\s]*((?:\d{1,2}[/.-]\d{1,2}[/.-])?(?:19|20)\d\d)\s*[)\]]*\s*$`)
	trailingID   = regexp.MustCompile(`(?i)[\s,(:–-]*(?:cccd|cmnd|số|đdcn)?[:.\s]*(\d{12}|\d{9})\s*\)?\s*$`)
	careWords    = regexp.MustCompile(`(?i)\s+(?:chăm sóc|nuôi dưỡng|trông nom|nuôi|giám hộ)$`)
	nothingThere = regexp.MustCompile(`(?i)^(?:|-+|x|không|ko|k|không có|không rõ|chưa rõ|bỏ đi|đã mất|đã chết|mất|chết)$`)
)

// longestFamily is how many bytes a cell about a family can have; beyond that it is something else.
const longestFamily = 600

// ParseParents takes one cell apart. Without words for father and mother the order is father, mother, unless the
// names themselves say otherwise; one name alone that says no sex is the guardian's.
func ParseParents(text string) Family {
	var family Family
	if len(text) > longestFamily {
		return family
	}
	text = strings.TrimSpace(viet.NFC(text))
	if couple := coupleWords.FindStringSubmatch(strings.Join(strings.Fields(text), " ")); couple != nil {
		family.set(FatherName, couple[1])
		family.set(MotherName, couple[2])
		return family
	}
	var unnamed []string
	for _, segment := range segments(text) {
		role, rest := familyRole(segment)
		if role == NoField {
			role, rest = roleBehind(segment)
		}
		if role != NoField {
			family.set(role, rest)
		} else if !nothingThere.MatchString(segment) {
			unnamed = append(unnamed, segment)
		}
	}
	family.guess(unnamed)
	return family
}

// segments cuts the cell at separators, and before every sure word for a parent. A piece without letters, such as a
// birth year after a dash, stays with the name before it.
func segments(text string) []string {
	for _, w := range familyWords() {
		if w.sure && strings.Contains(w.word, " ") {
			continue
		}
		text = breakBefore(text, w)
	}
	var out []string
	for _, piece := range familyBreak.Split(text, -1) {
		piece = strings.Trim(piece, " \t.,")
		switch {
		case piece == "":
		case len(out) > 0 && (!strings.ContainsFunc(piece, unicode.IsLetter) || onlyYear(piece)):
			out[len(out)-1] += " " + piece
		default:
			out = append(out, piece)
		}
	}
	return out
}

// onlyYear reports whether a piece is a birth year and nothing else: "sinh năm 1985".
func onlyYear(piece string) bool {
	at := bracketYear.FindStringIndex(piece)
	return at != nil && at[0] == 0
}

// breakBefore puts a separator before a word with a colon behind it: "Bố: A Mẹ: B".
func breakBefore(text string, w familyWord) string {
	lower := viet.Lower(text)
	if len(lower) != len(text) {
		return text
	}
	for from := 0; ; {
		at := strings.Index(lower[from:], w.word+":")
		if at < 0 {
			return text
		}
		at += from
		if at > 0 && lower[at-1] == ' ' {
			text = text[:at-1] + ";" + text[at:]
			lower = lower[:at-1] + ";" + lower[at:]
		}
		from = at + len(w.word)
	}
}

// familyRole finds the word at the start of a segment that says whose name it is, and gives the rest.
func familyRole(segment string) (Field, string) {
	lower := viet.Lower(segment)
	if len(lower) != len(segment) {
		return NoField, segment
	}
	best, cut := NoField, 0
	for _, w := range familyWords() {
		if len(w.word) <= cut || !strings.HasPrefix(lower, w.word) {
			continue
		}
		rest := strings.TrimLeft(segment[len(w.word):], " ")
		next, _ := utf8.DecodeRuneInString(segment[len(w.word):])
		switch {
		case strings.HasPrefix(rest, ":"):
		case next != ' ' && rest != "" || !w.sure:
			continue
		}
		best, cut = w.role, len(w.word)
	}
	return best, strings.Trim(segment[cut:], " :.")
}

// roleBehind finds the word in brackets behind a name that says whose it is: "Vì Thị B (mẹ)".
func roleBehind(segment string) (Field, string) {
	open := strings.LastIndexAny(segment, "([")
	if open <= 0 || !strings.ContainsAny(segment[open:], ")]") {
		return NoField, segment
	}
	inside := viet.Lower(strings.Trim(segment[open:], "()[] .:"))
	for _, w := range familyWords() {
		if w.word == inside {
			return w.role, strings.TrimSpace(segment[:open])
		}
	}
	return NoField, segment
}

// set takes a name with what follows it: a birth year, a number.
func (f *Family) set(role Field, text string) {
	text = strings.Trim(text, " ,;.-–")
	var id, birth string
	if m := trailingID.FindStringSubmatchIndex(text); m != nil {
		id, text = text[m[2]:m[3]], strings.TrimSpace(text[:m[0]])
	}
	if m := bracketYear.FindStringSubmatchIndex(text); m != nil {
		birth, text = text[m[2]:m[3]], strings.TrimSpace(text[:m[0]])
	}
	text = careWords.ReplaceAllString(text, "")
	if nothingThere.MatchString(text) {
		return
	}
	switch role {
	case FatherName:
		f.Father, f.FatherBirth, f.FatherID = first(f.Father, text), first(f.FatherBirth, birth), first(f.FatherID, id)
	case MotherName:
		f.Mother, f.MotherBirth, f.MotherID = first(f.Mother, text), first(f.MotherBirth, birth), first(f.MotherID, id)
	case GuardianName:
		f.Guardian = first(f.Guardian, text)
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// guess gives names without a word the parents that are still unknown.
func (f *Family) guess(names []string) {
	switch {
	case len(names) == 0:
	case len(names) == 1 && f.Father == "" && f.Mother == "":
		f.set(roleBySex(names[0], GuardianName), names[0])
	case len(names) == 1:
		missing := FatherName
		if f.Father != "" {
			missing = MotherName
		}
		f.set(missing, names[0])
	default:
		a, b := FatherName, MotherName
		if roleBySex(names[0], NoField) == MotherName && roleBySex(names[1], NoField) != MotherName {
			a, b = b, a
		}
		f.set(a, names[0])
		f.set(b, names[1])
	}
}

// roleBySex reads a parent from the middle name, where it is the classic one: Thị a mother, Văn a father.
func roleBySex(name string, otherwise Field) Field {
	words := strings.Fields(name)
	for i, word := range words {
		if i == 0 || i == len(words)-1 {
			continue
		}
		switch viet.Lower(word) {
		case "thị":
			return MotherName
		case "văn":
			return FatherName
		}
	}
	return otherwise
}
