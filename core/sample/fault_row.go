package sample

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"lamsach/core/roster"
)

// rowFaults are those that several rows make together.
func rowFaults() []fault {
	return []fault{
		{code: "record.duplicate", rows: 1, plant: double},
		{code: "personal_id.duplicate", plant: sharedNumber},
		{code: "personal_id.series", plant: series},
	}
}

// double writes a child down a second time, somewhere below in the same hamlet.
func double(m *maker, e *entry) bool {
	again := &entry{child: e.child, says: maps.Clone(e.says), leaves: roster.Duplicate, same: e}
	from := slices.Index(m.entries, e) + 1
	to := from
	for to < len(m.entries) && m.entries[to].child.home.village == e.child.home.village {
		to++
	}
	m.entries = slices.Insert(m.entries, from+m.r.IntN(to-from+1), again)
	for _, twice := range []*entry{e, again} {
		m.mark(twice, "record", "", "record.duplicate", "personal_id.duplicate")
	}
	return true
}

// sharedNumber copies a number to another child whom it would fit.
func sharedNumber(m *maker, e *entry) bool {
	at := m.r.IntN(len(m.entries))
	for i := range m.entries {
		other := m.entries[(at+i)%len(m.entries)]
		if other == e || other.faulty || other.child.female != e.child.female || other.child.born.Year != e.child.born.Year ||
			other.child.home == e.child.home {
			continue
		}
		m.put(e, roster.PersonalID, other.says[roster.PersonalID], "duplicate", "")
		return m.mark(other, "personal_id", "", "personal_id.duplicate")
	}
	return false
}

// series makes three rows whose numbers count up by one, as a number does that is dragged down a column. The three children
// are of one sex, year and hamlet, so that nothing else is wrong with the numbers; they are moved together.
func series(m *maker, e *entry) bool {
	three := []*entry{e}
	for _, other := range m.entries {
		fits := !other.faulty && other.child.home != e.child.home && other.child.home.village == e.child.home.village &&
			other.child.female == e.child.female && other.child.born.Year == e.child.born.Year
		if fits && len(three) < 3 {
			three = append(three, other)
		}
	}
	if len(three) < 3 {
		return false
	}
	number := m.numbers.next(m.r, e.child.female, e.child.born.Year)
	free, _ := strconv.Atoi(number[6:])
	if free+2 > 999_999 || !m.numbers.claim(counted(number, free+1), counted(number, free+2)) {
		return false
	}
	for i, one := range three {
		m.put(one, roster.PersonalID, text(counted(number, free+i)), "series", "")
	}
	m.entries = slices.DeleteFunc(m.entries, func(o *entry) bool { return o == three[1] || o == three[2] })
	at := slices.Index(m.entries, e)
	m.entries = slices.Insert(m.entries, at+1, three[1], three[2])
	return true
}

// counted replaces the free digits of a number.
func counted(number string, free int) string { return number[:6] + fmt.Sprintf("%06d", free) }
