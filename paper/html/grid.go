package html

import (
	"regexp"
	"strconv"
	"strings"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/core/viet"
	"lamsach/paper/cells"
)

// grid is a table that is open.
type grid struct {
	table  *cells.Table
	row    int
	inRow  bool
	hidden bool // the row
	column int  // of the next cell, before blocks from above
	cells  []roster.Cell
	covers []int // by column: how many rows, with this one, a block from above still covers
	cell   *cell // that is open
	spare  cell
}

// beginTable opens a table, inside another one perhaps.
func (p *page) beginTable(hidden bool) error {
	if len(p.open) >= deepest {
		return cells.Nested
	}
	g := &grid{table: p.store.Table()}
	g.table.Hidden = hidden
	if len(p.open) == 0 {
		g.table.Name, p.current = p.current, ""
	}
	p.open = append(p.open, g)
	return nil
}

// endTable closes the innermost table: a list is kept; of a table inside a cell that is none, the texts go to the cell.
func (p *page) endTable() error {
	g := p.innermost()
	if err := g.endRow(p); err != nil {
		return err
	}
	p.open = p.open[:len(p.open)-1]
	p.last, p.lastRow = g.table, g.row
	outer := p.innermost()
	switch {
	case g.table.Wide >= 2:
		if p.kept = append(p.kept, g.table); len(p.kept) > p.store.Limits().Entries {
			return fault.New(fault.Unreadable, "file.too_many_parts", "Limit", p.store.Limits().Entries)
		}
	case outer != nil && outer.cell != nil:
		outer.cell.inner(g.table)
		g.table.Drop()
	case g.table.Rows > 0 && len(p.spare) < p.store.Limits().Entries:
		p.spare = append(p.spare, g.table)
	default:
		g.table.Drop()
	}
	return nil
}

func (g *grid) beginRow(p *page, hidden bool) error {
	if err := g.endRow(p); err != nil {
		return err
	}
	g.row++
	g.inRow, g.hidden, g.column, g.cells = true, hidden, 0, g.cells[:0]
	return nil
}

func (g *grid) endRow(p *page) error {
	if err := g.endCell(p); err != nil || !g.inRow {
		return err
	}
	g.inRow = false
	for i, rows := range g.covers {
		if rows > 0 {
			g.covers[i]--
		}
	}
	return g.table.Add(g.row, g.hidden, g.cells)
}

// section begins or ends a head, body or foot, which no block reaches out of.
func (g *grid) section(p *page) error {
	err := g.endRow(p)
	clear(g.covers)
	return err
}

// beginCell opens a cell at the next place that no block from above covers.
func (g *grid) beginCell(p *page, a attributes) error {
	if err := g.endCell(p); err != nil {
		return err
	}
	if !g.inRow {
		if err := g.beginRow(p, false); err != nil {
			return err
		}
	}
	for g.column < len(g.covers) && g.covers[g.column] > 0 {
		g.column++
	}
	g.cell = &g.spare
	g.cell.begin(a)
	return nil
}

const mostRows = 65_534 // that a browser lets a cell cover

// endCell closes the cell, if one is open, and puts it in its place.
func (g *grid) endCell(p *page) error {
	if g.cell == nil {
		return nil
	}
	value, err := g.cell.value(p)
	if err != nil {
		return err
	}
	bound := p.store.Limits().Columns
	if g.column >= bound && value.Kind != roster.Empty {
		return cells.ManyWide
	}
	columns, rows := span(g.cell.columns, bound), span(g.cell.rows, mostRows)
	g.cell = nil
	if g.column >= bound {
		return nil
	}
	for len(g.cells) < g.column {
		g.cells = append(g.cells, roster.Cell{})
	}
	g.cells = append(g.cells, value)
	end := min(g.column+columns, bound)
	if rows > 1 {
		for len(g.covers) < end {
			g.covers = append(g.covers, 0)
		}
		for i := g.column; i < end; i++ {
			g.covers[i] = rows
		}
	}
	g.column = end
	return nil
}

