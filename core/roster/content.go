package roster

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lamsach/core/person"
	"lamsach/core/viet"
)

// contents counts what the cells of a column look like, over the first rows of the list.
type contents struct {
	filled, id, adult, short, date, year, name, sex, tick, category, old, ethnic, day, word, long, born int
}

// enough cells to say something of a column, sureCells to be sure of it.
const (
	enough      = 3
	sureCells   = 5
	ethnicCells = 60 // are asked whether they name an ethnic group
)

// survey looks at the rows below the header.
func survey(rows []SheetRow, width int) []contents {
	columns := make([]contents, width)
	for _, row := range rows {
		if filledCells(row.Cells) < 3 || isColumnNumbers(row.Cells) {
			continue
		}
		for c := range min(width, len(row.Cells)) {
			if !isBlank(&row.Cells[c]) {
				columns[c].add(&row.Cells[c])
			}
		}
	}
	return columns
}

func filledCells(cells []Cell) int {
	n := 0
	for i := range cells {
		if !isBlank(&cells[i]) {
			n++
		}
	}
	return n
}

func (s *contents) add(c *Cell) {
	s.filled++
	if isCategory(c) {
		s.category++
	}
	if year := yearIn(c.Text); year != 0 && year < 2000 && len(c.Text) <= 10 {
		s.old++
	}
	if c.Kind == Date {
		s.date++
		return
	}
	text := strings.TrimSpace(c.Decoded())
	if isCount(text) && len(text) <= 2 && small(text) <= 31 {
		s.day++
	}
	if c.Kind == Text && s.filled <= ethnicCells && namesEthnicity(text) {
		s.ethnic++
	}
	if name, birth := splitBirth(text); birth != "" && looksLikeName(name) {
		s.born++
	}
	switch digits, others := count(text); {
	case others == 0 && (digits == 12 || digits == 11 && text[0] != '0'):
		s.id++
		if century := text[digits-9]; century == '0' || century == '1' {
			s.adult++
		}
	case others == 0 && digits == 9 && text[0] != '0':
		s.id++
		s.adult++
	case others == 0 && digits == 10 && mayLackZeros(text):
		s.id++
	case others == 0 && digits == 10:
		s.short++
	case others == 0 && digits == 4 && (text[:2] == "19" || text[:2] == "20"):
		s.year++
	case looksLikeDate(text, c.Kind, digits):
		s.date++
	case isSexWord(text):
		s.sex++
	case isTick(text), isEmptyBox(text):
		s.tick++
	case looksLikeName(text):
		s.name++
		if strings.Count(text, " ") >= 2 {
			s.long++
		}
	case isOneWord(text):
		s.word++
	}
}

// isOneWord reports whether a text is one word of letters, as given names are.
func isOneWord(text string) bool {
	return len(text) >= 2 && len(text) <= 24 && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
}

// namesEthnicity reports whether a text names an ethnic group, in an old font too.
func namesEthnicity(text string) bool {
	return person.IsEthnicity(text) || isOdd(text) && (person.IsEthnicity(TCVN3.decode(text)) || person.IsEthnicity(VNI.decode(text)))
}

// mayLackZeros reports whether ten digits can be a number of a child of provinces 001 to 008 whose two zeros a cell dropped.
func mayLackZeros(text string) bool {
	return strings.IndexByte("12468", text[0]) >= 0 && (text[1] == '2' || text[1] == '3')
}

// isCategory reports whether a cell names a category of people who receive assistance: by the article of the decree, as "5.1.a", or
// in words.
func isCategory(c *Cell) bool {
	if c.Kind == Text && strings.ContainsFunc(c.Text, unicode.IsLetter) && len(c.Text) > 8 {
		folded := viet.Fold(c.Decoded())
		return slices.ContainsFunc(categoryWords, func(words string) bool { return strings.Contains(folded, words) })
	}
	if c.Kind != Text && c.Kind != Number {
		return false
	}
	text := strings.TrimSpace(c.Text)
	return text != "" && strings.IndexByte("0256789", text[0]) >= 0 && categoryCode.MatchString(text)
}

var (
	categoryCode  = regexp.MustCompile(`^(?:[5-9]|20)(?:\.\d{1,2})+(?:\.?\s*\p{L})?$|^0[1-9](?:0\d)?$`)
	categoryWords = []string{"khuyet tat", "cao tuoi", "mo coi", "don than", "khong nguon nuoi", "nguon nuoi duong", "hiv", "bo roi", "ho ngheo", "can ngheo",
		"bao tro", "tuoi tro len", "cham soc"}
)

