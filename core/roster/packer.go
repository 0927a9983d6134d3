package roster

import (
	"encoding/binary"
	"slices"
	"strings"
)

// chunkBytes is how much packed people lie in one piece of memory.
const chunkBytes = 64 << 10

// wayBack marks a cell whose text stands in an earlier person of the chunk. It is in memory only, not in what EncodeCells gives.
const wayBack = 0x80

// shortest is how long a text must be to be worth a way back.
const shortest = 3

// packer packs the cells of one person behind those of the other, as AppendCells does. A text that stood last in the same column, in the
// same chunk, is packed as the way back to it: neighbours share hamlet, commune, parents and household, and half of a list is left.
type packer struct {
	chunk strings.Builder
	last  []packedText // by column
	bytes []byte
}

// packedText is a text of the chunk.
type packedText struct {
	text  string
	at    int // of its length
	fresh int // where it begins, while the cells that brought it are packed
}

// pack gives the chunk, up to the end of the cells, and where they begin in it.
func (p *packer) pack(cells []Cell) (chunk string, at int32) {
	for len(p.last) < len(cells) {
		p.last = append(p.last, packedText{})
	}
	start := p.chunk.Len()
	p.write(cells, start)
	if start+len(p.bytes) > p.chunk.Cap() {
		clear(p.last)
		start = 0
		p.write(cells, start)
		p.chunk = strings.Builder{}
		p.chunk.Grow(max(chunkBytes, len(p.bytes)))
	}
	p.chunk.Write(p.bytes)
	chunk = p.chunk.String()
	for i := range cells {
		if last := &p.last[i]; last.fresh > 0 {
			last.text, last.fresh = chunk[last.fresh:last.fresh+len(cells[i].Text)], 0
		}
	}
	return chunk, int32(start) //nolint:gosec // a chunk is small
}

// write packs cells that will begin at start.
func (p *packer) write(cells []Cell, start int) {
	p.bytes = binary.AppendUvarint(append(p.bytes[:0], cellsVersion), uint64(len(cells)))
	for i := range cells {
		c, last := &cells[i], &p.last[i]
		head := byte(c.Kind) | byte(c.Legacy)<<4
		switch {
		case c.Kind == Empty:
			p.bytes = append(p.bytes, head)
		case len(c.Text) >= shortest && last.text == c.Text:
			here := start + len(p.bytes)
			p.bytes = binary.AppendUvarint(append(p.bytes, head|wayBack), uint64(here-last.at)) //nolint:gosec // behind it
		default:
			p.bytes = append(p.bytes, head)
			last.at = start + len(p.bytes)
			p.bytes = binary.AppendUvarint(p.bytes, uint64(len(c.Text)))
			last.fresh = start + len(p.bytes)
			p.bytes = append(p.bytes, c.Text...)
		}
	}
}

// unpack gives the cells that begin at a place of what we packed ourselves. The texts share its memory.
func unpack(packed string, at int, cells []Cell) []Cell {
	n, at := smallUvarint(packed, at+1)
	cells = slices.Grow(cells, n)[:n]
	for i := range cells {
		c, head, here := &cells[i], packed[at], at
		at++
		c.Kind, c.Legacy, c.Text = CellKind(head&15), Legacy(head>>4&7), ""
		if c.Kind == Empty {
			continue
		}
		size, from := smallUvarint(packed, at)
		if head&wayBack == 0 {
			at = from + size
		} else {
			at = from
			size, from = smallUvarint(packed, here-size)
		}
		c.Text = packed[from : from+size]
	}
	return cells
}

// smallUvarint gives the number at a place, which we wrote, and the place behind it.
func smallUvarint(s string, at int) (n, next int) {
	if c := s[at]; c < 0x80 { // nearly always
		return int(c), at + 1
	}
	long, width := uvarint(s[at:])
	return int(long), at + width //nolint:gosec // of what is in memory
}
