package xlsx

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"lamsach/core/roster"
	"lamsach/core/viet"
	"lamsach/paper/cells"
)

// Rebuild writes the rows of a book that is no workbook of ours (.csv, .xls, a web page, a document) as a new workbook with a plan's
// changes: every sheet, and every row under its number. Texts typed for the fonts of the nineties become Unicode, since the new
// workbook has another font. The rows are read once, in order, and kept; an error that they end with is given back as it is, and then
// nothing was written. A plan for a sheet that the book does not have is an error. The same book and plan give the same bytes.
func Rebuild(ctx context.Context, book roster.Book, out io.Writer, plan PatchPlan) error {
	f := excelize.NewFile()
	defer f.Close() // closes temporary files only
	r := &rebuilder{file: f, plan: plan, looks: map[rebuiltLook]int{}}
	if err := r.sheets(ctx, book); err != nil {
		return err
	}
	if err := r.legend(); err != nil {
		return fmt.Errorf("xlsx: rebuild: %w", err)
	}
	if err := writeInOrder(out, f); err != nil {
		return fmt.Errorf("xlsx: rebuild: %w", err)
	}
	return nil
}

// rebuilder writes one workbook.
type rebuilder struct {
	file  *excelize.File
	plan  PatchPlan
	names []string // of the sheets that were written
	looks map[rebuiltLook]int
}

// rebuiltLook is how a cell looks.
type rebuiltLook struct {
	mark         Mark
	table        bool // bordered
	header, date bool
	text         bool // typing into it keeps zeros
}

func (r *rebuilder) sheets(ctx context.Context, book roster.Book) error {
	if err := r.file.SetDefaultFont(officeFont); err != nil {
		return fmt.Errorf("xlsx: rebuild: %w", err)
	}
	// What was read is held to no further limits than the largest sheet's.
	kept := cells.NewStore(cells.Limits{Strings: math.MaxInt, Rows: math.MaxInt, Cells: math.MaxInt, Columns: lastColumn + 1})
	known := 0
	for i, sheet := range book.Sheets {
		if err := ctx.Err(); err != nil {
			return err
		}
		patch, planned := r.plan.Sheets[sheet.Name]
		if planned {
			known++
		}
		rebuilt := &rebuiltSheet{rebuilder: r, plan: sheetPlan{patch: patch}, rows: kept.Table()}
		if err := rebuilt.survey(ctx, sheet); err != nil {
			return err
		}
		if err := rebuilt.write(r.name(sheet.Name), i == 0); err != nil {
			return err
		}
	}
	if known < len(r.plan.Sheets) {
		return fmt.Errorf("xlsx: the plan names %d sheets, of which the book has %d", len(r.plan.Sheets), known)
	}
	if err := r.hide(book); err != nil {
		return fmt.Errorf("xlsx: rebuild: %w", err)
	}
	return nil
}

// hide hides the sheets that were hidden. Excel opens no workbook without a sheet to be seen, so then all are.
func (r *rebuilder) hide(book roster.Book) error {
	seen := slices.IndexFunc(book.Sheets, func(s roster.Sheet) bool { return !s.Hidden })
	if seen < 0 {
		return nil
	}
	at, err := r.file.GetSheetIndex(r.names[seen])
	if err != nil {
		return err
	}
	r.file.SetActiveSheet(at)
	for i, sheet := range book.Sheets {
		if sheet.Hidden {
			if err := r.file.SetSheetVisible(r.names[i], false); err != nil {
				return err
			}
		}
	}
	return nil
}

// officeFont is the font of official papers.
const officeFont = "Times New Roman"

// name makes a name that Excel takes: not too long, without signs that it forbids, and unlike the others.
func (r *rebuilder) name(wanted string) string {
	clean := strings.Map(func(c rune) rune {
		if strings.ContainsRune(`:\/?*[]`, c) || c < ' ' {
			return ' '
		}
		return c
	}, wanted)
	clean = cutName(strings.Trim(strings.TrimSpace(clean), "'"), longestSheetName)
	clean = cmp.Or(clean, "Sheet")
	given := clean
	for n := 2; r.taken(given); n++ {
		suffix := fmt.Sprintf(" (%d)", n)
		given = cutName(clean, longestSheetName-len(suffix)) + suffix
	}
	r.names = append(r.names, given)
	return given
}

func (r *rebuilder) taken(name string) bool {
	return slices.ContainsFunc(r.names, func(given string) bool { return strings.EqualFold(given, name) })
}

// rebuiltSheet writes one sheet.
type rebuiltSheet struct {
	*rebuilder
	plan    sheetPlan
	rows    *cells.Table
	widths  []int // runes of the longest line, by column
	last    int   // row
	headers map[string]int
	edited  []edit
}

