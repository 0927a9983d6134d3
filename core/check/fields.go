package check

import (
	"slices"

	"lamsach/core/roster"
)

// places tells where the fields of a sheet stand, so that asking for one needs no search through the columns.
type places [roster.NumFields]place

// place is where one field stands.
type place struct {
	at   int16 // its column among SheetInfo.Columns, when it has a single one that holds it whole; else noPlace, or nowhere
	sole bool  // nothing else stands in for an empty cell
}

const (
	noPlace = -1
	nowhere = -2 // the sheet has no place for the field at all
)

func placesOf(sheet *roster.SheetInfo) (p places) {
	for f := range roster.NumFields {
		p[f] = place{at: int16(sheet.Plain(f)), sole: sheet.Sole(f)} //nolint:gosec // few hundred columns
		if p[f].sole && !slices.ContainsFunc(sheet.Columns, func(c roster.Column) bool { return c.Field == f }) {
			p[f].at = nowhere
		}
	}
	return p
}

// value is what holds for a field of the person.
func (v *RowView) value(f roster.Field) roster.Value {
	if len(v.record.Fixed()) > 0 {
		return v.ro.ValueIn(v.rec, v.cells, f)
	}
	p := v.places[f]
	if p.at == nowhere {
		return roster.Value{Absent: true}
	}
	if p.at >= 0 && int(p.at) < len(v.cells) {
		c := &v.cells[p.at]
		if c.Kind != roster.Empty { // nearly always
			return roster.Value{Kind: c.Kind, Text: c.Decoded()}
		}
		if p.sole {
			return roster.Value{}
		}
	}
	return v.ro.ValueIn(v.rec, v.cells, f)
}
