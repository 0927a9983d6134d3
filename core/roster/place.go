package roster

import (
	"strings"

	"lamsach/core/civil"
)

// CellWrite is one cell to be written into the officer's own file.
type CellWrite struct {
	Sheet  int // index into Roster.Sheets
	Row    int // as Excel shows it
	Column int // A is 0
	Cell   Cell
}

// Place says where and how a canonical value goes back into the officer's own file: parts are split again, ticks
// are moved, complete dates are date cells, and numbers of people are text. The empty value clears. It is false
// when the sheet has no column of the field's own.
func (r *Roster) Place(rec int, f Field, value string) ([]CellWrite, bool) {
	p := placing{record: &r.Records[rec], cells: r.Cells(rec, nil), columns: r.Sheets[r.Records[rec].Sheet].Columns,
		sheet: &r.Sheets[r.Records[rec].Sheet]}
	if at := p.at(FullName, WithBirth); at >= 0 && (f == FullName || f == BirthDate) {
		p.withBirth(r, rec, at, f, value)
		return p.writes, p.found
	}
	switch f {
	case Sex:
		p.sex(r, rec, value)
	case BirthDate:
		p.birth(r, rec, value)
	case FullName, FatherName, MotherName:
		p.name(f, value)
	default:
		p.whole(f, value)
	}
	return p.writes, p.found
}

// placing collects the writes for one value.
type placing struct {
	record  *Record
	cells   []Cell
	columns []Column
	sheet   *SheetInfo
	writes  []CellWrite
	found   bool
}

// at finds the column of a part, or -1.
func (p *placing) at(f Field, part Part) int {
	for i := range p.columns {
		if p.columns[i].Field == f && p.columns[i].Part == part {
			return i
		}
	}
	return -1
}

// put writes a cell at a column position; a cell that would not change is left alone.
func (p *placing) put(at int, cell Cell) {
	if at < 0 {
		return
	}
	index := p.sheet.IndexAt(at, p.record.Row)
	if index < 0 {
		return
	}
	p.found = true
	if at < len(p.cells) && p.cells[at] == cell {
		return
	}
	p.writes = append(p.writes, CellWrite{
		Sheet: p.record.Sheet, Row: p.record.Row, Column: index, Cell: cell,
	})
}

// cellOf makes the cell of a canonical value.
func cellOf(f Field, value string) Cell {
	switch {
	case value == "":
		return Cell{}
	case (f == Coefficient || f == Allowance) && decimal(value):
		return Cell{Kind: Number, Text: value}
	case f == BirthDate || f == FatherBirth || f == MotherBirth:
		if iso, ok := isoDate(value); ok {
			return Cell{Kind: Date, Text: iso}
		}
	}
	return Cell{Kind: Text, Text: value}
}

// decimal reports whether a canonical value is a plain number ("1.5").
func decimal(value string) bool {
	return strings.Trim(value, "0123456789.") == "" && strings.Trim(value, ".") == value && strings.Count(value, ".") <= 1 && value != ""
}

// isoDate turns the canonical dd/mm/yyyy into the text of a date cell.
func isoDate(value string) (string, bool) {
	if len(value) != 10 || value[2] != '/' || value[5] != '/' {
		return "", false
	}
	iso := value[6:] + "-" + value[3:5] + "-" + value[:2]
	if _, err := civil.ParseISO(iso); err != nil {
		return "", false
	}
	return iso, true
}

// whole writes into the field's column, or into its spare one when the value stands there and neither says that it is the right one.
func (p *placing) whole(f Field, value string) {
	at, spare := p.at(f, Whole), p.at(f, Spare)
	if at >= 0 && spare >= 0 && p.cells[at].Kind == Empty && p.cells[spare].Kind != Empty &&
		standingOf(p.columns[at].Header) == standingOf(p.columns[spare].Header) {
		at = spare
	}
	p.put(at, cellOf(f, value))
}

// name splits the last word off as the given name; a given name of several words in the list keeps their number.
func (p *placing) name(f Field, value string) {
	family, given := p.at(f, FamilyPart), p.at(f, GivenPart)
	if family < 0 || given < 0 {
		p.whole(f, value)
		return
	}
	words := strings.Fields(value)
	n := len(strings.Fields(p.cells[given].text()))
	if n < 1 || n >= len(words) {
		n = 1
	}
	cut := max(len(words)-n, 0)
	p.put(family, cellOf(f, strings.Join(words[:cut], " ")))
	p.put(given, cellOf(f, strings.Join(words[cut:], " ")))
}

// birth writes a date whole, in day, month and year, or under the sex.
func (p *placing) birth(r *Roster, rec int, value string) {
	male, female := p.at(BirthDate, MaleMark), p.at(BirthDate, FemaleMark)
	day, month, year := p.at(BirthDate, DayPart), p.at(BirthDate, MonthPart), p.at(BirthDate, YearPart)
	switch {
	case p.at(BirthDate, Whole) >= 0:
		p.whole(BirthDate, value)
	case male >= 0 && female >= 0:
		p.underSex(r.Value(rec, Sex).Text, cellOf(BirthDate, value), male, female)
	case year >= 0:
		words := strings.Split(value, "/")
		for len(words) < 3 {
			words = append([]string{""}, words...)
		}
		p.put(day, numberCell(words[0]))
		p.put(month, numberCell(words[1]))
		p.put(year, numberCell(words[2]))
	}
}

// numberCell is a day, month or year as a number cell.
func numberCell(text string) Cell {
	if text = strings.TrimLeft(text, "0"); text == "" {
		return Cell{}
	}
	return Cell{Kind: Number, Text: text}
}

// sex writes the word, moves the tick, or moves the birth date that stands under the sex.
func (p *placing) sex(r *Roster, rec int, value string) {
	if at := p.at(Sex, Whole); at >= 0 {
		p.put(at, p.columns[at].sexCell(value, p.cells[at]))
		return
	}
	if male, female := p.at(Sex, MaleMark), p.at(Sex, FemaleMark); male >= 0 || female >= 0 {
		p.underSex(value, p.tick(male, female), male, female)
		return
	}
	male, female := p.at(BirthDate, MaleMark), p.at(BirthDate, FemaleMark)
	if male < 0 || female < 0 {
		return
	}
	birth := r.Value(rec, BirthDate)
	cell := cellOf(BirthDate, birth.Text)
	if !birth.Fixed {
		cell = Cell{Kind: birth.Kind, Text: birth.Text}
	}
	p.underSex(value, cell, male, female)
}

// tick is the mark that the list uses in this row, or an x.
func (p *placing) tick(male, female int) Cell {
	for _, at := range []int{male, female} {
		if at >= 0 && ticked(&p.cells[at]) {
			return p.cells[at]
		}
	}
	return Cell{Kind: Text, Text: "x"}
}

// underSex puts the cell into the column of the sex and empties the other; without a known sex it stays where the
// row is filled now.
func (p *placing) underSex(sex string, cell Cell, male, female int) {
	switch sex {
	case maleText:
	case femaleText:
		male, female = female, male
	case "":
		p.put(male, Cell{})
		p.put(female, Cell{})
		return
	default:
		if male >= 0 && female >= 0 && p.cells[male].Kind == Empty {
			male, female = female, male
		}
	}
	p.put(male, cell)
	p.put(female, Cell{})
}
