// Package match tells whether two people of different lists, or of different times, are one.
package match

import (
	"lamsach/core/civil"
	"lamsach/core/person"
	"lamsach/core/roster"
)

// Keys is what a person is found again by in another list: the number, when it is of the right form, folded name with the full
// birth date ("lo thi hoa|2016-05-09"), and that with the folded name of the mother. Each is empty when the list does not say it.
// They are personal: keep only keyed hashes of them.
type Keys struct{ Number, Name, Mother string }

// Keyer makes the keys of the people of a list. It remembers the words of their names, and is for one goroutine at a time.
type Keyer struct {
	ro    *roster.Roster
	cells *roster.CellReader
	names person.NameReader
	text  []byte
}

// NewKeyer makes the keyer of a list.
func NewKeyer(ro *roster.Roster) *Keyer { return &Keyer{ro: ro, cells: roster.NewCellReader(ro)} }

// Keys gives the keys of a person as they are now.
func (k *Keyer) Keys(rec int) (keys Keys) {
	cells := k.cells.Cells(rec)
	value := func(f roster.Field) person.Raw { return raw(k.ro.ValueIn(rec, cells, f)) }
	id := person.ReadPersonalID(value(roster.PersonalID))
	switch id.Fault {
	case person.Clean, person.Untidy:
		keys.Number = id.Value.String()
	}
	birth := person.ReadBirthDate(value(roster.BirthDate), civil.Date{}).Value
	if !birth.Complete() {
		return keys
	}
	k.text = k.names.AppendFolded(k.text[:0], value(roster.FullName))
	if len(k.text) == 0 {
		return keys
	}
	k.text = birth.Civil().AppendTo(append(k.text, '|'))
	name := len(k.text)
	k.text = k.names.AppendFolded(append(k.text, '|'), value(roster.MotherName))
	both := string(k.text) // one piece of memory
	keys.Name = both[:name]
	if len(both) > name+1 {
		keys.Mother = both
	}
	return keys
}

func raw(v roster.Value) person.Raw {
	return person.Raw{Text: v.Text, Numeric: v.Kind == roster.Number, Date: v.Kind == roster.Date}
}
