package storage

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestKeyIndexFinds: searches in order, and again from the beginning as with another list, find what looking at every key finds.
func TestKeyIndexFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	hash := func(n int) (h hashPart) {
		h[0], h[1] = byte(n>>8), byte(n)
		return h
	}
	for _, n := range []int{0, 1, 2, 7, 500} {
		var x keyIndex
		for i := range n {
			k := heldKey{hash: hash(1 + r.IntN(2*n)), row: uint32(i)}
			x.about[aboutName] = append(x.about[aboutName], k)
		}
		all := slices.Clone(x.about[aboutName])
		x.sort()
		for range 20 {
			var sought []int
			for range r.IntN(4 * (n + 1)) {
				sought = append(sought, r.IntN(2*n+3))
			}
			if r.IntN(4) > 0 {
				slices.Sort(sought)
			}
			for _, v := range sought {
				want := slices.DeleteFunc(slices.Clone(all), func(k heldKey) bool { return k.hash != hash(v) })
				got := slices.SortedFunc(slices.Values(x.find(aboutName, hash(v))), func(a, b heldKey) int { return cmp.Compare(a.row, b.row) })
				if !slices.Equal(got, want) {
					t.Fatalf("%d of %d keys: found %v, want %v", v, n, got, want)
				}
			}
		}
	}
}
