package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"lamsach/core/roster"
	"lamsach/core/viet"
)

// listUnaccented tells of names that lost their marks in a list that is written with them. Names that never had any,
// such as Mai Lan Anh, are told apart by how names, the list and the family write their words.
func listUnaccented(l *ListView) {
	if !l.words.enough {
		return
	}
	var lost []int
	for rec := range l.facts {
		f := &l.facts[rec]
		if f.left || !f.named || f.marked || !l.wants(rec) {
			continue
		}
		if name := l.value(rec, roster.FullName); !name.Fixed && l.words.lost(name.Text, l.parentFamilies(rec)) { // fixed: somebody wrote it that way
			lost = append(lost, rec)
		}
	}
	if len(lost) == 0 {
		return
	}
	home := l.siblings(lost)
	for _, rec := range lost {
		name := l.value(rec, roster.FullName).Text
		said := l.add(rec, Finding{Code: "full_name.unaccented", Field: roster.FullName, Value: name})
		var kin [][]string
		for _, parent := range [2]uint64{l.facts[rec].father, l.facts[rec].mother} {
			for _, sibling := range home[parent] {
				kin = append(kin, strings.Fields(l.value(sibling, roster.FullName).Text))
			}
		}
		if restored, ok := l.words.restore(name, kin, l.parentFamilies(rec)); ok && viet.HasMarks(restored) {
			said.Fix, said.Suggestion, said.Confidence = Offer, restored, 0.7
		}
	}
}

// parentFamilies gives the first words of the parents' names, the father's first.
func (l *ListView) parentFamilies(rec int) (families [2]string) {
	for i, f := range [2]roster.Field{roster.FatherName, roster.MotherName} {
		families[i], _, _ = strings.Cut(viet.Tidy(l.value(rec, f).Text), " ")
	}
	return families
}

// mostSiblings is how many of a parent's children are asked how they write their names.
const mostSiblings = 8

// siblings gives the children with marks of the parents of these people.
func (l *ListView) siblings(people []int) map[uint64][]int {
	home := make(map[uint64][]int, 2*len(people))
	var asked sieve
	for _, rec := range people {
		for _, parent := range [2]uint64{l.facts[rec].father, l.facts[rec].mother} {
			if parent != 0 {
				home[parent] = nil
				asked.add(parent)
			}
		}
	}
	for rec := range l.facts {
		f := &l.facts[rec]
		if !f.marked || !asked.has(f.father) && !asked.has(f.mother) {
			continue
		}
		for _, parent := range [2]uint64{f.father, f.mother} {
			if children, ok := home[parent]; ok && len(children) < mostSiblings {
				home[parent] = append(children, rec)
			}
		}
	}
	return home
}

// How likely a word of a name is written without marks by right, for all that is known of names, and how many rows of the list weigh as
// much as that.
const (
	neverMarked   = 0.97
	eitherMarked  = 0.45
	alwaysMarked  = 0.02
	mostlyMarked  = 0.08 // a word of given names that is a syllable without marks too: not all names are known
	mayBeUnmarked = 0.5  // no name's word that is known, and a syllable as it stands
	notSyllable   = 0.05
	knownWeight   = 2
)

// lost reports whether a name has lost its marks. Where every word by itself may be right, the habits of the list have to be clear.
func (h *wordHabits) lost(name string, parents [2]string) bool {
	chance, least := h.chance(name, parents)
	return chance < chanceKnown || chance < chancePlain && least < mostlyMarked
}

// chance is how likely the name is written without marks by right, word by word. A name with a word that no marks would make
// Vietnamese is another people's, or another country's, unless the list writes that word with marks elsewhere or a bare Văn or Thị
// stands behind it; so is one behind a single letter ("Y Doan"). least is the chance of the word for which it is least, for all that is
// known of names.
func (h *wordHabits) chance(name string, parents [2]string) (chance, least float64) {
	words := strings.Fields(name)
	if len(words) < 2 || utf8.RuneCountInString(words[0]) == 1 && !bareMiddle(name) {
		return 1, 1
	}
	chance, least = 1, 1
	for i, word := range words {
		habit := h.words[viet.Fold(word)]
		if !viet.MayBeSyllable(word) && !bareMiddle(name) && (habit == nil || 2*habit.plain > habit.total) {
			return 1, 1
		}
		if i == 0 && (parents[0] == word || parents[1] == word) {
			chance *= neverMarked
			continue
		}
		known := unmarked(word, i == 0)
		if i == 0 && known == alwaysMarked && parents[0] != "" {
			habit = nil // given names of the list say nothing of a family that the father does not have
		}
		if i > 0 && i < len(words)-1 && (word == "Van" || word == "Thi") {
			known = alwaysMarked
		}
		least = min(least, known)
		if habit != nil {
			known = (float64(habit.plain) + known*knownWeight) / (float64(habit.total) + knownWeight)
		}
		chance *= known
	}
	return chance, least
}

// unmarked is how likely a word is written without marks by right, for all that is known of names.
func unmarked(word string, family bool) float64 {
	forms := viet.NameForms(word, family)
	if forms == nil {
		forms = viet.NameForms(word, !family)
	}
	plain := slices.ContainsFunc(forms, func(form string) bool { return !viet.HasMarks(form) })
	switch {
	case plain && len(forms) == 1:
		return neverMarked
	case plain:
		return eitherMarked
	case forms != nil && !family && viet.IsSyllable(word):
		return mostlyMarked
	case forms != nil:
		return alwaysMarked
	case viet.LostMarks(word):
		return notSyllable
	}
	return mayBeUnmarked
}

// bareMiddle reports whether a name has the most frequent middle names without their marks.
func bareMiddle(name string) bool {
	return strings.Contains(name, " Van ") || strings.Contains(name, " Thi ")
}

// restore writes the name as its family does: the first word as the parents or siblings, those in the middle as siblings. Other words are
// only taken when names, and the list, write them in one way; without all of them nothing is offered.
func (h *wordHabits) restore(name string, siblings [][]string, parents [2]string) (string, bool) {
	words := strings.Fields(name)
	for i, word := range words {
		form, ok := "", false
		switch {
		case i == 0:
			form, ok = sameFolded(word, append(firsts(siblings), parents[:]...))
		case i < len(words)-1 && word == "Thi":
			form, ok = "Thị", true
		case i < len(words)-1 && word == "Van":
			form, ok = "Văn", true
		case i < len(words)-1:
			form, ok = sameFolded(word, slices.Concat(siblings...))
		}
		if !ok {
			form, ok = h.only(word, i == 0)
		}
		if !ok {
			return "", false
		}
		words[i] = form
	}
	return strings.Join(words, " "), true
}

func firsts(names [][]string) []string {
	var out []string
	for _, name := range names {
		if len(name) > 0 {
			out = append(out, name[0])
		}
	}
	return out
}

// sameFolded finds how some words write one of them, when they agree.
func sameFolded(word string, among []string) (string, bool) {
	form := ""
	for _, other := range among {
		if other = viet.DisplayCase(viet.NFC(other)); !viet.Same(word, other) {
			continue
		}
		if form != "" && form != other {
			return "", false
		}
		form = other
	}
	return form, form != ""
}

// only gives the one way in which names write a word, if the list has no other.
func (h *wordHabits) only(word string, family bool) (string, bool) {
	forms := viet.NameForms(word, family)
	if len(forms) != 1 {
		return "", false
	}
	if habit := h.words[viet.Fold(word)]; habit != nil {
		for form := range habit.forms {
			if viet.Lower(form) != forms[0] {
				return "", false
			}
		}
	}
	return viet.DisplayCase(forms[0]), true
}
