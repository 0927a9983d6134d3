package check

import (
	"slices"
	"strings"

	"lamsach/core/roster"
	"lamsach/core/viet"
)

// unsure is the confidence below which a column is asked about.
const unsure = 0.9

// needed are the fields whose column every list must have; the second are missed, but the list can be read without.
var (
	needed = []roster.Field{roster.FullName, roster.BirthDate}
	missed = []roster.Field{roster.Sex, roster.Ethnicity, roster.PersonalID}
)

// listColumns tells what is wrong with the columns: missing, not sure, or holding something else than they say.
func listColumns(l *ListView) {
	for s := range l.ro.Sheets {
		sheet := &l.ro.Sheets[s]
		if sheet.Records == 0 {
			continue
		}
		for _, f := range needed {
			if !sheet.Has(f) {
				l.addFile(s, -1, Finding{Code: "column.missing", Field: f}).put("Sheet", sheet.Name)
			}
		}
		for _, f := range missed {
			if !sheet.Has(f) {
				l.addFile(s, -1, Finding{Code: "column.missing", Field: f, Severity: Warning}).put("Sheet", sheet.Name)
			}
		}
		if l.Child && !sheet.Households && !sheet.Has(roster.FatherName) && !sheet.Has(roster.MotherName) && !sheet.Has(roster.GuardianName) {
			l.addFile(s, -1, Finding{Code: "column.missing", Field: roster.MotherName, Severity: Warning}).put("Sheet", sheet.Name)
		}
		for i := range sheet.Columns {
			l.column(s, &sheet.Columns[i])
		}
		if b := sheet.Beside; b != nil {
			f := l.tellUnsure(s, &b.Name)
			f.put("Beside", roster.Letter(b.From)+"–"+roster.Letter(b.To))
		}
	}
}

// asked reports whether a wrong column of the field does harm.
func asked(f roster.Field) bool {
	switch f {
	case roster.Ordinal, roster.SoftwareCode, roster.HouseholdCode, roster.ReviewStatus, roster.Address, roster.Phone, roster.Standing:
		return false
	}
	return true
}

// fieldSet is a set of fields, a bit for each.
type fieldSet uint64

// contradicted gives by sheet the fields whose columns hold something else than they say.
func contradicted(ro *roster.Roster) []fieldSet {
	found := make([]fieldSet, len(ro.Sheets))
	for s := range ro.Sheets {
		for _, c := range ro.Sheets[s].Columns {
			if asked(c.Field) && c.Confidence < unsure && c.Looks != roster.NoField {
				found[s] |= 1 << c.Field
			}
		}
	}
	return found
}

// explainColumns marks what is found about a person as echoes where the whole column holds something else: the column is the question.
func (l *ListView) explainColumns(found []Finding) {
	for i := range found {
		if f := &found[i]; f.Record >= 0 && f.Field != roster.NoField && l.contradicted[f.Sheet]&(1<<f.Field) != 0 {
			f.Echo = true
		}
	}
}

func (l *ListView) column(s int, c *roster.Column) {
	if asked(c.Field) && c.Confidence < unsure {
		l.tellUnsure(s, c)
	}
}

// tellUnsure tells of a column that is not sure, and what else it can be.
func (l *ListView) tellUnsure(s int, c *roster.Column) *Finding {
	code := "column.uncertain"
	if c.Looks != roster.NoField {
		code = "column.contradicts"
	}
	f := l.addFile(s, c.Index, Finding{Code: code, Field: c.Field, Value: c.Header, Confidence: c.Confidence})
	f.put("Header", c.Header)
	f.put("Column", roster.Letter(c.Index))
	f.put("Field", c.Field.String())
	if c.Looks != roster.NoField {
		f.put("Looks", c.Looks.String())
	}
	var candidates []string // what the column can be, the likeliest first
	for _, field := range append([]roster.Field{c.Field}, c.Others...) {
		candidates = append(candidates, field.String())
	}
	f.put("Candidates", candidates)
	return f
}

// listFile tells what the program did, or could not do, with the file: encodings, formulas, hidden rows.
func listFile(l *ListView) {
	l.out = append(l.out, l.ofFile...)
	l.loneCells()
}

// oddCells gathers, while the list is gone through, what was decoded and what no program has computed. No decision
// changes that.
type oddCells struct {
	decoded  map[columnOf]*decodedCells
	formulas map[columnOf][]int // records
}

// decodedCells are the cells of a column that were decoded.
type decodedCells struct {
	n     int
	first []int // records, of the first few
}

// A column with fewer decoded cells than loneCells, and than one in loneShare of its people, is no column in an old font: each of them is
// a slip of its own.
const (
	loneCells = 64
	loneShare = 4
)

// loneCell is a name in an old font in a column of names that are not.
type loneCell struct {
	rec   int
	field roster.Field
}

// columnOf is a column of a sheet: its place among SheetInfo.Columns.
type columnOf struct{ sheet, column int }

func newOddCells() *oddCells {
	return &oddCells{decoded: map[columnOf]*decodedCells{}, formulas: map[columnOf][]int{}}
}

