package alike

import (
	"math"
	"strings"

	"lamsach/core/person"
	"lamsach/core/viet"
)

// Reason is the rule by which two people may be one.
type Reason string

// The reasons: OpenCRVS's three rules for births, one for those of whom only the year is known, and the score.
const (
	CloseBirths Reason = "close_births" // similar names and mothers, born a few days apart
	SameName    Reason = "same_name"    // one name and one mother, born within three years
	TooSoon     Reason = "too_soon"     // one mother, two births that cannot both be
	SameYear    Reason = "same_year"    // one name, hamlet and year, of which one at least is all that is known of the birth
	HighScore   Reason = "score"        // what agrees outweighs what differs
)

// The bounds of the rules, in days.
const (
	closeDays = 5
	soonFrom  = 7   // below it are twins who were written down with two dates
	soonTo    = 210 // findings.md; OpenCRVS has nine months, which children born early fall under
	nameDays  = 3*365 + 1
	yearsVeto = 2
)

// Match says why two people may be one, and how sure that is.
type Match struct {
	Score
	Why        Reason
	Days       int     // between the births; -1 when not known
	Confidence float64 // 0.5 … 1
}

// vetoed reports what no agreement outweighs: births years apart, or both sex and date different; and different numbers
// when the mother is not the same, since numbers are given once.
func vetoed(a, b *Person) bool {
	if both(a.Number, b.Number) {
		return false
	}
	years := a.year() - b.year()
	switch {
	case a.Birth != 0 && b.Birth != 0 && (years > yearsVeto || years < -yearsVeto) && !withinNameDays(a, b):
		return true
	case otherSex(a, b) && a.Birth != b.Birth && !soon(a, b):
		return true
	}
	return contradict(a.Number, b.Number) && (!both(a.Mother, b.Mother) || OtherMother(a, b)) && !oneDigit(a.Number, b.Number)
}

func withinNameDays(a, b *Person) bool {
	days, ok := apart(a, b)
	return ok && days <= nameDays
}

func otherSex(a, b *Person) bool {
	return a.Sex != person.UnknownSex && b.Sex != person.UnknownSex && a.Sex != b.Sex
}

// soon reports whether one mother cannot have borne both.
func soon(a, b *Person) bool {
	days, ok := apart(a, b)
	return ok && days >= soonFrom && days <= soonTo && sameMother(a, b)
}

// soonAlone reports whether one mother cannot have borne both, where nothing but a rare name of hers says that she is one.
func (x *Index) soonAlone(a, b *Person) bool {
	if x.bare == nil || !bareMother(a, b) {
		return false
	}
	days, ok := apart(a, b)
	return ok && days >= soonFrom && days <= soonTo && x.bare.of(a.Mother) <= mostOfMother
}

// promising tells without looking at texts whether judge could find anything. Who has a slip in the name and one in a parent's name is
// taken for somebody with other parents: brought together by no more than that, people of one list are hardly ever one.
func (x *Index) promising(a, b *Person) bool {
	if x.soonAlone(a, b) {
		return true
	}
	if vetoed(a, b) {
		return false
	}
	if days, whole := apart(a, b); whole && both(a.Mother, b.Mother) && !OtherMother(a, b) {
		switch {
		case days <= closeDays:
			return true
		case days <= soonTo || a.Name == b.Name && days <= nameDays:
			if sameMother(a, b) {
				return true
			}
		}
	}
	if a.Given != b.Given && !both(a.Mother, b.Mother) && !both(a.Father, b.Father) && !both(a.Number, b.Number) {
		return false // nothing but the day or the hamlet brings them together
	}
	most := dateWeight(a, b) + sexWeight(a, b) + villageWeight(a, b) + numberWeight(a, b)
	named := both(a.Name, b.Name)
	if named {
		most += mostForEqual
	} else {
		most += forAlike
	}
	most += parentWeight(a.Mother, b.Mother, named, forMother) + parentWeight(a.Father, b.Father, named, forFather)
	return most >= x.doubt || x.sameYear(a, b)
}

// mostNamesakes is how many people of a list can have a name that still tells two of one hamlet and year apart from one who stands twice.
const mostNamesakes = 5