// count counts the digits of a text and its other characters, blanks and the usual separators of long numbers left out.
func count(text string) (digits, others int) {
	for i := range len(text) {
		switch ch := text[i]; {
		case ch >= '0' && ch <= '9':
			digits++
		case ch == ' ' || ch == '\'':
		default:
			others++
		}
	}
	if digits+others != len(text) {
		return digits, others + 1 // blanks inside: not for the plain cases
	}
	return digits, others
}

func looksLikeDate(text string, kind CellKind, digits int) bool {
	if kind == Number {
		return digits == 5 && text >= "36500" && text <= "48000" // days of 1999 to 2031
	}
	if digits < 4 || digits > 8 || len(text) > 32 {
		return false
	}
	marks := 0
	for i := range len(text) {
		if text[i] == '/' || text[i] == '-' || text[i] == '.' {
			marks++
		}
	}
	return marks == 2 || marks == 1 && digits >= 5 || digits == 8 || strings.HasPrefix(viet.Fold(text), "ngay ")
}

func isSexWord(text string) bool {
	if len(text) > longestSex {
		return false
	}
	_, ok := person.TypedSex(text)
	return ok
}

// longestSex is more bytes than a word for a sex has.
const longestSex = 24

// looksLikeName reports whether a text is two to seven words of letters.
func looksLikeName(text string) bool {
	blanks, letters := 0, 0
	for _, r := range text {
		switch {
		case r == ' ':
			blanks++
		case r >= '0' && r <= '9' || r == ',' || r == '/' || r == ':':
			return false
		default:
			letters++
		}
	}
	return blanks >= 1 && blanks <= 6 && letters <= 60 && letters > blanks && utf8.ValidString(text)
}

// share of the filled cells.
func (s *contents) share(n int) float64 {
	if s.filled == 0 {
		return 0
	}
	return float64(n) / float64(s.filled)
}

// agrees says how the contents fit a field: 1 they do, -1 they look like the given other field, 0 nothing can be said.
func (s *contents) agrees(f Field) (int, Field) {
	id, date, name := s.share(s.id) >= 0.6, s.share(s.date+s.year) >= 0.6, s.share(s.name) >= 0.6
	fits, looks := false, NoField
	switch f {
	case PersonalID, FatherID, MotherID, GuardianID:
		fits, looks = id, pick(date, BirthDate, pick(name, FullName, NoField))
		if f == PersonalID && s.share(s.short) >= 0.6 {
			looks = SoftwareCode
		}
	case BirthDate, FatherBirth, MotherBirth:
		fits, looks = date, pick(id, PersonalID, pick(name, FullName, NoField))
	case FullName, FatherName, MotherName, GuardianName, Parents, HouseholdHead:
		fits, looks = name, pick(id, PersonalID, pick(date, BirthDate, NoField))
	case Sex:
		fits = s.share(s.sex+s.tick) >= 0.6
		looks = pick(id, PersonalID, pick(date, BirthDate, pick(s.ofEthnicity() >= 0.6, Ethnicity, pick(name, FullName, NoField))))
	case Category:
		fits, looks = s.share(s.category) >= 0.6, pick(id, PersonalID, pick(date, BirthDate, NoField))
	case Ethnicity:
		fits, looks = s.ofEthnicity() >= 0.6, pick(id, PersonalID, pick(date, BirthDate, pick(s.share(s.sex) >= 0.6, Sex, NoField)))
	case Village:
		looks = pick(id, PersonalID, pick(date, BirthDate, NoField))
	case Phone:
		fits, looks = s.share(s.short) >= 0.5, pick(date, BirthDate, pick(name, FullName, NoField))
	}
	switch {
	case s.filled < enough:
		return 0, NoField
	case fits:
		return 1, NoField
	case looks != NoField:
		return -1, looks
	}
	return 0, NoField
}

func pick(when bool, f, otherwise Field) Field {
	if when {
		return f
	}
	return otherwise
}

// ofEthnicity is the share of the cells that name an ethnic group, among those that were asked.
func (s *contents) ofEthnicity() float64 {
	if s.filled == 0 {
		return 0
	}
	return float64(s.ethnic) / float64(min(s.filled, ethnicCells))
}
