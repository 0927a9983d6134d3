package xlsx_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/xlsx"
)

// openBytes opens a workbook that lies in memory.
func openBytes(t testing.TB, data []byte) *xlsx.Book {
	t.Helper()
	book, err := xlsx.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return book
}

// compareWithExcelize demands that every cell reads as excelize reads its raw value; days are compared by their serial number.
func compareWithExcelize(t *testing.T, data []byte) {
	t.Helper()
	theirs, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("excelize: %v", err)
	}
	defer theirs.Close()
	book := openBytes(t, data)
	props, _ := theirs.GetWorkbookProps()
	date1904 := props.Date1904 != nil && *props.Date1904
	cells := 0
	for _, sheet := range book.Roster().Sheets {
		rows, err := theirs.GetRows(sheet.Name)
		if err != nil {
			t.Fatalf("excelize: %v", err)
		}
		seen := 0
		for row, err := range sheet.Rows {
			if err != nil {
				t.Fatalf("sheet %s: %v", sheet.Name, err)
			}
			for ; seen < row.Number-1; seen++ {
				mustBeEmpty(t, rows, seen)
			}
			seen = row.Number
			for column := range max(len(row.Cells), len(rows[row.Number-1])) {
				var ours roster.Cell
				var want string
				if column < len(row.Cells) {
					ours = row.Cells[column]
				}
				if column < len(rows[row.Number-1]) {
					want = rows[row.Number-1][column]
				}
				if got := asRaw(t, ours, date1904); got != want {
					t.Errorf("%s row %d column %d: %q, excelize reads %q", sheet.Name, row.Number, column, got, want)
				}
				cells++
			}
		}
		for ; seen < len(rows); seen++ {
			mustBeEmpty(t, rows, seen)
		}
	}
	if cells == 0 {
		t.Error("nothing was compared")
	}
}

func mustBeEmpty(t *testing.T, rows [][]string, i int) {
	t.Helper()
	if i >= len(rows) {
		return
	}
	for _, cell := range rows[i] {
		if cell != "" {
			t.Errorf("row %d was left out, excelize reads %q", i+1, cell)
		}
	}
}

func TestSpecimensReadAsExcelizeReadsThem(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xlsx")
	if err != nil || len(files) == 0 {
		t.Fatal("no specimens", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			compareWithExcelize(t, data)
		})
	}
}

// What a sheet says of its size is a hint, and believed only as far as its bytes go.
func TestSheetsTellHowManyRowsToExpect(t *testing.T) {
	for _, c := range []struct {
		rows, claimed, most, least int
	}{{1000, 1006, 1006, 1000}, {1000, 1_048_576, 10_000, 1000}} {
		var parts []partText
		for name, text := range partsOf(t, madeList(t, c.rows, inlineTexts)) {
			parts = append(parts, partText{name, strings.Replace(text, "A1:Y1006", "A1:Y"+strconv.Itoa(c.claimed), 1)})
		}
		data := packParts(t, parts)
		sheet := openBytes(t, data).Roster().Sheets[0]
		for _, err := range sheet.Rows {
			if err != nil {
				t.Fatal(err)
			}
			if n := sheet.Expect(); n < c.least || n > c.most {
				t.Fatalf("%d rows, %d claimed: %d expected", c.rows, c.claimed, n)
			}
			break
		}
	}
}
