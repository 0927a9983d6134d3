package xlsx

import (
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// raw is a cell as it stands in the sheet.
type raw struct {
	kind     kind // attribute t
	style    int
	value    []byte // content of v, or the text of is
	hasValue bool   // v or is was there
	formula  bool
	decoded  bool // value is text already, not markup
	font     font
	flaw     error
}

// kind is the kind of a cell's content.
type kind uint8

// The kinds, as the attribute t names them.
const (
	kindUnknown kind = iota
	kindNumber       // n
	kindShared       // s
	kindText         // str, the text that a formula gave
	kindInline       // inlineStr
	kindBool         // b
	kindError        // e
	kindDate         // d
)

// kindNames are the values of the attribute.
var kindNames = [...]string{"", "n", "s", "str", "inlineStr", "b", "e", "d"}

// readCell reads a cell of any form.
func (r *sheetReader) readCell() error {
	if err := r.place(r.Attr("r")); err != nil {
		return err
	}
	cell := raw{kind: kindNumber}
	if name := r.Attr("t"); name != nil {
		cell.kind = kindOf(name)
	}
	if index := r.Attr("s"); index != nil {
		n, ok := number(index)
		if !ok {
			return cells.Reference.Because("a style number that is none")
		}
		cell.style = n
	}
	if r.Empty {
		return r.set(&cell)
	}
	r.scratch = r.scratch[:0]
	for outside := r.Depth() - 1; ; {
		kind, err := r.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.Close && r.Depth() == outside:
			return r.set(&cell)
		case kind == markup.Text:
			err = r.onlyBlank()
		case string(r.Name) == "f":
			cell.formula = true
			err = r.Skip()
		case string(r.Name) == "v", string(r.Name) == "is":
			err = r.readValue(&cell)
		default:
			err = r.onlyExtension()
		}
		if err != nil {
			return err
		}
	}
}

// readValue reads v or is, whichever was opened.
func (r *sheetReader) readValue(cell *raw) error {
	if cell.hasValue {
		return cells.Malformed.Because("two values in a cell")
	}
	cell.hasValue, cell.decoded = true, true
	if r.Empty {
		return nil
	}
	found := runs{text: r.scratch}
	var err error
	if string(r.Name) == "is" {
		found, err = readRuns(r.Scanner, r.scratch, r.book.limits.Runes)
	} else {
		err = readT(r.Scanner, &found, 4*r.book.limits.Runes+8)
	}
	r.scratch = found.text
	cell.value, cell.font, cell.flaw = found.text, found.font, found.flaw
	return err
}

// kindOf reads the attribute.
func kindOf(name []byte) kind {
	for k, known := range kindNames {
		if string(name) == known {
			return kind(k)
		}
	}
	return kindUnknown
}

// set puts a cell into the row.
func (r *sheetReader) set(cell *raw) error {
	if cell.style >= len(r.book.styles) {
		return cells.Reference.Because("style %d of %d", cell.style, len(r.book.styles))
	}
	if cell.flaw != nil {
		return cell.flaw
	}
	r.trace.cell(r.row, r.column, cell)
	if r.onCell != nil {
		return r.onCell(*cell)
	}
	found, err := r.interpret(cell, r.book.styles[cell.style])
	if err != nil || found.Kind == roster.Empty {
		return err
	}
	if r.column >= r.book.limits.Columns {
		r.wide++
		return nil
	}
	for len(r.cells) < r.column {
		r.cells = append(r.cells, roster.Cell{})
	}
	r.cells = append(r.cells, found)
	r.used = len(r.cells)
	return nil
}

// interpret says what a cell holds.
func (r *sheetReader) interpret(cell *raw, look style) (roster.Cell, error) {
	if len(cell.value) == 0 {
		if cell.formula && (!cell.hasValue || cell.kind != kindText && cell.kind != kindInline) {
			return roster.Cell{Kind: roster.Uncomputed}, nil
		}
		return roster.Cell{}, nil
	}
	switch cell.kind {
	case kindShared:
		return r.sharedCell(cell, look)
	case kindNumber:
		return r.numberCell(cell.value, look)
	case kindText, kindInline:
		return r.textCell(cell, look)
	case kindBool:
		if !truth(cell.value) {
			return roster.Cell{Text: "0", Kind: roster.Bool}, nil
		}
		return roster.Cell{Text: "1", Kind: roster.Bool}, nil
	case kindError:
		found, err := r.textCell(cell, style{})
		found.Kind = roster.Fault
		return found, err
	case kindDate:
		if day, ok := isoDate(string(cell.value)); ok {
			return roster.Cell{Text: r.arena.Keep([]byte(day)), Kind: roster.Date}, nil
		}
		return r.textCell(cell, look)
	}
	return roster.Cell{}, cells.Malformed.Because("a cell of an unknown kind")
}

// sharedCell looks a shared text up.
func (r *sheetReader) sharedCell(cell *raw, look style) (roster.Cell, error) {
	index, ok := number(cell.value)
	if !ok {
		return roster.Cell{}, cells.Reference.Because("a text number that is none")
	}
	text, font, wasCut, ok := r.book.shared.at(index)
	switch {
	case !ok:
		return roster.Cell{}, cells.Reference.Because("text %d of %d", index, len(r.book.shared.places))
	case font == fontBroken:
		if err := r.book.shared.flaws[index]; err != nil {
			return roster.Cell{}, err
		}
		return roster.Cell{}, cells.Letters
	case text == "":
		return roster.Cell{}, nil
	case wasCut:
		r.long++
	}
	return roster.Cell{Text: text, Kind: roster.Text, Legacy: font.legacy(look.legacy)}, nil
}

// numberCell reads a number, which is a day when the style says so.
func (r *sheetReader) numberCell(value []byte, look style) (roster.Cell, error) {
	if wholeNumber(value) && !look.date {
		return roster.Cell{Text: r.arena.Keep(value), Kind: roster.Number}, nil
	}
	var space [32]byte
	decimal, err := appendDecimal(space[:0], value)
	if err != nil {
		return roster.Cell{}, err
	}
	if look.date {
		if day, ok := r.dates.text(decimal); ok {
			return roster.Cell{Text: day, Kind: roster.Date}, nil
		}
	}
	return roster.Cell{Text: r.arena.Keep(decimal), Kind: roster.Number}, nil
}

// textCell keeps a text of the cell's own.
func (r *sheetReader) textCell(cell *raw, look style) (roster.Cell, error) {
	text := cell.value
	if !cell.decoded {
		ok, err := markup.Plain(text)
		if err != nil {
			return roster.Cell{}, err
		}
		if !ok {
			if r.scratch, err = appendText(r.scratch[:0], text, false); err != nil {
				return roster.Cell{}, err
			}
			text = r.scratch
		}
	}
	text, wasCut := cutRunes(text, r.book.limits.Runes)
	if wasCut {
		r.long++
	}
	return roster.Cell{Text: r.arena.Keep(text), Kind: roster.Text, Legacy: cell.font.legacy(look.legacy)}, nil
}
