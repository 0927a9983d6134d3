package xls

import (
	"strings"

	"lamsach/core/fault"
	"lamsach/paper/cells"
)

// style is what reading needs to know of a cell's style.
type style struct {
	date bool
	font cells.Font
}

// entry is a sheet as the workbook lists it.
type entry struct {
	name   string
	hidden bool
	at     int // where its records begin
	sheet  bool
}

// globals are what the workbook keeps for all its sheets.
type globals struct {
	data     []byte
	limits   cells.Limits
	wide     bool // BIFF8: texts are Unicode
	page     int  // code page of the texts before BIFF8
	date1904 bool
	fonts    []cells.Font
	formats  map[int]bool // number format → shows a day
	styles   []style
	entries  []entry
	shared   []shared
	uses     int64 // of shared texts in the workbook, as the file says; 0: it has none
	end      int   // behind the last record
}

const (
	version8     = 0x0600
	typeGlobals  = 0x0005
	typeSheet    = 0x0010
	mostStyles   = 65_536
	mostSheets   = 10_000
	nameless     = "Sheet1" // what Excel calls the sheet of a file that has only one and no list of sheets
	builtinFonts = 4        // fonts from this number on are numbered one higher: there is no font 4
)

// begin reads the record that opens a stretch of records: its version and what it holds.
func begin(data []byte, at int) (rec record, version, kind int, err error) {
	rec, err = recordAt(data, at)
	switch {
	case err != nil:
		return rec, 0, 0, err
	case at == 0 && (rec.id == 0x09 || rec.id == 0x209 || rec.id == 0x409):
		return rec, 0, 0, fault.New(fault.Unreadable, "file.format.xls") // Excel 2 to 4
	case rec.id != idBOF || rec.len() < 4:
		return rec, 0, 0, cells.Damaged.Because("no beginning at %d", at)
	}
	return rec, rec.u16(0), rec.u16(2), nil
}

// readGlobals reads the records in front of the sheets. A stream that is one sheet has none.
func readGlobals(data []byte, limits cells.Limits) (*globals, error) {
	g := &globals{data: data, limits: limits, formats: map[int]bool{}}
	rec, version, kind, err := begin(data, 0)
	if err != nil {
		return nil, err
	}
	g.wide = version == version8
	switch kind {
	case typeGlobals:
	case typeSheet:
		g.entries = []entry{{name: nameless, sheet: true}}
		return g, nil
	default:
		return nil, cells.NotWorkbook("another kind of stream")
	}
	for {
		if rec, err = recordAt(data, rec.end); err != nil {
			return nil, err
		}
		if rec.id == idEOF {
			g.end = rec.end
			return g, nil
		}
		if err := g.read(rec); err != nil {
			return nil, err
		}
	}
}

// read takes one record.
func (g *globals) read(rec record) error {
	switch rec.id {
	case idFilePass:
		return cells.Locked()
	case idCodePage:
		if rec.len() >= 2 {
			g.page = rec.u16(0)
		}
	case idDateMode:
		g.date1904 = rec.len() >= 2 && rec.u16(0) == 1
	case idFont:
		return g.readFont(rec)
	case idFormat:
		return g.readFormat(rec)
	case idXF:
		return g.readStyle(rec)
	case idBoundSheet:
		return g.readEntry(rec)
	case idSST:
		return g.readShared(rec)
	case 0, idBOF:
		return cells.Damaged.Because("record %#x before the sheets", rec.id)
	}
	return nil
}

// fontPlace is where a font's name stands.
const fontPlace = 14

func (g *globals) readFont(rec record) error {
	if rec.len() <= fontPlace || len(g.fonts) >= mostStyles {
		return cells.Damaged.Because("font of %d bytes", rec.len())
	}
	name, err := g.shortText(rec, fontPlace)
	g.fonts = append(g.fonts, cells.FontOf(name))
	return err
}

func (g *globals) readFormat(rec record) error {
	if rec.len() < 4 || len(g.formats) >= mostStyles {
		return cells.Damaged.Because("number format of %d bytes", rec.len())
	}
	var code string
	var err error
	if g.wide {
		code, err = g.longText(rec, 2)
	} else {
		code, err = g.shortText(rec, 2)
	}
	g.formats[rec.u16(0)] = cells.DateFormat(code)
	return err
}

func (g *globals) readStyle(rec record) error {
	if rec.len() < 4 || len(g.styles) >= mostStyles {
		return cells.Damaged.Because("style of %d bytes", rec.len())
	}
	format := rec.u16(2)
	date, custom := g.formats[format]
	g.styles = append(g.styles, style{date: custom && date || !custom && cells.BuiltinDate(format), font: g.font(rec.u16(0))})
	return nil
}

// font gives the font of that number.
func (g *globals) font(number int) cells.Font {
	if number > builtinFonts {
		number--
	}
	if number < len(g.fonts) {
		return g.fonts[number]
	}
	return cells.InheritedFont
}

// readEntry reads where a sheet is. Sheets of charts and macros hold no rows and are left out later.
func (g *globals) readEntry(rec record) error {
	if rec.len() < 8 || len(g.entries) >= mostSheets {
		return cells.Damaged.Because("sheet entry of %d bytes", rec.len())
	}
	name, err := g.shortText(rec, 6)
	if err != nil {
		return err
	}
	at := int64(rec.u32(0))
	if at >= int64(len(g.data)) {
		return cells.Truncated.Because("a sheet begins at %d of %d", at, len(g.data))
	}
	state := rec.u16(4)
	e := entry{name: name, hidden: state&3 != 0, at: int(at), sheet: state>>8 == 0}
	for _, other := range g.entries {
		if strings.EqualFold(other.name, e.name) || other.at == e.at {
			return cells.Damaged.Because("a sheet twice")
		}
	}
	g.entries = append(g.entries, e)
	return nil
}

// shortText reads a text behind a length of one byte.
func (g *globals) shortText(rec record, at int) (string, error) {
	length := int(rec.body()[at])
	if g.wide {
		text, err := cursorOf(rec, at+1).text(nil, length, noRuns)
		return string(text), err
	}
	if at+1+length > rec.len() {
		return "", cells.Damaged.Because("a name ends early")
	}
	return decode(rec.body()[at+1:at+1+length], g.page, cells.UnicodeFont)
}

// longText reads a text of BIFF8 behind a length of two bytes.
func (g *globals) longText(rec record, at int) (string, error) {
	if rec.len() < at+3 {
		return "", cells.Damaged.Because("a text ends early")
	}
	text, err := cursorOf(rec, at+2).text(nil, rec.u16(at), noRuns)
	return string(text), err
}

// noRuns passes over the fonts within a text.
func noRuns(int, int) {}
