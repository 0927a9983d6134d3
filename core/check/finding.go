// Package check holds the rules: what is wrong with a list, as findings with a code each (findings.md).
package check

import (
	"lamsach/core/fault"
	"lamsach/core/roster"
)

// Severity says what a finding asks of the officer.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // must be resolved, or confirmed with a reason
	Warning Severity = "warning" // is confirmed or ignored
	Info    Severity = "info"    // done, or only shown
)

// Group is the heading under which the ministry's process counts a finding.
type Group string

// The groups, in the order in which they are told.
const (
	NoID      Group = "no_id"
	BadID     Group = "bad_id"
	BasicInfo Group = "basic_info"
	Double    Group = "duplicate"
	Scope     Group = "scope"
	File      Group = "file"
)

// Fix says what may be done with a finding's suggestion.
type Fix string

// The kinds of fix.
const (
	NoFix   Fix = ""
	Auto    Fix = "auto"    // applied and shown; the officer can take it back
	Checked Fix = "checked" // its cross-check held: safe to apply to a whole group on one button
	Offer   Fix = "offer"   // a proposal to one person's question
)

// Finding is one thing that is wrong, or worth a look, at one place.
type Finding struct {
	Code       string       // "personal_id.missing"
	Severity   Severity     //
	Group      Group        //
	Fix        Fix          //
	Record     int          // index into Roster.Records; -1 for a finding about the file or a column
	Field      roster.Field // the field it is about; NoField for the whole record ("record", "family")
	Value      string       // what the list says now
	Suggestion string       // canonical value after the fix; empty when there is none
	Confidence float64      // of the suggestion, 0 … 1
	Related    []int        // other records it is about, ascending
	Args       fault.Args   // what its sentence needs beyond Value and Suggestion, e.g. the sex that the number says
	Sheet      int          // for Record -1: index into Roster.Sheets
	Column     int          // for Record -1: column index, or -1
}
