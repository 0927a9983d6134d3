package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/kind"
	"lamsach/core/roster"
)

// listTruth is what is known of a list that other programs made out of invented people: who is on it and what was planted.
type listTruth struct {
	List   string     `json:"list"` // its file
	Kind   string     `json:"kind"`
	AsOf   civil.Date `json:"as_of"`
	Sheets map[string]struct {
		Rows []int `json:"rows"`
	} `json:"sheets"`
	Expect []struct {
		Sheet string   `json:"sheet"`
		Row   int      `json:"row"`
		Field string   `json:"field"`
		Codes []string `json:"codes"`
		Fix   *string  `json:"fix"`
	} `json:"expect"`
	Tolerated []string            `json:"tolerated"` // codes of ways of writing that the whole list has
	Beside    map[string][]string `json:"beside"`    // "sheet|row": codes that follow from what was planted
	File      []string            `json:"file"`
}

// TestListsOfOtherPrograms scores lists in thirteen mixtures of file type, layout, encoding and kind, written by LibreOffice, openpyxl, xlwt
// and python-docx, or byte by byte: everybody is read, every planted fault is found with its right fix, and nothing else is.
func TestListsOfOtherPrograms(t *testing.T) {
	truths, err := filepath.Glob("testdata/lists/*.truth.json")
	if err != nil || len(truths) < 12 {
		t.Fatal(len(truths), err)
	}
	for _, name := range truths {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".truth.json"), func(t *testing.T) {
			want := readListTruth(t, name)
			body, err := os.ReadFile(filepath.Join("testdata/lists", want.List))
			if err != nil {
				t.Fatal(err)
			}
			book, err := workbooks{}.Read(context.Background(), bytes.NewReader(body), int64(len(body)))
			if err != nil {
				t.Fatal(err)
			}
			ro, err := roster.Read(book, roster.ReadOptions{Compact: true})
			if err != nil {
				t.Fatal(err)
			}
			if ro.Kind != want.Kind {
				t.Errorf("read as a list of kind %q, want %q", ro.Kind, want.Kind)
			}
			scorePeople(t, ro, want)
			scoreFindings(t, ro, want)
		})
	}
}

func readListTruth(t *testing.T, name string) (truth listTruth) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(text, &truth)
	}
	if err != nil {
		t.Fatal(err)
	}
	return truth
}

func scorePeople(t *testing.T, ro *roster.Roster, want listTruth) {
	t.Helper()
	rows := map[string][]int{}
	for _, r := range ro.Records {
		name := ro.Sheets[r.Sheet].Name
		rows[name] = append(rows[name], r.Row)
	}
	for name, sheet := range want.Sheets {
		if !slices.Equal(rows[name], sheet.Rows) {
			t.Errorf("%s: people in rows %v, want %v", name, rows[name], sheet.Rows)
		}
		delete(rows, name)
	}
	for name := range rows {
		t.Errorf("%s has people, and should not", name)
	}
}

func scoreFindings(t *testing.T, ro *roster.Roster, want listTruth) {
	t.Helper()
	found := map[string][]check.Finding{}
	for _, f := range check.New(ro, kind.Of(ro.Kind).Rules, want.AsOf).Findings() {
		at := ""
		if f.Record >= 0 {
			record := &ro.Records[f.Record]
			at = fmt.Sprint(ro.Sheets[record.Sheet].Name, "|", record.Row)
		}
		found[at] = append(found[at], f)
	}
	for _, code := range want.File {
		if !slices.ContainsFunc(found[""], func(f check.Finding) bool { return f.Code == code }) {
			t.Errorf("%s is not told of the file", code)
		}
	}
	told := map[string][]string{} // codes that answer for what was planted
	for _, e := range want.Expect {
		at := fmt.Sprint(e.Sheet, "|", e.Row)
		fits := func(f check.Finding) bool {
			return slices.Contains(e.Codes, f.Code) && (e.Field == "record" || e.Field == "family" || f.Field.String() == e.Field)
		}
		i := slices.IndexFunc(found[at], func(f check.Finding) bool { return fits(f) && f.Code == e.Codes[0] })
		if i < 0 {
			i = slices.IndexFunc(found[at], fits)
		}
		if i < 0 {
			t.Errorf("%s: none of %v for %s", at, e.Codes, e.Field)
			continue
		}
		if e.Fix != nil && found[at][i].Suggestion != *e.Fix {
			t.Errorf("%s: %s proposes %q, want %q", at, found[at][i].Code, found[at][i].Suggestion, *e.Fix)
		}
		told[at] = append(told[at], e.Codes...)
	}
	for at, more := range found {
		for _, f := range more {
			switch {
			case at == "" && (strings.HasPrefix(f.Code, "file.") || f.Code == "column.missing"): // true of these lists
			case !slices.Contains(told[at], f.Code) && !slices.Contains(want.Tolerated, f.Code) && !slices.Contains(want.Beside[at], f.Code):
				t.Errorf("%s: %s %s %q was not planted", at, f.Field, f.Code, f.Value)
			}
		}
	}
}
