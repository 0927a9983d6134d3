// Package ledger names what is kept of a list: its card, its people, what was corrected and what is still open.
// Its types are plain values between the handlers and the store; what is personal in them the store seals.
package ledger

import (
	"time"

	"lamsach/core/roster"
)

// Upload is a file that an officer sent, before it is a list.
type Upload struct {
	ID       string
	Platform string // of the chat it came from
	Chat     string
	Officer  string // officer id
	Unit     string // unit code
	Source   string // what the platform needs to read the file; empty once File is set
	Name     string // the file's name as sent (personal: sealed)
	Size     int64
	File     string // id of the stored file
	Received time.Time
}

// List is the card of one list of a unit.
type List struct {
	ID       string
	Unit     string // unit code
	Officer  string // who sent it
	Kind     string // "child", "beneficiary"
	Name     string // the file's name (sealed)
	File     string // id of the stored file
	FileHash []byte // keyed hash of its bytes: the same file again
	Info     []byte // roster.EncodeInfo (sealed)
	People   int
	Revision int // counts the changes; a correction names the revision it was made on
	Links    int // of those, what changed on other units' lists: the people are as they were
	Received time.Time
	Counts   []Count // open findings
	Tallies  []Tally // by hamlet, with First empty; none: not counted
	// Replaces is the list that this one is a later state of, at ReplacesRevision; empty: none. When this list is kept,
	// that one is shown no more.
	Replaces         string
	ReplacesRevision int
}

// Person is one person of a list as kept. Cells never changes; Decided does, and counts Version up.
type Person struct {
	Sheet     int
	Row       int
	Group     string // hamlet of the group row (sealed with Cells)
	Cells     []byte // roster.EncodeCells (sealed)
	Decided   []byte // roster.Decisions as JSON (sealed); empty: nothing decided
	Version   int
	NumberKey string // what the keyed hash of the number is made of; empty: no number
	NameKey   string // folded name and birth date, likewise
	MotherKey string // folded name, birth date and mother, likewise
}

// ID is what the person is called in decisions and corrections: see roster.PersonID.
func (p *Person) ID() string { return roster.PersonID(p.Sheet, p.Row) }

// Count is how many findings of a code are open in a list.
type Count struct {
	Code     string
	Severity string
	Group    string
	Open     int
}

// Correction is one thing that an officer did to one or more people of a list, as one step that can be undone.
type Correction struct {
	ID           string
	List         string
	BaseRevision int    // the list's revision it was made on
	Officer      string // officer id
	Label        []byte // fault.Text as JSON, free of personal data: what undoing it would take back
	Changes      []Change
	Counts       []Count // open findings after it
	Tallies      []Tally // the list after it by hamlet, with First empty; none: as they were
	Revision     int     // the list's present one, when the correction is read: undoing it is a Conflict when the list has moved on since
	Made         time.Time
}

// Change is what a correction did to one person.
type Change struct {
	Person    string
	Version   int    // the person's version it was made on
	Before    []byte // roster.Decisions as JSON (sealed)
	After     []byte
	NumberKey string // as Person's, after the change
	NameKey   string
	MotherKey string
}
