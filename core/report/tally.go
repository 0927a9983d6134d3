package report

import (
	"slices"
	"strings"

	"lamsach/core/check"
	"lamsach/core/ledger"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// mostHamlets bounds how many hamlets a list is counted by. A column of house numbers is no column of hamlets: what is beyond
// the largest ones is counted as without one.
const mostHamlets = 300

// Tallier counts where the people of a list stand, hamlet by hamlet. What it reads of a person it remembers, so that counting
// again after a correction looks at the changed people and the findings only.
type Tallier struct {
	ro     *roster.Roster
	codes  bool           // the list has codes of the software
	names  []string       // of the hamlets, as first written
	byName map[string]int // by name in lower case
	people []counted
	open   []openMark

	latest   string // hamlet as it was written last
	latestAt int32  // and its place among names
}

// counted is what a person is counted by besides the findings.
type counted struct {
	hamlet          int32
	numbered, fresh bool
}

// openMark is what is open about a person.
type openMark uint8

const (
	openNoID openMark = 1 << iota
	openBadID
	openBasic
	openDouble
	openScope
	openNumber // the own number is missing or wrong
	openAsked  // something else than the number that the police will give
)

// NewTallier reads the people of a list once.
func NewTallier(ro *roster.Roster) *Tallier {
	t := &Tallier{ro: ro, codes: ro.Has(roster.SoftwareCode), byName: map[string]int{}}
	t.people, t.open = make([]counted, len(ro.Records)), make([]openMark, len(ro.Records))
	for rec := range ro.Records {
		t.read(rec)
	}
	return t
}

// Reread looks again at people whose decisions changed.
func (t *Tallier) Reread(recs ...int) {
	for _, rec := range recs {
		t.read(rec)
	}
}

func (t *Tallier) read(rec int) {
	var space [32]roster.Cell
	cells := t.ro.Cells(rec, space[:0])
	p := &t.people[rec]
	p.numbered = t.ro.ValueIn(rec, cells, roster.PersonalID).Kind != roster.Empty
	p.fresh = t.codes && strings.TrimSpace(t.ro.ValueIn(rec, cells, roster.SoftwareCode).Text) == ""
	p.hamlet = t.hamlet(t.ro.ValueIn(rec, cells, roster.Village).Text)
}

// hamlet gives the place of a hamlet among the names, however it is written.
func (t *Tallier) hamlet(written string) int32 {
	if written != t.latest || len(t.names) == 0 { // the neighbours mostly live in the same
		t.latest, t.latestAt = written, t.named(viet.Tidy(written))
	}
	return t.latestAt
}

func (t *Tallier) named(name string) int32 {
	key := viet.Lower(name)
	at, ok := t.byName[key]
	if !ok {
		at = len(t.names)
		t.byName[key] = at
		t.names = append(t.names, name)
	}
	return int32(at) //nolint:gosec // at most one a person
}

// Count gives the list's state by hamlet, in the order of their names, under the findings that the checker has now. First is
// left empty.
func (t *Tallier) Count(findings []check.Finding) []ledger.Tally {
	t.mark(findings)
	all := make([]ledger.Tally, len(t.names))
	for i, name := range t.names {
		all[i].Hamlet = name
	}
	for rec := range t.people {
		t.add(&all[t.people[rec].hamlet], rec)
	}
	return fewer(slices.DeleteFunc(all, ledger.Tally.IsZero))
}

// mark notes what is open about whom.
func (t *Tallier) mark(findings []check.Finding) {
	clear(t.open)
	for i := range findings {
		f := &findings[i]
		if f.Record < 0 || f.Severity == check.Info {
			continue
		}
		m := markOfGroup[f.Group]
		if f.Group == check.NoID || f.Group == check.BadID && f.Field == roster.PersonalID {
			m |= openNumber
		}
		if !(f.Group == check.NoID && t.ro.Records[f.Record].Decided().Police) {
			m |= openAsked
		}
		t.open[f.Record] |= m
	}
}

var markOfGroup = map[check.Group]openMark{
	check.NoID: openNoID, check.BadID: openBadID, check.BasicInfo: openBasic, check.Double: openDouble, check.Scope: openScope,
}

// add counts one person.
func (t *Tallier) add(to *ledger.Tally, rec int) {
	p, open := t.people[rec], t.open[rec]
	n := &to.Now
	n.People++
	if p.numbered && open&openNumber == 0 {
		n.Numbered++
	}
	if p.fresh {
		to.Fresh++
	}
	if left := leftAs(to, t.ro.Records[rec].Status()); left != nil {
		n.Left++
		*left++
		return
	}
	switch {
	case open == 0:
		n.Clean++
	case open&openAsked == 0:
		n.Waiting++
	default:
		n.Open++
	}
	for _, g := range []struct {
		mark  openMark
		count *int
	}{{openNoID, &n.NoID}, {openBadID, &n.BadID}, {openBasic, &n.BasicInfo}, {openDouble, &n.Double}, {openScope, &n.Scope}} {
		if open&g.mark != 0 {
			*g.count++
		}
	}
}

// leftAs is where somebody who left the list is counted; nil for who stays.
func leftAs(to *ledger.Tally, status roster.Status) *int {
	switch status {
	case roster.MovedOut:
		return &to.Moved
	case roster.Deceased:
		return &to.Died
	case roster.OverAge:
		return &to.OverAge
	case roster.NotFound:
		return &to.NotFound
	case roster.Abroad:
		return &to.Abroad
	case roster.Duplicate:
		return &to.Doubled
	}
	return nil
}

// fewer keeps the largest hamlets when there are too many, the rest as one without a name.
func fewer(all []ledger.Tally) []ledger.Tally {
	if len(all) > mostHamlets {
		slices.SortStableFunc(all, func(a, b ledger.Tally) int { return b.Now.People - a.Now.People })
		rest := ledger.Sum(all[mostHamlets:])
		all = all[:mostHamlets]
		if i := slices.IndexFunc(all, func(t ledger.Tally) bool { return t.Hamlet == "" }); i >= 0 {
			all[i].Add(rest, 1)
		} else {
			all = append(all, rest)
		}
	}
	slices.SortFunc(all, func(a, b ledger.Tally) int { return strings.Compare(a.Hamlet, b.Hamlet) })
	return all
}
