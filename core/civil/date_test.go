package civil_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lamsach/core/civil"
)

func TestOfKeepsTheZoneOfTheTime(t *testing.T) {
	hanoi := time.FixedZone("ICT", 7*3600)
	lateUTC := time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC)
	if got := civil.Of(lateUTC.In(hanoi)); got != (civil.Date{Year: 2026, Month: 11, Day: 22}) {
		t.Errorf("in Hà Nội it is already the 22nd, got %v", got)
	}
	if got := civil.Of(lateUTC); got.Day != 21 {
		t.Errorf("in UTC it is still the 21st, got %v", got)
	}
}

func TestParseISO(t *testing.T) {
	for text, valid := range map[string]bool{
		"2016-05-09": true, "2016-02-29": true, "2015-02-29": false, "2016-13-01": false, "2016-5-9": false,
		"2016/05/09": false, "": false, "2016-05-0x": false, "2016-05-00": false, "0000-01-01": false,
		"2016-05-09T00:00:00": false, "+016-05-09": false,
	} {
		d, err := civil.ParseISO(text)
		if (err == nil) != valid {
			t.Errorf("ParseISO(%q): valid = %v, want %v", text, err == nil, valid)
		}
		if err == nil && d.String() != text {
			t.Errorf("ParseISO(%q) prints as %q", text, d)
		}
	}
}

func TestAddYearsOnLeapDay(t *testing.T) {
	born := civil.Date{Year: 2012, Month: 2, Day: 29}
	for years, want := range map[int]string{0: "2012-02-29", 1: "2013-03-01", 4: "2016-02-29", 16: "2028-02-29", 88: "2100-03-01"} {
		if got := born.AddYears(years).String(); got != want {
			t.Errorf("+%d years = %s, want %s", years, got, want)
		}
	}
}

func TestYearsAt(t *testing.T) {
	born := civil.Date{Year: 2010, Month: 11, Day: 22}
	for day, want := range map[string]int{"2026-11-21": 15, "2026-11-22": 16, "2010-11-22": 0, "2010-11-21": -1} {
		at, err := civil.ParseISO(day)
		if err != nil {
			t.Fatal(err)
		}
		if got := born.YearsAt(at); got != want {
			t.Errorf("age at %s = %d, want %d", day, got, want)
		}
	}
}

func TestSerial(t *testing.T) {
	for _, c := range []struct {
		serial   float64
		date1904 bool
		want     string
	}{
		{1, false, "1900-01-01"}, {59, false, "1900-02-28"}, {61, false, "1900-03-01"},
		{40179, false, "2010-01-01"}, {46387, false, "2026-12-31"}, {42068.5, false, "2015-03-05"},
		{0, true, "1904-01-01"}, {40606, true, "2015-03-05"}, {2958465, false, "9999-12-31"},
	} {
		got, ok := civil.FromSerial(c.serial, c.date1904)
		if !ok || got.String() != c.want {
			t.Errorf("FromSerial(%v, %v) = %v, %v, want %s", c.serial, c.date1904, got, ok, c.want)
		}
		if back := got.Serial(c.date1904); back != int(c.serial) {
			t.Errorf("Serial of %v = %d, want %v", got, back, c.serial)
		}
	}
	for _, n := range []float64{-1, 0, 60, 2958466, math.NaN(), math.Inf(1), math.Inf(-1), 1e300} {
		if got, ok := civil.FromSerial(n, false); ok {
			t.Errorf("FromSerial(%v) = %v, want none", n, got)
		}
	}
}

func TestText(t *testing.T) {
	type box struct{ D, E civil.Date }
	in := box{D: civil.Date{Year: 2026, Month: 11, Day: 22}}
	body, err := json.Marshal(in)
	if err != nil || string(body) != `{"D":"2026-11-22","E":""}` {
		t.Fatalf("marshal: %s, %v", body, err)
	}
	var out box
	if err := json.Unmarshal(body, &out); err != nil || out != in {
		t.Errorf("unmarshal: %v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"D":"22/11/2026"}`), &out); err == nil {
		t.Error("a date that is not ISO was taken")
	}
}

func dates() *rapid.Generator[civil.Date] {
	return rapid.Custom(func(t *rapid.T) civil.Date {
		year := rapid.IntRange(1, 9999).Draw(t, "year")
		month := time.Month(rapid.IntRange(1, 12).Draw(t, "month"))
		return civil.Date{Year: year, Month: month, Day: rapid.IntRange(1, civil.DaysIn(year, month)).Draw(t, "day")}
	})
}

func TestDateProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := dates().Draw(t, "a"), dates().Draw(t, "b")
		if !a.Valid() {
			t.Fatalf("%v is not valid", a)
		}
		if back, err := civil.ParseISO(a.String()); err != nil || back != a {
			t.Fatalf("%v comes back as %v, %v", a, back, err)
		}
		days := a.DaysSince(b)
		if want := int(a.Time(time.UTC).Sub(b.Time(time.UTC)).Hours() / 24); abs(days) < 100000 && days != want {
			t.Fatalf("%v - %v = %d, want %d", a, b, days, want)
		}
		if got := b.AddDays(days); got != a {
			t.Fatalf("%v + %d days = %v, want %v", b, days, got, a)
		}
		if sign(days) != a.Compare(b) || a.Before(b) != (days < 0) || a.After(b) != (days > 0) {
			t.Fatalf("order of %v and %v disagrees with their distance %d", a, b, days)
		}
		if a.Year >= 1900 {
			if back, ok := civil.FromSerial(float64(a.Serial(false)), false); !ok || back != a {
				t.Fatalf("serial of %v comes back as %v", a, back)
			}
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

func FuzzParseISO(f *testing.F) {
	f.Add("2016-05-09")
	f.Add("2015-02-29")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := civil.ParseISO(text)
		if err == nil && d.String() != text {
			t.Errorf("%q prints as %q", text, d)
		}
	})
}

func ExampleDate_AddYears() {
	born := civil.Date{Year: 2010, Month: 11, Day: 22}
	asOf := civil.Date{Year: 2026, Month: 11, Day: 22}
	fmt.Println(born.AddYears(16), born.AddYears(16).After(asOf))
	// Output: 2026-11-22 false
}
