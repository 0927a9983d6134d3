package check

import (
	"lamsach/core/person"
	"lamsach/core/roster"
)

// Limits of the rules on a whole column of dates.
const (
	swappedCells = 5    // true dates that must all fall on the first twelve days: by chance one list in 100
	swappedTexts = 2    // text dates beyond the twelfth beside them
	pileShare    = 0.03 // of the column on 1 January, findings.md; by nature it is a tenth of that
	pileCount    = 5
)

// listSwappedDates knows the trace of an Excel set to American dates: what could be read as month/day became a true date
// with day and month exchanged, the rest stayed text.
func listSwappedDates(l *ListView) {
	for sheet := range l.ro.Sheets {
		var cells []int
		texts, fits := 0, true
		for rec := range l.facts {
			f := &l.facts[rec]
			if l.ro.Records[rec].Sheet != sheet {
				continue
			}
			switch day := f.birth & 31; {
			case f.date == asDate && day > 12, f.date == asText && day <= 12:
				fits = false
			case f.date == asDate && !f.left:
				cells = append(cells, rec)
			case f.date == asText:
				texts++
			}
		}
		if !fits || len(cells) < swappedCells || texts < swappedTexts {
			continue
		}
		for _, rec := range cells {
			l.swapped(rec, len(cells))
		}
	}
}

// swapped puts one date of the column down, with day and month exchanged.
func (l *ListView) swapped(rec, count int) {
	birth := l.facts[rec].birth
	d := person.BirthDate{Year: int(birth >> 9), Month: int(birth & 31), Day: int(birth >> 5 & 15)}
	if d.Month == d.Day || !l.wants(rec) || d.Civil().After(l.today) {
		return
	}
	f := l.add(rec, Finding{Code: "birth_date.swapped", Field: roster.BirthDate, Fix: Offer, Suggestion: d.String(), Confidence: 0.8})
	f.Value = person.BirthDate{Year: d.Year, Month: d.Day, Day: d.Month}.String()
	f.put("Count", count)
}

// listPiledDates tells of births on 1 January that are too many: the day was not known and somebody filled it.
func listPiledDates(l *ListView) {
	const firstOfJanuary = 1<<5 | 1
	var piled []int
	whole := 0
	for rec := range l.facts {
		f := &l.facts[rec]
		if !f.whole || f.left || !l.Child && int(f.birth>>9) <= l.today.Year-adulthood {
			continue // of many old people nobody knows more than the year
		}
		whole++
		if f.birth&511 == firstOfJanuary {
			piled = append(piled, rec)
		}
	}
	if len(piled) < pileCount || float64(len(piled)) <= pileShare*float64(whole) {
		return
	}
	for _, rec := range piled {
		if !l.wants(rec) {
			continue
		}
		f := l.add(rec, Finding{Code: "birth_date.pile_up", Field: roster.BirthDate, Value: l.value(rec, roster.BirthDate).Text})
		f.put("Count", len(piled))
		f.put("Whole", whole)
	}
}
