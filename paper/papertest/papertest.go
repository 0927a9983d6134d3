// Package papertest is what the tests of the readers share: specimens, comparing what two readers make of the same list, and files
// that were damaged in many ways.
package papertest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lamsach/core/roster"
)

// Specimen reads a file that another program wrote; the tests of all readers keep them in one place.
func Specimen(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Cells reads a whole book, and gives its cells with something in them by "sheet!row!column", and its rows and sheets with what is
// said of them.
func Cells(t testing.TB, book roster.Book) map[string]roster.Cell {
	t.Helper()
	found, err := Read(book)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Read is Cells for books that may fail: it gives what was read before.
func Read(book roster.Book) (map[string]roster.Cell, error) {
	found := map[string]roster.Cell{}
	for _, sheet := range book.Sheets {
		found[sheet.Name] = roster.Cell{Text: fmt.Sprint("hidden ", sheet.Hidden)}
		last := 0
		for row, err := range sheet.Rows {
			if err != nil {
				return found, err
			}
			if row.Number <= last || len(row.Cells) == 0 {
				return found, fmt.Errorf("row %d of %d cells after row %d", row.Number, len(row.Cells), last)
			}
			last = row.Number
			if row.Hidden {
				found[fmt.Sprintf("%s!%d", sheet.Name, row.Number)] = roster.Cell{Text: "hidden"}
			}
			for column, cell := range row.Cells {
				if cell.Kind != roster.Empty {
					found[fmt.Sprintf("%s!%d!%d", sheet.Name, row.Number, column)] = cell
				}
			}
		}
	}
	return found, nil
}

// Compare demands that two books are equal, cell by cell, but for the cells named as exceptions.
func Compare(t testing.TB, got, want roster.Book, except ...string) {
	t.Helper()
	ours, theirs := Cells(t, got), Cells(t, want)
	for _, place := range except {
		if theirs[place] == ours[place] {
			t.Errorf("%s is no exception", place)
		}
		delete(ours, place)
		delete(theirs, place)
	}
	if len(theirs) < 2 {
		t.Error("nothing was compared")
	}
	all := maps.Clone(theirs)
	maps.Copy(all, ours)
	for _, place := range slices.Sorted(maps.Keys(all)) {
		if ours[place] != theirs[place] {
			t.Errorf("%s: got %+v, want %+v", place, ours[place], theirs[place])
		}
	}
}
