// Package review is the talk that goes through a list's findings (rà soát) as a pure function: what was said
// so far, what the officer says now and the list give the next screen and what was decided. It knows no
// chat, no store and no words: texts are keys of locales/ with arguments.
package review

import (
	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/roster"
)

// Desk is what lies on the table while one officer goes through one list. It remembers what is dear to find out, so it is
// to be kept from turn to turn, for as long as Roster and Checker are the same.
type Desk struct {
	Roster  *roster.Roster
	Checker *check.Checker
	Today   civil.Date
	Unit    string      // name of the unit, for the headline of the summary; may be empty
	Due     *fault.Text // by when the list has to be reviewed, for the summary; nil: no campaign asks for it
	Undo    *fault.Text // label of the newest correction, which Hoàn tác would take back; nil when there is none
	Samples int         // people shown on a group's card; 3 when 0
	NoFiles bool        // whoever asks gets no workbook: it is not offered

	looked  *view               // newest
	walk    []int               // per record: its place in the walk, which no answer changes
	nearest map[string][]string // ethnic groups that a text may mean
	usual   []string            // ethnic groups of the list, most frequent first
}

// Input is what the officer did: pressed a button (Choice is its ID), or typed (Text).
type Input struct {
	Text   string
	Choice string
}

// Event is something that the host must do after a turn, before it shows the screen.
type Event interface{ event() }

// Corrected says that people's decisions changed. The Desk's roster holds After already; the host records it.
// Label names what was done without any personal data, and its arguments are plain, so it can be stored as JSON.
type Corrected struct {
	Label   fault.Text
	Code    string // of the finding that was answered; empty when several were
	Changes []Change
}

// Change is what one correction did to one person.
type Change struct {
	Record        int // index into Roster.Records
	Before, After roster.Decisions
}

// Undo asks the host to take back the newest correction: it records that, calls Revert with the correction's changes,
// sets Desk.Undo to what is the newest then, and shows Undone.
type Undo struct{}

// Export asks for a workbook: the corrected one, or the one with every finding marked.
type Export struct{ Marked bool }

// Left says that the officer left the talk; the screen that comes with it says so.
type Left struct{}

func (Corrected) event() {}
func (Undo) event()      {}
func (Export) event()    {}
func (Left) event()      {}

// Open draws the summary of the list, where every review begins.
func Open(d *Desk) (State, Screen) {
	v := look(d)
	s := State{Version: version, Position: Position{Screen: onSummary}}
	return s, d.screen(v.draw(&s))
}

// Begin goes to the first open question: also after a session was lost.
func Begin(d *Desk) (State, Screen) {
	v := look(d)
	s := State{Version: version, Position: Position{Screen: onSummary}}
	v.start(&s)
	return s, d.screen(v.draw(&s))
}

// Show draws the state's screen again, on the list as it is now.
func Show(s State, d *Desk) Screen {
	v := look(d)
	if !v.knows(&s) {
		_, screen := Begin(d)
		return screen
	}
	return d.screen(v.draw(&s))
}

// Undone is Show after the host took back the correction that label names.
func Undone(s State, label fault.Text, d *Desk) Screen {
	screen := Show(s, d)
	screen.Notice = []Line{line(Plain, "review.undone", "What", label)}
	return screen
}

// Resume takes one input. A correction is on the desk already when Resume returns, its label is the Desk's Undo, and the
// screen shows the list after it. The returned events are in the order in which they happened; at most one is a Corrected.
// A state of another version, or about a person who is no longer in the list, begins anew at the first open question.
func Resume(s State, in Input, d *Desk) (State, Screen, []Event) {
	t := &turn{view: look(d), s: s.clone()}
	if !t.knows(&t.s) {
		t.s, _ = Begin(d)
		t.say("review.begun_anew")
	} else {
		t.take(in)
	}
	t.remember()
	screen := t.draw(&t.s)
	screen.Notice, screen.Alert = t.notice, t.alert
	return t.s, d.screen(screen), d.labelled(t.events)
}

// Apply puts every change's After on the desk and checks those people again.
func Apply(d *Desk, changes []Change) {
	records := make([]int, 0, len(changes))
	for _, c := range changes {
		d.Roster.Records[c.Record].Decide(clone(c.After))
		records = append(records, c.Record)
	}
	d.Checker.Recheck(records...)
}

// Revert puts every change's Before back on the desk and checks those people again.
func Revert(d *Desk, changes []Change) {
	back := make([]Change, len(changes))
	for i, c := range changes {
		back[len(changes)-1-i] = Change{Record: c.Record, Before: c.After, After: c.Before}
	}
	Apply(d, back)
}
