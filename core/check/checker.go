package check

import (
	"cmp"
	"iter"
	"slices"

	"lamsach/core/alike"
	"lamsach/core/civil"
	"lamsach/core/roster"
)

// Rule is one thing that is looked at. Row sees one person at a time; List sees all of them, and is for what only
// several rows, or the columns, tell. Either may be nil.
type Rule struct {
	Name  string
	Codes []string // what it can find
	Row   func(*RowView)
	List  func(*ListView)
}

// Checker holds the findings of a list while it is being corrected. It is for one goroutine at a time.
type Checker struct {
	ro    *roster.Roster
	rules []Rule
	today civil.Date
	row   RowView
	list  ListView
	byRow []*[]Finding // of the row rules, by record; nil: none, which is most often so
	whole []Finding    // of the list rules, in the order in which they were found
	order []int32      // indexes into whole, by record, file first: findings are too large to be moved about at every answer
	all   []Finding    // what Findings gave, until something changes
	due   bool         // the list rules have not run yet: nobody has asked

	policy  Policy
	columns []benefitColumns // by sheet
}

// New checks the list on a day with the rules of its kind, as a deployment's policy wants them; the last of several counts.
func New(ro *roster.Roster, rules []Rule, today civil.Date, policy ...Policy) *Checker {
	return NewBy(inTurn, ro, rules, today, policy...)
}

// Crew does the parts of a work, in turn or beside each other, and returns when all are done.
type Crew func(parts int, do func(part int))

func inTurn(parts int, do func(part int)) {
	for part := range parts {
		do(part)
	}
}

// How the people of a list are shared out. A part costs some, since it gets to know the words of names by itself.
const (
	leastInPart = 2_500
	mostParts   = 4
)

// NewBy is New, with the people of a long list looked at by a crew. What is found does not depend on it.
func NewBy(crew Crew, ro *roster.Roster, rules []Rule, today civil.Date, policy ...Policy) *Checker {
	c := &Checker{ro: ro, rules: rules, today: today}
	if len(policy) > 0 {
		c.policy = policy[len(policy)-1]
	}
	c.begin(crew, min(max(len(ro.Records)/leastInPart, 1), mostParts))
	return c
}

// begin looks at everybody for the first time, in so many parts.
func (c *Checker) begin(crew Crew, shares int) {
	ro, n := c.ro, len(c.ro.Records)
	c.byRow = make([]*[]Finding, n)
	c.list = ListView{ro: ro, today: c.today, Child: ro.Kind == roster.KindChild || ro.Kind == "", only: everybody}
	c.list.facts, c.list.people = make([]facts, n), make([]alike.Person, n)
	if ro.Has(roster.FatherID) || ro.Has(roster.Parents) {
		c.list.fathers = make([]uint64, n)
	}
	c.columns = usedColumns(ro)
	c.list.contradicted = contradicted(ro)
	parts := make([]part, shares)
	crew(shares, func(i int) { parts[i] = c.look(i*n/shares, (i+1)*n/shares) })
	odd := parts[0].odd
	for _, p := range parts[1:] {
		odd.join(p.odd)
	}
	c.row = parts[0].row
	c.row.learning, c.row.stamp = false, uint32(n) //nolint:gosec // so many readings there were
	c.list.read = c.row.names.Read
	c.list.learn(odd, func(yield func(string, int) bool) {
		for i := range parts {
			for word, times := range parts[i].row.names.Words() {
				if !yield(word, times) {
					return
				}
			}
		}
	})
	c.due = true
}

// part is what looking at some of the people leaves.
type part struct {
	row RowView
	odd *oddCells
}

// look looks at people one by one for the first time.
func (c *Checker) look(from, to int) part {
	p := part{row: RowView{ro: c.ro, today: c.today, Child: c.list.Child, learning: true, stamp: uint32(from), columns: c.columns}, odd: newOddCells()} //nolint:gosec // a record
	for rec := from; rec < to; rec++ {
		c.byRow[rec] = c.checkRow(&p.row, rec)
		p.odd.take(&p.row)
	}
	return p
}

