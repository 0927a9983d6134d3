package cells

import (
	"encoding/binary"
	"strings"
)

const arenaChunk = 64 << 10

// Arena keeps the texts of cells side by side: a strings.Builder that never grows gives out strings that stay valid, without an
// allocation for each. Short texts that repeat, such as "Nam" or a date, are kept once.
type Arena struct {
	chunk  strings.Builder
	recent [1024]string
}

// Keep gives a string of the bytes that stays valid.
func (a *Arena) Keep(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	if len(text) > 48 {
		return a.add(text)
	}
	slot := &a.recent[hashOf(text)%uint64(len(a.recent))]
	if *slot != string(text) {
		*slot = a.add(text)
	}
	return *slot
}

func (a *Arena) add(text []byte) string {
	if a.chunk.Cap()-a.chunk.Len() < len(text) {
		a.chunk = strings.Builder{}
		a.chunk.Grow(max(arenaChunk, len(text)))
	}
	from := a.chunk.Len()
	a.chunk.Write(text)
	return a.chunk.String()[from:]
}

// hashOf mixes the length, the first and the last eight bytes: enough to find a recent text again.
func hashOf(text []byte) uint64 {
	var head, tail uint64
	if len(text) >= 8 {
		head = binary.LittleEndian.Uint64(text)
		tail = binary.LittleEndian.Uint64(text[len(text)-8:])
	} else {
		for _, c := range text {
			head = head<<8 | uint64(c)
		}
	}
	h := (head ^ tail<<1 ^ uint64(len(text))) * 0x9E3779B97F4A7C15
	return h>>32 ^ h>>54
}
