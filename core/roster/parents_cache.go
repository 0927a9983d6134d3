package roster

import (
	"hash/maphash"
	"sync/atomic"
)

// familyCache remembers what cells about both parents were taken apart into: every rule asks for its field of one cell, and a household's
// cell comes again. It is for several goroutines at a time; one that overwrites what another wants costs that one a parse.
type familyCache struct {
	seed  maphash.Seed
	cells [64]atomic.Pointer[parsedFamily]
}

type parsedFamily struct {
	text   string
	family Family
}

func newFamilyCache() *familyCache { return &familyCache{seed: maphash.MakeSeed()} }

// parse is ParseParents; a list made by hand has no cache.
func (c *familyCache) parse(text string) Family {
	if c == nil || len(text) > longestFamily {
		return ParseParents(text)
	}
	slot := &c.cells[maphash.String(c.seed, text)%uint64(len(c.cells))]
	if known := slot.Load(); known != nil && known.text == text {
		return known.family
	}
	parsed := &parsedFamily{text, ParseParents(text)}
	slot.Store(parsed)
	return parsed.family
}
