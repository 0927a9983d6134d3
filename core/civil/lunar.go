package civil

import "math"

// Lunar is a day of the Vietnamese lunar calendar (âm lịch). Leap marks the second of two months of one number.
type Lunar struct {
	Year, Month, Day int
	Leap             bool
}

// The calendar is reckoned after Hồ Ngọc Đức's rules (with the formulas of Jean Meeus, "Astronomical Algorithms"): a month begins
// on the day of the new moon, the month that holds the winter solstice is the eleventh, and where thirteen months lie between two
// solstices, the first without a major solar term is a leap month. Days are those of Hanoi, UTC+7, so that Tết may fall on another
// day than in Beijing (2007, 2030). Sound for the years 1900 to 2199.
const (
	hanoi         = 7.0 / 24          // days that local time is ahead of UTC
	synodicMonth  = 29.530588853      // days from new moon to new moon, on average
	firstNewMoon  = 2415021.076998695 // Julian day of the new moon that is counted 0: 1 January 1900
	julianOfMarch = 1721120           // Julian day number of 1 March of the year 0, where dayNumber begins
	yearOfMonths  = 365               // more days between two eleventh months mean thirteen months
	radian        = math.Pi / 180     // one degree
)

// julian gives the Julian day number of the day.
func (d Date) julian() int { return d.dayNumber() + julianOfMarch }

// ofJulian gives the day of a Julian day number.
func ofJulian(n int) Date {
	epoch := Date{2000, 1, 1}
	return epoch.AddDays(n - epoch.julian())
}

// Lunar gives the day in the Vietnamese lunar calendar.
func (d Date) Lunar() Lunar {
	day := d.julian()
	moon := int(math.Floor((float64(day) - firstNewMoon) / synodicMonth))
	start := newMoonDay(moon + 1)
	if start > day {
		start = newMoonDay(moon)
	}
	lunar := Lunar{Year: d.Year + 1, Day: day - start + 1}
	from, to := eleventhMonth(d.Year), eleventhMonth(d.Year+1)
	if from >= start { // as a rule; from the eleventh month on the solstice lies ahead of the next year
		lunar.Year = d.Year
		from, to = eleventhMonth(d.Year-1), from
	}
	months := (start - from) / 29
	lunar.Month = months + 11
	if to-from > yearOfMonths {
		if leap := leapMonth(from); months >= leap {
			lunar.Month--
			lunar.Leap = months == leap
		}
	}
	if lunar.Month > 12 {
		lunar.Month -= 12
	}
	if lunar.Month >= 11 && months < 4 {
		lunar.Year--
	}
	return lunar
}

// Date gives the day in the Gregorian calendar; false when the lunar calendar has no such day.
func (l Lunar) Date() (Date, bool) {
	from, to := eleventhMonth(l.Year-1), eleventhMonth(l.Year)
	if l.Month >= 11 {
		from, to = to, eleventhMonth(l.Year+1)
	}
	after := (l.Month + 1) % 12 // months since the eleventh
	if to-from > yearOfMonths {
		leap := leapMonth(from)
		if l.Leap || after >= leap {
			after++
		}
	}
	moon := int(math.Floor(0.5 + (float64(from)-firstNewMoon)/synodicMonth))
	day := ofJulian(newMoonDay(moon+after) + l.Day - 1)
	return day, day.Lunar() == l
}

// NewYear gives the first day of Tết Nguyên đán in a year.
func NewYear(year int) Date {
	day, _ := Lunar{Year: year, Month: 1, Day: 1}.Date()
	return day
}

// eleventhMonth gives the Julian day on which the lunar month with the winter solstice of a year begins.
func eleventhMonth(year int) int {
	moon := int(math.Floor(float64(Date{year, 12, 31}.julian()-2415021) / synodicMonth))
	start := newMoonDay(moon)
	if solarTerm(start) >= 9 {
		start = newMoonDay(moon - 1)
	}
	return start
}

// leapMonth tells which month after the eleventh that begins on a Julian day is the leap month: the first whose beginning and end
// see the sun in the same twelfth of its way.
func leapMonth(from int) int {
	moon := int(math.Floor(0.5 + (float64(from)-firstNewMoon)/synodicMonth))
	last := solarTerm(newMoonDay(moon + 1))
	for i := 2; i < 14; i++ {
		term := solarTerm(newMoonDay(moon + i))
		if term == last {
			return i - 1
		}
		last = term
	}
	return 13
}

// newMoonDay gives the Julian day, in Hanoi, of the new moon with a number.
func newMoonDay(moon int) int { return int(math.Floor(newMoon(float64(moon)) + 0.5 + hanoi)) }

// newMoon gives the moment of a new moon as a Julian date (UTC).
func newMoon(k float64) float64 {
	t := k / 1236.85 // Julian centuries since noon of 0 January 1900
	t2, t3 := t*t, t*t*t
	mean := 2415020.75933 + 29.53058868*k + 0.0001178*t2 - 0.000000155*t3 +
		0.00033*sin(166.56+132.87*t-0.009173*t2)
	sun := 359.2242 + 29.10535608*k - 0.0000333*t2 - 0.00000347*t3
	moon := 306.0253 + 385.81691806*k + 0.0107306*t2 + 0.00001236*t3
	node := 21.2964 + 390.67050646*k - 0.0016528*t2 - 0.00000239*t3
	shift := (0.1734-0.000393*t)*sin(sun) + 0.0021*sin(2*sun) -
		0.4068*sin(moon) + 0.0161*sin(2*moon) - 0.0004*sin(3*moon) +
		0.0104*sin(2*node) - 0.0051*sin(sun+moon) -
		0.0074*sin(sun-moon) + 0.0004*sin(2*node+sun) -
		0.0004*sin(2*node-sun) - 0.0006*sin(2*node+moon) +
		0.0010*sin(2*node-moon) + 0.0005*sin(2*moon+sun)
	clock := -0.000278 + 0.000265*t + 0.000262*t2 // what the earth's rotation lags behind
	return mean + shift - clock
}

// solarTerm tells in which twelfth of its way, 0 to 11 from the spring equinox, the sun stands as a day begins in Hanoi.
func solarTerm(day int) int {
	t := (float64(day) - 0.5 - hanoi - 2451545) / 36525
	t2 := t * t
	anomaly := 357.52910 + 35999.05030*t - 0.0001559*t2 - 0.00000048*t*t2
	longitude := 280.46645 + 36000.76983*t + 0.0003032*t2 +
		(1.914600-0.004817*t-0.000014*t2)*sin(anomaly) +
		(0.019993-0.000101*t)*sin(2*anomaly) + 0.000290*sin(3*anomaly)
	return int(longitude/30-12*math.Floor(longitude/360)) % 12
}

// sin is the sine of an angle in degrees.
func sin(degrees float64) float64 { return math.Sin(degrees * radian) }
