// Package report plans what goes out: the officer's own workbook with what was decided written in, and reports.
// It plans only; paper/ makes the files.
package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/roster"
)

// Mark says how a cell of the copy stands out.
type Mark uint8

// The marks, the more urgent the higher.
const (
	NoMark Mark = iota
	InfoMark
	Changed // the value is new: corrected by the officer, or tidied by the program
	WarningMark
	ErrorMark
)

// Cell is one cell of the copy that differs from the officer's file: it holds Value, or what it held (Keep).
type Cell struct {
	Row, Column int // as Excel shows the row; A is column 0
	Value       roster.Cell
	Keep        bool
	Mark        Mark
}

// AddedColumn is a column of ours to the right of the table. Values are in ascending order of rows.
type AddedColumn struct {
	Header string
	Width  float64 // in characters
	Values []RowText
}

// RowText is what a column has to say in a row, as Excel shows the row.
type RowText struct {
	Row  int
	Text string
}

// SheetCopy is what changes on one sheet. Cells are in ascending order of row and column.
type SheetCopy struct {
	Sheet     string // its name
	HeaderRow int    // last row of the header: the added columns' headers stand there
	LastRow   int
	Cells     []Cell
	Added     []AddedColumn
	Outline   []byte // roster.SheetInfo.Outline
}

// LegendLine is one line of the legend sheet.
type LegendLine struct {
	Mark Mark
	Text string
}

// Copy is what changes in the officer's workbook.
type Copy struct {
	Sheets     []SheetCopy
	LegendName string
	Legend     []LegendLine
}

// Words puts a text into the reader's language.
type Words func(fault.Text) string

// The added columns, in order.
const (
	statusColumn = iota
	changedColumn
	openColumn
	suggestionColumn
	addedColumns
)

// planner gathers a Copy person by person.
type planner struct {
	ro     *roster.Roster
	check  *check.Checker
	words  Words
	fields [roster.NumFields]string // what they are called
	cells  [][]Cell                 // by sheet, as they were planned: a cell may be planned more than once
	added  [][addedColumns][]RowText
}

// Plan says how the officer's workbook has to change so that it holds what was decided, shows what changed and what is
// still open, and can be read back by this program without a loss.
func Plan(ro *roster.Roster, ch *check.Checker, words Words) Copy {
	p := &planner{ro: ro, check: ch, words: words, cells: make([][]Cell, len(ro.Sheets))}
	p.added = make([][addedColumns][]RowText, len(ro.Sheets))
	for i := range ro.Records {
		p.person(i)
	}
	out := Copy{LegendName: p.say("export.legend.name"), Legend: p.legend()}
	for s := range ro.Sheets {
		if ro.Sheets[s].Records > 0 {
			out.Sheets = append(out.Sheets, p.sheet(s))
		}
	}
	return out
}

// field is what a field is called.
func (p *planner) field(f roster.Field) string {
	if p.fields[f] == "" {
		p.fields[f] = p.say("field." + f.String())
	}
	return p.fields[f]
}

func (p *planner) say(key string, pairs ...any) string { return p.words(fault.T(key, pairs...)) }

// person plans the cells of one person.
func (p *planner) person(i int) {
	rec := &p.ro.Records[i]
	var changed, open, suggested []string
	fixed := rec.Fixed()
	var fields []roster.Field
	if len(fixed) > 0 { // seldom
		fields = slices.Sorted(maps.Keys(fixed))
	}
	for _, f := range fields {
		fix := fixed[f]
		raw := p.ro.Raw(i, f).Text
		changed = append(changed, p.say("export.changed", "Field", p.field(f),
			"Before", orNothing(raw, p), "After", orNothing(fix.Value, p)))
		writes, ok := p.ro.Place(i, f, fix.Value)
		for _, w := range writes {
			p.mark(w.Sheet, w.Row, w.Column, Changed, &w.Cell)
		}
		if !ok {
			// The file has no column for it: the value stands in our own column, so that it is not lost.
			suggested = append(suggested, p.say("export.no_column", "Field", p.field(f), "Value", fix.Value))
		}
	}
	for _, finding := range p.check.Of(i) {
		key := "finding." + finding.Code
		if _, named := finding.Args["Units"]; named {
			key += ".detail" // which units, only the detail says
		}
		open = append(open, p.say(key, pairsOf(finding)...))
		if finding.Suggestion != "" {
			suggested = append(suggested, p.field(finding.Field)+": "+finding.Suggestion)
		}
		p.markField(i, finding)
	}
	p.put(rec, statusColumn, roster.StatusText(p.ro.NoteOf(i)))
	p.put(rec, changedColumn, strings.Join(changed, "; "))
	p.put(rec, openColumn, strings.Join(open, "; "))
	p.put(rec, suggestionColumn, strings.Join(suggested, "; "))
}

