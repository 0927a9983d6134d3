// Package html reads the tables of web pages and of XML Spreadsheet 2003, which web systems hand out under the name .xls.
package html

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/letters"
)

const (
	longestToken = 8 << 20 // bytes of a tag with its attributes, or of a text: a picture may stand in one
	deepest      = 32      // tables inside each other
	headBytes    = 4 << 10 // in which a page says its encoding
)

// Open reads the tables of a web page, each one a sheet; tables that only arrange the page are left out. Blocks of several columns or
// rows (colspan, rowspan) keep their text in their first cell. A page that ends inside a table, or has text between its cells, is
// refused with a *fault.Error of kind Unreadable that names the row; a zero Limits stands for cells.DefaultLimits.
func Open(r io.ReaderAt, size int64, limits cells.Limits) (roster.Book, error) {
	limits = limits.OrDefault()
	if size > limits.Unpacked {
		return roster.Book{}, cells.Wrong(cells.TooLarge.Because("%d bytes", size))
	}
	encoding, err := encodingOf(r, size)
	if err != nil {
		return roster.Book{}, err
	}
	z := html.NewTokenizer(encoding.Reader(io.NewSectionReader(r, 0, size)))
	z.SetMaxBuf(longestToken)
	p := &page{z: z, store: cells.NewStore(limits), legacy: encoding.Legacy(), compose: encoding == letters.Windows1258}
	if err := p.read(); err != nil {
		name, row, rows := p.place()
		return roster.Book{}, cells.WrongSheet(err, name, row, rows)
	}
	kept := p.kept
	if len(kept) == 0 {
		kept = p.spare
	}
	if len(kept) == 0 {
		return roster.Book{}, fault.New(fault.Unreadable, "file.no_table")
	}
	p.nameTables(kept)
	return cells.Book("html", kept), nil
}

var declared1258 = regexp.MustCompile(`(?i)charset\s*=\s*["']?(?:windows-1258|cp1258)`)

// encodingOf tells the encoding by the text itself; what the page says of it is believed only where the text leaves it open.
func encodingOf(r io.ReaderAt, size int64) (letters.Encoding, error) {
	encoding, err := letters.Detect(r, size)
	if err != nil {
		return encoding, err
	}
	if encoding == letters.UTF8 || encoding == letters.UTF16LE || encoding == letters.UTF16BE {
		return encoding, nil
	}
	head := make([]byte, min(size, headBytes))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return encoding, err
	}
	if declared1258.Match(head[:n]) {
		if encoding == letters.Latin {
			return letters.Windows1258, nil
		}
		return encoding, nil
	}
	spelled, err := spellsLetters(io.NewSectionReader(r, 0, size))
	if spelled {
		return letters.Latin, err // the letters that Latin-1 has are meant: in an old font none would be spelled out
	}
	return encoding, err
}

// spelledLetter is a Vietnamese letter beyond Latin-1 as a page spells it out whose encoding has no code for it: "&#7885;".
var spelledLetter = regexp.MustCompile(`&#(?:78[4-9]\d|79[0-2]\d|25[89]|27[23]|29[67]|36[01]|41[67]|43[12]|[xX]1[eE][a-fA-F][0-9a-fA-F]|[xX]0?(?:10[23]|11[01]|12[89]|16[89]|1[aA][01]|1[aA][fF]|1[bB]0));`)

// longestLetter is how many bytes such a letter takes at most, and some more.
const longestLetter = 16

// spellsLetters reports whether a page spells out Vietnamese letters.
func spellsLetters(r io.Reader) (bool, error) {
	buffer := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := r.Read(buffer[kept:])
		n += kept
		switch {
		case spelledLetter.Match(buffer[:n]):
			return true, nil
		case errors.Is(err, io.EOF):
			return false, nil
		case err != nil:
			return false, err
		}
		kept = copy(buffer, buffer[max(0, n-longestLetter):n]) // one may lie across
	}
}

// page reads one page.
type page struct {
	z       *html.Tokenizer
	store   *cells.Store
	numbers cells.Numbers
	legacy  roster.Legacy // of texts whose font says nothing
	compose bool          // letters and their tones stand apart

	open    []*grid // tables inside each other, the innermost last
	kept    []*cells.Table
	spare   []*cells.Table // too small for lists
	current string         // name of the sheet that the page says is next
	named   []sheetName    // names that a comment for Excel lists
	last    *cells.Table   // where the page was read last
	lastRow int

	skip      string // element whose contents are passed over
	skipDepth int
	title     bool // inside the heading of a sheet
	unclosed  bool // <html> was opened
}

// sheetName is what a page written by Excel says of a sheet.
type sheetName struct {
	name   string
	hidden bool
}

// read reads the whole page.
func (p *page) read() error {
	for {
		switch kind := p.z.Next(); kind {
		case html.ErrorToken:
			return p.end(p.z.Err())
		case html.TextToken:
			if err := p.text(p.z.Text()); err != nil {
				return err
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if err := p.startTag(); err != nil {
				return err
			}
		case html.EndTagToken:
			name, _ := p.z.TagName()
			if err := p.endTag(string(name)); err != nil {
				return err
			}
		case html.CommentToken:
			p.comment(p.z.Text())
		}
	}
}

// end judges where the page ended.
func (p *page) end(err error) error {
	switch {
	case errors.Is(err, html.ErrBufferExceeded):
		return cells.Long.Because("a tag or text of %d bytes", longestToken)
	case !errors.Is(err, io.EOF):
		return err
	case len(p.open) > 0, p.skip != "", p.unclosed:
		return cells.Truncated.Because("%d tables open", len(p.open))
	}
	return nil
}

// place is where reading stands: the sheet, the row, and how many rows with something in them were read of it.
func (p *page) place() (name string, row, rows int) {
	t := p.last
	row = p.lastRow
	if len(p.open) > 0 {
		g := p.open[len(p.open)-1]
		t, row = g.table, g.row
	}
	if t == nil {
		return sheetNumber(1), 0, 0
	}
	if name = t.Name; name == "" {
		name = sheetNumber(len(p.kept) + 1)
	}
	return name, row, t.Rows
}

func sheetNumber(n int) string { return fmt.Sprintf("Sheet%d", n) }

// nameTables gives the tables that have no name one: what the page says to Excel, or a number.
func (p *page) nameTables(kept []*cells.Table) {
	for i, t := range kept {
		if t.Name == "" && len(p.named) == len(kept) {
			t.Name, t.Hidden = p.named[i].name, t.Hidden || p.named[i].hidden
		}
		if t.Name == "" {
			t.Name = sheetNumber(i + 1)
		}
	}
}

var (
	excelSheet = regexp.MustCompile(`(?is)<x:ExcelWorksheet>(.*?)</x:ExcelWorksheet>`)
	excelName  = regexp.MustCompile(`(?is)<x:Name>([^<]*)</x:Name>`)
	excelShown = regexp.MustCompile(`(?is)<x:Visible>\s*Sheet`)
)

// comment reads what a page written by Excel says in a comment about its sheets.
func (p *page) comment(text []byte) {
	if !bytes.Contains(text, []byte("ExcelWorksheet")) {
		return
	}
	for _, m := range excelSheet.FindAllSubmatch(text, p.store.Limits().Entries) {
		name := excelName.FindSubmatch(m[1])
		if name == nil {
			continue
		}
		p.named = append(p.named, sheetName{strings.TrimSpace(html.UnescapeString(string(name[1]))), excelShown.Match(m[1])})
	}
}
