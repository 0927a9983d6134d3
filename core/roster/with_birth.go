package roster

import (
	"strings"

	"lamsach/core/viet"
)

// settleBirths finds the column that holds name and birth date in one cell: "Lò Văn An, 12/03/2015", "Lò Văn An (2015)", in a list that has
// no other column for one of them.
func (a *assignment) settleBirths() {
	name, birth := a.find("full_name"), a.find("dob")
	if birth == nil {
		birth = a.find("dob_year")
	}
	for _, other := range []notion{"family_middle", "dob_day", "birth_male", "birth_female"} {
		if a.find(other) != nil {
			return
		}
	}
	c := name
	switch {
	case name != nil && birth != nil:
		return
	case name == nil:
		c = birth
	}
	if c == nil || c.index >= len(a.seen) {
		return
	}
	if s := &a.seen[c.index]; s.filled >= enough && s.share(s.born) >= 0.6 {
		c.part("name_and_birth")
	}
}

// bornWords stand between a name and what tells the birth.
var bornWords = []string{"sinh ngay", "ngay sinh", "sinh nam", "nam sinh", "sinh", "sn", "ns"}

// splitBirth parts a cell into the name and the birth date or year behind it; a cell that names none has no second part.
func splitBirth(text string) (name, birth string) {
	at := strings.IndexAny(text, "0123456789")
	if at < 0 {
		return strings.TrimSpace(text), ""
	}
	birth = strings.Trim(text[at:], " ).;,\n")
	if yearIn(birth) == 0 || strings.Trim(birth, "0123456789/-. ") != "" {
		return strings.TrimSpace(text), ""
	}
	const around = " ,;:(-–/.\n\t"
	name = strings.TrimRight(text[:at], around)
	for _, words := range bornWords {
		if bare, found := cutLastWords(name, words); found {
			name = strings.TrimRight(bare, around)
			break
		}
	}
	return strings.TrimSpace(name), birth
}

// cutLastWords cuts folded words off the end of a text.
func cutLastWords(text, words string) (bare string, found bool) {
	fields := strings.Fields(text)
	n := len(fields) - strings.Count(words, " ") - 1
	if n < 1 || viet.Fold(strings.Trim(strings.Join(fields[n:], " "), ".:(")) != words {
		return text, false
	}
	return strings.Join(fields[:n], " "), true
}

// tellsBirth reports whether the column tells the birth date beside the name.
func (c *Column) tellsBirth() bool { return c.Field == FullName && c.Part == WithBirth }

// bornOf reads one of both from their cell.
func bornOf(c *Cell, f Field) Value {
	name, birth := splitBirth(c.text())
	text := name
	if f == BirthDate {
		text = birth
	}
	if text == "" {
		return Value{}
	}
	return Value{Kind: Text, Text: text}
}

// withBirth writes name and birth date into their one cell again, one of them anew.
func (p *placing) withBirth(r *Roster, rec, at int, f Field, value string) {
	name, birth := r.Value(rec, FullName).Text, r.Value(rec, BirthDate).Text
	if f == FullName {
		name = value
	} else {
		birth = value
	}
	text := name + ", " + birth
	switch {
	case birth == "":
		text = name
	case name == "":
		text = birth
	case strings.Contains(p.cells[at].text(), "("):
		text = name + " (" + birth + ")"
	}
	p.put(at, cellOf(FullName, text))
}
