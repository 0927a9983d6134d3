package check

import (
	"slices"

	"lamsach/core/civil"
	"lamsach/core/roster"
)

// ListView is the whole list as the list rules see it.
type ListView struct {
	Child bool // the list is one of children

	ro      *roster.Roster
	today   civil.Date
	facts   []facts
	out     []Finding
	doubles map[int]int // record → first record of its group of exact doubles; of the last run
	words   wordHabits
	sexes   map[string]sexHabit // by folded word
	ofFile  []Finding           // about cells that no decision changes
}

// learn takes down the habits of the list that its corrections hardly change.
func (l *ListView) learn() {
	l.words = learnWords(l)
	l.sexes = learnSexes(l)
	l.learnFile()
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

// groups gives the records that share a key, for keys that at least two have, in the order of first appearance.
// Records without a key are left out.
func (l *ListView) groups(of func(*facts) (key, bool)) [][]int {
	first := make(map[key]int32, len(l.facts))
	next := make([]int32, len(l.facts)) // 1 + the next record of the same key
	last := map[int32]int32{}           // first record → last one, of keys that came again
	var heads []int32
	for i := range l.facts {
		if l.facts[i].left {
			continue
		}
		k, ok := of(&l.facts[i])
		if !ok {
			continue
		}
		head, again := first[k]
		if !again {
			first[k] = int32(i)
			continue
		}
		tail, more := last[head]
		if !more {
			tail = head
			heads = append(heads, head)
		}
		next[tail] = int32(i) + 1
		last[head] = int32(i)
	}
	slices.Sort(heads)
	out := make([][]int, 0, len(heads))
	for _, head := range heads {
		var members []int
		for at := head; ; at = next[at] - 1 {
			members = append(members, int(at))
			if next[at] == 0 {
				break
			}
		}
		out = append(out, members)
	}
	return out
}

// without gives the others of a group.
func without(group []int, rec int) []int {
	out := make([]int, 0, len(group)-1)
	for _, r := range group {
		if r != rec {
			out = append(out, r)
		}
	}
	return out
}

// differ reports whether the officer said of the two that they are not one person.
func (l *ListView) differ(a, b int) bool {
	x, y := &l.ro.Records[a], &l.ro.Records[b]
	return len(x.Decided.NotSame) > 0 && slices.Contains(x.Decided.NotSame, y.ID) ||
		len(y.Decided.NotSame) > 0 && slices.Contains(y.Decided.NotSame, x.ID)
}
