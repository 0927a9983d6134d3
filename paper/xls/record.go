package xls

import (
	"encoding/binary"

	"lamsach/paper/cells"
)

// The records that are read, by the numbers of [MS-XLS] 2.3.
const (
	idFormula      = 0x06
	idEOF          = 0x0A
	idNote         = 0x1C
	idArray2       = 0x21
	idDateMode     = 0x22
	idFilePass     = 0x2F
	idFont         = 0x31
	idTable2       = 0x37
	idContinue     = 0x3C
	idCodePage     = 0x42
	idObj          = 0x5D
	idImage        = 0x7F
	idBoundSheet   = 0x85
	idMulRK        = 0xBD
	idMulBlank     = 0xBE
	idShared5      = 0xBC
	idRString      = 0xD6
	idDBCell       = 0xD7
	idXF           = 0xE0
	idDrawing      = 0xEC
	idSST          = 0xFC
	idLabelSST     = 0xFD
	idExtSST       = 0xFF
	idLink         = 0x1B8
	idBlank        = 0x201
	idNumber       = 0x203
	idLabel        = 0x204
	idBoolErr      = 0x205
	idFormula3     = 0x206
	idString       = 0x207
	idRow          = 0x208
	idArray        = 0x221
	idDefaultRow   = 0x225
	idTable        = 0x236
	idRK           = 0x27E
	idFormula4     = 0x406
	idFormat       = 0x41E
	idShared       = 0x4BC
	idBOF          = 0x809
	firstNewRecord = 0x800 // those of later versions, which may be anything
	firstChart     = 0x1000
)

const (
	recordHead = 4
	cellHead   = 6 // row, column, style: what every cell's record begins with
	lastColumn = 255
)

// record is one record: its number, and where its data lie in the stream.
type record struct {
	data       []byte // the stream
	id         int
	start, end int
}

// recordAt gives the record that begins there.
func recordAt(data []byte, at int) (record, error) {
	if at < 0 || at+recordHead > len(data) {
		return record{}, cells.Truncated.Because("no record at %d of %d", at, len(data))
	}
	rec := record{data: data, id: int(binary.LittleEndian.Uint16(data[at:])), start: at + recordHead}
	rec.end = rec.start + int(binary.LittleEndian.Uint16(data[at+2:]))
	if rec.end > len(data) {
		return record{}, cells.Truncated.Because("record %#x ends at %d of %d", rec.id, rec.end, len(data))
	}
	return rec, nil
}

// len is the number of bytes in the record.
func (r record) len() int { return r.end - r.start }

// body is what the record holds.
func (r record) body() []byte { return r.data[r.start:r.end] }

// u16 reads a number in the record, which must be long enough.
func (r record) u16(at int) int { return int(binary.LittleEndian.Uint16(r.data[r.start+at : r.end])) }

func (r record) u32(at int) uint32 { return binary.LittleEndian.Uint32(r.data[r.start+at : r.end]) }

// row and column are those of a cell's record, from 0.
func (r record) row() int { return r.u16(0) }

func (r record) column() int { return r.u16(2) }

// isCell reports whether the record holds one or more cells.
func (r record) isCell() bool {
	switch r.id {
	case idLabelSST, idRK, idNumber, idBlank, idMulBlank, idMulRK, idLabel, idRString, idFormula, idFormula3, idFormula4, idBoolErr:
		return true
	}
	return false
}

// size gives how many cells the record holds, side by side; an error when it cannot be a cell's.
func (r record) size() (int, error) {
	if r.len() < leastLength(r.id) {
		return 0, cells.Damaged.Because("record %#x of %d bytes", r.id, r.len())
	}
	times, each := 1, 0
	switch r.id {
	case idMulRK:
		each = 6
	case idMulBlank:
		each = 2
	}
	if each > 0 {
		times = (r.len() - cellHead) / each
		if times*each != r.len()-cellHead || r.u16(r.len()-2) != r.column()+times-1 {
			return 0, cells.Damaged.Because("record %#x of %d bytes does not end at its last column", r.id, r.len())
		}
	}
	if r.column()+times-1 > lastColumn {
		return 0, cells.Damaged.Because("column %d", r.column()+times-1)
	}
	return times, nil
}

// leastLength is how many bytes a cell's record has at least.
func leastLength(id int) int {
	switch id {
	case idBlank:
		return cellHead
	case idMulBlank, idBoolErr, idLabel, idRString:
		return cellHead + 2
	case idLabelSST, idRK:
		return cellHead + 4
	case idMulRK:
		return cellHead + 6
	}
	return cellHead + 8 // numbers and formulas
}

// amongCells reports whether records of that number are found between the cells of a sheet. Some writers put links and pictures there.
func amongCells(id int) bool {
	switch id {
	case idRow, idDBCell, idString, idArray, idArray2, idTable, idTable2, idShared, idShared5, idContinue, idLink, idObj, idImage, idDrawing, idNote:
		return true
	}
	return id >= firstNewRecord && id < firstChart
}

// inSheet reports whether a record of that number can stand in a sheet at all. What never was a record, or belongs elsewhere, is a
// number that was damaged, and with it a cell could have been lost.
func inSheet(id int) bool {
	switch id {
	case 0, idFilePass, idBoundSheet, idXF, idSST, idExtSST:
		return false
	}
	switch {
	case id < 0x100, id >= firstNewRecord && id < 0x900:
		return true
	case id >= 0x100 && id < 0x1D0:
		return true
	case id >= 0x200 && id < 0x2A0:
		return knownOf2[id]
	}
	return id == idFormula4 || id == idShared || id == idFormat || id == 0x418 || id == 0x43C || id == 0x43E || id == 0x431 || id == 0x443
}

// knownOf2 are the records between 0x200 and 0x2A0.
var knownOf2 = map[int]bool{
	0x200: true, idBlank: true, idNumber: true, idLabel: true, idBoolErr: true, idFormula3: true, idString: true, idRow: true, 0x20B: true,
	0x218: true, idArray: true, 0x223: true, idDefaultRow: true, 0x231: true, idTable: true, 0x23E: true, 0x243: true, idRK: true, 0x293: true,
}
