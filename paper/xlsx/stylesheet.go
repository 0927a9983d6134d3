package xlsx

import (
	"fmt"
	"io"
	"strings"

	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// element is where an element stands in the styles part.
type element struct{ from, to int }

// block is a child of the root: where its tag and its end tag stand.
type block struct {
	from, inside, closing, to int
	attrs                     string
	empty                     bool
	children                  int
}

// The children of the styles part that are extended, in their order.
var styleBlocks = []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}

// styleChildren are the elements of the blocks whose places are numbers that others refer to.
var styleChildren = map[string]string{"numFmts": "numFmt", "cellXfs": "xf", "fonts": "font", "fills": "fill", "borders": "border"}

// plainStyles stands in for the styles part of a workbook that has none.
const plainStyles = `<styleSheet xmlns="` + mainNamespace + `"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`

const mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

// locate finds the blocks of the part, and the cell styles and fonts in them.
func (s *restyler) locate() error {
	sc, err := markup.OfBytes(s.data)
	if err != nil {
		return err
	}
	if err := sc.Root("styleSheet"); err != nil {
		return err
	}
	s.prefix = string(sc.Prefix)
	for {
		kind, err := sc.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.End:
			return nil
		case kind == markup.Close:
			s.end = sc.Start
		case kind == markup.Open:
			if err := s.locateBlock(sc); err != nil {
				return err
			}
		}
	}
}

// locateBlock notes one child of the root.
func (s *restyler) locateBlock(sc *markup.Scanner) error {
	name := string(sc.Name)
	b := &block{from: sc.Start, inside: sc.Pos, closing: sc.Pos, empty: sc.Empty}
	for _, a := range sc.Tag {
		if string(a.Name) != "count" {
			b.attrs += string(markup.AppendAttr(nil, a.Name, a.Value))
		}
	}
	if s.blocks[name] != nil {
		return cells.Malformed.Because("a block of styles twice")
	}
	for outside := sc.Depth() - 1; !b.empty; {
		kind, err := sc.Next()
		if err != nil {
			return err
		}
		if kind == markup.Close && sc.Depth() == outside {
			b.closing = sc.Start
			break
		}
		if kind != markup.Open {
			continue
		}
		from := sc.Start
		counts := styleChildren[name] == "" || styleChildren[name] == string(sc.Name)
		if name == "numFmts" && counts {
			s.locateFormat(sc)
		}
		if err := sc.Skip(); err != nil {
			return err
		}
		if !counts {
			continue // the reader's style numbers do not count it either
		}
		b.children++
		switch name {
		case "cellXfs":
			s.xfs = append(s.xfs, element{from, sc.Pos})
		case "fonts":
			s.fonts = append(s.fonts, element{from, sc.Pos})
		case "fills":
			s.locateFill(b.children-1, string(s.data[from:sc.Pos]))
		}
	}
	b.to = sc.Pos
	s.blocks[name] = b
	return nil
}

// locateFormat notes a number format.
func (s *restyler) locateFormat(sc *markup.Scanner) {
	id, ok := number(sc.Attr("numFmtId"))
	if !ok {
		return
	}
	s.maxID = max(s.maxID, id)
	if string(sc.Attr("formatCode")) == dayFormatCode {
		s.day = id
	}
}

// locateFill notes a fill that an earlier copy made.
func (s *restyler) locateFill(id int, text string) {
	for mark := range colours {
		if strings.Contains(text, `fgColor rgb="`+colours[mark]+`"`) {
			s.fills[mark] = id
		}
	}
}

// write writes the styles part with the clones.
func (s *restyler) write(out io.Writer) error {
	if s.err != nil {
		return s.err
	}
	more := s.more
	sent := 0
	for i, name := range styleBlocks {
		if len(more[name]) == 0 {
			continue
		}
		b, ok := s.blocks[name]
		if !ok {
			at := s.placeOf(i)
			b = &block{from: at, inside: at, closing: at, to: at, empty: true}
		}
		if _, err := out.Write(s.data[sent:b.from]); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, `<%s%s%s count="%d">`, s.prefix, name, b.attrs, b.children+len(more[name])); err != nil {
			return err
		}
		inside := s.data[b.inside:b.closing]
		if b.empty {
			inside = nil
		}
		if _, err := fmt.Fprintf(out, `%s%s</%s%s>`, inside, strings.Join(more[name], ""), s.prefix, name); err != nil {
			return err
		}
		sent = b.to
	}
	_, err := out.Write(s.data[sent:])
	return err
}

// placeOf is where a block that the part lacks belongs: in front of the first that follows it.
func (s *restyler) placeOf(i int) int {
	for _, name := range styleBlocks[i+1:] {
		if b, ok := s.blocks[name]; ok {
			return b.from
		}
	}
	return s.end
}

// count is the number of children of a block.
func (s *restyler) count(name string) int {
	if b, ok := s.blocks[name]; ok {
		return b.children
	}
	return 0
}
