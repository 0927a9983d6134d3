package roster

import (
	"slices"
	"strings"
)

// Value gives what holds for the field of the person now: what was decided, else what the list says.
func (r *Roster) Value(rec int, f Field) Value {
	if fix, ok := r.Records[rec].Fixed()[f]; ok {
		if fix.Value == "" {
			return Value{Kind: Empty, Fixed: true}
		}
		return Value{Kind: Text, Text: fix.Value, Fixed: true}
	}
	return r.Raw(rec, f)
}

// Raw gives what the list itself says, with the parts of a field joined and old encodings decoded. A parent or
// guardian without an own column is looked up in the cell that holds the family, a hamlet in the group row above.
func (r *Roster) Raw(rec int, f Field) Value {
	var space [32]Cell // more columns than lists have, so that a packed person costs no memory
	return r.RawIn(rec, r.Cells(rec, space[:0]), f)
}

// ValueIn is Value for who asks for many fields of one person: cells are what Cells gave.
func (r *Roster) ValueIn(rec int, cells []Cell, f Field) Value {
	if fixed := r.Records[rec].Fixed(); len(fixed) > 0 {
		if _, ok := fixed[f]; ok {
			return r.Value(rec, f)
		}
	}
	return r.RawIn(rec, cells, f)
}

// Cells gives the cells of a person, one per column of the sheet. A list that was read Compact unpacks them into buffer,
// where they are good until buffer is used again; other lists give their own, which must not be changed.
func (r *Roster) Cells(rec int, buffer []Cell) []Cell {
	record := &r.Records[rec]
	if record.Cells != nil || record.packed == "" {
		return record.Cells
	}
	return unpack(record.packed, int(record.at), buffer[:0])
}

// CellReader gives the cells of one person after the other, in memory that is used again.
type CellReader struct {
	ro     *Roster
	buffer []Cell
}

// NewCellReader makes a reader of a list's cells.
func NewCellReader(ro *Roster) *CellReader { return &CellReader{ro: ro} }

// Cells gives the cells of a person, which are good until the next call and must not be changed.
func (c *CellReader) Cells(rec int) []Cell {
	cells := c.ro.Cells(rec, c.buffer)
	if c.ro.Records[rec].Cells == nil {
		c.buffer = cells // it may have grown
	}
	return cells
}

// Packed gives the cells of a person as EncodeCells packs them, to be stored.
func (r *Roster) Packed(rec int) []byte {
	var space [32]Cell
	return EncodeCells(r.Cells(rec, space[:0]))
}

// RawIn is Raw for who asks for many fields of one person: cells are what Cells gave.
func (r *Roster) RawIn(rec int, cells []Cell, f Field) Value {
	record := &r.Records[rec]
	columns := r.Sheets[record.Sheet].Columns
	v := fieldOf(columns, cells, f)
	if v.Kind != Empty {
		return v
	}
	switch f {
	case Village:
		if record.Group != "" {
			return Value{Kind: Text, Text: record.Group}
		}
	case FatherName, FatherBirth, FatherID, MotherName, MotherBirth, MotherID, GuardianName:
		family := fieldOf(columns, cells, Parents)
		if family.Absent {
			return v
		}
		if text := r.families.parse(family.Text).field(f); text != "" {
			return Value{Kind: Text, Text: text}
		}
		if f == FatherName || f == MotherName {
			return Value{Kind: Empty} // the list does have a place for them
		}
	}
	return v
}

// Has reports whether any sheet of the list has a place for the field.
func (r *Roster) Has(f Field) bool {
	for s := range r.Sheets {
		if r.Sheets[s].Records > 0 && r.Sheets[s].Has(f) {
			return true
		}
	}
	return false
}

// Has reports whether the sheet has a column that tells the field.
func (s *SheetInfo) Has(f Field) bool {
	for i := range s.Columns {
		if c := &s.Columns[i]; c.Field == f || f == Sex && c.marksBirth() || f == BirthDate && c.tellsBirth() {
			return true
		}
		if s.Columns[i].Field == Parents && (f == FatherName || f == MotherName || f == GuardianName) {
			return true
		}
	}
	return false
}

// ColumnOf gives the column index (A is 0) in which the field of the sheet stands, the first of several; -1 without one.
func (s *SheetInfo) ColumnOf(f Field) int {
	for i := range s.Columns {
		if c := &s.Columns[i]; c.Field == f && c.Part != Spare || f == Sex && c.marksBirth() || f == BirthDate && c.tellsBirth() {
			return c.Index
		}
	}
	return -1
}

// Plain gives the place among Columns (and so among a person's cells) of the field's column when it has a single one that
// holds it whole; -1 otherwise. A cell there that is not empty is the field's raw value.
func (s *SheetInfo) Plain(f Field) int {
	at := -1
	for i := range s.Columns {
		switch c := &s.Columns[i]; {
		case c.Field != f:
		case c.Part != Whole || at >= 0 || c.Codes != nil:
			return -1
		default:
			at = i
		}
	}
	return at
}

// Sole reports whether nothing but the field's own columns tells it: no group row, no cell that holds the family, no column of
// another field.
func (s *SheetInfo) Sole(f Field) bool {
	switch f {
	case Village:
		return false
	case BirthDate:
		return !slices.ContainsFunc(s.Columns, func(c Column) bool { return c.tellsBirth() })
	case Sex, FatherName, FatherBirth, FatherID, MotherName, MotherBirth, MotherID, GuardianName:
		return !slices.ContainsFunc(s.Columns, func(c Column) bool { return c.Field == Parents || c.marksBirth() })
	}
	return true
}

