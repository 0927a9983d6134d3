package check

import (
	"strings"

	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// adulthood is the age at which a person is no child any more (Law 102/2016/QH13, Article 1).
const adulthood = 16

// checkName looks at the person's name.
func checkName(v *RowView) {
	r := &v.name
	if r.Absent {
		return
	}
	switch r.Fault {
	case person.Clean:
	case person.Untidy, person.LookAlike:
		found(v, "full_name", roster.FullName, &r.read, Auto)
		if r.Suggest != "" && !strings.Contains(r.Suggest, " ") && !v.oneWordRight() {
			v.add(Finding{Code: "full_name.single_word", Field: roster.FullName, Value: r.Text})
		}
	case person.Malformed:
		f := found(v, "full_name", roster.FullName, &r.read, Checked)
		if f.Suggestion != "" && r.Note != "" {
			f.Also = []Change{{roster.Note, v.noteWith(r.Note)}}
		}
	case person.Encoding:
		found(v, "full_name", roster.FullName, &r.read, Checked)
	case person.SingleWord:
		if !v.oneWordRight() {
			found(v, "full_name", roster.FullName, &r.read, NoFix)
		}
	default: // missing
		found(v, "full_name", roster.FullName, &r.read, NoFix)
	}
}

// oneWordRight reports whether a name of one word is a whole name: the Ba Na often have no other, and "K'Brểu" holds what others write as
// two words.
func (v *RowView) oneWordRight() bool {
	return v.ethnicity.known() && v.ethnicity.value() == "Ba Na" || strings.ContainsFunc(v.name.Text, viet.IsApostrophe)
}

// checkBirth looks at the birth date.
func checkBirth(v *RowView) {
	r := &v.birth
	if r.Absent {
		return
	}
	switch r.Fault {
	case person.Clean:
	case person.Untidy:
		found(v, "birth_date", roster.BirthDate, r, Auto)
	case person.Future:
		v.futureBirth()
	case person.Incomplete:
		if v.Child && overAge(r.value(), v) {
			break // out of scope on any day of that year
		}
		f := found(v, "birth_date", roster.BirthDate, r, NoFix)
		f.put("Known", r.value().String())
		if _, child := v.grown(); !v.Child && !child {
			f.Severity = Info
		}
	default: // missing, malformed, impossible
		found(v, "birth_date", roster.BirthDate, r, Offer)
	}
	v.checkAge()
}

// futureBirth offers the year that a slip of one digit would have meant, when the number says it.
func (v *RowView) futureBirth() {
	f := found(v, "birth_date", roster.BirthDate, &v.birth, Offer)
	if !v.sureNumber() {
		return
	}
	for _, slip := range []int{1, 10, 100} {
		year := v.birth.value().Year - slip
		if d, ok := v.birthInYear(year); ok && v.number.value().BirthYear() == year {
			f.Fix, f.Suggestion, f.Confidence = Offer, d.String(), 0.9
			return
		}
	}
}

// checkAge tells of children who have come of age. When a number of the right form says otherwise, that contradiction
// is the question.
func (v *RowView) checkAge() {
	d := v.birth.value()
	if !v.Child || !overAge(d, v) {
		return
	}
	f := v.add(Finding{Code: "birth_date.over_age", Field: roster.BirthDate, Fix: Offer, Value: v.birth.Text, Status: roster.OverAge})
	f.put("Age", v.today.Year-d.Year)
	if d.Complete() {
		f.Args["Age"] = d.Civil().YearsAt(v.today)
	}
	f.put("Birth", d.String())
	f.Echo = v.number.known() && v.number.value().BirthYear() > v.today.Year-adulthood
}

// overAge reports whether the person is 16 or older for certain, whatever part of the birth date is unknown.
func overAge(d person.BirthDate, v *RowView) bool {
	last := d.Year + adulthood
	switch {
	case d.Year == 0 || v.birth.Fault == person.Future:
		return false
	case d.Complete():
		return !d.Civil().AddYears(adulthood).After(v.today)
	case d.Month == 0:
		return last < v.today.Year
	}
	return last < v.today.Year || last == v.today.Year && d.Month < int(v.today.Month)
}

// checkSex looks at the sex. A missing one is read off a valid number, or offered from the name; Y and A, which mark
// men with some peoples and women with others, say nothing.
func checkSex(v *RowView) {
	r := &v.sex
	switch {
	case r.Absent:
	case r.Fault == person.Untidy:
		found(v, "sex", roster.Sex, r, Auto)
	case r.Fault == person.Missing:
		v.missingSex()
	}
}

func (v *RowView) missingSex() {
	f := found(v, "sex", roster.Sex, &v.sex, NoFix)
	female := middleThi(v.name.Text)
	if v.sureNumber() && v.sameAsParent() == nil && (!v.Child || v.number.value().BirthYear() >= firstChildYear) {
		id := v.number.value()
		f.Suggestion, f.Fix, f.Confidence = id.Sex().String(), Offer, 0.8
		if v.number.known() && v.agreement(id).year == 1 && (!female || id.Sex() == person.Female) {
			f.Fix, f.Confidence = Checked, 0.98
		}
		f.put("From", "number")
		return
	}
	if female {
		f.Suggestion, f.Fix, f.Confidence = person.Female.String(), Offer, 0.9
		f.put("From", "name")
		return
	}
	if sex, ok := v.sexAbove(); ok {
		f.Suggestion, f.Fix, f.Confidence = sex.String(), Offer, 0.8
		f.put("From", "above")
	}
}

// middleThi reports whether Thị stands inside the name, which nearly all bearers are female.
func middleThi(name string) bool { return holds(name, " Thị ", " thị ", " THỊ ") }

// middleVan reports whether Văn stands inside the name, the classic middle name of men.
func middleVan(name string) bool { return holds(name, " Văn ", " văn ", " VĂN ") }

// holds reports whether the name has one of the words inside; it is asked of every row and makes no strings.
func holds(name string, words ...string) bool {
	if !begins(name, words[0][1]) {
		return false // nearly always
	}
	name = viet.NFC(name)
	for _, word := range words {
		if at := strings.Index(name, word); at > 0 {
			return true
		}
	}
	return false
}

// begins reports whether a word inside begins with the letter, large or small.
func begins(name string, letter byte) bool {
	for i := 1; i < len(name); i++ {
		if name[i]|0x20 == letter|0x20 && name[i-1] == ' ' {
			return true
		}
	}
	return false
}

// checkEthnicity looks at the ethnic group; what is missing is told by the list rule that knows the neighbours.
func checkEthnicity(v *RowView) {
	r := &v.ethnicity
	if r.Absent {
		return
	}
	switch r.Fault {
	case person.Clean, person.Missing:
	case person.Variant:
		found(v, "ethnicity", roster.Ethnicity, r, Auto)
	default: // unknown, ambiguous
		f := found(v, "ethnicity", roster.Ethnicity, r, Offer)
		if f.Suggestion == "" && r.Fault == person.Unknown && len(r.Candidates) == 1 {
			f.Suggestion, f.Fix, f.Confidence = r.Candidates[0], Offer, 0.8
		}
	}
}
