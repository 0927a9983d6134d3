package sample

import (
	"fmt"
	"strconv"

	"lamsach/core/roster"
)

// drawing is a sheet in the making.
type drawing struct {
	layout layout
	sheet  roster.GridSheet
	last   int // last row drawn
	houses int
}

// row adds a row below the last, or lower.
func (d *drawing) row(number int, cells []roster.GridCell) {
	d.last = number
	d.sheet.Rows = append(d.sheet.Rows, roster.GridRow{Number: number, Cells: cells})
}

// blank is a row of the table's width without borders.
func (d *drawing) blank() []roster.GridCell {
	cells := make([]roster.GridCell, len(d.layout.columns))
	for i := range cells {
		cells[i].Look = roster.BareLook
	}
	return cells
}

func (d *drawing) titles() {
	for _, t := range d.layout.titles {
		if t.row != d.last {
			d.row(t.row, d.blank())
		}
		d.sheet.Rows[len(d.sheet.Rows)-1].Cells[t.column] = roster.GridCell{Cell: text(t.text), Look: t.look}
		if t.span > 1 {
			d.sheet.Merges = append(d.sheet.Merges, roster.Merge{FirstRow: t.row, FirstColumn: t.column, LastRow: t.row, LastColumn: t.column + t.span - 1})
		}
	}
	if d.last > 0 {
		d.last++ // an empty row between title and table
	}
}

// header draws as many rows as the deepest column has heads. A head that repeats its left neighbour's is merged with it; a
// column with fewer heads is merged downwards.
func (d *drawing) header() {
	columns, first := d.layout.columns, d.last+1
	depth := 1
	for _, c := range columns {
		depth = max(depth, len(c.heads))
	}
	for level := range depth {
		cells := make([]roster.GridCell, len(columns))
		for at, c := range columns {
			cells[at].Look = roster.HeaderLook
			if level < len(c.heads) && !repeats(columns, at, level) {
				cells[at].Cell = text(c.heads[level])
			}
		}
		d.row(first+level, cells)
	}
	for at, c := range columns {
		d.mergeHead(first, at, depth-len(c.heads))
	}
	if d.layout.numbered {
		cells := make([]roster.GridCell, len(columns))
		for at := range cells {
			cells[at] = roster.GridCell{Cell: text(fmt.Sprintf("(%d)", at+1)), Look: roster.HeaderLook}
		}
		d.row(d.last+1, cells)
	}
}

// repeats reports whether a head is the same as the one on its left, one level above the last.
func repeats(columns []column, at, level int) bool {
	return at > 0 && level+1 < len(columns[at].heads) && level+1 < len(columns[at-1].heads) && columns[at-1].heads[level] == columns[at].heads[level]
}

func (d *drawing) mergeHead(first, at, missing int) {
	columns := d.layout.columns
	if missing > 0 {
		last := first + len(columns[at].heads) - 1
		d.sheet.Merges = append(d.sheet.Merges, roster.Merge{FirstRow: last, FirstColumn: at, LastRow: last + missing, LastColumn: at})
	}
	if end := at + 1; !repeats(columns, at, 0) {
		for end < len(columns) && repeats(columns, end, 0) {
			end++
		}
		if end > at+1 {
			d.sheet.Merges = append(d.sheet.Merges, roster.Merge{FirstRow: first, FirstColumn: at, LastRow: first, LastColumn: end - 1})
		}
	}
}

// group draws the row above a hamlet's children.
func (d *drawing) group(number int, village string) {
	cells := make([]roster.GridCell, len(d.layout.columns))
	for at := range cells {
		cells[at].Look = roster.GroupLook
	}
	cells[0].Cell, cells[1].Cell = text(roman[number%len(roman)]), text(village)
	d.row(d.last+1, cells)
}

