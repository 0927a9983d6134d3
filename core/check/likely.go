package check

import (
	"maps"
	"slices"

	"lamsach/core/alike"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/roster"
)

// likely keeps who may be whose double, and the index that finds it. After a correction only who changed is compared again.
type likely struct {
	index *alike.Index
	seen  []uint32                    // the stamp of the facts that are in the index
	pairs map[int]map[int]alike.Match // in both directions
}

// sync brings the index to what the facts say.
func (l *ListView) sync() {
	k := &l.likely
	if k.index == nil || l.stale() > len(l.facts)/manyStale {
		l.fillIndex()
		return
	}
	for rec := range l.facts {
		f := &l.facts[rec]
		if f.stamp == k.seen[rec] {
			continue
		}
		k.seen[rec] = f.stamp
		k.forget(rec)
		if f.left {
			k.index.Remove(rec)
			continue
		}
		k.index.Put(rec)
		k.index.Near(rec, func(other int, m alike.Match) { k.pair(rec, other, m) })
	}
}

// manyStale is the part of a list from which on it is compared whole again: one by one takes longer, and far longer where many share a
// name.
const manyStale = 8

// stale counts who changed since he was compared.
func (l *ListView) stale() (n int) {
	for rec := range l.facts {
		if l.facts[rec].stamp != l.likely.seen[rec] {
			n++
		}
	}
	return n
}

// fillIndex compares everybody from nothing.
func (l *ListView) fillIndex() {
	k := &l.likely
	names, here := make([]uint32, len(l.facts)), make([]bool, len(l.facts))
	k.seen, k.pairs = make([]uint32, len(l.facts)), map[int]map[int]alike.Match{}
	for rec := range l.facts {
		here[rec], k.seen[rec], names[rec] = !l.facts[rec].left, l.facts[rec].stamp, l.people[rec].Name
		if _, fixed := l.ro.Records[rec].Fixed()[roster.FullName]; fixed {
			names[rec] = alike.Short(l.read(raw(l.ro.Raw(rec, roster.FullName))).Whole) // so that no correction changes how frequent a name is
		}
	}
	k.index = alike.NewIndex(l.people, names, l.texts)
	if !l.ro.Has(roster.FatherName) && l.ro.Has(roster.MotherName) {
		k.index.OnlyMothers(l.mothers())
	}
	k.index.Fill(here, k.pair)
}

// mothers gives the names of everybody's mother, as the list came.
func (l *ListView) mothers() []uint32 {
	names := make([]uint32, len(l.people))
	for rec := range l.people {
		names[rec] = l.people[rec].Mother
		if _, fixed := l.ro.Records[rec].Fixed()[roster.MotherName]; fixed {
			names[rec] = alike.Short(l.read(raw(l.ro.Raw(rec, roster.MotherName))).Whole)
		}
	}
	return names
}

// firstDay is what days are counted from.
var firstDay = civil.Date{Year: 1, Month: 1, Day: 1}

// compared gives what likely doubles are found by.
func (v *RowView) compared(f *facts) (who alike.Person) {
	who.Name, who.Given = alike.Short(v.name.whole), alike.Short(v.name.last)
	who.Mother, who.Father, who.Village = alike.Short(f.mother), alike.Short(f.father), alike.Short(f.hamlet)
	who.Birth, who.Number, who.Sex = f.birth, f.number, f.sex
	if f.whole {
		who.Day = int32(v.birth.value().Civil().DaysSince(firstDay)) //nolint:gosec // days of four-digit years
	}
	if m := &v.relatives[mother]; f.mother != 0 {
		who.MotherYear = int16(m.year()) //nolint:gosec // a year of four digits
		who.MotherNumber = m.sureID()
	}
	return who
}

// forget drops what is known of a person's doubles.
func (k *likely) forget(rec int) {
	if len(k.pairs[rec]) == 0 {
		return // nearly always
	}
	for other := range k.pairs[rec] {
		delete(k.pairs[other], rec)
		if len(k.pairs[other]) == 0 {
			delete(k.pairs, other)
		}
	}
	delete(k.pairs, rec)
}

func (k *likely) pair(a, b int, m alike.Match) {
	for _, p := range [2][2]int{{a, b}, {b, a}} {
		if k.pairs[p[0]] == nil {
			k.pairs[p[0]] = map[int]alike.Match{}
		}
		k.pairs[p[0]][p[1]] = m
	}
}

// texts are the words of a person for the index.
func (l *ListView) texts(rec int) alike.Texts {
	return alike.Texts{
		Name: l.value(rec, roster.FullName).Text, Mother: l.value(rec, roster.MotherName).Text, Father: l.value(rec, roster.FatherName).Text,
	}
}

// isLikely reports whether two people are told to be likely doubles.
func (l *ListView) isLikely(a, b int) bool {
	if _, ok := l.likely.pairs[a][b]; !ok || l.differ(a, b) || l.bothReceive(a, b) {
		return false
	}
	x, y := &l.facts[a], &l.facts[b]
	return x.name != y.name || x.birth != y.birth || !l.isDouble(a, b)
}

// listLikely tells of people who may stand in the list twice, without being equal enough for record.duplicate: every row
// of a pair carries the finding, the first one as an echo.
func listLikely(l *ListView) {
	l.sync()
	recs := slices.Sorted(maps.Keys(l.likely.pairs))
	for _, rec := range recs {
		if !l.wants(rec) {
			continue
		}
		others := slices.DeleteFunc(slices.Sorted(maps.Keys(l.likely.pairs[rec])), func(other int) bool { return !l.isLikely(rec, other) })
		if len(others) > nearby {
			others = others[:nearby]
		}
		if len(others) > 0 {
			l.likelyDouble(rec, others)
		}
	}
}

func (l *ListView) likelyDouble(rec int, others []int) {
	m := l.likely.pairs[rec][others[0]]
	f := l.add(rec, Finding{
		Code: "record.likely_duplicate", Fix: Offer, Related: others, Status: roster.Duplicate, Confidence: m.Confidence, Echo: others[0] > rec,
	})
	if m.Why == alike.TooSoon {
		f.Fix, f.Status = NoFix, roster.InScope
	}
	f.Value = l.value(rec, roster.FullName).Text
	f.put("Row", l.ro.Records[others[0]].Row)
	f.put("Why", string(m.Why))
	f.put("Days", m.Days)
	f.put("Score", int(m.Total))
	f.put("Percent", int(100*m.Confidence))
	f.put("Agree", fieldsOf(m.Agree))
	f.put("Differ", fieldsOf(m.Differ))
}

// aspects are the fields that package alike compares.
var aspects = map[alike.Aspect]roster.Field{
	alike.Name: roster.FullName, alike.BirthDate: roster.BirthDate, alike.Sex: roster.Sex, alike.Mother: roster.MotherName,
	alike.Father: roster.FatherName, alike.Village: roster.Village, alike.Number: roster.PersonalID,
}

// fieldsOf names what agrees, or differs, in words of locales/.
func fieldsOf(found []alike.Aspect) []fault.Text {
	named := make([]fault.Text, 0, max(1, len(found)))
	for _, a := range found {
		named = append(named, fault.T("field."+aspects[a].String()))
	}
	if len(named) == 0 {
		named = append(named, fault.T("finding.nothing"))
	}
	return named
}
