package html_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
)

// open is one of the package's readers.
type open func(r io.ReaderAt, size int64, limits cells.Limits) (roster.Book, error)

// row is a row as tests write it: its number, "-" in front when it is hidden, and its cells with the first letter of their kind.
type row struct {
	Number int
	Hidden bool
	Cells  []string
}

// sheet is a sheet as tests write it.
type sheet struct {
	Name   string
	Hidden bool
	Rows   []row
}

var kinds = map[roster.CellKind]string{roster.Empty: "", roster.Text: "", roster.Number: "n:", roster.Date: "d:", roster.Bool: "b:",
	roster.Fault: "f:", roster.Uncomputed: "u:"}

func read(t testing.TB, with open, data []byte, limits cells.Limits) ([]sheet, error) {
	t.Helper()
	book, err := with(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return nil, err
	}
	var sheets []sheet
	for _, s := range book.Sheets {
		read := sheet{Name: s.Name, Hidden: s.Hidden}
		for r, err := range s.Rows {
			if err != nil {
				t.Fatalf("a row was refused after the book was opened: %v", err)
			}
			texts := make([]string, len(r.Cells))
			for i, c := range r.Cells {
				texts[i] = kinds[c.Kind] + c.Text
			}
			read.Rows = append(read.Rows, row{r.Number, r.Hidden, texts})
		}
		sheets = append(sheets, read)
	}
	return sheets, nil
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// holdToTruth compares where a list finds people with where they are.
func holdToTruth(t *testing.T, with open, data []byte) *roster.Roster {
	t.Helper()
	book, err := with(bytes.NewReader(data), int64(len(data)), cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := roster.Read(book, roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Sheets map[string]struct{ Rows []int }
	}
	if err := json.Unmarshal(file(t, "official.truth.json"), &truth); err != nil {
		t.Fatal(err)
	}
	var people []int
	for _, r := range list.Records {
		people = append(people, r.Row)
	}
	if diff := cmp.Diff(truth.Sheets["Sheet1"].Rows, people); diff != "" {
		t.Errorf("people stand in other rows:\n%s", diff)
	}
	return list
}

func holdRefusal(t *testing.T, err error, key string, row int) {
	t.Helper()
	var said *fault.Error
	if !errors.As(err, &said) || said.Kind != fault.Unreadable || said.Key != key {
		t.Fatalf("got %v, want %s", err, key)
	}
	if got, _ := said.Args["Row"].(int); got != row {
		t.Errorf("told of row %v, want %d", got, row)
	}
}

// mutate changes a file in one to three places.
func mutate(data []byte, hostile []string, next func(int) int) []byte {
	mutated := bytes.Clone(data)
	for range 1 + next(3) {
		at := next(len(mutated))
		switch next(3) {
		case 0:
			mutated[at] ^= 1 << next(8)
		case 1:
			mutated = append(mutated[:at:at], append([]byte(hostile[next(len(hostile))]), mutated[at:]...)...)
		case 2:
			mutated = mutated[:max(at, 1)]
		}
	}
	return mutated
}

// shortened keeps the first rows of a file's table.
func shortened(t testing.TB, data []byte, rowEnd, tableEnd string, rows int) []byte {
	t.Helper()
	at := 0
	for range rows {
		at += bytes.Index(data[at:], []byte(rowEnd)) + len(rowEnd)
	}
	end := bytes.Index(data, []byte(tableEnd))
	if end < at {
		t.Fatal("the table is shorter")
	}
	return append(bytes.Clone(data[:at]), data[end:]...)
}

// numbers gives made-up numbers, the same in every run.
func numbers() func(int) int {
	seed := uint64(1)
	return func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % n
	}
}

// holdUnreadable fails for an error that has no sentence.
func holdUnreadable(t testing.TB, err error) {
	t.Helper()
	if err != nil && !fault.Is(err, fault.Unreadable) {
		t.Fatalf("an error without a sentence: %v", err)
	}
}
