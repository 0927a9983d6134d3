// Package roster reads tables of cells into a list of people (danh sách), and keeps, beside every raw cell
// for ever, what was decided about it.
package roster

import "lamsach/core/fault"

// Part says how much of a field a column holds.
type Part uint8

// The parts. A field's columns are joined when it is read, and parted again when it is written back.
const (
	Whole      Part = iota
	FamilyPart      // họ và chữ đệm
	GivenPart       // tên
	DayPart
	MonthPart
	YearPart
	MaleMark   // column "Nam": a tick, or a date or year that is also the birth date
	FemaleMark // column "Nữ"
	WithBirth  // of FullName: the name, and behind it the birth date or year
	Spare      // a second column of the whole, which speaks where the first is empty: "Số CCCD" beside "Số định danh"
)

// Column is one recognised column of a sheet.
type Column struct {
	Index      int     `json:"index"` // A is 0; -1 for what no column of the sheet holds, but rows above: the numbers of a householder
	Field      Field   `json:"field"`
	Part       Part    `json:"part,omitempty"`
	Header     string  `json:"header"`           // its header text, rows joined with " > "
	Confidence float64 `json:"confidence"`       // 0 … 1
	Looks      Field   `json:"looks,omitempty"`  // what its contents look like, when that is not what the header says
	Others     []Field `json:"others,omitempty"` // what else its header can mean

	// Codes are the texts that stand for Nam and for Nữ in a column of sexes that uses neither word: "1", "0".
	Codes *[2]string `json:"codes,omitempty"`
}

// SkippedRow is a non-empty row below the header that is no person, and why: "group", "sum", "header", "numbers",
// "signature", "title", "instruction", "household" (a householder above the children of the house), "parent" (the second parent of
// the person above, read with him), "blank" (a number or a stray mark and nothing else).
type SkippedRow struct {
	Row    int    `json:"row"`
	Reason string `json:"reason"`
}

// SheetInfo is what was understood of one sheet.
type SheetInfo struct {
	Name       string       `json:"name"`
	Hidden     bool         `json:"hidden,omitempty"`
	HeaderRows []int        `json:"header_rows"`
	FirstRow   int          `json:"first_row"`
	LastRow    int          `json:"last_row"`
	Records    int          `json:"records"`
	Columns    []Column     `json:"columns"`
	Other      []Column     `json:"other,omitempty"` // columns with a header that are not read: Field is NoField
	Skipped    []SkippedRow `json:"skipped_rows"`
	HiddenRows int          `json:"hidden_rows,omitempty"` // people in hidden or filtered rows
	LastColumn int          `json:"last_column"`           // index of the last column in use
	Tables     []Table      `json:"tables,omitempty"`      // where the columns stand when the sheet has several tables; else none
	Households bool         `json:"households,omitempty"`  // children stand below their householder, who is no person of the list
	Beside     *Beside      `json:"beside,omitempty"`      // people to the right of the list, who are not read; nil: none
	Outline    []byte       `json:"outline,omitempty"`     // as Sheet.Outline gave it
}

// Table is a part of a sheet, from a row to the next table's, with its own order of columns.
type Table struct {
	From int   `json:"from"` // as Excel shows it
	At   []int `json:"at"`   // column index (A is 0) of each of the sheet's Columns; -1 where the table has none
}

// IndexAt gives the column index (A is 0) in which one of Columns stands in a row; -1 where the row's table does not have it.
func (s *SheetInfo) IndexAt(column, row int) int {
	at := s.Columns[column].Index
	for i := range s.Tables {
		if t := &s.Tables[i]; t.From <= row && column < len(t.At) {
			at = t.At[column]
		}
	}
	return at
}

// Fix is a value that holds in place of the raw one, and who says so.
type Fix struct {
	Value string `json:"v"` // canonical text of the field; empty means: cleared
	By    string `json:"by"`

	// Differs: a later state of the list says something else than this and than Was, which is what it said when the value was
	// corrected. Somebody has to choose.
	Differs bool   `json:"differs,omitempty"`
	Was     string `json:"was,omitempty"`
}

