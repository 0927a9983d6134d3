package sample

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"lamsach/core/check"
	"lamsach/core/roster"
)

// checked reads a list as it would arrive and gives the findings by row; those of the file stand at row 0.
func checked(t *testing.T, grid roster.Grid) map[Place][]check.Finding {
	t.Helper()
	list, err := roster.Read(grid.Book(), roster.ReadOptions{Kind: "child"})
	if err != nil {
		t.Fatal(err)
	}
	found := map[Place][]check.Finding{}
	for _, f := range check.New(list, check.Rules(), asOf).Findings() {
		place := Place{Sheet: list.Sheets[f.Sheet].Name}
		if f.Record >= 0 {
			record := list.Records[f.Record]
			place = Place{list.Sheets[record.Sheet].Name, record.Row}
		}
		found[place] = append(found[place], f)
	}
	return found
}

// TestRulesFindWhatWasPlanted is the score of the rules: every planted fault is found by one of its codes, every suggestion is
// the right value, and nothing is found on clean rows.
func TestRulesFindWhatWasPlanted(t *testing.T) {
	for _, layout := range Layouts() {
		for seed := range uint64(3) {
			t.Run(fmt.Sprintf("%s/%d", layout, seed), func(t *testing.T) {
				grid, truth := Make(Options{Layout: layout, Rows: 700, Seed: seed, FaultRate: 0.25, AsOf: asOf})
				found := checked(t, grid)
				for _, e := range truth.Expect {
					score(t, e, found[Place{e.Sheet, e.Row}])
				}
				for _, place := range truth.Clean {
					for _, f := range found[place] {
						t.Errorf("row %d is clean, and has %s (%s %q)", place.Row, f.Code, f.Field, f.Value)
					}
				}
			})
		}
	}
}

func score(t *testing.T, e Expected, found []check.Finding) {
	t.Helper()
	at := slices.IndexFunc(found, func(f check.Finding) bool { return slices.Contains(e.Codes, f.Code) })
	if at < 0 {
		t.Errorf("row %d: %s was not found, but %v", e.Row, e.Codes[0], codes(found))
		return
	}
	if got := found[at].Suggestion; e.Fix != nil && got != *e.Fix && found[at].Code == e.Codes[0] {
		t.Errorf("row %d: %s suggests %q for %q, right is %q", e.Row, e.Codes[0], got, found[at].Value, *e.Fix)
	}
	for _, f := range found {
		if f.Severity == check.Error && !slices.Contains(e.Codes, f.Code) {
			t.Errorf("row %d: beside %s also %s (%q)", e.Row, e.Codes[0], f.Code, f.Value)
		}
	}
}

func codes(found []check.Finding) []string {
	set := map[string]bool{}
	for _, f := range found {
		set[f.Code] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// TestRulesSeeSpoiltColumns: the rows that a whole column's fault touches are found, and no other.
func TestRulesSeeSpoiltColumns(t *testing.T) {
	for _, code := range ColumnCodes() {
		grid, truth := Make(Options{Rows: 400, Seed: 1, AsOf: asOf, Column: code})
		found := checked(t, grid)
		for _, e := range truth.Expect {
			score(t, e, found[Place{e.Sheet, e.Row}])
		}
		for _, place := range truth.Clean {
			if got := codes(found[place]); len(got) > 0 {
				t.Errorf("%s: row %d is clean, and has %v", code, place.Row, got)
			}
		}
	}
}
