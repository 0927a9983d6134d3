package xlsx

import (
	"encoding/json"
	"slices"

	"lamsach/paper/markup"
	"lamsach/paper/pack"
)

// outline is what reading a sheet to its end tells that a copy must know before its first row. A list is read long before its copy is
// made: whoever keeps the outline with it (roster.SheetInfo.Outline) spares the copy a reading of its own.
type outline struct {
	Part     identity `json:"part"`
	Extent   extent   `json:"extent"`
	Rows     spans    `json:"rows"`  // that are there, with or without cells
	Reach    []reach  `json:"reach"` // in order of columns
	Merges   []extent `json:"merges,omitempty"`
	Formulas []int    `json:"formulas,omitempty"` // columns that have some, in order
	Tables   bool     `json:"tables,omitempty"`   // a table of Excel's own, with a filter of its own
	Filter   string   `json:"filter,omitempty"`
	Active   bool     `json:"active,omitempty"` // the filter hides rows
}

// identity tells one part of a package from any other.
type identity struct {
	Sum  uint32 `json:"sum"`
	Size uint64 `json:"size"`
}

func identityOf(p *pack.Part) identity { return identity{p.Sum(), p.Unpacked()} }

// reach names the rows whose last column in use is this one.
type reach struct {
	Column int   `json:"column"`
	Rows   spans `json:"rows"`
}

// spans are rows in order, from and to.
type spans [][2]int

// mostSpans bounds the memory of spans; what comes later widens the last one.
const mostSpans = 16

// add adds a row below all others.
func (s *spans) add(row int) {
	if n := len(*s); n > 0 && ((*s)[n-1][1] == row-1 || n == mostSpans) {
		(*s)[n-1][1] = row
		return
	}
	*s = append(*s, [2]int{row, row})
}

// last gives the last row within bounds; 0 when none is.
func (s spans) last(from, to int) int {
	for _, span := range slices.Backward(s) {
		if row := min(span[1], to); row >= max(span[0], from) {
			return row
		}
	}
	return 0
}

// used gives the last column in use between two rows; -1: none.
func (o *outline) used(from, to int) int {
	for _, r := range slices.Backward(o.Reach) {
		if r.Rows.last(from, to) > 0 {
			return r.Column
		}
	}
	return -1
}

// hasFormulas reports whether there are formulas in a column.
func (o *outline) hasFormulas(column int) bool {
	_, there := slices.BinarySearch(o.Formulas, column)
	return there
}

// tracer gathers an outline while a sheet is read.
type tracer struct {
	outline

	used  []int16 // by row: how many columns are, up to the last one with a value or a formula
	first int     // column of the row's first cell
	lost  bool    // there is more than an outline holds
}

// mostMerges bounds the merged blocks that are remembered.
const mostMerges = 10_000

// cell notes what a cell of the current row tells.
func (t *tracer) cell(row, column int, cell *raw) {
	if len(cell.value) == 0 && !cell.formula {
		return
	}
	t.used[row] = int16(column + 1) //nolint:gosec // there are 16,384
	if cell.formula && !t.hasFormulas(column) {
		at, _ := slices.BinarySearch(t.Formulas, column)
		t.Formulas = slices.Insert(t.Formulas, at, column)
	}
}

// begin begins a row.
func (t *tracer) begin(row int) {
	if grown := row + 1 - len(t.used); grown > 0 {
		t.used = append(t.used, make([]int16, grown)...)
	}
	t.Rows.add(row)
	t.first = -1
}

// end ends a row whose last cell stands in a column; -1: it has none.
func (t *tracer) end(row, column int) {
	if column < 0 {
		return
	}
	t.Extent.include(row, t.first)
	t.Extent.include(row, column)
}

// child notes what an element beside the rows tells, and passes it.
func (t *tracer) child(s *markup.Scanner) error {
	switch string(s.Name) {
	case "autoFilter":
		t.Filter = string(s.Attr("ref"))
		t.Active = !s.Empty
	case "tableParts":
		t.Tables = true
	case "mergeCells":
		return t.mergeCells(s)
	}
	return s.Skip()
}

// mergeCells notes the blocks that reach further right than the texts of their first and last row.
func (t *tracer) mergeCells(s *markup.Scanner) error {
	if s.Empty {
		return nil
	}
	for outside := s.Depth() - 1; s.Depth() > outside; {
		if _, err := s.Next(); err != nil {
			return err
		}
		if !s.Is("mergeCell") {
			continue
		}
		block, ok := parseRange(string(s.Attr("ref")))
		switch {
		case !ok || min(t.usedIn(block.firstRow), t.usedIn(block.lastRow)) > block.lastColumn:
		case len(t.Merges) < mostMerges:
			t.Merges = append(t.Merges, block)
		default:
			t.lost = true
		}
	}
	return nil
}

// usedIn gives how many columns of a row are in use.
func (t *tracer) usedIn(row int) int {
	if row >= len(t.used) {
		return 0
	}
	return int(t.used[row])
}

// whole gives the outline of a sheet that was read to its end.
func (t *tracer) whole(part identity) *outline {
	t.Part = part
	t.Reach = nil
	for row, used := range t.used {
		if used == 0 {
			continue
		}
		column := int(used) - 1
		at, there := slices.BinarySearchFunc(t.Reach, column, func(r reach, column int) int { return r.Column - column })
		if !there {
			t.Reach = slices.Insert(t.Reach, at, reach{Column: column})
		}
		t.Reach[at].Rows.add(row)
	}
	return &t.outline
}

// mostTold is how many merged blocks an outline may have that is kept.
const mostTold = 1_000

// told packs an outline to be kept with the list; nil when that is not worth while.
func (t *tracer) told(part identity) []byte {
	o := t.whole(part)
	if t.lost || len(o.Merges) > mostTold {
		return nil
	}
	packed, err := json.Marshal(o)
	if err != nil { // nothing in it can fail
		return nil
	}
	return packed
}

// readOutline unpacks an outline that was kept; nil when it is none, or that of another part.
func readOutline(packed []byte, part identity) *outline {
	var o outline
	inOrder := func(a, b reach) int { return a.Column - b.Column }
	switch {
	case len(packed) == 0 || json.Unmarshal(packed, &o) != nil || o.Part != part:
		return nil
	case !slices.IsSortedFunc(o.Reach, inOrder) || len(o.Reach) > 0 && (o.Reach[0].Column < 0 || o.Reach[len(o.Reach)-1].Column > lastColumn):
		return nil
	}
	return &o
}
