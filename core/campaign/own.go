package campaign

import (
	"fmt"
	"slices"

	"lamsach/core/fault"
	"lamsach/core/officer"
)

// Work of a step that somebody makes up himself.
const (
	WorkExport = "export" // the list comes from the software
	WorkReview = "review" // questions are answered, the list goes to the police
	WorkVerify = "verify" // the police compare, give numbers and return
	WorkUpdate = "update" // the software is brought up to date
	WorkReport = "report" // one report about all
)

// Works lists the work that a step can be, in the usual order.
func Works() []string { return []string{WorkExport, WorkReview, WorkVerify, WorkUpdate, WorkReport} }

// OwnStep is a step that somebody makes up himself.
type OwnStep struct {
	Work string
	Name string // empty: the usual one
	Owes Party
	To   []Party
}

// WorkName is what the work is usually called.
func WorkName(work string) fault.Text { return Step{ID: work}.Title() }

// Own makes a campaign's steps: those about lists once for each kind, reports once. issuer is the level that reports. What
// fulfils a step, and what it waits for, follows from its work and from the steps before it.
func Own(kinds []string, steps []OwnStep, issuer officer.Level) (streams []Stream, common []Step) {
	var of []Step
	count := map[string]int{}
	happened := map[Event]bool{}
	for _, own := range steps {
		step := Step{ID: own.Work, Name: own.Name, Owes: own.Owes, Receivers: slices.Clone(own.To)}
		if count[own.Work]++; count[own.Work] > 1 {
			step.ID = fmt.Sprint(own.Work, count[own.Work])
		}
		wait := func(e Event) {
			if happened[e] {
				step.After = []Event{e}
			}
		}
		switch own.Work {
		case WorkExport:
			step.Facts = []Event{ListReceived}
		case WorkReview:
			step.Facts = []Event{ReviewDone}
			if slices.ContainsFunc(own.To, func(p Party) bool { return p.Role == officer.RolePolice }) {
				step.Facts = append(step.Facts, HandedOver)
			}
			wait(ListReceived)
		case WorkVerify:
			step.Facts, step.EachReceives = []Event{Returned}, len(own.To) > 0
			wait(HandedOver)
		case WorkUpdate:
			step.Facts = []Event{Updated}
			wait(Returned)
		case WorkReport:
			step.Facts, step.Of = []Event{Reported}, issuer
			common = append(common, step)
			continue
		}
		for _, e := range step.Facts {
			happened[e] = true
		}
		of = append(of, step)
	}
	for _, kind := range kinds {
		streams = append(streams, Stream{Kind: kind, Steps: slices.Clone(of)})
	}
	return streams, common
}

// Flat is a step with the kind of list that it is about.
type Flat struct {
	List string
	Step Step
}

// Steps lists all steps, stream by stream, the common ones last.
func (c Campaign) Steps() []Flat {
	var all []Flat
	for _, stream := range c.All() {
		for _, step := range stream.Steps {
			all = append(all, Flat{stream.Kind, step})
		}
	}
	return all
}

// WithDays gives the campaign, in the same revision, with the days of the nth of Steps.
func (c Campaign) WithDays(n int, days Days) Campaign {
	next := c.clone()
	for _, stream := range next.All() {
		for i := range stream.Steps {
			if n == 0 {
				stream.Steps[i].From, stream.Steps[i].To, stream.Steps[i].Before = days.From, days.To, days.Before
			}
			n--
		}
	}
	return next
}
