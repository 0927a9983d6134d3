package alike

// meeting is a thing that two people have in common when they are compared. People who share one of the six keys of
// matching.md 5.3 (number; birth date; folded name; given name and year of birth; mother; given name, hamlet and sex) may
// be one, but the scores let most such pairs never be: of those who share no more than a day, a given name or a hamlet
// only those are left who share something besides. Meeting under that finds the same pairs among far fewer.
type meeting int

// The meetings. Why they are enough: promising wants one mother, one number, one father or one given name. Two people of
// one father or given name, and nothing else of these nor of the whole name, are joined by birth date, by given name and
// year, or by given name and hamlet. With one birth date they meet under it. Without, and with two fathers, their dates
// are worth forSwapped at most, and only numbers that one digit parts bring them above doubt: one half of such numbers is
// equal.
const (
	meetNumber meeting = iota
	meetName
	meetMother
	meetDayGiven
	meetDayFather
	meetGivenFather
	meetOuter // given name, and the first and last three digits of the number
	meetInner // given name, and the six digits between
	meetings
)

// mostWeight is more than people who meet only so can score.
func (k meeting) mostWeight() float64 {
	if k == meetOuter || k == meetInner {
		return forSwapped + forSex + forVillage + forDigit + forAlike
	}
	return mostForEqual + forDate + forSex + forMother + forFather + forVillage + forNumber
}

// meetKey is what two people must share to meet; 0 for somebody who cannot meet anybody so.
type meetKey uint64

// meet gives the person's key.
func (p *Person) meet(k meeting) meetKey {
	switch k {
	case meetNumber:
		return meetKey(p.Number)
	case meetName:
		return meetKey(p.Name)
	case meetMother:
		return meetKey(p.Mother)
	case meetDayGiven:
		return joined(p.Given, uint32(p.Day)) //nolint:gosec // days since year 1
	case meetDayFather:
		return joined(p.Father, uint32(p.Day)) //nolint:gosec // as above
	case meetGivenFather:
		return joined(p.Given, p.Father)
	}
	if p.Number == 0 {
		return 0
	}
	half := p.Number / 1000 % 1_000_000
	if k == meetOuter {
		half = p.Number/1_000_000_000*1000 + p.Number%1000
	}
	return joined(p.Given, uint32(half)+1) //nolint:gosec // six digits
}

// joined makes one key of two, both of which must be there.
func joined(a, b uint32) meetKey {
	if a == 0 || b == 0 {
		return 0
	}
	return meetKey(a)<<32 | meetKey(b)
}

// mark mixes a key into half its bits; only 0 becomes 0.
func (k meetKey) mark() uint32 {
	if k == 0 {
		return 0
	}
	h := uint64(k) * 0x9E3779B97F4A7C15
	return uint32(h>>32) | 1<<31 //nolint:gosec // the upper half is what is wanted
}

// shareKey reports whether two people share one of the six keys.
func shareKey(a, b *Person) bool {
	return both(a.Number, b.Number) || a.Day != 0 && a.Day == b.Day || both(a.Name, b.Name) || both(a.Mother, b.Mother) ||
		both(a.Given, b.Given) && (a.Birth != 0 && a.year() == b.year() || both(a.Village, b.Village) && a.Sex == b.Sex)
}

// metBefore reports whether two people met under an earlier key already.
func metBefore(a, b *Person, k meeting) bool {
	for earlier := range k {
		if key := a.meet(earlier); key != 0 && key == b.meet(earlier) {
			return true
		}
	}
	return false
}
