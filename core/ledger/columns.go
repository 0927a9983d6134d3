package ledger

import "lamsach/core/roster"

// ColumnAnswers is what a unit's officers said about the columns of one layout (roster.Roster.Signature). It holds for every
// list that comes in that layout.
type ColumnAnswers struct {
	Fields  map[roster.Field]int `json:"fields,omitempty"`  // which column (A is 0) holds a field
	Ignored []int                `json:"ignored,omitempty"` // columns that hold nothing a list needs
}
