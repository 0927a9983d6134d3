package roster

import (
	"slices"
	"strings"

	"lamsach/core/fault"
	"lamsach/core/viet"
)

// ReadOptions say what is known of a file beforehand. The zero value: nothing.
type ReadOptions struct {
	Map      map[Field]int  // columns (A is 0) that the officer named, on the first sheet that is a list
	Ignore   []int          // columns (A is 0) of that sheet that hold nothing a list needs
	Kind     string         // KindChild, KindBeneficiary, or another kind's name; empty or "auto": found out
	Progress func(rows int) // called now and then with the rows read so far
	Compact  bool           // keep the cells packed, a third of the memory: Roster.Cells unpacks them, Record.Cells is nil
}

const (
	lookedAt     = 250 // non-empty rows seen before the columns are settled
	progressStep = 256 // rows between two words on progress
	slabCells    = 8192
)

// Read makes a list of people out of a book. Sheets that are no list are left out, hidden rows and sheets are read and
// counted, and every non-empty row below a header is a person or a SkippedRow. A list without a name or birth-date column
// comes back as it is: the rules say so. Errors are *fault.Error of kind Unreadable: the file cannot be read whole, or holds
// no list at all.
func Read(book Book, opt ReadOptions) (*Roster, error) {
	r := &reader{ro: &Roster{families: newFamilyCache()}, opt: opt, known: map[string]string{}}
	for i, sheet := range book.Sheets {
		r.ro.Sheets = append(r.ro.Sheets, SheetInfo{Name: sheet.Name, Hidden: sheet.Hidden, HeaderRows: []int{}, Columns: []Column{}, Skipped: []SkippedRow{}})
		if err := r.sheet(i, sheet); err != nil {
			return nil, err
		}
	}
	r.release()
	if !slices.ContainsFunc(r.ro.Sheets, func(s SheetInfo) bool { return len(s.Columns) > 0 }) {
		return nil, fault.New(fault.Unreadable, "file.no_list")
	}
	r.ro.Titles = r.titles.String()
	r.ro.Kind = r.kind()
	if r.ro.Kind == KindChild {
		r.leaveHeads()
	}
	r.ro.Records = slices.Clip(r.ro.Records)
	if book.Remarks != nil {
		r.ro.Remarks = book.Remarks()
	}
	r.ro.tellBeside()
	if r.ro.Has(ReviewStatus) {
		r.ro.decideFromNotes()
	}
	return r.ro, nil
}

// reader reads one book.
type reader struct {
	ro     *Roster
	opt    ReadOptions
	rows   int
	mapped bool              // opt.Map was used
	titles strings.Builder   // folded texts above the headers
	known  map[string]string // texts that come again and again, once each
	heads  []int             // records that are householders above the children of the list
	sisters
	slab   []Cell
	packer packer
}

// sheetReader reads one sheet.
type sheetReader struct {
	*reader
	index    int
	header   *header
	columns  []Column
	byIndex  []*Column
	telling  []*Column  // of ordinal, name, birth date and number: enough to know nearly every person
	first    []SheetRow // the rows seen before the columns were settled
	settled  bool
	signing  bool       // below the list, where people sign
	summing  bool       // below the header of a table of sums
	group    string     // hamlet of the rows to come
	numbered int        // people with an ordinal so far
	legacy   []encoding // by column
	names    Legacy     // that of the names
	gaps     []int      // by column: people of whom it says nothing, for what a house has in common
	headRows int        // people whom the column of relations calls a householder or a grown-up
	shared   bool       // its sisters know its rows
	counted  bool       // most people have a number before their name
	count    int        // that of the newest one
	last     int        // the row of the newest person, or of what goes on with him
	halves   halves     // a second list to the right
}

// sheet reads one sheet from top to bottom.
func (r *reader) sheet(index int, sheet Sheet) error {
	s := &sheetReader{reader: r, index: index}
	for row, err := range sheet.Rows {
		if err != nil {
			return err
		}
		if r.rows++; r.opt.Progress != nil && r.rows%progressStep == 0 {
			r.opt.Progress(r.rows)
		}
		if !s.next(row) {
			return nil
		}
		if s.settled && sheet.Expect != nil {
			r.ro.Records = slices.Grow(r.ro.Records, sheet.Expect())
			sheet.Expect = nil
		}
	}
	if sheet.Outline != nil {
		r.ro.Sheets[index].Outline = sheet.Outline()
	}
	if !s.settled && len(s.columns) == 0 && s.wait() {
		return nil
	}
	s.finish()
	return nil
}

