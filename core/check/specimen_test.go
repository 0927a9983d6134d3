package check_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/roster"
)

// truth is what is known of a specimen: where its people stand, what was planted, which rows are right.
type truth struct {
	AsOf   civil.Date `json:"as_of"`
	Sheets map[string]struct {
		Fields map[string]string `json:"fields"`
		Rows   []int             `json:"rows"`
	} `json:"sheets"`
	Expect []struct {
		Row   int      `json:"row"`
		Field string   `json:"field"`
		Codes []string `json:"codes"`
		Fix   *string  `json:"fix"`
	} `json:"expect"`
	Clean [][]any `json:"clean"`
}

// book reads a table of test data: cells are texts, "number:1" and "date:2016-05-09" the others.
func book(t testing.TB, path string) roster.Book {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return table(lines...)
}

// table makes a book of one sheet.
func table(lines ...[]string) roster.Book {
	return roster.Book{Sheets: []roster.Sheet{{Name: "Sheet1", Rows: func(yield func(roster.SheetRow, error) bool) {
		for i, line := range lines {
			row := roster.SheetRow{Number: i + 1}
			for _, text := range line {
				row.Cells = append(row.Cells, cell(text))
			}
			if !yield(row, nil) {
				return
			}
		}
	}}}}
}

func cell(text string) roster.Cell {
	switch kind, rest, _ := strings.Cut(text, ":"); {
	case text == "":
		return roster.Cell{}
	case kind == "number":
		return roster.Cell{Kind: roster.Number, Text: rest}
	case kind == "date":
		return roster.Cell{Kind: roster.Date, Text: rest}
	case kind == "formula":
		return roster.Cell{Kind: roster.Uncomputed}
	}
	return roster.Cell{Kind: roster.Text, Text: text}
}

func fieldName(f check.Finding) string {
	if f.Field == roster.NoField {
		area, _, _ := strings.Cut(f.Code, ".")
		return area
	}
	return f.Field.String()
}

// TestSpecimens scores the rules on lists with known truth: every planted fault is found, every fix is the right one,
// and nothing is found in the rows that are right.
func TestSpecimens(t *testing.T) {
	for _, name := range []string{"official", "plain", "split"} {
		t.Run(name, func(t *testing.T) {
			var want truth
			text, err := os.ReadFile(filepath.Join("testdata", name+".truth.json"))
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			ro, err := roster.Read(book(t, filepath.Join("testdata", name+".csv")), roster.ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			people := want.Sheets["Sheet1"]
			var rows []int
			for _, record := range ro.Records {
				rows = append(rows, record.Row)
			}
			if !slices.Equal(rows, people.Rows) {
				t.Fatalf("people in rows %v, want %v; skipped %v", rows, people.Rows, ro.Sheets[0].Skipped)
			}
			checkColumns(t, ro, people.Fields)
			checkFindings(t, ro, want)
		})
	}
}

func checkColumns(t *testing.T, ro *roster.Roster, fields map[string]string) {
	t.Helper()
	for name, letters := range fields {
		f, _ := roster.ParseField(name)
		var got []string
		for _, c := range ro.Sheets[0].Columns {
			if c.Field == f || f == roster.Sex && c.Field == roster.BirthDate && c.Part >= roster.MaleMark {
				got = append(got, roster.Letter(c.Index))
			}
		}
		if strings.Join(got, "|") != letters {
			t.Errorf("%s in columns %v, want %s", name, got, letters)
		}
	}
}

func checkFindings(t *testing.T, ro *roster.Roster, want truth) {
	t.Helper()
	byRow := map[int][]check.Finding{}
	for _, f := range check.New(ro, check.Rules(), want.AsOf).Findings() {
		if f.Record < 0 {
			t.Errorf("about the file: %s %v %v", f.Code, f.Field, f.Args)
			continue
		}
		row := ro.Records[f.Record].Row
		byRow[row] = append(byRow[row], f)
	}
	explained := map[int]int{}
	for _, e := range want.Expect {
		at := slices.IndexFunc(byRow[e.Row], func(f check.Finding) bool {
			return slices.Contains(e.Codes, f.Code) && fieldName(f) == e.Field
		})
		if at < 0 {
			t.Errorf("row %d: none of %v on %s; found %v", e.Row, e.Codes, e.Field, codesOf(byRow[e.Row]))
			continue
		}
		explained[e.Row]++
		if f := byRow[e.Row][at]; e.Fix != nil && f.Suggestion != *e.Fix {
			t.Errorf("row %d: %s suggests %q, want %q", e.Row, f.Code, f.Suggestion, *e.Fix)
		}
	}
	for row, found := range byRow {
		if len(found) > explained[row] {
			t.Errorf("row %d: more than was planted: %v", row, codesOf(found))
		}
	}
}

func codesOf(found []check.Finding) []string {
	var codes []string
	for _, f := range found {
		codes = append(codes, f.Code)
	}
	return codes
}
