package person

import (
	"lamsach/core/civil"
	"lamsach/core/viet"
)

// TypedDate understands a date of birth that somebody typed as an answer: 15/4/2016, 15416, 15042016, 5.3.19, "ngày 5
// tháng 3 năm 2015", and 15/4 or 15 when known holds the year, or year and month, already. Month and year, or a year
// alone, come back incomplete.
//
// ok is false when no date can be made of the text. doubtful is true when it has more than one plausible reading, when
// something was taken from known or put the other way round, and when the date contradicts known or is no child's:
// then it has to be shown before it is kept.
func TypedDate(text string, known BirthDate, today civil.Date) (date BirthDate, doubtful bool, ok bool) {
	parts, ok := splitDate(viet.Squeeze(text))
	if !ok {
		return BirthDate{}, false, false
	}
	switch len(parts) {
	case 1:
		date, doubtful = typedRow(parts[0].digits, known, today)
	case 2:
		date, doubtful = typedTwo(parts, known, today)
	default:
		date, doubtful = typedThree(parts, today)
	}
	if date.Year < firstYear || date.Year > lastYear || !date.possible() {
		return BirthDate{}, false, false
	}
	return date, doubtful || contradicts(date, known) || !born(date, today), true
}

// contradicts reports whether what is known of the date is different in d.
func contradicts(d, known BirthDate) bool {
	return known.Year != 0 && d.Year != known.Year || known.Month != 0 && d.Month != 0 && d.Month != known.Month ||
		known.Day != 0 && d.Day != 0 && d.Day != known.Day
}

func typedThree(parts []datePart, today civil.Date) (BirthDate, bool) {
	day, month, year := orderParts(parts)
	d := BirthDate{Year: year.value(), Month: month.value(), Day: day.value()}
	if len(day.digits) > 2 || len(month.digits) > 2 {
		return BirthDate{}, false
	}
	swapped := d.Month > 12 && d.Day <= 12 && d.Day > 0
	if swapped {
		d.Day, d.Month = d.Month, d.Day
	}
	if d.Month == 0 {
		d.Day = 0
	}
	switch len(year.digits) {
	case 2:
		d.Year = resolveYear(d, today)
		return d, swapped || !recent(d, today)
	case 4:
		return d, swapped
	}
	return BirthDate{}, false
}

// typedTwo reads month and year, or day and month of the known year, or month and short year.
func typedTwo(parts []datePart, known BirthDate, today civil.Date) (BirthDate, bool) {
	first, second := parts[0], parts[1]
	if len(first.digits) == 4 {
		first, second = second, first
	}
	if len(first.digits) > 2 {
		return BirthDate{}, false
	}
	if len(second.digits) == 4 {
		return monthly(second.value(), first.value()), false
	}
	if len(second.digits) > 2 {
		return BirthDate{}, false
	}
	a, b := first.value(), second.value()
	if first.named {
		a, b = b, a
	}
	for _, d := range []BirthDate{{known.Year, b, a}, {known.Year, a, b}} {
		if d.Complete() && d.possible() {
			return d, true
		}
	}
	if len(second.digits) != 2 || known.Year != 0 {
		return BirthDate{}, false
	}
	d := monthly(b, a)
	if d.Month == 0 || b < 13 && b != 0 && today.Year%100 < b { // more likely a day and a month without year
		return BirthDate{}, false
	}
	d.Year = resolveYear(d, today)
	return d, true
}

// monthly is month and year; an impossible month makes no date.
func monthly(year, month int) BirthDate {
	if month < 1 || month > 12 {
		return BirthDate{}
	}
	return BirthDate{Year: year, Month: month}
}

// typedRow reads digits typed without signs between them.
func typedRow(digits string, known BirthDate, today civil.Date) (BirthDate, bool) {
	switch n := len(digits); {
	case n <= 2:
		return BirthDate{known.Year, known.Month, number(digits)}.orNothing(), true
	case n <= 4:
		return typedShortRow(digits, known, today)
	case n > 8:
		return BirthDate{}, false
	}
	readings := rowReadings(digits, today)
	if len(digits) == 6 {
		if d := monthly(number(digits[2:]), number(digits[:2])); d.Year >= firstYear && born(d, today) {
			readings = append(readings, d)
		}
	}
	if len(readings) == 0 {
		return BirthDate{}, false
	}
	return nearest(readings, known), len(readings) > 1 || !recent(readings[0], today)
}

// typedShortRow reads three or four digits: a year, or day and month of the known year, or a date like 5419.
func typedShortRow(digits string, known BirthDate, today civil.Date) (BirthDate, bool) {
	var readings []BirthDate
	for cut := 1; cut <= 2; cut++ {
		d := BirthDate{known.Year, number(digits[cut:]), number(digits[:cut])}
		if len(digits)-cut <= 2 && d.Complete() && d.possible() {
			readings = append(readings, d)
		}
	}
	if len(readings) > 0 {
		return nearest(readings, known), true
	}
	if len(digits) == 3 {
		return BirthDate{}, false
	}
	if year := number(digits); year >= firstYear && year <= lastYear {
		return BirthDate{Year: year}, false
	}
	d := BirthDate{number(digits[2:]), number(digits[1:2]), number(digits[:1])}
	d.Year = resolveYear(d, today)
	return d.orNothing(), true
}

// orNothing is d when it is a day of the calendar.
func (d BirthDate) orNothing() BirthDate {
	if d.Complete() && d.possible() {
		return d
	}
	return BirthDate{}
}

// nearest gives the reading that agrees with what is known, the first otherwise.
func nearest(readings []BirthDate, known BirthDate) BirthDate {
	for _, d := range readings {
		if d.Complete() && !contradicts(d, known) {
			return d
		}
	}
	return readings[0]
}
