package xlsx

import (
	"bytes"
	"errors"
	"strconv"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// errStopped says that whoever takes the rows wants no more.
var errStopped = errors.New("xlsx: stopped")

// The last row and column that a workbook can have.
const (
	lastRow    = 1_048_576
	lastColumn = 16_383 // XFD
)

// sheetReader reads the rows of one sheet.
type sheetReader struct {
	*markup.Scanner
	tally
	book      *Book
	rowsLeft  int
	cellsLeft int
	arena     cells.Arena
	dates     dates
	hideRows  bool // rows are hidden unless they say otherwise

	believable int // rows that the part has room for

	onCell func(cell raw) error // takes the cells, instead of the row
	onRow  func() error         // hears of each row
	trace  tracer

	row     int
	rowText []byte // its number and a quote, as cells repeat it
	hidden  bool
	column  int // of the last cell; -1 before the first
	cells   []roster.Cell
	used    int // cells up to the last one with something in it
	scratch []byte
}

// read gives every row with something in it to take, until take returns false.
func (r *sheetReader) read(take func(roster.SheetRow) bool) error {
	if err := r.Root("worksheet"); err != nil {
		return err
	}
	seen := false
	for {
		kind, err := r.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.End:
			if !seen {
				return cells.Malformed.Because("no sheetData")
			}
			return nil
		case kind != markup.Open:
			continue
		}
		switch string(r.Name) {
		case "sheetFormatPr":
			r.hideRows = truth(r.Attr("zeroHeight"))
			err = r.Skip()
		case "dimension":
			r.expected = min(lastRowOf(r.Attr("ref")), r.believable)
			err = r.Skip()
		case "sheetData":
			if seen {
				return cells.Malformed.Because("sheetData twice")
			}
			seen = true
			err = r.readData(take)
		default:
			err = r.trace.child(r.Scanner)
		}
		if err != nil {
			return err
		}
	}
}

// Fewer bytes than a row of a list takes, and takes packed: a sheet that claims more rows than fit is not believed.
const (
	leastRow    = 200
	leastPacked = 20
)

// lastRowOf reads the last row of a range such as A1:Y106; 0 when it names none.
func lastRowOf(ref []byte) int {
	_, last, _ := bytes.Cut(ref, []byte(":"))
	n, _ := number(bytes.TrimLeft(last, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return max(0, n)
}

// readData reads the rows.
func (r *sheetReader) readData(take func(roster.SheetRow) bool) error {
	if r.Empty {
		return nil
	}
	for {
		kind, err := r.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.Close:
			return nil
		case kind == markup.Text:
			err = r.onlyBlank()
		case string(r.Name) == "row":
			err = r.readRow(take)
		default:
			err = r.onlyExtension()
		}
		if err != nil {
			return err
		}
	}
}

// onlyBlank refuses letters between the cells: a tag that was damaged would look like that.
func (r *sheetReader) onlyBlank() error {
	if !markup.Blank(r.Raw) {
		return cells.Malformed.Because("text between cells")
	}
	return nil
}

// onlyExtension skips what other programs may add, and refuses everything else.
func (r *sheetReader) onlyExtension() error {
	if string(r.Name) != "extLst" {
		return cells.Malformed.Because("an unknown tag among the cells")
	}
	return r.Skip()
}

// readRow reads a row and gives it to take when something is in it.
func (r *sheetReader) readRow(take func(roster.SheetRow) bool) error {
	if err := r.beginRow(); err != nil {
		return err
	}
	r.trace.begin(r.row)
	if r.onRow != nil {
		if err := r.onRow(); err != nil {
			return err
		}
	}
	if !r.Empty {
		if err := r.readCells(); err != nil {
			return err
		}
		r.trace.end(r.row, r.column)
	}
	if r.used == 0 {
		return nil
	}
	if r.rowsLeft == 0 {
		return cells.ManyRows
	}
	r.rowsLeft--
	r.rows++
	if !take(roster.SheetRow{Number: r.row, Hidden: r.hidden, Cells: r.cells[:r.used]}) {
		return errStopped
	}
	return nil
}

// beginRow reads the row's tag.
func (r *sheetReader) beginRow() error {
	before := r.row
	r.row++
	r.hidden = r.hideRows
	height, own := "", false
	for i := range r.Tag {
		value := r.Tag[i].Value
		switch string(r.Tag[i].Name) {
		case "r":
			n, ok := number(value)
			if !ok {
				return cells.Order.Because("a row number that is none")
			}
			r.row = n
		case "hidden":
			r.hidden = truth(value)
		case "ht":
			height = string(value)
		case "customHeight":
			own = truth(value)
		}
	}
	if r.row <= before || r.row > lastRow {
		return cells.Order.Because("row %d after row %d", r.row, before)
	}
	if own && height != "" {
		f, err := strconv.ParseFloat(height, 64)
		r.hidden = r.hidden || err == nil && f == 0
	}
	r.rowText = append(strconv.AppendInt(r.rowText[:0], int64(r.row), 10), '"')
	r.column, r.used, r.cells = -1, 0, r.cells[:0]
	return nil
}

// readCells reads the cells up to the row's end.
func (r *sheetReader) readCells() error {
	for {
		for {
			ok, err := r.quickCell()
			if err != nil {
				return err
			}
			if !ok {
				break
			}
		}
		kind, err := r.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.Close:
			return nil
		case kind == markup.Text:
			err = r.onlyBlank()
		case string(r.Name) == "c":
			err = r.readCell()
		default:
			err = r.onlyExtension()
		}
		if err != nil {
			return err
		}
	}
}

// place reads a cell's reference, such as AB12, and moves to its column.
func (r *sheetReader) place(reference []byte) error {
	column := r.column + 1
	if reference != nil {
		i := 0
		column = 0
		for ; i < len(reference) && i < 4 && reference[i] >= 'A' && reference[i] <= 'Z'; i++ {
			column = column*26 + int(reference[i]-'A') + 1
		}
		column--
		if i == 0 || !bytes.Equal(reference[i:], r.rowText[:len(r.rowText)-1]) {
			return cells.Order.Because("a cell of another row")
		}
	}
	return r.moveTo(column)
}

// moveTo goes to a column, which must be further right than the last.
func (r *sheetReader) moveTo(column int) error {
	if column <= r.column || column > lastColumn {
		return cells.Order.Because("column %d after column %d", column, r.column)
	}
	if r.column < 0 {
		r.trace.first = column
	}
	r.column = column
	if r.cellsLeft == 0 {
		return cells.ManyCells
	}
	r.cellsLeft--
	r.tally.cells++
	return nil
}
