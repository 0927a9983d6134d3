package docx

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// grid is a table.
type grid struct {
	table   *cells.Table
	row     int
	columns int // of its widest row, blocks counted as what they cover
	cells   []roster.Cell
	column  int // of the next cell
	hidden  bool
	deleted bool // the row, with changes tracked

	inProperties bool // of the row
	inCell       bool
	span         int  // columns that the cell covers
	continued    bool // the cell belongs to the block above
	text         []byte
	blankLines   int // that come before the next letter
	font         cells.Font
}

// widestBlock is how many columns a table of Word may have.
const widestBlock = 63

// startTag acts on a start tag inside the table.
func (g *grid) startTag(d *document) error {
	s := d.scanner
	switch string(s.Name) {
	case "tr":
		g.row++
		g.cells, g.column, g.hidden, g.deleted = g.cells[:0], 0, false, false
		if s.Empty {
			return g.endRow(d)
		}
	case "trPr":
		g.inProperties = !s.Empty
	case "hidden":
		g.hidden = g.hidden || g.inProperties && on(s)
	case "gridBefore":
		g.column += number(s, 0)
	case "tc":
		g.inCell, g.span, g.continued, g.text, g.blankLines, g.font = true, 1, false, g.text[:0], 0, cells.InheritedFont
		if s.Empty {
			return g.endCell()
		}
	case "gridSpan":
		g.span = max(1, number(s, 1))
	case "vMerge", "hMerge":
		g.continued = g.continued || string(s.Attr("w:val")) != "restart"
	case "rFonts":
		if g.inCell {
			g.font = max(g.font, cells.FontOf(string(s.Attr("w:ascii"))))
		}
	case "br", "cr":
		g.blankLines++
	case "tab", "ptab":
		if g.inCell && len(g.text) > 0 && s.Attr("w:pos") == nil { // what has a position is no letter: a paragraph says where tabs stop
			g.write([]byte{' '})
		}
	case "noBreakHyphen":
		g.write([]byte{'-'})
	case "sym":
		g.write(symbol(s))
	case "p":
		if s.Empty {
			g.paragraph()
		}
	}
	return nil
}

// on reads a switch, which is on unless it says otherwise.
func on(s *markup.Scanner) bool {
	switch string(s.Attr("w:val")) {
	case "0", "false", "off":
		return false
	}
	return true
}

// number reads the number that an element holds.
func number(s *markup.Scanner, otherwise int) int {
	n, err := strconv.Atoi(string(s.Attr("w:val")))
	if err != nil || n < 0 || n > widestBlock {
		return otherwise
	}
	return n
}

// ticks are the signs of the fonts Wingdings and Wingdings 2 by which lists are ticked.
var ticks = map[uint64]rune{0xFC: '✓', 0xFE: '☑', 0x50: '✓', 0x52: '☑', 0xFB: '✗', 0xFD: '☒', 0x4F: '✗', 0x54: '☒', 0x78: '☒', 0xA8: '☐', 0x6F: '☐', 0xA3: '☐', 0x2A: '☐'}

// symbol gives the letter of a sign from a font of signs.
func symbol(s *markup.Scanner) []byte {
	code, err := strconv.ParseUint(string(s.Attr("w:char")), 16, 32)
	if err != nil {
		return nil
	}
	if code >= 0xF000 && code <= 0xF0FF { // signs of a font stand in the private area
		code -= 0xF000
	}
	sign := rune(code)
	if tick, ok := ticks[code]; ok && strings.HasPrefix(strings.ToLower(string(s.Attr("w:font"))), "wingdings") {
		sign = tick
	}
	if sign < ' ' || !utf8.ValidRune(sign) {
		return nil
	}
	return utf8.AppendRune(nil, sign)
}

// write adds text to the cell, if one is open.
func (g *grid) write(text []byte) {
	if !g.inCell || len(text) == 0 {
		return
	}
	if len(g.text) > 0 {
		for range g.blankLines {
			g.text = append(g.text, '\n')
		}
	}
	g.blankLines = 0
	g.text = append(g.text, text...)
}

// paragraph ends a paragraph of the cell.
func (g *grid) paragraph() { g.blankLines++ }

// inner takes over what stands in a small table inside the cell.
func (g *grid) inner(t *cells.Table) {
	t.Each(func(row roster.SheetRow) bool {
		for i, c := range row.Cells {
			if i > 0 && c.Text != "" {
				g.write([]byte{' '})
			}
			g.write([]byte(c.Text))
		}
		g.paragraph()
		return true
	})
}

// endCell puts the cell in its place.
func (g *grid) endCell() error {
	if !g.inCell {
		return nil
	}
	g.inCell = false
	for len(g.cells) < g.column {
		g.cells = append(g.cells, roster.Cell{})
	}
	value := roster.Cell{}
	if text := strings.TrimSpace(string(g.text)); text != "" && !g.continued {
		value = roster.Cell{Text: text, Kind: roster.Text, Legacy: g.font.Legacy()}
	}
	g.cells = append(g.cells, value)
	if g.column += g.span; g.column > mostColumns {
		return cells.ManyWide
	}
	return nil
}

// mostColumns bounds what blocks side by side may cover; a table of Word has 63.
const mostColumns = 16_384

// endRow keeps the row, unless it was deleted.
func (g *grid) endRow(d *document) error {
	g.columns = max(g.columns, g.column)
	if g.deleted {
		g.row--
		return nil
	}
	return g.table.Add(g.row, g.hidden, g.cells)
}

// goOn takes over the rows of a table that is the rest of this one.
func (g *grid) goOn(rest *grid) error {
	err := g.table.Append(rest.table, g.row)
	g.row += rest.row
	return err
}
