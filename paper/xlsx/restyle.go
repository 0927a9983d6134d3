package xlsx

import (
	"fmt"
	"io"
	"strings"
)

// formatWanted is the number format that a changed cell gets.
type formatWanted uint8

const (
	ownFormat  formatWanted = iota // stays
	textFormat                     // @
	dayFormat                      // dd/mm/yyyy, unless the cell shows days already
)

// restyle is what a changed cell's style is made of: the style that the cell, or its neighbour, has, and what differs from it.
type restyle struct {
	base    int
	mark    Mark
	format  formatWanted
	unicode bool // a font of the 1990s gives way, since our text is Unicode
	wrap    bool
}

const (
	textFormatID = 49
	customFormat = 164 // the first number that a workbook may define
	oldFont      = "Times New Roman"
)

// colours of the marks: those that Excel itself uses for bad, neutral and good cells.
var colours = map[Mark]string{InfoMark: "FFDDEBF7", Changed: "FFC6EFCE", WarningMark: "FFFFEB9C", ErrorMark: "FFFFC7CE"}

// mostStyleBytes bounds the styles part of a workbook that is patched.
const mostStyleBytes = 8 << 20

// restyler extends a workbook's styles by clones of those that it has.
type restyler struct {
	part     string
	data     []byte
	looks    []style
	date1904 bool
	xfs      []element // of cellXfs
	fonts    []element
	blocks   map[string]*block
	prefix   string // of its elements
	end      int    // where the root's end tag stands
	numbers  map[restyle]int
	clones   []restyle
	maxID    int // of number formats
}

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

// plainStyles stands in for the styles part of a workbook that has none.
const plainStyles = `<styleSheet xmlns="` + mainNamespace + `"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`

const mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

// newRestyler reads the styles part.
func newRestyler(a *archive, x *index) (*restyler, error) {
	s := &restyler{part: x.styles, data: []byte(plainStyles), date1904: x.date1904, blocks: map[string]*block{}, numbers: map[restyle]int{}, maxID: customFormat - 1}
	var err error
	if x.styles == "" {
		s.part = resolve(x.workbook, "styles.xml")
		s.looks = []style{{}}
	} else {
		if s.data, err = a.readAll(x.styles, mostStyleBytes); err != nil {
			return nil, err
		}
		if s.looks, err = readFrom(a, x.styles, readStyles); err != nil {
			return nil, err
		}
	}
	if err := s.locate(); err != nil {
		return nil, err
	}
	if len(s.xfs) == 0 {
		return nil, flawReference.because("no cell styles")
	}
	return s, nil
}

// locate finds the blocks of the part, and the cell styles and fonts in them.
func (s *restyler) locate() error {
	sc, err := scanBytes(s.data)
	if err != nil {
		return err
	}
	if err := sc.readRoot("styleSheet"); err != nil {
		return err
	}
	s.prefix = string(sc.prefix)
	for {
		kind, err := sc.next()
		switch {
		case err != nil:
			return err
		case kind == tokenEnd:
			return nil
		case kind == tokenClose:
			s.end = sc.start
		case kind == tokenOpen:
			if err := s.locateBlock(sc); err != nil {
				return err
			}
		}
	}
}

// locateBlock notes one child of the root.
func (s *restyler) locateBlock(sc *scanner) error {
	name := string(sc.name)
	b := &block{from: sc.start, inside: sc.pos, closing: sc.pos, empty: sc.empty}
	for _, a := range sc.attrs {
		if string(a.name) != "count" {
			b.attrs += string(appendAttr(nil, a.name, a.value))
		}
	}
	for outside := sc.depth() - 1; !b.empty; {
		kind, err := sc.next()
		if err != nil {
			return err
		}
		if kind == tokenClose && sc.depth() == outside {
			b.closing = sc.start
			break
		}
		if kind != tokenOpen {
			continue
		}
		from := sc.start
		if name == "numFmts" {
			if id, ok := number(sc.attr("numFmtId")); ok {
				s.maxID = max(s.maxID, id)
			}
		}
		if err := sc.skip(); err != nil {
			return err
		}
		b.children++
		switch name {
		case "cellXfs":
			s.xfs = append(s.xfs, element{from, sc.pos})
		case "fonts":
			s.fonts = append(s.fonts, element{from, sc.pos})
		}
	}
	b.to = sc.pos
	s.blocks[name] = b
	return nil
}

// number gives the number of a style, which is made when the workbook does not have it yet.
func (s *restyler) number(want restyle) int {
	look := style{}
	if want.base < len(s.looks) {
		look = s.looks[want.base]
	}
	if look.legacy == 0 {
		want.unicode = false
	}
	if want.format == dayFormat && look.date {
		want.format = ownFormat
	}
	if want == (restyle{base: want.base}) || want.base >= len(s.xfs) {
		return want.base
	}
	n, known := s.numbers[want]
	if !known {
		n = len(s.xfs) + len(s.clones)
		s.numbers[want] = n
		s.clones = append(s.clones, want)
	}
	return n
}

// write writes the styles part with the clones.
func (s *restyler) write(out io.Writer) error {
	more, err := s.additions()
	if err != nil {
		return err
	}
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
	_, err = out.Write(s.data[sent:])
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

// additions are the new elements, by block.
func (s *restyler) additions() (map[string][]string, error) {
	more := map[string][]string{}
	fills, fonts := map[Mark]int{}, map[int]int{}
	day := 0
	for _, want := range s.clones {
		var base xf
		if err := base.parse(s.data[s.xfs[want.base].from:s.xfs[want.base].to]); err != nil {
			return nil, err
		}
		if want.mark != NoMark {
			if _, known := fills[want.mark]; !known {
				fills[want.mark] = s.count("fills") + len(more["fills"])
				more["fills"] = append(more["fills"], s.prefixed(`<%[1]sfill><%[1]spatternFill patternType="solid"><%[1]sfgColor rgb="`+colours[want.mark]+
					`"/></%[1]spatternFill></%[1]sfill>`))
			}
			base.set("fillId", fills[want.mark], "applyFill")
		}
		switch want.format {
		case textFormat:
			base.set("numFmtId", textFormatID, "applyNumberFormat")
		case dayFormat:
			if day == 0 {
				day = s.maxID + 1
				more["numFmts"] = append(more["numFmts"], s.prefixed(fmt.Sprintf(`<%%[1]snumFmt numFmtId="%d" formatCode="dd/mm/yyyy"/>`, day)))
			}
			base.set("numFmtId", day, "applyNumberFormat")
		}
		if old, ok := number([]byte(base.get("fontId"))); ok && want.unicode && old < len(s.fonts) {
			if _, known := fonts[old]; !known {
				fonts[old] = s.count("fonts") + len(more["fonts"])
				font, err := renamed(s.data[s.fonts[old].from:s.fonts[old].to])
				if err != nil {
					return nil, err
				}
				more["fonts"] = append(more["fonts"], font)
			}
			base.set("fontId", fonts[old], "applyFont")
		}
		if want.wrap {
			base.align(s.prefixed(`<%[1]salignment vertical="center" wrapText="1"/>`))
		}
		more["cellXfs"] = append(more["cellXfs"], base.text())
	}
	return more, nil
}

func (s *restyler) prefixed(format string) string { return fmt.Sprintf(format, s.prefix) }

// count is the number of children of a block.
func (s *restyler) count(name string) int {
	if b, ok := s.blocks[name]; ok {
		return b.children
	}
	return 0
}
