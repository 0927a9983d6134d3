package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"lamsach/core/roster"
	"lamsach/paper/xlsx"
)

func cell(kind roster.CellKind, text string, look roster.Look) roster.GridCell {
	return roster.GridCell{Cell: roster.Cell{Kind: kind, Text: text}, Look: look}
}

// twoSheets is a small list with every kind of cell.
func twoSheets() roster.Grid {
	return roster.Grid{Sheets: []roster.GridSheet{
		{
			Name: "Bản Nà Mận", Widths: []float64{6, 26, 13},
			Merges: []roster.Merge{{FirstRow: 1, FirstColumn: 0, LastRow: 1, LastColumn: 2}},
			Rows: []roster.GridRow{
				{Number: 1, Cells: []roster.GridCell{cell(roster.Text, "DANH SÁCH", roster.TitleLook)}},
				{Number: 3, Cells: []roster.GridCell{cell(roster.Text, "STT", roster.HeaderLook), cell(roster.Text, "Họ và tên", roster.HeaderLook), cell(roster.Text, "Ngày sinh", roster.HeaderLook)}},
				{Number: 4, Cells: []roster.GridCell{cell(roster.Number, "1", roster.NumberLook), cell(roster.Text, "=HYPERLINK(1)", roster.BodyLook), cell(roster.Date, "2016-02-29", roster.DateLook)}},
				{Number: 5, Hidden: true, Cells: []roster.GridCell{cell(roster.Number, "14316001234", roster.TextLook), cell(roster.Text, "014316001234", roster.TextLook), {}}},
			},
		},
		{Name: "Ẩn", Hidden: true, Rows: []roster.GridRow{{Number: 1, Cells: []roster.GridCell{cell(roster.Bool, "1", roster.BareLook)}}}},
	}}
}

func written(t *testing.T, grid roster.Grid) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.WriteGrid(&out, grid); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWriteGridKeepsTypes(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(written(t, twoSheets())))
	if err != nil {
		t.Fatal(err)
	}
	type typed struct {
		Value string
		Type  excelize.CellType
	}
	got := map[string]typed{}
	for _, name := range []string{"A1", "A4", "B4", "C4", "A5", "B5", "C5"} {
		value, err := book.GetCellValue("Bản Nà Mận", name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		kind, err := book.GetCellType("Bản Nà Mận", name)
		if err != nil {
			t.Fatal(err)
		}
		got[name] = typed{value, kind}
	}
	want := map[string]typed{
		"A1": {"DANH SÁCH", excelize.CellTypeInlineString}, "A4": {"1", excelize.CellTypeUnset}, "B4": {"=HYPERLINK(1)", excelize.CellTypeInlineString},
		"C4": {"42429", excelize.CellTypeUnset}, "A5": {"14316001234", excelize.CellTypeUnset}, "B5": {"014316001234", excelize.CellTypeInlineString}, "C5": {"", excelize.CellTypeUnset},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	shown, err := book.GetCellValue("Bản Nà Mận", "C4")
	if err != nil || shown != "29/02/2016" {
		t.Errorf("the date is shown as %q (%v)", shown, err)
	}
	if formula, _ := book.GetCellFormula("Bản Nà Mận", "B4"); formula != "" {
		t.Errorf("a text became the formula %q", formula)
	}
	if visible, _ := book.GetSheetVisible("Ẩn"); visible {
		t.Error("the hidden sheet is shown")
	}
}

func TestWriteGridSaysItsSize(t *testing.T) {
	sheet := part(t, written(t, twoSheets()), "xl/worksheets/sheet1.xml")
	for _, want := range []string{`<dimension ref="A1:C5"`, `<mergeCell ref="A1:C1"`, `orientation="landscape"`, `hidden="1"`, `width="26"`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the sheet lacks %s", want)
		}
	}
	if book := part(t, written(t, twoSheets()), "xl/workbook.xml"); !strings.Contains(book, "$3:$3") {
		t.Error("the header does not repeat in print")
	}
}

func TestWriteGridTwiceIsTheSame(t *testing.T) {
	if !bytes.Equal(written(t, twoSheets()), written(t, twoSheets())) {
		t.Error("the same grid gave other bytes")
	}
}

func TestWriteGridRefuses(t *testing.T) {
	for name, grid := range map[string]roster.Grid{
		"nothing":         {},
		"name too long":   {Sheets: []roster.GridSheet{{Name: strings.Repeat("a", 32)}}},
		"forbidden name":  {Sheets: []roster.GridSheet{{Name: "a/b"}}},
		"rows disordered": {Sheets: []roster.GridSheet{{Name: "a", Rows: []roster.GridRow{{Number: 2}, {Number: 1}}}}},
	} {
		if err := xlsx.WriteGrid(io.Discard, grid); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}

func part(t *testing.T, workbook []byte, name string) string {
	t.Helper()
	parts, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	in, err := parts.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	body, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func BenchmarkWriteGrid(b *testing.B) {
	grid := roster.Grid{Sheets: []roster.GridSheet{{Name: "Sheet1"}}}
	for row := range 10_000 {
		cells := make([]roster.GridCell, 25)
		for at := range cells {
			cells[at] = cell(roster.Text, fmt.Sprint("ô ", row, " ", at), roster.BodyLook)
		}
		grid.Sheets[0].Rows = append(grid.Sheets[0].Rows, roster.GridRow{Number: row + 1, Cells: cells})
	}
	for b.Loop() {
		if err := xlsx.WriteGrid(io.Discard, grid); err != nil {
			b.Fatal(err)
		}
	}
}
