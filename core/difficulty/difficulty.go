// Package difficulty carries a difficulty (vướng mắc) from whoever meets it to whoever can answer: raised, passed on upwards, answered,
// raised again, closed. Each step is kept with who took it and when; nothing is lost on the way.
package difficulty

import (
	"fmt"
	"slices"
	"time"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// State is where a difficulty stands.
type State string

// The states.
const (
	Open     State = "open"     // somebody has to answer
	Answered State = "answered" // there is an answer; whoever raised it may say that it does not help
	Closed   State = "closed"   // settled, or withdrawn, by whoever raised it
)

// Step is what was done to a difficulty.
type Step string

// The steps.
const (
	Raised   Step = "raised"
	Passed   Step = "passed" // up to the next unit
	Replied  Step = "replied"
	Reopened Step = "reopened" // the answer did not help
	Settled  Step = "settled"
)

// Entry is one step with its words.
type Entry struct {
	Step    Step      `json:"step"`
	At      time.Time `json:"at"`
	Officer string    `json:"officer"` // id
	Unit    string    `json:"unit"`    // of the officer then
	Text    string    `json:"text,omitempty"`
}

// Difficulty is one difficulty with all that became of it.
type Difficulty struct {
	ID      string
	Number  int    // counts the unit's difficulties, from 1
	Unit    string // code of the unit that raised it
	Officer string // id of who raised it
	Holder  string // code of the unit that has to answer
	State   State
	List    string // id of the list that it is about; empty: none
	Row     int    // of that list, as the workbook shows it; 0: none
	Photo   string // id of the stored picture; empty: none
	Version int    // counts the changes
	Entries []Entry
}

// Most is how long a text may be, in letters.
const Most = 1000

// Name is the number under which both sides speak of it: "VM-03904-0007".
func (d Difficulty) Name() string { return fmt.Sprintf("VM-%s-%04d", d.Unit, d.Number) }

// Text is what was raised.
func (d Difficulty) Text() string {
	if len(d.Entries) == 0 {
		return ""
	}
	return d.Entries[0].Text
}

// Raise begins a difficulty of a unit. holder is the unit that has to answer.
func Raise(d Difficulty, holder, text string, who officer.Officer, now time.Time) Difficulty {
	d.Unit, d.Officer, d.Holder, d.State = who.UnitCode, who.ID, holder, Open
	return d.with(Raised, text, who, now)
}

// Reply answers an open difficulty, or adds to the answer. Its error is Closed, "difficulties.closed".
func (d Difficulty) Reply(text string, who officer.Officer, now time.Time) (Difficulty, error) {
	if d.State == Closed {
		return d, closed()
	}
	d = d.with(Replied, text, who, now)
	d.State = Answered
	return d, nil
}

// Pass hands it on to another unit. Its error is Closed, "difficulties.closed", when it is not open any more.
func (d Difficulty) Pass(to, text string, who officer.Officer, now time.Time) (Difficulty, error) {
	if d.State != Open {
		return d, closed()
	}
	d = d.with(Passed, text, who, now)
	d.Holder = to
	return d, nil
}

// Reopen says that the answer did not help. Its error is Closed, "difficulties.closed", when there is no answer to speak of.
func (d Difficulty) Reopen(text string, who officer.Officer, now time.Time) (Difficulty, error) {
	if d.State != Answered {
		return d, closed()
	}
	d = d.with(Reopened, text, who, now)
	d.State = Open
	return d, nil
}

// Settle closes it. Its error is Closed, "difficulties.closed", when it is closed already.
func (d Difficulty) Settle(who officer.Officer, now time.Time) (Difficulty, error) {
	if d.State == Closed {
		return d, closed()
	}
	d = d.with(Settled, "", who, now)
	d.State = Closed
	return d, nil
}

func closed() error { return fault.New(fault.Closed, "difficulties.closed") }

// with adds a step; the entries of the difficulty that it is made of stay as they are.
func (d Difficulty) with(step Step, text string, who officer.Officer, now time.Time) Difficulty {
	d.Entries = append(slices.Clone(d.Entries), Entry{Step: step, At: now, Officer: who.ID, Unit: who.UnitCode, Text: text})
	d.Version++
	return d
}

// Holders lists the units that may have to answer a unit's difficulty, the nearest first: its own, then those above it, each only
// while some role held on its level may answer.
func Holders(tree *officer.Tree, unit string, on civil.Date) []string {
	var holders []string
	path := tree.Path(unit)
	for _, u := range slices.Backward(path) {
		for _, role := range officer.Roles() {
			if officer.Held(role, u.Level) && tree.May(role, u.Code, officer.Answer, unit, on) == nil {
				holders = append(holders, u.Code)
				break
			}
		}
	}
	return holders
}

// Next gives the unit that answers after a holder (after "": the first): the nearest of the holders above it that is staffed, else the
// nearest above it that did not raise the difficulty itself; false when none is above.
func Next(holders []string, unit, after string, staffed func(code string) bool) (string, bool) {
	above := holders[slices.Index(holders, after)+1:]
	if at := slices.IndexFunc(above, staffed); at >= 0 {
		return above[at], true
	}
	if at := slices.IndexFunc(above, func(code string) bool { return code != unit }); at >= 0 {
		return above[at], true
	}
	return "", false
}

// Count is what a unit's difficulties add up to, for reports.
type Count struct {
	Unit   string
	Raised int // all
	Open   int
}
