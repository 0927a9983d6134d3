package main

import (
	"maps"
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/kind"
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
		found = append(found, check.New(ro, kind.Of(ro.Kind).Rules, asOf).Findings()...)
	}
	found = append(found, benefitFindings(t, asOf)...)
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

// benefitFindings are those of a list of beneficiaries with everything wrong that only such a list can have, and of people
// who may stand in it twice, or in another unit's.
func benefitFindings(t *testing.T, asOf civil.Date) []check.Finding {
	t.Helper()
	fields := []roster.Field{roster.FullName, roster.BirthDate, roster.MotherName, roster.FatherName, roster.Category, roster.Coefficient, roster.Allowance, roster.DecisionNo, roster.BenefitFrom}
	ro := &roster.Roster{Kind: roster.KindBeneficiary, Sheets: []roster.SheetInfo{{Name: "Sheet1", Records: 4}}}
	for i, f := range fields {
		ro.Sheets[0].Columns = append(ro.Sheets[0].Columns, roster.Column{Index: i, Field: f, Header: f.String(), Confidence: 1})
	}
	for i, line := range []string{
		"Lò Văn Một|09/05/2016|Cà Thị Mẹ|Lò Văn Bố|5.5.c|1|500000||quý", "Lò Văn Một|12/05/2016|Cà Thị Mẹ|Lò Văn Bố|không rõ|1|500000|1|01/2031",
		"Hà Thị Ba|09/05/1975||||1|540000|2|01/2025", "Vì Thị Tư|09/05/1975|||5.6|9|4500000|3|01/2025",
	} {
		record := roster.Record{Row: 2 + i}
		for text := range strings.SplitSeq(line, "|") {
			record.Cells = append(record.Cells, roster.Cell{Kind: roster.Text, Text: text})
		}
		ro.Records = append(ro.Records, record)
	}
	rules := append(check.BeneficiaryRules(), check.Elsewhere(map[string][]string{"0:2": {"Xã Bắc Yên"}}))
	found := check.New(ro, rules, asOf).Findings()
	told := map[string]bool{}
	for _, f := range found {
		told[f.Code] = true
	}
	for _, code := range []string{"category.missing", "category.unknown", "category.age_mismatch", "coefficient.mismatch", "allowance.mismatch",
		"decision_no.missing", "benefit_from.malformed", "benefit_from.future", "record.likely_duplicate", "record.elsewhere"} {
		if !told[code] {
			t.Errorf("%s was not found", code)
		}
	}
	return found
}