// finish takes what is left of a sheet that was read to its end.
func (s *sheetReader) finish() {
	for !s.settled { // a table that begins among the last rows is settled in its turn
		s.settle()
	}
	s.houses()
}

// next takes a row, or keeps it until enough are seen to settle the columns. It is false for a sheet that is no list.
func (s *sheetReader) next(row SheetRow) bool {
	if s.settled {
		s.take(row)
		return true
	}
	if filledCells(row.Cells) > 0 {
		s.first = append(s.first, SheetRow{Number: row.Number, Hidden: row.Hidden, Cells: slices.Clone(row.Cells)})
	}
	return len(s.first) < lookedAt || s.settle()
}

// settle makes out header and columns of the sheet from its first rows, and takes these. It is false for a sheet
// that is no list.
func (s *sheetReader) settle() bool {
	s.settled = true
	if len(s.columns) > 0 {
		s.settleAgain()
		return true
	}
	info := &s.ro.Sheets[s.index]
	below := s.findHeader()
	s.share(below)
	s.release()
	for _, row := range s.first[s.header.from:s.header.to] {
		info.HeaderRows = append(info.HeaderRows, row.Number)
	}
	judged := s.evidence(below)
	width := 0
	for _, row := range s.first[s.header.from:] {
		width = max(width, len(row.Cells))
	}
	for len(s.header.paths) < width {
		s.header.paths = append(s.header.paths, nil)
	}
	var forced map[Field]int
	var ignored []int
	if !s.mapped {
		forced, ignored = s.opt.Map, s.opt.Ignore
	}
	s.columns, info.Other = s.assign(s.header.paths, survey(judged, width), forced, ignored)
	learnCodes(s.columns, judged)
	if !isList(s.columns, s.header) {
		s.columns, info.HeaderRows, info.Other = nil, []int{}, nil
		s.first = nil
		return false
	}
	s.mapped = true
	s.guessEncodings(below, judged)
	s.begin(info, below)
	return true
}

// isList reports whether the columns make a list of people: with a header, a name, number or birth date beside
// something else; without one, a name and one of the others.
func isList(columns []Column, h *header) bool {
	has := map[Field]bool{}
	for _, c := range columns {
		has[c.Field] = true
	}
	if len(h.paths) == 0 || h.to == 0 {
		return has[FullName] && (has[BirthDate] || has[PersonalID])
	}
	return len(has) >= 2 && (has[FullName] || has[PersonalID] || has[BirthDate])
}

// begin takes the rows that were looked at.
func (s *sheetReader) begin(info *SheetInfo, below []SheetRow) {
	for _, row := range s.first[:s.header.from] {
		for i := range row.Cells {
			if row.Cells[i].Kind == Text && s.titles.Len() < 4096 {
				s.titles.WriteString(viet.Fold(row.Cells[i].Decoded()))
				s.titles.WriteByte('\n')
			}
		}
	}
	info.Columns = s.columns
	s.lookBy()
	if hamletText.MatchString(info.Name) {
		s.group = viet.Squeeze(viet.NFC(info.Name))
	}
	s.first = nil
	s.counted = countsPeople(s.columns, below)
	s.takeAll(below)
}

// lookBy makes the columns found by their index.
func (s *sheetReader) lookBy() {
	s.byIndex, s.telling = make([]*Column, len(s.header.paths)), nil
	for i := range s.columns {
		c := &s.columns[i]
		if c.Index < 0 || c.Index >= len(s.byIndex) {
			continue
		}
		s.byIndex[c.Index] = c
		switch c.Field {
		case Ordinal, FullName, BirthDate, PersonalID:
			s.telling = append(s.telling, c)
		}
	}
}

// takeAll takes rows that were kept.
func (s *sheetReader) takeAll(rows []SheetRow) {
	for _, row := range rows {
		s.next(row)
	}
}