// entry draws one person, below another of the same table if there is one, and gives the row.
func (d *drawing) entry(ordinal int, above, e *entry) int {
	l := d.layout
	sameHome := above != nil && above.child.home == e.child.home
	if l.homes && !sameHome {
		d.head(e)
	}
	cells := make([]roster.GridCell, len(l.columns))
	for at, c := range l.columns {
		cells[at] = dressed(c.cell(l, ordinal, e), c.look)
		if l.homes && inHeadsRow(c.field) || l.carried && sameHome && ofHome(c.field) {
			cells[at].Cell = roster.Cell{}
		}
	}
	d.row(d.last+1, cells)
	if l.hiddenEach > 0 && ordinal%l.hiddenEach == 0 {
		d.sheet.Rows[len(d.sheet.Rows)-1].Hidden = true
	}
	return d.last
}

// head draws the row of the householder.
func (d *drawing) head(e *entry) {
	d.houses++
	h := e.child.home
	head, female := h.father, false
	if head == nil {
		head, female = h.mother, true
	}
	if head == nil {
		head = h.guardian
	}
	says := map[roster.Field]roster.Cell{
		roster.Ordinal: whole(d.houses), roster.FullName: text(head.name), roster.BirthDate: whole(head.born), roster.Sex: text(sexText(female)),
		roster.Ethnicity: text(h.people.name), roster.PersonalID: text(head.number), roster.HouseholdRelation: text("Chủ hộ"),
		roster.Address: text(h.address()), roster.Village: text(h.village), roster.Phone: text(h.phone),
	}
	cells := make([]roster.GridCell, len(d.layout.columns))
	for at, c := range d.layout.columns {
		cells[at] = dressed(says[c.field], c.look)
	}
	d.row(d.last+1, cells)
}

// dressed gives a cell its column's look. A number among dates has no date format: it would be a day.
func dressed(cell roster.Cell, look roster.Look) roster.GridCell {
	if cell.Kind == roster.Number && look == roster.DateLook {
		look = roster.NumberLook
	}
	return roster.GridCell{Cell: cell, Look: look}
}

// inHeadsRow reports whether only the householder's row says it.
func inHeadsRow(f roster.Field) bool {
	return f == roster.Ordinal || f == roster.Address || f == roster.Village || f == roster.Phone
}

// ofHome reports whether brothers and sisters have it in common.
func ofHome(f roster.Field) bool {
	return f == roster.Address || f == roster.Village || f == roster.HouseholdCode || f == roster.HouseholdHead
}

// turn begins another table below.
func (d *drawing) turn(l layout) {
	d.layout = l
	cells := d.blank()
	cells[0] = roster.GridCell{Cell: text("II. DANH SÁCH BỔ SUNG"), Look: roster.TitleLook}
	d.row(d.last+2, cells)
	d.header()
}

// footer draws what stands below the table.
func (d *drawing) footer(m *maker, people int) {
	if d.layout.summed {
		cells := d.blank()
		cells[1] = roster.GridCell{Cell: text("Tổng cộng: " + strconv.Itoa(people) + " trẻ"), Look: roster.GroupLook}
		d.row(d.last+1, cells)
	}
	for range d.layout.leftover {
		cells := d.blank()
		for at := range cells {
			cells[at].Look = roster.BodyLook
		}
		d.row(d.last+1, cells)
	}
	if !d.layout.signed {
		return
	}
	right := len(d.layout.columns) - 5
	for _, line := range []struct {
		down        int
		left, right string
		look        roster.Look
	}{
		{2, "", m.signature(), roster.SubtitleLook},
		{1, "NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN XÃ", roster.TitleLook},
		{4, "Lò Thị Thử", "Mùa A Mẫu", roster.TitleLook},
	} {
		cells := d.blank()
		cells[1] = roster.GridCell{Cell: text(line.left), Look: line.look}
		cells[right] = roster.GridCell{Cell: text(line.right), Look: line.look}
		d.row(d.last+line.down, cells)
		d.sheet.Merges = append(d.sheet.Merges, roster.Merge{FirstRow: d.last, FirstColumn: right, LastRow: d.last, LastColumn: right + 4})
	}
}
