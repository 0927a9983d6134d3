package roster

// settleNumbers settles which columns tell the people's own numbers. A column "Số CMND" does where it holds some: what people write there.
// One of grown-ups' numbers does not where another, even an empty one, can: "Số CCCD người khai" in a list of children.
func (a *assignment) settleNumbers() {
	own := 0
	for i := range a.claims {
		c := &a.claims[i]
		if c.notion == "old_id_number" && a.holdsNumbers(c) {
			c.notion, c.confidence = "id_number", 0.9
			c.agrees, c.looks = a.seen[c.index].agrees(PersonalID)
		}
		if c.notion == "id_number" && !c.lost && !a.ofAdults(c) {
			own++
		}
	}
	for i := range a.claims {
		if c := &a.claims[i]; own > 0 && a.ofAdults(c) {
			c.lost = true
		}
	}
}

// holdsNumbers reports whether nearly all that a column holds is personal numbers, and not those of grown-ups in a list of children.
func (a *assignment) holdsNumbers(c *claim) bool {
	if c.index >= len(a.seen) {
		return false
	}
	s := &a.seen[c.index]
	return s.filled >= enough && s.share(s.id) >= 0.8 && (s.adult*5 <= s.id || a.adultsThemselves())
}

// fillsGaps reports whether a second column of personal numbers tells those that the first, which has gaps, does not.
func (a *assignment) fillsGaps(first, second *claim) bool {
	if first.notion != "id_number" || second.notion != "id_number" || !a.holdsNumbers(second) || first.index >= len(a.seen) {
		return false
	}
	most := 0
	for i := range a.seen {
		most = max(most, a.seen[i].filled)
	}
	return 20*a.seen[first.index].filled < 19*most
}