// Tidy lets every fix that needs nobody's word hold, as the program's own, looks at those people again, and tells who they are. All such
// fixes come from the row rules, so it is best done before the findings are asked for: the list rules run once then.
func (c *Checker) Tidy() (changed []int) {
	for rec := range c.byRow {
		record, n := &c.ro.Records[rec], len(changed)
		for f := range c.open(rec, nil) {
			if fix, held := record.Fixed()[f.Field]; f.Fix != Auto || held && fix.By == roster.ByOfficer {
				continue
			}
			record.Decide(f.Accept(record.Decided(), roster.ByProgram))
			changed = append(changed[:n], rec)
		}
	}
	c.again(changed)
	if len(changed) > 0 && !c.due {
		c.checkList()
	}
	return changed
}

// Recheck looks again after the decisions about the people changed.
func (c *Checker) Recheck(recs ...int) {
	c.again(recs)
	c.checkList()
}

// again has the row rules look again at people.
func (c *Checker) again(recs []int) {
	for _, rec := range recs {
		c.byRow[rec] = c.checkRow(&c.row, rec)
	}
}

// Renew goes over to other rules, which find something else about some people only. Nobody has changed, so nobody is compared with the
// others anew.
func (c *Checker) Renew(rules []Rule, recs ...int) {
	c.rules = rules
	for _, rec := range recs {
		as := c.list.facts[rec].stamp
		c.byRow[rec] = c.checkRow(&c.row, rec)
		c.list.facts[rec].stamp = as
	}
	c.checkList()
}

// Try gives what the findings about the person would be under the decisions. Nothing changes.
func (c *Checker) Try(rec int, dec roster.Decisions) []Finding {
	c.atOnce()
	record := &c.ro.Records[rec]
	held, found, known, who, whole, order := record.Decided(), c.byRow[rec], c.list.facts[rec], c.list.people[rec], c.whole, c.order
	shifts, doubles, all := c.list.shifts, c.list.doubles, c.all
	if fathers := c.list.fathers; fathers != nil {
		defer func(number uint64) { fathers[rec] = number }(fathers[rec])
	}
	record.Decide(dec)
	c.whole, c.list.only = nil, rec
	c.Recheck(rec)
	would := c.Of(rec)
	record.Decide(held)
	c.byRow[rec], c.list.facts[rec], c.list.people[rec], c.whole, c.order = found, known, who, whole, order
	c.list.shifts, c.list.doubles, c.list.only, c.all = shifts, doubles, everybody, all
	return would
}

// ofRow is what the row rules found about the person.
func (c *Checker) ofRow(rec int) []Finding {
	if found := c.byRow[rec]; found != nil {
		return *found
	}
	return nil
}

// checkRow runs the row rules over one person and keeps what the list rules need to know of him.
func (c *Checker) checkRow(v *RowView, rec int) *[]Finding {
	v.read(rec)
	c.list.facts[rec], c.list.people[rec] = v.facts()
	if c.list.fathers != nil {
		c.list.fathers[rec] = v.relatives[father].sureID()
	}
	if c.ro.Records[rec].Status() != roster.InScope {
		return nil
	}
	for i := range c.rules {
		if c.rules[i].Row != nil {
			c.rules[i].Row(v)
		}
	}
	v.out = c.policy.apply(v.out)
	if len(v.out) == 0 {
		return nil
	}
	found := slices.Clone(v.out)
	return &found
}

// atOnce runs the list rules if they have not run yet.
func (c *Checker) atOnce() {
	if c.due {
		c.checkList()
	}
}

// checkList runs the list rules.
func (c *Checker) checkList() {
	c.all, c.due = nil, false
	c.list.out = make([]Finding, 0, len(c.whole))
	for i := range c.rules {
		if c.rules[i].List != nil {
			c.rules[i].List(&c.list)
		}
	}
	if len(c.list.facts) > roomy {
		c.list.grouping = grouping{}
	}
	c.list.out = c.policy.apply(c.list.out)
	c.whole = c.list.out
	c.order = make([]int32, len(c.whole))
	for i := range c.order {
		c.order[i] = int32(i) //nolint:gosec // far below 2³¹ findings
	}
	slices.SortFunc(c.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(c.whole[a].Record, c.whole[b].Record), cmp.Compare(a, b))
	})
}

