// Package check holds the rules: what is wrong with a list, as findings with a code each (findings.md).
package check

import (
	"maps"

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

// Groups lists the groups in the order in which they are told.
func Groups() []Group { return []Group{NoID, BadID, BasicInfo, Double, Scope, File} }

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

	// Echo: the same cause is already told by another finding, of this person or of a Related one. It is shown and it
	// counts against the person, but it is no question of its own.
	Echo bool
	// Also is what accepting the fix sets besides Field: the note that was cut off a name, the parent's number.
	Also []Change
	// Status is the status that accepting the fix gives the person, for findings of the scope.
	Status roster.Status
}

// Change sets a field to a canonical value; the empty value clears it.
type Change struct {
	Field roster.Field
	Value string
}

// Accept gives the decisions that hold once the finding's fix is taken, by whom; d stays as it is. Without a
// suggestion the field is cleared, unless the fix is a status or stands in Also.
func (f Finding) Accept(d roster.Decisions, by string) roster.Decisions {
	fixed := make(map[roster.Field]roster.Fix, len(d.Fixed)+1+len(f.Also))
	maps.Copy(fixed, d.Fixed)
	switch {
	case f.Status != roster.InScope:
		d.Status = f.Status
	case f.Field != roster.NoField && (f.Suggestion != "" || len(f.Also) == 0):
		fixed[f.Field] = roster.Fix{Value: f.Suggestion, By: by}
	}
	for _, change := range f.Also {
		fixed[change.Field] = roster.Fix{Value: change.Value, By: by}
	}
	if len(fixed) > 0 {
		d.Fixed = fixed
	}
	return d
}
