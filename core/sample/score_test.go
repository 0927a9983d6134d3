package sample

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"lamsach/core/check"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// checked reads a list as it would arrive and gives the findings by row; those of the file stand at row 0.
func checked(t *testing.T, grid roster.Grid, kind string) map[Place][]check.Finding {
	t.Helper()
	list, err := roster.Read(grid.Book(), roster.ReadOptions{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	rules := check.Rules()
	if kind == roster.KindBeneficiary {
		rules = check.BeneficiaryRules()
	}
	found := map[Place][]check.Finding{}
	for _, f := range check.New(list, rules, asOf).Findings() {
		place := Place{Sheet: list.Sheets[f.Sheet].Name}
		if f.Record >= 0 {
			record := list.Records[f.Record]
			place = Place{list.Sheets[record.Sheet].Name, record.Row}
		}
		found[place] = append(found[place], f)
	}
	return found
}

// unknowable are faults whose right value a number tells, which may have come to harm in its own way.
var unknowable = map[string]bool{"birth_date.future": true, "sex.missing": true}

// TestRulesFindWhatWasPlanted is the score of the rules: every planted fault is found by one of its codes, every suggestion is
// the right value, and nothing is found on clean rows.
func TestRulesFindWhatWasPlanted(t *testing.T) {
	for _, layout := range Layouts() {
		for seed := range uint64(3) {
			t.Run(fmt.Sprintf("%s/%d", layout, seed), func(t *testing.T) {
				grid, truth := Make(Options{Layout: layout, Rows: 700, Seed: seed, FaultRate: 0.25, AsOf: asOf})
				found := checked(t, grid, truth.Kind)
				scoreAll(t, truth, found)
				for _, place := range truth.Clean {
					for _, f := range found[place] {
						t.Errorf("row %d is clean, and has %s (%s %q)", place.Row, f.Code, f.Field, f.Value)
					}
				}
			})
		}
	}
}

// scoreAll scores every planted fault; what else was planted in its row may be found beside it.
func scoreAll(t *testing.T, truth Truth, found map[Place][]check.Finding) {
	t.Helper()
	planted := map[Place][]string{}
	for _, e := range truth.Expect {
		place := Place{e.Sheet, e.Row}
		planted[place] = append(planted[place], e.Codes...)
		if l, _ := layoutNamed(truth.Layout); l.bareNumbers {
			planted[place] = append(planted[place], "personal_id.lost_zero") // whatever else is wrong with the number
		}
	}
	for _, e := range truth.Expect {
		place := Place{e.Sheet, e.Row}
		score(t, e, found[place], planted[place])
	}
}

func score(t *testing.T, e Expected, found []check.Finding, planted []string) {
	t.Helper()
	at := slices.IndexFunc(found, func(f check.Finding) bool { return slices.Contains(e.Codes, f.Code) })
	if at < 0 {
		t.Errorf("row %d: %s was not found, but %v", e.Row, e.Codes[0], codes(found))
		return
	}
	if got := found[at].Suggestion; e.Fix != nil && viet.FoldTone(got) != viet.FoldTone(*e.Fix) && found[at].Code == e.Codes[0] && !unknowable[e.Codes[0]] {
		t.Errorf("row %d: %s suggests %q for %q, right is %q", e.Row, e.Codes[0], got, found[at].Value, *e.Fix)
	}
	for _, f := range found {
		if f.Severity == check.Error && !slices.Contains(planted, f.Code) {
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
		found := checked(t, grid, truth.Kind)
		scoreAll(t, truth, found)
		for _, place := range truth.Clean {
			if got := codes(found[place]); len(got) > 0 {
				t.Errorf("%s: row %d is clean, and has %v", code, place.Row, got)
			}
		}
	}
}
