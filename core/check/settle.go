package check

import "lamsach/core/person"

// filler is a number that was typed to fill the cell: mostly one digit, and nothing else in the list agrees with it.
var filler = person.Reading[person.PersonalID]{Fault: person.Placeholder}

// settleNumber decides what the digits of the person's number leave open, by what else the list says of him.
func (v *RowView) settleNumber() {
	r := &v.number
	switch id := r.value(); {
	case id.Monotonous():
		if fits := v.agreement(id); fits.year != 1 || fits.sex == -1 {
			r.Reading = filler
		}
	case twoZeros(r):
		fits := v.agreement(id)
		grown := v.Child && v.today.Year-id.BirthYear() > adulthood
		if fits.year == -1 || fits.year == 0 && (fits.sex == -1 || grown) {
			r.Reading = otherCode(r)
		}
	case len(r.Candidates) > 1:
		offerOne(r, func(id person.PersonalID) bool {
			fits := v.agreement(id)
			return fits.year == 1 && fits.sex != -1
		})
	}
}

// settleRelative does the same for a relative, of whom role and age are known.
func (v *RowView) settleRelative(r *relative) {
	fits := func(id person.PersonalID) bool {
		return (r.sex == person.UnknownSex || id.Sex() == r.sex) && v.grownUp(r, id)
	}
	switch id := r.id.value(); {
	case id.Monotonous():
		if !fits(id) {
			r.id.Reading = filler
		}
	case twoZeros(&r.id):
		if !v.grownUp(r, id) || !v.oldEnough(r, id) { // the sex may be the other parent's
			r.id.Reading = otherCode(&r.id)
		}
	case len(r.id.Candidates) > 1:
		offerOne(&r.id, fits)
	}
}

// oldEnough reports whether somebody with the number can be the person's parent.
func (v *RowView) oldEnough(r *relative, id person.PersonalID) bool {
	born := v.birth.value().Year
	age := born - id.BirthYear()
	return born == 0 || v.birth.Fault == person.Future || r.sex == person.UnknownSex || age >= youngestParent && (age <= oldestMother || age <= oldestFather && id.Sex() == person.Male)
}

// twoZeros reports whether the number was made of ten digits, which a code of a school or of social insurance has as well.
func twoZeros(r *read[person.PersonalID]) bool {
	return r.Fault == person.LostZero && r.Confidence < oneZero
}

func otherCode(r *read[person.PersonalID]) person.Reading[person.PersonalID] {
	return person.Reading[person.PersonalID]{Fault: person.OtherCode, Note: r.Text}
}

// offerOne proposes the only one of several numbers in a cell that fits.
func offerOne(r *read[person.PersonalID], fits func(person.PersonalID) bool) {
	fit := ""
	for _, text := range r.Candidates {
		id, err := person.ParsePersonalID(text)
		switch {
		case err != nil || !fits(id):
		case fit != "":
			return
		default:
			fit = text
		}
	}
	if fit != "" {
		r.Suggest, r.Confidence = fit, 0.8
	}
}
