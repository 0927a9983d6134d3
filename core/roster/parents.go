package roster

import (
	"embed"
	"encoding/csv"
	"strings"
	"sync"

	"lamsach/core/person"
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

// familyWord is a word that says whose name follows, or, without a role, that both parents' do; an unsure one, which is a family or given
// name elsewhere, only does so before a colon or as "ông … bà …".
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

// longestFamily is how many bytes a cell about a family can have; beyond that it is something else.
const longestFamily = 600

// ParseParents takes one cell apart. Without words for father and mother the order is father, mother, unless the
// names themselves say otherwise; one name alone that says no sex is the guardian's. Notes such as "bỏ đi" name nobody.
func ParseParents(text string) Family {
	var family Family
	if len(text) > longestFamily {
		return family
	}
	text = strings.TrimSpace(settleYears(cutPhones(viet.NFC(text))))
	if person.IsInstitution(text) {
		family.Guardian = viet.Tidy(text)
		return family
	}
	if father, mother, ok := couple(text); ok {
		family.set(FatherName, father)
		family.set(MotherName, mother)
		return family
	}
	if !viet.HasMarks(text) {
		text = markLabels(text)
	}
	var unnamed []string
	for _, segment := range segments(text) {
		role, name, ok := familyRole(segment)
		if !ok {
			role, name, ok = roleBehind(segment)
		}
		switch {
		case ok && role != NoField:
			family.set(role, name)
		case !saysNobody(name) && !(remark(name) && !remark(text)):
			unnamed = append(unnamed, name)
		}
	}
	family.guess(unnamed)
	return family
}

// saysNobody reports whether a part of the cell names nobody. "Con chị …" stands in place of a child's name, and names a parent here.
func saysNobody(text string) bool {
	return text == "" || person.SaysNobody(text) && !childOf.MatchString(text)
}

// remark reports whether a text is all in small letters.
func remark(text string) bool { return viet.Lower(text) == text }

// set takes a name with what follows it: a birth year, a number.
func (f *Family) set(role Field, text string) {
	text = strings.Trim(text, " ,;.-–")
	if _, name, ok := roleBehind(text); ok {
		text = name // "Giám hộ: A (bà nội)"
	}
	var id, birth string
	if m := trailingID.FindStringSubmatchIndex(text); m != nil && (m[2] == 0 || text[m[2]-1] < '0' || text[m[2]-1] > '9') {
		id, text = text[m[2]:m[3]], strings.TrimSpace(text[:m[0]])
	}
	if m := bracketYear.FindStringSubmatchIndex(text); m != nil && !otherYear(text) {
		birth, text = text[m[2]:m[3]], strings.TrimSpace(text[:m[0]])
	}
	text = careWords.ReplaceAllString(text, "")
	if saysNobody(text) {
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

// otherYear reports whether the year behind a name is no year of birth: "Vì Thị B mất 2020".
func otherYear(text string) bool {
	note := person.ReadParent(person.Raw{Text: text}).Note
	_, born := person.NoteYear(note)
	return note != "" && !born
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
		case "thi": // "van" is Vân as well
			if !viet.HasMarks(name) {
				return MotherName
			}
		}
	}
	return otherwise
}
