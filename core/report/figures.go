package report

import (
	"strconv"

	"lamsach/core/ledger"
	"lamsach/core/roster"
)

// Figure is one number of a standing, in the order in which workbooks and reports have them.
type Figure struct {
	Key string // of its head: "standing.figure." + Key
	Of  func(s *Standing) int
	Way bool // recorded of a whole commune: hamlets have none
}

// Figures lists the numbers of a standing.
func Figures() []Figure {
	first := func(of func(*ledger.State) int) func(*Standing) int {
		return func(s *Standing) int { return of(&s.Counts.First) }
	}
	now := func(of func(*ledger.State) int) func(*Standing) int {
		return func(s *Standing) int { return of(&s.Counts.Now) }
	}
	people := func(n *ledger.State) int { return n.People }
	numbered := func(n *ledger.State) int { return n.Numbered }
	all := []Figure{
		{Key: "lists", Of: func(s *Standing) int { return s.Lists }, Way: true},
		{Key: "people_first", Of: first(people)},
		{Key: "people", Of: now(people)},
		{Key: "clean", Of: now(func(n *ledger.State) int { return n.Clean })},
		{Key: "open", Of: now(func(n *ledger.State) int { return n.Open })},
		{Key: "waiting", Of: now(func(n *ledger.State) int { return n.Waiting })},
		{Key: "numbered_first", Of: first(numbered)},
		{Key: "numbered", Of: now(numbered)},
	}
	for _, g := range Groups() {
		all = append(all, Figure{Key: g.Key + "_first", Of: first(g.Of)}, Figure{Key: g.Key, Of: now(g.Of)})
	}
	all = append(all, Figure{Key: "fresh", Of: func(s *Standing) int { return s.Counts.Fresh }})
	for _, l := range Leavings() {
		all = append(all, Figure{Key: l.Key, Of: func(s *Standing) int { return l.Of(&s.Counts) }})
	}
	all = append(all,
		Figure{Key: "sent", Of: func(s *Standing) int { return s.Way.Sent }, Way: true},
		Figure{Key: "returned", Of: func(s *Standing) int { return s.Way.Returned }, Way: true},
		Figure{Key: "given", Of: func(s *Standing) int { return s.Way.Numbered }, Way: true},
	)
	for i, reason := range reasonKeys {
		all = append(all, Figure{Key: reason, Of: func(s *Standing) int { return s.Way.Unverified[i] }, Way: true})
	}
	return append(all,
		Figure{Key: "updated", Of: func(s *Standing) int { return s.Way.Updated }, Way: true},
		Figure{Key: "raised", Of: func(s *Standing) int { return s.Raised }, Way: true},
		Figure{Key: "stuck", Of: func(s *Standing) int { return s.Stuck }, Way: true},
	)
}

// reasonKeys name campaign.Reasons in their order.
var reasonKeys = [reasons]string{"not_found_there", "differs", "papers", "registered_elsewhere", "unstated"}

// Group is a group of findings as a state counts it.
type Group struct {
	Key string // a check.Group
	Of  func(n *ledger.State) int
}

// Groups lists the groups of findings that people are counted by.
func Groups() []Group {
	return []Group{
		{"no_id", func(n *ledger.State) int { return n.NoID }},
		{"bad_id", func(n *ledger.State) int { return n.BadID }},
		{"basic_info", func(n *ledger.State) int { return n.BasicInfo }},
		{"duplicate", func(n *ledger.State) int { return n.Double }},
		{"scope", func(n *ledger.State) int { return n.Scope }},
	}
}

// Leaving is a reason for which people leave a list.
type Leaving struct {
	Key string
	Of  func(t *ledger.Tally) int
}

// Leavings lists the reasons.
func Leavings() []Leaving {
	return []Leaving{
		{"moved", func(t *ledger.Tally) int { return t.Moved }},
		{"died", func(t *ledger.Tally) int { return t.Died }},
		{"over_age", func(t *ledger.Tally) int { return t.OverAge }},
		{"not_found", func(t *ledger.Tally) int { return t.NotFound }},
		{"abroad", func(t *ledger.Tally) int { return t.Abroad }},
		{"doubled", func(t *ledger.Tally) int { return t.Doubled }},
	}
}

// Percent is a share with one decimal place, "88,1", cut off, so that only all is "100,0"; of nothing it is "0,0".
func Percent(part, whole int) string {
	if whole <= 0 {
		return "0,0"
	}
	tenths := 1000 * part / whole
	return strconv.Itoa(tenths/10) + "," + strconv.Itoa(tenths%10)
}

// Table is a workbook that begins with us: lines over the table, its columns and rows, lines below. Numbers are cells of numbers.
type Table struct {
	Sheet   string
	Title   []string
	Columns []TableColumn
	Rows    [][]roster.Cell
	Below   []string
}

// TableColumn is the head of a column and its width in characters.
type TableColumn struct {
	Header string
	Width  float64
}

// NumberCell is a cell that holds a count.
func NumberCell(n int) roster.Cell { return roster.Cell{Kind: roster.Number, Text: strconv.Itoa(n)} }

// TextCell is a cell that holds a text.
func TextCell(text string) roster.Cell { return roster.Cell{Kind: roster.Text, Text: text} }
