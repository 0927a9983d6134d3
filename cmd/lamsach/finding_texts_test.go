package main

import (
	"maps"
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/roster"
	"lamsach/core/sample"
	"lamsach/locales"
)

// TestEveryFindingHasWords: each code has a title and an explanation in every language, and what a finding brings along fills
// all places of its explanation.
func TestEveryFindingHasWords(t *testing.T) {
	texts, err := locales.New()
	if err != nil {
		t.Fatal(err)
	}
	asOf := civil.Date{Year: 2026, Month: 11, Day: 22}
	var found []check.Finding
	for _, layout := range sample.Layouts() {
		grid, _ := sample.Make(sample.Options{Layout: layout, Rows: 600, Seed: 3, FaultRate: 0.5, AsOf: asOf})
		ro, err := roster.Read(grid.Book(), roster.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, check.New(ro, check.Rules(), asOf).Findings()...)
	}
	for _, code := range sample.ColumnCodes() {
		grid, _ := sample.Make(sample.Options{Rows: 200, Seed: 3, AsOf: asOf, Column: code})
		ro, err := roster.Read(grid.Book(), roster.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, check.New(ro, check.Rules(), asOf).Findings()...)
	}
	for _, lang := range locales.Languages {
		p := texts.Printer(lang)
		for _, code := range check.Codes() {
			if !p.Has("finding."+code) || !p.Has("finding."+code+".detail") && !strings.HasPrefix(code, "file.") {
				t.Errorf("%s: %s has no words", lang, code)
			}
		}
		for f := roster.FullName; f < roster.NumFields; f++ {
			if !p.Has("field." + f.String()) {
				t.Errorf("%s: no word for the field %s", lang, f)
			}
		}
		for _, f := range found {
			args := map[string]any{"Value": f.Value, "Suggestion": f.Suggestion}
			maps.Copy(args, f.Args)
			if text := p.Text("finding."+f.Code+".detail", args); strings.Contains(text, "⟦") {
				t.Fatalf("%s: %s leaves a place open: %s", lang, f.Code, text)
			}
		}
	}
}
