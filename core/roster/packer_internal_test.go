package roster

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPackerGivesWhatItTook: whatever neighbours repeat, everybody's cells come back, also from chunks that are full, and from texts
// longer than a chunk.
func TestPackerGivesWhatItTook(t *testing.T) {
	texts := []string{"Nữ", "Thái", "Bản Nà Mận, xã Nà Mận", "014316000117", "0", "", strings.Repeat("dài ", 40), strings.Repeat("x", 20_000), strings.Repeat("y", chunkBytes+5)}
	rapid.Check(t, func(t *rapid.T) {
		var p packer
		var people [][]Cell
		var chunks []string
		var places []int32
		for range rapid.IntRange(1, 60).Draw(t, "people") {
			cells := make([]Cell, rapid.IntRange(0, 6).Draw(t, "columns"))
			for i := range cells {
				if kind := CellKind(rapid.IntRange(int(Empty), int(Uncomputed)).Draw(t, "kind")); kind != Empty {
					cells[i] = Cell{Kind: kind, Legacy: Legacy(rapid.IntRange(int(Unicode), int(VNI)).Draw(t, "legacy")), Text: rapid.SampledFrom(texts).Draw(t, "text")}
				}
			}
			chunk, at := p.pack(cells)
			people, chunks, places = append(people, cells), append(chunks, chunk), append(places, at)
		}
		for i, want := range people {
			if got := unpack(chunks[i], int(places[i]), nil); !slices.Equal(got, want) {
				t.Fatalf("person %d: %v, want %v", i, got, want)
			}
		}
	})
}

// TestNeighboursShareTexts: what a row repeats of the one before it takes next to nothing.
func TestNeighboursShareTexts(t *testing.T) {
	var p packer
	cells := []Cell{{Kind: Text, Text: "Bản Nà Mận, xã Nà Mận, tỉnh Sơn La"}, {Kind: Text, Text: "Lường Thị Thử Nghiệm"}, {}, {Kind: Text, Text: "Nữ"}}
	first, _ := p.pack(cells)
	second, at := p.pack(cells)
	if own := len(second) - int(at); int(at) != len(first) || own > 16 || len(first) < 60 {
		t.Errorf("the first takes %d bytes, the second %d", len(first), own)
	}
}
