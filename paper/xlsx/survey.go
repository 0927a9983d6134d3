package xlsx

import (
	"context"
	"encoding"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/pack"
)

// extent is the block of cells in use.
type extent struct{ firstRow, lastRow, firstColumn, lastColumn int }

// include widens the block by one cell.
func (e *extent) include(row, column int) {
	if e.firstRow == 0 {
		*e = extent{row, row, column, column}
		return
	}
	e.firstRow, e.lastRow = min(e.firstRow, row), max(e.lastRow, row)
	e.firstColumn, e.lastColumn = min(e.firstColumn, column), max(e.lastColumn, column)
}

// String gives the block as a reference, A1:C9.
func (e extent) String() string {
	if e.firstRow == 0 {
		return "A1"
	}
	from, to := refOf(e.firstRow, e.firstColumn), refOf(e.lastRow, e.lastColumn)
	if from == to {
		return from
	}
	return from + ":" + to
}

// MarshalText gives the block as a reference; of none, nothing.
func (e extent) MarshalText() ([]byte, error) {
	if e.firstRow == 0 {
		return nil, nil
	}
	return []byte(e.String()), nil
}

// UnmarshalText reads what MarshalText gave.
func (e *extent) UnmarshalText(text []byte) error {
	*e = extent{}
	if len(text) == 0 {
		return nil
	}
	var ok bool
	if *e, ok = parseRange(string(text)); !ok {
		return errReference
	}
	return nil
}

// errReference says that a text is no reference.
var errReference = errors.New("xlsx: no reference")

// refOf gives a cell's reference: row 7, column 1 is B7.
func refOf(row, column int) string { return columnName(column) + strconv.Itoa(row) }

func columnName(column int) string { return string(appendColumnName(nil, column)) }

// appendColumnName appends a column's letters: column 27 is AB.
func appendColumnName(dst []byte, column int) []byte {
	var name [3]byte
	i := len(name)
	for column++; column > 0 && i > 0; column = (column - 1) / 26 {
		i--
		name[i] = byte('A' + (column-1)%26)
	}
	return append(dst, name[i:]...)
}

// parseRange reads A1:C9 or A1.
func parseRange(text string) (extent, bool) {
	from, to, two := strings.Cut(strings.ReplaceAll(text, "$", ""), ":")
	if !two {
		to = from
	}
	row, column, ok := parseCell(from)
	row2, column2, ok2 := parseCell(to)
	if !ok || !ok2 || row2 < row || column2 < column {
		return extent{}, false
	}
	return extent{row, row2, column, column2}, true
}

func parseCell(text string) (row, column int, ok bool) {
	letters := 0
	for letters < len(text) && letters < 4 && text[letters] >= 'A' && text[letters] <= 'Z' {
		column = column*26 + int(text[letters]-'A') + 1
		letters++
	}
	row, ok = number([]byte(text[letters:]))
	return row, column - 1, ok && letters > 0 && letters < 4 && row > 0
}

// sighting is what is known of a sheet before it is changed.
type sighting struct {
	*outline

	used    int // last column in use, from two rows above the header's last row to the end of the table; -1: none
	first   int // first column in use in the header's last row; -1: none
	headers map[string]int
}

// survey reads a sheet through to its end, with all the checks of reading; one whose outline was kept, only up to the header.
func (p *patcher) survey(ctx context.Context, i int, plan *sheetPlan) (*sighting, error) {
	entry := p.index.sheets[i]
	part, err := p.archive.Open(entry.part)
	if err != nil {
		return nil, cells.WrongSheet(err, entry.name, 0, 0)
	}
	defer part.Close()
	r := p.book.sheetReader(i, part)
	seen := &sighting{outline: readOutline(plan.patch.Outline, identityOf(part)), first: -1, headers: map[string]int{}}
	header := plan.patch.HeaderRow
	heads := map[int]int{} // shared text → column
	r.onRow = func() error {
		if seen.outline != nil && r.row > header {
			return errStopped
		}
		return ctx.Err()
	}
	r.onCell = func(cell raw) error {
		if r.row == header && (len(cell.value) > 0 || cell.formula) {
			seen.head(r.column, &cell, heads)
		}
		return nil
	}
	if err := r.read(func(roster.SheetRow) bool { return true }); err != nil && !errors.Is(err, errStopped) {
		return nil, cells.WrongSheet(err, entry.name, r.row, r.rows)
	}
	if seen.outline == nil {
		seen.outline = r.trace.whole(identityOf(part))
	}
	seen.used = seen.outline.used(header-2, plan.patch.LastRow)
	return seen, p.lookUp(heads, seen.headers)
}

// head notes a cell of the header.
func (seen *sighting) head(column int, cell *raw, heads map[int]int) {
	if seen.first < 0 {
		seen.first = column
	}
	switch cell.kind {
	case kindShared:
		if index, ok := number(cell.value); ok {
			heads[index] = column
		}
	case kindText, kindInline:
		text, err := appendText(nil, cell.value, cell.decoded)
		if err == nil {
			seen.headers[string(text)] = column
		}
	}
}

// firstFree is the first column to the right of the table: of its cells, of those that the plan fills, and of merged blocks that reach
// into it.
func (seen *sighting) firstFree(plan *sheetPlan) int {
	free, patch := seen.used+1, plan.patch
	for _, c := range plan.cells {
		if c.Row >= patch.HeaderRow && c.Row <= patch.LastRow {
			free = max(free, c.Column+1)
		}
	}
	for _, m := range seen.Merges {
		if m.lastRow >= patch.HeaderRow && m.firstRow <= patch.LastRow && m.firstColumn < free {
			free = max(free, m.lastColumn+1)
		}
	}
	return free
}

// filterRange is the block that the header's filter covers; "" when the sheet keeps the filter that it has, or none: Excel does not open
// a filter that overlaps a table's, and rows that another filter hides would stay hidden for ever.
func (seen *sighting) filterRange(plan *sheetPlan) string {
	block := extent{plan.patch.HeaderRow, max(plan.patch.LastRow, plan.patch.HeaderRow), max(seen.first, 0), seen.used}
	for _, column := range plan.columns {
		block.lastColumn = max(block.lastColumn, column)
	}
	if seen.Tables || block.lastColumn < block.firstColumn {
		return ""
	}
	if old, ok := parseRange(seen.Filter); ok && seen.Active {
		if old.firstRow != block.firstRow || old.firstColumn < block.firstColumn {
			return ""
		}
		block.firstColumn = old.firstColumn // the filter's columns are counted from here
		block.lastRow = max(block.lastRow, old.lastRow)
	}
	return block.String()
}

// lookUp finds the shared texts of a header.
func (p *patcher) lookUp(heads map[int]int, into map[string]int) error {
	if len(heads) == 0 {
		return nil
	}
	if p.index.shared == "" {
		return cells.Reference.Because("no shared texts")
	}
	most := 0
	for index := range heads {
		most = max(most, index)
	}
	table, err := readFrom(p.archive, p.index.shared, func(part *pack.Part) (*sharedStrings, error) { return readSharedUpTo(part, p.limits, most) })
	if err != nil {
		return err
	}
	for index, column := range heads {
		text, _, _, ok := table.at(index)
		if !ok {
			return cells.Reference.Because("text %d of %d", index, len(table.places))
		}
		into[text] = column
	}
	return nil
}

var (
	_ fmt.Stringer             = extent{}
	_ encoding.TextMarshaler   = extent{}
	_ encoding.TextUnmarshaler = (*extent)(nil)
)
