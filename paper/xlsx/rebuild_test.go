package xlsx_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"lamsach/core/roster"
	"lamsach/paper/xlsx"
)

// rowsOf gives rows of texts under their numbers.
func rowsOf(rows map[int][]roster.Cell, last int) iter.Seq2[roster.SheetRow, error] {
	return func(yield func(roster.SheetRow, error) bool) {
		for n := 1; n <= last; n++ {
			if cells, ok := rows[n]; ok && !yield(roster.SheetRow{Number: n, Hidden: n == 6, Cells: cells}, nil) {
				return
			}
		}
	}
}

// exampleBook is a list of three people as another reader gives it.
func exampleBook() roster.Book {
	rows := map[int][]roster.Cell{
		1: {text("DANH SÁCH TRẺ EM CỦA XÃ, KÈM THEO CÔNG VĂN")},
		3: {text("Họ tên"), text("Ngày sinh"), text("CCCD")},
		4: {text("Mùa Thị Dợ"), {Kind: roster.Date, Text: "2016-05-09"}, text("014316001234")},
		5: {{Kind: roster.Text, Text: "NguyÔn V¨n A", Legacy: roster.TCVN3}, text("5/3/2015"), {Kind: roster.Number, Text: "14316001235"}},
		6: {text("=1+1"), {}, {Kind: roster.Bool, Text: "1"}},
		9: {text("Người lập biểu")},
	}
	none := map[int][]roster.Cell{}
	return roster.Book{Format: "csv", Sheets: []roster.Sheet{
		{Name: "ẩn", Hidden: true, Rows: rowsOf(none, 0)},
		{Name: "Bản A/B: danh sách dài quá ba mươi mốt chữ", Rows: rowsOf(rows, 9)},
		{Name: "Bản A B danh sách dài quá ba mươi mốt chữ", Rows: rowsOf(none, 0)},
	}}
}

func rebuildPlan(book roster.Book) xlsx.PatchPlan {
	return xlsx.PatchPlan{
		Sheets: map[string]xlsx.SheetPatch{book.Sheets[1].Name: {
			HeaderRow: 3, LastRow: 7, Filter: true, Landscape: true,
			Cells: []xlsx.CellPatch{
				{Row: 5, Column: 2, Cell: text("014316001235"), Mark: xlsx.Changed},
				{Row: 4, Column: 0, Keep: true, Mark: xlsx.ErrorMark},
				{Row: 7, Column: 1, Cell: roster.Cell{Kind: roster.Date, Text: "2015-03-05"}, Mark: xlsx.InfoMark},
			},
			Columns: []xlsx.AddedColumn{{Header: "Còn lỗi", Width: 30, Values: []xlsx.RowText{{4, "=A1"}}}},
		}},
		LegendName: "ẩn", Legend: []xlsx.LegendLine{{Text: "Chú giải"}, {Mark: xlsx.ErrorMark, Text: "Lỗi"}},
	}
}

func rebuilt(t *testing.T, book roster.Book, plan xlsx.PatchPlan) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.Rebuild(context.Background(), book, &out, plan); err != nil {
		t.Fatalf("Rebuild: %v", err)
	}
	return out.Bytes()
}

func TestRebuild(t *testing.T) {
	data := rebuilt(t, exampleBook(), rebuildPlan(exampleBook()))
	read := openBytes(t, data).Roster()
	var names []string
	for _, s := range read.Sheets {
		names = append(names, s.Name)
		if s.Hidden != (s.Name == "ẩn") {
			t.Errorf("%s: hidden %v", s.Name, s.Hidden)
		}
	}
	if diff := cmp.Diff([]string{"ẩn", "Bản A B  danh sách dài quá ba m", "Bản A B danh sách dài quá ba mư", "ẩn (2)"}, names); diff != "" {
		t.Errorf("sheets:\n%s", diff)
	}
	date := func(s string) roster.Cell { return roster.Cell{Kind: roster.Date, Text: s} }
	want := map[[2]int]roster.Cell{
		{1, 0}: text("DANH SÁCH TRẺ EM CỦA XÃ, KÈM THEO CÔNG VĂN"),
		{3, 0}: text("Họ tên"), {3, 1}: text("Ngày sinh"), {3, 2}: text("CCCD"), {3, 3}: text("Còn lỗi"),
		{4, 0}: text("Mùa Thị Dợ"), {4, 1}: date("2016-05-09"), {4, 2}: text("014316001234"), {4, 3}: text("=A1"),
		{5, 0}: text("Nguyễn Văn A"), {5, 1}: text("5/3/2015"), {5, 2}: text("014316001235"),
		{6, 0}: text("=1+1"), {6, 2}: {Kind: roster.Bool, Text: "1"},
		{7, 1}: date("2015-03-05"),
		{9, 0}: text("Người lập biểu"),
	}
	if diff := cmp.Diff(want, grid(t, data, 1)); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	for r, err := range read.Sheets[1].Rows {
		if err != nil || r.Hidden != (r.Number == 6) {
			t.Errorf("row %d: hidden %v, %v", r.Number, r.Hidden, err)
		}
	}
	if again := rebuilt(t, exampleBook(), rebuildPlan(exampleBook())); !bytes.Equal(data, again) {
		t.Error("the same plan gave other bytes")
	}
}

