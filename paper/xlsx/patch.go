package xlsx

import (
	"archive/zip"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/klauspost/compress/flate"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/pack"
)

// Mark says how a cell of the patched copy stands out.
type Mark uint8

// The marks.
const (
	NoMark Mark = iota
	InfoMark
	Changed
	WarningMark
	ErrorMark
)

// CellPatch changes one cell: it gets the value of Cell and the colour of Mark, or, with Keep, the colour alone. Dates are written as
// days, everything else as text, so that a number keeps its leading zeros and no text is ever a formula; an empty Cell clears.
type CellPatch struct {
	Row    int // as Excel shows it
	Column int // A is 0
	Cell   roster.Cell
	Keep   bool
	Mark   Mark
}

// AddedColumn is a column of ours to the right of the table. A column that already has this header, from an earlier copy, is
// written anew instead of being added a second time.
type AddedColumn struct {
	Header string
	Width  float64   // in characters; 0 leaves the default
	Values []RowText // in any order, each row at most once; rows that are not there get the border alone
	Mark   Mark
}

// RowText is what a column has to say in a row, as Excel shows the row.
type RowText struct {
	Row  int
	Text string
}

// SheetPatch is what changes on one sheet.
type SheetPatch struct {
	Cells     []CellPatch // in any order, each cell at most once
	Columns   []AddedColumn
	HeaderRow int  // last row of the header; 0: no header, then Columns and Filter have no effect
	LastRow   int  // of the table
	Filter    bool // the header gets a filter over the whole table
	Landscape bool // printed on A4 across, one page wide

	// Outline is what reading this sheet told (roster.SheetInfo.Outline). With it the sheet is not read a second time; without it, or
	// when it is that of another sheet, it is.
	Outline []byte
}

// LegendLine is one line of the legend sheet, its cell coloured by Mark.
type LegendLine struct {
	Mark Mark
	Text string
}

// PatchPlan is what changes in a workbook.
type PatchPlan struct {
	Sheets     map[string]SheetPatch // by the sheet's name
	LegendName string                // "": no legend sheet
	Legend     []LegendLine
}

// deflateLevel is the fastest: the copy is a fifth larger than at the level that archive/zip takes, and done in a fifth of its time.
const deflateLevel = 1

// Patch writes the workbook in again with a plan's changes: his fonts, widths, titles and pictures stay as they are, and parts that do
// not change are copied as they are packed. Sheets without an outline are read through before the first byte is written, so a file that cannot
// be read whole leaves out untouched; then, and when a sheet with an outline turns out so on the way, the error is a *fault.Error as Open
// gives it. Macros are left out; a workbook with sheets of them is refused with ErrMacroSheet, before anything is written. The same plan
// gives the same bytes. Memory does not grow with the rows.
func Patch(ctx context.Context, in io.ReaderAt, size int64, out io.Writer, plan PatchPlan) error {
	p := &patcher{plan: plan, limits: cells.DefaultLimits()}
	if err := p.prepare(ctx, in, size); err != nil {
		return cells.Wrong(err)
	}
	return cells.Wrong(p.write(ctx, out))
}

// patcher carries a plan out.
type patcher struct {
	plan    PatchPlan
	limits  cells.Limits
	archive *archive
	index   *index
	styles  *restyler
	book    *Book
	sheets  map[string]*sheetPlan // by part key
	parts   map[string]func(io.Writer) error
	dropped map[string]bool // parts that are not copied
	added   []addedPart
	named   bool // the workbook part's defined names were passed
	stale   bool // formulas may hold what was true before
	formula bool // a formula may be replaced: the order of calculation is no longer true

	deflater *flate.Writer
}

// addedPart is a part that the workbook did not have.
type addedPart struct {
	name  string
	write func(io.Writer) error
}

// sheetPlan is a SheetPatch made ready for its sheet.
type sheetPlan struct {
	patch   SheetPatch
	cells   []CellPatch // in order of rows and columns
	entry   sheetEntry
	extent  extent
	columns []int // of patch.Columns
	reached []int // of each column's values
	old     []bool
	filter  string
}

// edit is one cell that changes.
type edit struct {
	column int
	value  roster.Cell
	keep   bool
	mark   Mark
	ours   bool // in an added column
	header bool
}