// survey reads the rows and keeps them: what they need in width, and where our columns go.
func (s *rebuiltSheet) survey(ctx context.Context, sheet roster.Sheet) error {
	if err := errors.Join(s.plan.sortCells(), s.plan.sortColumns()); err != nil {
		return err
	}
	s.headers = map[string]int{}
	used := -1
	for row, err := range sheet.Rows {
		if err == nil && row.Number%1000 == 0 {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if err := s.rows.Add(row.Number, row.Hidden, row.Cells); err != nil {
			return cells.WrongSheet(err, sheet.Name, row.Number, s.rows.Rows)
		}
		s.last = row.Number
		inTable := s.inTable(row.Number)
		for i, c := range row.Cells {
			if c.Kind == roster.Empty {
				continue
			}
			if row.Number == s.plan.patch.HeaderRow {
				s.headers[unicodeText(c)] = i
			}
			if inTable {
				used = max(used, i)
			}
			s.widen(i, c.Text, inTable)
		}
	}
	s.plan.columns, s.plan.old = nil, nil
	if s.plan.patch.HeaderRow > 0 {
		for _, c := range s.plan.patch.Columns {
			at, again := s.headers[c.Header]
			if !again {
				used++
				at = used
			}
			s.plan.columns, s.plan.old = append(s.plan.columns, at), append(s.plan.old, again)
			s.widen(at, c.Header, true)
			s.widths[at] = max(s.widths[at], int(c.Width))
		}
	}
	for _, c := range s.plan.cells {
		s.last = max(s.last, c.Row)
		s.widen(c.Column, "", true)
	}
	if len(s.plan.columns) > 0 {
		s.last = max(s.last, s.plan.patch.HeaderRow, s.plan.patch.LastRow)
	}
	return nil
}

// inTable reports whether a row belongs to the list, with its header.
func (s *rebuiltSheet) inTable(row int) bool {
	return s.plan.patch.HeaderRow > 0 && row >= s.plan.patch.HeaderRow && row <= s.plan.patch.LastRow
}

const (
	narrowest = 6  // characters
	widest    = 40 // longer texts go on in the next line
)

// widen makes a column as wide as a text of the list; titles run over the cells beside them.
func (s *rebuiltSheet) widen(column int, text string, inTable bool) {
	for len(s.widths) <= column {
		s.widths = append(s.widths, narrowest)
	}
	if !inTable {
		return
	}
	for line := range strings.Lines(text) {
		s.widths[column] = min(widest, max(s.widths[column], utf8.RuneCountInString(line)+2))
	}
}

// write streams the sheet.
func (s *rebuiltSheet) write(name string, first bool) error {
	var err error
	if first {
		err = s.file.SetSheetName("Sheet1", name)
	} else {
		_, err = s.file.NewSheet(name)
	}
	if err == nil {
		err = s.page(name)
	}
	if err != nil {
		return fmt.Errorf("xlsx: rebuild: %w", err)
	}
	w, err := s.file.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("xlsx: rebuild: %w", err)
	}
	for i, width := range s.widths {
		if err := w.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return fmt.Errorf("xlsx: rebuild: %w", err)
		}
	}
	next := 1 // row to write
	upTo := func(row int) {
		for ; err == nil && next < row; next++ {
			err = s.row(w, roster.SheetRow{Number: next})
		}
	}
	s.rows.Each(func(row roster.SheetRow) bool {
		if upTo(row.Number); err == nil {
			err = s.row(w, row)
		}
		next = row.Number + 1
		return err == nil
	})
	if upTo(s.last + 1); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("xlsx: rebuild: %w", err)
	}
	return nil
}

// row writes one row with what changes in it. A row without cells is not written.
func (s *rebuiltSheet) row(w *excelize.StreamWriter, row roster.SheetRow) error {
	from, _ := slices.BinarySearchFunc(s.plan.cells, row.Number, func(c CellPatch, n int) int { return cmp.Compare(c.Row, n) })
	s.edited = s.plan.edits(row.Number, from, s.edited[:0])
	if len(row.Cells) == 0 && len(s.edited) == 0 {
		return nil
	}
	inTable, header := s.inTable(row.Number), row.Number == s.plan.patch.HeaderRow
	width := len(row.Cells)
	for _, e := range s.edited {
		width = max(width, e.column+1)
	}
	values := make([]any, width)
	for i := range values {
		look := rebuiltLook{table: inTable, header: header}
		var cell roster.Cell
		if i < len(row.Cells) {
			cell = row.Cells[i]
		}
		for _, e := range s.edited {
			if e.column == i {
				look.mark = e.mark
				if !e.keep {
					cell = e.value
				}
			}
		}
		value, err := s.cell(cell, look)
		if err != nil {
			return fmt.Errorf("xlsx: rebuild: %w", err)
		}
		values[i] = value
	}
	if err := w.SetRow("A"+strconv.Itoa(row.Number), values, excelize.RowOpts{Hidden: row.Hidden}); err != nil {
		return fmt.Errorf("xlsx: rebuild: %w", err)
	}
	return nil
}

// cell gives a cell its type and look. Text never becomes a formula or a number, whatever it begins with.
func (s *rebuiltSheet) cell(cell roster.Cell, look rebuiltLook) (excelize.Cell, error) {
	var made excelize.Cell
	switch cell.Kind {
	case roster.Number:
		made.Value = cell.Text
		if n, err := strconv.ParseFloat(cell.Text, 64); err == nil {
			made.Value = n
		}
	case roster.Date:
		if at, err := parseDay(cell.Text); err == nil {
			made.Value, look.date = at.Sub(serialZero).Hours()/24, true
		} else {
			made.Value = cell.Text
		}
	case roster.Bool:
		made.Value = cell.Text == "1"
	case roster.Text, roster.Fault:
		made.Value, look.text = unicodeText(cell), look.table
	case roster.Empty, roster.Uncomputed:
	}
	var err error
	made.StyleID, err = s.style(look)
	return made, err
}

// parseDay reads the text of a Date cell.
func parseDay(text string) (time.Time, error) {
	if at, err := time.Parse("2006-01-02T15:04:05", text); err == nil {
		return at, nil
	}
	return time.Parse("2006-01-02", text)
}

// unicodeText is the text as it is read in any font.
func unicodeText(cell roster.Cell) string {
	switch cell.Legacy {
	case roster.TCVN3:
		return viet.FromTCVN3(cell.Text)
	case roster.VNI:
		return viet.FromVNI(cell.Text)
	}
	return cell.Text
}
