package main

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/roster"
	"lamsach/core/viet"
	"lamsach/paper/cells"
	"lamsach/paper/xlsx"
)

// sheetField is a line of the first sheet, about the whole campaign: how it is written and read.
type sheetField struct {
	key string // behind "cli.campaign.field."
	get func(c campaign.Campaign) string
	set func(c *campaign.Campaign, text string) error
}

// sheetColumn is a column of the second sheet, which has one row a step.
type sheetColumn struct {
	key string // behind "cli.campaign.column."
	get func(f campaign.Flat) string
	set func(f *campaign.Flat, text string, near civil.Date) error
}

var sheetFields = []sheetField{
	{"id", func(c campaign.Campaign) string { return c.ID }, func(c *campaign.Campaign, t string) error { c.ID = t; return nil }},
	{"name", func(c campaign.Campaign) string { return c.Name }, func(c *campaign.Campaign, t string) error { c.Name = t; return nil }},
	{"paper", func(c campaign.Campaign) string { return c.PaperNo }, func(c *campaign.Campaign, t string) error { c.PaperNo = t; return nil }},
	{"unit", func(c campaign.Campaign) string { return c.Unit }, func(c *campaign.Campaign, t string) error { c.Unit = t; return nil }},
	{"units", func(c campaign.Campaign) string { return strings.Join(c.Units, "; ") }, func(c *campaign.Campaign, t string) error { c.Units = parts(t); return nil }},
	{"zone", func(c campaign.Campaign) string { return c.Zone }, func(c *campaign.Campaign, t string) error { c.Zone = t; return nil }},
	{"era", func(c campaign.Campaign) string { return string(c.Era) }, func(c *campaign.Campaign, t string) error { c.Era = campaign.Era(t); return nil }},
	{"until", func(c campaign.Campaign) string { return c.Until.String() }, func(c *campaign.Campaign, t string) error { return c.Until.UnmarshalText([]byte(t)) }},
	{"escalates", func(c campaign.Campaign) string { return partyList(c.Escalates) }, func(c *campaign.Campaign, t string) (err error) { c.Escalates, err = readParties(t); return err }},
	{"digests", func(c campaign.Campaign) string { return partyList(c.Digests) }, func(c *campaign.Campaign, t string) (err error) { c.Digests, err = readParties(t); return err }},
}

var sheetColumns = []sheetColumn{
	{"list", func(f campaign.Flat) string { return f.List }, func(f *campaign.Flat, t string, _ civil.Date) error { f.List = t; return nil }},
	{"step", func(f campaign.Flat) string { return f.Step.ID }, func(f *campaign.Flat, t string, _ civil.Date) error { f.Step.ID = t; return nil }},
	{"name", func(f campaign.Flat) string { return f.Step.Name }, func(f *campaign.Flat, t string, _ civil.Date) error { f.Step.Name = t; return nil }},
	{"owes", func(f campaign.Flat) string { return f.Step.Owes.String() }, setOwes},
	{"from", func(f campaign.Flat) string { return f.Step.From.String() }, dayInto(func(f *campaign.Flat) *civil.Date { return &f.Step.From })},
	{"to", func(f campaign.Flat) string { return f.Step.To.String() }, dayInto(func(f *campaign.Flat) *civil.Date { return &f.Step.To })},
	{"before", func(f campaign.Flat) string { return f.Step.Before.String() }, dayInto(func(f *campaign.Flat) *civil.Date { return &f.Step.Before })},
	{"after", func(f campaign.Flat) string { return eventList(f.Step.After) }, func(f *campaign.Flat, t string, _ civil.Date) error { f.Step.After = events(t); return nil }},
	{"facts", func(f campaign.Flat) string { return eventList(f.Step.Facts) }, func(f *campaign.Flat, t string, _ civil.Date) error { f.Step.Facts = events(t); return nil }},
	{"of", func(f campaign.Flat) string { return f.Step.Of.String() }, func(f *campaign.Flat, t string, _ civil.Date) error { return f.Step.Of.UnmarshalText([]byte(t)) }},
	{"receivers", func(f campaign.Flat) string { return partyList(f.Step.Receivers) }, func(f *campaign.Flat, t string, _ civil.Date) (err error) {
		f.Step.Receivers, err = readParties(t)
		return err
	}},
	{"each", func(f campaign.Flat) string { return tick(f.Step.EachReceives) }, func(f *campaign.Flat, t string, _ civil.Date) error { f.Step.EachReceives = t != ""; return nil }},
	{"addressees", func(f campaign.Flat) string { return strings.Join(f.Step.Addressees, "; ") }, func(f *campaign.Flat, t string, _ civil.Date) error { f.Step.Addressees = parts(t); return nil }},
	{"escalates", func(f campaign.Flat) string { return partyList(f.Step.Escalates) }, func(f *campaign.Flat, t string, _ civil.Date) (err error) {
		f.Step.Escalates, err = readParties(t)
		return err
	}},
}

