package alike

import "math"

// longestBlock bounds how many people who meet under one key are compared with each: what more share proves nothing.
const longestBlock = 64

// Index finds who of a list may be one person. It is kept while the list is corrected: only who changed is compared
// again. It is for one goroutine at a time.
type Index struct {
	people []Person
	texts  func(rec int) Texts
	doubt  float64
	names  tally  // as they came: how frequent a name is, which no correction changes
	bare   *tally // the mothers' names, as they came, of a list in which mothers are nothing else

	here    []bool
	chained bool // who is here is in chains, which Fill does without
	mask    uint32
	heads   [meetings][]int32 // first record of a bucket + 1; nil for a key that cannot bring doubles together
	links   [meetings][]link
	scratch
}

// OnlyMothers tells that the list says nothing of families but the mothers' names: hashes of everybody's, as the list came. It is for
// before Put and Fill.
func (x *Index) OnlyMothers(names []uint32) { x.bare = &tally{names: names} }

// mostOfMother is how many people of a list that tells of mothers nothing but the name can have one: more may be several women's.
const mostOfMother = 3

// link is a record in the chain of its bucket.
type link struct {
	next int32  // the record after it + 1
	mark uint32 // what is left of its key; 0: it has none, and is in no chain
}

// smallList is the size from which a list tells how frequent names are; a shorter one is taken for a part of such.
const smallList = 1000

// NewIndex makes an empty index over a list. It keeps people, in which the caller tells how everybody is before he calls
// Put or Fill, and names, the hashes of everybody's folded name as the list came. texts gives the words of a record and
// may use one buffer for all.
func NewIndex(people []Person, names []uint32, texts func(rec int) Texts) *Index {
	size := 1
	for size < len(people) {
		size *= 2
	}
	x := &Index{people: people, names: tally{names: names}, texts: texts, here: make([]bool, len(people)), mask: uint32(size - 1)} //nolint:gosec // far below 2³¹ people
	// One person in a hundred stands twice in an unreviewed list: of n people n/100 doubles among n²/2 pairs.
	x.doubt = math.Log2(50 * float64(max(len(people), smallList)))
	return x
}

// chain makes the chains, of everybody who is here already.
func (x *Index) chain() {
	if x.chained {
		return
	}
	x.chained = true
	for k := range meetings {
		if k.mostWeight() >= x.doubt {
			x.heads[k], x.links[k] = make([]int32, x.mask+1), make([]link, len(x.people))
		}
	}
	for rec, here := range x.here {
		if here {
			x.enter(rec)
		}
	}
}

// Doubt is the score at which two people of the list are as likely one as two.
func (x *Index) Doubt() float64 { return x.doubt }

// Put enters a person as he is now, in place of what was known of him.
func (x *Index) Put(rec int) {
	x.Remove(rec)
	x.here[rec] = true
	x.enter(rec)
}

func (x *Index) enter(rec int) {
	for k := range meetings {
		mark := x.people[rec].meet(k).mark()
		if mark == 0 || x.heads[k] == nil {
			continue
		}
		head := &x.heads[k][mark&x.mask]
		x.links[k][rec] = link{*head, mark}
		*head = int32(rec) + 1 //nolint:gosec // far below 2³¹ people
	}
}

// Remove takes a person out.
func (x *Index) Remove(rec int) {
	x.chain()
	if !x.here[rec] {
		return
	}
	x.here[rec] = false
	for k := range meetings {
		if x.heads[k] == nil || x.links[k][rec].mark == 0 {
			continue
		}
		place := &x.heads[k][x.links[k][rec].mark&x.mask]
		for *place != int32(rec)+1 { //nolint:gosec // as above
			place = &x.links[k][*place-1].next
		}
		*place, x.links[k][rec] = x.links[k][rec].next, link{}
	}
}

// Near passes everybody in the index who may be the person, and why, in no order.
func (x *Index) Near(rec int, use func(other int, m Match)) {
	x.chain()
	if !x.here[rec] {
		return
	}
	for k := range meetings {
		if x.heads[k] == nil || x.links[k][rec].mark == 0 {
			continue
		}
		key, mark, links := x.people[rec].meet(k), x.links[k][rec].mark, x.links[k]
		for place, steps := x.heads[k][mark&x.mask], 0; place != 0 && steps < longestBlock; place = links[place-1].next {
			other := int(place - 1)
			if links[other].mark != mark || other == rec || x.people[other].meet(k) != key {
				continue
			}
			steps++
			if m, ok := x.compare(rec, other, k); ok {
				use(other, m)
			}
		}
	}
}

// compare tells whether two people who meet under a key may be one. Those who met before were told of.
func (x *Index) compare(rec, other int, k meeting) (Match, bool) {
	a, b := &x.people[rec], &x.people[other]
	if !x.promising(a, b) || !shareKey(a, b) || metBefore(a, b, k) {
		return Match{}, false
	}
	return x.judge(min(rec, other), max(rec, other))
}

// frequency is the share of people who have the name.
func (x *Index) frequency(name uint32) float64 {
	return float64(x.names.of(name)) / float64(max(len(x.people), smallList))
}
