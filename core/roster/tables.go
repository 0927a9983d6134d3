package roster

import "slices"

// reopen begins another table of the sheet: its header and first rows are kept until its columns are settled.
func (s *sheetReader) reopen(row SheetRow) {
	s.signing, s.settled = false, false
	s.first = []SheetRow{{Number: row.Number, Hidden: row.Hidden, Cells: slices.Clone(row.Cells)}}
}

// settleAgain makes out the columns of another table of the sheet, and takes its first rows. What it tells beyond the first table becomes
// a column of the sheet; a table that is no list is read like the one before.
func (s *sheetReader) settleAgain() {
	rows := s.first
	s.first = nil
	info := &s.ro.Sheets[s.index]
	h := findHeader(rows[:min(len(rows), headerRows+1)])
	if h == nil {
		h = &header{to: 1}
	}
	for _, row := range rows[:h.to] {
		info.Skipped = append(info.Skipped, SkippedRow{Row: row.Number, Reason: skipHeader})
	}
	below := rows[h.to:]
	width := 0
	for _, row := range rows {
		width = max(width, len(row.Cells))
	}
	for len(h.paths) < width {
		h.paths = append(h.paths, nil)
	}
	columns, _ := s.assign(h.paths, survey(below, width), nil, nil)
	learnCodes(columns, below)
	if isList(columns, h) {
		s.enterTable(info, h, columns, rows[0].Number)
		s.legacy, s.names = guessEncodings(s.columns, below, h.old)
	}
	s.takeAll(below)
}

// enterTable makes the columns of the sheet be found where another table has them, from a row on.
func (s *sheetReader) enterTable(info *SheetInfo, h *header, columns []Column, from int) {
	known := len(info.Columns)
	at := make([]int, 0, known+len(columns))
	for i := range info.Columns {
		at = append(at, indexOf(columns, info.Columns[i].Field, info.Columns[i].Part))
	}
	for _, c := range columns {
		if indexOf(info.Columns, c.Field, c.Part) < 0 {
			info.Columns = append(info.Columns, c)
			at = append(at, c.Index)
		}
	}
	if !slices.ContainsFunc(info.Columns[:known], func(c Column) bool { return indexOf(columns, c.Field, c.Part) != c.Index }) && len(at) == known && len(info.Tables) == 0 {
		return // the same columns in the same places
	}
	s.widen(info, known)
	info.Tables = append(info.Tables, Table{From: from, At: at})
	s.header = h
	s.columns = slices.Clone(info.Columns)
	for i := range s.columns {
		s.columns[i].Index = at[i]
	}
	s.lookBy()
}

// widen gives the sheet's people so far empty cells for columns that only a later table has.
func (s *sheetReader) widen(info *SheetInfo, known int) {
	more := len(info.Columns) - known
	if more == 0 {
		return
	}
	if len(info.Tables) == 0 {
		info.Tables = []Table{{}}
		for _, c := range info.Columns[:known] {
			info.Tables[0].At = append(info.Tables[0].At, c.Index)
		}
	}
	for i := range info.Tables {
		for len(info.Tables[i].At) < len(info.Columns) {
			info.Tables[i].At = append(info.Tables[i].At, -1)
		}
	}
	for i := range s.ro.Records {
		record := &s.ro.Records[i]
		if record.Sheet != s.index {
			continue
		}
		cells := append(slices.Clone(s.ro.Cells(i, nil)), make([]Cell, more)...)
		s.keepCells(record, cells)
	}
}

// keepCells gives a record other cells.
func (r *reader) keepCells(record *Record, cells []Cell) {
	if r.opt.Compact {
		record.packed, record.at = r.packer.pack(cells)
		return
	}
	record.Cells = cells
}

// indexOf gives the column index of a field's part; -1 without one.
func indexOf(columns []Column, f Field, p Part) int {
	for i := range columns {
		if columns[i].Field == f && columns[i].Part == p {
			return columns[i].Index
		}
	}
	return -1
}
