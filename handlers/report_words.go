package handlers

import (
	"strconv"
	"strings"
	"time"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/report"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// moment writes a moment as papers do: "16:00 ngày 15/10/2026".
func (b *Bot) moment(at time.Time) fault.Text {
	at = at.In(b.Zone)
	return fault.T("standing.time", "Clock", at.Format("15:04"), "Day", civil.Of(at))
}

// reportFigures are those of a report's table by unit: as many as a sheet of paper has room for.
var reportFigures = []string{"people_first", "people", "clean", "open", "waiting", "numbered", "sent", "given", "updated"}

// document puts a report into the form of Nghị định 30/2020.
func (t *turn) document(r report.Issued, before *report.Issued) report.Document {
	say := saying(t.p)
	on := civil.Of(r.CutOff.In(t.b.Zone))
	d := report.Document{
		Country: say("paper.country"), Motto: say("paper.motto"), Above: r.Frame.Above, Issuer: r.Frame.Issuer,
		Number:       say("paper.number", "Number", reportNumber(r)),
		PlaceAndDate: say("paper.place", "Place", r.Frame.Place, "D", twoDigits(on.Day), "M", twoMonths(int(on.Month)), "Y", twoDigits(on.Year)),
		Kind:         say("paper.kind"), About: say("paper.about."+string(r.Sort), "Kind", kindName(kindOf(r)), "Unit", r.Progress.Sum.Name),
		Opening:   []string{say("paper.opening", "Issuer", r.Frame.Issuer, "Time", t.b.moment(r.CutOff))},
		Closing:   say("paper.closing"),
		Post:      r.Frame.Post,
		Signer:    r.Frame.Signer,
		On:        on,
		Authority: t.authority(r.Frame.Issuer),
	}
	d.Recipients.Title = say("paper.recipients")
	for i, to := range r.Frame.Recipients {
		end := ";"
		if i == len(r.Frame.Recipients)-1 {
			end = "."
		}
		d.Recipients.List = append(d.Recipients.List, "- "+to+end)
	}
	var sum []string
	for _, l := range progressLines(r.Progress) {
		if text := strings.TrimSpace(words(t.p, l.text)); text != "" {
			sum = append(sum, text)
		}
	}
	d.Parts = append(d.Parts, report.DocumentPart{Heading: say("paper.part.sum"), Paragraphs: sum},
		report.DocumentPart{Heading: say("paper.part.rows"), Table: t.unitTable(r.Progress)})
	if before != nil {
		d.Parts = append(d.Parts, report.DocumentPart{Heading: say("paper.part.change", "Number", reportNumber(*before), "Time", t.b.moment(before.CutOff)), Table: t.changeTable(r, *before)})
	}
	return d
}

// authority is in whose name a People's Committee's paper is signed; other bodies sign in their own.
func (t *turn) authority(issuer string) string {
	committee := words(t.p, fault.T("paper.committee"))
	if strings.HasPrefix(viet.Fold(issuer), viet.Fold(committee)) {
		return words(t.p, fault.T("paper.authority"))
	}
	return ""
}

// twoDigits writes a day or a year, below ten with a zero before it, as the decree wants it.
func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// twoMonths writes a month: January and February with a zero before them.
func twoMonths(n int) string {
	if n < 3 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// unitTable is the table by unit or hamlet, with its sum.
func (t *turn) unitTable(p report.Progress) *report.DocumentTable {
	say := saying(t.p)
	count := func(n int) string { return say("standing.number", "N", n) }
	head := "standing.head.unit"
	if p.Hamlets {
		head = "standing.head.hamlet"
	}
	table := &report.DocumentTable{Head: []string{say("standing.head.number"), say(head)}, Left: 2, Weight: []int{2, 7}}
	var figures []report.Figure
	for _, key := range reportFigures {
		for _, f := range report.Figures() {
			if f.Key == key && !(f.Way && p.Hamlets) {
				figures = append(figures, f)
				table.Head, table.Weight = append(table.Head, say("standing.figure."+key)), append(table.Weight, 3)
			}
		}
	}
	row := func(first, name string, s report.Standing) []string {
		cells := []string{first, name}
		for _, f := range figures {
			cells = append(cells, count(f.Of(&s)))
		}
		return cells
	}
	for i, s := range p.Rows {
		table.Rows = append(table.Rows, row(strconv.Itoa(i+1), standingName(t.p, s), s))
	}
	table.Total = row("", say("standing.sum"), p.Sum)
	return table
}

// changeTable holds the report against the one before it.
func (t *turn) changeTable(r, before report.Issued) *report.DocumentTable {
	say := saying(t.p)
	table := &report.DocumentTable{Head: []string{say("paper.change.figure"), say("paper.change.was"), say("paper.change.now"), say("paper.change.more")}, Left: 1}
	for _, c := range report.Changes(before.Progress.Sum, r.Progress.Sum) {
		more := say("standing.number", "N", c.Now-c.Was)
		if c.Now > c.Was {
			more = "+" + more
		}
		table.Rows = append(table.Rows, []string{say("standing.figure." + c.Key), say("standing.number", "N", c.Was), say("standing.number", "N", c.Now), more})
	}
	return table
}

// reportTable is the report as a workbook: every figure of every row, the sum, the sum of the report before.
func (t *turn) reportTable(r report.Issued, before *report.Issued) report.Table {
	say := saying(t.p)
	table := t.progressTable(standing{progressAsk: progressAsk{kind: kindOf(r)}, Progress: r.Progress})
	d := t.document(r, before)
	table.Sheet = say("paper.kind")
	table.Title = []string{d.Kind + " " + d.About, d.Issuer + " – " + d.Number, d.PlaceAndDate, say("standing.cutoff", "Time", t.b.moment(r.CutOff))}
	if before != nil {
		for i, of := range []func(report.Change) int{func(c report.Change) int { return c.Was }, func(c report.Change) int { return c.Now - c.Was }} {
			key := []string{"paper.row.before", "paper.row.change"}[i]
			cells := []roster.Cell{{}, report.TextCell(say(key, "Number", reportNumber(*before)))}
			for _, f := range report.Figures() {
				was, now := f.Of(&before.Progress.Sum), f.Of(&r.Progress.Sum)
				cells = append(cells, report.NumberCell(of(report.Change{Was: was, Now: now})))
			}
			table.Rows = append(table.Rows, cells)
		}
	}
	for _, line := range []string{d.Authority, d.Post, d.Signer} {
		if line != "" {
			table.Below = append(table.Below, line)
		}
	}
	table.Below = append(append(table.Below, d.Recipients.Title), d.Recipients.List...)
	return table
}