// take makes a row a person, or says why it is none.
func (s *sheetReader) take(row SheetRow) {
	if len(s.columns) == 0 {
		return
	}
	info, whole := &s.ro.Sheets[s.index], row
	row = s.leftOf(row)
	if s.goesOn(row) {
		info.Skipped = append(info.Skipped, SkippedRow{Row: row.Number, Reason: skipParent})
		s.last = row.Number
		return
	}
	reason, person := s.classify(row)
	if reason == "" && !person {
		return
	}
	if reason == skipTable {
		s.reopen(whole)
		return
	}
	for i := len(whole.Cells) - 1; i > info.LastColumn; i-- {
		if !isBlank(&whole.Cells[i]) {
			info.LastColumn = i
		}
	}
	if !person {
		info.Skipped = append(info.Skipped, SkippedRow{Row: row.Number, Reason: reason})
		return
	}
	if info.FirstRow == 0 {
		info.FirstRow = row.Number
	}
	info.LastRow, s.last = row.Number, row.Number
	s.countOn(row)
	info.Records++
	if row.Hidden {
		info.HiddenRows++
	}
	record := Record{Sheet: s.index, Row: row.Number, Group: s.group}
	if cells := s.cells(row); s.opt.Compact {
		record.packed, record.at = s.packer.pack(cells)
	} else {
		record.Cells = cells
	}
	s.ro.Records = append(s.ro.Records, record)
}

// cells keeps the cells of the columns that are read.
func (s *sheetReader) cells(row SheetRow) []Cell {
	n := len(s.columns)
	if s.opt.Compact {
		s.slab = s.slab[:0] // packed before the next row
	}
	if cap(s.slab)-len(s.slab) < n {
		s.slab = make([]Cell, 0, max(slabCells, n))
	}
	from := len(s.slab)
	s.slab = s.slab[:from+n]
	kept := s.slab[from : from+n : from+n]
	clear(kept)
	for i := range s.columns {
		column := &s.columns[i]
		if column.Index < 0 || column.Index >= len(row.Cells) || isBlank(&row.Cells[column.Index]) {
			if inherited[column.Field] {
				s.gap(i)
			}
			continue
		}
		kept[i] = row.Cells[column.Index]
		if s.legacy[i].Legacy != Unicode && kept[i].Kind == Text && kept[i].Legacy == Unicode && better(kept[i].Text, s.legacy[i]) {
			kept[i].Legacy = s.legacy[i].Legacy
		}
		switch column.Field {
		case Sex, Ethnicity, Village, Category, Coefficient, Allowance, GuardianRelation, Note, Standing:
			kept[i].Text = s.once(kept[i].Text)
		case HouseholdRelation:
			kept[i].Text = s.once(kept[i].Text)
			if roleOf(&kept[i]) == headRole {
				s.headRows++
			}
		case Ordinal:
			if kept[i].Kind == Number || kept[i].Kind == Text {
				s.numbered++
			}
		}
	}
	return kept
}

// gap counts an empty cell of a column.
func (s *sheetReader) gap(column int) {
	for len(s.gaps) <= column {
		s.gaps = append(s.gaps, 0)
	}
	s.gaps[column]++
}

// once gives one copy of a text that comes again and again.
func (r *reader) once(text string) string {
	if r.opt.Compact {
		return text // it is packed at once
	}
	if kept, ok := r.known[text]; ok {
		return kept
	}
	if len(r.known) < 4096 && len(text) <= 64 {
		r.known[text] = text
	}
	return text
}

// kind tells what list it is: said, or by the titles, or by the columns that only lists of allowances have.
func (r *reader) kind() string {
	if r.opt.Kind != "" && r.opt.Kind != "auto" {
		return r.opt.Kind
	}
	titles := r.titles.String()
	switch {
	case strings.Contains(titles, "bao tro xa hoi"), strings.Contains(titles, "tro cap xa hoi"), strings.Contains(titles, "nguoi cao tuoi"):
		return KindBeneficiary
	case strings.Contains(titles, "tre em"):
		return KindChild
	}
	paid := 0
	for _, f := range []Field{Coefficient, Allowance, DecisionNo, BenefitFrom} {
		if r.ro.Has(f) {
			paid++
		}
	}
	if paid >= 2 {
		return KindBeneficiary
	}
	return KindChild
}
