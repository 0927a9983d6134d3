package review

import (
	"slices"

	"lamsach/core/roster"
)

const (
	version = 1
	longest = 10 // positions that Quay lại can go back through
)

// The screens.
const (
	onSummary  = "summary"
	onFixed    = "fixed"     // what was corrected without asking, by code
	onFixedOne = "fixed_one" // one code of it, page by page
	onGroup    = "group"     // the card of a group
	onAll      = "all"       // everybody of the group, page by page
	onPick     = "pick"      // everybody of the group, with a tick each
	onDid      = "did"       // what a group's correction did
	onAsk      = "ask"       // one person's question
	onEnd      = "end"       // what is left
	onLeft     = "left"      // the talk was left
)

// The steps within a question.
const (
	stepNone    = ""
	stepConfirm = "confirm" // is Pending right?
	stepWhich   = "which"   // whose name is Pending: mother's, father's, guardian's?
	stepYear    = "year"
	stepMonth   = "month"
	stepDay     = "day"
	stepStatus  = "status" // which status?
)

// State is where the officer is in the talk. It is plain JSON and holds ids, codes and counts only; the one
// exception is Pending, which is why the session store seals what it keeps.
type State struct {
	Version int `json:"v"`
	Position
	Groups  int        `json:"gn,omitempty"` // group cards behind in this walk
	Later   []string   `json:"gl,omitempty"` // tags of the groups put off
	Back    []Position `json:"b,omitempty"`  // where Quay lại goes, oldest first
	Tries   int        `json:"t,omitempty"`  // inputs in a row that were not understood
	Step    string     `json:"st,omitempty"`
	Chosen  []byte     `json:"ch,omitempty"`   // bit i: the i-th person of the group is chosen
	Seen    string     `json:"seen,omitempty"` // tag of the people that the group's card was drawn with
	Pending *Pending   `json:"pending,omitempty"`
}

// Position is one place of the talk.
type Position struct {
	Screen   string       `json:"s"`
	Record   string       `json:"r,omitempty"` // the person's ID
	Code     string       `json:"c,omitempty"`
	Field    roster.Field `json:"f,omitempty"`
	Group    string       `json:"g,omitempty"` // the group's tag
	Page     int          `json:"p,omitempty"`
	People   int          `json:"n,omitempty"` // people behind in this walk
	Answered bool         `json:"a,omitempty"` // a correction was made here
}

// Pending is an answer that waits for a yes. Its values are canonical texts of the fields.
type Pending struct {
	Values map[roster.Field]string `json:"values,omitempty"`
	Status roster.Status           `json:"status,omitempty"`
}

// bare is the place without what happened there.
func (p Position) bare() Position {
	p.Answered = false
	return p
}

func (s State) clone() State {
	s.Later = slices.Clone(s.Later)
	s.Back = slices.Clone(s.Back)
	s.Chosen = slices.Clone(s.Chosen)
	return s
}

// goTo moves to a place and remembers the present one for Quay lại.
func (s *State) goTo(to Position) {
	if s.Position != to {
		s.Back = append(s.Back, s.Position)
		if len(s.Back) > longest {
			s.Back = slices.Delete(s.Back, 0, len(s.Back)-longest)
		}
	}
	s.land(to)
}

// land moves to a place and forgets what belonged to the last one.
func (s *State) land(to Position) {
	to = to.bare()
	if to.Group != s.Group || to.Group == "" {
		s.Chosen, s.Seen = nil, ""
	}
	s.Position = to
	s.Tries, s.Step, s.Pending = 0, stepNone, nil
}

// back goes to the place before; false when there is none.
func (s *State) back() bool {
	if len(s.Back) == 0 {
		return false
	}
	last := s.Back[len(s.Back)-1]
	s.Back = s.Back[:len(s.Back)-1]
	s.land(last)
	return true
}
