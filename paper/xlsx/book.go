package xlsx

import (
	"errors"
	"io"
	"iter"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/markup"
	"lamsach/paper/pack"
)

// Book is a workbook that is being read. It is not safe for use by several goroutines.
type Book struct {
	archive *archive
	index   *index
	shared  *sharedStrings
	styles  []style
	limits  cells.Limits
	tallies []tally

	outlines [][]byte // of the sheets that were read to their end
}

// tally is what was counted while a sheet was read last.
type tally struct {
	rows, cells int
	wide        int // cells with a value beyond Limits.Columns
	long        int // cells that were cut to Limits.Runes
	expected    int // rows that the sheet says to have, as far as its size makes that believable
}

// Open reads everything of a workbook but its sheets. Trouble is a *fault.Error of kind fault.Unreadable whose key (file.…) names
// what is wrong. The reader r must stay open as long as the Book is used; a zero cells.Limits stands for DefaultLimits.
func Open(r io.ReaderAt, size int64, limits cells.Limits) (*Book, error) {
	b, err := open(r, size, limits.OrDefault())
	if err != nil {
		return nil, cells.Wrong(err)
	}
	return b, nil
}

func open(r io.ReaderAt, size int64, limits cells.Limits) (*Book, error) {
	a, err := openArchive(r, size, limits)
	if err != nil {
		return nil, err
	}
	x, err := a.readIndex()
	if err != nil {
		return nil, err
	}
	b := &Book{archive: a, index: x, limits: limits, shared: &sharedStrings{}, tallies: make([]tally, len(x.sheets)), outlines: make([][]byte, len(x.sheets))}
	if x.styles != "" {
		if b.styles, err = readFrom(a, x.styles, readStyles); err != nil {
			return nil, err
		}
	}
	if len(b.styles) == 0 {
		b.styles = []style{{}} // the style of cells that name none
	}
	if x.shared != "" {
		b.shared, err = readFrom(a, x.shared, func(p *pack.Part) (*sharedStrings, error) { return readShared(p, limits) })
	}
	return b, err
}

// readFrom opens a part, has it read and closes it.
func readFrom[T any](a *archive, name string, read func(*pack.Part) (T, error)) (T, error) {
	var none T
	p, err := a.Open(name)
	if err != nil {
		return none, err
	}
	defer p.Close()
	return read(p)
}

// Roster gives the workbook as a table of cells. Each Sheet's Rows inflates and scans its sheet anew, so it may be ranged over more
// than once; rows with nothing in them are left out.
func (b *Book) Roster() roster.Book {
	book := roster.Book{Format: "xlsx", Sheets: make([]roster.Sheet, len(b.index.sheets)), Remarks: b.Remarks}
	for i, entry := range b.index.sheets {
		book.Sheets[i] = roster.Sheet{
			Name: entry.name, Hidden: entry.hidden, Rows: b.rows(i),
			Expect: func() int { return b.tallies[i].expected }, Outline: func() []byte { return b.outlines[i] },
		}
	}
	return book
}

// rows reads one sheet.
func (b *Book) rows(i int) iter.Seq2[roster.SheetRow, error] {
	return func(yield func(roster.SheetRow, error) bool) {
		entry := b.index.sheets[i]
		p, err := b.archive.Open(entry.part)
		if err != nil {
			yield(roster.SheetRow{}, cells.WrongSheet(err, entry.name, 0, 0))
			return
		}
		defer p.Close()
		r := b.sheetReader(i, p)
		err = r.read(func(row roster.SheetRow) bool {
			b.tallies[i].expected = r.expected
			return yield(row, nil)
		})
		b.tallies[i] = r.tally
		if err == nil {
			b.outlines[i] = r.trace.told(identityOf(p))
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(roster.SheetRow{}, cells.WrongSheet(err, entry.name, r.row, r.rows))
		}
	}
}

// sheetReader prepares reading one sheet; what other sheets held counts towards the limits.
func (b *Book) sheetReader(i int, p *pack.Part) *sheetReader {
	r := &sheetReader{Scanner: markup.NewScanner(p), book: b}
	r.believable = int(min(p.Unpacked()/leastRow, p.Packed()/leastPacked, lastRow)) //nolint:gosec // bounded
	r.rowsLeft, r.cellsLeft = b.limits.Rows, b.limits.Cells
	for j, other := range b.tallies {
		if j != i {
			r.rowsLeft -= other.rows
			r.cellsLeft -= other.cells
		}
	}
	r.cells = make([]roster.Cell, 0, b.limits.Columns)
	r.dates.date1904 = b.index.date1904
	return r
}

// Remarks says what reading the rows left out: columns beyond the limit and the ends of overlong cells. It is complete for the
// sheets that were read to their end.
func (b *Book) Remarks() []fault.Text {
	var said []fault.Text
	for i, t := range b.tallies {
		name := b.index.sheets[i].name
		if t.wide > 0 {
			said = append(said, fault.T("file.remark.columns", "Sheet", name, "Limit", b.limits.Columns, "N", t.wide))
		}
		if t.long > 0 {
			said = append(said, fault.T("file.remark.cut", "Sheet", name, "Limit", b.limits.Runes, "N", t.long))
		}
	}
	return said
}
