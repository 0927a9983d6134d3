package campaign

import (
	"testing"
	"time"

	"lamsach/core/civil"
)

func TestHours(t *testing.T) {
	at := func(year, month, of, hour, minute int) time.Time {
		return time.Date(year, time.Month(month), of, hour, minute, 0, 0, hanoi)
	}
	tests := []struct {
		name string
		now  time.Time
		next time.Time // equal to now: people may be written to
	}{
		{"before the morning", at(2023, 10, 13, 7, 29), at(2023, 10, 13, 7, 30)},
		{"first minute", at(2023, 10, 13, 7, 30), at(2023, 10, 13, 7, 30)},
		{"last minute of the morning", at(2023, 10, 13, 11, 29), at(2023, 10, 13, 11, 29)},
		{"noon begins", at(2023, 10, 13, 11, 30), at(2023, 10, 13, 13, 30)},
		{"afternoon", at(2023, 10, 13, 16, 59), at(2023, 10, 13, 16, 59)},
		{"Friday evening", at(2023, 10, 13, 17, 0), at(2023, 10, 16, 7, 30)},
		{"Saturday", at(2023, 10, 14, 9, 0), at(2023, 10, 16, 7, 30)},
		{"eve of Tết", at(2026, 2, 13, 18, 0), at(2026, 2, 23, 7, 30)},
		{"within Tết", at(2026, 2, 18, 9, 0), at(2026, 2, 23, 7, 30)},
		{"New Year's Eve", at(2026, 12, 31, 17, 30), at(2027, 1, 4, 7, 30)},
		{"a substitute day", at(2026, 4, 27, 9, 0), at(2026, 4, 28, 7, 30)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r Rules
			if got := r.NextOpening(civil.Calendar{}, tt.now); !got.Equal(tt.next) {
				t.Errorf("next %v, want %v", got, tt.next)
			}
			if got := r.Open(civil.Calendar{}, tt.now); got != tt.now.Equal(tt.next) {
				t.Errorf("open %v", got)
			}
		})
	}
	own := Rules{Hours: []Span{{At(9, 0), At(10, 0)}}}
	if own.Open(civil.Calendar{}, at(2023, 10, 13, 8, 30)) || !own.Open(civil.Calendar{}, at(2023, 10, 13, 9, 59)) {
		t.Error("hours of one's own do not hold")
	}
}

func TestClockText(t *testing.T) {
	for text, want := range map[string]Clock{"07:30": At(7, 30), "7:30": At(7, 30), "00:00": 0, "23:59": At(23, 59)} {
		var c Clock
		if err := c.UnmarshalText([]byte(text)); err != nil || c != want {
			t.Errorf("%q: %v, %v", text, c, err)
		}
	}
	for _, text := range []string{"", "24:00", "7h30", "07:60"} {
		var c Clock
		if err := c.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q became %v", text, c)
		}
	}
	if At(7, 5).String() != "07:05" {
		t.Error(At(7, 5).String())
	}
}
