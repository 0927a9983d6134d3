package cells

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"

	"lamsach/core/roster"
)

// Flaws of documents that are no workbooks.
const (
	Quote    Flaw = "quote"            // a quotation mark that does not end, or ends in the middle of a cell
	Nested   Flaw = "nested"           // tables inside tables, more than anybody draws
	ManyWide Flaw = "too_many_columns" // something in a column beyond Limits
)

// LongestText is how many runes Excel takes in one cell; no list has a longer one.
const LongestText = 32_767

// Store keeps the tables of a document that has to be read in one pass: tables lie inside each other, and what is said about a table
// may stand behind it. A cell costs its text and two bytes. Nothing is cut: what goes beyond the limits is a Flaw.
type Store struct {
	limits             Limits
	rows, cells, bytes int
}

// NewStore makes the store of a file; limits that were left zero are the default ones.
func NewStore(limits Limits) *Store { return &Store{limits: limits.OrDefault()} }

// Limits are the bounds that hold, none of them zero.
func (s *Store) Limits() Limits { return s.limits }

// Table begins a table.
func (s *Store) Table() *Table { return &Table{store: s} }

// Table is one table of a Store.
type Table struct {
	Name   string
	Hidden bool
	Rows   int // with something in them
	Wide   int // rows with something in two cells or more
	Last   int // number of the last row that was kept

	store  *Store
	packed strings.Builder
}

// Add adds a row, numbered from 1, which must lie below the last. Its cells are copied; empty ones cost what a cell costs.
func (t *Table) Add(number int, hidden bool, row []roster.Cell) error {
	if number <= t.Last || number > LastRow {
		return Order.Because("row %d after row %d", number, t.Last)
	}
	before := t.Last
	t.Last = number
	if t.store.cells += len(row); t.store.cells > t.store.limits.Cells {
		return ManyCells
	}
	filled, width := 0, 0
	for i := range row {
		if row[i].Kind != roster.Empty {
			filled, width = filled+1, i+1
		}
	}
	switch {
	case filled == 0:
		t.Last = before
		return nil
	case width > t.store.limits.Columns:
		return ManyWide
	}
	if t.store.rows++; t.store.rows > t.store.limits.Rows {
		return ManyRows
	}
	t.Rows++
	if filled > 1 {
		t.Wide++
	}
	return t.pack(number, hidden, row[:width])
}

const hiddenBit = 1

// pack writes: the number and whether it is hidden, the number of cells, and of each cell kind and encoding, length and text.
func (t *Table) pack(number int, hidden bool, row []roster.Cell) error {
	before := t.packed.Len()
	head := uint64(number) << 1
	if hidden {
		head |= hiddenBit
	}
	t.number(head)
	t.number(uint64(len(row)))
	for _, c := range row {
		if err := sound(c.Text); err != nil {
			return err
		}
		t.packed.WriteByte(byte(c.Kind) | byte(c.Legacy)<<4)
		if c.Kind == roster.Empty {
			continue
		}
		t.number(uint64(len(c.Text)))
		t.packed.WriteString(c.Text)
	}
	if t.store.bytes += t.packed.Len() - before; t.store.bytes > t.store.limits.Strings {
		return TooLarge.Because("over %d bytes of text", t.store.limits.Strings)
	}
	return nil
}

// sound refuses what is no text, or too long a one.
func sound(text string) error {
	switch {
	case !utf8.ValidString(text), strings.IndexByte(text, 0) >= 0:
		return Letters.Because("invalid UTF-8")
	case len(text) > LongestText && utf8.RuneCountInString(text) > LongestText:
		return Long
	}
	return nil
}

func (t *Table) number(n uint64) {
	var space [binary.MaxVarintLen64]byte
	t.packed.Write(space[:binary.PutUvarint(space[:], n)])
}

// Each calls see with every row, until it is false. The cells are reused for the next row.
func (t *Table) Each(see func(roster.SheetRow) bool) { each(t.packed.String(), see) }

func each(packed string, see func(roster.SheetRow) bool) {
	var row roster.SheetRow
	for packed != "" {
		var head, width, length uint64
		head, packed = varint(packed)
		row.Number, row.Hidden = int(head>>1), head&hiddenBit != 0
		width, packed = varint(packed)
		row.Cells = row.Cells[:0]
		for range width {
			c := roster.Cell{Kind: roster.CellKind(packed[0] & 15), Legacy: roster.Legacy(packed[0] >> 4)}
			packed = packed[1:]
			if c.Kind != roster.Empty {
				length, packed = varint(packed)
				c.Text, packed = packed[:length], packed[length:]
			}
			row.Cells = append(row.Cells, c)
		}
		if !see(row) {
			return
		}
	}
}

// varint reads what number wrote.
func varint(packed string) (uint64, string) {
	var n uint64
	for i := 0; ; i++ {
		c := packed[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			return n, packed[i+1:]
		}
	}
}

// Drop takes a table out of the count of what is kept.
func (t *Table) Drop() {
	t.store.bytes -= t.packed.Len()
	t.store.rows -= t.Rows
	t.packed = strings.Builder{}
}

// Append moves the rows of another table behind this one's; their numbers count from a row on.
func (t *Table) Append(rest *Table, from int) (err error) {
	packed := rest.packed.String()
	rest.Drop()
	each(packed, func(row roster.SheetRow) bool {
		err = t.Add(from+row.Number, row.Hidden, row.Cells)
		return err == nil
	})
	return err
}

// Book gives the tables as the sheets of a book, under names that differ.
func Book(format string, tables []*Table) roster.Book {
	book, taken := roster.Book{Format: format}, map[string]bool{}
	for _, t := range tables {
		name := t.Name
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s (%d)", t.Name, n)
		}
		taken[name] = true
		book.Sheets = append(book.Sheets, roster.Sheet{Name: name, Hidden: t.Hidden, Rows: func(yield func(roster.SheetRow, error) bool) {
			t.Each(func(row roster.SheetRow) bool { return yield(row, nil) })
		}})
	}
	return book
}
