package xlsx

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
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

// rowSet is a set of rows, one bit each.
type rowSet []uint64

func (s *rowSet) add(row int) {
	for len(*s) <= row/64 {
		*s = append(*s, 0)
	}
	(*s)[row/64] |= 1 << (row % 64)
}

func (s rowSet) has(row int) bool { return row/64 < len(s) && s[row/64]&(1<<(row%64)) != 0 }

// sighting is what reading a sheet through tells of it before it is changed.
type sighting struct {
	extent  extent
	rows    rowSet // that are there, with or without cells
	used    int    // last column in use, from two rows above the header's last row to the end of the table; -1: none
	first   int    // first column in use in the header's last row
	headers map[string]int
	merges  []extent
	tables  bool // a table of Excel's own, with a filter of its own
	filter  string
	active  bool // the filter hides rows
	formula bool // a formula is replaced

	formulas bool // there are some
}

// mostMerges bounds the merged blocks that are remembered; later ones lie below any header.
const mostMerges = 10_000

// survey reads a sheet through to its end, with all the checks of reading.
func (p *patcher) survey(ctx context.Context, i int, plan *sheetPlan) (*sighting, error) {
	entry := p.index.sheets[i]
	part, err := p.archive.Open(entry.part)
	if err != nil {
		return nil, cells.WrongSheet(err, entry.name, 0, 0)
	}
	defer part.Close()
	src := io.Reader(part)
	if size := int64(min(part.Unpacked(), math.MaxInt64)); size <= p.room { // nolint:gosec // bounded
		p.room -= size
		kept := bytes.NewBuffer(make([]byte, 0, size))
		src = io.TeeReader(part, kept)
		defer func() { plan.inflated = kept.Bytes() }()
	}
	r := p.book.sheetReader(i, part, src)
	seen := &sighting{used: -1, first: -1, headers: map[string]int{}}
	heads := map[int]int{} // shared text → column
	next := 0
	r.onRow = func() error {
		seen.rows.add(r.row)
		for next < len(plan.cells) && plan.cells[next].Row < r.row {
			next++
		}
		return ctx.Err()
	}
	r.onCell = func(cell raw) error {
		seen.cell(r, plan, &cell, heads)
		seen.formulas = seen.formulas || cell.formula
		for i := next; cell.formula && i < len(plan.cells) && plan.cells[i].Row == r.row; i++ {
			seen.formula = seen.formula || plan.cells[i].Column == r.column && !plan.cells[i].Keep
		}
		return nil
	}
	r.onChild = func() error { return seen.child(r) }
	if err := r.read(func(roster.SheetRow) bool { return true }); err != nil {
		return nil, cells.WrongSheet(err, entry.name, r.row, r.rows)
	}
	return seen, p.lookUp(heads, seen.headers)
}

// cell notes one cell.
func (seen *sighting) cell(r *sheetReader, plan *sheetPlan, cell *raw, heads map[int]int) {
	seen.extent.include(r.row, r.column)
	header := plan.patch.HeaderRow
	if len(cell.value) == 0 && !cell.formula || r.row < header-2 || r.row > plan.patch.LastRow {
		return
	}
	seen.used = max(seen.used, r.column)
	if r.row != header {
		return
	}
	if seen.first < 0 {
		seen.first = r.column
	}
	switch cell.kind {
	case kindShared:
		if index, ok := number(cell.value); ok {
			heads[index] = r.column
		}
	case kindText, kindInline:
		text, err := appendText(nil, cell.value, cell.decoded)
		if err == nil {
			seen.headers[string(text)] = r.column
		}
	}
}

// child notes the elements around the rows that matter for the patch.
func (seen *sighting) child(r *sheetReader) error {
	switch string(r.Name) {
	case "autoFilter":
		seen.filter = string(r.Attr("ref"))
		seen.active = !r.Empty
	case "tableParts":
		seen.tables = true
	case "mergeCells":
		return seen.mergeCells(r)
	}
	return r.Skip()
}

func (seen *sighting) mergeCells(r *sheetReader) error {
	if r.Empty {
		return nil
	}
	for outside := r.Depth() - 1; r.Depth() > outside; {
		if _, err := r.Next(); err != nil {
			return err
		}
		if r.Is("mergeCell") && len(seen.merges) < mostMerges {
			if block, ok := parseRange(string(r.Attr("ref"))); ok {
				seen.merges = append(seen.merges, block)
			}
		}
	}
	return nil
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
	for _, m := range seen.merges {
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
	if seen.tables || block.lastColumn < block.firstColumn {
		return ""
	}
	if old, ok := parseRange(seen.filter); ok && seen.active {
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

var _ fmt.Stringer = extent{}
