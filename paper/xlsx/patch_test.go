package xlsx_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"lamsach/core/roster"
	"lamsach/paper/xlsx"
)

// patched carries a plan out and, when KEEP_PATCHED names a folder, keeps the copy there to be looked at.
func patched(t testing.TB, data []byte, plan xlsx.PatchPlan) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.Patch(context.Background(), bytes.NewReader(data), int64(len(data)), &out, plan); err != nil {
		t.Fatalf("Patch: %v", err)
	}
	if folder := os.Getenv("KEEP_PATCHED"); folder != "" {
		name := filepath.Join(folder, filepath.Base(t.Name())+".xlsx")
		if err := os.WriteFile(name, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// grid reads a sheet as rows of texts by row and column.
func grid(t testing.TB, data []byte, sheet int) map[[2]int]roster.Cell {
	t.Helper()
	cells := map[[2]int]roster.Cell{}
	for row, err := range openBytes(t, data).Roster().Sheets[sheet].Rows {
		if err != nil {
			t.Fatalf("reading the copy: %v", err)
		}
		for column, cell := range row.Cells {
			if cell.Kind != roster.Empty {
				cells[[2]int{row.Number, column}] = cell
			}
		}
	}
	return cells
}

func text(s string) roster.Cell { return roster.Cell{Text: s, Kind: roster.Text} }

// examplePlan changes, marks and adds on a made-up list of that many people (header in row 6, 25 columns).
func examplePlan(people int) xlsx.PatchPlan {
	var status, open []xlsx.RowText
	var cells []xlsx.CellPatch
	for row := 7; row < 7+people; row++ {
		switch row % 5 {
		case 0:
			cells = append(cells, xlsx.CellPatch{Row: row, Column: 5, Cell: text("014316001234"), Mark: xlsx.Changed})
			status = append(status, xlsx.RowText{Row: row, Text: "Đã xác nhận"})
		case 1:
			cells = append(cells, xlsx.CellPatch{Row: row, Column: 2, Cell: roster.Cell{Text: "2016-04-15", Kind: roster.Date}, Mark: xlsx.Changed})
		case 2:
			cells = append(cells, xlsx.CellPatch{Row: row, Column: 1, Keep: true, Mark: xlsx.ErrorMark})
			open = append(open, xlsx.RowText{Row: row, Text: "Họ tên: =1+1 <b>&\"x\" _x0041_"})
		case 3:
			cells = append(cells, xlsx.CellPatch{Row: row, Column: 24, Cell: text("=cmd|' /C calc'!A0"), Mark: xlsx.WarningMark})
		}
	}
	return xlsx.PatchPlan{
		Sheets: map[string]xlsx.SheetPatch{"Sheet1": {
			Cells: cells, HeaderRow: 6, LastRow: 6 + people, Filter: true, Landscape: true,
			Columns: []xlsx.AddedColumn{{Header: "Tình trạng", Width: 18, Values: status}, {Header: "Còn lỗi", Width: 40, Values: open, Mark: xlsx.ErrorMark}},
		}},
		LegendName: "Chú giải",
		Legend:     []xlsx.LegendLine{{Text: "Bản sao có đánh dấu"}, {Mark: xlsx.ErrorMark, Text: "Lỗi"}, {Mark: xlsx.Changed, Text: "Đã sửa"}},
	}
}

// applied is what a plan makes of the cells of its one sheet, the added columns beginning at first.
func applied(before map[[2]int]roster.Cell, patch xlsx.SheetPatch, first int) map[[2]int]roster.Cell {
	after := map[[2]int]roster.Cell{}
	for at, cell := range before {
		after[at] = cell
	}
	put := func(at [2]int, cell roster.Cell) {
		if cell.Text == "" {
			delete(after, at)
			return
		}
		if cell.Kind != roster.Date {
			cell.Kind = roster.Text
		}
		after[at] = cell
	}
	for _, c := range patch.Cells {
		if !c.Keep {
			put([2]int{c.Row, c.Column}, c.Cell)
		}
	}
	for i, c := range patch.Columns {
		put([2]int{patch.HeaderRow, first + i}, text(c.Header))
		for _, v := range c.Values {
			put([2]int{v.Row, first + i}, text(v.Text))
		}
	}
	return after
}

func TestPatchChangesWhatItShouldAndNothingElse(t *testing.T) {
	for _, kind := range []flavour{sharedTexts, inlineTexts} {
		t.Run(string(kind), func(t *testing.T) {
			data := madeList(t, 300, kind)
			plan := examplePlan(300)
			copied := patched(t, data, plan)
			want := applied(grid(t, data, 0), plan.Sheets["Sheet1"], madeUsed)
			if diff := cmp.Diff(want, grid(t, copied, 0)); diff != "" {
				t.Error(diff)
			}
			compareWithExcelize(t, copied)
			again := patched(t, copied, plan)
			if diff := cmp.Diff(grid(t, copied, 0), grid(t, again, 0)); diff != "" {
				t.Errorf("the copy of the copy differs: %s", diff)
			}
			if got := len(openBytes(t, again).Roster().Sheets); got != 2 {
				t.Errorf("%d sheets after two copies", got)
			}
		})
	}
}

// TestPatchedLooks asks excelize what a spreadsheet program would make of the copy.
func TestPatchedLooks(t *testing.T) {
	copied := patched(t, madeList(t, 50, sharedTexts), examplePlan(50))
	f, err := excelize.OpenReader(bytes.NewReader(copied))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := f.GetSheetDimension("Sheet1"); got != "A1:AA56" {
		t.Errorf("dimension %s", got)
	}
	style := func(cell string) *excelize.Style {
		n, err := f.GetCellStyle("Sheet1", cell)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(n)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := style("F10"); s.Fill.Pattern != 1 || s.NumFmt != 49 || len(s.Border) == 0 || s.Font.Family != "Times New Roman" {
		t.Errorf("changed number: %+v", s)
	}
	if s := style("C11"); s.CustomNumFmt == nil || *s.CustomNumFmt != "dd/mm/yyyy" {
		t.Errorf("changed day: %+v", s)
	}
	if s := style("Z6"); len(s.Border) == 0 {
		t.Errorf("added header: %+v", s)
	}
	layout, err := f.GetPageLayout("Sheet1")
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 {
		t.Errorf("page: %+v %v", layout, err)
	}
	if w, _ := f.GetColWidth("Sheet1", "AA"); w != 40 {
		t.Errorf("width %v", w)
	}
	if w, _ := f.GetColWidth("Sheet1", "B"); w != 18 {
		t.Errorf("the officer's own width %v", w)
	}
	if got := f.GetSheetList(); len(got) != 2 || got[1] != "Chú giải" {
		t.Errorf("sheets %v", got)
	}
}

// TestPatchTakesOldMarksBack: what a copy marked and is right by now is not marked in the next copy, and styles do not pile up.
func TestPatchTakesOldMarksBack(t *testing.T) {
	plan := examplePlan(30)
	first := patched(t, madeList(t, 30, sharedTexts), plan)
	sheet := plan.Sheets["Sheet1"]
	sheet.Cells = nil
	plan.Sheets["Sheet1"] = sheet
	second := patched(t, first, plan)
	f, err := excelize.OpenReader(bytes.NewReader(second))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, cell := range []string{"B7", "B12", "F10", "Y8", "C11"} {
		n, err := f.GetCellStyle("Sheet1", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(n)
		if err != nil {
			t.Fatal(err)
		}
		if style.Fill.Pattern != 0 || len(style.Border) == 0 {
			t.Errorf("%s: %+v", cell, style.Fill)
		}
	}
	third := patched(t, second, plan)
	if diff := cmp.Diff(partsOf(t, second)["xl/styles.xml"], partsOf(t, third)["xl/styles.xml"]); diff != "" {
		t.Errorf("the styles grow: %s", diff)
	}
}
