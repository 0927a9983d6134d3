package person

import (
	"strings"

	"lamsach/core/civil"
	"lamsach/core/viet"
)

// Years outside these are no years of birth of anybody alive; 1900 is what broken programs put for nothing.
const (
	firstYear = 1901
	lastYear  = 2100
	// childAge bounds, in years before the day of asking, the births that a two-digit year or a row of
	// digits is first taken for.
	childAge = 16
	// oldestShort is the earliest year that two digits can mean.
	oldestShort = 1930
)

// ReadBirthDate reads a cell that should hold a date of birth. Date cells and the texts dd/mm/yyyy and d/m/yyyy are
// clean. asOf is the day of asking: later dates are in the future, and two-digit years are resolved before it; the
// zero Date switches both off.
func ReadBirthDate(raw Raw, asOf civil.Date) Reading[BirthDate] {
	if raw.Date {
		return readDateCell(raw.Text, asOf)
	}
	if !raw.Numeric {
		if d, ok := plainDate(raw.Text); ok {
			return judge(d, Clean, 1, asOf)
		}
	}
	text := viet.Squeeze(raw.Text)
	if text == "" {
		return Reading[BirthDate]{Fault: Missing}
	}
	if raw.Numeric {
		return readDateNumber(text, asOf)
	}
	r := readDateText(text, asOf)
	switch {
	case r.Fault != Malformed || len(r.Candidates) > 0:
	case notes.has(text):
		return Reading[BirthDate]{Fault: Missing, Note: text}
	default:
		return readAroundDate(text, asOf)
	}
	return r
}

func readDateCell(text string, asOf civil.Date) Reading[BirthDate] {
	if len(text) > 10 && text[10] == 'T' {
		text = text[:10]
	}
	day, err := civil.ParseISO(text)
	if err != nil {
		return Reading[BirthDate]{Fault: Malformed}
	}
	if serial := day.Serial(false); day.Year < 1906 && serial >= firstYear && serial <= lastYear && (asOf.IsZero() || serial <= asOf.Year) {
		// A year typed into a cell that shows dates becomes a day of 1905. Nobody born then is on a list.
		return judge(BirthDate{Year: serial}, Clean, 0.9, asOf)
	}
	return judge(BirthDateOf(day), Clean, 1, asOf)
}

// plainDate takes d/m/yyyy and dd/mm/yyyy apart without asking the calendar.
func plainDate(s string) (BirthDate, bool) {
	if len(s) < 8 || len(s) > 10 {
		return BirthDate{}, false
	}
	var d BirthDate
	day, at, ok1 := shortNumber(s, 0)
	month, at, ok2 := shortNumber(s, at)
	if !ok1 || !ok2 || len(s)-at != 4 || !allDigits(s[at:]) {
		return BirthDate{}, false
	}
	d.Day, d.Month, d.Year = day, month, number(s[at:])
	return d, day > 0 && month > 0
}

// shortNumber reads one or two digits and a slash from at on, and tells where the next begins.
func shortNumber(s string, at int) (value, next int, ok bool) {
	n := 0
	for at+n < len(s) && n < 3 && s[at+n] >= '0' && s[at+n] <= '9' {
		n++
	}
	if n < 1 || n > 2 || at+n >= len(s) || s[at+n] != '/' {
		return 0, at, false
	}
	return number(s[at : at+n]), at + n + 1, true
}

// judge says what is wrong with a date, given how its writing was. An impossible month beside a possible one as day is
// the American order.
func judge(d BirthDate, written string, confidence float64, asOf civil.Date) Reading[BirthDate] {
	switch {
	case d.Year < firstYear || d.Month > 12 && d.Day > 12 || d.Day > 31:
		return Reading[BirthDate]{Fault: Impossible}
	case d.Month > 12:
		swapped := BirthDate{d.Year, d.Day, d.Month}
		if !swapped.Complete() || !swapped.possible() || !born(swapped, asOf) {
			return Reading[BirthDate]{Fault: Impossible}
		}
		return Reading[BirthDate]{Fault: Impossible, Suggest: swapped.String(), Confidence: 0.7}
	case !d.possible():
		return Reading[BirthDate]{Fault: Impossible}
	case !born(d, asOf):
		return Reading[BirthDate]{Value: d, Fault: Future, Confidence: confidence}
	case !d.Complete():
		return Reading[BirthDate]{Value: d, Fault: Incomplete, Confidence: confidence}
	case written == Clean:
		return Reading[BirthDate]{Value: d, Confidence: confidence}
	}
	return Reading[BirthDate]{Value: d, Fault: written, Suggest: d.String(), Confidence: confidence}
}

