package person

import (
	"fmt"
	"time"

	"lamsach/core/civil"
)

// BirthDate is a date of birth of which day, or day and month, may be unknown (0). The zero value is no date.
type BirthDate struct{ Year, Month, Day int }

// String gives the canonical text: "15/04/2016", "04/2016", "2016", or nothing.
func (d BirthDate) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return string(appendPadded(make([]byte, 0, 4), d.Year, 4))
	}
	text := make([]byte, 0, 10)
	if d.Day != 0 {
		text = append(appendPadded(text, d.Day, 2), '/')
	}
	text = append(appendPadded(text, d.Month, 2), '/')
	return string(appendPadded(text, d.Year, 4))
}

func appendPadded(text []byte, n, width int) []byte {
	for place := 1000; place > 0; place /= 10 {
		if width == 4 || place <= 10 {
			text = append(text, byte('0'+n/place%10))
		}
	}
	return text
}

// Complete reports whether day, month and year are known.
func (d BirthDate) Complete() bool { return d.Year != 0 && d.Month != 0 && d.Day != 0 }

// IsZero reports whether nothing is known.
func (d BirthDate) IsZero() bool { return d == BirthDate{} }

// Civil gives the day of a complete date; the zero Date otherwise.
func (d BirthDate) Civil() civil.Date {
	if !d.Complete() {
		return civil.Date{}
	}
	return civil.Date{Year: d.Year, Month: time.Month(d.Month), Day: d.Day}
}

// BirthDateOf gives the complete date of a day.
func BirthDateOf(day civil.Date) BirthDate {
	return BirthDate{Year: day.Year, Month: int(day.Month), Day: day.Day}
}

// possible reports whether the calendar has the date, as far as it is known.
func (d BirthDate) possible() bool {
	if d.Day != 0 {
		return d.Civil().Valid()
	}
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= 0 && d.Month <= 12
}

// ParseBirthDate reads the canonical text that String gives, and nothing else.
func ParseBirthDate(canonical string) (BirthDate, error) {
	var d BirthDate
	rest := canonical
	switch len(canonical) {
	case 10:
		d.Day, rest = number2(rest)
		fallthrough
	case 7:
		d.Month, rest = number2(rest)
		fallthrough
	case 4:
		if allDigits(rest) {
			d.Year = number(rest)
		}
	}
	if !d.possible() || d.String() != canonical {
		return BirthDate{}, fmt.Errorf("person: not a birth date of the form dd/mm/yyyy")
	}
	return d, nil
}

// number2 reads two digits and a slash.
func number2(s string) (int, string) {
	if len(s) < 3 || !allDigits(s[:2]) || s[2] != '/' {
		return -1, ""
	}
	return number(s[:2]), s[3:]
}

// MarshalText writes the canonical text.
func (d BirthDate) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the canonical text; the empty text is no date.
func (d *BirthDate) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = BirthDate{}
		return nil
	}
	read, err := ParseBirthDate(string(text))
	if err != nil {
		return err
	}
	*d = read
	return nil
}