// Findings gives all that is open, ordered by severity, record, field and code. What was waived, and what is about
// people who left the list, is not in it. It is the same slice until Recheck is called, and not to be changed.
func (c *Checker) Findings() []Finding {
	if c.all == nil {
		c.atOnce()
		c.all = c.gather()
	}
	return c.all
}

// gather puts every finding where it belongs at once: findings are too large to be brought together first and ordered then.
func (c *Checker) gather() []Finding {
	var at [severities + 1]int // the graver ones before
	for rec, whole := range c.told() {
		for f := range c.open(rec, whole) {
			at[f.Severity.order()+1]++
		}
	}
	for order := range severities {
		at[order+1] += at[order]
	}
	out := make([]Finding, at[severities])
	var some []Finding
	for rec, whole := range c.told() {
		some = c.settle(some, rec, whole)
		for i := range some {
			place := &at[some[i].Severity.order()]
			out[*place] = some[i]
			*place++
		}
	}
	return out
}

// told yields everybody of whom anything was found, the file (-1) first, with what the list rules found, as indexes into whole.
func (c *Checker) told() iter.Seq2[int, []int32] {
	return func(yield func(int, []int32) bool) {
		rest := c.order
		for rec := -1; rec < len(c.byRow); rec++ {
			n := 0
			for n < len(rest) && c.whole[rest[n]].Record == rec {
				n++
			}
			if (n > 0 || rec >= 0 && c.byRow[rec] != nil) && !yield(rec, rest[:n]) {
				return
			}
			rest = rest[n:]
		}
	}
}

// Of gives what is open about one person, in the same order.
func (c *Checker) Of(rec int) []Finding {
	c.atOnce()
	from, _ := slices.BinarySearchFunc(c.order, rec, func(i int32, rec int) int { return cmp.Compare(c.whole[i].Record, rec) })
	to := from
	for to < len(c.order) && c.whole[c.order[to]].Record == rec {
		to++
	}
	return c.settle(nil, rec, c.order[from:to])
}

// settle gives what is open about one person in order, with what another finding explains marked as its echo. It lies in
// buffer as far as that reaches.
func (c *Checker) settle(buffer []Finding, rec int, whole []int32) []Finding {
	found := buffer[:0]
	for f := range c.open(rec, whole) {
		found = append(found, *f)
		c.list.tellShift(&found[len(found)-1])
	}
	explain(found)
	c.list.explainColumns(found)
	slices.SortStableFunc(found, compare)
	return found
}

// open yields what was found about one person (-1: the file), without what was waived, and nothing once he left the list.
func (c *Checker) open(rec int, whole []int32) iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		var own []Finding
		var confirmed map[string]string
		if rec >= 0 {
			record := &c.ro.Records[rec]
			if record.Status() != roster.InScope {
				return
			}
			own, confirmed = c.ofRow(rec), record.Decided().Waived
		}
		for i := range own {
			if f := &own[i]; !waived(confirmed, f) && !yield(f) {
				return
			}
		}
		for _, i := range whole {
			if f := &c.whole[i]; !waived(confirmed, f) && !yield(f) {
				return
			}
		}
	}
}

// waived reports whether the officer confirmed what the finding is about.
func waived(confirmed map[string]string, f *Finding) bool {
	if len(confirmed) == 0 {
		return false
	}
	if _, ok := confirmed[f.Code]; ok {
		return true
	}
	_, ok := confirmed[f.Code+"@"+f.Field.String()]
	return ok
}

// explain marks contradictions as echoes of a number that several people share: it is somebody else's.
func explain(found []Finding) {
	shared := slices.ContainsFunc(found, func(f Finding) bool { return f.Code == "personal_id.duplicate" })
	for i := range found {
		switch found[i].Code {
		case "personal_id.sex_mismatch", "personal_id.birth_mismatch":
			found[i].Echo = found[i].Echo || shared
		}
	}
}

// severities is how many ranks order gives.
const severities = 3

// order ranks severities, the gravest first.
func (s Severity) order() int {
	switch s {
	case Error:
		return 0
	case Warning:
		return 1
	}
	return 2
}

func compare(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Severity.order(), b.Severity.order()),
		cmp.Compare(a.Record, b.Record),
		cmp.Compare(a.Field, b.Field),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Sheet, b.Sheet),
		cmp.Compare(a.Column, b.Column),
	)
}