// born reports whether d is not after asOf, as far as both are known.
func born(d BirthDate, asOf civil.Date) bool {
	if asOf.IsZero() || d.Year != asOf.Year {
		return asOf.IsZero() || d.Year < asOf.Year
	}
	if d.Month != int(asOf.Month) || d.Day == 0 {
		return d.Month <= int(asOf.Month)
	}
	return d.Day <= asOf.Day
}

// recent reports whether d is a child's date at asOf.
func recent(d BirthDate, asOf civil.Date) bool {
	return born(d, asOf) && d.Year >= firstYear && (asOf.IsZero() || d.Year >= asOf.Year-childAge-1)
}

// Serial numbers of the days of people alive: from May 1927 to the end of the century, five digits all.
const (
	firstSerial = 10000
	lastSerial  = 73415
)

// readDateNumber reads a number cell: a day whose date format was lost, a year, a month and year written 5.2015, or
// digits in a row whose zero in front was lost.
func readDateNumber(text string, asOf civil.Date) Reading[BirthDate] {
	whole, fraction, _ := strings.Cut(text, ".")
	if !allDigits(whole) || fraction != "" && !allDigits(fraction) {
		return Reading[BirthDate]{Fault: Malformed}
	}
	switch {
	case strings.Trim(whole, "0") == "" && fraction == "":
		return Reading[BirthDate]{Fault: Missing, Note: text}
	case len(whole) == 5:
		return readSerial(whole, asOf)
	case len(whole) == 4 && fraction == "" && number(whole) <= lastYear && number(whole) >= firstYear-1:
		return judge(BirthDate{Year: number(whole)}, Untidy, 1, asOf)
	case len(whole) <= 2 && len(fraction) == 4:
		return judge(BirthDate{Year: number(fraction), Month: number(whole)}, Untidy, 0.8, asOf)
	case fraction == "" && len(whole) == 7:
		return readRow("0"+whole, asOf)
	case fraction == "":
		return readRow(whole, asOf)
	}
	return Reading[BirthDate]{Fault: Malformed}
}

// readSerial reads five digits of a number cell: a day's serial number, or dmmyy without its zero in front when only that
// is a child's. Where both could be, a person has to say.
func readSerial(digits string, asOf civil.Date) Reading[BirthDate] {
	d, ok := serialDate(digits)
	if ok && recent(d, asOf) {
		return judge(d, Untidy, 0.95, asOf)
	}
	inRow := rowReadings("0"+digits, asOf)
	switch {
	case len(inRow) > 0 && recent(inRow[0], asOf) && ok && born(d, asOf):
		return Reading[BirthDate]{Fault: Malformed, Candidates: []string{inRow[0].String(), d.String()}}
	case len(inRow) > 0 && (!ok || !born(d, asOf)):
		return judge(inRow[0], Untidy, 0.7, asOf)
	case ok:
		return judge(d, Untidy, 0.7, asOf)
	}
	return Reading[BirthDate]{Fault: Malformed}
}

func serialDate(digits string) (BirthDate, bool) {
	n := number(digits)
	if len(digits) != 5 || n < firstSerial || n > lastSerial {
		return BirthDate{}, false
	}
	day, ok := civil.FromSerial(float64(n), false)
	return BirthDateOf(day), ok
}

// readDateText reads any other text.
func readDateText(text string, asOf civil.Date) Reading[BirthDate] {
	parts, ok := splitDate(text)
	if !ok {
		return Reading[BirthDate]{Fault: Malformed}
	}
	switch len(parts) {
	case 1:
		return readRow(parts[0].digits, asOf)
	case 2:
		return readMonthAndYear(parts, asOf)
	case 3:
		return readThree(parts, asOf)
	}
	return Reading[BirthDate]{Fault: Malformed}
}

func readMonthAndYear(parts []datePart, asOf civil.Date) Reading[BirthDate] {
	if len(parts[0].digits) == 4 {
		parts[0], parts[1] = parts[1], parts[0]
	}
	if len(parts[1].digits) != 4 || len(parts[0].digits) > 2 {
		return Reading[BirthDate]{Fault: Malformed}
	}
	return judge(BirthDate{Year: parts[1].value(), Month: parts[0].value()}, Untidy, 1, asOf)
}

