package campaign

import (
	"slices"
	"strings"

	"lamsach/core/fault"
	"lamsach/core/officer"
)

// Lines are the sentences of a reminder; arguments may be texts themselves. Names of units come from the tree.
func (r Reminder) Lines(c Campaign, tree *officer.Tree) []fault.Text {
	var lines []fault.Text
	if r.Late {
		lines = append(lines, fault.T("reminder.late", "Day", r.Planned))
	}
	if r.Stage == Digest {
		return append(lines, digestLines(c, r, tree)...)
	}
	for _, it := range r.Items {
		lines = append(lines, it.lines(tree)...)
	}
	return lines
}

func (it Item) lines(tree *officer.Tree) []fault.Text {
	lines := []fault.Text{it.head(tree)}
	switch {
	case it.Of > 1 && len(it.Ready) == it.Of:
		lines = append(lines, fault.T("reminder.ready_all", "Of", it.Of))
	case it.Of > 1:
		lines = append(lines, fault.T("reminder.ready", "N", len(it.Ready), "Of", it.Of, "Units", titles(tree, it.Ready)))
	}
	if it.Pace == nil {
		return lines
	}
	if it.Pace.Days > 0 {
		lines = append(lines, fault.T("reminder.pace", "N", it.Pace.Open, "PerDay", it.Pace.PerDay))
	} else {
		lines = append(lines, fault.T("reminder.open", "N", it.Pace.Open))
	}
	if it.Pace.Groups > 0 {
		lines = append(lines, fault.T("reminder.groups", "N", it.Pace.Groups, "Settles", it.Pace.Settles))
	}
	return lines
}

func (it Item) head(tree *officer.Tree) fault.Text {
	step, list := it.Step.Title(), ListName(it.List)
	switch it.Stage {
	case Overdue:
		return fault.T("reminder.overdue", "Step", step, "List", list, "Deadline", it.Deadline, "N", it.Late)
	case Escalated:
		return fault.T("reminder.escalated", "Unit", title(tree, it.Unit), "Step", step, "List", list, "Deadline", it.Deadline, "N", it.Late)
	case DueToday:
		return fault.T("reminder.today", "Step", step, "List", list, "Deadline", it.Deadline)
	}
	return fault.T("reminder.ahead", "Step", step, "List", list, "Deadline", it.Deadline, "N", it.Left)
}

// missing names the units that are not finished.
func missing(it Item, tree *officer.Tree) fault.Text {
	return fault.T("reminder.missing", "N", len(it.Missing), "Of", it.Of, "Units", titles(tree, it.Missing))
}

func digestLines(c Campaign, r Reminder, tree *officer.Tree) []fault.Text {
	lines := []fault.Text{fault.T("reminder.digest.head", "Campaign", c.Name, "Unit", title(tree, r.ToUnit), "Day", r.Day)}
	for _, it := range r.Items {
		step, list, done := it.Step.Title(), ListName(it.List), it.Of-len(it.Missing)
		key := "reminder.digest.line"
		if len(it.Missing) == 0 {
			key = "reminder.digest.done"
		} else if it.Stage == Overdue {
			key = "reminder.digest.overdue"
		}
		text := fault.T(key, "Step", step, "List", list, "Done", done, "Of", it.Of, "Deadline", it.Deadline)
		lines = append(lines, text)
		if len(it.Missing) > 0 && it.Stage == Overdue {
			lines = append(lines, missing(it, tree))
		}
		if it.Pace != nil {
			lines = append(lines, fault.T("reminder.open", "N", it.Pace.Open))
		}
	}
	return lines
}

func title(tree *officer.Tree, code string) string {
	if u, ok := tree.Unit(code); ok {
		return u.Title()
	}
	return code
}

// titles names units, each once, with commas.
func titles(tree *officer.Tree, codes []string) string {
	var names []string
	for _, code := range codes {
		if name := title(tree, code); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// Lines are the sentences about a duty as it stands, the first names it.
func (it Item) Lines(tree *officer.Tree) []fault.Text { return it.lines(tree) }