// sameYear reports whether two people of one name, hamlet and year, of whom nobody knows more of the birth, are hardly two: nothing else
// speaks against it, and the name is not one that many have.
func (x *Index) sameYear(a, b *Person) bool {
	return both(a.Name, b.Name) && both(a.Village, b.Village) && a.year() != 0 && a.year() == b.year() && (a.Day == 0 || b.Day == 0) &&
		(a.month() == b.month() || a.month() == 0 || b.month() == 0) && !contradict(a.Number, b.Number) && !otherSex(a, b) &&
		!contradict(a.Mother, b.Mother) && !OtherMother(a, b) && !contradict(a.Father, b.Father) && x.names.of(a.Name) <= mostNamesakes
}

// judge looks at two people whole.
func (x *Index) judge(i, j int) (Match, bool) {
	a, b := &x.people[i], &x.people[j]
	left := x.texts(i)
	days, whole := apart(a, b)
	if !whole {
		days = -1
	}
	c := x.compareNames(a, b, left, x.texts(j))
	if !c.similar && (days < soonFrom || days > soonTo) {
		return Match{}, false
	}
	x.compareParents(&c)
	why, ok := c.reason(days)
	if !ok && !c.otherMarks && x.soonAlone(a, b) && sameFamily(c.x.Name, c.y.Name) {
		why, ok = TooSoon, true
	}
	m := Match{Score: c.score(x.frequency(a.Name)), Why: why, Days: days}
	m.Confidence = 1 / (1 + math.Exp2(x.doubt-m.Total))
	switch {
	case ok:
		m.Confidence = min(0.99, max(m.Confidence, leastSure[why]))
		return m, true
	case m.Confidence < 0.5 && x.sameYear(a, b) && !c.otherNames():
		m.Why, m.Confidence = SameYear, leastSure[SameYear]
		return m, true
	case c.twins() || !c.similar || dateWeight(a, b) <= forOtherDate,
		(a.Birth == 0 || b.Birth == 0) && c.name < namesFolded && !both(a.Number, b.Number): // brothers and sisters
		return Match{}, false
	}
	m.Why = HighScore
	return m, m.Confidence >= 0.5
}

// leastSure is the confidence of the rules by themselves.
var leastSure = map[Reason]float64{CloseBirths: 0.7, SameName: 0.6, TooSoon: 0.5, SameYear: 0.5}

// reason finds the rule that fits, if one does.
func (c *comparison) reason(days int) (Reason, bool) {
	mother := (both(c.a.Mother, c.b.Mother) || c.motherNear) && !OtherMother(c.a, c.b)
	switch {
	case days < 0 || c.twins():
		return "", false
	case days <= closeDays && c.similar && mother:
		return CloseBirths, true
	case !sameMother(c.a, c.b), c.otherMarks && !both(c.a.MotherNumber, c.b.MotherNumber):
		return "", false
	case days <= nameDays && c.name == namesEqual && !otherSex(c.a, c.b):
		return SameName, true
	case days >= soonFrom && days <= soonTo:
		return TooSoon, true
	}
	return "", false
}

// sameFamily reports whether two names begin alike, as those of one father's children do. A and Y of some peoples tell men from women.
func sameFamily(a, b string) bool {
	first, _, _ := strings.Cut(viet.Fold(a), " ")
	other, _, _ := strings.Cut(viet.Fold(b), " ")
	return first == other && len(first) > 1 && first != "thi"
}

// otherNames reports whether the names, equal without their marks, have different ones.
func (c *comparison) otherNames() bool {
	return c.name < namesEqual && viet.HasMarks(c.x.Name) && viet.HasMarks(c.y.Name)
}

// twins reports whether two children of one mother and day are two: by their names, their numbers, or their sex.
func (c *comparison) twins() bool {
	if c.a.Birth != c.b.Birth || !both(c.a.Mother, c.b.Mother) || OtherMother(c.a, c.b) || both(c.a.Number, c.b.Number) {
		return false
	}
	return !c.similar || otherSex(c.a, c.b) || contradict(c.a.Number, c.b.Number) && !oneDigit(c.a.Number, c.b.Number)
}
