package civil

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPublicHolidays holds the custom against the days that were off in the years 2016 to 2026, and foretells 2027. (The second day
// of Independence Day is law since 2021; the rule is tried on the years before as well.)
func TestPublicHolidays(t *testing.T) {
	tests := []struct {
		year int
		off  string // dd/mm, working days of the week that were off, weekends left out
	}{
		{2016, "01/01 08/02 09/02 10/02 11/02 12/02 18/04 02/05 03/05 01/09 02/09"},
		{2017, "02/01 26/01 27/01 30/01 31/01 01/02 06/04 01/05 02/05 01/09 04/09"},
		{2018, "01/01 14/02 15/02 16/02 19/02 20/02 25/04 30/04 01/05 03/09 04/09"},
		{2019, "01/01 04/02 05/02 06/02 07/02 08/02 15/04 30/04 01/05 02/09 03/09"},
		{2020, "01/01 23/01 24/01 27/01 28/01 29/01 02/04 30/04 01/05 01/09 02/09"},
		{2021, "01/01 10/02 11/02 12/02 15/02 16/02 21/04 30/04 03/05 02/09 03/09"},
		{2022, "03/01 31/01 01/02 02/02 03/02 04/02 11/04 02/05 03/05 01/09 02/09"},
		{2023, "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09"},
		{2024, "01/01 08/02 09/02 12/02 13/02 14/02 18/04 30/04 01/05 02/09 03/09"},
		{2025, "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 01/09 02/09"},
		{2026, "01/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 01/09 02/09"},
		{2027, "01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.year), func(t *testing.T) {
			var off []string
			for _, h := range PublicHolidays(tt.year) {
				if !Weekend(h.Date) {
					off = append(off, fmt.Sprintf("%02d/%02d", h.Date.Day, int(h.Date.Month)))
				}
			}
			if got := strings.Join(off, " "); got != tt.off {
				t.Errorf("off\n%s, want\n%s", got, tt.off)
			}
		})
	}
}

func TestPublicHolidaysOfAnyYear(t *testing.T) {
	for year := 1990; year <= 2050; year++ {
		holidays := PublicHolidays(year)
		count, substitutes := map[Feast]int{}, 0
		for i, h := range holidays {
			count[h.Feast]++
			if h.Substitute {
				substitutes++
				if Weekend(h.Date) {
					t.Errorf("%v stands in on a weekend", h.Date)
				}
			}
			if h.Date.Year != year || i > 0 && !holidays[i-1].Date.Before(h.Date) {
				t.Errorf("%d: %v is out of order", year, h.Date)
			}
		}
		weekends := 0
		for _, h := range holidays {
			if Weekend(h.Date) {
				weekends++
			}
		}
		if substitutes != weekends {
			t.Errorf("%d: %d holidays on weekends, %d substitutes", year, weekends, substitutes)
		}
		if all := len(holidays) - substitutes; all != 11 {
			t.Errorf("%d has %d holidays, the law gives 11: %v", year, all, count)
		}
	}
}

func TestCalendar(t *testing.T) {
	swapped := NewCalendar( // 2026: 2 January was worked for on 10 January, 31 August on 22 August
		[]Date{{2026, 1, 2}, {2026, 8, 31}, {2026, 11, 24}},
		[]Date{{2026, 1, 10}, {2026, 8, 22}, {2026, 2, 20}},
	)
	tests := []struct {
		name    string
		day     Date
		law     bool
		swapped bool
	}{
		{"an ordinary Monday", Date{2026, 11, 23}, true, true},
		{"a Saturday", Date{2026, 11, 21}, false, false},
		{"a Sunday", Date{2026, 11, 22}, false, false},
		{"a day off by decision", Date{2026, 1, 2}, true, false},
		{"the Saturday worked for it", Date{2026, 1, 10}, false, true},
		{"a new holiday", Date{2026, 11, 24}, true, false},
		{"a holiday that was taken back", Date{2026, 2, 20}, false, true},
		{"first day of Tết", Date{2026, 2, 17}, false, false},
		{"Friday before Tết", Date{2026, 2, 13}, true, true},
		{"substitute for Giỗ Tổ", Date{2026, 4, 27}, false, false},
		{"last day of the year", Date{2026, 12, 31}, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := (Calendar{}).IsWorkingDay(tt.day); got != tt.law {
				t.Errorf("by law: %v", got)
			}
			if got := swapped.IsWorkingDay(tt.day); got != tt.swapped {
				t.Errorf("by decision: %v", got)
			}
		})
	}
	if h, ok := swapped.Holiday(Date{2026, 11, 24}); !ok || h.Feast != FeastExtra {
		t.Errorf("the added day is %+v, %v", h, ok)
	}
	if h, ok := swapped.Holiday(Date{2026, 2, 20}); ok {
		t.Errorf("the day taken back is %+v", h)
	}
	both := NewCalendar([]Date{{2026, 11, 23}}, []Date{{2026, 11, 23}})
	if both.IsWorkingDay(Date{2026, 11, 23}) {
		t.Error("a day in both lists is off")
	}
}