// cell gathers the text of a cell as a browser shows it: runs of blanks are one blank.
type cell struct {
	attributes
	font    cells.Font
	text    []byte
	blank   bool // one is due before the next letter
	newline bool
}

func (c *cell) begin(a attributes) {
	*c = cell{attributes: a, font: cells.FontOf(a.face), text: c.text[:0]}
}

// element acts on a start tag inside the cell.
func (c *cell) element(p *page, name string, a attributes) {
	switch {
	case name == "br":
		c.text, c.blank, c.newline = append(c.text, '\n'), false, false
	case a.hidden && !void[name]:
		p.skip, p.skipDepth = name, 1
	case block[name]:
		c.breakLine()
	}
	if a.face != "" {
		c.font = max(c.font, cells.FontOf(a.face))
	}
}

// breakLine begins a line unless one has just begun.
func (c *cell) breakLine() {
	c.newline = len(c.text) > 0
}

func (c *cell) write(text []byte) {
	for _, b := range text {
		if b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f' {
			c.blank = true
			continue
		}
		if last := len(c.text) - 1; last >= 0 && c.text[last] != '\n' {
			switch {
			case c.newline:
				c.text = append(c.text, '\n')
			case c.blank:
				c.text = append(c.text, ' ')
			}
		}
		c.blank, c.newline = false, false
		c.text = append(c.text, b)
	}
}

// inner takes over what stands in a small table inside the cell.
func (c *cell) inner(t *cells.Table) {
	t.Each(func(row roster.SheetRow) bool {
		c.breakLine()
		for _, inner := range row.Cells {
			c.write([]byte(inner.Text))
			c.blank = true
		}
		return true
	})
	c.breakLine()
}

const outside = " \n\u00a0"

// value makes the cell of what was gathered.
func (c *cell) value(p *page) (roster.Cell, error) {
	text := strings.Trim(string(c.text), outside)
	if c.isNumber && !c.isText {
		if number, ok, err := c.stored(p, text); ok || err != nil {
			return number, err
		}
	}
	switch {
	case text == "":
		return roster.Cell{}, nil
	case c.isError:
		return roster.Cell{Text: text, Kind: roster.Fault}, nil
	case c.isBool:
		if on, err := strconv.ParseBool(strings.ToLower(c.number)); err == nil {
			return roster.Cell{Text: map[bool]string{true: "1", false: "0"}[on], Kind: roster.Bool}, nil
		}
	}
	if p.compose {
		text = viet.NFC(text)
	}
	legacy := c.font.Legacy()
	if c.font == cells.InheritedFont {
		legacy = p.legacy
	}
	return roster.Cell{Text: text, Kind: roster.Text, Legacy: legacy}, nil
}

// stored makes the cell of the number that stands behind the text; false when there is none, and the text alone is to be believed.
func (c *cell) stored(p *page, text string) (roster.Cell, bool, error) {
	raw := strings.TrimSpace(c.number)
	if c.visibleNumber {
		raw = text
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || strings.Trim(raw, "+-.0123456789eE") != "" {
		return roster.Cell{}, false, nil
	}
	if c.visibleNumber && len(raw) > 1 && raw[0] == '0' && raw[1] != '.' {
		return roster.Cell{}, false, nil // zeros that only a text keeps
	}
	date := c.format != "" && cells.DateFormat(c.format) || c.format == "" && !c.visibleNumber && shownDay.MatchString(text)
	made, err := p.numbers.Cell(f, date)
	return made, err == nil, err
}

// shownDay is a text that shows a day, and perhaps its time: 5/3/2015, 05-Mar-15, 2015-03-05.
var shownDay = regexp.MustCompile(`^(\d{1,2}[-/.](\d{1,2}|\pL+)[-/.](\d{2}|\d{4})|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})( .*)?$`)
