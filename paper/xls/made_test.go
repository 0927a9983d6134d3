package xls_test

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// stream is a workbook's records, made by hand. The reader takes them without a container around them.
type stream []byte

var le = binary.LittleEndian

// u16 gives numbers of two bytes.
func u16(numbers ...int) []byte {
	var out []byte
	for _, n := range numbers {
		out = le.AppendUint16(out, uint16(n))
	}
	return out
}

func u32(n int) []byte { return le.AppendUint32(nil, uint32(n)) }

func f64(f float64) []byte { return le.AppendUint64(nil, math.Float64bits(f)) }

// wide gives letters in UTF-16.
func wide(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = le.AppendUint16(out, unit)
	}
	return out
}

// rec adds a record.
func (s *stream) rec(id int, parts ...[]byte) {
	var body []byte
	for _, p := range parts {
		body = append(body, p...)
	}
	*s = append(*s, u16(id, len(body))...)
	*s = append(*s, body...)
}

const (
	biff8 = 0x0600
	biff5 = 0x0500
)

// made is what goes into a workbook with one sheet.
type made struct {
	version int
	globals func(*stream) // after the beginning, before the list of sheets
	state   int           // of the sheet
	sheet   func(*stream)
	behind  func(*stream) // after the sheet
}

// bytes gives the workbook.
func (m made) bytes() []byte {
	if m.version == 0 {
		m.version = biff8
	}
	var s stream
	s.rec(0x809, u16(m.version, 5, 0, 0, 0, 0, 0, 0))
	if m.globals != nil {
		m.globals(&s)
	}
	place := len(s) + 4
	if m.version == biff8 {
		s.rec(0x85, u32(0), []byte{byte(m.state), 0, 4, 0}, []byte("List"))
	} else {
		s.rec(0x85, u32(0), []byte{byte(m.state), 0, 4}, []byte("List"))
	}
	s.rec(0x0A)
	le.PutUint32(s[place:], uint32(len(s)))
	s.rec(0x809, u16(m.version, 0x10, 0, 0, 0, 0, 0, 0))
	if m.sheet != nil {
		m.sheet(&s)
	}
	s.rec(0x0A)
	if m.behind != nil {
		m.behind(&s)
	}
	return s
}

// style adds a style with a font and a number format.
func (s *stream) style(font, format int) { s.rec(0xE0, u16(font, format), make([]byte, 16)) }

// font adds a font.
func (s *stream) font(version int, name string) {
	length := []byte{byte(len(name))}
	if version == biff8 {
		length = append(length, 0)
	}
	s.rec(0x31, make([]byte, 14), length, []byte(name))
}

// text adds a cell with a text of its own.
func (s *stream) text(row, column, style int, text string) {
	s.rec(0x204, u16(row, column, style, len(text)), []byte{0}, []byte(text))
}

func (s *stream) number(row, column, style int, f float64) {
	s.rec(0x203, u16(row, column, style), f64(f))
}