func TestWorkingDays(t *testing.T) {
	var c Calendar
	tests := []struct {
		name string
		from Date
		n    int
		want Date
	}{
		{"nothing", Date{2023, 10, 14}, 0, Date{2023, 10, 14}},
		{"over a weekend", Date{2023, 10, 13}, 1, Date{2023, 10, 16}},
		{"from a Sunday", Date{2023, 10, 15}, 1, Date{2023, 10, 16}},
		{"back over a weekend", Date{2023, 10, 16}, -1, Date{2023, 10, 13}},
		{"over a month's end", Date{2023, 10, 31}, 1, Date{2023, 11, 1}},
		{"over Tết", Date{2026, 2, 13}, 1, Date{2026, 2, 23}},
		{"back over Tết", Date{2026, 2, 23}, -1, Date{2026, 2, 13}},
		{"over the year's end", Date{2026, 12, 31}, 1, Date{2027, 1, 4}},
		{"back over the year's end", Date{2023, 1, 3}, -1, Date{2022, 12, 30}},
		{"over three holidays and a weekend", Date{2023, 4, 28}, 1, Date{2023, 5, 4}},
		{"leap day", Date{2028, 2, 28}, 1, Date{2028, 2, 29}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := c.AddWorkingDays(tt.from, tt.n); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
	spans := []struct {
		from, to Date
		want     int
	}{
		{Date{2023, 10, 11}, Date{2023, 10, 15}, 3},
		{Date{2023, 10, 15}, Date{2023, 10, 15}, 0},
		{Date{2023, 10, 16}, Date{2023, 10, 15}, 0},
		{Date{2023, 9, 30}, Date{2023, 10, 3}, 2},
		{Date{2026, 2, 13}, Date{2026, 2, 23}, 2},
		{Date{2026, 12, 28}, Date{2027, 1, 8}, 9},
	}
	for _, tt := range spans {
		if got := c.WorkingDaysBetween(tt.from, tt.to); got != tt.want {
			t.Errorf("%v to %v: %d working days, want %d", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestCalendarWithoutWork(t *testing.T) {
	var off []Date
	for day := (Date{2026, 1, 1}); day.Year < 2029; day = day.AddDays(1) {
		off = append(off, day)
	}
	c := NewCalendar(off, nil)
	if got := c.OnOrAfter(Date{2026, 6, 1}); got != (Date{2026, 6, 1}) {
		t.Errorf("with nothing but rest the day stays: %v", got)
	}
}

func TestWorkingDaysAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c Calendar
		from := c.OnOrAfter(Date{2020, 1, 1}.AddDays(rapid.IntRange(0, 4000).Draw(t, "day")))
		n := rapid.IntRange(1, 40).Draw(t, "n")
		to := c.AddWorkingDays(from, n)
		if got := c.WorkingDaysBetween(from, to); got != n+1 {
			t.Fatalf("%v and %d working days is %v: between them lie %d", from, n, to, got)
		}
		if back := c.AddWorkingDays(to, -n); back != from {
			t.Fatalf("%v, %d days on and back is %v", from, n, back)
		}
	})
}

func TestHolidaysStandAlone(t *testing.T) {
	a, b := PublicHolidays(2026), PublicHolidays(2026)
	a[0].Feast = FeastExtra
	if slices.Equal(a, b) {
		t.Error("two callers share one list")
	}
}
