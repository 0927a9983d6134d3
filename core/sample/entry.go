package sample

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"lamsach/core/civil"
	"lamsach/core/roster"
)

// entry is one row to be: a child and what the list says of him. Faults change what the list says; the layout spreads it
// over columns.
type entry struct {
	child  *child
	says   map[roster.Field]roster.Cell
	faulty bool // a fault is planted here, or the row is part of another one's fault
	faults []planted
	leaves roster.Status
	same   *entry
	place  Place // set when the row is written
}

// planted is a fault as it will stand in the truth.
type planted struct {
	field string
	codes []string
	fix   *string
}

// maker turns a commune into a list.
type maker struct {
	*commune
	kind    string
	layout  layout
	entries []*entry
	sheets  map[string]SheetTruth
}

// enter writes every child down without a fault.
func enter(c *commune) []*entry {
	var entries []*entry
	for _, h := range c.homes {
		for _, ch := range h.children {
			entries = append(entries, &entry{child: ch, says: c.says(ch, len(entries))})
		}
	}
	return entries
}

// says is what a careful officer writes of a child.
func (c *commune) says(ch *child, at int) map[roster.Field]roster.Cell {
	h := ch.home
	says := map[roster.Field]roster.Cell{
		roster.FullName:      text(ch.name),
		roster.BirthDate:     {Kind: roster.Date, Text: ch.born.String()},
		roster.Sex:           text(sexText(ch.female)),
		roster.Ethnicity:     text(h.people.name),
		roster.PersonalID:    text(ch.number),
		roster.Village:       text(h.village),
		roster.Address:       text(h.address()),
		roster.Phone:         text(h.phone),
		roster.HouseholdCode: text(fmt.Sprintf("HO%05d", h.code)),
		roster.SoftwareCode:  text(fmt.Sprintf("TE%07d", 1_000_000+at)),
	}
	for _, a := range []struct {
		*adult
		name, number, born roster.Field
	}{
		{h.father, roster.FatherName, roster.FatherID, roster.FatherBirth},
		{h.mother, roster.MotherName, roster.MotherID, roster.MotherBirth},
		{h.guardian, roster.GuardianName, roster.GuardianID, roster.NoField},
	} {
		if a.adult == nil {
			continue
		}
		says[a.name], says[a.number] = text(a.adult.name), text(a.adult.number)
		says[a.born] = whole(a.adult.born)
		says[roster.HouseholdHead] = text(a.adult.name)
	}
	if h.guardian != nil {
		says[roster.GuardianRelation] = text("Bà")
	}
	if ch.halfKnown {
		says[roster.BirthDate] = whole(ch.born.Year)
	}
	if ch.aid != nil {
		ch.aid.receives(says)
		delete(says, roster.GuardianRelation)
	}
	delete(says, roster.NoField)
	if c.r.IntN(12) == 0 {
		says[roster.Note] = text(pick(c.r, []string{"Hộ nghèo", "Hộ cận nghèo"}))
	}
	return says
}

func text(s string) roster.Cell {
	if s == "" {
		return roster.Cell{}
	}
	return roster.Cell{Kind: roster.Text, Text: s}
}

func whole(n int) roster.Cell { return roster.Cell{Kind: roster.Number, Text: strconv.Itoa(n)} }

// dayFirst is the canonical text of a birth date.
func dayFirst(d civil.Date) string { return fmt.Sprintf("%02d/%02d/%04d", d.Day, int(d.Month), d.Year) }

// truth tells what was made, after the layout gave every row its place.
func (m *maker) truth() Truth {
	t := Truth{
		Kind: m.kind, AsOf: m.asOf, Layout: m.layout.name, Sheets: m.sheets,
		Expect: []Expected{}, Clean: []Place{}, Twins: [][2]Place{}, OfFile: append([]string{}, m.layout.fileCodes...),
	}
	rows := map[*child]*entry{}
	for _, e := range m.entries {
		if e.same == nil {
			rows[e.child] = e
		}
	}
	for _, e := range m.entries {
		t.People = append(t.People, e.person())
		for _, f := range e.faults {
			t.Expect = append(t.Expect, Expected{Sheet: e.place.Sheet, Row: e.place.Row, Field: f.field, Codes: f.codes, Fix: f.fix})
		}
		if !e.faulty && e.child.twin == nil {
			t.Clean = append(t.Clean, e.place)
		}
		if twin := rows[e.child.twin]; twin != nil && rows[e.child] == e && e.place.Row < twin.place.Row {
			t.Twins = append(t.Twins, [2]Place{e.place, twin.place})
		}
	}
	order := map[string]int{}
	for _, p := range t.People {
		if _, met := order[p.Sheet]; !met {
			order[p.Sheet] = len(order)
		}
	}
	slices.SortStableFunc(t.Expect, func(a, b Expected) int {
		return cmp.Or(cmp.Compare(order[a.Sheet], order[b.Sheet]), cmp.Compare(a.Row, b.Row))
	})
	return t
}

func (e *entry) person() Person {
	p := Person{Sheet: e.place.Sheet, Row: e.place.Row, Right: e.child.right(), Leaves: e.leaves}
	if e.same != nil {
		place := e.same.place
		p.SameAs = &place
	}
	return p
}
