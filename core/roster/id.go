package roster

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// PersonID gives the id that a person of a list has: where he stands in its file, "0:12". Sheets count from 0, rows as Excel shows them.
func PersonID(sheet, row int) string {
	var space [40]byte
	return string(AppendPersonID(space[:0], sheet, row))
}

// AppendPersonID appends what PersonID gives.
func AppendPersonID(dst []byte, sheet, row int) []byte {
	return strconv.AppendInt(append(strconv.AppendInt(dst, int64(sheet), 10), ':'), int64(row), 10)
}

// ParsePersonID reads what PersonID gives; false for anything else.
func ParsePersonID(id string) (sheet, row int, ok bool) {
	first, second, _ := strings.Cut(id, ":")
	sheet, err := strconv.Atoi(first)
	row, err2 := strconv.Atoi(second)
	return sheet, row, err == nil && err2 == nil && PersonID(sheet, row) == id
}

// ID is what the person is called in decisions and corrections: see PersonID.
func (record *Record) ID() string { return PersonID(record.Sheet, record.Row) }

// Find gives the person who has an id. Records stand in the order of the file.
func (r *Roster) Find(id string) (rec int, ok bool) {
	sheet, row, ok := ParsePersonID(id)
	if !ok {
		return 0, false
	}
	return slices.BinarySearchFunc(r.Records, row, func(record Record, row int) int {
		return cmp.Or(cmp.Compare(record.Sheet, sheet), cmp.Compare(record.Row, row))
	})
}
