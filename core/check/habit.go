package check

import (
	"cmp"
	"iter"
	"slices"

	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// wordHabits say how the words of names are written in this list, with and without marks.
type wordHabits struct {
	enough bool // the column is written with marks, and large enough to say so
	words  map[string]*wordHabit
}

// wordHabit counts the ways in which one folded word is written.
type wordHabit struct {
	total, plain int
	forms        map[string]int
}

// Limits of the rule on names without marks.
const (
	markedShare = 0.8   // of the column's names, findings.md
	chancePlain = 0.05  // below this chance a name without marks has lost them
	chanceKnown = 0.005 // … if each of its words may be without marks
	fewNames    = 5     // a shorter list has no habits
)

// learnWords makes habits of the words that were counted.
func (l *ListView) learnWords(words iter.Seq2[string, int]) wordHabits {
	h := wordHabits{words: map[string]*wordHabit{}}
	named, marked := 0, 0
	for rec := range l.facts {
		if l.facts[rec].named {
			named++
			if l.facts[rec].marked {
				marked++
			}
		}
	}
	if named < fewNames || marked == named || float64(marked) < markedShare*float64(named) {
		return h
	}
	h.enough = true
	for word, times := range words {
		h.count(word, times)
	}
	return h
}

func (h *wordHabits) count(word string, times int) {
	folded := viet.Fold(word)
	habit := h.words[folded]
	if habit == nil {
		habit = &wordHabit{forms: map[string]int{}}
		h.words[folded] = habit
	}
	habit.total += times
	if !viet.HasMarks(word) {
		habit.plain += times
	}
	habit.forms[word] += times
}

// sexHabit counts the sexes that numbers give the people beside whom a word stands.
type sexHabit struct{ male, female int }

// learnSexes asks the numbers what "1" and "0", or a word nobody knows, mean in this list.
func learnSexes(l *ListView) map[string]sexHabit {
	var habits map[string]sexHabit
	for rec := range l.facts {
		f := &l.facts[rec]
		if !f.sexOdd || f.number == 0 {
			continue
		}
		id, err := person.ParsePersonalID(l.value(rec, roster.PersonalID).Text)
		if err != nil {
			continue
		}
		if habits == nil {
			habits = map[string]sexHabit{}
		}
		word := viet.Fold(l.value(rec, roster.Sex).Text)
		habit := habits[word]
		if id.Sex() == person.Male {
			habit.male++
		} else {
			habit.female++
		}
		habits[word] = habit
	}
	return habits
}

// means gives the sex that the word means in nearly every row, if there are rows enough.
func (h sexHabit) means() (person.Sex, float64) {
	total := h.male + h.female
	switch {
	case total < fewNames:
		return person.UnknownSex, 0
	case h.male*20 >= total*19:
		return person.Male, float64(h.male) / float64(total)
	case h.female*20 >= total*19:
		return person.Female, float64(h.female) / float64(total)
	}
	return person.UnknownSex, 0
}

// listSexWords tells of words under sex that nobody knows, with what they mean if the list's numbers say it.
func listSexWords(l *ListView) {
	for rec := range l.facts {
		if !l.facts[rec].sexOdd || l.facts[rec].left || !l.wants(rec) {
			continue
		}
		value := l.value(rec, roster.Sex)
		f := l.add(rec, Finding{Code: "sex.malformed", Field: roster.Sex, Value: value.Text})
		if sex, share := l.sexes[viet.Fold(value.Text)].means(); sex != person.UnknownSex {
			f.Fix, f.Suggestion, f.Confidence = Checked, sex.String(), share
		}
	}
}

// listMissingEthnicity tells of people without an ethnic group and offers their mother's or father's other children's,
// else the one that nearly all of the hamlet have.
func listMissingEthnicity(l *ListView) {
	var missing []int
	for rec := range l.facts {
		if l.facts[rec].ethnic == noEthnic && !l.facts[rec].left && l.wants(rec) {
			missing = append(missing, rec)
		}
	}
	if len(missing) == 0 {
		return
	}
	home, hamlet := l.ethnicAround(missing)
	for _, rec := range missing {
		f := &l.facts[rec]
		value := l.value(rec, roster.Ethnicity)
		said := l.add(rec, Finding{Code: "ethnicity.missing", Field: roster.Ethnicity, Value: value.Text})
		if group, ok := l.groupAbove(rec, value); ok {
			said.Fix, said.Suggestion, said.Confidence = Offer, group, 0.9
			said.put("From", "above")
			continue
		}
		for _, from := range []struct {
			name   string
			counts map[string]int
			share  float64
			least  int
		}{{"mother", home[f.mother], 1, 1}, {"father", home[f.father], 1, 1}, {"hamlet", hamlet[f.hamlet], 0.6, 3}} {
			if group, share, n := most(from.counts); n >= from.least && share >= from.share {
				said.Fix, said.Suggestion, said.Confidence = Offer, group, min(share, 0.95)
				said.put("From", from.name)
				break
			}
		}
	}
}

// ethnicAround counts the ethnic groups of the parents' other children, and of the hamlets, of the people.
func (l *ListView) ethnicAround(people []int) (home, hamlet map[uint64]map[string]int) {
	home, hamlet = map[uint64]map[string]int{}, map[uint64]map[string]int{}
	for _, rec := range people {
		f := &l.facts[rec]
		home[f.mother], home[f.father], hamlet[f.hamlet] = map[string]int{}, map[string]int{}, map[string]int{}
	}
	delete(home, 0) // the unknown are no family
	delete(hamlet, 0)
	var asked sieve
	for _, keys := range []map[uint64]map[string]int{home, hamlet} {
		for key := range keys {
			asked.add(key)
		}
	}
	groups := person.EthnicGroups()
	for i := range l.facts {
		f := &l.facts[i]
		if f.ethnic == 0 || f.ethnic == noEthnic || !asked.has(f.mother) && !asked.has(f.father) && !asked.has(f.hamlet) {
			continue
		}
		for _, counts := range [3]map[string]int{home[f.mother], home[f.father], hamlet[f.hamlet]} {
			if counts != nil {
				counts[groups[f.ethnic-1]]++
			}
		}
	}
	return home, hamlet
}

// sieve lets all hashes through that were added, and few others.
type sieve [1 << 10]uint64

func (s *sieve) add(hash uint64) { s[hash>>8%uint64(len(s))] |= 1 << (hash >> 2 & 63) }

func (s *sieve) has(hash uint64) bool { return s[hash>>8%uint64(len(s))]&(1<<(hash>>2&63)) != 0 }

// most gives the most frequent entry, its share and the number of all.
func most(counts map[string]int) (group string, share float64, total int) {
	names := make([]string, 0, len(counts))
	for name, n := range counts {
		names = append(names, name)
		total += n
	}
	if total == 0 {
		return "", 0, 0
	}
	slices.Sort(names)
	group = slices.MaxFunc(names, func(a, b string) int { return cmp.Compare(counts[a], counts[b]) })
	return group, float64(counts[group]) / float64(total), total
}
