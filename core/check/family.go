package check

import (
	"strconv"

	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// Ages at which becoming a parent is possible; beyond them a number or a year is more likely wrong.
const (
	youngestParent = 13
	oldestMother   = 55
	oldestFather   = 75
)

// checkFamily looks at who the child belongs to. A mother alone is complete data; a father alone is asked about.
func checkFamily(v *RowView) {
	f, m, g := &v.relatives[father], &v.relatives[mother], &v.relatives[guardian]
	switch {
	case f.name.Absent && m.name.Absent && g.name.Absent:
		// the list has no place for a family: the column rule tells that once
	case !f.named() && !m.named() && !g.named():
		said := v.add(Finding{Code: "family.missing"})
		for _, r := range []*relative{f, m, g} {
			if r.name.Note != "" {
				said.Value = r.name.Note
				said.put("Note", r.name.Note)
			}
		}
	case f.named() && !m.named() && !g.named() && !m.name.Absent:
		v.add(Finding{Code: "family.father_only", Value: f.name.Text})
	}
}

// checkParents looks at what father and mother, where the list names them, say beside the person and beside each other.
func checkParents(v *RowView) {
	v.checkSwapped()
	for _, which := range [...]int{father, mother} {
		v.checkParentAge(&v.relatives[which])
		v.checkSameName(&v.relatives[which])
	}
}

// checkRelativeNames looks at how the names of parents and guardian are written.
func checkRelativeNames(v *RowView) {
	for i := range v.relatives {
		r := &v.relatives[i]
		area := r.nameField.String()
		switch r.name.Fault {
		case person.Untidy, person.LookAlike:
			found(v, area, r.nameField, &r.name.read, Auto)
		case person.Malformed:
			f := found(v, area, r.nameField, &r.name.read, Checked)
			if _, dated := person.NoteYear(r.name.Note); f.Suggestion != "" && dated {
				v.splitYear(f, r)
			}
		case person.Encoding:
			found(v, area, r.nameField, &r.name.read, Checked)
		}
	}
}

// splitYear moves "(1985)" from the name to the parent's birth year.
func (v *RowView) splitYear(f *Finding, r *relative) {
	year, _ := person.NoteYear(r.name.Note)
	for i := range relativeFields {
		if relativeFields[i].name == r.nameField && relativeFields[i].birth != roster.NoField && r.birth.Kind == roster.Empty {
			f.Also = append(f.Also, Change{relativeFields[i].birth, person.BirthDate{Year: year}.String()})
		}
	}
}

// checkSwapped tells of father and mother in each other's columns: by both numbers, or by both names.
func (v *RowView) checkSwapped() {
	f, m := &v.relatives[father], &v.relatives[mother]
	numbers := v.swappedNumbers()
	names := f.named() && m.named() && middleThi(f.name.Text) && middleVan(m.name.Text)
	if !numbers && !names {
		return
	}
	said := v.add(Finding{Code: "family.swapped", Fix: Offer, Confidence: 0.8})
	if names {
		said.Also = append(said.Also, Change{roster.FatherName, m.name.best(m.name.Text)}, Change{roster.MotherName, f.name.best(f.name.Text)})
		if !f.birth.value().IsZero() || !m.birth.value().IsZero() {
			said.Also = append(said.Also, Change{roster.FatherBirth, m.birth.value().String()}, Change{roster.MotherBirth, f.birth.value().String()})
		}
	}
	if numbers {
		said.Also = append(said.Also, Change{roster.FatherID, m.id.value().String()}, Change{roster.MotherID, f.id.value().String()})
	}
	said.put("Names", names)
	said.put("Numbers", numbers)
}

// checkParentAge compares the years of birth of parent and child.
func (v *RowView) checkParentAge(r *relative) {
	year, child := r.year(), v.birth.value().Year
	if !r.named() || year == 0 || child == 0 || v.birth.Fault == person.Future {
		return
	}
	age, oldest := child-year, oldestMother
	if r.sex == person.Male {
		oldest = oldestFather
	}
	// Years alone can be one off to either side.
	if age >= youngestParent && age <= oldest+1 {
		return
	}
	f := v.add(Finding{Code: "family.parent_age", Field: r.nameField, Value: r.name.Text})
	f.put("Relative", r.nameField.String())
	f.put("Age", age)
	f.put("ParentYear", strconv.Itoa(year))
	f.put("ChildYear", strconv.Itoa(child))
}

// checkSameName tells of a parent called like the child, in letters and tones: Thiên is no Thiện. A son may be called like his father,
// whom a year or a number of his own then tells from a slip of copying; the specimens' truth takes such a pair for two people. Who receives
// for himself is his own relative in a list of allowances, by his number.
func (v *RowView) checkSameName(r *relative) {
	if !r.named() || v.name.Fault == person.Missing || r.name.whole != v.name.whole {
		return // nearly always
	}
	namesake := r.sex == person.Male && v.sex.value() != person.Female && r.year() != 0
	himself := !v.Child && r.id.known() && v.number.known() && r.id.value() == v.number.value()
	if namesake || himself || viet.FoldTone(r.name.best(r.name.Text)) != viet.FoldTone(v.name.best(v.name.Text)) {
		return
	}
	v.add(Finding{Code: "family.same_name", Field: r.nameField, Value: r.name.Text}).put("Relative", r.nameField.String())
}