func TestRebuiltLooks(t *testing.T) {
	data := rebuilt(t, exampleBook(), rebuildPlan(exampleBook()))
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetList()[1]
	look := func(cell string) *excelize.Style {
		id, err := book.GetCellStyle(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := book.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return style
	}
	if s := look("C5"); s.NumFmt != 49 || s.Fill.Pattern != 1 || len(s.Border) != 4 || s.Font.Family != "Times New Roman" {
		t.Errorf("a corrected number: %+v", s)
	}
	if s := look("A4"); len(s.Fill.Color) != 1 || s.Fill.Color[0] == look("C5").Fill.Color[0] {
		t.Errorf("an error looks like a correction: %v", s.Fill)
	}
	if s := look("A1"); len(s.Border) != 0 || s.Fill.Pattern != 0 {
		t.Errorf("the title: %+v", s)
	}
	if s := look("A3"); !s.Font.Bold {
		t.Errorf("the header: %+v", s)
	}
	filters := 0
	for _, name := range book.GetDefinedName() {
		if name.Name == "_xlnm._FilterDatabase" || name.Name == "_xlnm.Print_Titles" {
			filters++
		}
	}
	if filters != 2 {
		t.Errorf("%d of filter and repeated header", filters)
	}
	if dimension, err := book.GetSheetDimension(sheet); err != nil || dimension != "A1:D9" {
		t.Errorf("dimension %q, %v", dimension, err)
	}
}

func TestRebuildTwiceKeepsItsColumns(t *testing.T) {
	book := exampleBook()
	first := rebuilt(t, book, rebuildPlan(book))
	again := openBytes(t, first).Roster()
	plan := xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{again.Sheets[1].Name: {
		HeaderRow: 3, LastRow: 7, Columns: []xlsx.AddedColumn{{Header: "Còn lỗi", Values: []xlsx.RowText{{5, "x"}}}},
	}}}
	cells := grid(t, rebuilt(t, again, plan), 1)
	if cells[[2]int{5, 3}] != text("x") || cells[[2]int{4, 3}].Kind != roster.Empty || cells[[2]int{3, 4}].Kind != roster.Empty {
		t.Errorf("our column was added again: %v", cells)
	}
}

// TestRebuildReadsOnce: rows that come from another process cannot be read again.
func TestRebuildReadsOnce(t *testing.T) {
	book, next := exampleBook(), 0
	for i := range book.Sheets {
		rows := book.Sheets[i].Rows
		book.Sheets[i].Rows = func(yield func(roster.SheetRow, error) bool) {
			if i != next {
				yield(roster.SheetRow{}, errors.New("out of order"))
				return
			}
			next++
			rows(yield)
		}
	}
	rebuilt(t, book, rebuildPlan(book))
}

func TestRebuildStopsWhereTheRowsDo(t *testing.T) {
	trouble := errors.New("row 5")
	book := roster.Book{Sheets: []roster.Sheet{{Name: "A", Rows: func(yield func(roster.SheetRow, error) bool) {
		_ = yield(roster.SheetRow{Number: 4, Cells: []roster.Cell{text("x")}}, nil) && yield(roster.SheetRow{}, trouble)
	}}}}
	var out bytes.Buffer
	if err := xlsx.Rebuild(context.Background(), book, &out, xlsx.PatchPlan{}); !errors.Is(err, trouble) || out.Len() > 0 {
		t.Errorf("got %v and %d bytes", err, out.Len())
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := xlsx.Rebuild(ctx, exampleBook(), &out, xlsx.PatchPlan{}); !errors.Is(err, context.Canceled) || out.Len() > 0 {
		t.Errorf("cancelled: got %v and %d bytes", err, out.Len())
	}
	if err := xlsx.Rebuild(context.Background(), exampleBook(), &out, xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{"B": {}}}); err == nil {
		t.Error("a plan for a sheet that is not there was carried out")
	}
}
