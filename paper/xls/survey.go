package xls

import "lamsach/paper/cells"

// sheetRows is the most that a sheet of the format has.
const sheetRows = 65_536

// survey is what a look over a sheet's records tells before any cell is read.
type survey struct {
	first      int // the record behind the sheet's beginning
	end        int // behind its end
	disordered bool
	hideAll    bool                   // rows are hidden unless they say otherwise
	hidden     [sheetRows / 64]uint64 // rows that are
	told       [sheetRows / 64]uint64 // rows that say something of themselves
	row, rows  int                    // as far as the look went, for errors
	texts      int64                  // cells with a shared text
}

// isHidden reports whether a row, counted from 0, is hidden.
func (s *survey) isHidden(row int) bool {
	bit := uint64(1) << (row % 64)
	return s.hidden[row/64]&bit != 0 || s.hideAll && s.told[row/64]&bit == 0
}

// surveyor looks over one sheet.
type surveyor struct {
	*survey
	last   int  // place of the last cell, row and column together
	cells  bool // a cell or row was met
	closed bool // and then something that never stands between cells
}

// surveySheet looks over the sheet that begins there, up to its end.
func surveySheet(data []byte, at int) (*survey, error) {
	v := surveyor{survey: &survey{}, last: -1}
	rec, _, _, err := begin(data, at)
	if err != nil {
		return v.survey, err
	}
	v.first = rec.end
	for depth := 1; depth > 0; {
		if rec, err = recordAt(data, rec.end); err != nil {
			return v.survey, err
		}
		switch {
		case rec.id == idBOF:
			depth++
		case rec.id == idEOF:
			depth--
		case depth > 1 && rec.id != 0: // a chart in the sheet
		case !inSheet(rec.id):
			return v.survey, cells.Damaged.Because("record %#x in a sheet", rec.id)
		default:
			if err := v.see(rec); err != nil {
				return v.survey, err
			}
		}
	}
	v.end = rec.end
	return v.survey, nil
}

// see takes one record of the sheet itself.
func (v *surveyor) see(rec record) error {
	switch {
	case rec.isCell():
		return v.seeCell(rec)
	case rec.id == idRow:
		v.cells = true
		return v.seeRow(rec)
	case rec.id == idDefaultRow:
		v.hideAll = rec.len() >= 2 && rec.u16(0)&2 != 0
	}
	v.closed = v.closed || v.cells && !amongCells(rec.id)
	return nil
}

func (v *surveyor) seeCell(rec record) error {
	times, err := rec.size()
	if err != nil {
		return err
	}
	if v.closed {
		return cells.Damaged.Because("a foreign record between the cells")
	}
	v.cells = true
	if rec.id == idLabelSST {
		v.texts++
	}
	row := rec.row()
	if rec.id != idBlank && rec.id != idMulBlank && row+1 != v.row {
		v.row = row + 1
		v.rows++
	}
	place := row<<8 | rec.column()
	v.disordered = v.disordered || place <= v.last
	v.last = place + times - 1
	return nil
}

const (
	rowLength  = 16
	rowOptions = 12
	rowHidden  = 0x20
)

func (v *surveyor) seeRow(rec record) error {
	if rec.len() < rowLength {
		return cells.Damaged.Because("row of %d bytes", rec.len())
	}
	row, bit := rec.row(), uint64(1)<<(rec.row()%64)
	v.told[row/64] |= bit
	if rec.u16(rowOptions)&rowHidden != 0 {
		v.hidden[row/64] |= bit
	}
	return nil
}

// follow looks at what stands behind the workbook's own records: a sheet there that nothing lists was lost from the list.
func (g *globals) follow(ends map[int]int) error {
	for at := g.end; ; {
		if end, known := ends[at]; known {
			at = end
			continue
		}
		_, _, kind, err := begin(g.data, at)
		if err != nil {
			return nil // padding
		}
		if kind == typeSheet && !g.lists(at) {
			return cells.Damaged.Because("a sheet at %d that is not listed", at)
		}
		other, err := surveyOther(g.data, at)
		if err != nil {
			return err
		}
		at = other
	}
}

// lists reports whether something is listed there: a sheet, or one of macros.
func (g *globals) lists(at int) bool {
	for _, e := range g.entries {
		if e.at == at {
			return true
		}
	}
	return false
}

// surveyOther gives the end of a stretch of records that is no sheet.
func surveyOther(data []byte, at int) (int, error) {
	rec, _, _, err := begin(data, at)
	for depth := 1; depth > 0 && err == nil; {
		if rec, err = recordAt(data, rec.end); err != nil {
			return 0, err
		}
		switch rec.id {
		case idBOF:
			depth++
		case idEOF:
			depth--
		}
	}
	return rec.end, err
}
