package xlsx_test

import (
	"strconv"
	"testing"
	"time"

	"lamsach/core/civil"
	"lamsach/core/roster"
)

// asRaw gives a cell as a workbook stores it: days as numbers.
func asRaw(t *testing.T, cell roster.Cell, date1904 bool) string {
	t.Helper()
	if cell.Kind != roster.Date {
		return cell.Text
	}
	day, err := civil.ParseISO(cell.Text[:10])
	if err != nil {
		t.Fatalf("date cell %q: %v", cell.Text, err)
	}
	serial := float64(day.Serial(date1904))
	if len(cell.Text) > 10 {
		at, err := time.Parse("T15:04:05", cell.Text[10:])
		if err != nil {
			t.Fatalf("date cell %q: %v", cell.Text, err)
		}
		serial += at.Sub(at.Truncate(24*time.Hour)).Hours() / 24
	}
	return strconv.FormatFloat(serial, 'f', -1, 64)
}
