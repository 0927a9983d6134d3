package xlsx

import (
	"encoding/binary"
	"strconv"
	"strings"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/markup"
	"lamsach/paper/pack"
)

// font is what the runs of a text say of their encoding.
type font uint8

const (
	fontInherited font = iota // no run names a font: the cell's holds
	fontUnicode
	fontTCVN3
	fontVNI
	fontBroken // no font: the text may not be in a part, and a cell that uses it is refused
)

// legacy gives the encoding of a text in a cell whose own font says inherited.
func (f font) legacy(inherited roster.Legacy) roster.Legacy {
	switch f {
	case fontUnicode:
		return roster.Unicode
	case fontTCVN3:
		return roster.TCVN3
	case fontVNI:
		return roster.VNI
	}
	return inherited
}

// fontOf knows the fonts of the 1990s by their names.
func fontOf(name []byte) font {
	folded := strings.ToLower(string(name))
	switch {
	case strings.HasPrefix(folded, ".vn"):
		return fontTCVN3
	case strings.HasPrefix(folded, "vni-"), strings.HasPrefix(folded, "vni "):
		return fontVNI
	}
	return fontUnicode
}

const (
	sharedChunk     = 256 << 10
	sharedChunkBits = 18
	fontBits        = 3
	cutBit          = 1 << fontBits
	headBits        = fontBits + 1
)

// sharedStrings keeps the shared texts one after the other in chunks, each behind a number that holds its length, its font and
// whether it was cut: four bytes a text beside the text itself.
type sharedStrings struct {
	chunks []string
	chunk  strings.Builder
	places []uint32
	bytes  int
	flaws  map[int]error // of broken texts, by index
}

// at gives a shared text, its font and whether it was cut; false when there is no such text.
func (t *sharedStrings) at(index int) (text string, f font, wasCut, ok bool) {
	if index < 0 || index >= len(t.places) {
		return "", 0, false, false
	}
	place := t.places[index]
	chunk := t.chunks[place>>sharedChunkBits]
	i := place & (sharedChunk - 1)
	head, shift := uint64(0), 0
	for {
		c := chunk[i]
		i++
		head |= uint64(c&0x7F) << shift
		if c < 0x80 {
			break
		}
		shift += 7
	}
	length := uint32(head >> headBits)
	return chunk[i : i+length], font(head & (1<<fontBits - 1)), head&cutBit != 0, true
}

// add appends a text.
func (t *sharedStrings) add(text []byte, f font, wasCut bool) {
	var head [binary.MaxVarintLen64]byte
	value := uint64(len(text))<<headBits | uint64(f)
	if wasCut {
		value |= cutBit
	}
	n := binary.PutUvarint(head[:], value)
	if t.chunk.Cap()-t.chunk.Len() < n+len(text) {
		t.seal()
		t.chunk.Grow(max(sharedChunk, n+len(text)))
	}
	place := uint32(len(t.chunks))<<sharedChunkBits | uint32(t.chunk.Len())
	t.chunk.Write(head[:n])
	t.chunk.Write(text)
	t.places = append(t.places, place)
	t.bytes += n + len(text)
}

// seal ends the chunk that is being filled.
func (t *sharedStrings) seal() {
	if t.chunk.Len() > 0 {
		t.chunks = append(t.chunks, t.chunk.String())
	}
	t.chunk = strings.Builder{}
}

// sharedReader reads the shared strings part.
type sharedReader struct {
	*markup.Scanner
	limits cells.Limits
	table  sharedStrings
	text   []byte
	font   font
	flaw   error
}

// readShared reads the shared strings part. A text that may not be in a part (invalid UTF-8, control characters) is no error until
// a cell uses it, since only then it has a row that can be named.
func readShared(p *pack.Part, limits cells.Limits) (*sharedStrings, error) {
	return readSharedUpTo(p, limits, limits.Cells)
}

// readSharedUpTo reads no further than the text of that index, unless the window has more.
func readSharedUpTo(p *pack.Part, limits cells.Limits, last int) (*sharedStrings, error) {
	r := &sharedReader{Scanner: markup.NewScanner(p), limits: limits}
	if err := r.Root("sst"); err != nil {
		return nil, err
	}
	hint, _ := strconv.Atoi(string(r.Attr("uniqueCount")))
	r.table.places = make([]uint32, 0, max(0, min(hint, int(p.Unpacked()/8), last+1)))
	for {
		for len(r.table.places) <= last && r.quick() {
			if err := r.finishText(); err != nil {
				return nil, err
			}
		}
		if len(r.table.places) > last {
			r.table.seal()
			return &r.table, nil
		}
		kind, err := r.Next()
		switch {
		case err != nil:
			return nil, err
		case kind == markup.End:
			r.table.seal()
			return &r.table, nil
		case r.Is("si"):
			if err := r.readItem(); err != nil {
				return nil, err
			}
		case kind == markup.Open:
			if err := r.Skip(); err != nil {
				return nil, err
			}
		}
	}
}

// quick reads one plain item, <si><t>…</t></si>, that lies whole in the window.
func (r *sharedReader) quick() bool {
	b := r.Window(enough)
	const open, preserve, closing = "<si><t", ` xml:space="preserve"`, "</t></si>"
	if r.Depth() != 1 || len(b) < len(open) || string(b[:len(open)]) != open {
		return false
	}
	i := len(open)
	if len(b) > i+len(preserve) && string(b[i:i+len(preserve)]) == preserve {
		i += len(preserve)
	}
	if i == len(b) || b[i] != '>' {
		return false
	}
	i++
	text, ok := upToTag(b[i:])
	if !ok || len(b) < i+len(text)+len(closing) || string(b[i+len(text):i+len(text)+len(closing)]) != closing {
		return false
	}
	r.Pos += i + len(text) + len(closing)
	r.font = fontInherited
	r.text, r.flaw = appendText(r.text[:0], text, false)
	return true
}

// readItem reads one <si>: a text, or runs of text with fonts of their own; phonetic guides are no part of the text.
func (r *sharedReader) readItem() error {
	r.text, r.font, r.flaw = r.text[:0], fontInherited, nil
	if !r.Empty {
		found, err := readRuns(r.Scanner, r.text, r.limits.Runes)
		if err != nil {
			return err
		}
		r.text, r.font, r.flaw = found.text, found.font, found.flaw
	}
	return r.finishText()
}

// finishText keeps the text that was read.
func (r *sharedReader) finishText() error {
	if len(r.table.places) >= r.limits.Cells {
		return cells.ManyCells.Because("more shared texts")
	}
	text, wasCut := cutRunes(r.text, r.limits.Runes)
	if r.flaw != nil {
		if r.table.flaws == nil {
			r.table.flaws = map[int]error{}
		}
		if len(r.table.flaws) < 1000 {
			r.table.flaws[len(r.table.places)] = r.flaw
		}
		text, r.font = nil, fontBroken
	}
	r.table.add(text, r.font, wasCut)
	if r.table.bytes > r.limits.Strings {
		return cells.TooLarge.Because("over %d bytes of text", r.limits.Strings)
	}
	return nil
}
