package handlers

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/report"
	"lamsach/core/roster"
	"lamsach/locales"
)

// Papers makes papers of figures.
type Papers interface {
	Table(w io.Writer, t report.Table) error
	Print(w io.Writer, d report.Document) error
}

const pngType = "image/png"

// pictureRows is how many rows a picture has: with more a phone shows it too small.
const pictureRows = 16

// drawProgress sends a progress as a picture.
func drawProgress(ctx context.Context, t *turn, arg string) error {
	s, err := t.progressOf(ctx, parseProgressAsk(arg))
	if err != nil {
		return err
	}
	file, err := t.b.progressPicture(ctx, t.p, s)
	if err != nil {
		return err
	}
	t.answerPress()
	t.replies = append(t.replies, bot.Reply{
		To: t.u.Chat, Text: lines(t.p, fault.T("standing.picture.caption", "Unit", s.Sum.Name, "Kind", kindName(s.kind), "Time", t.clock()), bot.Plain), File: file,
	})
	return t.finish(ctx)
}

// progressPicture draws a progress and keeps the picture.
func (b *Bot) progressPicture(ctx context.Context, p locales.Printer, s standing) (*bot.Attachment, error) {
	var out bytes.Buffer
	if err := b.Charts.Chart(&out, b.progressChart(p, s)); err != nil {
		return nil, fmt.Errorf("draw a progress: %w", err)
	}
	size := int64(out.Len())
	file, _, err := b.Uploads.SaveFile(ctx, "", pngType, &out)
	return &bot.Attachment{File: file, Name: "tien-do.png", MIME: pngType, Size: size, Picture: true}, err
}

// progressChart puts a progress into the words of its picture.
func (b *Bot) progressChart(p locales.Printer, s standing) report.Chart {
	say := saying(p)
	head := "standing.head.unit"
	if s.Hamlets {
		head = "standing.head.hamlet"
	}
	c := report.Chart{
		Title:    say("standing.title", "Unit", s.Sum.Name, "Kind", kindName(s.kind)),
		Subtitle: say("standing.cutoff", "Time", b.clock()),
		Head:     say(head),
		Parts: []report.Part{
			{Name: say("standing.figure.clean"), Tone: report.Good}, {Name: say("standing.figure.waiting"), Tone: report.Waiting},
			{Name: say("standing.figure.open"), Tone: report.Bad}, {Name: say("standing.chart.left"), Tone: report.Calm},
		},
		Columns: []string{say("standing.chart.people"), say("standing.chart.todo"), say("standing.chart.numbered")},
	}
	sum := b.chartRow(p, s.Sum)
	sum.Name = say("standing.sum")
	c.Total = &sum
	rows := busiest(s.Rows)
	for _, row := range rows[:min(len(rows), pictureRows)] {
		c.Rows = append(c.Rows, b.chartRow(p, row))
	}
	if more := len(rows) - len(c.Rows); more > 0 {
		c.Notes = append(c.Notes, say("standing.chart.more", "N", more))
	}
	if !s.Hamlets && s.None > 0 {
		c.Notes = append(c.Notes, say("standing.chart.none", "N", s.None))
	}
	return c
}

func (b *Bot) chartRow(p locales.Printer, s report.Standing) report.ChartRow {
	n := s.Counts.Now
	say := func(n int) string { return words(p, fault.T("standing.number", "N", n)) }
	return report.ChartRow{
		Name: standingName(p, s), Parts: []int{n.Clean, n.Waiting, n.Open, n.Left},
		Figures: []string{say(n.People), say(s.ToDo()), words(p, fault.T("standing.percent", "Percent", report.Percent(n.Numbered, n.People)))},
	}
}

// standingName is what a row is called.
func standingName(p locales.Printer, s report.Standing) string {
	if s.Name == "" {
		return words(p, fault.T("standing.nowhere"))
	}
	return s.Name
}

// sendProgressBook sends a progress as a workbook with every number.
func sendProgressBook(ctx context.Context, t *turn, arg string) error {
	s, err := t.progressOf(ctx, parseProgressAsk(arg))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.b.Papers.Table(&out, t.progressTable(s)); err != nil {
		return fmt.Errorf("write a progress: %w", err)
	}
	size := int64(out.Len())
	name := words(t.p, fault.T("standing.book.name", "Unit", s.Sum.Name, "Day", t.b.today().String())) + ".xlsx"
	file, _, err := t.b.Uploads.SaveFile(ctx, "", xlsxType, &out)
	if err != nil {
		return err
	}
	t.answerPress()
	t.replies = append(t.replies, bot.Reply{
		To: t.u.Chat, Text: lines(t.p, fault.T("standing.book.caption", "Unit", s.Sum.Name, "N", len(s.Rows)), bot.Plain),
		File: &bot.Attachment{File: file, Name: name, MIME: xlsxType, Size: size},
	})
	return t.finish(ctx)
}

// progressTable is a progress with every number: a row a unit or hamlet, and their sum.
func (t *turn) progressTable(s standing) report.Table {
	say := saying(t.p)
	head := "standing.head.unit"
	if s.Hamlets {
		head = "standing.head.hamlet"
	}
	table := report.Table{
		Sheet:   say("standing.book.sheet"),
		Title:   []string{say("standing.title", "Unit", s.Sum.Name, "Kind", kindName(s.kind)), say("standing.cutoff", "Time", t.clock())},
		Columns: []report.TableColumn{{Header: say("standing.head.number"), Width: 6}, {Header: say(head), Width: 36}},
	}
	figures := report.Figures()
	for _, f := range figures {
		table.Columns = append(table.Columns, report.TableColumn{Header: say("standing.figure." + f.Key), Width: 12})
	}
	add := func(number roster.Cell, name string, row report.Standing, whole bool) {
		cells := []roster.Cell{number, report.TextCell(name)}
		for _, f := range figures {
			if f.Way && s.Hamlets && !whole {
				cells = append(cells, roster.Cell{})
				continue
			}
			cells = append(cells, report.NumberCell(f.Of(&row)))
		}
		table.Rows = append(table.Rows, cells)
	}
	for i, row := range s.Rows {
		add(report.NumberCell(i+1), standingName(t.p, row), row, false)
	}
	add(roster.Cell{}, say("standing.sum"), s.Sum, true)
	return table
}
