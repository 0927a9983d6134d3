// Package match tells whether two people of different lists, or of different times, are one.
package match

import (
	"lamsach/core/civil"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// Keys gives what a person is found again by in another list: the number, when it is of the right form, and folded name with
// the full birth date ("lo thi hoa|2016-05-09"). Either is empty when the list does not say it. They are personal: keep
// only keyed hashes of them.
func Keys(ro *roster.Roster, rec int) (number, name string) {
	var space [32]roster.Cell // more columns than lists have
	cells := ro.Cells(rec, space[:0])
	id := person.ReadPersonalID(raw(ro.ValueIn(rec, cells, roster.PersonalID)))
	switch id.Fault {
	case person.Clean, person.Untidy:
		number = id.Value.String()
	}
	full := person.ReadName(raw(ro.ValueIn(rec, cells, roster.FullName)))
	birth := person.ReadBirthDate(raw(ro.ValueIn(rec, cells, roster.BirthDate)), civil.Date{})
	if full.Value == "" || !birth.Value.Complete() {
		return number, ""
	}
	return number, viet.Fold(full.Value) + "|" + birth.Value.Civil().String()
}

func raw(v roster.Value) person.Raw {
	return person.Raw{Text: v.Text, Numeric: v.Kind == roster.Number, Date: v.Kind == roster.Date}
}

// MotherKey adds the mother to a name key of Keys; empty when the list does not say who she is. It is as personal as those.
func MotherKey(ro *roster.Roster, rec int, name string) string {
	if name == "" {
		return ""
	}
	mother := person.ReadName(raw(ro.Value(rec, roster.MotherName)))
	if mother.Value == "" {
		return ""
	}
	return name + "|" + viet.Fold(mother.Value)
}
