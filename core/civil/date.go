// Package civil is the calendar without a clock: a date is a day as it stands on a birth certificate or in a
// deadline, in no time zone.
package civil

import (
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar. The zero value is no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Of gives the day of t in t's own zone.
func Of(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// ParseISO reads "2016-05-09"; anything else, and days that no calendar has, are an error.
func ParseISO(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, fmt.Errorf("civil: not a date of the form yyyy-mm-dd")
	}
	year, ok1 := digits(s[0:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:10])
	d := Date{year, time.Month(month), day}
	if !ok1 || !ok2 || !ok3 || !d.Valid() {
		return Date{}, fmt.Errorf("civil: no such day in the calendar")
	}
	return d, nil
}

func digits(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// String gives ISO form, "2016-05-09"; the zero Date gives the empty text.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return string(d.AppendTo(make([]byte, 0, 10)))
}

// AppendTo appends what String gives.
func (d Date) AppendTo(dst []byte) []byte {
	switch {
	case d.IsZero():
		return dst
	case d.Year < 0 || d.Year > 9999 || d.Month < 0 || d.Month > 99 || d.Day < 0 || d.Day > 99: // no day of any calendar
		return fmt.Appendf(dst, "%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
	}
	two := func(n int) (byte, byte) { return byte('0' + n/10), byte('0' + n%10) }
	a, b := two(d.Year / 100)
	c, e := two(d.Year % 100)
	f, g := two(int(d.Month))
	h, i := two(d.Day)
	return append(dst, a, b, c, e, '-', f, g, '-', h, i)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether the calendar has this day, in the years 1 to 9999.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= DaysIn(d.Year, d.Month)
}

// DaysIn gives the number of days of a month; 0 when there is no such month.
func DaysIn(year int, month time.Month) int {
	switch month {
	case time.January, time.March, time.May, time.July, time.August, time.October, time.December:
		return 31
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if leap(year) {
			return 29
		}
		return 28
	}
	return 0
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// Compare gives -1 when d is earlier than other, 0 when equal, 1 when later.
func (d Date) Compare(other Date) int {
	a, b := d.order(), other.order()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (d Date) order() int { return (d.Year*16+int(d.Month))*64 + d.Day }

// Before reports whether d is earlier than other.
func (d Date) Before(other Date) bool { return d.order() < other.order() }

// After reports whether d is later than other.
func (d Date) After(other Date) bool { return d.order() > other.order() }

// AddYears gives the same day n years on. 29 February becomes 1 March in a common year: whoever is born on a
// leap day is a year older on the day after 28 February.
func (d Date) AddYears(n int) Date {
	if d.IsZero() {
		return d
	}
	moved := Date{d.Year + n, d.Month, d.Day}
	if d.Month == time.February && d.Day == 29 && !leap(moved.Year) {
		moved.Month, moved.Day = time.March, 1
	}
	return moved
}

// AddDays gives the day n days on; n may be negative.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return Of(d.Time(time.UTC).AddDate(0, 0, n))
}

// DaysSince gives the number of days from other to d: negative when d is earlier.
func (d Date) DaysSince(other Date) int { return d.dayNumber() - other.dayNumber() }

// dayNumber counts days since 1 March of the year 0; months are counted from March so that the leap day is last.
func (d Date) dayNumber() int {
	year, month := d.Year, int(d.Month)
	if month <= 2 {
		year--
		month += 12
	}
	return 365*year + floor(year, 4) - floor(year, 100) + floor(year, 400) + (153*(month-3)+2)/5 + d.Day - 1
}

func floor(a, b int) int {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time(time.UTC).Weekday() }

// Time gives the start of the day in a zone.
func (d Date) Time(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

// YearsAt gives the full years of age on a day: the number of birthdays passed. Negative before the birth.
func (d Date) YearsAt(day Date) int {
	years := day.Year - d.Year
	if d.AddYears(years).After(day) {
		years--
	}
	return years
}

// MarshalText writes ISO form; the zero Date is the empty text.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads ISO form; the empty text is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	read, err := ParseISO(string(text))
	if err != nil {
		return err
	}
	*d = read
	return nil
}