// Earlier is somebody of the earlier state of a list who may be a person of the later one, and what was decided about him.
type Earlier struct {
	Row    int       `json:"row"` // in the earlier file
	Name   string    `json:"name"`
	Birth  string    `json:"birth,omitempty"`
	Mother string    `json:"mother,omitempty"`
	Kept   Decisions `json:"kept"` // what would hold if the two are one
}

// Who may have fixed a value.
const (
	ByProgram = "program" // automatically; the officer can take it back
	ByOfficer = "officer"
)

// Status says that a person leaves the list, or stays; a person who left is not checked.
type Status string

// The statuses (Vietnamese terms in locales/).
const (
	InScope   Status = ""
	MovedOut  Status = "moved_out"
	Deceased  Status = "deceased"
	NotFound  Status = "not_found" // no such household in the hamlet
	OverAge   Status = "over_age"
	Duplicate Status = "duplicate" // another row holds the same person; SameAs names it
	Abroad    Status = "abroad"
)

// Decisions is everything that was decided about one person: the mutable half of a Record. The zero value: nothing.
type Decisions struct {
	Fixed   map[Field]Fix     `json:"fixed,omitempty"`
	Waived  map[string]string `json:"waived,omitempty"` // finding key (code, or code@field) → reason key: confirmed as right by the officer
	Police  bool              `json:"police,omitempty"` // has no number; goes on the list for the police, is not asked again
	Status  Status            `json:"status,omitempty"`
	SameAs  string            `json:"same_as,omitempty"`  // ID of the person that a Duplicate repeats
	NotSame []string          `json:"not_same,omitempty"` // IDs of people who were said to be somebody else
	Earlier *Earlier          `json:"earlier,omitempty"`  // nil: nobody; never changed, only replaced
}

// Record is one person of the list. Cells never change; what was decided does, by Decide alone.
type Record struct {
	Sheet int    // index into Roster.Sheets
	Row   int    // as Excel shows it
	Group string // text of the group row above, usually the hamlet
	Cells []Cell // one per Column of its sheet, in that order; nil in a list that was read Compact: see Roster.Cells

	packed  string     // in a list that was read Compact: the chunk in which the cells lie, up to their end (packer, or EncodeCells)
	at      int32      // where they begin
	decided *Decisions // nil, as of nearly everybody: nothing; never written through, since copies of a Record share it
}

// The kinds of list.
const (
	KindChild       = "child"
	KindBeneficiary = "beneficiary"
)

// Roster is a whole list. Its sheets are those of the file, in the same order, so that an index means the same in both; a
// sheet that is no list has no columns.
type Roster struct {
	Kind    string // "child", "beneficiary"
	Titles  string // what stands above the headers, folded, a cell on a line
	Sheets  []SheetInfo
	Records []Record

	Remarks []fault.Text // what reading the file left out, as Book.Remarks said it

	families *familyCache // nil: of a list made by hand
}

// Value is what holds for one field of one person now.
type Value struct {
	Kind   CellKind // Text when fixed, or joined from parts
	Text   string
	Fixed  bool
	Absent bool // the list has no column for the field, and nobody filled it in
}

// ColumnIndex gives the index (A is 0) of a column that is named as Excel shows it; -1 for any other text.
func ColumnIndex(letters string) int {
	n := 0
	for i := range len(letters) {
		c := letters[i] &^ 0x20
		if c < 'A' || c > 'Z' || i > 2 {
			return -1
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}

// Letter gives a column index (A is 0) as Excel shows it.
func Letter(index int) string {
	letters := []byte{}
	for n := index + 1; n > 0; n = (n - 1) / 26 {
		letters = append([]byte{byte('A' + (n-1)%26)}, letters...)
	}
	return string(letters)
}
