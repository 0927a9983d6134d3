package review

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/person"
	"lamsach/core/roster"
)

// ownTexts are the codes that have a sentence of their own below a prefix; the others share the prefix's "other".
var ownTexts = map[string][]string{
	"review.did.group.": {
		codeLostZero, "personal_id.look_alike", "sex.missing", "ethnicity.missing", "ethnicity.unknown", "birth_date.swapped", "full_name.malformed", "full_name.encoding", "full_name.look_alike",
	},
	"review.group.": {
		codeLostZero, "personal_id.look_alike", codeParentsID, codeOtherCode, codeOverAge, codeFamilySwapped, codeFatherOnly, "sex.missing", "sex.malformed",
		"ethnicity.missing", "ethnicity.unknown", "ethnicity.ambiguous", "full_name.malformed", "full_name.single_word", "full_name.look_alike", "full_name.encoding",
		codeDiffers, "birth_date.pile_up", "birth_date.swapped", "mother_name.malformed", "father_name.malformed", "guardian_name.malformed",
	},
	"review.ask.": {
		codeMissingID, codeLostZero, "personal_id.lost_digits", "personal_id.look_alike", "personal_id.old_number", "personal_id.malformed",
		"personal_id.placeholder", codeUnknownProvince, codeSexMismatch, codeBirthMismatch, codeNotChilds, codeParentsID, codeSharedID, "personal_id.series", codeOtherCode,
		"full_name.missing", "full_name.malformed", "full_name.single_word", "full_name.look_alike", "full_name.unaccented", "full_name.encoding",
		"birth_date.missing", "birth_date.malformed", "birth_date.impossible", "birth_date.future", codeIncompleteDate, "birth_date.swapped", "birth_date.pile_up", codeOverAge,
		"sex.missing", "sex.malformed", "ethnicity.missing", "ethnicity.unknown", "ethnicity.ambiguous",
		codeNoFamily, codeFatherOnly, "family.parent_age", "family.same_name", codeFamilySwapped,
		codeDuplicate, codeLikelyDuplicate, codeLeftScope,
		codeDiffers, codeMaybe, codeElsewhere, "category.missing", "category.unknown", codeAgeMismatch, "coefficient.mismatch", "allowance.mismatch", "decision_no.missing", "benefit_from.malformed", "benefit_from.future",
	},
	"review.no.": {
		"personal_id.missing", codeLostZero, "personal_id.lost_digits", "personal_id.look_alike", "personal_id.old_number", "personal_id.malformed", "personal_id.placeholder", codeUnknownProvince,
		codeNotChilds, codeParentsID, codeOtherCode, "birth_date.malformed", "birth_date.impossible", "birth_date.future", codeIncompleteDate,
		"full_name.missing", "full_name.malformed", "full_name.encoding", codeSexMismatch, codeBirthMismatch, codeNoFamily,
	},
	"review.file.": {"column.missing", "column.uncertain", "column.contradicts", "file.encoding", "file.formula", "file.hidden"},
	"review.doubt.": {
		codeSexMismatch, codeBirthMismatch, codeOverAge, "full_name.single_word", "full_name.unaccented", "family.parent_age", "family.same_name", codeFatherOnly, codeNoFamily, codeUnknownProvince,
		codeDuplicate, codeLikelyDuplicate, codeAgeMismatch,
	},
}

// known gives the key of the code's own sentence below the prefix, or of the one for all others.
func known(prefix, code string) string {
	for _, own := range ownTexts[prefix] {
		if own == code {
			return prefix + code
		}
	}
	return prefix + "other"
}

