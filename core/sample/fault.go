package sample

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"lamsach/core/roster"
)

// fault is one way in which a row goes wrong.
type fault struct {
	code  string
	needs func(layout) bool // whether a list of the layout can have it; nil: any can
	kind  string            // the kind of list that can have it; empty: both
	rows  int               // rows that the fault adds to the list
	// plant changes what the list says of an entry, and describes it with m.mark. It reports false, and changes nothing, when the
	// entry does not lend itself to the fault.
	plant func(m *maker, e *entry) bool
}

// faults is the list of all that can be planted. A code may stand in it several times, for its several faces.
func faults() []fault {
	return slices.Concat(numberFaults(), parentNumberFaults(), nameFaults(), birthFaults(), plainFaults(), familyFaults(), aidFaults(), rowFaults())
}

// faultPlan is which faults a list gets, in order.
type faultPlan []fault

// planFaults takes the faults that the layout can carry in turn, in random order, until the rate is reached: so a list of some
// hundred rows has every one of them.
func planFaults(r *rand.Rand, o Options, l layout, kind string) faultPlan {
	can := slices.DeleteFunc(faults(), func(f fault) bool {
		return f.kind != "" && f.kind != kind || f.needs != nil && !f.needs(l) || slices.Contains(l.cannotHave, f.code) || len(o.Only) > 0 && !slices.Contains(o.Only, f.code)
	})
	n := int(math.Round(o.FaultRate * float64(o.Rows)))
	var plan faultPlan
	for len(can) > 0 && len(plan) < n {
		r.Shuffle(len(can), func(i, j int) { can[i], can[j] = can[j], can[i] })
		plan = append(plan, can[:min(len(can), n-len(plan))]...)
	}
	return plan.within((o.Rows - 1) / 2)
}

// within leaves out faults until they add at most so many rows: each added row needs a whole one to repeat.
func (p faultPlan) within(extra int) faultPlan {
	return slices.DeleteFunc(p, func(f fault) bool {
		if f.rows == 0 || extra >= f.rows {
			extra -= f.rows
			return false
		}
		return true
	})
}

// extraRows is the number of rows that the faults add.
func (p faultPlan) extraRows() int {
	n := 0
	for _, f := range p {
		n += f.rows
	}
	return n
}

// plant carries the plan out: first what needs several rows at once, while there are whole hamlets to choose from. A fault that
// fits no row any more is left out.
func (m *maker) plant(plan faultPlan) {
	slices.SortStableFunc(plan, func(a, b fault) int { return b.rows - a.rows })
	for _, f := range plan {
		at := m.r.IntN(len(m.entries))
		for try := range min(len(m.entries), 400) {
			e := m.entries[(at+try)%len(m.entries)]
			if !e.faulty && f.plant(m, e) {
				break
			}
		}
	}
}

// mark notes that an entry now has a fault. Codes are those that a checker may answer with, the best first; fix is the right
// suggestion, empty where none can be known.
func (m *maker) mark(e *entry, field, fix string, codes ...string) bool {
	p := planted{field: field, codes: codes}
	if fix != "" {
		p.fix = &fix
	}
	e.faulty = true
	e.faults = append(e.faults, p)
	return true
}

// put makes the list say something of an entry and marks it; the code is "field.fault".
func (m *maker) put(e *entry, field roster.Field, cell roster.Cell, what, fix string, more ...string) bool {
	e.says[field] = cell
	if cell.Kind == roster.Empty {
		delete(e.says, field)
	}
	return m.mark(e, field.String(), fix, append([]string{field.String() + "." + what}, more...)...)
}

// says makes a fault that only writes other text into one field: write gives the text, and what a checker should propose.
// It gives up on an entry when the text is the one that stood there.
func says(field roster.Field, what string, needs func(layout) bool, write func(m *maker, e *entry, now string) (cell roster.Cell, fix string)) fault {
	return fault{code: field.String() + "." + what, needs: needs, plant: func(m *maker, e *entry) bool {
		now := e.says[field]
		if now.Kind == roster.Empty {
			return false
		}
		cell, fix := write(m, e, now.Text)
		return cell != now && m.put(e, field, cell, what, fix)
	}}
}

// showsWhole is the need of a column that holds the field as it is.
func showsWhole(field roster.Field) func(layout) bool {
	return func(l layout) bool { return l.whole(field) }
}

// spread puts a separator between groups of a number.
func spread(number, by string) string {
	return strings.Join([]string{number[:3], number[3:6], number[6:9], number[9:]}, by)
}
