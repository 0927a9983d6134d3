package review

import (
	"maps"
	"slices"
	"strings"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/roster"
)

// clone copies decisions deeply: what an event holds must not change when the list does.
func clone(d roster.Decisions) roster.Decisions {
	d.Fixed = maps.Clone(d.Fixed)
	d.Waived = maps.Clone(d.Waived)
	d.NotSame = slices.Clone(d.NotSame)
	return d
}

// decided gives a copy of what was decided about the person, to be changed.
func (v *view) decided(record int) roster.Decisions {
	return clone(v.Roster.Records[record].Decided())
}

// setValue lets a canonical value hold for a field. What was confirmed of the old value no longer counts.
func setValue(d *roster.Decisions, f roster.Field, value string) {
	if d.Fixed == nil {
		d.Fixed = map[roster.Field]roster.Fix{}
	}
	d.Fixed[f] = roster.Fix{Value: value, By: roster.ByOfficer}
	if f == roster.PersonalID && value != "" {
		d.Police = false
	}
	for key := range d.Waived {
		if concerns(key, f) {
			delete(d.Waived, key)
		}
	}
}

// concerns tells whether a confirmation was about the field's value.
func concerns(waived string, f roster.Field) bool {
	code, _, _ := strings.Cut(waived, "@")
	area, _, _ := strings.Cut(code, ".")
	switch {
	case code == codeSexMismatch:
		return f == roster.Sex || f == roster.PersonalID
	case code == codeBirthMismatch:
		return f == roster.BirthDate || f == roster.PersonalID
	case area == "family":
		return f == roster.FatherName || f == roster.MotherName || f == roster.GuardianName || f == roster.BirthDate
	}
	return area == f.String()
}

// accept takes what the finding proposes.
func accept(_ *view, d *roster.Decisions, f check.Finding) {
	*d = f.Accept(*d, roster.ByOfficer)
	if f.Suggestion != "" {
		setValue(d, f.Field, f.Suggestion)
	}
	for _, change := range f.Also {
		setValue(d, change.Field, change.Value)
	}
}

func waive(d *roster.Decisions, key, reason string) {
	if d.Waived == nil {
		d.Waived = map[string]string{}
	}
	d.Waived[key] = reason
}

func setStatus(d *roster.Decisions, status roster.Status, same string) {
	d.Status, d.SameAs = status, same
}

// correction gathers what one answer does, to any number of people.
type correction struct {
	v       *view
	changes []Change
}

// edit changes one person's decisions within the correction.
func (c *correction) edit(record int, how func(*roster.Decisions)) {
	for i := range c.changes {
		if c.changes[i].Record == record {
			how(&c.changes[i].After)
			return
		}
	}
	change := Change{Record: record, Before: c.v.decided(record), After: c.v.decided(record)}
	how(&change.After)
	c.changes = append(c.changes, change)
}

// commit puts a correction on the desk and goes on; one that changes nothing is none.
func (t *turn) commit(q inquiry, label fault.Text, changes []Change) {
	changes = slices.DeleteFunc(changes, func(c Change) bool { return equal(c.Before, c.After) })
	if len(changes) == 0 {
		t.say("review.unchanged")
		t.onward(&t.s)
		return
	}
	before := t.questions(q.f.Record)
	t.correct(label, q.f.Code, changes)
	t.say("review.done", "What", label)
	t.answered(&t.s, before)
}

// correct records the event and looks at the list anew.
func (t *turn) correct(label fault.Text, code string, changes []Change) {
	Apply(t.Desk, changes)
	t.events = append(t.events, Corrected{Label: label, Code: code, Changes: changes})
	t.Undo = &label
	t.view = look(t.Desk)
}

func equal(a, b roster.Decisions) bool {
	return maps.Equal(a.Fixed, b.Fixed) && maps.Equal(a.Waived, b.Waived) && slices.Equal(a.NotSame, b.NotSame) &&
		a.Police == b.Police && a.Status == b.Status && a.SameAs == b.SameAs && a.Earlier == b.Earlier
}
