package roster

import "iter"

// Look is how a cell of a Grid is meant to look. It carries no meaning beyond that.
type Look uint8

// The looks.
const (
	BodyLook     Look = iota // bordered
	TextLook                 // bordered, formatted as text: numbers of people
	DateLook                 // bordered, day/month/year
	NumberLook               // bordered, centred
	HeaderLook               // bordered, bold, centred, wrapped
	GroupLook                // bordered, bold
	TitleLook                // bold, centred, no border
	SubtitleLook             // italic, centred, no border
	BareLook                 // no border
)

// GridCell is a cell with its look.
type GridCell struct {
	Cell
	Look Look
}

// GridRow is one row of a GridSheet; Cells is indexed by column. An empty cell beyond BareLook is drawn too: with its border.
type GridRow struct {
	Number int // as Excel shows it, from 1
	Hidden bool
	Cells  []GridCell
}

// Merge is a merged block, both corners included; rows as Excel shows them, columns from 0.
type Merge struct {
	FirstRow, FirstColumn, LastRow, LastColumn int
}

// GridSheet is one sheet in full.
type GridSheet struct {
	Name   string
	Hidden bool
	Rows   []GridRow // ascending by Number
	Merges []Merge
	Widths []float64 // of the columns, in characters; 0 leaves the default
}

// Grid is a whole workbook held in memory: what a program makes, not what a person sends.
type Grid struct {
	Sheets []GridSheet
}

// Book reads the grid as a reader would yield it, so that a list need not become a file to be checked.
func (g Grid) Book() Book {
	book := Book{Format: "grid"}
	for _, sheet := range g.Sheets {
		book.Sheets = append(book.Sheets, Sheet{Name: sheet.Name, Hidden: sheet.Hidden, Rows: sheet.rows()})
	}
	return book
}

func (s GridSheet) rows() iter.Seq2[SheetRow, error] {
	return func(yield func(SheetRow, error) bool) {
		var cells []Cell
		for _, row := range s.Rows {
			cells = cells[:0]
			for _, cell := range row.Cells {
				cells = append(cells, cell.Cell)
			}
			if !yield(SheetRow{Number: row.Number, Hidden: row.Hidden, Cells: cells}, nil) {
				return
			}
		}
	}
}
