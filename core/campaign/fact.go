package campaign

import (
	"slices"

	"lamsach/core/civil"
	"lamsach/core/officer"
)

// Fact is something that has happened to a unit's list in this campaign.
type Fact struct {
	Event Event      `json:"event"`
	List  string     `json:"list"`        // kind of list; empty for what concerns all
	Unit  string     `json:"unit"`        // whose list it is
	To    Party      `json:"to,omitzero"` // to whom it went, where that matters
	On    civil.Date `json:"on"`          //
	Count int        `json:"count"`       // people

	Numbered   int            `json:"numbered,omitempty"`   // of Returned: how many of them got a number
	Unverified map[string]int `json:"unverified,omitempty"` // of Returned: how many were not verified, by reason; see Reasons
}

// The reasons why the police could not verify somebody.
const (
	ReasonUnknown   = "not_found" // the population data do not know such a person
	ReasonDiffers   = "differs"   // name or birth date differ there
	ReasonPapers    = "papers"    // papers are missing or say too little
	ReasonElsewhere = "elsewhere" // registered in another commune
	ReasonUnstated  = "unstated"  // no reason was given
)

// Reasons lists the reasons, in the order in which they are told.
func Reasons() []string {
	return []string{ReasonUnknown, ReasonDiffers, ReasonPapers, ReasonElsewhere, ReasonUnstated}
}

// Work is what a unit's list still asks for, from the kept counts.
type Work struct {
	Unit    string
	List    string
	Open    int // questions that are not answered
	Groups  int // groups of them that one answer would settle
	Settles int // questions in those groups
}

// Facts are the present state that reminders are composed from: what happened in one campaign, and what is open now.
type Facts struct {
	Done []Fact
	Work []Work
}

// Duty is a step that one unit owes, for the units whose facts it is about.
type Duty struct {
	List   string
	Step   Step
	Unit   string   // who owes it
	Covers []string // whose facts fulfil it; Unit itself, or units below it
}

// Duties lists what a campaign asks of whom, stream by stream and step by step, in the order of the campaign's units. Steps whose
// owner does not exist in the tree are left out; Validate names them.
func Duties(c Campaign, tree *officer.Tree) []Duty {
	var duties []Duty
	for _, stream := range c.All() {
		for _, step := range stream.Steps {
			first := len(duties)
			for _, covered := range covers(c, step, tree) {
				owner, ok := tree.At(covered, step.Owes.Level)
				if !ok {
					continue
				}
				at := slices.IndexFunc(duties[first:], func(d Duty) bool { return d.Unit == owner.Code })
				if at < 0 {
					duties = append(duties, Duty{List: stream.Kind, Step: step, Unit: owner.Code, Covers: []string{covered}})
					continue
				}
				duties[first+at].Covers = append(duties[first+at].Covers, covered)
			}
		}
	}
	return duties
}

// covers lists the units whose facts a step is about, each once.
func covers(c Campaign, step Step, tree *officer.Tree) []string {
	if step.Of == officer.LevelNone {
		return c.Units
	}
	var codes []string
	for _, code := range c.Units {
		if u, ok := tree.At(code, step.Of); ok && !slices.Contains(codes, u.Code) {
			codes = append(codes, u.Code)
		}
	}
	return codes
}

// Missing lists the covered units whose facts are not all there.
func (f Facts) Missing(d Duty) []string { return f.index().missing(d) }

// Fulfilled reports whether nothing is missing.
func (f Facts) Fulfilled(d Duty) bool { return len(f.Missing(d)) == 0 }

// Pace is how fast a review has to go to be in time.
type Pace struct {
	Open    int // questions
	Days    int // working days left, today among them; 0: the deadline has passed, or only rest lies before it
	PerDay  int // questions a working day; all of them when no day is left
	Groups  int // groups that one answer settles
	Settles int // questions in them
}

// Pace reckons what a duty's lists still ask for, over the units that are not finished. False when nothing is open, or the step
// is not one of answering questions.
func (f Facts) Pace(d Duty, calendar civil.Calendar, today civil.Date) (Pace, bool) {
	index := f.index()
	return index.pace(d, index.missing(d), calendar, today)
}
