package check

import (
	"iter"
	"slices"

	"lamsach/core/alike"
	"lamsach/core/civil"
	"lamsach/core/person"
	"lamsach/core/roster"
)

// ListView is the whole list as the list rules see it.
type ListView struct {
	Child bool // the list is one of children

	ro      *roster.Roster
	today   civil.Date
	facts   []facts
	people  []alike.Person // by record, as they are compared
	fathers []uint64       // by record, the fathers' numbers; nil for a list that has none
	out     []Finding
	doubles map[int]int   // record → first record of its group of exact doubles; of the last run
	shifts  map[int]shift // by record; of the last run
	likely  likely
	read    func(person.Raw) person.Name // of a name
	words   wordHabits
	sexes   map[string]sexHabit // by folded word
	ofFile  []Finding           // about cells that no decision changes
	lone    []loneCell

	only         int        // everybody, or the one record whose findings are asked for
	contradicted []fieldSet // by sheet: whose columns hold something else

	grouping grouping
	buffer   []roster.Cell // where packed cells are unpacked
}

// everybody stands for no record in particular.
const everybody = -1

// wants reports whether anybody asks for findings about the person: a typed answer is tried for one alone.
func (l *ListView) wants(rec int) bool { return l.only == everybody || l.only == rec }

// learn takes down the habits of the list, which its corrections hardly change. words are those of all names with marks:
// of parents too, for a family writes its name in one way.
func (l *ListView) learn(odd *oddCells, words iter.Seq2[string, int]) {
	l.words = l.learnWords(words)
	l.sexes = learnSexes(l)
	l.learnFile(odd)
}

// add puts a finding down about a person.
func (l *ListView) add(rec int, f Finding) *Finding {
	severity, group := CodeInfo(f.Code)
	if f.Severity == "" {
		f.Severity = severity
	}
	f.Group, f.Record, f.Column, f.Sheet = group, rec, -1, l.ro.Records[rec].Sheet
	l.out = append(l.out, f)
	return &l.out[len(l.out)-1]
}

// addFile puts a finding down about a column of a sheet; column -1 is the sheet.
func (l *ListView) addFile(sheet, column int, f Finding) *Finding {
	severity, group := CodeInfo(f.Code)
	if f.Severity == "" {
		f.Severity = severity
	}
	f.Group, f.Record, f.Sheet, f.Column = group, -1, sheet, column
	l.out = append(l.out, f)
	return &l.out[len(l.out)-1]
}

// key is what people are brought together by.
type key struct {
	a uint64
	b int32
}

// hash mixes a key; the texts in it are hashed already.
func (k key) hash() uint64 {
	h := (k.a ^ uint64(uint32(k.b))*0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93
	return h ^ h>>32
}

// grouping is the memory of groups, kept from run to run. Places are records + 1, so that 0 is none.
type grouping struct {
	table []int32 // last record of a key, by hash
	next  []int32 // the next record of the same key; of the last one the first
}

// roomy is from how many people on the memory of groups is worth more than the time to get it again.
const roomy = 50_000

// groups gives the records that share a key, for keys that at least two have, in the order of first appearance. Records
// without a key, and people who left, are left out.
func (l *ListView) groups(of func(*facts) (key, bool)) [][]int {
	return l.groupsBy(func(rec int) (key, bool) { return of(&l.facts[rec]) })
}

// groupsBy is groups for keys of what is not among the facts.
func (l *ListView) groupsBy(of func(rec int) (key, bool)) [][]int {
	g := &l.grouping
	size := 16
	for size < 2*len(l.facts) {
		size *= 2
	}
	g.table = append(g.table[:0], make([]int32, size)...)
	g.next = append(g.next[:0], make([]int32, len(l.facts))...)
	keyOf := func(i int32) key { // computed anew, it needs no memory
		k, _ := of(int(i))
		return k
	}
	var heads []int32
	for i := range l.facts {
		k, ok := of(i)
		if !ok || l.facts[i].left {
			continue
		}
		if head, again := g.enter(k, int32(i), keyOf); again {
			heads = append(heads, head)
		}
	}
	slices.Sort(heads)
	out := make([][]int, 0, len(heads))
	for _, head := range heads {
		members := []int{int(head)}
		for at := g.next[head] - 1; at != head; at = g.next[at] - 1 {
			members = append(members, int(at))
		}
		out = append(out, members)
	}
	return out
}

// enter puts a record to the others of its key. It gives the first of them, and whether the record is the second.
func (g *grouping) enter(k key, i int32, keyOf func(int32) key) (head int32, second bool) {
	mask := uint64(len(g.table) - 1)
	for at := k.hash() & mask; ; at = (at + 1) & mask {
		tail := g.table[at] - 1
		if tail >= 0 && keyOf(tail) != k {
			continue
		}
		g.table[at] = i + 1
		if tail < 0 {
			g.next[i] = i + 1
			return i, false
		}
		head = g.next[tail] - 1
		g.next[i], g.next[tail] = head+1, i+1
		return head, head == tail
	}
}

// value is what holds for a field of a person.
func (l *ListView) value(rec int, f roster.Field) roster.Value {
	cells := l.ro.Cells(rec, l.buffer)
	if l.ro.Records[rec].Cells == nil {
		l.buffer = cells
	}
	return l.ro.ValueIn(rec, cells, f)
}

// nearby is how many members of a group, before and after each, are told of: a file of a hundred thousand equal rows
// would otherwise take the memory of ten thousand million relations.
const nearby = 50

// others gives the members of a group beside the ith, of a large group those nearby.
func others(group []int, i int) []int {
	from, to := max(0, i-nearby), min(len(group), i+nearby+1)
	return slices.Concat(group[from:i], group[i+1:to])
}

// differ reports whether the officer said of the two that they are not one person.
func (l *ListView) differ(a, b int) bool {
	x, y := &l.ro.Records[a], &l.ro.Records[b]
	notX, notY := x.Decided().NotSame, y.Decided().NotSame
	return len(notX) > 0 && slices.Contains(notX, y.ID()) || len(notY) > 0 && slices.Contains(notY, x.ID())
}
