package report

import (
	"slices"
	"strings"

	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/difficulty"
	"lamsach/core/ledger"
	"lamsach/core/officer"
)

// Way is how many people went the way to the police and back, as it was recorded.
type Way struct {
	Sent, Returned, Numbered, Updated int
	Unverified                        [reasons]int // by campaign.Reasons
}

// reasons is how many campaign.Reasons there are.
const reasons = 5

// Refused is how many came back without having been verified.
func (w Way) Refused() int {
	n := 0
	for _, u := range w.Unverified {
		n += u
	}
	return n
}

func (w *Way) add(o Way) {
	w.Sent += o.Sent
	w.Returned += o.Returned
	w.Numbered += o.Numbered
	w.Updated += o.Updated
	for i := range w.Unverified {
		w.Unverified[i] += o.Unverified[i]
	}
}

// Standing is where a unit or a hamlet stands in one kind of list, or in all.
type Standing struct {
	Code   string // of the unit; of a hamlet that the tree knows; else empty
	Name   string // with its kind; of a hamlet as lists write it, "" where they name none
	Lists  int
	Counts ledger.Tally
	Way    Way // of a hamlet nothing is recorded
	Raised int // difficulties of the unit's officers, about any kind of list
	Stuck  int // of them without an answer
}

// add adds what another stands for; code and name stay.
func (s *Standing) add(o Standing) {
	s.Lists += o.Lists
	s.Counts.Add(o.Counts, 1)
	s.Way.add(o.Way)
	s.Raised += o.Raised
	s.Stuck += o.Stuck
}

// ToDo is how many people still need an answer, or a number.
func (s Standing) ToDo() int { return s.Counts.Now.Open + s.Counts.Now.Waiting }

// Progress is where a unit stands, and what is right below it. The sum of Rows is Sum, number by number, but for what is recorded of a
// commune as a whole when the rows are its hamlets.
type Progress struct {
	Unit string
	Kind string // of list; empty: all
	Sum  Standing
	Rows []Standing // units below, also those without a list; of a commune its hamlets
	None int        // rows without a list

	Hamlets bool // the rows are hamlets
}

// Sources is what a Progress is made of. Units and Lists are kept counts, Facts what was recorded in one campaign.
type Sources struct {
	Units        []ledger.UnitTally
	Lists        []ledger.ListTally // of the commune that is asked about, hamlet by hamlet
	Facts        []campaign.Fact
	Difficulties []difficulty.Count
}

// Stand gathers where a unit stands on a day. A unit that is no commune is told by the units right below it.
func Stand(tree *officer.Tree, unit, kind string, at civil.Date, from Sources) Progress {
	p := Progress{Unit: unit, Kind: kind}
	u, _ := tree.Unit(unit)
	p.Sum.Code, p.Sum.Name = unit, u.Title()
	if u.Level >= officer.LevelCommune {
		p.commune(tree, u, at, from)
		return p
	}
	rows := map[string]*Standing{}
	for _, child := range tree.Children(unit, at) {
		p.Rows = append(p.Rows, Standing{Code: child.Code, Name: child.Title()})
	}
	p.Rows = slices.Grow(p.Rows, len(from.Units)+len(from.Facts)+1) // rows are pointed at
	for i := range p.Rows {
		rows[p.Rows[i].Code] = &p.Rows[i]
	}
	row := func(code string) *Standing {
		branch, ok := tree.Branch(unit, code)
		if !ok {
			return nil
		}
		if rows[branch.Code] == nil { // of the unit itself, or of one that has ended since
			p.Rows = append(p.Rows, Standing{Code: branch.Code, Name: branch.Title()})
			rows[branch.Code] = &p.Rows[len(p.Rows)-1]
		}
		return rows[branch.Code]
	}
	for i := range from.Units {
		if t := &from.Units[i]; kind == "" || t.Kind == kind {
			if s := row(t.Unit); s != nil {
				s.Lists += t.Lists
				s.Counts.Add(t.Tally, 1)
			}
		}
	}
	for code, way := range ways(from.Facts, kind) {
		if s := row(code); s != nil {
			s.Way.add(way)
		}
	}
	for _, d := range from.Difficulties {
		if s := row(d.Unit); s != nil {
			s.Raised, s.Stuck = s.Raised+d.Raised, s.Stuck+d.Open
		}
	}
	for _, s := range p.Rows {
		p.Sum.add(s)
		if s.Lists == 0 {
			p.None++
		}
	}
	return p
}

