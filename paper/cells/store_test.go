package cells_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lamsach/core/roster"
	"lamsach/paper/cells"
)

func TestStoreGivesBackWhatItTook(t *testing.T) {
	cell := rapid.Custom(func(t *rapid.T) roster.Cell {
		if rapid.Bool().Draw(t, "empty") {
			return roster.Cell{}
		}
		return roster.Cell{
			Text: strings.ReplaceAll(rapid.String().Draw(t, "text"), "\x00", ""), Kind: roster.CellKind(rapid.IntRange(1, int(roster.Uncomputed)).Draw(t, "kind")),
			Legacy: roster.Legacy(rapid.IntRange(0, 2).Draw(t, "legacy")),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		table := cells.NewStore(cells.Limits{}).Table()
		var want []roster.SheetRow
		number := 0
		for _, row := range rapid.SliceOfN(rapid.SliceOfN(cell, 0, 6), 0, 20).Draw(t, "rows") {
			number += rapid.IntRange(1, 300).Draw(t, "gap")
			if err := table.Add(number, number%2 == 0, row); err != nil {
				t.Fatal(err)
			}
			for len(row) > 0 && row[len(row)-1].Kind == roster.Empty {
				row = row[:len(row)-1]
			}
			if len(row) > 0 {
				want = append(want, roster.SheetRow{Number: number, Hidden: number%2 == 0, Cells: row})
			}
		}
		table.Name = "A"
		book := cells.Book("csv", []*cells.Table{table, table})
		var got []roster.SheetRow
		for row, err := range book.Sheets[1].Rows {
			if err != nil {
				t.Fatal(err)
			}
			row.Cells = append([]roster.Cell(nil), row.Cells...)
			got = append(got, row)
		}
		if diff := cmp.Diff(want, got); diff != "" || table.Rows != len(want) || book.Sheets[1].Name != "A (2)" {
			t.Fatalf("%d rows, sheet %q\n%s", table.Rows, book.Sheets[1].Name, diff)
		}
	})
}

func TestStoreHoldsItsLimits(t *testing.T) {
	text := func(s string) roster.Cell { return roster.Cell{Kind: roster.Text, Text: s} }
	store := cells.NewStore(cells.Limits{Rows: 2, Columns: 3, Cells: 20, Strings: 1000})
	table := store.Table()
	tests := []struct {
		number int
		row    []roster.Cell
		want   error
	}{
		{1, []roster.Cell{text("a"), {}, text("b"), {}, {}}, nil},
		{1, []roster.Cell{text("a")}, cells.Order},
		{cells.LastRow + 1, []roster.Cell{text("a")}, cells.Order},
		{2, []roster.Cell{{}, {}, {}, text("a")}, cells.ManyWide},
		{3, []roster.Cell{text("\xff")}, cells.Letters},
		{4, []roster.Cell{text("a")}, cells.ManyRows},
		{5, make([]roster.Cell, 30), cells.ManyCells},
	}
	for _, test := range tests {
		if err := table.Add(test.number, false, test.row); !errors.Is(err, test.want) {
			t.Errorf("row %d: got %v, want %v", test.number, err, test.want)
		}
	}
	if err := cells.NewStore(cells.Limits{Strings: 100}).Table().Add(1, false, []roster.Cell{text(strings.Repeat("x", 200))}); !errors.Is(err, cells.TooLarge) {
		t.Errorf("too much text: %v", err)
	}
}

func TestStoreAppends(t *testing.T) {
	store := cells.NewStore(cells.Limits{Rows: 2})
	first, rest := store.Table(), store.Table()
	row := []roster.Cell{{Kind: roster.Text, Text: "a"}}
	for _, table := range []*cells.Table{first, rest} {
		if err := table.Add(1, false, row); err != nil {
			t.Fatal(err)
		}
	}
	if err := first.Append(rest, 4); err != nil {
		t.Fatal(err)
	}
	if first.Rows != 2 || first.Last != 5 {
		t.Errorf("%d rows up to %d", first.Rows, first.Last)
	}
}