// prepare reads everything once and decides what is written.
func (p *patcher) prepare(ctx context.Context, in io.ReaderAt, size int64) error {
	var err error
	if p.archive, err = openArchive(in, size, p.limits); err != nil {
		return err
	}
	if p.index, err = p.archive.readIndex(); err != nil {
		return err
	}
	if p.styles, err = newRestyler(p.archive, p.index); err != nil {
		return err
	}
	p.book = &Book{archive: p.archive, index: p.index, styles: p.styles.looks, limits: p.limits, tallies: make([]tally, len(p.index.sheets))}
	p.sheets = map[string]*sheetPlan{}
	for i, entry := range p.index.sheets {
		if patch, ok := p.plan.Sheets[entry.name]; ok {
			plan, err := p.planSheet(ctx, i, patch)
			if err != nil {
				return err
			}
			p.sheets[pack.Key(entry.part)] = plan
		}
	}
	if len(p.sheets) < len(p.plan.Sheets) {
		return fmt.Errorf("xlsx: the plan names %d sheets, of which the workbook has %d", len(p.plan.Sheets), len(p.sheets))
	}
	return p.planParts()
}

// planSheet reads a sheet through and places the changes on it.
func (p *patcher) planSheet(ctx context.Context, i int, patch SheetPatch) (*sheetPlan, error) {
	plan := &sheetPlan{patch: patch, entry: p.index.sheets[i]}
	if err := errors.Join(plan.sortCells(), plan.sortColumns()); err != nil {
		return nil, err
	}
	seen, err := p.survey(ctx, i, plan)
	if err != nil {
		return nil, err
	}
	plan.extent = seen.Extent
	for _, c := range plan.cells {
		plan.extent.include(c.Row, c.Column)
		if !c.Keep && len(seen.Formulas) > 0 {
			p.stale = true
			p.formula = p.formula || seen.hasFormulas(c.Column)
		}
	}
	if patch.HeaderRow == 0 {
		return plan, nil
	}
	if err := plan.placeColumns(seen); err != nil {
		return nil, err
	}
	if patch.Filter {
		plan.filter = seen.filterRange(plan)
	}
	return plan, nil
}

// sortColumns brings the values of the added columns into order.
func (plan *sheetPlan) sortColumns() error {
	order := func(a, b RowText) int { return cmp.Compare(a.Row, b.Row) }
	plan.patch.Columns = slices.Clone(plan.patch.Columns)
	plan.reached = make([]int, len(plan.patch.Columns))
	for i := range plan.patch.Columns {
		c := &plan.patch.Columns[i]
		if !slices.IsSortedFunc(c.Values, order) {
			c.Values = slices.SortedFunc(slices.Values(c.Values), order)
		}
		for j := 1; j < len(c.Values); j++ {
			if c.Values[j].Row == c.Values[j-1].Row {
				return fmt.Errorf("xlsx: added column %d speaks twice in row %d", i, c.Values[j].Row)
			}
		}
	}
	return nil
}

// sortCells brings the changed cells into order.
func (plan *sheetPlan) sortCells() error {
	order := func(a, b CellPatch) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column)) }
	plan.cells = plan.patch.Cells
	if !slices.IsSortedFunc(plan.cells, order) {
		plan.cells = slices.SortedFunc(slices.Values(plan.cells), order)
	}
	for i, c := range plan.cells {
		if c.Row < 1 || c.Row > lastRow || c.Column < 0 || c.Column > lastColumn {
			return fmt.Errorf("xlsx: no cell in row %d, column %d", c.Row, c.Column)
		}
		if i > 0 && order(plan.cells[i-1], c) == 0 {
			return fmt.Errorf("xlsx: row %d, column %d is patched twice", c.Row, c.Column)
		}
	}
	return nil
}

// placeColumns gives the added columns their place: to the right of the table, or where an earlier copy put them.
func (plan *sheetPlan) placeColumns(seen *sighting) error {
	next := seen.firstFree(plan)
	for _, c := range plan.patch.Columns {
		at, again := seen.headers[c.Header]
		delete(seen.headers, c.Header) // two columns of one header stay two
		if !again {
			at = next
			next++
		}
		if at > lastColumn {
			return fmt.Errorf("xlsx: no room for column %d", at)
		}
		plan.columns, plan.old = append(plan.columns, at), append(plan.old, again)
	}
	if len(plan.columns) == 0 {
		return nil
	}
	from, to := slices.Min(plan.columns), slices.Max(plan.columns)
	for _, row := range []int{plan.patch.HeaderRow, seen.Rows.last(plan.patch.HeaderRow, plan.patch.LastRow), plan.lastValue()} {
		if row > 0 {
			plan.extent.include(row, from)
			plan.extent.include(row, to)
		}
	}
	return nil
}

