package check

import (
	"maps"

	"lamsach/core/person"
	"lamsach/core/roster"
)

// shiftLength is how many numbers in a row that fit their neighbours instead are no chance.
const shiftLength = 3

// shift says that a row's number belongs to the row before or after it, with how many others.
type shift struct{ by, count, first int }

// listShifts finds numbers that slipped by one row, as deleting one cell of the column makes them: consecutive rows whose
// numbers contradict them and fit the next row, or the one before. The contradictions then say so.
func listShifts(l *ListView) {
	l.shifts = nil
	for _, by := range [2]int{-1, 1} {
		start := -1
		for rec := 0; rec <= len(l.facts); rec++ {
			if rec < len(l.facts) && l.slipped(rec, by) {
				if start < 0 {
					start = rec
				}
				continue
			}
			if start >= 0 && rec-start >= shiftLength {
				if l.shifts == nil {
					l.shifts = map[int]shift{}
				}
				for k := start; k < rec; k++ {
					l.shifts[k] = shift{by, rec - start, start}
				}
			}
			start = -1
		}
	}
}

// slipped reports whether the number of a row contradicts it and fits the row that is so far away.
func (l *ListView) slipped(rec, by int) bool {
	other := rec + by
	if other < 0 || other >= len(l.facts) || l.ro.Records[rec].Sheet != l.ro.Records[other].Sheet {
		return false
	}
	number := l.facts[rec].number
	return number != 0 && !fitsNumber(&l.facts[rec], number) && fitsNumber(&l.facts[other], number)
}

// fitsNumber reports whether nothing that is known of a person speaks against a number, and sex and year are known.
func fitsNumber(f *facts, number uint64) bool {
	century := int(number / 100_000_000 % 10)
	year := 1900 + 100*(century/2) + int(number/1_000_000%100)
	sex := person.Male
	if century%2 == 1 {
		sex = person.Female
	}
	return f.sex == sex && int(f.birth>>9) == year
}

// tellShift adds to a contradiction that the numbers slipped: how many rows, and the row that the number fits.
func (l *ListView) tellShift(f *Finding) {
	s, slipped := l.shifts[f.Record]
	if !slipped || f.Field != roster.PersonalID {
		return
	}
	switch f.Code {
	case "personal_id.sex_mismatch", "personal_id.birth_mismatch":
		f.Echo = f.Echo || f.Record != s.first // one slip is one question
		f.Args = maps.Clone(f.Args)            // the row keeps its own
		f.put("Shifted", s.count)
		f.put("ShiftRow", l.ro.Records[f.Record+s.by].Row)
	}
}