// pairsOf gives a finding's sentence what it may need.
func pairsOf(f check.Finding) []any {
	pairs := []any{"Value", f.Value, "Suggestion", f.Suggestion}
	for k, v := range f.Args {
		pairs = append(pairs, k, v)
	}
	return pairs
}

func orNothing(text string, p *planner) string {
	if text == "" {
		return p.say("export.nothing")
	}
	return text
}

func (p *planner) put(rec *roster.Record, column int, text string) {
	if text != "" {
		into := &p.added[rec.Sheet][column]
		*into = append(*into, RowText{rec.Row, text})
	}
}

// marks of severities.
var markOf = map[check.Severity]Mark{check.Error: ErrorMark, check.Warning: WarningMark, check.Info: InfoMark}

// markField colours the cells that a finding is about.
func (p *planner) markField(i int, f check.Finding) {
	rec := &p.ro.Records[i]
	sheet := &p.ro.Sheets[rec.Sheet]
	for c, col := range sheet.Columns {
		index := sheet.IndexAt(c, rec.Row)
		if index < 0 {
			continue
		}
		if col.Field == f.Field || (f.Field == roster.NoField && col.Field == roster.FullName) {
			p.mark(rec.Sheet, rec.Row, index, markOf[f.Severity], nil)
		}
	}
}

// mark notes a cell; the more urgent mark stays, a new value always does.
func (p *planner) mark(sheet, row, column int, mark Mark, value *roster.Cell) {
	c := Cell{Row: row, Column: column, Keep: true, Mark: mark}
	if value != nil {
		c.Value, c.Keep = *value, false
	}
	p.cells[sheet] = append(p.cells[sheet], c)
}

// once brings cells into the order of the sheet, and makes one of those about the same place.
func once(cells []Cell) []Cell {
	slices.SortStableFunc(cells, func(a, b Cell) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Column - b.Column
	})
	out := cells[:0]
	for _, c := range cells {
		if n := len(out); n > 0 && out[n-1].Row == c.Row && out[n-1].Column == c.Column {
			c.Mark = max(c.Mark, out[n-1].Mark)
			if c.Keep {
				c.Value, c.Keep = out[n-1].Value, out[n-1].Keep
			}
			out[n-1] = c
			continue
		}
		out = append(out, c)
	}
	return out
}

// sheet puts together what was planned for one sheet.
func (p *planner) sheet(s int) SheetCopy {
	info := p.ro.Sheets[s]
	out := SheetCopy{Sheet: info.Name, HeaderRow: slices.Max(info.HeaderRows), LastRow: info.LastRow, Cells: once(p.cells[s]), Outline: info.Outline}
	headers := [addedColumns]string{
		p.say("export.column.status"), p.say("export.column.changed"), p.say("export.column.open"), p.say("export.column.suggestion"),
	}
	for c := range addedColumns {
		values := byRow(p.added[s][c])
		out.Added = append(out.Added, AddedColumn{Header: headers[c], Width: width(headers[c], values), Values: values})
	}
	return out
}

// byRow brings a column into the order of rows; what was said of a row last holds.
func byRow(values []RowText) []RowText {
	slices.SortStableFunc(values, func(a, b RowText) int { return a.Row - b.Row })
	out := values[:0]
	for i, v := range values {
		if i+1 == len(values) || values[i+1].Row != v.Row {
			out = append(out, v)
		}
	}
	return out
}

// The width of an added column in characters: as its longest text needs, within bounds that leave the list printable.
const (
	narrowest = 16
	widest    = 64
)

func width(header string, values []RowText) float64 {
	longest := utf8.RuneCountInString(header)
	for _, v := range values {
		longest = max(longest, utf8.RuneCountInString(v.Text))
	}
	return float64(min(max(longest+2, narrowest), widest))
}

// legend explains the colours, and what the workbook is.
func (p *planner) legend() []LegendLine {
	lines := []LegendLine{{NoMark, p.say("export.legend.title")}}
	for _, l := range []struct {
		mark Mark
		key  string
	}{{ErrorMark, "error"}, {WarningMark, "warning"}, {InfoMark, "info"}, {Changed, "changed"}} {
		lines = append(lines, LegendLine{l.mark, p.say("export.legend." + l.key)})
	}
	return append(lines,
		LegendLine{NoMark, p.say("export.legend.columns")},
		LegendLine{NoMark, p.say("export.legend.counts", "People", len(p.ro.Records), "Open", p.openPeople())},
		LegendLine{NoMark, p.say("export.legend.format_only")})
}

// openPeople counts people with something open.
func (p *planner) openPeople() int {
	people := map[int]bool{}
	for _, f := range p.check.Findings() {
		if f.Record >= 0 && f.Severity != check.Info {
			people[f.Record] = true
		}
	}
	return len(people)
}

// String names a mark, for messages of tests.
func (m Mark) String() string {
	return [...]string{"none", "info", "changed", "warning", "error"}[m]
}

var _ fmt.Stringer = NoMark
