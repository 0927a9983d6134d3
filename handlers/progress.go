package handlers

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/campaign"
	"lamsach/core/difficulty"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/core/report"
)

// Standings tells where units stand: the kept counts, and what was recorded.
type Standings interface {
	UnitTallies(ctx context.Context) ([]ledger.UnitTally, error)
	HamletTallies(ctx context.Context, unit string) ([]ledger.ListTally, error)
	// RecordedFacts gives what was recorded in a campaign and holds, of one unit or ("") of all.
	RecordedFacts(ctx context.Context, campaign, unit string) ([]campaign.Fact, error)
	DifficultyCounts(ctx context.Context) ([]difficulty.Count, error)
}

// progressShown is how many rows a page of the progress has.
const progressShown = 8

// progressAsk is which progress is asked for: "UNIT|KIND|SKIP", each part may be missing.
type progressAsk struct {
	unit string
	kind string // of list; kindAll: all; empty: the first that there is
	skip int
}

// kindAll asks for all kinds of list together.
const kindAll = "all"

func parseProgressAsk(arg string) (a progressAsk) {
	parts := append(strings.Split(arg, "|"), "", "", "")
	a.unit, a.kind = parts[0], parts[1]
	a.skip, _ = strconv.Atoi(parts[2]) // what is no number is the first page
	return a
}

// String is the argument of a button.
func (a progressAsk) String() string { return a.unit + "|" + a.kind + "|" + strconv.Itoa(a.skip) }

// standing is a progress that somebody may see, and which kinds of list there are.
type standing struct {
	progressAsk
	report.Progress
	kinds []string
}

// progressOf finds the progress that is asked for. A unit that whoever asks may not see is refused.
func (t *turn) progressOf(ctx context.Context, a progressAsk) (s standing, err error) {
	if a.unit == "" {
		a.unit = t.who.UnitCode
	}
	if err := t.may(officer.SeeProgress, a.unit); err != nil {
		return s, err
	}
	from, err := t.b.sources(ctx, t.tree, a.unit)
	if err != nil {
		return s, err
	}
	s.kinds = kindsIn(from, func(unit string) bool {
		_, below := t.tree.Branch(a.unit, unit)
		return below
	})
	if a.kind != kindAll && !slices.Contains(s.kinds, a.kind) {
		a.kind = kindAll
		if len(s.kinds) > 0 {
			a.kind = s.kinds[0]
		}
	}
	s.progressAsk = a
	kind := a.kind
	if kind == kindAll {
		kind = ""
	}
	s.Progress = report.Stand(t.tree, a.unit, kind, t.b.today(), from)
	return s, nil
}

// sources gathers what the progress of a unit is made of. A commune is told from its own lists alone.
func (b *Bot) sources(ctx context.Context, tree *officer.Tree, unit string) (from report.Sources, err error) {
	plan, planned, err := b.planOf(ctx, tree, unit)
	if err != nil {
		return from, err
	}
	only := ""
	if commune, ok := tree.At(unit, officer.LevelCommune); ok {
		only = commune.Code
		from.Lists, err = b.Standings.HamletTallies(ctx, only)
	} else {
		from.Units, err = b.Standings.UnitTallies(ctx)
	}
	if err == nil && planned {
		from.Facts, err = b.Standings.RecordedFacts(ctx, plan.ID, only)
	}
	if err == nil {
		from.Difficulties, err = b.Standings.DifficultyCounts(ctx)
	}
	return from, err
}

// planOf gives the newest running campaign that a unit has to do with: that covers it, or something below it.
func (b *Bot) planOf(ctx context.Context, tree *officer.Tree, unit string) (campaign.Campaign, bool, error) {
	all, err := b.Plans.Campaigns(ctx)
	if err != nil {
		return campaign.Campaign{}, false, err
	}
	for _, c := range all {
		if !c.Ended.IsZero() {
			continue
		}
		for _, covered := range c.Units {
			_, below := tree.Branch(unit, covered)
			_, above := tree.Branch(covered, unit)
			if below || above {
				return c, true, nil
			}
		}
	}
	return campaign.Campaign{}, false, nil
}

