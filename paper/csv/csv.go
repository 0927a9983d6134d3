// Package csv reads text with separators: what spreadsheets save as .csv, .tsv or .txt, in any encoding and with any of the usual
// separators. Every cell is text as it stands in the file, so numbers keep their leading zeros and days stay as they were typed.
package csv

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"lamsach/core/roster"
	"lamsach/core/viet"
	"lamsach/paper/cells"
	"lamsach/paper/letters"
)

// sheetName is what spreadsheets call the only sheet of such a file.
const sheetName = "Sheet1"

// Open finds out how a text is written. The rows of its one sheet are read from r whenever they are ranged over; rows are numbered as a
// spreadsheet numbers them, where a line break in quotation marks begins no row. A row that cannot be read whole ends them with a
// *fault.Error of kind Unreadable that names it; a zero Limits stands for cells.DefaultLimits.
func Open(r io.ReaderAt, size int64, limits cells.Limits) (roster.Book, error) {
	limits = limits.OrDefault()
	if size > limits.Unpacked {
		return roster.Book{}, cells.Wrong(cells.TooLarge.Because("%d bytes", size))
	}
	encoding, err := letters.Detect(r, size)
	if err != nil {
		return roster.Book{}, err
	}
	f := file{r: r, size: size, encoding: encoding}
	if f.dialect, err = f.guess(); err != nil {
		return roster.Book{}, err
	}
	meter := cells.NewMeter(limits)
	return roster.Book{Format: "csv", Sheets: []roster.Sheet{meter.Sheet(sheetName, false, f.read)}, Remarks: meter.Remarks}, nil
}

// file is a text whose encoding and separator are known.
type file struct {
	r        io.ReaderAt
	size     int64
	encoding letters.Encoding
	dialect  dialect
}

func (f file) text() io.Reader {
	return f.encoding.Reader(io.NewSectionReader(f.r, 0, f.size))
}

// read gives all rows away.
func (f file) read(l *cells.Lines) error {
	p := newParser(f.text(), f.dialect)
	if f.dialect.named {
		if err := p.next(); err != nil {
			return err
		}
	}
	for row := 1; ; row++ {
		if row > cells.LastRow {
			return cells.ManyRows
		}
		if err := l.Begin(row, false); err != nil {
			return err
		}
		if err := p.next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := f.row(p, l); err != nil {
			return err
		}
		if err := l.End(); err != nil {
			return err
		}
	}
}

// row gives the fields of the parser's record to the row that has begun.
func (f file) row(p *parser, l *cells.Lines) error {
	if bytes.IndexByte(p.record, 0) >= 0 {
		return cells.Letters.Because("NUL")
	}
	if !utf8.Valid(p.record) {
		return cells.Letters.Because("invalid UTF-8")
	}
	record, empty := string(p.record), 0
	for column, at := range p.fields {
		text := at.text(record)
		if text == "" || text == endOfText {
			empty++
			continue
		}
		if column >= l.Limits().Columns {
			return cells.ManyWide
		}
		if len(text) > cells.LongestText && utf8.RuneCountInString(text) > cells.LongestText {
			return cells.Long
		}
		if f.encoding == letters.Windows1258 {
			text = viet.NFC(text)
		}
		if err := l.Put(column, 1, roster.Cell{Text: text, Kind: roster.Text, Legacy: f.encoding.Legacy()}); err != nil {
			return err
		}
	}
	return l.Count(empty)
}

// endOfText is how old programs end a file.
const endOfText = "\x1a"

// field is where a field stands in its record.
type field struct {
	from, to int
	quoted   bool // without the marks; doubled marks and line ends are still as written
	doubled  bool
}

// text gives the field as it is meant.
func (f field) text(record string) string {
	text := record[f.from:f.to]
	if f.doubled {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	if f.quoted && strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	// Programs write ="014…" so that Excel takes the digits as text.
	if inner, ok := strings.CutPrefix(text, `="`); ok {
		if inner, ok = strings.CutSuffix(inner, `"`); ok && !strings.Contains(inner, `"`) {
			return inner
		}
	}
	return text
}
