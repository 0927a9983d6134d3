package roster

import (
	"slices"
	"strings"

	"lamsach/core/viet"
)

// Limits of what is made of cells that are left empty because the row above says it.
const (
	gapShare   = 0.2 // of a column's cells are empty
	blockShare = 0.6 // of the rows that others follow without an address are of grown-ups
	kinShare   = 0.8 // of the rows without an address have a parent in common with the row above
	fewBlocks  = 2
	grownYears = 13 // years between a householder and the child below, at least
)

// inherited are the fields that a house has in common.
var inherited = map[Field]bool{Village: true, Address: true, HouseholdCode: true, HouseholdHead: true, Phone: true}

// goesOn takes the second parent, who stands alone in the row below the first one: the cells of the child are merged over both rows.
func (s *sheetReader) goesOn(row SheetRow) bool {
	if s.last == 0 || row.Number != s.last+1 || len(s.ro.Records) == 0 {
		return false
	}
	at := -1
	for i := range row.Cells {
		if isBlank(&row.Cells[i]) {
			continue
		}
		if column := s.columnAt(i); at >= 0 || column == nil || column.Field != Parents || row.Cells[i].Kind != Text {
			return false
		}
		at = i
	}
	record := len(s.ro.Records) - 1
	if at < 0 || s.ro.Records[record].Sheet != s.index {
		return false
	}
	cells := slices.Clone(s.ro.Cells(record, nil))
	for c := range s.columns {
		if s.columns[c].Index == at && c < len(cells) && cells[c].Kind == Text {
			cells[c].Text += "\n" + row.Cells[at].Text
			s.keepCells(&s.ro.Records[record], cells)
			return true
		}
	}
	return false
}

// houseRow is what a person's row shows of its house.
type houseRow struct {
	cells  []Cell
	group  string
	blank  bool // nothing stands in the columns that a house has in common, as far as they have gaps
	orphan bool // nobody stands in the columns of the family
	year   int  // of birth; 0: unknown
	grown  bool // an adult's number, or neither number nor birth date
	role   int8 // by the column of relations: headRole, childRole or 0
}

const (
	headRole  = 1
	childRole = 2
)

// houses gives what stands only in the first row of a house to the rows below it, and finds the householders above the children. Sheets
// whose columns have no such gaps are left alone.
func (s *sheetReader) houses() {
	info := &s.ro.Sheets[s.index]
	var gaps []int // columns
	placed := false
	for i := range s.gaps {
		if float64(s.gaps[i]) >= gapShare*float64(info.Records) && s.gaps[i] < info.Records {
			gaps = append(gaps, i)
			placed = placed || info.Columns[i].Field != Phone // many have no telephone
		}
	}
	if info.Records < enough || !placed && s.headRows == 0 {
		return
	}
	from := len(s.ro.Records) - info.Records
	rows := s.houseRows(info, from, gaps)
	heads := headsOf(rows)
	for _, at := range heads {
		s.heads = append(s.heads, from+at)
	}
	s.inherit(info, rows, from, gaps, len(heads) > 0)
}

// houseRows looks at the sheet's people.
func (s *sheetReader) houseRows(info *SheetInfo, from int, gaps []int) []houseRow {
	rows := make([]houseRow, info.Records)
	for i := range rows {
		r := &rows[i]
		r.cells, r.group = slices.Clone(s.ro.Cells(from+i, nil)), s.ro.Records[from+i].Group
		r.blank, r.orphan = len(gaps) > 0, true
		for _, g := range gaps {
			r.blank = r.blank && r.cells[g].Kind == Empty
		}
		number := ""
		for c := range info.Columns {
			switch info.Columns[c].Field {
			case HouseholdRelation:
				r.role = roleOf(&r.cells[c])
			case PersonalID:
				number = r.cells[c].text()
			case FatherName, MotherName, GuardianName, Parents:
				r.orphan = r.orphan && r.cells[c].Kind == Empty
			}
		}
		birth := fieldOf(info.Columns, r.cells, BirthDate)
		r.year = yearIn(birth.Text)
		r.grown = isAdults(number) || number == "" && birth.Text == ""
	}
	return rows
}

// roleOf tells grown-ups of a house from its children by the word for their relation.
func roleOf(c *Cell) int8 {
	switch text := viet.Fold(c.Decoded()); {
	case text == "":
		return 0
	case text == "chu ho", text == "vo", text == "chong", text == "bo", text == "me", text == "cha", text == "ong", text == "ba",
		strings.HasPrefix(text, "ong "), strings.HasPrefix(text, "ba "), strings.HasPrefix(text, "bo "), strings.HasPrefix(text, "me "):
		return headRole
	}
	return childRole
}

// isAdults reports whether a number is of a person born before 2000.
func isAdults(number string) bool {
	digits, others := count(number)
	return others == 0 && (digits == 12 || digits == 11 && number[0] != '0') && (number[digits-9] == '0' || number[digits-9] == '1')
}

// yearIn finds a year in a date as it is written: of the last century or this one, or of the next, as a slip of the finger makes it.
func yearIn(date string) int {
	for i := 0; i+4 <= len(date); i++ {
		if part := date[i : i+4]; (part[:2] == "19" || part[:2] == "20" || part[:2] == "21") && isCount(part) && (i+4 == len(date) || date[i+4] < '0' || date[i+4] > '9') &&
			(i == 0 || date[i-1] < '0' || date[i-1] > '9') {
			return small(part)
		}
	}
	return 0
}

