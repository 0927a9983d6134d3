package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/kind"
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/xlsx"
)

// specimenTruth is what is known of a workbook made elsewhere: its people, what was planted, which rows are right.
type specimenTruth struct {
	AsOf   civil.Date `json:"as_of"`
	Kind   string     `json:"kind"`
	Sheets map[string]struct {
		Rows []int `json:"rows"`
	} `json:"sheets"`
	Expect []struct {
		Sheet string   `json:"sheet"`
		Row   int      `json:"row"`
		Codes []string `json:"codes"`
		Fix   *string  `json:"fix"`
	} `json:"expect"`
}

// TestSpecimens scores the whole way from the file to the findings: every person is read, every planted fault found by one of
// its codes with the right fix, and nothing else is found.
func TestSpecimens(t *testing.T) {
	for file, truth := range map[string]string{
		"official.xlsx": "official", "official-libreoffice.xlsx": "official", "plain.xlsx": "plain", "split.xlsx": "split",
	} {
		t.Run(file, func(t *testing.T) {
			want := readSpecimenTruth(t, truth)
			ro := readSpecimen(t, file)
			if ro.Kind != want.Kind {
				t.Errorf("read as a list of kind %q", ro.Kind)
			}
			for i, sheet := range ro.Sheets {
				var rows []int
				for _, r := range ro.Records {
					if r.Sheet == i {
						rows = append(rows, r.Row)
					}
				}
				if !slices.Equal(rows, want.Sheets[sheet.Name].Rows) {
					t.Errorf("%s: people in rows %v; skipped %v", sheet.Name, rows, sheet.Skipped)
				}
			}
			scoreSpecimen(t, ro, want)
		})
	}
}

func readSpecimenTruth(t *testing.T, name string) (truth specimenTruth) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".truth.json"))
	if err == nil {
		err = json.Unmarshal(text, &truth)
	}
	if err != nil {
		t.Fatal(err)
	}
	return truth
}

func readSpecimen(t *testing.T, name string) *roster.Roster {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	book, err := xlsx.Open(file, info.Size(), cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ro, err := roster.Read(book.Roster(), roster.ReadOptions{Compact: true})
	if err != nil {
		t.Fatal(err)
	}
	return ro
}

func scoreSpecimen(t *testing.T, ro *roster.Roster, want specimenTruth) {
	t.Helper()
	type place struct {
		sheet string
		row   int
	}
	found := map[place][]check.Finding{}
	for _, f := range check.New(ro, kind.Of(ro.Kind).Rules, want.AsOf).Findings() {
		if f.Record < 0 {
			t.Errorf("about the file: %s %s", f.Code, f.Field)
			continue
		}
		r := ro.Records[f.Record]
		at := place{ro.Sheets[r.Sheet].Name, r.Row}
		found[at] = append(found[at], f)
	}
	for _, e := range want.Expect {
		at := place{e.Sheet, e.Row}
		i := slices.IndexFunc(found[at], func(f check.Finding) bool { return slices.Contains(e.Codes, f.Code) })
		if i < 0 {
			t.Errorf("row %d: none of %s", e.Row, strings.Join(e.Codes, ", "))
			continue
		}
		if e.Fix != nil && found[at][i].Suggestion != *e.Fix {
			t.Errorf("row %d: %s has another fix than planted", e.Row, found[at][i].Code)
		}
		found[at] = slices.Delete(found[at], i, i+1)
	}
	for at, more := range found {
		for _, f := range more {
			t.Errorf("row %d: %s was not planted", at.row, f.Code)
		}
	}
}
