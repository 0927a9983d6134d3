package cells

import (
	"errors"

	"lamsach/core/fault"
	"lamsach/core/roster"
)

// LastRow is the last row that a workbook of any kind can have.
const LastRow = 1_048_576

// ErrStopped says that whoever takes the rows wants no more.
var ErrStopped = errors.New("cells: stopped")

// Meter holds the sheets of one file to its limits. It is not safe for use by several goroutines.
type Meter struct {
	limits  Limits
	names   []string
	tallies []tally
}

// tally is what was counted while a sheet was read last.
type tally struct {
	rows, cells int
	wide        int // cells with a value beyond Limits.Columns
	long        int // cells that were cut to Limits.Runes
}

// NewMeter makes the meter of a file; limits that were left zero are the default ones.
func NewMeter(limits Limits) *Meter { return &Meter{limits: limits.OrDefault()} }

// Sheet gives a sheet whose rows come from read. What read returns is told with its place; a sheet may be read more than once.
func (m *Meter) Sheet(name string, hidden bool, read func(*Lines) error) roster.Sheet {
	index := len(m.names)
	m.names, m.tallies = append(m.names, name), append(m.tallies, tally{})
	rows := func(yield func(roster.SheetRow, error) bool) {
		l := m.lines(index, func(row roster.SheetRow) bool { return yield(row, nil) })
		err := read(l)
		m.tallies[index] = l.tally
		if err != nil && !errors.Is(err, ErrStopped) {
			yield(roster.SheetRow{}, WrongSheet(err, name, l.row, l.rows))
		}
	}
	return roster.Sheet{Name: name, Hidden: hidden, Rows: rows}
}

// lines prepares reading a sheet; what the other sheets held counts towards the limits.
func (m *Meter) lines(index int, take func(roster.SheetRow) bool) *Lines {
	l := &Lines{limits: m.limits, take: take, rowsLeft: m.limits.Rows, cellsLeft: m.limits.Cells}
	for i, other := range m.tallies {
		if i != index {
			l.rowsLeft -= other.rows
			l.cellsLeft -= other.cells
		}
	}
	return l
}

// Remarks says what reading the rows left out: columns beyond the limit and the ends of overlong cells. It is complete for the
// sheets that were read to their end.
func (m *Meter) Remarks() []fault.Text {
	var said []fault.Text
	for i, t := range m.tallies {
		if t.wide > 0 {
			said = append(said, fault.T("file.remark.columns", "Sheet", m.names[i], "Limit", m.limits.Columns, "N", t.wide))
		}
		if t.long > 0 {
			said = append(said, fault.T("file.remark.cut", "Sheet", m.names[i], "Limit", m.limits.Runes, "N", t.long))
		}
	}
	return said
}

// Lines gathers the cells of one sheet, row by row from the top, and gives the rows with something in them away.
type Lines struct {
	tally
	limits              Limits
	rowsLeft, cellsLeft int
	take                func(roster.SheetRow) bool
	cells               []roster.Cell
	row                 int
	hidden              bool
	column              int // of the last cell
}

// Limits are the bounds that hold, none of them zero.
func (l *Lines) Limits() Limits { return l.limits }

// Begin starts a row, numbered from 1, which must lie below the last.
func (l *Lines) Begin(row int, hidden bool) error {
	if row <= l.row {
		return Order.Because("row %d after row %d", row, l.row)
	}
	l.row, l.hidden, l.column, l.cells = row, hidden, -1, l.cells[:0]
	return nil
}

// Put sets equal cells side by side from a column on (A is 0), which must lie right of the last. Texts are cut to the limit.
func (l *Lines) Put(column, times int, cell roster.Cell) error {
	if column <= l.column || times < 1 {
		return Order.Because("column %d after column %d", column, l.column)
	}
	l.column = column + times - 1
	if cell.Kind == roster.Empty {
		return l.Count(1) // a stretch of empty cells costs what one costs
	}
	if beyond := min(times, column+times-l.limits.Columns); beyond > 0 {
		l.wide += beyond
		times -= beyond
	}
	if err := l.Count(times); err != nil {
		return err
	}
	if text, wasCut := CutRunes(cell.Text, l.limits.Runes); wasCut {
		cell.Text = text
		l.long += times
	}
	if times > 0 {
		for len(l.cells) < column {
			l.cells = append(l.cells, roster.Cell{})
		}
	}
	for range times {
		l.cells = append(l.cells, cell)
	}
	return nil
}

// Count counts cells towards the limit.
func (l *Lines) Count(cells int) error {
	if cells > l.cellsLeft {
		return ManyCells
	}
	l.cellsLeft -= cells
	l.tally.cells += cells
	return nil
}

// Filled reports whether something stands in the row so far.
func (l *Lines) Filled() bool { return len(l.cells) > 0 }

// End gives the row away when something is in it; ErrStopped when no more are wanted.
func (l *Lines) End() error {
	if !l.Filled() {
		return nil
	}
	if l.row > LastRow {
		return Order.Because("row %d", l.row)
	}
	if l.rowsLeft <= 0 {
		return ManyRows
	}
	l.rowsLeft--
	l.rows++
	if !l.take(roster.SheetRow{Number: l.row, Hidden: l.hidden, Cells: l.cells}) {
		return ErrStopped
	}
	return nil
}

// Repeat ends the row and gives it away so many times in all, under the numbers that follow.
func (l *Lines) Repeat(times int) error {
	last := l.row + times - 1
	err := l.End()
	for l.Filled() && err == nil && l.row < last {
		l.row++
		if err = l.Count(len(l.cells)); err == nil {
			err = l.End()
		}
	}
	l.row = last
	return err
}
