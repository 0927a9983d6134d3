package civil

import (
	"slices"
	"time"
)

// Feast names a public holiday. The values are the last words of text keys.
type Feast string

// The public holidays of Article 112 of the Labour Code 2019, and the days that deployments add.
const (
	FeastNewYear     Feast = "new_year"     // Tết Dương lịch, 1 January
	FeastTet         Feast = "tet"          // Tết Âm lịch, five days
	FeastHungKings   Feast = "hung_kings"   // Giỗ Tổ Hùng Vương, 10th of the third lunar month
	FeastVictory     Feast = "victory"      // Ngày Chiến thắng, 30 April
	FeastLabour      Feast = "labour"       // Ngày Quốc tế lao động, 1 May
	FeastIndependent Feast = "independence" // Quốc khánh, 2 September and the day before or after
	FeastExtra       Feast = "extra"        // given by the deployment
)

// Holiday is a day off that the law, or the deployment, gives.
type Holiday struct {
	Date       Date
	Feast      Feast
	Substitute bool // off in place of a holiday that fell on a weekend (nghỉ bù, Article 111, paragraph 3)
}

// PublicHolidays lists the holidays of a year in the order of days, with the substitute days of those that fall on a Saturday or
// Sunday. Where the law leaves the days to a yearly decision, the custom since 2016 holds: Tết is the two days before and the first
// three, or, when it begins on a Tuesday, the day before and the first four, so that the days form one week; the second day of
// Independence Day is 3 September when the 2nd is a Monday or Thursday, and 1 September otherwise. What a year's decision changes,
// and new holidays, come in through NewCalendar.
func PublicHolidays(year int) []Holiday {
	feasts := statutory(year)
	taken := map[Date]bool{}
	for _, h := range feasts {
		taken[h.Date] = true
	}
	all := slices.Clone(feasts)
	for _, h := range feasts {
		if !Weekend(h.Date) {
			continue
		}
		day := h.Date.AddDays(1)
		for taken[day] || Weekend(day) {
			day = day.AddDays(1)
		}
		taken[day] = true
		all = append(all, Holiday{day, h.Feast, true})
	}
	slices.SortFunc(all, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	return all
}

// statutory lists the holidays of a year without substitutes, each day once, in the order of days.
func statutory(year int) []Holiday {
	var feasts []Holiday
	add := func(d Date, feast Feast) {
		if !slices.ContainsFunc(feasts, func(h Holiday) bool { return h.Date == d }) {
			feasts = append(feasts, Holiday{Date: d, Feast: feast})
		}
	}
	add(Date{year, time.January, 1}, FeastNewYear)
	tet := NewYear(year)
	first := tet.AddDays(-2)
	if tet.Weekday() == time.Tuesday {
		first = tet.AddDays(-1)
	}
	for i := range 5 {
		add(first.AddDays(i), FeastTet)
	}
	hung, _ := Lunar{Year: year, Month: 3, Day: 10}.Date()
	add(hung, FeastHungKings)
	add(Date{year, time.April, 30}, FeastVictory)
	add(Date{year, time.May, 1}, FeastLabour)
	second := Date{year, time.September, 2}
	add(second, FeastIndependent)
	if day := second.Weekday(); day == time.Monday || day == time.Thursday {
		add(second.AddDays(1), FeastIndependent)
	} else {
		add(second.AddDays(-1), FeastIndependent)
	}
	slices.SortFunc(feasts, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	return feasts
}

// Weekend reports whether the day is a Saturday or a Sunday, the weekly rest of offices.
func Weekend(d Date) bool {
	day := d.Weekday()
	return day == time.Saturday || day == time.Sunday
}

// Calendar tells working days from days off. The zero value knows the law alone; it is safe for concurrent use.
type Calendar struct {
	changed map[Date]bool // true: off though the law says work; false: work though the law says rest
}

// NewCalendar makes a calendar in which the days of off are days of rest and those of on are working days, whatever the law says:
// the yearly decisions, swapped days (hoán đổi ngày làm việc), local holidays. A day in both lists is off.
func NewCalendar(off, on []Date) Calendar {
	changed := make(map[Date]bool, len(off)+len(on))
	for _, d := range on {
		changed[d] = false
	}
	for _, d := range off {
		changed[d] = true
	}
	return Calendar{changed}
}

// Holiday tells which holiday the day is; false on other days, weekends among them.
func (c Calendar) Holiday(d Date) (Holiday, bool) {
	off, known := c.changed[d]
	if known && !off {
		return Holiday{}, false
	}
	holidays := PublicHolidays(d.Year)
	at, found := slices.BinarySearchFunc(holidays, d, func(h Holiday, d Date) int { return h.Date.Compare(d) })
	switch {
	case found:
		return holidays[at], true
	case known:
		return Holiday{Date: d, Feast: FeastExtra}, true
	}
	return Holiday{}, false
}

// IsWorkingDay reports whether offices work on the day.
func (c Calendar) IsWorkingDay(d Date) bool {
	if off, known := c.changed[d]; known {
		return !off
	}
	if Weekend(d) {
		return false
	}
	_, off := c.Holiday(d)
	return !off
}

// farthest bounds every search for a working day: a calendar whose overrides leave none for that long is taken at its word.
const farthest = 400

// OnOrAfter gives the first working day from d on, d itself included.
func (c Calendar) OnOrAfter(d Date) Date { return c.seek(d, 1) }

// OnOrBefore gives the last working day up to d, d itself included.
func (c Calendar) OnOrBefore(d Date) Date { return c.seek(d, -1) }

func (c Calendar) seek(d Date, step int) Date {
	day := d
	for range farthest {
		if c.IsWorkingDay(day) {
			return day
		}
		day = day.AddDays(step)
	}
	return d
}

// AddWorkingDays gives the n-th working day after d, or before it for negative n; d itself is not counted. n = 0 is d.
func (c Calendar) AddWorkingDays(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for range n {
		d = c.seek(d.AddDays(step), step)
	}
	return d
}

// WorkingDaysBetween counts the working days from one day to another, both included: what is left to work with when from is
// today. 0 when to lies before from.
func (c Calendar) WorkingDaysBetween(from, to Date) int {
	n := 0
	for day := from; !day.After(to); day = day.AddDays(1) {
		if c.IsWorkingDay(day) {
			n++
		}
	}
	return n
}
