package main

import (
	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/roster"
)

// fileReport is what `check --format json` says of one file. Its shape is a contract with other programs.
type fileReport struct {
	File         string          `json:"file"`
	Kind         string          `json:"kind"`
	AsOf         civil.Date      `json:"as_of"`
	Records      int             `json:"records"`
	CleanRecords int             `json:"clean_records"`
	Sheets       []sheetReport   `json:"sheets"`
	Findings     []findingReport `json:"findings"`
	Summary      summaryReport   `json:"summary"`
	Remarks      []remarkReport  `json:"remarks,omitempty"` // what reading the file left out; most files have none
}

type remarkReport struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

type sheetReport struct {
	Name       string              `json:"name"`
	HeaderRows []int               `json:"header_rows"`
	FirstRow   int                 `json:"first_row"`
	LastRow    int                 `json:"last_row"`
	Records    int                 `json:"records"`
	Columns    []columnReport      `json:"columns"`
	Skipped    []roster.SkippedRow `json:"skipped_rows"`
}

type columnReport struct {
	Column     string       `json:"column"`
	Field      roster.Field `json:"field"`
	Header     string       `json:"header"`
	Confidence float64      `json:"confidence"`
}

type findingReport struct {
	Sheet       string         `json:"sheet"`
	Row         int            `json:"row"`
	Column      string         `json:"column"`
	Field       string         `json:"field"`
	Code        string         `json:"code"`
	Severity    check.Severity `json:"severity"`
	Value       string         `json:"value"`
	Suggestion  string         `json:"suggestion"`
	Confidence  float64        `json:"confidence"`
	RelatedRows []int          `json:"related_rows"`
}

type summaryReport struct {
	ByGroup map[check.Group]int `json:"by_group"`
	ByCode  map[string]int      `json:"by_code"`
}

// reportOf puts a checked list into the contract's shape.
func reportOf(file string, ro *roster.Roster, findings []check.Finding, asOf civil.Date) fileReport {
	r := fileReport{
		File: file, Kind: ro.Kind, AsOf: asOf, Records: len(ro.Records),
		Sheets: []sheetReport{}, Findings: make([]findingReport, 0, len(findings)),
		Summary: summaryReport{ByGroup: map[check.Group]int{}, ByCode: map[string]int{}},
	}
	for _, g := range []check.Group{check.NoID, check.BadID, check.BasicInfo, check.Double, check.Scope} {
		r.Summary.ByGroup[g] = 0
	}
	for _, s := range ro.Sheets {
		r.Sheets = append(r.Sheets, sheetOf(s))
	}
	flawed := map[int]bool{}
	for _, f := range findings {
		r.Findings = append(r.Findings, findingOf(ro, f))
		r.Summary.ByGroup[f.Group]++
		r.Summary.ByCode[f.Code]++
		if f.Record >= 0 && f.Severity != check.Info {
			flawed[f.Record] = true
		}
	}
	r.CleanRecords = len(ro.Records) - len(flawed)
	return r
}

func sheetOf(s roster.SheetInfo) sheetReport {
	out := sheetReport{
		Name: s.Name, HeaderRows: s.HeaderRows, FirstRow: s.FirstRow, LastRow: s.LastRow, Records: s.Records,
		Columns: []columnReport{}, Skipped: s.Skipped,
	}
	if out.Skipped == nil {
		out.Skipped = []roster.SkippedRow{}
	}
	if out.HeaderRows == nil {
		out.HeaderRows = []int{}
	}
	for _, c := range s.Columns {
		if c.Index >= 0 {
			out.Columns = append(out.Columns, columnReport{letters(c.Index), c.Field, c.Header, c.Confidence})
		}
	}
	return out
}

func findingOf(ro *roster.Roster, f check.Finding) findingReport {
	out := findingReport{
		Field: f.Field.String(), Code: f.Code, Severity: f.Severity, Value: f.Value,
		Suggestion: f.Suggestion, Confidence: f.Confidence, RelatedRows: []int{},
	}
	sheet := f.Sheet
	if f.Record >= 0 {
		rec := ro.Records[f.Record]
		sheet, out.Row = rec.Sheet, rec.Row
		info := &ro.Sheets[sheet]
		for c := range info.Columns {
			if at := info.IndexAt(c, rec.Row); info.Columns[c].Field == f.Field && at >= 0 {
				out.Column = letters(at)
				break
			}
		}
		if f.Field == roster.NoField {
			// The contract's names for findings about more than one cell.
			out.Field = wholeField(f.Code)
		}
	} else if f.Column >= 0 {
		out.Column = letters(f.Column)
	}
	if sheet >= 0 && sheet < len(ro.Sheets) {
		out.Sheet = ro.Sheets[sheet].Name
	}
	for _, i := range f.Related {
		out.RelatedRows = append(out.RelatedRows, ro.Records[i].Row)
	}
	return out
}

// wholeField is the first word of a finding that is about no single field: "family", "record".
func wholeField(code string) string {
	for i := range len(code) {
		if code[i] == '.' {
			return code[:i]
		}
	}
	return code
}

// letters names a column as Excel does: 0 is A, 26 is AA.
func letters(index int) string {
	name := ""
	for n := index + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