func setOwes(f *campaign.Flat, text string, _ civil.Date) error {
	all, err := readParties(text)
	if err == nil && len(all) != 1 {
		err = fault.New(fault.Invalid, "campaign.invalid.party", "Party", text)
	}
	if err == nil {
		f.Step.Owes = all[0]
	}
	return err
}

func dayInto(day func(*campaign.Flat) *civil.Date) func(*campaign.Flat, string, civil.Date) error {
	return func(f *campaign.Flat, text string, near civil.Date) (err error) {
		*day(f), err = campaign.ParseDay(text, near)
		return err
	}
}

// parts splits at ";".
func parts(text string) (all []string) {
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

func partyList(all []campaign.Party) string {
	var texts []string
	for _, p := range all {
		texts = append(texts, p.String())
	}
	return strings.Join(texts, "; ")
}

// readParties reads "police@commune; supervisor@district". Its error is Invalid, "campaign.invalid.party".
func readParties(text string) (all []campaign.Party, err error) {
	for _, part := range parts(text) {
		role, level, _ := strings.Cut(part, "@")
		p := campaign.Party{Role: officer.Role(role)}
		if p.Level.UnmarshalText([]byte(level)) != nil || p.Level == officer.LevelNone {
			return nil, fault.New(fault.Invalid, "campaign.invalid.party", "Party", part)
		}
		all = append(all, p)
	}
	return all, nil
}

func eventList(all []campaign.Event) string {
	var texts []string
	for _, e := range all {
		texts = append(texts, string(e))
	}
	return strings.Join(texts, "; ")
}

func events(text string) (all []campaign.Event) {
	for _, part := range parts(text) {
		all = append(all, campaign.Event(part))
	}
	return all
}

func tick(yes bool) string {
	if yes {
		return "x"
	}
	return ""
}

// encodeSheet writes a campaign as a workbook: one sheet about the whole, one with a row for each step. Rules and names of one's own
// have no place in it: Invalid, "cli.campaign.sheet_lacks".
func encodeSheet(out io.Writer, c campaign.Campaign, lang string) error {
	plain := c.Rules.Before == nil && c.Rules.DigestOn == nil && c.Rules.Hours == nil && c.Rules.RemindAt == 0 && c.Rules.DigestAt == 0 &&
		c.Rules.EscalateAfter == 0 && c.Rules.OverdueDays == 0 && !c.Rules.InWorkingDays && !c.Rules.NotOnTheDay
	if !plain || len(c.Names) > 0 {
		return fault.New(fault.Invalid, "cli.campaign.sheet_lacks")
	}
	say := func(key string) string { return words(lang, fault.T(key)) }
	head := roster.GridSheet{Name: say("cli.campaign.sheet.plan"), Widths: []float64{28, 80}}
	for i, f := range sheetFields {
		head.Rows = append(head.Rows, gridRow(i+1, say("cli.campaign.field."+f.key), f.get(c)))
	}
	steps := roster.GridSheet{Name: say("cli.campaign.sheet.steps"), Widths: []float64{14, 12, 24, 22, 14, 14, 14, 18, 26, 10, 40, 14, 40, 24}}
	var titles []string
	for _, column := range sheetColumns {
		titles = append(titles, say("cli.campaign.column."+column.key))
	}
	steps.Rows = append(steps.Rows, gridRow(1, titles...))
	for i, flat := range c.Steps() {
		var cells []string
		for _, column := range sheetColumns {
			cells = append(cells, column.get(flat))
		}
		steps.Rows = append(steps.Rows, gridRow(i+2, cells...))
	}
	return xlsx.WriteGrid(out, roster.Grid{Sheets: []roster.GridSheet{head, steps}})
}

func gridRow(number int, texts ...string) roster.GridRow {
	row := roster.GridRow{Number: number}
	for _, text := range texts {
		kind := roster.Text
		if text == "" {
			kind = roster.Empty
		}
		row.Cells = append(row.Cells, roster.GridCell{Cell: roster.Cell{Text: text, Kind: kind}})
	}
	return row
}

// decodeSheet reads a campaign from a workbook in any of the languages. Lines and columns that are not known are refused. Its errors
// are Unreadable, "cli.campaign.line" and "cli.campaign.column_unknown", Invalid about a cell, "cli.campaign.cell", and those of the
// workbook.
func decodeSheet(body []byte, near civil.Date) (c campaign.Campaign, err error) {
	book, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), cells.DefaultLimits())
	if err != nil {
		return c, err
	}
	sheets := book.Roster().Sheets
	if len(sheets) < 2 {
		return c, fault.New(fault.Unreadable, "cli.campaign.two_sheets")
	}
	for row, err := range sheets[0].Rows {
		if err != nil {
			return c, err
		}
		at := slices.IndexFunc(sheetFields, func(f sheetField) bool { return called(text(row.Cells, 0), "cli.campaign.field."+f.key) })
		switch value := text(row.Cells, 1); {
		case at < 0:
			return c, fault.New(fault.Unreadable, "cli.campaign.line", "Row", strconv.Itoa(row.Number))
		case value != "":
			if err := sheetFields[at].set(&c, value); err != nil {
				return c, badCell(sheets[0].Name, row.Number, 1, err)
			}
		}
	}
	flats, err := readSteps(sheets[1], near)
	if err != nil {
		return c, err
	}
	c.Revision = 1
	for _, f := range flats {
		at := slices.IndexFunc(c.Streams, func(s campaign.Stream) bool { return s.Kind == f.List })
		switch {
		case f.List == "":
			c.Common = append(c.Common, f.Step)
		case at < 0:
			c.Streams = append(c.Streams, campaign.Stream{Kind: f.List, Steps: []campaign.Step{f.Step}})
		default:
			c.Streams[at].Steps = append(c.Streams[at].Steps, f.Step)
		}
	}
	return c, nil
}

