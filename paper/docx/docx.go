// Package docx reads the tables of Word documents (.docx, Office Open XML).
package docx

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/markup"
	"lamsach/paper/pack"
)

const (
	usualPart = "word/document.xml" // where every program puts the text
	relations = "_rels/.rels"
	deepest   = 32 // tables inside each other
)

// Open reads the tables of a document, each one a sheet; tables that only arrange the page are left out. A table that goes on behind
// an empty line, with as many columns, is one with what was before. Blocks of several columns or rows keep their text in their first
// cell, text that was deleted with changes tracked is left out. A document that cannot be read whole is refused with a *fault.Error of
// kind Unreadable that names the row; a zero Limits stands for cells.DefaultLimits.
func Open(r io.ReaderAt, size int64, limits cells.Limits) (roster.Book, error) {
	limits = limits.OrDefault()
	archive, err := pack.Open(r, size, limits, usualPart, "</w:tr>")
	if err != nil {
		return roster.Book{}, cells.Wrong(err)
	}
	name, err := mainPart(archive)
	if err != nil {
		return roster.Book{}, cells.Wrong(err)
	}
	part, err := archive.Open(name)
	if err != nil {
		return roster.Book{}, cells.Wrong(err)
	}
	defer part.Close()
	d := &document{scanner: markup.NewScanner(part), store: cells.NewStore(limits)}
	if err := d.read(); err != nil {
		number, row, rows := d.place()
		return roster.Book{}, cells.WrongSheet(err, tableName(number), row, rows)
	}
	return d.book()
}

// tableName is what the sheet of a table is called, counted from 1.
func tableName(n int) string { return fmt.Sprintf("Table %d", n) }

// mainPart finds the part with the text by its role.
func mainPart(archive *pack.Package) (string, error) {
	if !archive.Has(relations) {
		return usualPart, nil
	}
	part, err := archive.Open(relations)
	if err != nil {
		return "", err
	}
	defer part.Close()
	found, s := usualPart, markup.NewScanner(part)
	for {
		token, err := s.Next()
		if err != nil || token == markup.End {
			return found, err
		}
		if token == markup.Open && string(s.Name) == "Relationship" && strings.HasSuffix(string(s.Attr("Type")), "/officeDocument") {
			found = strings.TrimPrefix(path.Clean("/"+string(s.Attr("Target"))), "/")
		}
	}
}

// document reads the text of one document.
type document struct {
	scanner *markup.Scanner
	store   *cells.Store
	open    []*grid // tables inside each other, the innermost last
	kept    []*grid
	spare   []*grid // too small for lists
	last    *grid   // the table outside of others that ended last, while only empty lines followed
	buffer  []byte
}

// place is where reading stands: the number of the table, its row, and how many rows with something in them were read of it.
func (d *document) place() (number, row, rows int) {
	if len(d.open) > 0 {
		g := d.open[len(d.open)-1]
		return len(d.kept) + 1, g.row, g.table.Rows
	}
	if n := len(d.kept); n > 0 {
		return n, d.kept[n-1].row, d.kept[n-1].table.Rows
	}
	return 1, 0, 0
}

// book gives the tables that may be lists, or all when none of them may.
func (d *document) book() (roster.Book, error) {
	if len(d.kept) == 0 {
		d.kept = d.spare
	}
	if len(d.kept) == 0 {
		return roster.Book{}, fault.New(fault.Unreadable, "file.no_table")
	}
	tables := make([]*cells.Table, len(d.kept))
	for i, g := range d.kept {
		g.table.Name = tableName(i + 1)
		tables[i] = g.table
	}
	return cells.Book("docx", tables), nil
}

// read reads the whole text.
func (d *document) read() error {
	for {
		token, err := d.scanner.Next()
		switch {
		case err != nil:
			return err
		case token == markup.End:
			return nil
		case token == markup.Open:
			err = d.startTag()
		case token == markup.Close:
			err = d.endTag()
		}
		if err != nil {
			return err
		}
	}
}

// startTag acts on a start tag; what closes itself has no end tag to come.
func (d *document) startTag() error {
	s, g := d.scanner, d.innermost()
	switch name := string(s.Name); name {
	case "del", "moveFrom", "Fallback":
		if g != nil && name == "del" && g.inProperties {
			g.deleted = true
		}
		return s.Skip()
	case "tbl":
		if s.Empty {
			return nil
		}
		return d.beginTable()
	case "t":
		return d.text()
	}
	if g == nil {
		return nil
	}
	return g.startTag(d)
}

func (d *document) endTag() error {
	g := d.innermost()
	if g == nil {
		return nil
	}
	switch string(d.scanner.Name) {
	case "tbl":
		return d.endTable()
	case "tr":
		return g.endRow(d)
	case "tc":
		return g.endCell()
	case "trPr":
		g.inProperties = false
	case "p":
		g.paragraph()
	}
	return nil
}

// text reads a run of text, to the cell that is open or to nowhere.
func (d *document) text() error {
	d.buffer = d.buffer[:0]
	if d.scanner.Empty {
		return nil
	}
	for outside := d.scanner.Depth() - 1; ; {
		token, err := d.scanner.Next()
		if err == nil && token == markup.Text {
			d.buffer, err = markup.AppendText(d.buffer, d.scanner.Raw, d.scanner.CDATA)
		}
		if err != nil {
			return err
		}
		if token == markup.Close && d.scanner.Depth() == outside || token == markup.End {
			break
		}
	}
	switch g := d.innermost(); {
	case g != nil:
		g.write(d.buffer)
	case !markup.Blank(d.buffer):
		d.last = nil
	}
	return nil
}

func (d *document) innermost() *grid {
	if len(d.open) == 0 {
		return nil
	}
	return d.open[len(d.open)-1]
}

// beginTable opens a table, inside another one perhaps.
func (d *document) beginTable() error {
	if len(d.open) >= deepest {
		return cells.Nested
	}
	d.open = append(d.open, &grid{table: d.store.Table()})
	return nil
}

var errTooMany = errors.New("docx: too many tables")

// endTable closes the innermost table: a list is kept, or goes on with the one before; of a table inside a cell that is none, the texts
// go to the cell.
func (d *document) endTable() error {
	g := d.innermost()
	d.open = d.open[:len(d.open)-1]
	outer, limit := d.innermost(), d.store.Limits().Entries
	switch {
	case outer == nil && d.last != nil && d.last.columns == g.columns:
		return d.last.goOn(g)
	case g.table.Wide >= 2:
		if d.kept = append(d.kept, g); len(d.kept) > limit {
			return fault.Wrap(fault.Unreadable, errTooMany, "file.too_many_parts", "Limit", limit)
		}
		if outer == nil {
			d.last = g
		}
	case outer != nil:
		outer.inner(g.table)
		g.table.Drop()
	case g.table.Rows > 0 && len(d.spare) < limit:
		d.spare = append(d.spare, g)
		d.last = nil
	default:
		g.table.Drop()
	}
	return nil
}
