package campaign

import (
	"encoding"
	"fmt"
	"slices"
	"time"

	"lamsach/core/civil"
	"lamsach/core/fault"
)

// Clock is a time of day in minutes since midnight.
type Clock int

var (
	_ encoding.TextMarshaler   = Clock(0)
	_ encoding.TextUnmarshaler = (*Clock)(nil)
)

// At makes a time of day.
func At(hour, minute int) Clock { return Clock(hour*60 + minute) }

// ClockOf gives the time of day of a moment in its own zone.
func ClockOf(t time.Time) Clock { return At(t.Hour(), t.Minute()) }

// String gives "07:30".
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// MarshalText writes "07:30".
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads "07:30" and "7:30". Its error is Invalid, "campaign.invalid.clock".
func (c *Clock) UnmarshalText(text []byte) error {
	t, err := time.Parse("15:04", string(text))
	if err != nil {
		return fault.New(fault.Invalid, "campaign.invalid.clock", "Text", string(text))
	}
	*c = ClockOf(t)
	return nil
}

// Span is a part of the day in which people may be written to: From inclusive, To exclusive.
type Span struct {
	From Clock `json:"from"`
	To   Clock `json:"to"`
}

// Rules say when to remind. The zero Rules are the usual ones.
type Rules struct {
	Before        []int          `json:"before,omitempty"`          // days ahead of a deadline; none: 7, 3 and 1
	InWorkingDays bool           `json:"in_working_days,omitempty"` // Before counts working days
	NotOnTheDay   bool           `json:"not_on_the_day,omitempty"`  // nothing on the deadline itself
	EscalateAfter int            `json:"escalate_after,omitempty"`  // working days late until the supervisor is told; 0: 3
	OverdueDays   int            `json:"overdue_days,omitempty"`    // working days late that are reminded of; 0: to the campaign's end
	RemindAt      Clock          `json:"remind_at,omitempty"`       // 0: 08:00
	DigestAt      Clock          `json:"digest_at,omitempty"`       // 0: 16:00
	DigestOn      []time.Weekday `json:"digest_on,omitempty"`       // none: Monday and Thursday
	Hours         []Span         `json:"hours,omitempty"`           // none: 7:30–11:30 and 13:30–17:00
}

// usual gives the rules with everything filled in.
func (r Rules) usual() Rules {
	if len(r.Before) == 0 {
		r.Before = []int{7, 3, 1}
	}
	if r.EscalateAfter == 0 {
		r.EscalateAfter = 3
	}
	if r.RemindAt == 0 {
		r.RemindAt = At(8, 0)
	}
	if r.DigestAt == 0 {
		r.DigestAt = At(16, 0)
	}
	if len(r.DigestOn) == 0 {
		r.DigestOn = []time.Weekday{time.Monday, time.Thursday}
	}
	if len(r.Hours) == 0 {
		r.Hours = []Span{{At(7, 30), At(11, 30)}, {At(13, 30), At(17, 0)}}
	}
	return r
}

// Open reports whether people may be written to at a moment: on a working day, in working hours, in the moment's own zone.
func (r Rules) Open(calendar civil.Calendar, at time.Time) bool {
	clock := ClockOf(at)
	within := func(s Span) bool { return s.From <= clock && clock < s.To }
	return slices.ContainsFunc(r.usual().Hours, within) && calendar.IsWorkingDay(civil.Of(at))
}

// NextOpening gives the first moment from at on when people may be written to: at itself, or the beginning of a span.
func (r Rules) NextOpening(calendar civil.Calendar, at time.Time) time.Time {
	if r.Open(calendar, at) {
		return at
	}
	hours := slices.SortedFunc(slices.Values(r.usual().Hours), func(a, b Span) int { return int(a.From - b.From) })
	day, clock := civil.Of(at), ClockOf(at)
	if calendar.IsWorkingDay(day) {
		for _, s := range hours {
			if s.From > clock {
				return moment(day, s.From, at.Location())
			}
		}
	}
	return moment(calendar.OnOrAfter(day.AddDays(1)), hours[0].From, at.Location())
}

// Closing gives the moment on a day after which people are written to no more.
func (r Rules) Closing(day civil.Date, zone *time.Location) time.Time {
	last := slices.MaxFunc(r.usual().Hours, func(a, b Span) int { return int(a.To - b.To) })
	return moment(day, last.To, zone)
}

// Moment is when a row is due.
func (r Row) Moment(zone *time.Location) time.Time { return moment(r.Day, r.At, zone) }

// moment gives a time of day in a zone.
func moment(day civil.Date, at Clock, zone *time.Location) time.Time {
	return time.Date(day.Year, day.Month, day.Day, int(at)/60, int(at)%60, 0, 0, zone)
}
