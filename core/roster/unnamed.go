package roster

import (
	"strings"

	"lamsach/core/viet"
)

// familyAndGiven names the parts of names that stand in two columns under one header.
var familyAndGiven = map[notion][2]notion{
	"full_name": {"family_middle", "given_name"}, "father_name": {"father_family", "father_given"}, "mother_name": {"mother_family", "mother_given"},
}

// joinUnnamed takes columns without a header that stand under the one to the left of them: a name, both parents or a date in parts.
func (a *assignment) joinUnnamed() {
	for i := range a.claims {
		c := &a.claims[i]
		next := a.unnamed(i, 1)
		if next == nil || c.lost || c.index >= len(a.seen) {
			continue
		}
		s := &a.seen[next.index]
		parts, ofName := familyAndGiven[c.notion]
		switch last := a.unnamed(i, 2); {
		case ofName && s.share(s.word+s.sex) >= 0.8 && 2*s.word >= s.filled && a.seen[c.index].share(a.seen[c.index].long) < 0.6:
			c.part(parts[0])
			next.part(parts[1])
		case c.notion == "parent_name" && s.share(s.name) >= 0.5:
			father, mother := notion("father_name"), notion("mother_name")
			if line := " " + viet.Fold(headerKey(c.header)) + " "; before(line, " me ", " cha ") || before(line, " me ", " bo ") {
				father, mother = mother, father
			}
			c.part(father)
			next.part(mother)
		case c.notion == "dob" && last != nil && a.dayMonthYear(c.index):
			c.part("dob_day")
			next.part("dob_month")
			last.part("dob_year")
		}
	}
}

// unnamed gives the claim so many columns to the right of another, if it has no header and is filled like that one.
func (a *assignment) unnamed(i, right int) *claim {
	if i+right >= len(a.claims) {
		return nil
	}
	c, next := &a.claims[i], &a.claims[i+right]
	if c.header == "" || next.header != "" || next.index != c.index+right || next.index >= len(a.seen) || 3*a.seen[next.index].filled < 2*a.seen[c.index].filled {
		return nil
	}
	return next
}

// dayMonthYear reports whether three columns hold days, months and years.
func (a *assignment) dayMonthYear(index int) bool {
	day, month, year := &a.seen[index], &a.seen[index+1], &a.seen[index+2]
	return day.share(day.day) >= 0.8 && month.share(month.day) >= 0.8 && year.share(year.year) >= 0.8
}

// part makes the claim a part of what one header names.
func (c *claim) part(n notion) {
	c.notion, c.agrees, c.looks = n, 0, NoField
	c.confidence, c.word = max(c.confidence, likelyWord), max(c.word, likelyWord)
}

// before reports whether a text holds one word before another.
func before(text, first, second string) bool {
	i, j := strings.Index(text, first), strings.Index(text, second)
	return i >= 0 && i < j
}
