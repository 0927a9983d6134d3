package ods

import (
	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// mostStyles bounds the styles of a file.
const mostStyles = 65_536

// mostParents bounds how far a style's parents are followed.
const mostParents = 16

// look is what a style says of a cell's text.
type look struct {
	font   cells.Font
	parent string
}

// styles are the named looks of a file. Names are kept with their family in front, since families do not share them.
type styles struct {
	faces  map[string]cells.Font // declared fonts
	looks  map[string]look
	hidden map[string]bool // styles of sheets that are not shown
}

func newStyles() *styles {
	return &styles{faces: map[string]cells.Font{}, looks: map[string]look{}, hidden: map[string]bool{}}
}

const (
	ofCells = "table-cell/"
	ofTexts = "text/"
)

// readStyles reads the part of styles that have names.
func (b *book) readStyles() error {
	part, err := b.pack.Open(stylesPart)
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
		case token != markup.Open || s.Depth() < 2:
			continue
		case string(s.Name) == "font-face-decls", string(s.Name) == "styles":
			err = b.styles.read(s)
		default:
			err = s.Skip()
		}
		if err != nil {
			return err
		}
	}
}

// read takes the fonts and styles in the element that was opened.
func (t *styles) read(s *markup.Scanner) error {
	return s.Children(func() error {
		if len(t.faces)+len(t.looks)+len(t.hidden) > mostStyles {
			return cells.ManyCells.Because("over %d styles", mostStyles)
		}
		switch string(s.Name) {
		case "font-face":
			t.faces[string(s.Attr("style:name"))] = max(cells.FontOf(decoded(s.Attr("svg:font-family"))), cells.FontOf(decoded(s.Attr("style:name"))))
		case "style", "default-style":
			return t.readStyle(s)
		}
		return s.Skip()
	})
}

// readStyle takes one style; that of all cells has no name.
func (t *styles) readStyle(s *markup.Scanner) error {
	family := string(s.Attr("style:family")) + "/"
	name := string(s.Attr("style:name"))
	found := look{parent: string(s.Attr("style:parent-style-name"))}
	err := s.Children(func() error {
		switch string(s.Name) {
		case "text-properties":
			found.font = max(t.faces[string(s.Attr("style:font-name"))], cells.FontOf(decoded(s.Attr("fo:font-family"))))
		case "table-properties":
			if string(s.Attr("table:display")) == "false" {
				t.hidden[name] = true
			}
		}
		return s.Skip()
	})
	if family == ofCells || family == ofTexts {
		t.looks[family+name] = found
	}
	return err
}

// hides reports whether a style of sheets hides them.
func (t *styles) hides(name string) bool { return t.hidden[name] }

// font gives the font of a style, its parents' where it names none.
func (t *styles) font(family, name string) cells.Font {
	for range mostParents {
		found, ok := t.looks[family+name]
		if !ok || found.font != cells.InheritedFont || name == "" {
			return found.font
		}
		name = found.parent
	}
	return cells.InheritedFont
}

// decoded gives an attribute's text; what cannot be decoded is no font's name.
func decoded(raw []byte) string {
	text, err := markup.AppendText(nil, raw, false)
	if err != nil {
		return ""
	}
	return string(text)
}
