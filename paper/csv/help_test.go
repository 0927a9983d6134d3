package csv_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/csv"
)

// row is a row as tests write it.
type row struct {
	Number int
	Cells  []string
}

// read opens a text and gives its rows, with the error that ended them.
func read(t testing.TB, data []byte, limits cells.Limits) ([]row, error) {
	t.Helper()
	book, err := csv.Open(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return nil, err
	}
	if len(book.Sheets) != 1 || book.Format != "csv" {
		t.Fatalf("format %q, %d sheets", book.Format, len(book.Sheets))
	}
	var rows []row
	for r, err := range book.Sheets[0].Rows {
		if err != nil {
			return rows, err
		}
		texts := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			if (c.Kind == roster.Text) != (c.Text != "") {
				t.Fatalf("row %d: a cell of kind %d with %d bytes", r.Number, c.Kind, len(c.Text))
			}
			texts[i] = c.Text
		}
		rows = append(rows, row{r.Number, texts})
	}
	return rows, nil
}

func specimen(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("../testdata/official.csv")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// truthRows are the rows of the specimen that hold people.
func truthRows(t testing.TB) []int {
	t.Helper()
	data, err := os.ReadFile("../testdata/official.truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Sheets map[string]struct{ Rows []int }
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	return truth.Sheets["Sheet1"].Rows
}

func wide(text string, big, marked bool) []byte {
	units := utf16.Encode([]rune(text))
	if marked {
		units = append([]uint16{0xFEFF}, units...)
	}
	var out []byte
	for _, u := range units {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

// vietnamese writes a text in windows-1258: the letters that it has, and the tone behind.
func vietnamese(t testing.TB, text string) []byte {
	t.Helper()
	var out []byte
	for _, r := range text {
		if c, ok := charmap.Windows1258.EncodeRune(r); ok {
			out = append(out, c)
			continue
		}
		for _, r := range apart(r) {
			c, ok := charmap.Windows1258.EncodeRune(r)
			if !ok {
				t.Fatalf("no code for %q", r)
			}
			out = append(out, c)
		}
	}
	return out
}

// apart parts a letter from its tone, but not from its other mark.
func apart(r rune) []rune {
	parts := []rune(norm.NFD.String(string(r)))
	for i := len(parts) - 1; i > 0; i-- {
		switch parts[i] {
		case 0x300, 0x301, 0x303, 0x309, 0x323:
			tone := parts[i]
			rest := append(append([]rune{}, parts[:i]...), parts[i+1:]...)
			return append([]rune(norm.NFC.String(string(rest))), tone)
		}
	}
	return parts
}