// readSteps reads the sheet with one row a step.
func readSteps(sheet roster.Sheet, near civil.Date) (all []campaign.Flat, err error) {
	var columns []sheetColumn
	for row, err := range sheet.Rows {
		if err != nil {
			return nil, err
		}
		if columns == nil {
			if columns, err = readColumns(row); err != nil {
				return nil, err
			}
			continue
		}
		var f campaign.Flat
		for i := range row.Cells {
			value := text(row.Cells, i)
			if value == "" {
				continue
			}
			if i >= len(columns) {
				return nil, fault.New(fault.Unreadable, "cli.campaign.column_unknown", "Name", value)
			}
			if err := columns[i].set(&f, value, near); err != nil {
				return nil, badCell(sheet.Name, row.Number, i, err)
			}
		}
		all = append(all, f)
	}
	return all, nil
}

func readColumns(row roster.SheetRow) (columns []sheetColumn, err error) {
	for i := range row.Cells {
		name := text(row.Cells, i)
		at := slices.IndexFunc(sheetColumns, func(c sheetColumn) bool { return called(name, "cli.campaign.column."+c.key) })
		if at < 0 || slices.ContainsFunc(columns, func(c sheetColumn) bool { return c.key == sheetColumns[at].key }) {
			return nil, fault.New(fault.Unreadable, "cli.campaign.column_unknown", "Name", name)
		}
		columns = append(columns, sheetColumns[at])
	}
	return columns, nil
}

// called tells whether a heading is what something is called in one of the languages.
func called(heading, key string) bool {
	return slices.ContainsFunc([]string{"vi", "en"}, func(lang string) bool {
		return viet.Fold(viet.Squeeze(heading)) == viet.Fold(words(lang, fault.T(key)))
	})
}

func text(cells []roster.Cell, at int) string {
	if at >= len(cells) {
		return ""
	}
	return strings.TrimSpace(viet.NFC(cells[at].Text))
}

// badCell names the cell that is wrong, and why.
func badCell(sheet string, row, column int, cause error) error {
	why := cause.Error()
	if said, ok := fault.As(cause); ok {
		why = words("en", said.Text())
	}
	return fault.New(fault.Invalid, "cli.campaign.cell", "Sheet", sheet, "Cell", string(rune('A'+column))+strconv.Itoa(row), "Why", why)
}
