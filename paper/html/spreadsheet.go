package html

import (
	"io"
	"strconv"
	"strings"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/core/viet"
	"lamsach/paper/cells"
	"lamsach/paper/letters"
	"lamsach/paper/markup"
)

// OpenSpreadsheet reads XML Spreadsheet 2003. A file that is not well-formed to its end, or has a document type, is refused with a
// *fault.Error of kind Unreadable that names the row; a zero Limits stands for cells.DefaultLimits.
func OpenSpreadsheet(r io.ReaderAt, size int64, limits cells.Limits) (roster.Book, error) {
	limits = limits.OrDefault()
	if size > limits.Unpacked {
		return roster.Book{}, cells.Wrong(cells.TooLarge.Because("%d bytes", size))
	}
	encoding, err := declared(r, size)
	if err != nil {
		return roster.Book{}, err
	}
	text := encoding.Reader(io.NewSectionReader(r, 0, size))
	if encoding != letters.UTF8 {
		text = &undeclared{r: text}
	}
	w := &workbook{scanner: markup.NewScanner(text), store: cells.NewStore(limits), fonts: map[string]cells.Font{}}
	w.legacy, w.compose = encoding.Legacy(), encoding == letters.Windows1258
	if err := w.read(); err != nil {
		if w.table == nil {
			return roster.Book{}, cells.Wrong(err)
		}
		return roster.Book{}, cells.WrongSheet(err, w.table.Name, w.at, w.table.Rows)
	}
	if len(w.tables) == 0 {
		return roster.Book{}, cells.NoSheet()
	}
	return cells.Book("xml2003", w.tables), nil
}

// workbook reads one XML Spreadsheet.
type workbook struct {
	scanner *markup.Scanner
	store   *cells.Store
	legacy  roster.Legacy         // of texts whose font says nothing else
	compose bool                  // letters and their tones stand apart
	fonts   map[string]cells.Font // by style
	tables  []*cells.Table

	table  *cells.Table // that is read
	row    int          // the last that was passed
	at     int          // the one that is read
	cells  []roster.Cell
	covers []int // by column: how many rows below a merged block still covers
	buffer []byte
}

// read reads the root.
func (w *workbook) read() error {
	s := w.scanner
	if token, err := w.opening(); err != nil {
		return err
	} else if token != markup.Open || string(s.Name) != "Workbook" {
		return cells.Malformed.Because("another root")
	}
	err := s.Children(func() error {
		switch string(s.Name) {
		case "Styles":
			return s.Children(w.style)
		case "Worksheet":
			return w.sheet()
		}
		return s.Skip()
	})
	if err != nil {
		return err
	}
	for {
		if token, err := s.Next(); err != nil || token == markup.End {
			return err
		}
	}
}

// opening finds the root.
func (w *workbook) opening() (markup.Token, error) {
	for {
		if token, err := w.scanner.Next(); err != nil || token != markup.Text {
			return token, err
		}
	}
}

// attr gives an attribute of the start tag in the namespace of spreadsheets, which writers call ss or take as the default.
func (w *workbook) attr(name string) string {
	value := w.scanner.Attr("ss:" + name)
	if value == nil {
		value = w.scanner.Attr(name)
	}
	if value == nil {
		return ""
	}
	text, err := markup.AppendText(nil, value, false)
	if err != nil {
		return ""
	}
	return string(text)
}

// style notes a style's font.
func (w *workbook) style() error {
	id := w.attr("ID")
	return w.scanner.Children(func() error {
		if string(w.scanner.Name) == "Font" {
			w.fonts[id] = cells.FontOf(w.attr("FontName"))
		}
		return w.scanner.Skip()
	})
}

// sheet reads a worksheet. Whether it is hidden stands behind its table.
func (w *workbook) sheet() error {
	w.table, w.row, w.at, w.covers = w.store.Table(), 0, 0, w.covers[:0]
	w.table.Name = w.attr("Name")
	if w.table.Name == "" {
		w.table.Name = sheetNumber(len(w.tables) + 1)
	}
	w.tables = append(w.tables, w.table)
	if len(w.tables) > w.store.Limits().Entries {
		return fault.New(fault.Unreadable, "file.too_many_parts", "Limit", w.store.Limits().Entries)
	}
	return w.scanner.Children(func() error {
		switch string(w.scanner.Name) {
		case "Table":
			return w.rows()
		case "WorksheetOptions":
			return w.scanner.Children(w.option)
		}
		return w.scanner.Skip()
	})
}

func (w *workbook) option() error {
	if string(w.scanner.Name) != "Visible" {
		return w.scanner.Skip()
	}
	text, _, err := w.text()
	if strings.HasPrefix(strings.TrimSpace(text), "SheetHidden") || strings.HasPrefix(strings.TrimSpace(text), "SheetVeryHidden") {
		w.table.Hidden = true
	}
	return err
}

