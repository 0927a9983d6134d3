// Package alike tells how far two people of lists look like one: normal forms of names, keys under which likely doubles
// meet, and a score of what agrees and what differs. It compares what a list says; it decides nothing.
package alike

import "lamsach/core/person"

// Person is what comparing needs of one person, small enough to be kept for everybody. Zeros stand for what the list
// does not say.
type Person struct {
	Number, MotherNumber                 uint64 // valid numbers, as integers
	Name, Given, Mother, Father, Village uint32 // hashes of folded texts (Hash)
	Birth                                int32  // year·512 + month·32 + day, without the parts that are not known
	Day                                  int32  // days since 1 January of year 1; only for a complete birth date
	MotherYear                           int16  // year of birth
	Sex                                  person.Sex
}

// Texts are the words of a person, as written or better.
type Texts struct{ Name, Mother, Father string }

// Hash is the number under which two folded texts are the same: FNV-1a, folded to 32 bits. 0 stands for no text.
func Hash(folded []byte) uint32 {
	if len(folded) == 0 {
		return 0
	}
	h := uint64(14695981039346656037)
	for _, b := range folded {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return Short(h)
}

// Short folds a hash of 64 bits; only 0 becomes 0.
func Short(h uint64) uint32 {
	if h == 0 {
		return 0
	}
	return uint32(h^h>>32) | 1 //nolint:gosec // the lower half is what is wanted
}

// Aspect is one thing in which two people can agree or differ.
type Aspect uint8

// The aspects.
const (
	Name Aspect = iota
	BirthDate
	Sex
	Mother
	Father
	Village
	Number
)

func (p *Person) year() int  { return int(p.Birth >> 9) }
func (p *Person) month() int { return int(p.Birth >> 5 & 15) }
func (p *Person) day() int   { return int(p.Birth & 31) }

// apart is how many days lie between two births; false when either date is not complete.
func apart(a, b *Person) (days int, ok bool) {
	if a.Day == 0 || b.Day == 0 {
		return 0, false
	}
	days = int(a.Day - b.Day)
	return max(days, -days), true
}

// newYear reports whether a birth is on 1 January, which is often a date that nobody knew.
func (p *Person) newYear() bool { return p.month() == 1 && p.day() == 1 }

func contradict[T uint32 | uint64](a, b T) bool { return a != 0 && b != 0 && a != b }

func both[T uint32 | uint64](a, b T) bool { return a != 0 && a == b }

// OtherMother reports whether the mothers are two women although they may have one name: OpenCRVS compares number and
// year of birth besides it.
func OtherMother(a, b *Person) bool {
	years := int(a.MotherYear) - int(b.MotherYear)
	return contradict(a.MotherNumber, b.MotherNumber) && !oneDigit(a.MotherNumber, b.MotherNumber) || a.MotherYear != 0 && b.MotherYear != 0 && (years > 1 || years < -1)
}

// sameMother reports whether the two have one mother: one name, nothing against it, and something besides the name for
// it, since many women of a commune have one name.
func sameMother(a, b *Person) bool {
	if !both(a.Mother, b.Mother) || OtherMother(a, b) {
		return false
	}
	if both(a.MotherNumber, b.MotherNumber) {
		return true
	}
	if contradict(a.Father, b.Father) {
		return false
	}
	return both(a.Father, b.Father) || both(a.Village, b.Village) || !contradict(a.Village, b.Village) && a.MotherYear != 0 && a.MotherYear == b.MotherYear
}

// bareMother reports whether the two have mothers of one name, and the list says nothing else of any of their parents or their hamlets.
func bareMother(a, b *Person) bool {
	return both(a.Mother, b.Mother) && a.Father|b.Father|a.Village|b.Village == 0 && a.MotherNumber|b.MotherNumber == 0 && a.MotherYear|b.MotherYear == 0
}

// oneDigit reports whether two numbers differ in one digit only, as a slip of typing makes them.
func oneDigit(a, b uint64) bool {
	apart := max(a, b) - min(a, b)
	for apart >= 10 && apart%10 == 0 {
		apart /= 10
	}
	if apart >= 10 { // nearly always
		return false
	}
	differ := 0
	for a != 0 || b != 0 {
		if a%10 != b%10 {
			differ++
		}
		a, b = a/10, b/10
	}
	return differ == 1
}