// commune tells a commune by its hamlets, and a hamlet by itself.
func (p *Progress) commune(tree *officer.Tree, u officer.Unit, at civil.Date, from Sources) {
	p.Hamlets = true
	commune, _ := tree.At(u.Code, officer.LevelCommune)
	known := tree.Children(commune.Code, at)
	for _, list := range from.Lists {
		if p.Kind != "" && list.Kind != p.Kind {
			continue
		}
		p.Sum.Lists++
		for _, t := range list.Hamlets {
			p.hamlet(known, t)
		}
	}
	if u.Level > officer.LevelCommune { // a helper's
		p.Rows = slices.DeleteFunc(p.Rows, func(s Standing) bool { return s.Code != u.Code })
	} else {
		p.Sum.Way = ways(from.Facts, p.Kind)[u.Code]
		for _, d := range from.Difficulties {
			if d.Unit == u.Code {
				p.Sum.Raised, p.Sum.Stuck = p.Sum.Raised+d.Raised, p.Sum.Stuck+d.Open
			}
		}
	}
	for _, s := range p.Rows {
		p.Sum.Counts.Add(s.Counts, 1)
	}
	slices.SortFunc(p.Rows, func(a, b Standing) int { return strings.Compare(a.Name, b.Name) })
}

// hamlet adds a hamlet of a list to the row of that name.
func (p *Progress) hamlet(known []officer.Unit, t ledger.Tally) {
	i := slices.IndexFunc(p.Rows, func(s Standing) bool { return officer.SameName(s.Name, t.Hamlet) })
	if i < 0 {
		i = len(p.Rows)
		p.Rows = append(p.Rows, Standing{Name: t.Hamlet})
		for _, u := range known {
			if t.Hamlet != "" && officer.SameName(u.Name, t.Hamlet) {
				p.Rows[i].Code = u.Code
			}
		}
	}
	p.Rows[i].Counts.Add(t, 1)
}

// ways sums up by unit what was recorded. What goes to several receivers is recorded for each: the largest counts.
func ways(facts []campaign.Fact, kind string) map[string]Way {
	type to struct {
		unit, list string
		event      campaign.Event
		party      campaign.Party
	}
	sums := map[to]Way{}
	for _, f := range facts {
		if kind != "" && f.List != kind {
			continue
		}
		key := to{f.Unit, f.List, f.Event, f.To}
		w, counted := sums[key], true
		switch f.Event {
		case campaign.HandedOver:
			w.Sent += f.Count
		case campaign.Returned:
			w.Returned += f.Count
			w.Numbered += f.Numbered
			for i, reason := range campaign.Reasons() {
				w.Unverified[i] += f.Unverified[reason]
			}
		case campaign.Updated:
			w.Updated += f.Count
		default:
			counted = false
		}
		if counted {
			sums[key] = w
		}
	}
	type done struct {
		unit, list string
		event      campaign.Event
	}
	largest := map[done]Way{}
	for key, w := range sums {
		k := done{key.unit, key.list, key.event}
		if old, ok := largest[k]; !ok || w.total() > old.total() || w.total() == old.total() && w.Numbered > old.Numbered {
			largest[k] = w
		}
	}
	byUnit := map[string]Way{}
	for key, w := range largest {
		sum := byUnit[key.unit]
		sum.add(w)
		byUnit[key.unit] = sum
	}
	return byUnit
}

func (w Way) total() int { return w.Sent + w.Returned + w.Updated }
