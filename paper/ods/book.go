package ods

import (
	"io"
	"strings"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/markup"
	"lamsach/paper/pack"
)

// book is a spreadsheet that is being read.
type book struct {
	pack    *pack.Package
	limits  cells.Limits
	styles  *styles
	numbers cells.Numbers
	arena   cells.Arena
	sheets  int

	reading *content // stands before the sheet at, when sheets are read one after the other
	at      int
}

// The parts of the package.
const (
	contentPart  = "content.xml"
	stylesPart   = "styles.xml"
	manifestPart = "META-INF/manifest.xml"
	sealedPart   = "encrypted-package"
	rowEnd       = "</table:table-row>"
)

// mostSheets bounds the sheets of a file.
const mostSheets = 10_000

// Open reads a spreadsheet as a table of cells. Trouble is a *fault.Error of kind fault.Unreadable whose key (file.…) names what is
// wrong; a file that is damaged or cut is told here already. The reader r must stay open while rows are read; a zero Limits stands for
// the default ones. The sheets' Rows may be ranged over more than once, quickest in their order, but not by several goroutines; rows
// with nothing in them are left out.
func Open(r io.ReaderAt, size int64, limits cells.Limits) (roster.Book, error) {
	limits = limits.OrDefault()
	p, err := pack.Open(r, size, limits, contentPart, rowEnd)
	if err != nil {
		return roster.Book{}, err
	}
	b := &book{pack: p, limits: limits, styles: newStyles()}
	found, err := b.open()
	if err != nil {
		return roster.Book{}, cells.Wrong(err)
	}
	return found, nil
}

func (b *book) open() (roster.Book, error) {
	if err := b.locked(); err != nil {
		return roster.Book{}, err
	}
	if !b.pack.Has(contentPart) {
		return roster.Book{}, cells.NotWorkbook("no content")
	}
	if b.pack.Has(stylesPart) {
		if err := b.readStyles(); err != nil {
			return roster.Book{}, err
		}
	}
	return b.survey()
}

// locked refuses a package whose parts are encrypted.
func (b *book) locked() error {
	if b.pack.Has(sealedPart) {
		return cells.Locked()
	}
	if !b.pack.Has(manifestPart) {
		return nil
	}
	part, err := b.pack.Open(manifestPart)
	if err != nil {
		return err
	}
	defer part.Close()
	for s := markup.NewScanner(part); ; {
		token, err := s.Next()
		switch {
		case err != nil:
			return err
		case token == markup.End:
			return nil
		case token == markup.Open && string(s.Name) == "encryption-data":
			return cells.Locked()
		}
	}
}

// survey reads the content to its end, and gives the sheets in it.
func (b *book) survey() (roster.Book, error) {
	c, err := b.openContent(true)
	if err != nil {
		return roster.Book{}, err
	}
	defer c.close()
	survey, meter := cells.NewMeter(b.limits), cells.NewMeter(b.limits)
	found := roster.Book{Format: "ods", Remarks: meter.Remarks}
	for {
		more, err := c.nextTable()
		if err != nil {
			return roster.Book{}, err
		}
		if !more {
			break
		}
		name, hidden, err := c.table()
		if err != nil {
			return roster.Book{}, err
		}
		if len(found.Sheets) == mostSheets || b.twice(found.Sheets, name) {
			return roster.Book{}, cells.Malformed.Because("a sheet twice, or too many")
		}
		looked := survey.Sheet(name, hidden, func(lines *cells.Lines) error { return b.readTable(c, lines, true) })
		for _, err := range looked.Rows {
			if err != nil {
				return roster.Book{}, err
			}
		}
		index := len(found.Sheets)
		found.Sheets = append(found.Sheets, meter.Sheet(name, hidden, func(lines *cells.Lines) error { return b.rows(index, lines) }))
	}
	if b.sheets = len(found.Sheets); b.sheets == 0 {
		if !c.spreadsheet {
			return roster.Book{}, cells.NotWorkbook("no spreadsheet")
		}
		return roster.Book{}, cells.NoSheet()
	}
	return found, nil
}

func (b *book) twice(sheets []roster.Sheet, name string) bool {
	for _, s := range sheets {
		if strings.EqualFold(s.Name, name) {
			return true
		}
	}
	return false
}

// rows reads one sheet: on from where the last reading ended, or from the beginning of the content.
func (b *book) rows(index int, lines *cells.Lines) error {
	c := b.reading
	b.reading = nil
	if c == nil || b.at != index {
		if c != nil {
			c.close()
		}
		var err error
		if c, err = b.seek(index); err != nil {
			return err
		}
	}
	more, err := c.nextTable()
	if err == nil && !more {
		err = cells.Damaged.Because("fewer sheets than before")
	}
	if err == nil {
		err = b.readTable(c, lines, false)
	}
	if err != nil || index+1 == b.sheets {
		c.close()
		return err
	}
	b.reading, b.at = c, index+1
	return nil
}

// seek opens the content and moves before a sheet.
func (b *book) seek(index int) (*content, error) {
	c, err := b.openContent(false)
	if err != nil {
		return nil, err
	}
	for range index {
		if _, err = c.nextTable(); err == nil {
			err = c.Skip()
		}
		if err != nil {
			c.close()
			return nil, err
		}
	}
	return c, nil
}
