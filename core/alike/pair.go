package alike

// Weighing is what two people of two lists look like beside each other.
type Weighing struct {
	Score
	SameName bool // the names may be one person's: equal but for slips, or without a word in the middle
	NearName bool // the names are alike (Jaro-Winkler 0.9), which those of brothers and sisters can be as well
}

// Weigher compares people of two lists, such as a list and its later state. It is for one goroutine at a time.
type Weigher struct{ scratch scratch }

// Weigh scores two people as matching.md 5.5 does; share is how frequent the folded name is among all people of the lists.
// False: something speaks against it that no agreement outweighs, unless the numbers are equal: births more than two years
// apart, or both sex and date different.
func (w *Weigher) Weigh(a, b *Person, x, y Texts, share float64) (Weighing, bool) {
	if !both(a.Number, b.Number) {
		years := a.year() - b.year()
		if a.Birth != 0 && b.Birth != 0 && (years > yearsVeto || years < -yearsVeto) || otherSex(a, b) && a.Birth != b.Birth {
			return Weighing{}, false
		}
	}
	c := w.scratch.compareNames(a, b, x, y)
	w.scratch.compareParents(&c)
	return Weighing{c.score(share), c.similar, c.name >= namesNearer}, true
}
