package ods

import (
	"strconv"

	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// reader reads the rows of one sheet.
type reader struct {
	*book
	*content
	lines   *cells.Lines
	survey  bool // only what stands where matters, not what it says
	row     int  // number of the next row
	columns []stretch
	rowFont cells.Font
	text    text
}

// stretch is a run of columns whose cells look alike.
type stretch struct {
	end  int // the column behind it
	font cells.Font
}

// readTable reads the sheet that c has just moved into, up to its end.
func (b *book) readTable(c *content, lines *cells.Lines, survey bool) error {
	r := &reader{book: b, content: c, lines: lines, survey: survey, row: 1}
	if c.Empty {
		return nil
	}
	hiddenBelow := 0 // depth of the outermost group that is not shown
	for outside := c.Depth() - 1; ; {
		token, err := c.Next()
		switch {
		case err != nil:
			return err
		case token == markup.Close && c.Depth() == outside:
			return nil
		case token == markup.Close && c.Depth() < hiddenBelow:
			hiddenBelow = 0
		case token != markup.Open:
			continue
		}
		if token != markup.Open {
			continue
		}
		switch string(c.Name) {
		case "table-row":
			err = r.readRow(hiddenBelow > 0)
		case "table-column":
			err = r.readColumn()
		case "table-row-group":
			if hiddenBelow == 0 && string(c.Attr("table:display")) == "false" {
				hiddenBelow = c.Depth()
			}
		case "table-header-rows", "table-rows", "table-columns", "table-column-group", "table-header-columns":
		default:
			err = c.Skip()
		}
		if err != nil {
			return err
		}
	}
}

// readColumn keeps what a run of columns looks like.
func (r *reader) readColumn() error {
	times, err := r.times("table:number-columns-repeated")
	if err != nil {
		return err
	}
	end := times
	if n := len(r.columns); n > 0 {
		end += r.columns[n-1].end
	}
	font := r.styles().font(ofCells, string(r.Attr("table:default-cell-style-name")))
	if n := len(r.columns); n > 0 && r.columns[n-1].font == font {
		r.columns[n-1].end = end
	} else {
		r.columns = append(r.columns, stretch{end: end, font: font})
	}
	return r.Skip()
}

func (r *reader) styles() *styles { return r.book.styles }

// columnFont is the font of cells that name none.
func (r *reader) columnFont(column int) cells.Font {
	for _, s := range r.columns {
		if column < s.end {
			return r.rowFont.Or(s.font)
		}
	}
	return r.rowFont
}

// times reads how often something is repeated.
func (r *reader) times(name string) (int, error) { return times(r.Attr(name)) }

func times(raw []byte) (int, error) {
	if raw == nil {
		return 1, nil
	}
	n, err := strconv.ParseUint(string(raw), 10, 31)
	if err != nil || n == 0 {
		return 0, cells.Malformed.Because("a repetition that is none")
	}
	return int(n), nil
}

// readRow reads a row, as often as it is repeated.
func (r *reader) readRow(hidden bool) error {
	repeated, err := r.times("table:number-rows-repeated")
	if err != nil {
		return err
	}
	if state := r.Attr("table:visibility"); state != nil && string(state) != "visible" {
		hidden = true // collapse, or filter
	}
	r.rowFont = cells.InheritedFont
	if name := r.Attr("table:default-cell-style-name"); name != nil {
		r.rowFont = r.styles().font(ofCells, string(name))
	}
	if err := r.lines.Begin(r.row, hidden); err != nil {
		return err
	}
	r.row += repeated
	column := 0
	if err := r.Children(func() error {
		if name := string(r.Name); name != "table-cell" && name != "covered-table-cell" {
			return r.Skip()
		}
		n, err := r.readCell(column)
		column += n
		return err
	}); err != nil {
		return err
	}
	return r.lines.Repeat(repeated)
}
