package alike

import "sort"

// Fill enters everybody who is here into an empty index at once, and passes every two who may be one, and why: as Put and
// Near do for one after the other, in a fraction of the time.
func (x *Index) Fill(here []bool, use func(a, b int, m Match)) {
	copy(x.here, here)
	marks, spare := make([]marked, 0, len(here)), make([]marked, len(here))
	for k := range meetings {
		if k.mostWeight() < x.doubt {
			continue
		}
		marks = marks[:0]
		for rec := range x.people {
			if mark := x.people[rec].meet(k).mark(); mark != 0 && here[rec] {
				marks = append(marks, newMarked(mark, rec))
			}
		}
		bringTogether(marks, spare[:len(marks)])
		for from := 0; from < len(marks); {
			to := from + 1
			for to < len(marks) && marks[to].group() == marks[from].group() {
				to++
			}
			if to-from > 1 {
				x.compareGroup(k, marks[from:to], use)
			}
			from = to
		}
	}
}

// compareGroup compares each of a group with those before, the nearest first.
func (x *Index) compareGroup(k meeting, group []marked, use func(a, b int, m Match)) {
	for i, one := range group {
		rec := one.rec()
		key := x.people[rec].meet(k)
		for j, steps := i-1, 0; j >= 0 && steps < longestBlock; j-- {
			other := group[j].rec()
			if group[j].mark() != one.mark() || x.people[other].meet(k) != key {
				continue
			}
			steps++
			if m, ok := x.compare(rec, other, k); ok {
				use(rec, other, m)
			}
		}
	}
}

// marked is a mark, and the record that has it.
type marked uint64

func newMarked(mark uint32, rec int) marked { return marked(mark)<<32 | marked(rec) } //nolint:gosec // records are few

func (m marked) mark() uint32 { return uint32(m >> 32) }
func (m marked) rec() int     { return int(uint32(m)) } //nolint:gosec // as above

// group is the part of the mark by which marks are brought together.
func (m marked) group() uint32 { return uint32(m>>32) & (1<<(2*digitBits) - 1) }

// digitBits is how many bits of marks are looked at in one pass.
const digitBits = 11

// bringTogether sorts by groups and leaves the order within them (a radix sort of two passes).
func bringTogether(marks, spare []marked) {
	for shift := 32; shift < 32+2*digitBits; shift += digitBits {
		var starts [1 << digitBits]int32
		for _, m := range marks {
			starts[m>>shift&(1<<digitBits-1)]++
		}
		sum := int32(0)
		for i, n := range starts {
			starts[i] = sum
			sum += n
		}
		for _, m := range marks {
			at := &starts[m>>shift&(1<<digitBits-1)]
			spare[*at] = m
			*at++
		}
		marks, spare = spare, marks
	}
}

// tally tells how many people have a name.
type tally struct {
	names  []uint32
	counts []marked // each name once, with how many have it in place of a record, by groups; made when it is first asked for
}

// of gives how many of the people have the name, at least one.
func (t *tally) of(name uint32) int {
	if t.counts == nil {
		t.count()
	}
	group := newMarked(name, 0).group()
	from := sort.Search(len(t.counts), func(i int) bool { return t.counts[i].group() >= group })
	for _, m := range t.counts[from:] {
		if m.group() != group {
			break
		}
		if m.mark() == name {
			return m.rec()
		}
	}
	return 1
}

// count counts each name once: a list of one name is asked for it at every pair.
func (t *tally) count() {
	marks := make([]marked, len(t.names))
	for i, name := range t.names {
		marks[i] = newMarked(name, 1)
	}
	bringTogether(marks, make([]marked, len(marks)))
	t.names, t.counts = nil, marks[:0]
	from := 0 // of the group
	for _, m := range marks {
		if from < len(t.counts) && t.counts[from].group() != m.group() {
			from = len(t.counts)
		}
		at := from
		for at < len(t.counts) && t.counts[at].mark() != m.mark() {
			at++
		}
		if at == len(t.counts) {
			t.counts = append(t.counts, m)
		} else {
			t.counts[at]++
		}
	}
}
