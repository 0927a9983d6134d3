package xlsx

import (
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/markup"
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
	*markup.Scanner
	formats map[int]bool // number format → shows a day
	fonts   []roster.Legacy
	styles  []style
}

// readStyles reads the cell styles in their order.
func readStyles(p *pack.Part) ([]style, error) {
	r := &styleReader{Scanner: markup.NewScanner(p), formats: map[int]bool{}}
	if err := r.Root("styleSheet"); err != nil {
		return nil, err
	}
	for {
		kind, err := r.Next()
		switch {
		case err != nil:
			return nil, err
		case kind == markup.End:
			return r.styles, nil
		case kind != markup.Open:
			continue
		}
		switch string(r.Name) {
		case "numFmts":
			err = r.each("numFmt", r.readFormat)
		case "fonts":
			err = r.each("font", r.readFont)
		case "cellXfs":
			err = r.each("xf", r.readStyle)
		default:
			err = r.Skip()
		}
		if err != nil {
			return nil, err
		}
	}
}

// each calls read at every child of that name; read must leave the scanner at the child's end.
func (r *styleReader) each(name string, read func() error) error {
	if r.Empty {
		return nil
	}
	for outside := r.Depth() - 1; ; {
		kind, err := r.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.Close && r.Depth() == outside:
			return nil
		case kind == markup.Open && string(r.Name) == name:
			if err := read(); err != nil {
				return err
			}
		case kind == markup.Open:
			if err := r.Skip(); err != nil {
				return err
			}
		}
	}
}

func (r *styleReader) readFormat() error {
	id, ok := number(r.Attr("numFmtId"))
	if ok && len(r.formats) < mostStyles {
		code, err := appendText(nil, r.Attr("formatCode"), false)
		if err != nil {
			return err
		}
		r.formats[id] = cells.DateFormat(string(code))
	}
	return r.Skip()
}

func (r *styleReader) readFont() error {
	if len(r.fonts) >= mostStyles {
		return cells.ManyCells.Because("over %d fonts", mostStyles)
	}
	r.fonts = append(r.fonts, roster.Unicode)
	if r.Empty {
		return nil
	}
	for outside := r.Depth() - 1; r.Depth() > outside; {
		kind, err := r.Next()
		if err != nil {
			return err
		}
		if kind == markup.Open && string(r.Name) == "name" {
			r.fonts[len(r.fonts)-1] = fontOf(r.Attr("val")).legacy(roster.Unicode)
		}
	}
	return nil
}

func (r *styleReader) readStyle() error {
	if len(r.styles) >= mostStyles {
		return cells.ManyCells.Because("over %d styles", mostStyles)
	}
	format, _ := number(r.Attr("numFmtId"))
	date, custom := r.formats[format]
	found := style{date: custom && date || !custom && cells.BuiltinDate(format)}
	if font, ok := number(r.Attr("fontId")); ok && font < len(r.fonts) {
		found.legacy = r.fonts[font]
	}
	r.styles = append(r.styles, found)
	return r.Skip()
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
