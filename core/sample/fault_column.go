package sample

import (
	"slices"
	"time"

	"lamsach/core/civil"
	"lamsach/core/roster"
)

// columnFaults are what can be wrong with a whole column of birth dates, by code. They are expected in the rows that they touch,
// unless something else was planted there.
func columnFaults() map[string]func(m *maker) {
	return map[string]func(m *maker){"birth_date.swapped": (*maker).swapDates, "birth_date.pile_up": (*maker).pileUp, "personal_id.birth_mismatch": (*maker).slip}
}

// ColumnCodes names the faults of whole columns that Options.Column takes.
func ColumnCodes() []string {
	var codes []string
	for code := range columnFaults() {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// trueDates reports whether the layout shows birth dates as date cells.
func (l layout) trueDates() bool { return l.whole(roster.BirthDate) && !l.dateText }

// swapDates does what an American Excel does to dates typed day first: up to the 12th it takes the day for the month, the others
// stay text.
func (m *maker) swapDates() {
	for _, e := range m.entries {
		cell := e.says[roster.BirthDate]
		if cell.Kind != roster.Date {
			continue
		}
		day, err := civil.ParseISO(cell.Text)
		switch {
		case err != nil:
			continue
		case day.Day > 12:
			e.says[roster.BirthDate] = text(dayFirst(day))
		case day.Day != int(day.Month):
			turned := civil.Date{Year: day.Year, Month: time.Month(day.Day), Day: int(day.Month)}
			e.says[roster.BirthDate] = roster.Cell{Kind: roster.Date, Text: turned.String()}
			m.ofColumn(e, dayFirst(day), m.swapCodes(turned)...)
		}
	}
}

// pileUp gives every twelfth child the first of January of its year, as software does that wants a full date.
func (m *maker) pileUp() {
	for i, e := range m.entries {
		first := civil.Date{Year: e.child.born.Year, Month: time.January, Day: 1}
		if i%12 == 0 && !e.faulty && e.child.alone(first) && first.AddYears(16).After(m.asOf) {
			e.says[roster.BirthDate] = roster.Cell{Kind: roster.Date, Text: first.String()}
			m.ofColumn(e, "", "birth_date.pile_up")
		}
	}
}

// slip moves the numbers of a hamlet up by one row, as deleting one cell of the column does. Where a number happens to fit its neighbour
// nothing can be seen.
func (m *maker) slip() {
	hamlet := byVillage(m.entries)[0]
	if len(hamlet) < 4 {
		return
	}
	lost := hamlet[0].says[roster.PersonalID]
	for i, e := range hamlet {
		next := lost
		if i+1 < len(hamlet) {
			next = hamlet[i+1].says[roster.PersonalID]
		}
		e.says[roster.PersonalID] = next
	}
	for _, e := range hamlet {
		number := e.says[roster.PersonalID].Text
		if e.faulty || len(number) != 12 {
			e.faulty = true
			continue
		}
		if number[3:6] != numberPrefix(e.child.female, e.child.born.Year) {
			m.mark(e, roster.PersonalID.String(), "", "personal_id.birth_mismatch", "personal_id.sex_mismatch")
		}
		e.faulty = true
	}
}

// alone reports whether no brother or sister was born within months of a day.
func (ch *child) alone(day civil.Date) bool {
	for _, other := range ch.home.children {
		if days := day.DaysSince(other.born); other != ch && days > -300 && days < 300 {
			return false
		}
	}
	return true
}

// swapCodes are what may be said of a date with day and month exchanged: it can also have come to lie in the future, or before
// the sixteenth birthday's line.
func (m *maker) swapCodes(turned civil.Date) []string {
	codes := []string{"birth_date.swapped"}
	if turned.After(m.asOf) {
		codes = append(codes, "birth_date.future")
	}
	if !turned.AddYears(16).After(m.asOf) {
		codes = append(codes, "birth_date.over_age")
	}
	return codes
}

// ofColumn marks an entry that has no fault of its own.
func (m *maker) ofColumn(e *entry, fix string, codes ...string) {
	if !e.faulty {
		m.mark(e, roster.BirthDate.String(), fix, codes...)
	}
}