// lastValue is the last row of the table in which an added column has something to say; 0 when there is none.
func (plan *sheetPlan) lastValue() (last int) {
	for _, c := range plan.patch.Columns {
		for _, v := range slices.Backward(c.Values) {
			if v.Row >= plan.patch.HeaderRow && v.Row <= plan.patch.LastRow && v.Text != "" {
				last = max(last, v.Row)
				break
			}
		}
	}
	return last
}

// hasValue reports whether an added column has something to say in a row that may not be there.
func (plan *sheetPlan) hasValue(row int) bool {
	if len(plan.columns) == 0 || row < plan.patch.HeaderRow || row > max(plan.patch.HeaderRow, plan.patch.LastRow) {
		return false
	}
	if row == plan.patch.HeaderRow {
		return true
	}
	for i := range plan.patch.Columns {
		if plan.text(i, row) != "" {
			return true
		}
	}
	return false
}

// text gives what an added column says in a row; asking in the order of rows is quick.
func (plan *sheetPlan) text(column, row int) string {
	values, at := plan.patch.Columns[column].Values, plan.reached[column]
	if at > 0 && values[at-1].Row >= row {
		at, _ = slices.BinarySearchFunc(values, row, func(v RowText, row int) int { return cmp.Compare(v.Row, row) })
	}
	for at < len(values) && values[at].Row < row {
		at++
	}
	plan.reached[column] = at
	if at == len(values) || values[at].Row != row {
		return ""
	}
	return values[at].Text
}

// edits appends what changes in a row, in order of columns; next is the first of plan.cells that is not of an earlier row.
func (plan *sheetPlan) edits(row, next int, into []edit) []edit {
	for ; next < len(plan.cells) && plan.cells[next].Row == row; next++ {
		c := plan.cells[next]
		into = append(into, edit{column: c.Column, value: c.Cell, keep: c.Keep, mark: c.Mark})
	}
	if len(plan.columns) == 0 || row < plan.patch.HeaderRow || row > max(plan.patch.HeaderRow, plan.patch.LastRow) {
		return into
	}
	for i, c := range plan.patch.Columns {
		e := edit{column: plan.columns[i], ours: true, header: row == plan.patch.HeaderRow}
		switch text := plan.text(i, row); {
		case e.header:
			e.value = roster.Cell{Kind: roster.Text, Text: c.Header}
			e.keep = plan.old[i]
		case text != "":
			e.value, e.mark = roster.Cell{Kind: roster.Text, Text: text}, c.Mark
		}
		into = append(into, e)
	}
	byColumn := func(a, b edit) int { return cmp.Compare(a.column, b.column) }
	if !slices.IsSortedFunc(into, byColumn) {
		slices.SortStableFunc(into, byColumn)
	}
	for i := 1; i < len(into); i++ {
		if into[i].column == into[i-1].column { // a change of a cell in our own column: the column's value holds
			into = slices.Delete(into, i-1, i)
		}
	}
	return into
}

// write writes the package: sheets change while they stream, the styles follow, since only then it is known which are needed.
func (p *patcher) write(ctx context.Context, out io.Writer) error {
	w := zip.NewWriter(out)
	w.RegisterCompressor(zip.Deflate, p.deflate)
	styles := pack.Key(p.index.styles)
	for _, f := range p.archive.Files() {
		key := pack.Key(f.Name)
		var err error
		switch plan, change := p.sheets[key], p.parts[key]; {
		case p.dropped[key], key == styles:
		case plan != nil:
			err = p.part(w, f.Name, func(out io.Writer) error { return p.splice(ctx, plan, out) })
		case change != nil:
			err = p.part(w, f.Name, change)
		default:
			err = w.Copy(f)
		}
		if err != nil {
			return fmt.Errorf("xlsx: patch: %w", err)
		}
	}
	for _, a := range p.added {
		if err := p.part(w, a.name, a.write); err != nil {
			return fmt.Errorf("xlsx: patch: %w", err)
		}
	}
	if err := p.part(w, p.styles.part, p.styles.write); err != nil {
		return fmt.Errorf("xlsx: patch: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("xlsx: patch: %w", err)
	}
	return nil
}

// deflate begins a part; parts come one after the other and share what deflating takes, a megabyte.
func (p *patcher) deflate(out io.Writer) (io.WriteCloser, error) {
	if p.deflater != nil {
		p.deflater.Reset(out)
		return p.deflater, nil
	}
	var err error
	p.deflater, err = flate.NewWriter(out, deflateLevel)
	return p.deflater, err
}

// part writes one part. A large one is deflated beside what makes it.
func (p *patcher) part(w *zip.Writer, name string, write func(io.Writer) error) error {
	out, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	return pack.Behind(out, write)
}
