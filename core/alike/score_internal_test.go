package alike

import (
	"fmt"
	"testing"

	"lamsach/core/civil"
)

// TestDateWeight: the weights of matching.md 5.5, from either side.
func TestDateWeight(t *testing.T) {
	born := func(text string) *Person {
		if text == "" {
			return &Person{}
		}
		var year, month int
		if d, err := civil.ParseISO(text); err == nil {
			return &Person{Birth: int32(d.Year<<9 | int(d.Month)<<5 | d.Day), Day: int32(d.DaysSince(civil.Date{Year: 1, Month: 1, Day: 1}))}
		}
		fmt.Sscanf(text, "%d-%d", &year, &month)
		return &Person{Birth: int32(year<<9 | month<<5)}
	}
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"2016-05-09", "2016-05-09", 12}, {"2016-01-01", "2016-01-01", 5}, {"2016", "2016", 5}, {"2016-05-09", "2016-09-05", 7}, {"2016-05-09", "2016-01-01", 2},
		{"2016-05-09", "2016-05-20", 3}, {"2016-05-09", "2016-11-09", 3}, {"2016-05-09", "2017-05-09", 4}, {"2016-01-01", "2017-01-01", -7}, {"2015-12-31", "2016-01-02", 3},
		{"2016-05-09", "2016-11-20", -3}, {"2016-05-09", "2018-11-20", -7}, {"2016", "2016-05-09", 2}, {"2016", "2017-05-09", -7},
		{"2016-05", "2016-05-09", 2}, {"2016-05", "2016", 2}, {"2016-04", "2016-05-09", -3}, {"2016-04", "2016-05", -3}, {"", "2016-05-09", 0}, {"", "", 0},
	} {
		if one, other := dateWeight(born(c.a), born(c.b)), dateWeight(born(c.b), born(c.a)); one != c.want || other != c.want {
			t.Errorf("%q and %q: %v and %v, want %v", c.a, c.b, one, other, c.want)
		}
	}
}
