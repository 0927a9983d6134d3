package handlers

import (
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/report"
)

// clock writes the present moment as papers do: "16:00 ngày 15/10/2026".
func (t *turn) clock() fault.Text { return t.b.clock() }

func (b *Bot) clock() fault.Text {
	now := b.Now().In(b.Zone)
	return fault.T("standing.time", "Clock", now.Format("15:04"), "Day", b.today())
}

// kindName is what a kind of list is called; kindAll is all of them.
func kindName(kind string) fault.Text { return fault.T("standing.kind." + kind) }

// progressLines tells a progress in words: the sum, the faults as they came and now, who left, the way to the police and back.
func progressLines(p report.Progress) []viewLine {
	var v view
	s := p.Sum
	n, first := s.Counts.Now, s.Counts.First
	if !p.Hamlets {
		v.line("standing.units", "With", len(p.Rows)-p.None, "All", len(p.Rows))
	}
	if s.Lists == 0 && n.People == 0 {
		v.line("standing.none")
		return v.body
	}
	v.line("standing.people", "People", n.People, "Lists", s.Lists)
	v.line("standing.state", "Clean", n.Clean, "Percent", report.Percent(n.Clean, n.People-n.Left), "Open", n.Open, "Waiting", n.Waiting, "Left", n.Left)
	v.line("standing.numbered", "N", n.Numbered, "Percent", report.Percent(n.Numbered, n.People),
		"First", report.Percent(first.Numbered, first.People))
	groupLines(&v, first, n)
	if s.Counts.Fresh > 0 {
		v.line("standing.fresh", "N", s.Counts.Fresh)
	}
	if n.Left > 0 {
		t := s.Counts
		v.line("standing.left", "Moved", t.Moved, "Died", t.Died, "OverAge", t.OverAge, "NotFound", t.NotFound, "Abroad", t.Abroad, "Doubled", t.Doubled)
	}
	wayLines(&v, s.Way)
	if s.Raised > 0 {
		v.line("standing.difficulties", "N", s.Raised, "Open", s.Stuck)
	}
	return v.body
}

// groupLines tells the groups of findings that there are or were.
func groupLines(v *view, first, now ledger.State) {
	told := false
	for _, g := range report.Groups() {
		was, is := g.Of(&first), g.Of(&now)
		if was == 0 && is == 0 {
			continue
		}
		if !told {
			v.line("standing.groups")
			told = true
		}
		v.line("standing.group", "Group", fault.T("group."+g.Key), "First", was, "Now", is)
	}
}

// wayLines tells what was recorded of the way to the police and back, if anything was.
func wayLines(v *view, w report.Way) {
	if w == (report.Way{}) {
		return
	}
	v.line("standing.way", "Sent", w.Sent, "Returned", w.Returned, "Numbered", w.Numbered, "Refused", w.Refused(), "Awaited", max(w.Sent-w.Returned, 0))
	if w.Refused() > 0 {
		u := w.Unverified
		v.line("standing.refused", "Unknown", u[0], "Differs", u[1], "Papers", u[2], "Elsewhere", u[3], "Unstated", u[4])
	}
	v.line("standing.updated", "N", w.Updated, "Rest", max(w.Numbered-w.Updated, 0))
}

// rowLine tells one row under its number.
func rowLine(row report.Standing, hamlet bool, number int) fault.Text {
	n := row.Counts.Now
	switch {
	case !hamlet && row.Lists == 0:
		return fault.T("standing.row.none", "N", number, "Name", row.Name)
	case hamlet && row.Name == "":
		return fault.T("standing.row.nowhere", "N", number, "ToDo", row.ToDo(), "People", n.People, "Percent", report.Percent(n.Numbered, n.People))
	}
	return fault.T("standing.row.stands", "N", number, "Name", row.Name, "ToDo", row.ToDo(), "People", n.People, "Percent", report.Percent(n.Numbered, n.People))
}
