package xlsx

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"lamsach/core/report"
	"lamsach/core/roster"
)

// TableColumn is one column of a Table.
type TableColumn struct {
	Header string
	Width  float64 // in characters; 0 leaves the default
}

// Table is a list that begins with us, such as one that is handed over: title lines, a header, rows, and lines below for signatures.
type Table struct {
	Sheet   string   // name of its one sheet
	Title   []string // lines over the table; the first is its heading
	Columns []TableColumn
	Rows    [][]roster.Cell // by column; texts stay texts, so a number of a person keeps its zeros and no text is a formula
	Below   []string
}

// TableOf gives a report's table as one to be written.
func TableOf(t report.Table) Table {
	out := Table{Sheet: t.Sheet, Title: t.Title, Rows: t.Rows, Below: t.Below}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, TableColumn(c))
	}
	return out
}

// Write writes a table as a workbook: Times New Roman 13, borders, a filter on the header, A4 across with the header repeated on every
// page. The same table gives the same bytes.
func Write(out io.Writer, table Table) error {
	if len(table.Columns) == 0 || len(table.Columns) > lastColumn || len(table.Rows) > lastRow/2 {
		return fmt.Errorf("xlsx: write: %d columns, %d rows", len(table.Columns), len(table.Rows))
	}
	book := excelize.NewFile()
	defer book.Close() // closes temporary files only
	if err := writeTable(book, table); err != nil {
		return fmt.Errorf("xlsx: write: %w", err)
	}
	if err := writeInOrder(out, book); err != nil {
		return fmt.Errorf("xlsx: write: %w", err)
	}
	return nil
}

// headerRow is the row of the header: one row stays free below the title.
func (t Table) headerRow() int {
	if len(t.Title) == 0 {
		return 1
	}
	return len(t.Title) + 2
}

func writeTable(book *excelize.File, table Table) error {
	if err := book.SetSheetName("Sheet1", table.Sheet); err != nil {
		return err
	}
	if err := book.SetDefaultFont(oldFont); err != nil {
		return err
	}
	looks, err := newLooks(book)
	if err != nil {
		return err
	}
	header := table.headerRow()
	frame := roster.GridSheet{Name: table.Sheet, Rows: []roster.GridRow{
		{Number: header, Cells: make([]roster.GridCell, len(table.Columns))},
		{Number: header + len(table.Rows) + belowRows(table)},
	}}
	frame.Rows[0].Cells[0].Look = roster.HeaderLook
	if err := setPage(book, frame); err != nil {
		return err
	}
	block := "A" + strconv.Itoa(header) + ":" + refOf(header+len(table.Rows), len(table.Columns)-1)
	if err := book.AutoFilter(table.Sheet, block, nil); err != nil {
		return err
	}
	w, err := book.NewStreamWriter(table.Sheet)
	if err != nil {
		return err
	}
	if err := table.stream(w, looks, header); err != nil {
		return err
	}
	return w.Flush()
}

// belowRows is how many rows the lines below take, with one free above them.
func belowRows(table Table) int {
	if len(table.Below) == 0 {
		return 0
	}
	return len(table.Below) + 1
}

// stream writes the rows from the top.
func (t Table) stream(w *excelize.StreamWriter, looks gridLooks, header int) error {
	for i, c := range t.Columns {
		if c.Width > 0 {
			if err := w.SetColWidth(i+1, i+1, min(c.Width, 255)); err != nil {
				return err
			}
		}
	}
	for i, line := range t.Title {
		look := roster.TitleLook
		if i > 0 {
			look = roster.SubtitleLook
		}
		if err := t.line(w, i+1, line, looks[dressed{look: look}]); err != nil {
			return err
		}
	}
	heads := make([]roster.Cell, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = roster.Cell{Text: c.Header, Kind: roster.Text}
	}
	if err := t.row(w, header, heads, looks, roster.HeaderLook); err != nil {
		return err
	}
	for i, row := range t.Rows {
		if err := t.row(w, header+1+i, row, looks, roster.TextLook); err != nil {
			return err
		}
	}
	for i, line := range t.Below {
		if err := t.line(w, header+len(t.Rows)+2+i, line, looks[dressed{look: roster.BareLook}]); err != nil {
			return err
		}
	}
	return nil
}

// line writes a line over or below the table, merged over its width when it is centred.
func (t Table) line(w *excelize.StreamWriter, row int, text string, style int) error {
	if err := w.SetRow(refOf(row, 0), []any{excelize.Cell{StyleID: style, Value: text}}); err != nil {
		return err
	}
	if row > len(t.Title) || len(t.Columns) == 1 {
		return nil
	}
	return w.MergeCell(refOf(row, 0), refOf(row, min(len(t.Columns), titleColumns)-1))
}

// titleColumns is how many columns a line of the title stands over at most: so many are seen at once, on a screen and on a page.
const titleColumns = 9

// Heights of lines in points, and what a column without a width holds in letters.
const (
	lineHeight = 17
	usualWidth = 9
)

// headHeight is how high the header has to be for its longest head, broken between words.
func (t Table) headHeight() float64 {
	most := 1
	for _, c := range t.Columns {
		room := int(c.Width)
		if room == 0 {
			room = usualWidth
		}
		lines, used := 1, 0
		for _, word := range strings.Fields(c.Header) {
			n := utf8.RuneCountInString(word) + 1
			if used > 0 && used+n > room {
				lines, used = lines+1, 0
			}
			used += n
		}
		most = max(most, lines)
	}
	return float64(min(most*lineHeight+4, 400)) // Excel's bound is 409
}

// row writes one row of the table; every cell is drawn.
func (t Table) row(w *excelize.StreamWriter, number int, cells []roster.Cell, looks gridLooks, look roster.Look) error {
	values := make([]any, len(t.Columns))
	for i := range values {
		cell := roster.GridCell{Look: look}
		if i < len(cells) {
			cell.Cell = cells[i]
			cell.Legacy = roster.Unicode
			if cell.Kind == roster.Number {
				cell.Look = roster.NumberLook
			}
		}
		values[i] = gridCell(cell, looks)
	}
	if look == roster.HeaderLook {
		return w.SetRow(refOf(number, 0), values, excelize.RowOpts{Height: t.headHeight()})
	}
	return w.SetRow(refOf(number, 0), values)
}