// mask hides the middle of a person's number, however it is written: "014•••••••56".
func mask(text string) string {
	runes := []rune(text)
	digits := 0
	for _, r := range runes {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits < 6 || len(runes) < 6 {
		return text
	}
	for i := 3; i < len(runes)-2; i++ {
		if unicode.IsDigit(runes[i]) || unicode.IsLetter(runes[i]) {
			runes[i] = '•'
		}
	}
	return string(runes)
}

// hidden stands for what no chat may show.
const hidden = "•••"

// veil hides numbers of people within a text of another field, and shortens what is too long for a line.
func veil(text string) string {
	if check.Private(text) {
		return hidden
	}
	words := strings.Fields(text)
	for i, w := range words {
		digits := 0
		for _, r := range w {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		if digits >= 9 {
			words[i] = mask(w)
		}
	}
	return clip(strings.Join(words, " "), 60)
}

// display is how a value of a field is shown in the chat.
func display(f roster.Field, text string) string {
	switch {
	case isNumber(f):
		return veil(mask(text))
	case f == roster.Category && check.PrivateCategory(text):
		return hidden
	case isBirth(f): // a cell with a day gives it as the program keeps it
		if day, err := civil.ParseISO(text); err == nil {
			return fmt.Sprintf("%02d/%02d/%04d", day.Day, int(day.Month), day.Year)
		}
	}
	return veil(text)
}

// isBirth reports whether the field is a day of birth.
func isBirth(f roster.Field) bool {
	return f == roster.BirthDate || f == roster.FatherBirth || f == roster.MotherBirth
}

// canonical is the field's value in the form in which answers are kept; the raw text where it cannot be read.
func (v *view) canonical(record int, f roster.Field) string {
	switch {
	case isBirth(f):
		if r := person.ReadBirthDate(v.raw(record, f), v.Today); !r.Value.IsZero() {
			return r.Value.String()
		}
	case f == roster.Sex:
		if sex := v.sex(record); sex != person.UnknownSex {
			return sex.String()
		}
	}
	return v.value(record, f)
}

// shown is what the chat says of a person's field.
func (v *view) shown(record int, f roster.Field) string { return display(f, v.canonical(record, f)) }

func plain(text string) fault.Text { return fault.T("review.text", "Text", text) }

func (v *view) name(record int) fault.Text {
	if name := v.value(record, roster.FullName); name != "" {
		return plain(veil(name))
	}
	return fault.T("review.no_name")
}

// sheet names the sheet of a person's row where there are several; empty where there is one.
func (v *view) sheet(record int) string {
	if len(v.Roster.Sheets) < 2 {
		return ""
	}
	return v.Roster.Sheets[v.Roster.Records[record].Sheet].Name
}

// row names a person's row, and the sheet where there are several.
func (v *view) row(record int) fault.Text {
	row := v.Roster.Records[record].Row
	if sheet := v.sheet(record); sheet != "" {
		return fault.T("review.row_of", "Row", row, "Sheet", clip(sheet, 24))
	}
	return fault.T("review.row", "Row", row)
}

// hamlet gives the person's hamlet, to be said beside his row; empty when the list does not say it, or the row's sheet does.
func (v *view) hamlet(record int) string {
	text := cmp.Or(v.value(record, roster.Village), v.Roster.Records[record].Group)
	if officer.SameName(text, v.sheet(record)) {
		return ""
	}
	return veil(text)
}

// who is a person in one phrase: row · name · hamlet.
func (v *view) who(record int) []fault.Text {
	parts := []fault.Text{v.row(record), v.name(record)}
	if hamlet := v.hamlet(record); hamlet != "" {
		parts = append(parts, plain(hamlet))
	}
	return parts
}

// sample is one line of a group: who, and what would become of the value.
func (v *view) sample(f check.Finding, to string) Line {
	field := f.Field
	if f.Code == codeDiffers {
		return line(Plain, "review.sample.differs", append(v.sides(f), "Who", v.who(f.Record))...)
	}
	if f.Code == codeFamilySwapped && len(f.Also) >= 2 { // what would change places: the names, or the numbers
		father, mother := f.Also[0], f.Also[1]
		return line(Plain, "review.sample.parents", "Who", v.who(f.Record),
			"Father", display(father.Field, v.value(f.Record, father.Field)), "NewFather", display(father.Field, father.Value),
			"Mother", display(mother.Field, v.value(f.Record, mother.Field)), "NewMother", display(mother.Field, mother.Value))
	}
	if field == roster.NoField || f.Code == codeFatherOnly {
		return line(Plain, "review.sample.person", "Who", v.who(f.Record), "Facts", v.facts(f.Record))
	}
	from := f.Value
	if from == "" {
		from = v.value(f.Record, field)
	}
	switch {
	case to != "" && from != "":
		return line(Plain, "review.sample.change", "Who", v.who(f.Record), "From", display(field, from), "To", display(field, to))
	case to != "":
		return line(Plain, "review.sample.new", "Who", v.who(f.Record), "To", display(field, to))
	}
	return line(Plain, "review.sample.value", "Who", v.who(f.Record), "Value", display(field, from))
}
