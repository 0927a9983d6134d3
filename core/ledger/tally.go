package ledger

import "errors"

// State is how many people of a list stand where at one moment. People = Clean + Open + Waiting + Left.
type State struct {
	People   int
	Clean    int // nothing is open
	Open     int // something has to be answered
	Waiting  int // nothing but the number, which the police will give
	Left     int // moved, died, over age …: see Tally
	Numbered int // has a number, and nothing is wrong with it

	// People with something open, by group of findings (check.Groups); one may stand in several.
	NoID, BadID, BasicInfo, Double, Scope int
}

// Tally is where the people of one hamlet, of a list, or of all lists of a unit stand: as the lists came, and now.
type Tally struct {
	Hamlet string // as the list writes it; "" where it names none. Empty in sums
	First  State  // when the list came; a later state of a list keeps what its first one came with
	Now    State

	Fresh int // not in the software: without its code on a list that has codes
	// Of Now.Left:
	Moved, Died, OverAge, NotFound, Abroad, Doubled int
}

// Figures is how many numbers a Tally has.
const Figures = 29

// figures names the numbers of a tally in the order in which they are kept. New ones come last.
func (t *Tally) figures() [Figures]*int {
	f, n := &t.First, &t.Now
	return [Figures]*int{
		&f.People, &f.Clean, &f.Open, &f.Waiting, &f.Left, &f.Numbered, &f.NoID, &f.BadID, &f.BasicInfo, &f.Double, &f.Scope,
		&n.People, &n.Clean, &n.Open, &n.Waiting, &n.Left, &n.Numbered, &n.NoID, &n.BadID, &n.BasicInfo, &n.Double, &n.Scope,
		&t.Fresh, &t.Moved, &t.Died, &t.OverAge, &t.NotFound, &t.Abroad, &t.Doubled,
	}
}

// Add adds another's numbers times sign; the hamlet stays.
func (t *Tally) Add(other Tally, sign int) {
	theirs := other.figures()
	for i, n := range t.figures() {
		*n += sign * *theirs[i]
	}
}

// Numbers gives the numbers in their order.
func (t Tally) Numbers() []int {
	out := make([]int, 0, Figures)
	for _, n := range t.figures() {
		out = append(out, *n)
	}
	return out
}

// ReadTally undoes Numbers. Fewer numbers are those of an earlier version, the rest 0; more are an error.
func ReadTally(hamlet string, numbers []int) (Tally, error) {
	t := Tally{Hamlet: hamlet}
	if len(numbers) > Figures {
		return t, errors.New("ledger: a tally of a later version")
	}
	to := t.figures()
	for i, n := range numbers {
		*to[i] = n
	}
	return t, nil
}

// Sum adds tallies up; the sum has no hamlet.
func Sum(all []Tally) Tally {
	var sum Tally
	for _, t := range all {
		sum.Add(t, 1)
	}
	return sum
}

// IsZero tells whether all numbers are 0.
func (t Tally) IsZero() bool {
	t.Hamlet = ""
	return t == Tally{}
}

// UnitTally is where all lists of one kind of a unit stand.
type UnitTally struct {
	Unit  string
	Kind  string
	Lists int
	Tally
}

// ListTally is where a list of a unit stands, hamlet by hamlet, in the order of their names.
type ListTally struct {
	List    string
	Kind    string
	Hamlets []Tally
}

// Miscount is a kept count that was found wrong, and put right.
type Miscount struct {
	What string // "unit 03868 child", "list LIST"
	Kept Tally
	True Tally
}
