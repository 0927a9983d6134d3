package check

import (
	"strings"

	"lamsach/core/alike"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// sureID gives a relative's number if it can be built on, as an integer; else 0.
func (r *relative) sureID() uint64 {
	if r.id.known() || r.id.Fault == person.LostZero && r.id.Confidence >= oneZero {
		return digits(r.id.value().String())
	}
	return 0
}

// listSharedParents tells of one number for two fathers, or for two mothers, of different names: the number of one of them is not
// his. Every row of the group is asked about: where one is right, it is another that is wrong.
func listSharedParents(l *ListView) {
	if l.fathers != nil {
		l.sharedParents(roster.FatherID, roster.FatherName, func(rec int) (number, name uint64) { return l.fathers[rec], l.facts[rec].father })
	}
	l.sharedParents(roster.MotherID, roster.MotherName, func(rec int) (number, name uint64) { return l.people[rec].MotherNumber, l.facts[rec].mother })
}

func (l *ListView) sharedParents(id, name roster.Field, of func(rec int) (number, name uint64)) {
	groups := l.groupsBy(func(rec int) (key, bool) {
		number, name := of(rec)
		return key{a: number}, number != 0 && name != 0 && name != l.facts[rec].name // who is called like the child was copied from him
	})
	for _, group := range groups {
		for i, rec := range group {
			var related []int
			for _, other := range others(group, i) {
				_, mine := of(rec)
				if _, theirs := of(other); mine != theirs && !l.exchanged(rec, other) && !alike.Similar(l.foldedName(rec, name), l.foldedName(other, name)) {
					related = append(related, other)
				}
			}
			if len(related) > 0 && l.wants(rec) {
				f := l.add(rec, Finding{Code: id.String() + ".duplicate", Field: id, Related: related, Value: l.value(rec, id).Text})
				f.put("Row", l.ro.Records[related[0]].Row)
				f.put("Name", l.value(rec, name).Text)
				f.put("Other", l.value(related[0], name).Text)
			}
		}
	}
}

// foldedName is a name as it is compared, without what no name has.
func (l *ListView) foldedName(rec int, name roster.Field) []byte {
	words := strings.FieldsFunc(viet.Fold(l.value(rec, name).Text), func(r rune) bool { return r < 'a' || r > 'z' })
	return []byte(strings.Join(words, " "))
}

// exchanged reports whether the parents of one stand in each other's columns, or the other's do: that is told by its own name.
func (l *ListView) exchanged(a, b int) bool {
	x, y := &l.facts[a], &l.facts[b]
	return x.father != 0 && x.father == y.mother || x.mother != 0 && x.mother == y.father
}
