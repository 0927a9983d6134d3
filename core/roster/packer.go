package roster

import (
	"encoding/binary"
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
	at    int  // of its length
	fresh bool // the cells being packed brought it
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
		if last := &p.last[i]; last.fresh {
			size, width := uvarint(chunk[last.at:])
			from := last.at + width
			last.text, last.fresh = chunk[from:from+int(size)], false //nolint:gosec // of a text that is in memory
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
			last.at, last.text, last.fresh = start+len(p.bytes), "", true
			p.bytes = append(binary.AppendUvarint(p.bytes, uint64(len(c.Text))), c.Text...)
		}
	}
}

// unpack gives the cells that begin at a place of what we packed ourselves. The texts share its memory.
func unpack(packed string, at int, cells []Cell) []Cell {
	n, width := uvarint(packed[at+1:])
	at += 1 + width
	for range n {
		head := packed[at]
		c := Cell{Kind: CellKind(head & 15), Legacy: Legacy(head >> 4 & 7)}
		here := at
		at++
		switch {
		case c.Kind == Empty:
		case head&wayBack != 0:
			back, width := uvarint(packed[at:])
			at += width
			c.Text, _ = textAt(packed, here-int(back)) //nolint:gosec // into the chunk
		default:
			c.Text, at = textAt(packed, at)
		}
		cells = append(cells, c)
	}
	return cells
}

// textAt gives the text whose length stands at a place, and the place behind it.
func textAt(packed string, at int) (text string, next int) {
	size := int(packed[at])
	if at++; size >= 0x80 { // a long text
		long, width := uvarint(packed[at-1:])
		size, at = int(long), at+width-1 //nolint:gosec // of a text that is in memory
	}
	return packed[at : at+size], at + size
}
