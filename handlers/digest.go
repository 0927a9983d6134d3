package handlers

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/report"
	"lamsach/locales"
)

// Charts draws where units stand.
type Charts interface {
	Chart(w io.Writer, c report.Chart) error
}

// chartRows is how many units a picture names; the rest are counted.
const chartRows = 40

// picture draws the digest for a language and keeps the picture. A digest says everything in words as well, so without its picture
// it is sent all the same.
func (w *writer) picture(ctx context.Context, p locales.Printer) *bot.Attachment {
	file, err := w.draw(ctx, p)
	if err != nil {
		w.b.Log.Error("no picture for a digest", "campaign", w.c.ID, "unit", w.r.ToUnit, "err", err)
		return nil
	}
	return file
}

func (w *writer) draw(ctx context.Context, p locales.Printer) (*bot.Attachment, error) {
	var png bytes.Buffer
	if err := w.b.Charts.Chart(&png, w.chart(p)); err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	size := int64(png.Len())
	file, _, err := w.b.Uploads.SaveFile(ctx, "tien-do.png", "image/png", &png)
	if err != nil {
		return nil, err
	}
	return &bot.Attachment{File: file, Name: "tien-do.png", MIME: "image/png", Size: size, Picture: true}, nil
}

// chart puts where the units below stand into the words of a picture, the latest first.
func (w *writer) chart(p locales.Printer) report.Chart {
	say := saying(p)
	today := civil.Of(w.now)
	all := campaign.Standings(w.c, w.place, w.facts, w.r.ToUnit, today)
	c := report.Chart{
		Title:    w.c.Name,
		Subtitle: say("digest.subtitle", "Unit", unitTitle(w.place.Tree, w.r.ToUnit), "Day", today),
		Head:     say("digest.head"),
		Parts: []report.Part{
			{Name: say("digest.done"), Tone: report.Good}, {Name: say("digest.open"), Tone: report.Waiting}, {Name: say("digest.late"), Tone: report.Bad},
		},
		Columns: []string{say("digest.late.column"), say("digest.questions")},
	}
	var total campaign.Standing
	for i, s := range all {
		total.Done, total.Open, total.Late, total.Questions = total.Done+s.Done, total.Open+s.Open, total.Late+s.Late, total.Questions+s.Questions
		if i < chartRows {
			c.Rows = append(c.Rows, standingRow(p, unitTitle(w.place.Tree, s.Unit), s))
		}
	}
	row := standingRow(p, say("digest.total", "N", len(all)), total)
	c.Total = &row
	if more := len(all) - chartRows; more > 0 {
		c.Notes = []string{say("digest.more", "N", more)}
	}
	return c
}

func standingRow(p locales.Printer, name string, s campaign.Standing) report.ChartRow {
	count := func(n int) string { return words(p, fault.T("digest.number", "N", n)) }
	return report.ChartRow{Name: name, Parts: []int{s.Done, s.Open, s.Late}, Figures: []string{count(s.Late), count(s.Questions)}, Late: s.Late > 0}
}