// marksBirth reports whether the column holds birth dates of one sex.
func (c *Column) marksBirth() bool {
	return c.Field == BirthDate && (c.Part == MaleMark || c.Part == FemaleMark)
}

// parts are the cells of one field of one person, nil where there is no such column.
type parts struct {
	whole, spare, born, family, given, day, month, year, male, female *Cell
}

// gather collects the cells of the field.
func gather(columns []Column, cells []Cell, f Field) (p parts, found bool) {
	for i := range columns {
		c := &columns[i]
		if c.Field != f || i >= len(cells) {
			continue
		}
		found = true
		cell := &cells[i]
		switch c.Part {
		case Whole:
			if p.whole == nil || p.whole.Kind == Empty {
				p.whole = cell
			}
		case Spare:
			p.spare = cell
		case WithBirth:
			p.born = cell
		case FamilyPart:
			p.family = cell
		case GivenPart:
			p.given = cell
		case DayPart:
			p.day = cell
		case MonthPart:
			p.month = cell
		case YearPart:
			p.year = cell
		case MaleMark:
			p.male = cell
		case FemaleMark:
			p.female = cell
		}
	}
	return p, found
}

// fieldOf reads the field from its own columns.
func fieldOf(columns []Column, cells []Cell, f Field) Value {
	p, found := gather(columns, cells, f)
	if !found && f == Sex {
		p, found = gather(columns, cells, BirthDate)
		if !found || (p.male == nil && p.female == nil) {
			return Value{Absent: true}
		}
		return p.sex()
	}
	if !found && f == BirthDate {
		p, found = gather(columns, cells, FullName)
		found = found && p.born != nil
	}
	switch {
	case !found:
		return Value{Absent: true}
	case p.born != nil:
		return bornOf(p.born, f)
	case p.whole != nil && p.whole.Kind != Empty:
		if f == Sex {
			return sexValue(columns, p.whole)
		}
		return p.whole.value()
	case p.spare != nil:
		return p.spare.value()
	case f == Sex && (p.male != nil || p.female != nil):
		return p.sex()
	case p.male != nil || p.female != nil:
		return either(p.male, p.female)
	case p.family != nil || p.given != nil:
		return joinName(p.family, p.given)
	case p.day != nil || p.month != nil || p.year != nil:
		return joinDate(p.day, p.month, p.year)
	}
	return Value{}
}

// value reads one cell.
func (c *Cell) value() Value { return Value{Kind: c.Kind, Text: c.Decoded()} }

// text is the cell's text without surrounding blanks; a missing column has none.
func (c *Cell) text() string {
	if c == nil || c.Kind == Empty {
		return ""
	}
	return strings.TrimSpace(c.Decoded())
}

// joinName puts family and given name together as they are written.
func joinName(family, given *Cell) Value {
	a, b := family.text(), given.text()
	switch {
	case a == "" && b == "":
		return Value{}
	case a == "":
		return given.value()
	case b == "":
		return family.value()
	}
	return Value{Kind: Text, Text: a + " " + b}
}

// joinDate puts day, month and year together as day/month/year; what is unknown is left out.
func joinDate(day, month, year *Cell) Value {
	d, m, y := datePart(day), datePart(month), datePart(year)
	switch {
	case d == "" && m == "" && y == "":
		return Value{}
	case d == "" && m == "":
		if year.Kind == Date {
			return year.value()
		}
		return Value{Kind: Text, Text: y}
	case d == "":
		return Value{Kind: Text, Text: m + "/" + y}
	}
	return Value{Kind: Text, Text: d + "/" + m + "/" + y}
}

// datePart is a day, month or year as written; zeros stand for "unknown".
func datePart(c *Cell) string {
	t := c.text()
	if strings.Trim(t, "0") == "" {
		return ""
	}
	return t
}

// either reads the one cell of the two that is filled. Two different values stay visible side by side.
func either(a, b *Cell) Value {
	s, t := a.text(), b.text()
	switch {
	case s == "" && t == "":
		return Value{}
	case t == "" || s == t:
		return a.value()
	case s == "":
		return b.value()
	}
	return Value{Kind: Text, Text: s + "; " + t}
}

// The canonical words of the two sexes, as every list of the country writes them.
const (
	maleText   = "Nam"
	femaleText = "Nữ"
)

// sex reads the columns Nam and Nữ. With one of them only, an empty cell says the other sex.
func (p parts) sex() Value {
	male, female := ticked(p.male), ticked(p.female)
	switch {
	case p.male == nil:
		male = !female
	case p.female == nil:
		female = !male
	}
	if male && female && p.male != nil && p.female != nil {
		switch m, f := p.male.text(), p.female.text(); {
		case isCross(m) && isCheck(f):
			male = false
		case isCheck(m) && isCross(f):
			female = false
		}
	}
	switch {
	case male && female:
		return Value{Kind: Text, Text: maleText + "; " + femaleText}
	case male:
		return Value{Kind: Text, Text: maleText}
	case female:
		return Value{Kind: Text, Text: femaleText}
	}
	return Value{}
}
