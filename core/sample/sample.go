// Package sample makes lists of people who do not exist, with faults planted in known places and the truth beside them:
// for the demonstration, for training, and to measure what the rules find. The same options give the same list.
package sample

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/roster"
)

// Options say which list to make.
type Options struct {
	Layout    string     // one of Layouts; empty: the first
	Rows      int        // people, 1 … 1,000,000
	Seed      uint64     // another seed, other people
	Kind      string     // roster.KindChild, roster.KindBeneficiary; empty: child if the layout can be
	FaultRate float64    // share of rows with a planted fault, 0 … 0.6
	AsOf      civil.Date // the day on which the list is looked at; nobody is born later
	Only      []string   // finding codes to plant; empty: all that the layout can carry
	Column    string     // one of ColumnCodes: also spoil the whole column of birth dates; empty: do not
}

// Valid says what is wrong with the options, in words for a developer.
func (o Options) Valid() error {
	layout, ok := layoutNamed(o.Layout)
	if !ok {
		return fmt.Errorf("unknown layout %q: choose one of %s", o.Layout, strings.Join(Layouts(), ", "))
	}
	for _, code := range o.Only {
		if !slices.Contains(Codes(), code) {
			return fmt.Errorf("no fault %q can be planted: choose from %s", code, strings.Join(Codes(), ", "))
		}
	}
	switch {
	case o.Column != "" && columnFaults()[o.Column] == nil:
		return fmt.Errorf("no column can have %q: choose from %s", o.Column, strings.Join(ColumnCodes(), ", "))
	case o.Column != "" && !layout.trueDates():
		return fmt.Errorf("layout %q has no column of true dates for %s", layout.name, o.Column)
	case o.Rows < 1 || o.Rows > 1_000_000:
		return fmt.Errorf("%d rows: choose 1 to 1000000", o.Rows)
	case o.Kind != "" && o.Kind != roster.KindChild && o.Kind != roster.KindBeneficiary:
		return fmt.Errorf("unknown kind %q: choose %s or %s", o.Kind, roster.KindChild, roster.KindBeneficiary)
	case o.Kind != "" && !layout.fits(o.Kind):
		return fmt.Errorf("layout %q is none of lists of kind %q: choose one of %s", layout.name, o.Kind, strings.Join(LayoutsOf(o.Kind), ", "))
	case !(o.FaultRate >= 0 && o.FaultRate <= 0.6):
		return fmt.Errorf("fault rate %v: choose 0 to 0.6", o.FaultRate)
	case !o.AsOf.Valid() || o.AsOf.Year < 2016 || o.AsOf.Year > 2090:
		return fmt.Errorf("as-of date %s: choose a day from 2016 to 2090", o.AsOf)
	}
	return nil
}

// Layouts names the layouts that Make knows.
func Layouts() []string {
	var known []string
	for _, l := range layouts() {
		known = append(known, l.name)
	}
	return known
}

// LayoutsOf names the layouts in which lists of the kind are made.
func LayoutsOf(kind string) []string {
	var fit []string
	for _, l := range layouts() {
		if l.fits(kind) {
			fit = append(fit, l.name)
		}
	}
	return fit
}

// kindOf is the kind that is asked for, or the one that the layout is for.
func (o Options) kindOf(l layout) string {
	if o.Kind == "" && !l.fits(roster.KindChild) {
		return roster.KindBeneficiary
	}
	return cmp.Or(o.Kind, roster.KindChild)
}

// Codes names the findings that Make can plant, in order. Which of them a list gets depends on its layout: a list without
// parents' numbers cannot have them wrong.
func Codes() []string {
	var codes []string
	for _, f := range faults() {
		if !slices.Contains(codes, f.code) {
			codes = append(codes, f.code)
		}
	}
	slices.Sort(codes)
	return codes
}

// Make makes a list and its truth. Options that are not Valid are the caller's mistake: it panics.
func Make(o Options) (roster.Grid, Truth) {
	if err := o.Valid(); err != nil {
		panic("sample: " + err.Error())
	}
	layout, _ := layoutNamed(o.Layout)
	kind := o.kindOf(layout)
	if kind == roster.KindBeneficiary {
		layout = layout.forBeneficiaries()
	}
	r := rand.New(rand.NewPCG(o.Seed, 0x6c616d73616368))
	plan := planFaults(r, o, layout, kind)
	c := &commune{r: r, asOf: o.AsOf, names: names(), peoples: layout.peoples(), numbers: newNumberer(), taken: map[string]bool{}}
	if kind == roster.KindBeneficiary {
		c.assist(o.Rows - plan.extraRows())
	} else {
		c.settle(o.Rows - plan.extraRows())
	}
	m := &maker{commune: c, kind: kind, layout: layout, entries: enter(c)}
	m.plant(plan)
	if spoil := columnFaults()[o.Column]; spoil != nil {
		spoil(m)
	}
	m.stand()
	grid := layout.draw(m)
	return grid, m.truth()
}
