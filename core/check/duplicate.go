package check

import (
	"slices"

	"lamsach/core/alike"
	"lamsach/core/roster"
)

// listDoubles finds people who stand in the list twice: same folded name and birth date, and the same mother, or the same
// number, or a mother who is not known. Every row of a group carries the finding; the first one as an echo.
func listDoubles(l *ListView) {
	l.doubles = map[int]int{}
	for _, group := range l.groups(func(f *facts) (key, bool) { return key{f.name, f.birth}, f.name != 0 && f.birth != 0 }) {
		for i, rec := range group {
			same := slices.DeleteFunc(others(group, i), func(other int) bool { return !l.isDouble(rec, other) })
			if len(same) > 0 {
				l.double(rec, same)
			}
		}
	}
}

// isDouble reports whether two records of one name and birth date are one person.
func (l *ListView) isDouble(a, b int) bool {
	x, y := &l.facts[a], &l.facts[b]
	numbers := x.number != 0 && y.number != 0
	switch {
	case l.differ(a, b), l.bothReceive(a, b):
		return false
	case numbers && x.number == y.number:
		return true
	case x.mother != 0 && y.mother != 0:
		return x.mother == y.mother && !alike.OtherMother(&l.people[a], &l.people[b])
	}
	// Half a birth date, or two different numbers, prove too little without a mother.
	return x.whole && y.whole && !numbers
}

func (l *ListView) double(rec int, same []int) {
	head := min(rec, same[0])
	if first, known := l.doubles[head]; known {
		head = first
	}
	l.doubles[rec] = head
	if !l.wants(rec) {
		return
	}
	f := l.add(rec, Finding{Code: "record.duplicate", Fix: Offer, Related: same, Status: roster.Duplicate, Confidence: 0.9, Echo: same[0] > rec})
	f.Value = l.value(rec, roster.FullName).Text
	f.put("Row", l.ro.Records[same[0]].Row)
	f.put("Fullest", l.fullest(rec, same))
}

// fullest gives the index of the record that says most.
func (l *ListView) fullest(rec int, same []int) int {
	best, most := rec, -1
	for _, r := range append([]int{rec}, same...) {
		n := len(l.ro.Records[r].Fixed())
		for _, c := range l.ro.Cells(r, nil) {
			if c.Kind != roster.Empty {
				n++
			}
		}
		if n > most || n == most && r < best {
			best, most = r, n
		}
	}
	return best
}

// listTwins tells of children of the same parents and day with different names, who are never doubles.
func listTwins(l *ListView) {
	for _, group := range l.groups(func(f *facts) (key, bool) {
		return key{f.mother, f.birth}, f.mother != 0 && f.whole && f.name != 0
	}) {
		for i, rec := range group {
			if !l.wants(rec) {
				continue
			}
			twins := slices.DeleteFunc(others(group, i), func(other int) bool {
				a, b := &l.facts[rec], &l.facts[other]
				return a.name == b.name || l.isLikely(rec, other) || alike.OtherMother(&l.people[rec], &l.people[other]) || a.father != b.father && a.father != 0 && b.father != 0
			})
			if len(twins) > 0 {
				f := l.add(rec, Finding{Code: "record.twin", Related: twins, Echo: twins[0] > rec, Value: l.value(rec, roster.FullName).Text})
				f.put("Row", l.ro.Records[twins[0]].Row)
			}
		}
	}
}

// allLikely reports whether everybody of a group may be the one person: that is asked first.
func (l *ListView) allLikely(rec int, others []int) bool {
	return !slices.ContainsFunc(others, func(other int) bool { return !l.isLikely(rec, other) })
}

// listSharedNumbers tells of one number in the rows of different people. Exact doubles share theirs by right.
func listSharedNumbers(l *ListView) {
	for _, group := range l.groups(func(f *facts) (key, bool) { return key{a: f.number}, f.number != 0 }) {
		for i, rec := range group {
			if !l.wants(rec) {
				continue
			}
			others := slices.DeleteFunc(others(group, i), func(other int) bool {
				head, known := l.doubles[rec]
				otherHead, otherKnown := l.doubles[other]
				return known && otherKnown && head == otherHead || l.bothReceive(rec, other)
			})
			if len(others) == 0 {
				continue
			}
			f := l.add(rec, Finding{Code: "personal_id.duplicate", Field: roster.PersonalID, Related: others, Echo: i > 0 || l.allLikely(rec, others)})
			f.Value = l.value(rec, roster.PersonalID).Text
			f.put("Row", l.ro.Records[others[0]].Row)
			f.put("Count", len(others)+1)
		}
	}
}

// seriesLength is how many numbers in a row that count up by one are no chance.
const seriesLength = 3

// listSeries tells of numbers that count up from row to row, as dragging the corner of a cell makes them.
func listSeries(l *ListView) {
	flush := func(run []int) {
		if len(run) < seriesLength {
			return
		}
		for i, rec := range run {
			if !l.wants(rec) {
				continue
			}
			f := l.add(rec, Finding{Code: "personal_id.series", Field: roster.PersonalID, Related: others(run, i), Echo: i > 0})
			f.Value = l.value(rec, roster.PersonalID).Text
			f.put("FirstRow", l.ro.Records[run[0]].Row)
			f.put("LastRow", l.ro.Records[run[len(run)-1]].Row)
			f.put("Count", len(run))
		}
	}
	var run []int
	for rec := range l.facts {
		f := &l.facts[rec]
		if len(run) > 0 {
			last := run[len(run)-1]
			if f.number == 0 || f.number != l.facts[last].number+1 || l.ro.Records[last].Sheet != l.ro.Records[rec].Sheet || f.left {
				flush(run)
				run = run[:0]
			}
		}
		if f.number != 0 && !f.left {
			run = append(run, rec)
		}
	}
	flush(run)
}
