package xls

import (
	"io"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
)

// book is a workbook that is being read.
type book struct {
	*globals
	numbers cells.Numbers
	arena   cells.Arena
}

// Open reads a workbook as a table of cells. Trouble is a *fault.Error of kind fault.Unreadable whose key (file.…) names what is wrong;
// a sheet that is damaged is told here already. The reader r is not needed afterwards; a zero Limits stands for the default ones. The
// sheets' Rows may be ranged over more than once, but not by several goroutines; rows with nothing in them are left out.
func Open(r io.ReaderAt, size int64, limits cells.Limits) (roster.Book, error) {
	limits = limits.OrDefault()
	data, err := workbookStream(r, size, limits)
	if err != nil {
		return roster.Book{}, cells.Wrong(err)
	}
	g, err := readGlobals(data, limits)
	if err != nil {
		return roster.Book{}, cells.Wrong(err)
	}
	b := &book{globals: g}
	b.numbers.Date1904 = g.date1904
	return b.roster()
}

// roster surveys the sheets and gives them. The format has no checksum; but it says how many cells use the shared texts, and when fewer
// do, cells were lost: that is a remark, since there are programs that count badly.
func (b *book) roster() (roster.Book, error) {
	meter := cells.NewMeter(b.limits)
	found := roster.Book{Format: "xls"}
	texts, all := int64(0), true
	ends := make(map[int]int, len(b.entries))
	for _, e := range b.entries {
		if !e.sheet {
			all = false // macros use the texts too
			continue
		}
		_, _, kind, err := begin(b.data, e.at)
		if err == nil && kind != typeSheet {
			continue // a chart, listed as a sheet
		}
		s, err := surveySheet(b.data, e.at)
		if err != nil {
			return roster.Book{}, cells.WrongSheet(err, e.name, s.row, s.rows)
		}
		ends[e.at] = s.end
		texts += s.texts
		found.Sheets = append(found.Sheets, meter.Sheet(e.name, e.hidden, func(lines *cells.Lines) error { return b.read(s, lines) }))
	}
	if b.end > 0 {
		if err := b.follow(ends); err != nil {
			return roster.Book{}, cells.Wrong(err)
		}
	}
	if len(found.Sheets) == 0 {
		return roster.Book{}, cells.NoSheet()
	}
	found.Remarks = func() []fault.Text {
		said := meter.Remarks()
		if all && texts < b.uses {
			said = append(said, fault.T("file.remark.lost", "N", int(b.uses-texts)))
		}
		return said
	}
	return found, nil
}
