package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"lamsach/core/roster"
)

// WriteGrid writes a grid as a workbook that looks like one typed in an office: Times New Roman 13, borders round the table,
// merged titles, A4 landscape with the header repeated on every page. The same grid gives the same bytes.
func WriteGrid(out io.Writer, grid roster.Grid) error {
	book := excelize.NewFile()
	defer book.Close() // closes temporary files only
	if err := writeSheets(book, grid); err != nil {
		return fmt.Errorf("xlsx: write grid: %w", err)
	}
	if err := writeInOrder(out, book); err != nil {
		return fmt.Errorf("xlsx: write grid: %w", err)
	}
	return nil
}

// writeInOrder writes the parts in the order of their names: excelize writes sheets in an order that changes from run to run.
func writeInOrder(out io.Writer, book *excelize.File) error {
	written, err := book.WriteToBuffer()
	if err != nil {
		return err
	}
	parts, err := zip.NewReader(bytes.NewReader(written.Bytes()), int64(written.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(parts.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	ordered := zip.NewWriter(out)
	for _, part := range parts.File {
		if err := ordered.Copy(part); err != nil {
			return err
		}
	}
	return ordered.Close()
}

func writeSheets(book *excelize.File, grid roster.Grid) error {
	if len(grid.Sheets) == 0 {
		return fmt.Errorf("no sheet")
	}
	if err := book.SetDefaultFont("Times New Roman"); err != nil {
		return err
	}
	looks, err := newLooks(book)
	if err != nil {
		return err
	}
	for i, sheet := range grid.Sheets {
		if i == 0 {
			err = book.SetSheetName("Sheet1", sheet.Name)
		} else {
			_, err = book.NewSheet(sheet.Name)
		}
		if err != nil {
			return err
		}
		if err := writeGridSheet(book, sheet, looks); err != nil {
			return fmt.Errorf("sheet %d: %w", i+1, err)
		}
	}
	for _, sheet := range grid.Sheets {
		if sheet.Hidden {
			if err := book.SetSheetVisible(sheet.Name, false); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeGridSheet(book *excelize.File, sheet roster.GridSheet, looks gridLooks) error {
	if err := setPage(book, sheet); err != nil {
		return err
	}
	w, err := book.NewStreamWriter(sheet.Name)
	if err != nil {
		return err
	}
	for at, width := range sheet.Widths {
		if width > 0 {
			if err := w.SetColWidth(at+1, at+1, width); err != nil {
				return err
			}
		}
	}
	for _, row := range sheet.Rows {
		values := make([]any, len(row.Cells))
		for at, cell := range row.Cells {
			values[at] = gridCell(cell, looks)
		}
		if err := w.SetRow("A"+strconv.Itoa(row.Number), values, excelize.RowOpts{Hidden: row.Hidden, Height: rowHeight(row)}); err != nil {
			return err
		}
	}
	for _, m := range sheet.Merges {
		if err := w.MergeCell(gridCellName(m.FirstColumn, m.FirstRow), gridCellName(m.LastColumn, m.LastRow)); err != nil {
			return err
		}
	}
	return w.Flush()
}

// rowHeight, in points, gives 13-point letters with tone marks room, and two lines to heads.
func rowHeight(row roster.GridRow) float64 {
	for _, cell := range row.Cells {
		if cell.Look == roster.HeaderLook && utf8.RuneCountInString(cell.Text) > 6 {
			return 36
		}
	}
	return 18
}

// setPage is what stands in the sheet before its cells: paper, true dimension, and the header rows that repeat in print.
func setPage(book *excelize.File, sheet roster.GridSheet) error {
	landscape, a4, width, height := "landscape", 9, 1, 0
	if err := book.SetPageLayout(sheet.Name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &width, FitToHeight: &height}); err != nil {
		return err
	}
	fit := true
	if err := book.SetSheetProps(sheet.Name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	columns, last, firstHead, lastHead := 1, 1, 0, 0
	for _, row := range sheet.Rows {
		columns, last = max(columns, len(row.Cells)), row.Number
		if len(row.Cells) > 0 && row.Cells[0].Look == roster.HeaderLook {
			firstHead, lastHead = cmp.Or(firstHead, row.Number), row.Number
		}
	}
	if err := book.SetSheetDimension(sheet.Name, "A1:"+gridCellName(columns-1, last)); err != nil {
		return err
	}
	if firstHead == 0 {
		return nil
	}
	return book.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: sheet.Name,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet.Name, firstHead, lastHead),
	})
}

// gridCell gives the cell its type. Text never becomes a formula or a number, whatever it begins with.
func gridCell(cell roster.GridCell, looks gridLooks) excelize.Cell {
	made := excelize.Cell{StyleID: looks[dressed{cell.Look, cell.Legacy}]}
	switch cell.Kind {
	case roster.Number:
		if n, err := strconv.ParseFloat(cell.Text, 64); err == nil {
			made.Value = n
		} else {
			made.Value = cell.Text
		}
	case roster.Date:
		if day, err := time.Parse("2006-01-02", cell.Text); err == nil {
			made.Value = day.Sub(serialZero).Hours() / 24
			if cell.Look != roster.DateLook {
				made.StyleID = looks[dressed{roster.DateLook, cell.Legacy}]
			}
		} else {
			made.Value = cell.Text
		}
	case roster.Bool:
		made.Value = cell.Text == "1"
	case roster.Text, roster.Fault:
		made.Value = cell.Text
	}
	return made
}

// serialZero is the day that Excel counts from, for days after February 1900.
var serialZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func gridCellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return "A1" // unreachable: columns and rows of a grid are within Excel's
	}
	return name
}

// dressed is how a cell is set: its look, and the font that its encoding asks for.
type dressed struct {
	look   roster.Look
	legacy roster.Legacy
}

// gridLooks are the styles of a workbook.
type gridLooks map[dressed]int

// gridFonts are the fonts that show each encoding as it is meant.
var gridFonts = map[roster.Legacy]string{roster.Unicode: "Times New Roman", roster.TCVN3: ".VnTime", roster.VNI: "VNI-Times"}

// newLooks registers one style for each look in each font.
func newLooks(book *excelize.File) (gridLooks, error) {
	looks := gridLooks{}
	for _, legacy := range []roster.Legacy{roster.Unicode, roster.TCVN3, roster.VNI} {
		for look, style := range gridStyles(gridFonts[legacy]) {
			id, err := book.NewStyle(style)
			if err != nil {
				return nil, err
			}
			looks[dressed{roster.Look(look), legacy}] = id
		}
	}
	return looks, nil
}

// gridStyles are the looks in one font, by their value.
func gridStyles(family string) []*excelize.Style {
	line := func(side string) excelize.Border { return excelize.Border{Type: side, Color: "000000", Style: 1} }
	borders := []excelize.Border{line("left"), line("right"), line("top"), line("bottom")}
	font := func(bold, italic bool) *excelize.Font {
		return &excelize.Font{Family: family, Size: 13, Bold: bold, Italic: italic}
	}
	left := &excelize.Alignment{Vertical: "center"}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	dayFirst := "dd/mm/yyyy"
	const asText = 49 // the built-in format "@"
	return []*excelize.Style{
		roster.BodyLook:     {Font: font(false, false), Border: borders, Alignment: left},
		roster.TextLook:     {Font: font(false, false), Border: borders, Alignment: left, NumFmt: asText},
		roster.DateLook:     {Font: font(false, false), Border: borders, Alignment: centre, CustomNumFmt: &dayFirst},
		roster.NumberLook:   {Font: font(false, false), Border: borders, Alignment: centre},
		roster.HeaderLook:   {Font: font(true, false), Border: borders, Alignment: centre},
		roster.GroupLook:    {Font: font(true, false), Border: borders, Alignment: left},
		roster.TitleLook:    {Font: font(true, false), Alignment: centre},
		roster.SubtitleLook: {Font: font(false, true), Alignment: centre},
		roster.BareLook:     {Font: font(false, false)},
	}
}
