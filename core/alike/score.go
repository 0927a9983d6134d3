package alike

import (
	"math"

	"lamsach/core/person"
	"lamsach/core/viet"
)

// The weights of matching.md 5.5, in powers of two (Fellegi–Sunter).
const (
	mostForEqual, mostForFolded                        = 10.0, 8.0
	forAlike, forNearer, forNear, forOther             = 5.0, 2.5, -1.0, -6.0
	forDate, forNewYear                                = 12.0, 5.0
	forSwapped, forOneNewYear, forPart, forNextYear    = 7.0, 2.0, 3.0, 4.0
	forSameYear, forOtherDate                          = -3.0, -7.0
	forSex, forOtherSex                                = 1.0, -5.0
	forMother, forFather, likelyParent, forOtherParent = 7.0, 6.0, 0.6, -3.0
	forVillage, forOtherVillage                        = 2.0, -1.0
	forNumber, forDigit, forOtherNumber                = 20.0, 5.0, -8.0

	householdCap = 8.0  // what a family proves of a child whose given name differs (Newcombe 1993)
	givenAlike   = 0.9  // Jaro-Winkler of given names from which the cap does not hold
	parentAlike  = 0.92 // of parents' names that are likely one
)

// Score is how far two people look like one.
type Score struct {
	Total         float64 // in powers of two; above what Index.Doubt says, the two are more likely one than not
	Agree, Differ []Aspect
}

// comparison is two people side by side.
type comparison struct {
	a, b                   *Person
	x, y                   Texts
	name                   nameLevel
	similar, given         bool // the names may be one person's; the given names agree
	motherNear, fatherNear bool // the parents' names are no more than a slip apart
	otherMarks             bool // the mothers' names are equal without marks only, though both have some
}

// scratch keeps the folded texts of a comparison.
type scratch struct{ a, b []byte }

// compareNames looks at the names of two people, compareParents at those of their parents.
func (s *scratch) compareNames(a, b *Person, x, y Texts) comparison {
	c := comparison{a: a, b: b, x: x, y: y}
	if a.Name != 0 && b.Name != 0 {
		left, right := s.fold(x.Name, y.Name)
		if a.Name == b.Name {
			c.name, c.similar, c.given = equalLevel(x.Name, y.Name), true, true
		} else {
			c.name, c.similar = likeness(left, right), Similar(left, right)
			c.given = a.Given == b.Given || JaroWinkler(given(left), given(right)) >= givenAlike
		}
	}
	return c
}

func (s *scratch) compareParents(c *comparison) {
	a, b, x, y := c.a, c.b, &c.x, &c.y
	c.motherNear, c.fatherNear = s.near(a.Mother, b.Mother, x.Mother, y.Mother), s.near(a.Father, b.Father, x.Father, y.Father)
	c.otherMarks = both(a.Mother, b.Mother) && viet.HasMarks(x.Mother) && viet.HasMarks(y.Mother) && equalLevel(x.Mother, y.Mother) < namesEqual
}

func (s *scratch) fold(a, b string) (left, right []byte) {
	s.a, s.b = viet.AppendFold(s.a[:0], a), viet.AppendFold(s.b[:0], b)
	return s.a, s.b
}

func (s *scratch) near(a, b uint32, x, y string) bool {
	if !contradict(a, b) {
		return both(a, b)
	}
	left, right := s.fold(x, y)
	return JaroWinkler(left, right) >= parentAlike
}