// take counts the cells of a person who was just read.
func (o *oddCells) take(v *RowView) {
	for i := range v.cells {
		c := &v.cells[i]
		switch {
		case c.Kind == roster.Uncomputed || c.Kind == roster.Fault:
			at := columnOf{v.record.Sheet, i}
			o.formulas[at] = append(o.formulas[at], v.rec)
		case c.Legacy != roster.Unicode && c.Kind == roster.Text && c.Decoded() != c.Text:
			o.decode(columnOf{v.record.Sheet, i}, v.rec)
		}
	}
}

func (o *oddCells) decode(at columnOf, rec int) {
	d := o.decoded[at]
	if d == nil {
		d = &decodedCells{}
		o.decoded[at] = d
	}
	if d.n++; d.n <= loneCells {
		d.first = append(d.first, rec)
	}
}

// join adds what was gathered of people further down.
func (o *oddCells) join(below *oddCells) {
	for at, recs := range below.formulas {
		o.formulas[at] = append(o.formulas[at], recs...)
	}
	for at, d := range below.decoded {
		mine := o.decoded[at]
		if mine == nil {
			o.decoded[at] = d
			continue
		}
		mine.n += d.n
		mine.first = append(mine.first, d.first[:min(len(d.first), max(loneCells-len(mine.first), 0))]...)
	}
}

// loneCells tells of single names in an old font.
func (l *ListView) loneCells() {
	for _, lone := range l.lone {
		value := l.value(lone.rec, lone.field)
		if value.Fixed || l.facts[lone.rec].left || !l.wants(lone.rec) {
			continue
		}
		raw := l.asWritten(lone)
		l.add(lone.rec, Finding{
			Code: lone.field.String() + ".encoding", Field: lone.field, Fix: Checked, Value: raw, Suggestion: viet.DisplayCase(viet.Tidy(value.Text)), Confidence: 0.95,
		})
	}
}

// asWritten gives a name as its cells have it.
func (l *ListView) asWritten(lone loneCell) string {
	var parts []string
	cells := l.ro.Cells(lone.rec, nil)
	for i, column := range l.ro.Sheets[l.ro.Records[lone.rec].Sheet].Columns {
		if column.Field == lone.field && i < len(cells) && cells[i].Kind == roster.Text {
			parts = append(parts, cells[i].Text)
		}
	}
	return strings.Join(parts, " ")
}

// filled counts the people of a sheet of whom a column says something.
func (l *ListView) filled(sheet int, c *roster.Column) int {
	at := slices.IndexFunc(l.ro.Sheets[sheet].Columns, func(other roster.Column) bool { return other.Field == c.Field && other.Part == c.Part })
	n := 0
	for rec := range l.ro.Records {
		if l.ro.Records[rec].Sheet != sheet {
			continue
		}
		if cells := l.ro.Cells(rec, nil); at < len(cells) && cells[at].Kind != roster.Empty {
			n++
		}
	}
	return n
}

// learnFile puts down what is to be told of the file.
func (l *ListView) learnFile(o *oddCells) {
	l.out, l.lone = nil, nil
	l.hidden()
	l.cells(o)
	l.ofFile, l.out = l.out, nil
}

func (l *ListView) hidden() {
	for s := range l.ro.Sheets {
		sheet := &l.ro.Sheets[s]
		if sheet.HiddenRows > 0 || sheet.Hidden && sheet.Records > 0 {
			f := l.addFile(s, -1, Finding{Code: "file.hidden"})
			f.put("Rows", sheet.HiddenRows)
			if sheet.Hidden {
				f.Args["Rows"] = sheet.Records
			}
			f.put("Sheet", sheet.Name)
			f.put("WholeSheet", sheet.Hidden)
		}
	}
}

func (l *ListView) cells(o *oddCells) {
	for s := range l.ro.Sheets {
		for i := range l.ro.Sheets[s].Columns {
			c := &l.ro.Sheets[s].Columns[i]
			l.decodedColumn(s, c, o.decoded[columnOf{s, i}])
			if recs := o.formulas[columnOf{s, i}]; len(recs) > 0 {
				l.addFile(s, c.Index, Finding{Code: "file.formula", Field: c.Field, Related: recs, Value: c.Header}).tellColumn(c, len(recs))
			}
		}
	}
}

// decodedColumn tells of a column in an old font, or keeps its single cells to be told of.
func (l *ListView) decodedColumn(s int, c *roster.Column, d *decodedCells) {
	if d == nil {
		return
	}
	switch c.Field {
	case roster.FullName, roster.FatherName, roster.MotherName, roster.GuardianName:
		if d.n < loneCells && loneShare*d.n < l.filled(s, c) {
			for _, rec := range d.first {
				if lone := (loneCell{rec, c.Field}); !slices.Contains(l.lone, lone) { // the family name was the other half
					l.lone = append(l.lone, lone)
				}
			}
			return
		}
	}
	l.addFile(s, c.Index, Finding{Code: "file.encoding", Field: c.Field, Fix: Auto, Value: c.Header}).tellColumn(c, d.n)
}

func (f *Finding) tellColumn(c *roster.Column, n int) {
	f.put("Header", c.Header)
	f.put("Column", roster.Letter(c.Index))
	f.put("N", n)
}
