package xlsx

import (
	"math"
	"strconv"
	"strings"
	"time"

	"lamsach/core/civil"
)

const secondsADay = 24 * 60 * 60

// dates turns stored numbers into days. Lists repeat their days, so the latest answers are kept.
type dates struct {
	date1904 bool
	recent   [2048]struct {
		serial int
		text   string
	}
}

// text gives the day, and the time when it is not midnight, that a stored number means; false when it is no day.
func (d *dates) text(decimal []byte) (string, bool) {
	if serial, ok := number(decimal); ok {
		return d.day(serial)
	}
	f, err := strconv.ParseFloat(string(decimal), 64)
	if err != nil || f < 0 || f > math.MaxInt32 {
		return "", false
	}
	day, fraction := math.Modf(f)
	seconds := int(math.Round(fraction * secondsADay))
	if seconds == secondsADay {
		day, seconds = day+1, 0
	}
	text, ok := d.day(int(day))
	if !ok || seconds == 0 {
		return text, ok
	}
	return text + time.Unix(int64(seconds), 0).UTC().Format("T15:04:05"), true
}

func (d *dates) day(serial int) (string, bool) {
	slot := &d.recent[serial%len(d.recent)]
	if slot.serial == serial && slot.text != "" {
		return slot.text, true
	}
	date, ok := civil.FromSerial(float64(serial), d.date1904)
	if !ok {
		return "", false
	}
	slot.serial, slot.text = serial, date.String()
	return slot.text, true
}

// isoDate brings the text of a date cell (t="d") into the form of a Date cell: no zone, no fractions, no midnight.
func isoDate(raw string) (string, bool) {
	text := strings.TrimSuffix(strings.TrimSpace(raw), "Z")
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05"} {
		at, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
			return at.Format("2006-01-02"), true
		}
		return at.Format("2006-01-02T15:04:05"), true
	}
	return "", false
}
