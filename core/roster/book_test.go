package roster_test

import (
	"fmt"
	"strings"
	"testing"

	"lamsach/core/roster"
)

// page makes a sheet of lines; cells of a line stand between bars. "#12" is a number cell, "@2016-05-09" a date cell, "=" a
// formula without a value; a line that begins with "~" is hidden.
func page(name string, lines ...string) roster.Sheet {
	return roster.Sheet{Name: name, Rows: func(yield func(roster.SheetRow, error) bool) {
		for i, line := range lines {
			row := roster.SheetRow{Number: i + 1}
			line, row.Hidden = strings.CutPrefix(line, "~")
			for text := range strings.SplitSeq(line, "|") {
				row.Cells = append(row.Cells, cellOf(strings.TrimSpace(text)))
			}
			if !yield(row, nil) {
				return
			}
		}
	}}
}

func cellOf(text string) roster.Cell {
	switch {
	case text == "":
		return roster.Cell{}
	case text[0] == '#':
		return roster.Cell{Kind: roster.Number, Text: text[1:]}
	case text[0] == '@':
		return roster.Cell{Kind: roster.Date, Text: text[1:]}
	case text == "=":
		return roster.Cell{Kind: roster.Uncomputed}
	}
	return roster.Cell{Kind: roster.Text, Text: strings.ReplaceAll(text, "\\n", "\n")}
}

func read(t testing.TB, sheets ...roster.Sheet) *roster.Roster {
	t.Helper()
	return readWith(t, roster.ReadOptions{}, sheets...)
}

func readWith(t testing.TB, opt roster.ReadOptions, sheets ...roster.Sheet) *roster.Roster {
	t.Helper()
	ro, err := roster.Read(roster.Book{Format: "test", Sheets: sheets}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return ro
}

// columns writes what was recognised: "B full_name, C birth_date/male".
func columns(sheet roster.SheetInfo) string {
	parts := []string{"", "/family", "/given", "/day", "/month", "/year", "/male", "/female", "/birth", "/spare"}
	var said []string
	for _, c := range sheet.Columns {
		said = append(said, fmt.Sprintf("%s %s%s", roster.Letter(c.Index), c.Field, parts[c.Part]))
	}
	return strings.Join(said, ", ")
}

func skips(sheet roster.SheetInfo) string {
	var said []string
	for _, s := range sheet.Skipped {
		said = append(said, fmt.Sprintf("%d %s", s.Row, s.Reason))
	}
	return strings.Join(said, ", ")
}

func rows(ro *roster.Roster) string {
	var said []string
	for _, r := range ro.Records {
		said = append(said, fmt.Sprint(r.Row))
	}
	return strings.Join(said, " ")
}

// splitLines cuts a table of a fuzz test into at most 40 lines.
func splitLines(table string) []string {
	lines := strings.Split(table, "\n")
	return lines[:min(len(lines), 40)]
}