// headsOf gives the rows of householders: those that the relation names, if they are of age, or the grown-ups above rows without an
// address, if most such rows are of grown-ups.
func headsOf(rows []houseRow) []int {
	named := 0
	for i := range rows {
		if rows[i].role == childRole {
			named++
		}
	}
	usual := usualYear(rows, named > 0)
	ofAge := func(i int) bool {
		r := &rows[i]
		if r.year == 0 {
			return r.grown
		}
		for k := i + 1; k < len(rows) && isBelow(&rows[k], named > 0); k++ {
			if year := rows[k].year; year != 0 {
				return r.year <= year-grownYears
			}
		}
		return r.year <= usual-grownYears
	}
	var said, firsts, grown []int
	for i := range rows {
		r := &rows[i]
		if r.role == headRole && ofAge(i) {
			said = append(said, i)
		}
		if i+1 < len(rows) && !r.blank && rows[i+1].blank && r.group == rows[i+1].group {
			firsts = append(firsts, i)
			if ofAge(i) {
				grown = append(grown, i)
			}
		}
	}
	switch {
	case named > 0 && len(said) > 0:
		return said
	case len(grown) >= fewBlocks && float64(len(grown)) >= blockShare*float64(len(firsts)):
		return grown
	}
	return nil
}

// isBelow reports whether a row stands below its householder's: by the relation where the list has it, else by the empty address.
func isBelow(r *houseRow, named bool) bool {
	if named {
		return r.role != headRole
	}
	return r.blank
}

// usualYear is the median year of birth of those who stand below a householder.
func usualYear(rows []houseRow, named bool) int {
	var years []int
	for i := range rows {
		if rows[i].year != 0 && isBelow(&rows[i], named) {
			years = append(years, rows[i].year)
		}
	}
	if len(years) == 0 {
		return 0
	}
	slices.Sort(years)
	return years[len(years)/2]
}

// inherit gives rows without an address, and without whatever else their house has in common, that of the row above.
func (s *sheetReader) inherit(info *SheetInfo, rows []houseRow, from int, gaps []int, houses bool) {
	kin, blank, orphans := 0, 0, 0
	for i := 1; i < len(rows); i++ {
		if rows[i].blank && rows[i].group == rows[i-1].group {
			blank++
			if related(info, rows[i].cells, rows[i-1].cells) {
				kin++
			}
			if rows[i].orphan {
				orphans++
			}
		}
	}
	family := !houses && blank > 0 && float64(orphans) >= kinShare*float64(blank)
	sure := houses || family || blank > 0 && float64(kin) >= kinShare*float64(blank)
	for i := 1; i < len(rows); i++ {
		r, above := &rows[i], &rows[i-1]
		if r.group != above.group {
			continue
		}
		changed := false
		take := func(c int) {
			if r.cells[c].Kind == Empty && above.cells[c].Kind != Empty {
				r.cells[c] = above.cells[c]
				changed = true
			}
		}
		for _, g := range gaps {
			if sure || info.Columns[g].Field == Village {
				take(g)
			}
		}
		if family && r.blank && r.orphan {
			for c := range info.Columns {
				switch info.Columns[c].Field {
				case FatherName, FatherID, FatherBirth, MotherName, MotherID, MotherBirth, Parents, GuardianName, GuardianID:
					take(c)
				}
			}
		}
		if changed {
			s.keepCells(&s.ro.Records[from+i], r.cells)
		}
	}
}

// related reports whether two rows name the same parent, or the same householder.
func related(info *SheetInfo, a, b []Cell) bool {
	for c := range info.Columns {
		switch info.Columns[c].Field {
		case FatherName, MotherName, GuardianName, Parents, HouseholdHead, HouseholdCode:
			if text := a[c].text(); text != "" && viet.Same(text, b[c].text()) {
				return true
			}
		}
	}
	return false
}

// leaveHeads takes the householders, who are no children, out of the list, and says so.
func (r *reader) leaveHeads() {
	if len(r.heads) == 0 {
		return
	}
	head := map[int]bool{}
	for _, at := range r.heads {
		head[at] = true
	}
	for i := range r.ro.Sheets {
		if slices.ContainsFunc(r.heads, func(at int) bool { return r.ro.Records[at].Sheet == i }) {
			r.giveParents(i, head)
		}
	}
	kept := r.ro.Records[:0]
	for i, record := range r.ro.Records {
		if !head[i] {
			kept = append(kept, record)
			continue
		}
		info := &r.ro.Sheets[record.Sheet]
		info.Households = true
		info.Records--
		at, _ := slices.BinarySearchFunc(info.Skipped, record.Row, func(s SkippedRow, row int) int { return s.Row - row })
		info.Skipped = slices.Insert(info.Skipped, at, SkippedRow{Row: record.Row, Reason: skipHousehold})
	}
	clear(r.ro.Records[len(kept):])
	r.ro.Records = kept
	for i := range r.ro.Sheets {
		info := &r.ro.Sheets[i]
		if !info.Households {
			continue
		}
		info.FirstRow, info.LastRow = 0, 0
		for k := range kept {
			if kept[k].Sheet == i {
				if info.FirstRow == 0 {
					info.FirstRow = kept[k].Row
				}
				info.LastRow = kept[k].Row
			}
		}
	}
}
