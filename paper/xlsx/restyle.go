package xlsx

import (
	"fmt"

	"lamsach/core/roster"
	"lamsach/paper/cells"
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
	oneLine bool
}

const (
	textFormatID = 49
	customFormat = 164 // the first number that a workbook may define

	dayFormatCode = "dd/mm/yyyy"
	oldFont       = "Times New Roman"
)

// colours of the marks: Excel's own for bad, neutral and good cells but for the last bit, by which a later copy knows its own marks from
// the officer's colours.
var colours = map[Mark]string{InfoMark: "FFDDEBF6", Changed: "FFC6EFCD", WarningMark: "FFFFEB9B", ErrorMark: "FFFFC7CD"}

// mostStyleBytes bounds the styles part of a workbook that is patched.
const mostStyleBytes = 8 << 20

// restyler extends a workbook's styles by clones of those that it has.
type restyler struct {
	part     string
	data     []byte
	prefix   string // of its elements
	end      int    // where the root's end tag stands
	blocks   map[string]*block
	xfs      []element // of cellXfs
	fonts    []element
	looks    []style
	date1904 bool
	maxID    int // of number formats

	numbers map[restyle]int
	texts   map[string]int // of styles that an earlier copy may have made, or this one
	painted map[int]bool   // styles in the colour of a mark
	more    map[string][]string
	fills   map[Mark]int
	unicode map[int]int // fonts of the 1990s → their replacement
	day     int         // number format of days
	err     error
}

// newRestyler reads the styles part.
func newRestyler(a *archive, x *index) (*restyler, error) {
	s := &restyler{
		part: x.styles, data: []byte(plainStyles), date1904: x.date1904, maxID: customFormat - 1, looks: []style{{}},
		blocks: map[string]*block{}, numbers: map[restyle]int{}, texts: map[string]int{}, painted: map[int]bool{},
		more: map[string][]string{}, fills: map[Mark]int{}, unicode: map[int]int{},
	}
	if x.styles == "" {
		s.part = resolve(x.workbook, "styles.xml")
	} else {
		var err error
		if s.data, err = a.ReadAll(x.styles, mostStyleBytes); err != nil {
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
		return nil, cells.Reference.Because("no cell styles")
	}
	return s, s.recognise()
}

// recognise finds the styles of an earlier copy, so that its marks can be taken back and copies of copies do not grow.
func (s *restyler) recognise() error {
	if len(s.fills) == 0 {
		return nil
	}
	ours := map[int]bool{}
	for _, id := range s.fills {
		ours[id] = true
	}
	for i, at := range s.xfs {
		var x xf
		if err := x.parse(s.data[at.from:at.to]); err != nil {
			return err
		}
		s.texts[x.text()] = i
		if id, ok := number([]byte(x.values["fillId"])); ok && ours[id] {
			s.painted[i] = true
		}
	}
	return nil
}

// number gives the number of a style, which is made when the workbook does not have it yet. A mark of an earlier copy goes.
func (s *restyler) number(want restyle) int {
	look := style{}
	if want.base < len(s.looks) {
		look = s.looks[want.base]
	}
	if look.legacy == roster.Unicode {
		want.unicode = false
	}
	if want.format == dayFormat && look.date {
		want.format = ownFormat
	}
	if want == (restyle{base: want.base}) && !s.painted[want.base] || want.base >= len(s.xfs) {
		return want.base
	}
	n, known := s.numbers[want]
	if !known {
		n = s.clone(want)
		s.numbers[want] = n
	}
	return n
}

// clone makes a style.
func (s *restyler) clone(want restyle) int {
	var x xf
	at := s.xfs[want.base]
	if err := x.parse(s.data[at.from:at.to]); err != nil {
		s.err = err
		return want.base
	}
	switch {
	case want.mark != NoMark:
		x.set("fillId", s.fill(want.mark), "applyFill")
	case s.painted[want.base]:
		x.put("fillId", "0")
		x.put("applyFill", "0")
	}
	switch want.format {
	case textFormat:
		x.set("numFmtId", textFormatID, "applyNumberFormat")
	case dayFormat:
		x.set("numFmtId", s.dayFormat(), "applyNumberFormat")
	}
	if old, ok := number([]byte(x.values["fontId"])); ok && want.unicode && old < len(s.fonts) {
		x.set("fontId", s.font(old), "applyFont")
	}
	if want.oneLine {
		// The officer's rows keep their height: a second line would be cut in half.
		x.align(fmt.Sprintf(`<%salignment vertical="center"/>`, s.prefix))
	}
	if want.wrap {
		x.align(fmt.Sprintf(`<%salignment vertical="center" wrapText="1"/>`, s.prefix))
	}
	text := x.text()
	n, known := s.texts[text]
	if !known {
		n = s.add("cellXfs", text)
		s.texts[text] = n
	}
	return n
}

// add adds an element to a block and gives its number.
func (s *restyler) add(name, text string) int {
	s.more[name] = append(s.more[name], text)
	return s.count(name) + len(s.more[name]) - 1
}

// fill gives the number of a mark's fill.
func (s *restyler) fill(mark Mark) int {
	id, known := s.fills[mark]
	if !known {
		id = s.add("fills", s.fillText(mark))
		s.fills[mark] = id
	}
	return id
}

func (s *restyler) fillText(mark Mark) string {
	return fmt.Sprintf(`<%[1]sfill><%[1]spatternFill patternType="solid"><%[1]sfgColor rgb="%[2]s"/></%[1]spatternFill></%[1]sfill>`, s.prefix, colours[mark])
}

// dayFormat gives the number of the format for days.
func (s *restyler) dayFormat() int {
	if s.day == 0 {
		s.day = s.maxID + 1
		s.add("numFmts", fmt.Sprintf(`<%snumFmt numFmtId="%d" formatCode="%s"/>`, s.prefix, s.day, dayFormatCode))
	}
	return s.day
}

// font gives the number of the font that stands in for one of the 1990s.
func (s *restyler) font(old int) int {
	id, known := s.unicode[old]
	if !known {
		text, err := renamed(s.data[s.fonts[old].from:s.fonts[old].to])
		if err != nil {
			s.err = err
			return old
		}
		id = s.add("fonts", text)
		s.unicode[old] = id
	}
	return id
}
