package handlers

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/match"
	"lamsach/core/roster"
)

// changes tells what a later state brought: who is new, who is gone, who may be one, and where the list now says something
// else than what was corrected here. When a message has no room for all of it, a workbook has.
func (r *reading) changes(ctx context.Context, u match.Update, before, now *roster.Roster) ([]bot.Reply, error) {
	c := changes{r: r, u: u, before: before, now: now}
	reply := bot.Reply{To: r.chat}
	add := func(text fault.Text) { reply.Text = append(reply.Text, lines(r.t.p, text, bot.Plain)...) }
	add(fault.T("upload.changes", "New", len(u.New), "Gone", len(u.Gone), "Differs", len(u.Differs)))
	long := false
	for _, part := range c.parts() {
		if len(part.lines) == 0 {
			continue
		}
		add(fault.T("upload.changes." + part.name))
		for i, line := range part.lines {
			if i == changesTold {
				add(fault.T("upload.changes.more", "N", len(part.lines)-changesTold))
				long = true
				break
			}
			add(line)
		}
	}
	if len(u.Differs) > 0 {
		add(fault.T("upload.changes.choose"))
	}
	if !long {
		return []bot.Reply{reply}, nil
	}
	file, err := c.workbook(ctx)
	return []bot.Reply{reply, file}, err
}

// changes are what a later state brought, to be put into words.
type changes struct {
	r           *reading
	u           match.Update
	before, now *roster.Roster
}

// changesPart is one kind of change: as lines of a message, and as rows of a workbook's sheet.
type changesPart struct {
	name   string
	lines  []fault.Text
	header []string // keys of column headings
	rows   [][]string
}

func (c *changes) parts() []changesPart {
	return []changesPart{c.people("new", c.now, c.u.New), c.people("gone", c.before, c.u.Gone), c.likely(), c.differs()}
}

// people are those who are new, or gone.
func (c *changes) people(name string, ro *roster.Roster, recs []int) changesPart {
	p := changesPart{name: name, header: []string{"row", "name", "birth", "mother", "village"}}
	for _, rec := range recs {
		p.lines = append(p.lines, fault.T("upload.changes.person", "Row", rowOf(ro, rec), "Name", ro.Value(rec, roster.FullName).Text))
		p.rows = append(p.rows, []string{rowOf(ro, rec), ro.Value(rec, roster.FullName).Text, ro.Value(rec, roster.BirthDate).Text,
			ro.Value(rec, roster.MotherName).Text, ro.Value(rec, roster.Village).Text})
	}
	return p
}

func (c *changes) likely() changesPart {
	p := changesPart{name: "likely", header: []string{"row", "name", "birth", "old_row", "old_name", "old_birth"}}
	for _, l := range c.u.Likely {
		is, was := c.now.Value(l.Now, roster.FullName).Text, c.before.Value(l.Before, roster.FullName).Text
		p.lines = append(p.lines, fault.T("upload.changes.pair", "Row", rowOf(c.now, l.Now), "Name", is, "OldRow", rowOf(c.before, l.Before), "OldName", was))
		p.rows = append(p.rows, []string{rowOf(c.now, l.Now), is, c.now.Value(l.Now, roster.BirthDate).Text,
			rowOf(c.before, l.Before), was, c.before.Value(l.Before, roster.BirthDate).Text})
	}
	return p
}

func (c *changes) differs() changesPart {
	p := changesPart{name: "differs", header: []string{"row", "name", "field", "was", "ours", "theirs"}}
	for _, d := range c.u.Differs {
		field := fault.T("field." + d.Field.String())
		was, ours, theirs := d.Was, d.Ours, d.Theirs
		p.rows = append(p.rows, []string{rowOf(c.now, d.Record), c.now.Value(d.Record, roster.FullName).Text, words(c.r.t.p, field), was, ours, theirs})
		if slices.Contains(numberFields, d.Field) {
			was, ours, theirs = masked(was), masked(ours), masked(theirs)
		}
		p.lines = append(p.lines, fault.T("upload.changes.differ", "Row", rowOf(c.now, d.Record), "Field", field, "Was", c.orEmpty(was),
			"Ours", c.orEmpty(ours), "Theirs", c.orEmpty(theirs)))
	}
	return p
}

// orEmpty puts a value between quotes, and says so where there is none.
func (c *changes) orEmpty(text string) fault.Text {
	if text == "" {
		return fault.T("upload.changes.empty")
	}
	return fault.T("upload.changes.value", "Text", text)
}

// workbook makes the reply that carries all changes, a sheet of each kind.
func (c *changes) workbook(ctx context.Context) (bot.Reply, error) {
	say := func(key string) string { return c.r.t.p.Text(key, nil) }
	var grid roster.Grid
	for _, part := range c.parts() {
		if len(part.rows) == 0 {
			continue
		}
		sheet := roster.GridSheet{Name: say("upload.changes." + part.name + ".sheet")}
		var header []string
		for _, key := range part.header {
			header = append(header, say("upload.changes.column."+key))
		}
		for i, texts := range append([][]string{header}, part.rows...) {
			row := roster.GridRow{Number: i + 1}
			for _, text := range texts {
				row.Cells = append(row.Cells, roster.GridCell{Cell: roster.Cell{Kind: roster.Text, Text: text}})
			}
			sheet.Rows = append(sheet.Rows, row)
		}
		sheet.Widths = []float64{8, 28, 20, 20, 28, 28}
		grid.Sheets = append(grid.Sheets, sheet)
	}
	var out bytes.Buffer
	if err := c.r.b.Workbooks.Write(&out, grid); err != nil {
		return bot.Reply{}, fmt.Errorf("changes of list %s: %w", c.r.listID(), err)
	}
	name := baseName(c.r.up.Name) + " - " + say("upload.changes.suffix") + ".xlsx"
	size := int64(out.Len())
	file, _, err := c.r.b.Uploads.SaveFile(ctx, name, xlsxType, &out)
	return bot.Reply{
		To: c.r.chat, Text: lines(c.r.t.p, fault.T("upload.changes.file"), bot.Plain),
		File: &bot.Attachment{File: file, Name: name, MIME: xlsxType, Size: size},
	}, err
}

func rowOf(ro *roster.Roster, rec int) string { return strconv.Itoa(ro.Records[rec].Row) }

// numberFields hold numbers of people, which a chat shows masked.
var numberFields = []roster.Field{roster.PersonalID, roster.FatherID, roster.MotherID, roster.GuardianID}

// masked leaves the first three and the last two characters of a number.
func masked(number string) string {
	letters := []rune(number)
	for i := 3; i < len(letters)-2; i++ {
		letters[i] = '•'
	}
	return string(letters)
}