// kindsIn lists the kinds of list that there are, in a fixed order.
func kindsIn(from report.Sources, below func(unit string) bool) []string {
	var kinds []string
	add := func(kind string) {
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	for _, l := range from.Lists {
		add(l.Kind)
	}
	for i := range from.Units {
		if u := &from.Units[i]; !slices.Contains(kinds, u.Kind) && below(u.Unit) {
			add(u.Kind)
		}
	}
	slices.SortFunc(kinds, func(a, b string) int { return strings.Compare(b, a) }) // child before beneficiary
	return kinds
}

// showProgress shows where a unit stands, and what is right below it.
func showProgress(ctx context.Context, t *turn, arg string) error {
	s, err := t.progressOf(ctx, parseProgressAsk(arg))
	if err != nil {
		return err
	}
	t.s = t.s.under()
	return t.finish(ctx, t.draw(t.progressView(s)))
}

// busiest orders rows by what is left to do.
func busiest(rows []report.Standing) []report.Standing {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b report.Standing) int {
		return cmp.Or(-cmp.Compare(a.ToDo(), b.ToDo()), -cmp.Compare(a.Counts.Now.People, b.Counts.Now.People))
	})
	return rows
}

// progressView is the screen of a progress.
func (t *turn) progressView(s standing) view {
	var v view
	v.strong("standing.title", "Unit", s.Sum.Name, "Kind", kindName(s.kind))
	v.line("standing.cutoff", "Time", t.clock())
	v.body = append(v.body, progressLines(s.Progress)...)
	rows := busiest(s.Rows)
	if s.skip < 0 || s.skip >= len(rows) {
		s.skip = 0
	}
	page := rows[s.skip:min(s.skip+progressShown, len(rows))]
	if len(page) > 0 {
		v.body = append(v.body, viewLine{})
		key := "standing.rows.units"
		if s.Hamlets {
			key = "standing.rows.hamlets"
		}
		v.strong(key)
	}
	for i, row := range page {
		v.body = append(v.body, viewLine{text: rowLine(row, s.Hamlets, i+1)})
		if !s.Hamlets && row.Code != s.Unit {
			v.row(choice("progress."+progressAsk{unit: row.Code, kind: s.kind}.String(), "standing.open", "N", i+1, "Name", row.Name))
		}
	}
	if more := len(rows) - s.skip - len(page); more > 0 {
		v.line("standing.more", "N", more)
	}
	t.progressChoices(&v, s, len(rows))
	return v
}

// progressChoices offers the pages, the kinds of list, the unit above, the picture and the workbook.
func (t *turn) progressChoices(v *view, s standing, rows int) {
	var move []viewChoice
	if s.skip > 0 {
		move = append(move, choice("progress."+progressAsk{s.unit, s.kind, max(s.skip-progressShown, 0)}.String(), "standing.button.before"))
	}
	if s.skip+progressShown < rows {
		move = append(move, choice("progress."+progressAsk{s.unit, s.kind, s.skip + progressShown}.String(), "standing.button.next"))
	}
	if u, ok := t.tree.Unit(s.unit); ok && s.unit != t.who.UnitCode && t.can(officer.SeeProgress, u.Parent) {
		move = append(move, choice("progress."+progressAsk{unit: u.Parent, kind: s.kind}.String(), "standing.button.above"))
	}
	if len(move) > 0 {
		v.row(move...)
	}
	if len(s.kinds) > 1 {
		var kinds []viewChoice
		for _, kind := range append(slices.Clone(s.kinds), kindAll) {
			if kind != s.kind {
				kinds = append(kinds, viewChoice{do: "progress." + progressAsk{unit: s.unit, kind: kind}.String(), label: kindName(kind)})
			}
		}
		v.row(kinds...)
	}
	last := []viewChoice{
		choice("progresspicture."+progressAsk{s.unit, s.kind, 0}.String(), "standing.button.picture"),
		choice("progressbook."+progressAsk{s.unit, s.kind, 0}.String(), "standing.button.book"),
	}
	v.row(last...)
	v.row(choice("leave", "form.button.back"))
}
