package civil

import "math"

// Days are counted by workbooks from one of two eras. In the first, Excel keeps a day that never was,
// 29 February 1900, as number 60: days before it are one off from the days after it.
const (
	lastSerial = 2958465 // 31/12/9999 in the 1900 system
	shift1904  = 1462    // days between the eras
)

// FromSerial gives the day that a workbook means by a number, in the 1900 date system or, for files from old
// Macs, that of 1904. The part after the point is the time of day and is left out. The second result is
// false for numbers that are no day: negative, 0 or 60 in the 1900 system, too large, not a number.
func FromSerial(n float64, date1904 bool) (Date, bool) {
	if math.IsNaN(n) || n < 0 || n > lastSerial+1 {
		return Date{}, false
	}
	serial := int(n)
	if date1904 {
		serial += shift1904
	}
	switch {
	case serial == 0 || serial == 60 || serial > lastSerial:
		return Date{}, false
	case serial < 60:
		return Date{1899, 12, 31}.AddDays(serial), true
	}
	return Date{1899, 12, 30}.AddDays(serial), true
}

// Serial gives the number by which a workbook counts the day; the inverse of FromSerial. It is negative, or
// meaningless for writing, before the era.
func (d Date) Serial(date1904 bool) int {
	serial := d.DaysSince(Date{1899, 12, 30})
	if serial <= 60 {
		serial = d.DaysSince(Date{1899, 12, 31})
	}
	if date1904 {
		return d.DaysSince(Date{1904, 1, 1})
	}
	return serial
}
