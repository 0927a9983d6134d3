package check

import (
	"lamsach/core/person"
	"lamsach/core/roster"
)

// farthestAbove is how many rows above a ditto mark are looked at.
const farthestAbove = 200

// above gives the value that a ditto mark repeats: that of the nearest row above, on the same sheet, that has one.
func above(ro *roster.Roster, rec int, f roster.Field) (roster.Value, bool) {
	for at := rec - 1; at >= max(0, rec-farthestAbove) && ro.Records[at].Sheet == ro.Records[rec].Sheet; at-- {
		if value := ro.Value(at, f); value.Kind != roster.Empty && !person.IsDitto(value.Text) {
			return value, true
		}
	}
	return roster.Value{}, false
}

// undittoed gives the value that a ditto mark of the person repeats, and every other value as it is.
func (v *RowView) undittoed(f roster.Field, value roster.Value) roster.Value {
	if person.IsDitto(value.Text) {
		if meant, ok := above(v.ro, v.rec, f); ok {
			return meant
		}
	}
	return value
}

// readDitto reads a relative's name that a ditto mark repeats. It is malformed as it stands, and offered.
func (v *RowView) readDitto(r *relative) {
	value, ok := above(v.ro, v.rec, r.nameField)
	if !ok {
		return
	}
	v.names.Counting = false // it was counted where it stands
	meant := v.names.ReadParent(raw(value))
	name := value.Text
	if meant.Suggest != "" {
		name = meant.Suggest
	}
	if meant.Fault == person.Missing || meant.Fault == person.Malformed && meant.Suggest == "" {
		return
	}
	meant.Reading = person.Reading[string]{Value: name, Fault: person.Malformed, Suggest: name, Confidence: 0.8}
	r.name.take(r.name.Value, meant)
}

// sexAbove gives the sex that a ditto mark repeats.
func (v *RowView) sexAbove() (person.Sex, bool) {
	if !person.IsDitto(v.sex.Text) {
		return person.UnknownSex, false
	}
	value, ok := above(v.ro, v.rec, roster.Sex)
	if !ok {
		return person.UnknownSex, false
	}
	sex := person.ReadSex(raw(value)).Value
	return sex, sex != person.UnknownSex
}

// groupAbove gives the ethnic group that a ditto mark repeats.
func (l *ListView) groupAbove(rec int, value roster.Value) (string, bool) {
	if !person.IsDitto(value.Text) {
		return "", false
	}
	meant, ok := above(l.ro, rec, roster.Ethnicity)
	if !ok {
		return "", false
	}
	group := person.ReadEthnicity(raw(meant)).Value
	return group, group != ""
}
