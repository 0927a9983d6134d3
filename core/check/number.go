package check

import (
	"strconv"

	"lamsach/core/fault"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// firstChildYear is the first year of the century of everybody who is a child today: a number of an earlier year is
// an adult's.
const firstChildYear = 2000

// registrationDays is how long parents have to register a birth (Law 60/2014/QH13, Article 15): until then a child
// without a number is nobody's fault, and is told apart.
const registrationDays = 60

// checkNumber looks at the person's own number.
func checkNumber(v *RowView) {
	r := &v.number
	switch r.Fault {
	case person.Clean:
		v.crossCheck()
	case person.Untidy:
		found(v, "personal_id", roster.PersonalID, r, Auto)
		v.crossCheck()
	case person.Missing:
		f := found(v, "personal_id", roster.PersonalID, r, NoFix)
		v.wanted(f)
		if d := v.birth.value(); d.Complete() {
			if age := v.today.DaysSince(d.Civil()); age >= 0 && age < registrationDays {
				f.put("Newborn", age)
			}
		}
	case person.LostZero:
		v.lostZero()
	case person.OtherCode:
		f := found(v, "personal_id", roster.PersonalID, r, Offer)
		f.Fix = Offer
		f.Also = []Change{{roster.PersonalID, ""}, {roster.Note, v.noteWith(r.Text)}}
	default:
		found(v, "personal_id", roster.PersonalID, r, Offer)
	}
}

// What a person without a number needs: a child is given one with the registration of the birth, an adult has a card.
const (
	needsNumber = "number"
	needsCard   = "card"
)

// wanted tells which paper a number is to be read from.
func (v *RowView) wanted(f *Finding) {
	f.put("Needs", needsNumber)
	if adult, _ := v.grown(); adult && !v.Child {
		f.Args["Needs"] = needsCard
	}
}

// put sets an argument of the finding's sentence.
func (f *Finding) put(name string, value any) {
	if f.Args == nil {
		f.Args = fault.Args{}
	}
	f.Args[name] = value
}

// noteWith is the person's note with more behind it.
func (v *RowView) noteWith(more string) string {
	if note := v.value(roster.Note); note.Text != "" {
		return note.Text + "; " + more
	}
	return more
}

// agreement is how a number fits what else the list says: 1 it does, -1 it does not, 0 nothing is known.
type agreement struct{ sex, year int }

func agree(known, same bool) int {
	switch {
	case !known:
		return 0
	case same:
		return 1
	}
	return -1
}

func (v *RowView) agreement(id person.PersonalID) agreement {
	year := v.birth.value().Year
	return agreement{
		sex:  agree(v.sex.known(), v.sex.value() == id.Sex()),
		year: agree(year != 0 && v.birth.Fault != person.Future, year == id.BirthYear()),
	}
}

// lostZero gives back the zeros that a number cell dropped, if sex and year agree; else it is a question.
func (v *RowView) lostZero() {
	id := v.number.value()
	f := found(v, "personal_id", roster.PersonalID, &v.number, Checked)
	fits := v.agreement(id)
	v.tell(f, id)
	switch {
	case fits.sex == 1 && fits.year == 1:
		f.Confidence = 0.99
		return
	case fits.sex == -1 || fits.year == -1:
		f.put("Why", "differs")
		f.Confidence = 0.4
	default:
		f.put("Why", "unknown")
		f.Confidence = 0.7
	}
	f.Severity, f.Fix = Error, Offer
	if v.sureNumber() { // the zero is no doubt: what does not fit is told by its own name beside it
		from := len(v.out)
		v.crossCheck()
		for i := from; i < len(v.out); i++ {
			v.out[i].Echo = true
		}
	}
}

// tell puts what the number says, and what the list says, side by side.
func (v *RowView) tell(f *Finding, id person.PersonalID) {
	f.put("NumberSex", id.Sex().String())
	f.put("NumberYear", strconv.Itoa(id.BirthYear()))
	f.put("ListSex", orDash(v.sex.value().String()))
	f.put("ListBirth", orDash(v.birth.value().String()))
}

// orDash stands in for what the list does not say.
func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// crossCheck compares a number of the right form with the rest of the row. The finding that explains most comes
// first, and what it explains is left out.
func (v *RowView) crossCheck() {
	id := v.number.value()
	if r := v.sameAsParent(); r != nil {
		f := v.add(Finding{Code: "personal_id.same_as_parent", Field: roster.PersonalID, Fix: Offer, Value: v.number.Text,
			Also: []Change{{roster.PersonalID, ""}}})
		f.put("Relative", r.idField.String())
		v.tell(f, id)
		return
	}
	if v.Child && id.BirthYear() < firstChildYear {
		v.notChilds(id)
		return
	}
	fits := v.agreement(id)
	if fits.year == -1 {
		f := v.add(Finding{Code: "personal_id.birth_mismatch", Field: roster.PersonalID, Value: v.number.Text})
		v.tell(f, id)
		if d, ok := v.birthInYear(id.BirthYear()); ok {
			f.Fix, f.Also = Offer, []Change{{roster.BirthDate, d.String()}}
		}
	}
	if fits.sex == -1 {
		f := v.add(Finding{Code: "personal_id.sex_mismatch", Field: roster.PersonalID, Fix: Offer, Value: v.number.Text,
			Also: []Change{{roster.Sex, id.Sex().String()}}, Echo: fits.year == -1})
		v.tell(f, id)
		f.put("NameSaysFemale", middleThi(v.name.Text))
	}
}

// sameAsParent finds the relative who has the person's number.
func (v *RowView) sameAsParent() *relative {
	for i := range v.relatives {
		r := &v.relatives[i]
		if !r.id.known() && r.id.Fault != person.LostZero || r.id.value() != v.number.value() {
			continue
		}
		if v.Child || !viet.Same(r.name.best(r.name.Text), v.name.best(v.name.Text)) { // who receives for himself
			return r
		}
	}
	return nil
}

// notChilds tells of an adult's number in a child's row, and moves it to the parent it fits, if that one has none.
func (v *RowView) notChilds(id person.PersonalID) {
	f := v.add(Finding{Code: "personal_id.not_childs", Field: roster.PersonalID, Value: v.number.Text})
	v.tell(f, id)
	for i := range v.relatives {
		r := &v.relatives[i]
		if r.sex == id.Sex() && r.named() && r.id.Fault == person.Missing && (r.birth.value().Year == 0 || r.birth.value().Year == id.BirthYear()) {
			f.Fix, f.Confidence = Offer, 0.7
			if r.birth.value().Year == id.BirthYear() {
				f.Confidence = 0.95
			}
			f.Also = []Change{{roster.PersonalID, ""}, {r.idField, id.String()}}
			f.put("Relative", r.idField.String())
			return
		}
	}
}

// birthInYear is the birth date in another year, if that is a day that a person of this list can be born on.
func (v *RowView) birthInYear(year int) (person.BirthDate, bool) {
	d := v.birth.value()
	d.Year = year
	if !d.Complete() || !d.Civil().Valid() || d.Civil().After(v.today) || v.Child && year < v.today.Year-adulthood {
		return d, false
	}
	return d, true
}

// checkRelativeNumbers looks at the numbers of parents and guardian: as warnings, since the list is not about them.
func checkRelativeNumbers(v *RowView) {
	for i := range v.relatives {
		r := &v.relatives[i]
		area := r.idField.String()
		switch r.id.Fault {
		case person.Missing:
		case person.Clean:
			v.relativeFits(r, area)
		case person.Untidy:
			found(v, area, r.idField, &r.id, Auto)
			v.relativeFits(r, area)
		case person.LostZero:
			f := found(v, area, r.idField, &r.id, Offer)
			f.put("NumberYear", strconv.Itoa(r.id.value().BirthYear()))
			if (r.sex == person.UnknownSex || r.id.value().Sex() == r.sex) && v.grownUp(r, r.id.value()) {
				f.Fix = Checked
			}
		default:
			found(v, area, r.idField, &r.id, Offer)
		}
	}
}

// grownUp reports whether a number's year can be the relative's: the one of the list or, without it, an adult's.
func (v *RowView) grownUp(r *relative, id person.PersonalID) bool {
	year := id.BirthYear()
	if known := r.birth.value().Year; known != 0 {
		return known == year
	}
	return year >= v.today.Year-100 && year <= v.today.Year-youngestParent
}

// relativeFits compares a relative's number with his role and birth year.
func (v *RowView) relativeFits(r *relative, area string) {
	id := r.id.value()
	if r.sex != person.UnknownSex && id.Sex() != r.sex && !v.swappedNumbers() {
		v.add(Finding{Code: area + ".sex_mismatch", Field: r.idField, Value: r.id.Text}).put("NumberSex", id.Sex().String())
	}
	if year := r.birth.value().Year; year != 0 && year != id.BirthYear() {
		f := v.add(Finding{Code: area + ".birth_mismatch", Field: r.idField, Value: r.id.Text})
		f.put("NumberYear", strconv.Itoa(id.BirthYear()))
		f.put("ListYear", strconv.Itoa(year))
	}
}

// swappedNumbers reports whether father and mother have each other's numbers.
func (v *RowView) swappedNumbers() bool {
	f, m := &v.relatives[father].id, &v.relatives[mother].id
	sure := func(r *read[person.PersonalID]) bool { return r.known() || r.Fault == person.LostZero }
	return sure(f) && sure(m) && f.value().Sex() == person.Female && m.value().Sex() == person.Male
}