// score adds the evidence up. share is how frequent the name is in the list.
func (c *comparison) score(share float64) Score {
	var s Score
	a, b := c.a, c.b
	s.tell(Name, c.nameWeight(share), c.name != namesUnknown, c.name >= namesFolded)
	s.tell(BirthDate, dateWeight(a, b), a.Birth != 0 && b.Birth != 0, a.Birth == b.Birth)
	s.tell(Sex, sexWeight(a, b), a.Sex != person.UnknownSex && b.Sex != person.UnknownSex, a.Sex == b.Sex)
	before := s.Total
	if both(a.Mother, b.Mother) && OtherMother(a, b) {
		s.tell(Mother, forOtherParent, true, false)
	} else {
		s.tell(Mother, parentWeight(a.Mother, b.Mother, c.motherNear, forMother), a.Mother != 0 && b.Mother != 0, a.Mother == b.Mother)
	}
	s.tell(Father, parentWeight(a.Father, b.Father, c.fatherNear, forFather), a.Father != 0 && b.Father != 0, a.Father == b.Father)
	s.tell(Village, villageWeight(a, b), a.Village != 0 && b.Village != 0, a.Village == b.Village)
	if !c.given {
		s.Total = min(s.Total, before+householdCap)
	}
	s.tell(Number, numberWeight(a, b), a.Number != 0 && b.Number != 0, a.Number == b.Number)
	return s
}

// tell puts down what one aspect says, if both people say anything about it.
func (s *Score) tell(what Aspect, weight float64, known, agree bool) {
	switch {
	case !known:
		return
	case agree:
		s.Agree = append(s.Agree, what)
	default:
		s.Differ = append(s.Differ, what)
	}
	s.Total += weight
}

func (c *comparison) nameWeight(share float64) float64 {
	switch c.name {
	case namesEqual:
		return max(forAlike+0.1, min(mostForEqual, math.Log2(0.95/share)))
	case namesFolded:
		return max(forNearer, min(mostForFolded, math.Log2(0.04/share)+1))
	case namesAlike:
		return forAlike
	case namesNearer:
		return forNearer
	case namesNear:
		return forNear
	case namesDiffer:
		return forOther
	}
	return 0
}

func dateWeight(a, b *Person) float64 {
	if a.Birth == 0 || b.Birth == 0 {
		return 0
	}
	years := max(a.year()-b.year(), b.year()-a.year())
	whole := a.Day != 0 && b.Day != 0
	switch {
	case a.Birth == b.Birth && whole && !a.newYear():
		return forDate
	case a.Birth == b.Birth:
		return forNewYear
	case years == 0 && !whole && contradict(uint32(a.month()), uint32(b.month())): //nolint:gosec // months
		return forSameYear
	case years == 0 && !whole:
		return forOneNewYear
	case !whole:
		return forOtherDate
	case years == 0 && a.day() == b.month() && a.month() == b.day():
		return forSwapped
	case years == 0 && (a.newYear() || b.newYear()):
		return forOneNewYear
	case years == 0 && (a.day() == b.day() || a.month() == b.month()):
		return forPart
	case years == 1 && a.Birth&511 == b.Birth&511 && !a.newYear():
		return forNextYear
	case max(a.Day-b.Day, b.Day-a.Day) <= closeDays:
		return forPart
	case years == 0:
		return forSameYear
	}
	return forOtherDate
}

func sexWeight(a, b *Person) float64 {
	switch {
	case a.Sex == person.UnknownSex || b.Sex == person.UnknownSex:
		return 0
	case a.Sex == b.Sex:
		return forSex
	}
	return forOtherSex
}

func parentWeight(a, b uint32, near bool, equal float64) float64 {
	switch {
	case a == 0 || b == 0:
		return 0
	case a == b:
		return equal
	case near:
		return equal * likelyParent
	}
	return forOtherParent
}

func villageWeight(a, b *Person) float64 {
	switch {
	case a.Village == 0 || b.Village == 0:
		return 0
	case a.Village == b.Village:
		return forVillage
	}
	return forOtherVillage
}

func numberWeight(a, b *Person) float64 {
	switch {
	case a.Number == 0 || b.Number == 0:
		return 0
	case a.Number == b.Number:
		return forNumber
	case oneDigit(a.Number, b.Number):
		return forDigit
	}
	return forOtherNumber
}
