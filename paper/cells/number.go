package cells

import (
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"lamsach/core/civil"
	"lamsach/core/roster"
)

// Numbers turns stored numbers into cells. The zero value counts days from 1900.
type Numbers struct {
	Date1904 bool // days are counted from 1904
	arena    Arena
	recent   [2048]struct {
		serial int
		text   string
	}
}

// Cell gives the cell of a stored number, which is a day when its format says so. It fails for what is no finite number.
func (n *Numbers) Cell(f float64, date bool) (roster.Cell, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return roster.Cell{}, Digits.Because("not finite")
	}
	if date {
		if day, ok := n.day(f); ok {
			return roster.Cell{Text: day, Kind: roster.Date}, nil
		}
	}
	var space [32]byte
	return roster.Cell{Text: n.arena.Keep(AppendDecimal(space[:0], f)), Kind: roster.Number}, nil
}

// exactWhole is the greatest whole number up to which a float keeps every one exactly.
const exactWhole = 1 << 53

// AppendDecimal appends the shortest plain decimal that is exactly the number: 14316001234, 0.5, never 1.4E10.
func AppendDecimal(dst []byte, f float64) []byte {
	if f == 0 {
		return append(dst, '0') // not "-0"
	}
	if f > -exactWhole && f < exactWhole && f == math.Trunc(f) {
		return strconv.AppendInt(dst, int64(f), 10)
	}
	return strconv.AppendFloat(dst, f, 'f', -1, 64)
}

const secondsADay = 24 * 60 * 60

// day gives the day that a number means, with the time when it is not midnight; false when it is none.
func (n *Numbers) day(f float64) (string, bool) {
	if f < 0 || f > math.MaxInt32 {
		return "", false
	}
	day, fraction := math.Modf(f)
	seconds := int(math.Round(fraction * secondsADay))
	if seconds == secondsADay {
		day, seconds = day+1, 0
	}
	text, ok := n.midnight(int(day))
	if !ok || seconds == 0 {
		return text, ok
	}
	return text + time.Unix(int64(seconds), 0).UTC().Format("T15:04:05"), true
}

// midnight gives a day. Lists repeat their days, so the latest answers are kept.
func (n *Numbers) midnight(serial int) (string, bool) {
	slot := &n.recent[serial%len(n.recent)]
	if slot.serial == serial && slot.text != "" {
		return slot.text, true
	}
	date, ok := civil.FromSerial(float64(serial), n.Date1904)
	if !ok {
		return "", false
	}
	slot.serial, slot.text = serial, date.String()
	return slot.text, true
}

// CutRunes gives the first runes of a text, and whether there were more.
func CutRunes(text string, most int) (string, bool) {
	if len(text) <= most {
		return text, false
	}
	count := 0
	for i := 0; i < len(text); count++ {
		if count == most {
			return text[:i], true
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return text, false
}
