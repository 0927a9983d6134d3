// Package campaign carries a plan of cleaning (chiến dịch, kế hoạch) from its first day to its report: who owes which step by
// when, what fulfils it, and whom to remind of it on which day. It knows no clock: every moment is an argument.
package campaign

import (
	"slices"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// Party is a role on a level: the police of a commune, the supervisor of a district. Which unit it is follows from the place.
type Party struct {
	Role  officer.Role  `json:"role"`
	Level officer.Level `json:"level"`
}

// String is the form in which a party is named in configuration, "police@commune".
func (p Party) String() string { return string(p.Role) + "@" + p.Level.String() }

// Event is a kind of fact that fulfils a step. There is no bare tick: each is recorded with its date, count and remark.
type Event string

// The events.
const (
	ListReceived Event = "list_received" // the export came in and was read
	ReviewDone   Event = "review_done"   // no question is left open
	HandedOver   Event = "handed_over"   // đã giao công an
	Returned     Event = "returned"      // đã nhận lại
	Updated      Event = "updated"       // đã cập nhật phần mềm
	Reported     Event = "reported"      // đã báo cáo
)

// Events lists the events in the order in which a list meets them.
func Events() []Event {
	return []Event{ListReceived, ReviewDone, HandedOver, Returned, Updated, Reported}
}

// Step is one thing that somebody owes by a day.
type Step struct {
	ID           string        `json:"id"`                      // "review"; one word, unique in its stream
	Name         string        `json:"name,omitempty"`          // as the plan calls it; empty: the usual name of the ID
	Owes         Party         `json:"owes"`                    // for the step "update" this is the updater
	From         civil.Date    `json:"from,omitzero"`           // first day; zero: from the beginning
	To           civil.Date    `json:"to,omitzero"`             // last day, "đến ngày": inclusive
	Before       civil.Date    `json:"before,omitzero"`         // "xong trước ngày": exclusive; either To or Before is given
	After        []Event       `json:"after,omitempty"`         // what the unit's list has met before anybody is reminded of the step
	Facts        []Event       `json:"facts"`                   // all are needed, from every unit of the level Of
	Of           officer.Level `json:"of,omitempty"`            // whose facts count; none: the campaign's units
	Receivers    []Party       `json:"receivers,omitempty"`     // to whom the result goes
	EachReceives bool          `json:"each_receives,omitempty"` // the facts are needed to (Fact.To) every receiver
	Addressees   []string      `json:"addressees,omitempty"`    // who stands on the paper beside the receivers
	Escalates    []Party       `json:"escalates,omitempty"`     // who is told of lateness; none: the campaign's
}

// Deadline is the last day on which the step is in time: the day before an exclusive date. Zero when no date is set yet.
func (s Step) Deadline() civil.Date {
	if !s.To.IsZero() {
		return s.To
	}
	return s.Before.AddDays(-1)
}

// Stream is the steps that one kind of list goes through.
type Stream struct {
	Kind  string `json:"kind"` // "child", "beneficiary"; of the whole campaign: empty
	Steps []Step `json:"steps"`
}

// Updater tells who brings the software up to date in this stream; false when no step says so.
func (s Stream) Updater() (Party, bool) {
	for _, step := range s.Steps {
		if slices.Contains(step.Facts, Updated) {
			return step.Owes, true
		}
	}
	return Party{}, false
}

// Campaign is a plan in one revision. A changed plan is a new revision of the same ID; nothing of an old one is sent any more.
type Campaign struct {
	ID        string            `json:"id"`
	Revision  int               `json:"revision"` // from 1
	Name      string            `json:"name"`
	PaperNo   string            `json:"paper_no,omitempty"`  // "187/KH-UBND"
	Unit      string            `json:"unit"`                // code of the unit that issued it
	Units     []string          `json:"units"`               // codes of the communes that it covers
	Streams   []Stream          `json:"streams"`             //
	Common    []Step            `json:"common,omitempty"`    // steps about all kinds together: the report
	Escalates []Party           `json:"escalates,omitempty"` // the nearest one above whoever is late is told
	Digests   []Party           `json:"digests,omitempty"`   // who gets the regular digest
	Zone      string            `json:"zone"`                // of the dates, "Asia/Ho_Chi_Minh"
	Era       Era               `json:"era"`                 // which names the roles have
	Names     map[string]string `json:"names,omitempty"`     // names of this deployment by Party.String()
	Rules     Rules             `json:"rules,omitzero"`      //
	Until     civil.Date        `json:"until,omitzero"`      // last day of reminders; zero: 30 days after the last deadline
	Ended     civil.Date        `json:"ended,omitzero"`      // ended on this day, from which nothing is sent; zero: runs
}

// grace is how long reminders go on after the last deadline when the campaign does not say.
const grace = 30

// All gives the streams and, last and without a kind, the common steps.
func (c Campaign) All() []Stream {
	if len(c.Common) == 0 {
		return c.Streams
	}
	return append(slices.Clip(slices.Clone(c.Streams)), Stream{Steps: c.Common})
}

// Step finds a step by kind of list (empty: common) and ID.
func (c Campaign) Step(list, id string) (Step, bool) {
	for _, stream := range c.All() {
		for _, step := range stream.Steps {
			if stream.Kind == list && step.ID == id {
				return step, true
			}
		}
	}
	return Step{}, false
}

// Start is the first day of the first step; zero when no step has one.
func (c Campaign) Start() civil.Date {
	var first civil.Date
	for _, stream := range c.All() {
		for _, step := range stream.Steps {
			if !step.From.IsZero() && (first.IsZero() || step.From.Before(first)) {
				first = step.From
			}
		}
	}
	return first
}

// Last is the last day on which anything is sent.
func (c Campaign) Last() civil.Date {
	last := c.Until
	if last.IsZero() {
		for _, stream := range c.All() {
			for _, step := range stream.Steps {
				if deadline := step.Deadline(); deadline.After(last) {
					last = deadline
				}
			}
		}
		last = last.AddDays(grace)
	}
	if !c.Ended.IsZero() && !last.Before(c.Ended) {
		last = c.Ended.AddDays(-1)
	}
	return last
}

// Move gives the next revision, in which a step has other days: from (zero: as it was) and either to or before. Its errors are
// NotFound, "campaign.step_unknown", and Closed, "campaign.ended"; the days are for Validate to judge.
func (c Campaign) Move(list, id string, from, to, before civil.Date) (Campaign, error) {
	if !c.Ended.IsZero() {
		return Campaign{}, fault.New(fault.Closed, "campaign.ended")
	}
	if _, ok := c.Step(list, id); !ok {
		return Campaign{}, fault.New(fault.NotFound, "campaign.step_unknown", "ID", id)
	}
	next := c.clone()
	next.Revision++
	for i := range next.Streams {
		if next.Streams[i].Kind == list {
			moveStep(next.Streams[i].Steps, id, from, to, before)
		}
	}
	if list == "" {
		moveStep(next.Common, id, from, to, before)
	}
	return next, nil
}

func moveStep(steps []Step, id string, from, to, before civil.Date) {
	for i := range steps {
		if steps[i].ID != id {
			continue
		}
		if !from.IsZero() {
			steps[i].From = from
		}
		steps[i].To, steps[i].Before = to, before
	}
}

// End gives the next revision, which ends on a day: from then on nothing is sent. Its error is Closed, "campaign.ended".
func (c Campaign) End(on civil.Date) (Campaign, error) {
	if !c.Ended.IsZero() {
		return Campaign{}, fault.New(fault.Closed, "campaign.ended")
	}
	next := c.clone()
	next.Revision++
	next.Ended = on
	return next, nil
}

// WithUpdater gives the campaign, in the same revision, with somebody else bringing the software up to date for a kind of list.
func (c Campaign) WithUpdater(list string, updater Party) Campaign {
	next := c.clone()
	for i := range next.Streams {
		for j := range next.Streams[i].Steps {
			if step := &next.Streams[i].Steps[j]; next.Streams[i].Kind == list && slices.Contains(step.Facts, Updated) {
				step.Owes = updater
			}
		}
	}
	return next
}

// clone copies what a change would share.
func (c Campaign) clone() Campaign {
	c.Streams = slices.Clone(c.Streams)
	for i := range c.Streams {
		c.Streams[i].Steps = slices.Clone(c.Streams[i].Steps)
	}
	c.Common = slices.Clone(c.Common)
	c.Units = slices.Clone(c.Units)
	return c
}

// join makes an id of its parts, none of which has a bar.
func join(parts ...string) string { return strings.Join(parts, "|") }
