package sample

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/roster"
)

// TestListsAreReadAsMade reads every layout as a list that somebody sent: the same people in the same rows, the columns where
// they are, and on clean rows the right values.
func TestListsAreReadAsMade(t *testing.T) {
	for _, layout := range Layouts() {
		t.Run(layout, func(t *testing.T) {
			grid, truth := Make(Options{Layout: layout, Rows: 400, Seed: 11, FaultRate: 0.25, AsOf: asOf})
			list, err := roster.Read(grid.Book(), roster.ReadOptions{Kind: "auto"})
			if err != nil {
				t.Fatal(err)
			}
			if list.Kind != truth.Kind {
				t.Errorf("the kind is %q", list.Kind)
			}
			rows := map[string][]int{}
			clean := map[Place]bool{}
			for _, p := range truth.Clean {
				clean[p] = true
			}
			for i, record := range list.Records {
				place := Place{list.Sheets[record.Sheet].Name, record.Row}
				rows[place.Sheet] = append(rows[place.Sheet], place.Row)
				if person, ok := truth.At(place.Sheet, place.Row); ok && clean[place] {
					compare(t, list, i, person, truth.Sheets[place.Sheet].Fields)
				}
			}
			for sheet, want := range truth.Sheets {
				if diff := cmp.Diff(want.Rows, rows[sheet]); diff != "" {
					t.Errorf("%s: other rows (-made +read):\n%s", sheet, diff)
				}
			}
		})
	}
}

// compare demands the right value of every field that the list has a column for.
func compare(t *testing.T, list *roster.Roster, record int, person Person, fields map[string]string) {
	t.Helper()
	for name := range fields {
		field, ok := roster.ParseField(name)
		if !ok || name == "note" {
			continue
		}
		value := list.Value(record, field)
		got := value.Text
		if value.Kind == roster.Date {
			got = isoDayFirst(got)
		}
		if field == roster.FatherName || field == roster.MotherName {
			got, _, _ = strings.Cut(got, " (")
		}
		if field == roster.BirthDate && len(got) < 10 && len(got) > 0 {
			got = padded(got)
		}
		if got != person.Right[name] {
			t.Errorf("row %d: %s reads %q, right is %q", person.Row, name, got, person.Right[name])
		}
	}
}

// padded writes 5/3/2016 as 05/03/2016.
func padded(date string) string {
	pieces := strings.Split(date, "/")
	for i, piece := range pieces {
		if len(piece) == 1 {
			pieces[i] = "0" + piece
		}
	}
	return strings.Join(pieces, "/")
}
