// Package cells is what the readers of all kinds of tables share: the bounds of a file, the words for what is wrong with one, how a
// row is gathered, and how stored numbers, days and fonts become the cells of a roster.
package cells

import "cmp"

// Limits bound what a stranger's file may cost. Sizes are counted while reading, never believed.
type Limits struct {
	Unpacked int64 // bytes of all parts that are read
	Strings  int   // bytes of shared text that are kept
	Entries  int   // parts in the package
	Rows     int   // rows with something in them, of all sheets
	Columns  int   // columns of a sheet; further ones are ignored, and Book.Remarks says so
	Cells    int   // cells of all sheets, empty ones with a style too
	Runes    int   // runes of a cell that are kept; Book.Remarks says where more were cut
}

// DefaultLimits are the bounds of a list that arrives in a chat: far over a commune's list of 6,600 people.
func DefaultLimits() Limits {
	return Limits{
		Unpacked: 200 << 20,
		Strings:  48 << 20,
		Entries:  500,
		Rows:     200_000,
		Columns:  200,
		Cells:    5_000_000,
		Runes:    4096,
	}
}

// OrDefault fills limits that were left zero.
func (l Limits) OrDefault() Limits {
	d := DefaultLimits()
	l.Unpacked = cmp.Or(l.Unpacked, d.Unpacked)
	l.Strings = cmp.Or(l.Strings, d.Strings)
	l.Entries = cmp.Or(l.Entries, d.Entries)
	l.Rows = cmp.Or(l.Rows, d.Rows)
	l.Columns = cmp.Or(l.Columns, d.Columns)
	l.Cells = cmp.Or(l.Cells, d.Cells)
	l.Runes = cmp.Or(l.Runes, d.Runes)
	return l
}
