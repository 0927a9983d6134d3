package civil

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// lunarYears are the first day of Tết (day, month) and the leap month of each year (0: none), as the printed calendars of Vietnam
// have them. 2007 and 2030 differ from the calendar of Beijing.
var lunarYears = []struct{ year, day, month, leap int }{
	{1990, 27, 1, 5}, {1991, 15, 2, 0}, {1992, 4, 2, 0}, {1993, 23, 1, 3}, {1994, 10, 2, 0}, {1995, 31, 1, 8},
	{1996, 19, 2, 0}, {1997, 7, 2, 0}, {1998, 28, 1, 5}, {1999, 16, 2, 0}, {2000, 5, 2, 0}, {2001, 24, 1, 4},
	{2002, 12, 2, 0}, {2003, 1, 2, 0}, {2004, 22, 1, 2}, {2005, 9, 2, 0}, {2006, 29, 1, 7}, {2007, 17, 2, 0},
	{2008, 7, 2, 0}, {2009, 26, 1, 5}, {2010, 14, 2, 0}, {2011, 3, 2, 0}, {2012, 23, 1, 4}, {2013, 10, 2, 0},
	{2014, 31, 1, 9}, {2015, 19, 2, 0}, {2016, 8, 2, 0}, {2017, 28, 1, 6}, {2018, 16, 2, 0}, {2019, 5, 2, 0},
	{2020, 25, 1, 4}, {2021, 12, 2, 0}, {2022, 1, 2, 0}, {2023, 22, 1, 2}, {2024, 10, 2, 0}, {2025, 29, 1, 6},
	{2026, 17, 2, 0}, {2027, 6, 2, 0}, {2028, 26, 1, 5}, {2029, 13, 2, 0}, {2030, 2, 2, 0}, {2031, 23, 1, 3},
	{2032, 11, 2, 0}, {2033, 31, 1, 11}, {2034, 19, 2, 0}, {2035, 8, 2, 0}, {2036, 28, 1, 6}, {2037, 15, 2, 0},
	{2038, 4, 2, 0}, {2039, 24, 1, 5}, {2040, 12, 2, 0}, {2041, 1, 2, 0}, {2042, 22, 1, 2}, {2043, 10, 2, 0},
	{2044, 30, 1, 7}, {2045, 17, 2, 0}, {2046, 6, 2, 0}, {2047, 26, 1, 5}, {2048, 14, 2, 0}, {2049, 2, 2, 0},
	{2050, 23, 1, 3},
}

func TestLunarNewYears(t *testing.T) {
	for _, tt := range lunarYears {
		want := Date{tt.year, time.Month(tt.month), tt.day}
		if got := NewYear(tt.year); got != want {
			t.Errorf("Tết of %d: %v, want %v", tt.year, got, want)
		}
		if got := want.Lunar(); got != (Lunar{tt.year, 1, 1, false}) {
			t.Errorf("%v is %+v", want, got)
		}
		eve := want.AddDays(-1).Lunar()
		if eve.Year != tt.year-1 || eve.Month != 12 || eve.Day < 29 {
			t.Errorf("the eve of %v is %+v", want, eve)
		}
	}
}

func TestLeapMonths(t *testing.T) {
	for _, tt := range lunarYears {
		found := 0
		for month := 1; month <= 12; month++ {
			day, ok := Lunar{tt.year, month, 1, true}.Date()
			if !ok {
				continue
			}
			found = month
			if last := day.AddDays(-1).Lunar(); last.Month != month || last.Leap {
				t.Errorf("before leap month %d of %d stands %+v", month, tt.year, last)
			}
		}
		if found != tt.leap {
			t.Errorf("leap month of %d: %d, want %d", tt.year, found, tt.leap)
		}
	}
}

func TestLunarDays(t *testing.T) {
	tests := []struct {
		name  string
		day   Date
		lunar Lunar
	}{
		{"Giỗ Tổ 2020", Date{2020, 4, 2}, Lunar{2020, 3, 10, false}},
		{"Giỗ Tổ 2021", Date{2021, 4, 21}, Lunar{2021, 3, 10, false}},
		{"Giỗ Tổ 2022", Date{2022, 4, 10}, Lunar{2022, 3, 10, false}},
		{"Giỗ Tổ 2023, after a leap month", Date{2023, 4, 29}, Lunar{2023, 3, 10, false}},
		{"Giỗ Tổ 2024", Date{2024, 4, 18}, Lunar{2024, 3, 10, false}},
		{"Giỗ Tổ 2025", Date{2025, 4, 7}, Lunar{2025, 3, 10, false}},
		{"Giỗ Tổ 2026", Date{2026, 4, 26}, Lunar{2026, 3, 10, false}},
		{"Giỗ Tổ 2027", Date{2027, 4, 16}, Lunar{2027, 3, 10, false}},
		{"Trung thu 2023", Date{2023, 9, 29}, Lunar{2023, 8, 15, false}},
		{"Trung thu 2026", Date{2026, 9, 25}, Lunar{2026, 8, 15, false}},
		{"twelfth month of a year of 29 days", Date{2025, 1, 28}, Lunar{2024, 12, 29, false}},
		{"leap eleventh month", Date{2033, 12, 22}, Lunar{2033, 11, 1, true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.day.Lunar(); got != tt.lunar {
				t.Errorf("%v is %+v, want %+v", tt.day, got, tt.lunar)
			}
			if got, ok := tt.lunar.Date(); !ok || got != tt.day {
				t.Errorf("%+v is %v, %v, want %v", tt.lunar, got, ok, tt.day)
			}
		})
	}
}

func TestLunarRefuses(t *testing.T) {
	for _, l := range []Lunar{{2025, 12, 30, false}, {2026, 5, 1, true}, {2026, 1, 0, false}, {2026, 1, 31, false}, {2026, 13, 1, false}, {2026, 0, 1, false}} {
		if day, ok := l.Date(); ok {
			t.Errorf("%+v became %v", l, day)
		}
	}
}

func TestLunarGoesThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := Date{1900, 3, 1}.AddDays(rapid.IntRange(0, 299*365).Draw(t, "days"))
		lunar := day.Lunar()
		if back, ok := lunar.Date(); !ok || back != day {
			t.Fatalf("%v → %+v → %v, %v", day, lunar, back, ok)
		}
		next := day.AddDays(1).Lunar()
		if follows := next.Day == lunar.Day+1 && next.Month == lunar.Month && next.Leap == lunar.Leap; !follows && (next.Day != 1 || lunar.Day < 29) {
			t.Fatalf("%+v is followed by %+v", lunar, next)
		}
	})
}
