package xls

import (
	"encoding/binary"
	"math"

	"lamsach/core/roster"
	"lamsach/paper/cells"
)

// cell gives what a cell's record holds; index is the position in a record of several cells.
func (b *book) cell(rec record, index int) (roster.Cell, error) {
	look, err := b.look(rec, index)
	if err != nil {
		return roster.Cell{}, err
	}
	switch rec.id {
	case idLabelSST:
		return b.sharedCell(rec, look)
	case idRK:
		return b.number(unpackRK(rec.u32(cellHead)), look)
	case idMulRK:
		return b.number(unpackRK(rec.u32(4+6*index+2)), look)
	case idNumber:
		return b.number(float(rec.body()[cellHead:]), look)
	case idLabel, idRString:
		return b.label(rec, look)
	case idBoolErr:
		return boolOrFault(rec.body()[cellHead], rec.body()[cellHead+1] != 0), nil
	case idFormula, idFormula3, idFormula4:
		return b.formula(rec, look)
	}
	return roster.Cell{}, nil // blank
}

// look gives the style of a cell. A stream that is one sheet may have no styles at all.
func (b *book) look(rec record, index int) (style, error) {
	number := rec.u16(4)
	if rec.id == idMulRK {
		number = rec.u16(4 + 6*index)
	}
	switch {
	case number < len(b.styles):
		return b.styles[number], nil
	case len(b.styles) == 0:
		return style{}, nil
	}
	return style{}, cells.Reference.Because("style %d of %d", number, len(b.styles))
}

func float(raw []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(raw)) }

// unpackRK unfolds a number that was packed into four bytes: a whole number or the upper half of a float, and either may stand for its
// hundredth.
func unpackRK(packed uint32) float64 {
	const hundredth, whole = 1, 2
	var f float64
	if packed&whole != 0 {
		f = float64(int32(packed) >> 2)
	} else {
		f = math.Float64frombits(uint64(packed&^3) << 32)
	}
	if packed&hundredth != 0 {
		f /= 100
	}
	return f
}

func (b *book) number(f float64, look style) (roster.Cell, error) {
	return b.numbers.Cell(f, look.date)
}

// sharedCell looks a shared text up.
func (b *book) sharedCell(rec record, look style) (roster.Cell, error) {
	index := rec.u32(cellHead)
	if int64(index) >= int64(len(b.shared)) {
		return roster.Cell{}, cells.Reference.Because("text %d of %d", index, len(b.shared))
	}
	found := b.globals.shared[index]
	return b.textCell(found.text, found.font.Or(look.font)), nil
}

// textCell makes the cell of a text.
func (b *book) textCell(text string, font cells.Font) roster.Cell {
	if text == "" {
		return roster.Cell{}
	}
	return roster.Cell{Text: text, Kind: roster.Text, Legacy: font.Legacy()}
}

// label reads a text that stands in the cell's own record, with runs of fonts behind it when it is a rich one.
func (b *book) label(rec record, look style) (roster.Cell, error) {
	length := rec.u16(cellHead)
	if b.wide {
		c := cursorOf(rec, cellHead+2)
		runs := fontRuns{g: b.globals, first: length}
		text, err := c.text(nil, length, runs.see)
		if err == nil && rec.id == idRString {
			err = b.richFonts(c, &runs)
		}
		return b.textCell(b.arena.Keep(text), runs.font().Or(look.font)), err
	}
	raw := rec.body()[cellHead+2:]
	if length > len(raw) {
		return roster.Cell{}, cells.Damaged.Because("a text of %d letters in %d bytes", length, len(raw))
	}
	runs := fontRuns{g: b.globals, first: length}
	if after := raw[length:]; rec.id == idRString && len(after) > 0 {
		for count, after := int(after[0]), after[1:]; count > 0 && len(after) >= 2; count, after = count-1, after[2:] {
			runs.see(int(after[0]), int(after[1]))
		}
	}
	font := runs.font().Or(look.font)
	text, err := decode(raw[:length], b.page, font)
	return b.textCell(text, font), err
}

// richFonts reads the runs behind a rich text of BIFF8.
func (b *book) richFonts(c *cursor, runs *fontRuns) error {
	count, err := c.u16()
	for ; count > 0 && err == nil; count-- {
		var from, font int
		if from, err = c.u16(); err == nil {
			font, err = c.u16()
		}
		if err == nil {
			runs.see(from, font)
		}
	}
	return err
}

// boolOrFault gives the cell of a truth value or of an error.
func boolOrFault(value byte, isFault bool) roster.Cell {
	switch {
	case isFault:
		return roster.Cell{Text: faultWord(value), Kind: roster.Fault}
	case value != 0:
		return roster.Cell{Text: "1", Kind: roster.Bool}
	}
	return roster.Cell{Text: "0", Kind: roster.Bool}
}

// faultWord names an error as Excel shows it.
func faultWord(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	}
	return "#N/A"
}

// The kinds of result that a formula keeps where it keeps no number.
const (
	resultText  = 0
	resultBool  = 1
	resultFault = 2
	resultEmpty = 3
)

// formula gives the result that a formula's record keeps; nothing is ever computed.
func (b *book) formula(rec record, look style) (roster.Cell, error) {
	result := rec.body()[cellHead : cellHead+8]
	if result[6] != 0xFF || result[7] != 0xFF {
		return b.number(float(result), look)
	}
	switch result[0] {
	case resultText:
		return b.formulaText(rec, look)
	case resultBool:
		return boolOrFault(result[2], false), nil
	case resultFault:
		return boolOrFault(result[2], true), nil
	case resultEmpty:
		return roster.Cell{}, nil
	}
	return roster.Cell{}, cells.Digits.Because("a result of kind %d", result[0])
}

// formulaText finds the text that a formula gave: it stands in a record behind the formula's.
func (b *book) formulaText(rec record, look style) (roster.Cell, error) {
	for {
		next, err := recordAt(b.data, rec.end)
		if err != nil {
			return roster.Cell{}, err
		}
		switch next.id {
		case idString:
			return b.resultText(next, look)
		case idArray, idArray2, idTable, idTable2, idShared, idShared5, idContinue:
			rec = next
		default:
			return roster.Cell{Kind: roster.Uncomputed}, nil
		}
	}
}

func (b *book) resultText(rec record, look style) (roster.Cell, error) {
	if rec.len() < 2 {
		return roster.Cell{}, cells.Damaged.Because("a result of %d bytes", rec.len())
	}
	length := rec.u16(0)
	if length == 0 {
		return roster.Cell{}, nil
	}
	if b.wide {
		text, err := cursorOf(rec, 2).text(nil, length, noRuns)
		return b.textCell(b.arena.Keep(text), look.font), err
	}
	if length > rec.len()-2 {
		return roster.Cell{}, cells.Damaged.Because("a result of %d letters in %d bytes", length, rec.len())
	}
	text, err := decode(rec.body()[2:2+length], b.page, look.font)
	return b.textCell(text, look.font), err
}
