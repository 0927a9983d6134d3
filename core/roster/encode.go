package roster

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"lamsach/core/fault"
)

// cellsVersion is the first byte of encoded cells.
const cellsVersion = 1

// errCells says that bytes are no encoded cells. It carries nothing of them, since they are personal.
var errCells = errors.New("roster: damaged cells")

// EncodeCells packs the cells of a record: version, number of cells, and for each its kind, encoding, length and text.
func EncodeCells(cells []Cell) []byte {
	size := 1 + binary.MaxVarintLen32
	for i := range cells {
		size += 3 + len(cells[i].Text)
	}
	return AppendCells(make([]byte, 0, size), cells)
}

// AppendCells appends what EncodeCells gives.
func AppendCells(out []byte, cells []Cell) []byte {
	out = append(out, cellsVersion)
	out = binary.AppendUvarint(out, uint64(len(cells)))
	for i := range cells {
		out = append(out, byte(cells[i].Kind)|byte(cells[i].Legacy)<<4)
		if cells[i].Kind == Empty {
			continue
		}
		out = binary.AppendUvarint(out, uint64(len(cells[i].Text)))
		out = append(out, cells[i].Text...)
	}
	return out
}

// DecodeCells unpacks what EncodeCells packed. The texts share one copy of the bytes.
func DecodeCells(packed []byte) ([]Cell, error) {
	if len(packed) < 2 || packed[0] != cellsVersion {
		return nil, errCells
	}
	cells, rest, err := CutCells(string(packed), nil)
	if err == nil && len(rest) != 0 {
		err = errCells
	}
	if err != nil {
		return nil, err
	}
	return cells, nil
}

// CutCells unpacks the cells at the beginning of packed into the memory of cells, as far as that goes, and gives what follows them. The
// texts share the memory of packed.
func CutCells(packed string, cells []Cell) (cut []Cell, rest string, err error) {
	if len(packed) < 2 || packed[0] != cellsVersion {
		return nil, "", errCells
	}
	rest = packed[1:]
	n, width := uvarint(rest)
	if width <= 0 || n > uint64(len(rest)-width) { // a cell takes at least one byte
		return nil, "", errCells
	}
	rest = rest[width:]
	cells = slices.Grow(cells[:0], int(n))[:n] //nolint:gosec // no more than bytes
	for i := range cells {
		cells[i] = Cell{}
		if rest, err = decodeCell(rest, &cells[i]); err != nil {
			return nil, "", err
		}
	}
	return cells, rest, nil
}

// WithPacked gives the record with cells that EncodeCells packed, kept packed as in a list that was read Compact: a third
// of the memory.
func (record Record) WithPacked(packed []byte) (Record, error) {
	if _, err := DecodeCells(packed); err != nil {
		return record, err
	}
	record.Cells, record.packed, record.at = nil, string(packed), 0
	return record, nil
}

// uvarint is binary.Uvarint on a string.
func uvarint(s string) (uint64, int) {
	var n uint64
	for i := range len(s) {
		if i == binary.MaxVarintLen64 {
			break
		}
		n |= uint64(s[i]&0x7f) << (7 * i)
		if s[i] < 0x80 {
			return n, i + 1
		}
	}
	return 0, 0
}

// decodeCell reads one cell and gives what follows it. The text shares the memory of rest.
func decodeCell(rest string, cell *Cell) (string, error) {
	if len(rest) == 0 {
		return "", errCells
	}
	cell.Kind, cell.Legacy = CellKind(rest[0]&15), Legacy(rest[0]>>4)
	rest = rest[1:]
	if cell.Kind > Uncomputed || cell.Legacy > VNI {
		return "", errCells
	}
	if cell.Kind == Empty {
		return rest, nil
	}
	n, width := uvarint(rest)
	if width <= 0 || n > uint64(len(rest)-width) {
		return "", errCells
	}
	rest = rest[width:]
	cell.Text = rest[:n]
	return rest[n:], nil
}

// infoVersion is the version of encoded layouts.
const infoVersion = 1

// storedInfo is the stored form of what was understood of a list, without its people.
type storedInfo struct {
	Version int         `json:"v"`
	Kind    string      `json:"kind"`
	Titles  string      `json:"titles,omitempty"` // of which month a list of allowances is
	Sheets  []SheetInfo `json:"sheets"`

	Remarks []fault.Text `json:"remarks,omitempty"`
}

// EncodeInfo packs the kind and the sheets of a list; people are kept one by one.
func EncodeInfo(r *Roster) []byte {
	out, err := json.Marshal(storedInfo{Version: infoVersion, Kind: r.Kind, Titles: r.Titles, Sheets: r.Sheets, Remarks: r.Remarks})
	if err != nil {
		panic(err) // plain values only: numbers that JSON cannot write never get in
	}
	return out
}

// DecodeInfo unpacks what EncodeInfo packed: a list without its people. A record that names a sheet or holds cells
// must fit the sheets; Fits tells.
func DecodeInfo(packed []byte) (*Roster, error) {
	var stored storedInfo
	if err := json.Unmarshal(packed, &stored); err != nil {
		return nil, fmt.Errorf("roster: damaged layout: %w", err)
	}
	if stored.Version != infoVersion {
		return nil, fmt.Errorf("roster: layout of version %d", stored.Version)
	}
	for _, sheet := range stored.Sheets {
		for _, c := range sheet.Columns {
			if c.Part > Spare || c.Index < 0 && (c.Index < -1 || !slices.Contains(fromHouse[:], c.Field)) {
				return nil, errors.New("roster: damaged layout")
			}
		}
	}
	for _, remark := range stored.Remarks {
		remark.Args.Whole()
	}
	return &Roster{Kind: stored.Kind, Titles: stored.Titles, Sheets: stored.Sheets, Remarks: stored.Remarks, families: newFamilyCache()}, nil
}

// Fits reports whether a record belongs to the sheets of the list: what is stored apart must meet again.
func (r *Roster) Fits(record *Record) bool {
	return record.Sheet >= 0 && record.Sheet < len(r.Sheets) && (len(record.Cells) == len(r.Sheets[record.Sheet].Columns) || record.packed != "")
}
