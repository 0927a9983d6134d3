package review

import (
	"slices"

	"lamsach/core/fault"
	"lamsach/core/roster"
)

// ofPeople ends the keys of texts that speak of people of all ages where the key without it speaks of children.
const ofPeople = ".person"

// ofChildren tells whether the list is one of children, whom the texts then call so.
func (d *Desk) ofChildren() bool { return d.Roster.Kind == roster.KindChild || d.Roster.Kind == "" }

// childTexts are the keys that have a second text for lists of people of all ages.
var childTexts = []string{
	"review.field.record", "review.summary.headline", "review.summary.headline_unit", "review.summary.complete",
	"review.summary.review", "review.summary.waiting", "review.summary.left", "review.group.gone",
	"review.group.personal_id.same_as_parent", "review.group.personal_id.other_code", "review.group.sex.missing",
	"review.group.sex.malformed", "review.group.ethnicity.missing", "review.group.ethnicity.unknown",
	"review.group.ethnicity.ambiguous", "review.group.birth_date.pile_up", "review.group.other", "review.pick.how",
	"review.choice.pick", "review.choice.nocert", "review.ask.place", "review.ask.personal_id.old_number", "review.ask.newborn",
	"review.ask.full_name.missing", "review.ask.full_name.single_word", "review.ask.birth_date.missing",
	"review.ask.birth_date.malformed", "review.ask.birth_date.impossible", "review.ask.birth_date.future",
	"review.ask.birth_date.incomplete", "review.ask.birth_date.swapped", "review.ask.birth_date.pile_up", "review.ask.sex.missing",
	"review.ask.ethnicity.missing", "review.ask.record.duplicate", "review.ask.record.likely_duplicate",
	"review.ask.record.left_scope", "review.who.child", "review.likelier.shifted", "review.owners", "review.again.left",
	"review.status_step", "review.no.personal_id.same_as_parent", "review.no.taken", "review.no.row", "review.no.same_row",
	"review.no.row_left", "review.did.people", "review.did.group.personal_id.lost_zero", "review.did.group.personal_id.look_alike",
	"review.did.group.sex.missing", "review.did.group.ethnicity.missing", "review.did.group.birth_date.swapped",
	"review.did.group.ethnicity.unknown", "review.did.group.full_name.malformed", "review.did.group.full_name.encoding",
	"review.did.group.full_name.look_alike", "review.did.group.other", "review.did.group.take.sex",
	"review.did.group.take.ethnicity", "review.did.group.confirm", "review.did.group.note", "review.did.group.drop",
	"review.left.people", "review.end.skipped", "review.end.police", "review.help.words", "review.help.summary",
	"review.help.group", "review.help.all", "review.help.pick", "review.help.ask.birth_date", "review.help.ask.number",
	"review.help.ask.name", "review.help.ask.pair", "review.help.ask.status", "review.summary.scope",
}

// screen gives the screen as the kind of list wants it put.
func (d *Desk) screen(s Screen) Screen {
	if d.ofChildren() {
		return s
	}
	s.Notice, s.Body = ofAll(s.Notice), ofAll(s.Body)
	laid := make([][]Choice, len(s.Choices))
	for i, row := range s.Choices {
		laid[i] = slices.Clone(row)
		for k := range laid[i] {
			laid[i][k].Label = ofAge(laid[i][k].Label)
		}
	}
	s.Choices = laid
	if s.Alert != nil {
		alert := ofAge(*s.Alert)
		s.Alert = &alert
	}
	return s
}

// labelled gives events whose labels speak as the screen does.
func (d *Desk) labelled(events []Event) []Event {
	for i, e := range events {
		if c, ok := e.(Corrected); ok && !d.ofChildren() {
			c.Label = ofAge(c.Label)
			events[i] = c
		}
	}
	return events
}

func ofAll(lines []Line) []Line {
	out := slices.Clone(lines)
	for i := range out {
		out[i].Text = ofAge(out[i].Text)
	}
	return out
}

// ofAge gives a text, and those among its arguments, as they speak of people of all ages.
func ofAge(t fault.Text) fault.Text {
	if slices.Contains(childTexts, t.Key) {
		t.Key += ofPeople
	}
	args := make(fault.Args, len(t.Args))
	for name, value := range t.Args {
		switch value := value.(type) {
		case fault.Text:
			args[name] = ofAge(value)
		case []fault.Text:
			parts := slices.Clone(value)
			for i := range parts {
				parts[i] = ofAge(parts[i])
			}
			args[name] = parts
		default:
			args[name] = value
		}
	}
	if len(args) > 0 {
		t.Args = args
	}
	return t
}

// benefit tells what a person receives, where the list says it: his category unless nobody may see it, and how much.
func (v *view) benefit(record int) []fault.Text {
	var parts []fault.Text
	for _, f := range []roster.Field{roster.Category, roster.Coefficient, roster.Allowance} {
		if text := v.value(record, f); text != "" && !v.ofChildren() {
			parts = append(parts, fault.T("review.benefit."+f.String(), "Value", display(f, text)))
		}
	}
	return parts
}
