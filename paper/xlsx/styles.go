package xlsx

import (
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/pack"
)

// style is what reading needs to know of a cell's style.
type style struct {
	date   bool
	legacy roster.Legacy
}

// mostStyles is what Excel allows a workbook.
const mostStyles = 65_536

// styleReader reads the styles part.
type styleReader struct {
	*scanner
	formats map[int]bool // number format → shows a day
	fonts   []roster.Legacy
	styles  []style
}

// readStyles reads the cell styles in their order.
func readStyles(p *pack.Part) ([]style, error) {
	r := &styleReader{scanner: newScanner(p), formats: map[int]bool{}}
	if err := r.readRoot("styleSheet"); err != nil {
		return nil, err
	}
	for {
		kind, err := r.next()
		switch {
		case err != nil:
			return nil, err
		case kind == tokenEnd:
			return r.styles, nil
		case kind != tokenOpen:
			continue
		}
		switch string(r.name) {
		case "numFmts":
			err = r.each("numFmt", r.readFormat)
		case "fonts":
			err = r.each("font", r.readFont)
		case "cellXfs":
			err = r.each("xf", r.readStyle)
		default:
			err = r.skip()
		}
		if err != nil {
			return nil, err
		}
	}
}

// each calls read at every child of that name; read must leave the scanner at the child's end.
func (r *styleReader) each(name string, read func() error) error {
	if r.empty {
		return nil
	}
	for outside := r.depth() - 1; ; {
		kind, err := r.next()
		switch {
		case err != nil:
			return err
		case kind == tokenClose && r.depth() == outside:
			return nil
		case kind == tokenOpen && string(r.name) == name:
			if err := read(); err != nil {
				return err
			}
		case kind == tokenOpen:
			if err := r.skip(); err != nil {
				return err
			}
		}
	}
}

func (r *styleReader) readFormat() error {
	id, ok := number(r.attr("numFmtId"))
	if ok && len(r.formats) < mostStyles {
		code, err := appendText(nil, r.attr("formatCode"), false)
		if err != nil {
			return err
		}
		r.formats[id] = cells.DateFormat(string(code))
	}
	return r.skip()
}

func (r *styleReader) readFont() error {
	if len(r.fonts) >= mostStyles {
		return cells.ManyCells.Because("over %d fonts", mostStyles)
	}
	r.fonts = append(r.fonts, roster.Unicode)
	if r.empty {
		return nil
	}
	for outside := r.depth() - 1; r.depth() > outside; {
		kind, err := r.next()
		if err != nil {
			return err
		}
		if kind == tokenOpen && string(r.name) == "name" {
			r.fonts[len(r.fonts)-1] = fontOf(r.attr("val")).legacy(roster.Unicode)
		}
	}
	return nil
}

func (r *styleReader) readStyle() error {
	if len(r.styles) >= mostStyles {
		return cells.ManyCells.Because("over %d styles", mostStyles)
	}
	format, _ := number(r.attr("numFmtId"))
	date, custom := r.formats[format]
	found := style{date: custom && date || !custom && cells.BuiltinDate(format)}
	if font, ok := number(r.attr("fontId")); ok && font < len(r.fonts) {
		found.legacy = r.fonts[font]
	}
	r.styles = append(r.styles, found)
	return r.skip()
}

// number reads a whole number that is not negative.
func number(text []byte) (int, bool) {
	if len(text) == 0 || len(text) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
