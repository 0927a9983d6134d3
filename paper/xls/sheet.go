package xls

import (
	"cmp"
	"slices"

	"lamsach/core/roster"
	"lamsach/paper/cells"
)

// read gives the rows of a surveyed sheet.
func (b *book) read(s *survey, lines *cells.Lines) error {
	r := reader{book: b, survey: s, lines: lines, row: -1}
	run := r.inOrder
	if s.disordered {
		run = r.sorted
	}
	if err := run(); err != nil {
		return err
	}
	return r.end()
}

// reader reads the cells of one sheet.
type reader struct {
	*book
	survey *survey
	lines  *cells.Lines
	row    int // that is being gathered; -1 before the first
}

// each calls take with every record of a cell that is the sheet's own, as they come.
func (r *reader) each(take func(rec record, times int) error) error {
	for at, depth := r.survey.first, 1; ; {
		rec, err := recordAt(r.data, at)
		if err != nil {
			return err
		}
		switch {
		case rec.id == idBOF:
			depth++
		case rec.id == idEOF:
			if depth--; depth == 0 {
				return nil
			}
		case depth == 1 && rec.isCell():
			times, err := rec.size()
			if err != nil {
				return err
			}
			if err := take(rec, times); err != nil {
				return err
			}
		}
		at = rec.end
	}
}

// inOrder reads cells that stand in their order.
func (r *reader) inOrder() error {
	return r.each(func(rec record, times int) error {
		if err := r.moveTo(rec.row()); err != nil {
			return err
		}
		if rec.id == idMulBlank {
			return r.lines.Count(times)
		}
		for i := range times {
			cell, err := r.cell(rec, i)
			if err != nil {
				return err
			}
			if err := r.lines.Put(rec.column()+i, 1, cell); err != nil {
				return err
			}
		}
		return nil
	})
}

// moveTo ends the row that was gathered when another begins.
func (r *reader) moveTo(row int) error {
	if row == r.row {
		return nil
	}
	if err := r.end(); err != nil {
		return err
	}
	r.row = row
	return r.lines.Begin(row+1, r.survey.isHidden(row))
}

// end gives the gathered row away.
func (r *reader) end() error {
	if r.row < 0 {
		return nil
	}
	return r.lines.End()
}

// placed is a cell by its place.
type placed struct {
	place  int32 // row and column together
	within int32 // its position in the record
	at     int   // the record
}

// sorted reads cells that programs wrote as they came to mind.
func (r *reader) sorted() error {
	var all []placed
	err := r.each(func(rec record, times int) error {
		if rec.id == idBlank || rec.id == idMulBlank {
			return r.lines.Count(times)
		}
		if len(all)+times > r.limits.Cells {
			return cells.ManyCells
		}
		for i := range times {
			all = append(all, placed{place: int32(rec.row()<<8 | rec.column() + i), within: int32(i), at: rec.start - recordHead})
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	for i := 0; i < len(all); {
		same := i + 1
		for same < len(all) && all[same].place == all[i].place {
			same++
		}
		if err := r.put(all[i:same]); err != nil {
			return err
		}
		i = same
	}
	return nil
}

// put sets the cell that one or more records hold. Records that do not agree on it are refused: which one is right nobody knows.
func (r *reader) put(same []placed) error {
	row, column := int(same[0].place>>8), int(same[0].place&0xFF)
	if err := r.moveTo(row); err != nil {
		return err
	}
	var one roster.Cell
	for _, p := range same {
		rec, err := recordAt(r.data, p.at)
		if err != nil {
			return err
		}
		cell, err := r.cell(rec, int(p.within))
		switch {
		case err != nil:
			return err
		case cell.Kind == roster.Empty:
		case one.Kind != roster.Empty && one != cell:
			return cells.Order.Because("a cell twice")
		default:
			one = cell
		}
	}
	return r.lines.Put(column, 1, one)
}
