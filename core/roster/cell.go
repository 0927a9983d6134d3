package roster

import (
	"iter"

	"lamsach/core/fault"
)

// CellKind says what a workbook holds in a cell, before anybody interprets it.
type CellKind uint8

// The kinds of cell.
const (
	Empty      CellKind = iota
	Text                // Text as stored, untrimmed
	Number              // Text is the shortest plain decimal that is exactly the stored number: "14316001234", "0.5"
	Date                // Text is ISO "2016-05-09", with "T15:04:05" when the time is not midnight
	Bool                // Text is "1" or "0"
	Fault               // an error cell (#REF!, #N/A); Text is the error word
	Uncomputed          // a formula without a stored value
)

// Legacy names the encoding that a cell's font betrays.
type Legacy uint8

// The encodings of the 1990s that still arrive.
const (
	Unicode Legacy = iota
	TCVN3          // font name .Vn…
	VNI            // font name VNI-…
)

// Cell is one cell of a workbook. The zero value is an empty cell.
type Cell struct {
	Text   string
	Kind   CellKind
	Legacy Legacy
}

// SheetRow is one row as a reader yields it. Cells is indexed by column (A is 0) and is reused for the
// next row; the strings in it stay valid. Rows that the file leaves out are not yielded.
type SheetRow struct {
	Number int // as Excel shows it, from 1
	Hidden bool
	Cells  []Cell
}

// Sheet is one sheet of a workbook. Rows reads it from the top, in ascending order of Number; it stops with
// a non-nil error when the sheet cannot be read whole, so a short sheet can never look complete.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   iter.Seq2[SheetRow, error]

	// Expect says, once the first row was read, how many rows the sheet claims to have, as far as its size makes that
	// believable; 0 when it says nothing. It is a hint for making room. nil: nobody knows.
	Expect func() int

	// Outline gives, once all rows were read, what a copy of the workbook needs to know of the sheet, in the form of whoever reads and
	// copies workbooks; nil: nothing. nil as a function: nothing ever.
	Outline func() []byte
}

// Book is a file full of tables: a workbook, a CSV file, a document with tables in it.
type Book struct {
	Format string // "xlsx", "csv", …
	Sheets []Sheet

	// Remarks says what reading the rows left out, such as columns beyond the limit; nil when nothing ever is. It is complete once
	// all sheets were read to their end.
	Remarks func() []fault.Text
}
