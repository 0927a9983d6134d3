package handlers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/fault"
	"lamsach/core/roster"
)

// rangesShown is how many runs of rows are named for one reason; the rest are counted.
const rangesShown = 12

// showSkipped tells which rows and columns of the list at hand were not taken for people or their data, and why: so that
// nothing is left out in silence.
func showSkipped(ctx context.Context, t *turn, _ string) error {
	id, err := t.listAtHand(ctx)
	if err != nil {
		return err
	}
	if id == "" {
		return showLists(ctx, t, "")
	}
	return t.withList(ctx, id, func(d *desk) error {
		t.say(skippedRows(d.ro)...)
		return t.showReview(ctx, d, redrawReview)
	})
}

// skippedRows puts what was left out into sentences.
func skippedRows(ro *roster.Roster) []fault.Text {
	texts := []fault.Text{fault.T("skipped.title", "People", len(ro.Records))}
	for i := range ro.Sheets {
		sheet := &ro.Sheets[i]
		byReason := map[string][]int{}
		var reasons []string
		for _, s := range sheet.Skipped {
			if byReason[s.Reason] == nil {
				reasons = append(reasons, s.Reason)
			}
			byReason[s.Reason] = append(byReason[s.Reason], s.Row)
		}
		if len(reasons) > 0 || len(sheet.Other) > 0 {
			texts = append(texts, fault.T("skipped.sheet", "Sheet", sheet.Name))
		}
		for _, reason := range reasons {
			rows := byReason[reason]
			texts = append(texts, fault.T("skipped.rows", "N", len(rows), "Why", fault.T("skipped.why."+reason), "Rows", runs(rows)))
		}
		if len(sheet.Other) > 0 {
			var names []string
			for _, c := range sheet.Other {
				names = append(names, roster.Letter(c.Index)+" “"+shorten(c.Header, 30)+"”")
			}
			texts = append(texts, fault.T("skipped.columns", "Columns", strings.Join(names, ", ")))
		}
	}
	if len(texts) == 1 {
		texts = append(texts, fault.T("skipped.none"))
	}
	return texts
}

// runs writes rows as runs: "5–8, 12".
func runs(rows []int) string {
	rows = slices.Clone(rows)
	slices.Sort(rows)
	var out []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		if len(out) == rangesShown {
			return strings.Join(out, ", ") + ", …"
		}
		run := strconv.Itoa(rows[i])
		if j > i {
			run += "–" + strconv.Itoa(rows[j])
		}
		out = append(out, run)
		i = j + 1
	}
	return strings.Join(out, ", ")
}
