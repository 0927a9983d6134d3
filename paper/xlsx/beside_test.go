package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/xlsx"
)

// largeRows make a sheet of some 5 MB: it is inflated and deflated by goroutines of their own. Every test of such a sheet runs in a
// bubble, which ends only when no goroutine is left.
const largeRows = 5000

// spoiled flips a bit of the packed sheet, that far into it.
func spoiled(t *testing.T, data []byte, into float64) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	data = slices.Clone(data)
	for _, f := range zr.File {
		if strings.Contains(f.Name, "sheet1") {
			at, err := f.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			data[at+int64(into*float64(f.CompressedSize64))] ^= 0x10
		}
	}
	return data
}

// readRows counts rows until one is wrong, or there are enough.
func readRows(t *testing.T, data []byte, enough int) (rows int, err error) {
	t.Helper()
	for _, err := range openBytes(t, data).Roster().Sheets[0].Rows {
		if err != nil {
			return rows, err
		}
		if rows++; rows == enough {
			return rows, nil
		}
	}
	return rows, nil
}

func TestLargeSheetLeftEarly(t *testing.T) {
	data := madeList(t, largeRows, sharedTexts)
	for _, enough := range []int{1, 100, largeRows / 2, largeRows + 6} {
		synctest.Test(t, func(t *testing.T) {
			if rows, err := readRows(t, data, enough); rows != enough || err != nil {
				t.Errorf("%d rows of %d, error %v", rows, enough, err)
			}
		})
	}
}

// Two readers of the same sheet, one within the other, do not disturb each other.
func TestLargeSheetReadWithinItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sheet := openBytes(t, madeList(t, largeRows, sharedTexts)).Roster().Sheets[0]
		outer, inner := 0, 0
		for range sheet.Rows {
			if outer++; outer != largeRows/2 {
				continue
			}
			for _, err := range sheet.Rows {
				if err != nil {
					t.Fatal(err)
				}
				inner++
			}
		}
		if outer != largeRows+6 || inner != outer {
			t.Errorf("%d rows, and within them %d", outer, inner)
		}
	})
}

// Damage in the middle is told behind the rows before it, and nothing of a copy is written.
func TestLargeSheetDamaged(t *testing.T) {
	data := madeList(t, largeRows, sharedTexts)
	for _, into := range []float64{0.2, 0.5, 0.99} {
		synctest.Test(t, func(t *testing.T) {
			broken := spoiled(t, data, into)
			rows, err := readRows(t, broken, -1)
			var said *fault.Error
			if !errors.As(err, &said) || said.Kind != fault.Unreadable || rows < int(into*0.7*largeRows) {
				t.Errorf("%v: %d rows, error %v", into, rows, err)
			}
			var out bytes.Buffer
			err = xlsx.Patch(t.Context(), bytes.NewReader(broken), int64(len(broken)), &out, examplePlan(largeRows))
			if !errors.As(err, &said) || said.Kind != fault.Unreadable || out.Len() > 0 {
				t.Errorf("%v: copy of %d bytes, error %v", into, out.Len(), err)
			}
		})
	}
}

// fading is a context that is cancelled when it was asked often enough.
type fading struct {
	context.Context

	left int
}

func (f *fading) Err() error {
	if f.left--; f.left < 0 {
		return context.Canceled
	}
	return nil
}

// A copy that is given up, while the sheet is surveyed or while it is spliced, or that nobody takes, ends at once and leaves nothing running.
func TestLargePatchGivenUp(t *testing.T) {
	data := madeList(t, largeRows, inlineTexts)
	for _, c := range []struct {
		rows, room int
		want       error
	}{
		{0, 1 << 30, context.Canceled}, {largeRows / 2, 1 << 30, context.Canceled}, {largeRows * 3 / 2, 1 << 30, context.Canceled},
		{1 << 30, 0, errFull}, {1 << 30, 10_000, errFull}, {1 << 30, 400_000, errFull}, {1 << 30, 1 << 30, nil},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx := &fading{t.Context(), c.rows}
			err := xlsx.Patch(ctx, bytes.NewReader(data), int64(len(data)), &full{c.room}, examplePlan(largeRows))
			if !errors.Is(err, c.want) {
				t.Errorf("%d rows, room for %d bytes: error %v", c.rows, c.room, err)
			}
		})
	}
}

// A sheet that is too large to be kept is inflated a second time, with the same result.
func TestPatchOfASheetThatIsNotKept(t *testing.T) {
	const rows = 14_000 // 18 MB
	data := madeList(t, rows, inlineTexts)
	var out bytes.Buffer
	if err := xlsx.Patch(t.Context(), bytes.NewReader(data), int64(len(data)), &out, examplePlan(rows)); err != nil {
		t.Fatal(err)
	}
	book, err := xlsx.Open(bytes.NewReader(out.Bytes()), int64(out.Len()), cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	changed, read := 0, 0
	for row, err := range book.Roster().Sheets[0].Rows {
		if err != nil {
			t.Fatal(err)
		}
		read++
		if len(row.Cells) > madeUsed && row.Cells[madeUsed].Kind == roster.Text {
			changed++
		}
	}
	if want := len(examplePlan(rows).Sheets["Sheet1"].Columns[0].Values) + 1; read != rows+6 || changed != want {
		t.Errorf("%d rows, %d with a status; want %d", read, changed, want)
	}
}