// rows reads a table.
func (w *workbook) rows() error {
	font := w.fonts[w.attr("StyleID")].Or(w.fonts["Default"])
	return w.scanner.Children(func() error {
		if string(w.scanner.Name) != "Row" {
			return w.scanner.Skip()
		}
		number, err := w.index(w.row + 1)
		if err != nil {
			return err
		}
		w.pass(number)
		w.at = number
		hidden, rowFont := w.attr("Hidden") == "1", w.fonts[w.attr("StyleID")].Or(font)
		extra, err := w.count("Span", cells.LastRow)
		if err != nil {
			return err
		}
		w.cells = w.cells[:0]
		if err := w.scanner.Children(func() error { return w.cell(rowFont) }); err != nil {
			return err
		}
		if err := w.table.Add(number, hidden, w.cells); err != nil {
			return err
		}
		w.pass(number + 1 + extra)
		return nil
	})
}

// pass leaves blocks behind that end above a row.
func (w *workbook) pass(number int) {
	if passed := number - w.row - 1; passed > 0 {
		for i := range w.covers {
			w.covers[i] = max(0, w.covers[i]-passed)
		}
	}
	w.row = max(w.row, number-1)
}

// index reads where an element stands, when it says so.
func (w *workbook) index(next int) (int, error) {
	text := w.attr("Index")
	if text == "" {
		return next, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < next {
		return 0, cells.Order.Because("an index below %d", next)
	}
	return n, nil
}

// count reads how many rows or columns more an element covers.
func (w *workbook) count(name string, most int) (int, error) {
	text := w.attr(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 || n > most {
		return 0, cells.Malformed.Because("a block out of bounds")
	}
	return n, nil
}

const lastColumn = 16_384

// cell reads a cell of the row.
func (w *workbook) cell(font cells.Font) error {
	if string(w.scanner.Name) != "Cell" {
		return w.scanner.Skip()
	}
	column := len(w.cells)
	for column < len(w.covers) && w.covers[column] > 0 {
		column++
	}
	number, err := w.index(column + 1)
	if err != nil {
		return err
	}
	across, err := w.count("MergeAcross", lastColumn)
	if err != nil {
		return err
	}
	down, err := w.count("MergeDown", cells.LastRow)
	if err != nil {
		return err
	}
	formula := w.attr("Formula") != ""
	value, err := w.value(w.fonts[w.attr("StyleID")].Or(font))
	if err != nil {
		return err
	}
	if formula && value.Kind == roster.Empty {
		value.Kind = roster.Uncomputed
	}
	last := number + across
	if last > lastColumn {
		return cells.Order.Because("column %d", last)
	}
	for len(w.cells) < number-1 {
		w.cells = append(w.cells, roster.Cell{})
	}
	w.cells = append(w.cells, value)
	for len(w.cells) < last {
		w.cells = append(w.cells, roster.Cell{})
	}
	for i := number - 1; i < last && down > 0; i++ {
		for len(w.covers) <= i {
			w.covers = append(w.covers, 0)
		}
		w.covers[i] = down + 1 // with this row
	}
	return nil
}

// value reads what a cell holds; a comment of its own is passed over.
func (w *workbook) value(font cells.Font) (value roster.Cell, err error) {
	err = w.scanner.Children(func() error {
		if string(w.scanner.Name) != "Data" {
			return w.scanner.Skip()
		}
		kind := w.attr("Type")
		text, inner, err := w.text()
		if err == nil {
			value, err = typed(kind, text)
		}
		if value.Kind == roster.Text {
			if value.Legacy = inner.Or(font).Legacy(); value.Legacy == roster.Unicode {
				value.Legacy = w.legacy
			}
			if w.compose {
				value.Text = viet.NFC(value.Text)
			}
		}
		return err
	})
	return value, err
}

// text reads the text of an element, with what is inside the elements in it, and the font that these name.
func (w *workbook) text() (string, cells.Font, error) {
	w.buffer = w.buffer[:0]
	font := cells.InheritedFont
	if w.scanner.Empty {
		return "", font, nil
	}
	for outside := w.scanner.Depth() - 1; ; {
		token, err := w.scanner.Next()
		switch {
		case err != nil:
			return "", font, err
		case token == markup.End, token == markup.Close && w.scanner.Depth() == outside:
			return string(w.buffer), font, nil
		case token == markup.Open && string(w.scanner.Name) == "Font":
			font = max(font, cells.FontOf(string(w.scanner.Attr("html:Face"))))
		case token == markup.Text:
			if w.buffer, err = markup.AppendText(w.buffer, w.scanner.Raw, w.scanner.CDATA); err != nil {
				return "", font, err
			}
		}
	}
}
