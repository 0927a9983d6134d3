package alike

import (
	"math"
	"slices"
)

// The keys under which likely doubles meet (matching.md 5.3): two people are compared when they share one of them.
const (
	keyNumber = iota // K1
	keyBirth         // K2: birth date
	keyName          // K3: folded full name
	keyGiven         // K4: folded given name and year of birth
	keyMother        // K5: folded name of the mother; of every year, since births too close lie on both sides of New Year
	keyHamlet        // K6: folded given name, hamlet and sex
	keys
)

// longestBlock bounds how many people of one key are compared with each: a key that more share proves nothing, and the
// keys together overlap. Given names are shared by ever more people of a longer list, so that there they count less.
const (
	longestBlock  = 64
	shortestBlock = 16
	fullBlocks    = 400_000 // people × comparisons
)

// Index finds who of a list may be one person. It is kept while the list is corrected: only who changed is compared
// again. It is for one goroutine at a time.
type Index struct {
	texts  func(rec int) Texts
	doubt  float64
	names  []uint32 // hashes of the names as they came, sorted: how frequent a name is, which no correction changes
	people []Person
	here   []bool
	heads  [keys][]int32 // first record of a bucket + 1
	next   [keys][]int32 // the record after a record in its bucket + 1
	block  [keys]int     // how many are compared
	scratch
}

// smallList is the size from which a list tells how frequent names are; a shorter one is taken for a part of such.
const smallList = 1000

// NewIndex makes an index of a list: names are the hashes of everybody's folded name as the list came, texts gives the
// words of a record and may use one buffer for all.
func NewIndex(names []uint32, texts func(rec int) Texts) *Index {
	size := 1
	for size < len(names) {
		size *= 2
	}
	x := &Index{texts: texts, names: slices.Clone(names), people: make([]Person, len(names)), here: make([]bool, len(names))}
	slices.Sort(x.names)
	for k := range keys {
		x.heads[k], x.next[k], x.block[k] = make([]int32, size), make([]int32, len(names)), longestBlock
	}
	few := min(longestBlock, max(shortestBlock, fullBlocks/max(1, len(names))))
	x.block[keyGiven], x.block[keyHamlet] = few, few
	// One person in a hundred stands twice in an unreviewed list: of n people n/100 doubles among n²/2 pairs.
	x.doubt = math.Log2(50 * float64(max(len(names), smallList)))
	return x
}

// Doubt is the score at which two people of the list are as likely one as two.
func (x *Index) Doubt() float64 { return x.doubt }

// Put enters a person, in place of what was known of him.
func (x *Index) Put(rec int, p Person) {
	x.Remove(rec)
	x.people[rec], x.here[rec] = p, true
	for k := range keys {
		if at, ok := x.bucket(&p, k); ok {
			x.next[k][rec], x.heads[k][at] = x.heads[k][at], int32(rec)+1 //nolint:gosec // far below 2³¹ people
		}
	}
}

// Remove takes a person out.
func (x *Index) Remove(rec int) {
	if !x.here[rec] {
		return
	}
	x.here[rec] = false
	for k := range keys {
		at, ok := x.bucket(&x.people[rec], k)
		if !ok {
			continue
		}
		place := &x.heads[k][at]
		for *place != int32(rec)+1 { //nolint:gosec // as above
			place = &x.next[k][*place-1]
		}
		*place = x.next[k][rec]
	}
}

// bucket gives where people of the same key are; false when the person has no such key.
func (x *Index) bucket(p *Person, k int) (int, bool) {
	var h uint64
	switch k {
	case keyNumber:
		h = p.Number
	case keyBirth:
		h = uint64(p.Day) //nolint:gosec // days since year 1
	case keyName:
		h = uint64(p.Name)
	case keyGiven:
		if p.Given != 0 && p.Birth != 0 {
			h = uint64(p.Given)<<16 | uint64(p.year())
		}
	case keyMother:
		h = uint64(p.Mother)
	case keyHamlet:
		if p.Given != 0 && p.Village != 0 {
			h = uint64(p.Given)<<32 | uint64(p.Village) ^ uint64(p.Sex)
		}
	}
	if h == 0 {
		return 0, false
	}
	h *= 0x9E3779B97F4A7C15
	return int(h >> 33 & uint64(len(x.heads[0])-1)), true
}

// share reports whether two people have a key in common.
func share(a, b *Person, k int) bool {
	switch k {
	case keyNumber:
		return both(a.Number, b.Number)
	case keyBirth:
		return a.Day != 0 && a.Day == b.Day
	case keyName:
		return both(a.Name, b.Name)
	case keyGiven:
		return both(a.Given, b.Given) && a.Birth != 0 && a.year() == b.year()
	case keyMother:
		return both(a.Mother, b.Mother)
	}
	return both(a.Given, b.Given) && both(a.Village, b.Village) && a.Sex == b.Sex
}

// shareBefore reports whether two people met under an earlier key already.
func shareBefore(a, b *Person, k int) bool {
	for earlier := range k {
		if share(a, b, earlier) {
			return true
		}
	}
	return false
}

// Near passes everybody in the index who may be the person, and why, in no order.
func (x *Index) Near(rec int, use func(other int, m Match)) {
	if !x.here[rec] {
		return
	}
	a := &x.people[rec]
	for k := range keys {
		at, ok := x.bucket(a, k)
		if !ok {
			continue
		}
		place, steps := x.heads[k][at], 0
		for ; place != 0 && steps < x.block[k]; place = x.next[k][place-1] {
			other := int(place - 1)
			b := &x.people[other]
			if other == rec || !share(a, b, k) {
				continue
			}
			steps++
			if !x.promising(a, b) || shareBefore(a, b, k) {
				continue
			}
			if m, ok := x.judge(min(rec, other), max(rec, other)); ok {
				use(other, m)
			}
		}
	}
}

// frequency is the share of people who have the name.
func (x *Index) frequency(name uint32) float64 {
	from, _ := slices.BinarySearch(x.names, name)
	to := from
	for to < len(x.names) && x.names[to] == name {
		to++
	}
	return float64(max(to-from, 1)) / float64(max(len(x.names), smallList))
}