func readThree(parts []datePart, asOf civil.Date) Reading[BirthDate] {
	day, month, year := orderParts(parts)
	d := BirthDate{Year: year.value(), Month: month.value(), Day: day.value()}
	confidence := 0.97
	switch {
	case len(day.digits) > 2 || len(month.digits) > 2:
		return Reading[BirthDate]{Fault: Malformed}
	case len(year.digits) == 2 && (d.Day != 0 || d.Month != 0):
		d.Year, confidence = resolveYear(d, asOf), 0.85
	case d.Year == 0 && d.Month == 0 && d.Day == 0:
		return Reading[BirthDate]{Fault: Missing, Note: "00/00/0000"}
	case len(year.digits) != 4:
		return Reading[BirthDate]{Fault: Malformed}
	}
	if d.Month == 0 {
		d.Day = 0
	}
	return judge(d, Untidy, confidence, asOf)
}

// resolveYear gives the century to a year of two digits: the latest that lies before asOf.
func resolveYear(d BirthDate, asOf civil.Date) int {
	d.Year += 2000
	earlier := d.Year - 100
	if !asOf.IsZero() && (d.Year > asOf.Year || d.possible() && !born(d, asOf)) && earlier >= oldestShort {
		return earlier
	}
	return d.Year
}

// readRow reads digits in a row: 05032015, 5032015, 20150305, 050315, 032015, 2015, or a day's serial number.
func readRow(digits string, asOf civil.Date) Reading[BirthDate] {
	if len(digits) == 4 && number(digits) >= firstYear-1 {
		return judge(BirthDate{Year: number(digits)}, Untidy, 1, asOf)
	}
	if strings.Trim(digits, "0") == "" {
		return Reading[BirthDate]{Fault: Missing, Note: digits}
	}
	readings := rowReadings(digits, asOf)
	if d, ok := serialDate(digits); ok && born(d, asOf) {
		readings = append(readings, d)
	}
	if len(digits) == 6 {
		if d := (BirthDate{Year: number(digits[2:]), Month: number(digits[:2])}); d.Month > 0 && d.possible() && d.Year >= firstYear && born(d, asOf) {
			readings = append(readings, d)
		}
	}
	switch len(readings) {
	case 0:
		return readFullRow(digits, asOf)
	case 1:
		return judge(readings[0], Untidy, 0.9, asOf)
	}
	r := Reading[BirthDate]{Fault: Malformed}
	for _, d := range readings {
		r.Candidates = append(r.Candidates, d.String())
	}
	return r
}

// readFullRow says why eight digits are no date; fewer say too little for that.
func readFullRow(digits string, asOf civil.Date) Reading[BirthDate] {
	if len(digits) != 8 {
		return Reading[BirthDate]{Fault: Malformed}
	}
	d := BirthDate{number(digits[4:]), number(digits[2:4]), number(digits[:2])}
	if year := number(digits[:4]); d.Year < firstYear && year >= firstYear && year <= lastYear {
		d = BirthDate{year, number(digits[4:6]), number(digits[6:])}
	}
	return judge(d, Untidy, 0.9, asOf)
}

// rowReadings gives the complete dates that five to eight digits can mean, day first; those of children only, when
// there are any.
func rowReadings(digits string, asOf civil.Date) []BirthDate {
	var all, children []BirthDate
	add := func(day, month, year string) {
		d := BirthDate{number(year), number(month), number(day)}
		if len(year) == 2 {
			d.Year = resolveYear(d, asOf)
		}
		if d.Month == 0 || d.Day == 0 || !d.possible() || d.Year < firstYear || !born(d, asOf) {
			return
		}
		if all = append(all, d); recent(d, asOf) {
			children = append(children, d)
		}
	}
	switch s := digits; len(s) {
	case 5:
		add(s[:2], s[2:3], s[3:])
		add(s[:1], s[1:3], s[3:])
	case 6:
		add(s[:2], s[2:4], s[4:])
		add(s[:1], s[1:2], s[2:])
	case 7:
		add(s[:2], s[2:3], s[3:])
		add(s[:1], s[1:3], s[3:])
	case 8:
		add(s[:2], s[2:4], s[4:])
		add(s[6:], s[4:6], s[:4])
	}
	if len(children) > 0 {
		return children
	}
	return all
}
