package roster

import (
	"slices"
	"strings"

	"lamsach/core/fault"
	"lamsach/core/viet"
)

// Beside is a second list that stands to the right of the one that is read, as a list is set in two halves for printing. A record is one
// for a row, so its people are counted and not read; the rules and the remarks say so.
type Beside struct {
	Name   Column `json:"name"`   // the column of its names
	From   int    `json:"from"`   // its first column, A is 0
	To     int    `json:"to"`     // its last one
	People int    `json:"people"` // rows in which it names somebody
}

// halves is where the header of a sheet repeats itself to the right. The zero value: it does not.
type halves struct {
	from, to int   // columns of the right part, to excluded
	names    []int // the columns of names in it
	repeats  bool  // everything is said again: nothing to the right speaks of the people on the left
}

// tellsPeople are what stands beside a name in a list of people, and makes a second column of names a second list.
var tellsPeople = map[notion]bool{"dob": true, "dob_year": true, "dob_day": true, "birth_male": true, "birth_female": true, "id_number": true}

// findHalves looks for a second list to the right: the header of names again, and with it one of birth dates or numbers that the left has
// too.
func findHalves(paths [][]string) halves {
	first, h := -1, halves{}
	notions := make([]notion, len(paths))
	for i, path := range paths {
		if readings := compose(path); len(readings) > 0 {
			notions[i] = readings[0].notion
		}
		switch {
		case notions[i] != "full_name" && notions[i] != "family_middle":
		case first < 0:
			first = i
		case sameHead(paths[first], path):
			h.names = append(h.names, i)
		}
	}
	if len(h.names) == 0 {
		return halves{}
	}
	h.from = h.names[0]
	for back := 1; back <= first && h.names[0]-back > first && sameHead(paths[first-back], paths[h.names[0]-back]); back++ {
		h.from = h.names[0] - back
	}
	said, again, telling := 0, 0, false
	for i := h.from; i < len(paths); i++ {
		if len(paths[i]) == 0 {
			continue
		}
		h.to = i + 1
		said++
		if at := slices.IndexFunc(paths[:h.from], func(left []string) bool { return sameHead(left, paths[i]) }); at >= 0 {
			again++
			telling = telling || tellsPeople[notions[i]]
		}
	}
	if !telling {
		return halves{}
	}
	// The unnamed parents of the people on the left have no numbers of their own before them.
	h.repeats = h.from < h.names[0] && again >= 3 && 4*again >= 3*said
	return h
}

// sameHead reports whether two columns have the same header.
func sameHead(a, b []string) bool {
	return len(a) > 0 && len(a) == len(b) && viet.Fold(strings.Join(a, " ")) == viet.Fold(strings.Join(b, " "))
}

// assign gives the columns of a table, those read and those left out. What stands to the right of a list that is set in halves says
// nothing of the people on the left.
func (s *sheetReader) assign(paths [][]string, seen []contents, forced map[Field]int, ignored []int) (columns, other []Column) {
	s.halves = findHalves(paths)
	for _, index := range forced {
		if index >= s.halves.from {
			s.halves.repeats = false // the officer knows better
		}
	}
	if !s.halves.repeats {
		columns, other = assign(paths, seen, forced, ignored)
		if len(s.halves.names) > 0 && !slices.ContainsFunc(other, func(c Column) bool { return c.Index == s.halves.names[0] }) {
			s.halves = halves{} // it is read after all
		}
		return columns, other
	}
	columns, other = assign(paths[:s.halves.from], seen[:min(len(seen), s.halves.from)], forced, ignored)
	for i := s.halves.from; i < len(paths); i++ {
		if len(paths[i]) > 0 {
			other = append(other, Column{Index: i, Header: strings.Join(paths[i], " > ")})
		}
	}
	return columns, other
}

// leftOf counts the people to the right of the list, and gives the row without them.
func (s *sheetReader) leftOf(row SheetRow) SheetRow {
	if len(s.halves.names) == 0 {
		return row
	}
	for i, at := range s.halves.names {
		end := s.halves.to
		if i+1 < len(s.halves.names) {
			end = s.halves.names[i+1]
		}
		if namesSomebody(row, at, end) {
			s.seeBeside(at)
		}
	}
	if s.halves.repeats {
		row.Cells = row.Cells[:min(len(row.Cells), s.halves.from)]
	}
	return row
}

// namesSomebody reports whether a row names somebody in a column, and says something of him in those behind it.
func namesSomebody(row SheetRow, name, end int) bool {
	if name >= len(row.Cells) || row.Cells[name].Kind != Text || isBlank(&row.Cells[name]) || lookUp(headerText(&row.Cells[name])) != nil || signs(row) {
		return false
	}
	behind := row.Cells[name+1 : min(len(row.Cells), end)]
	return slices.ContainsFunc(behind, func(c Cell) bool { return !isBlank(&c) })
}

// seeBeside counts somebody who is not read.
func (s *sheetReader) seeBeside(name int) {
	info := &s.ro.Sheets[s.index]
	if info.Beside == nil {
		info.Beside = &Beside{Name: Column{Index: name, Field: FullName, Header: strings.Join(s.header.paths[name], " > "), Confidence: doubtful}, From: s.halves.from}
	}
	info.Beside.From, info.Beside.To = min(info.Beside.From, s.halves.from), max(info.Beside.To, s.halves.to-1)
	info.Beside.People++
}

// tellBeside adds to the remarks who was not read.
func (r *Roster) tellBeside() {
	for i := range r.Sheets {
		if b := r.Sheets[i].Beside; b != nil {
			r.Remarks = append(r.Remarks, fault.T("file.remark.beside", "Sheet", r.Sheets[i].Name, "From", Letter(b.From), "To", Letter(b.To), "N", b.People))
		}
	}
}
