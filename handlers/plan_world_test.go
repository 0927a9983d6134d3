package handlers_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
)

// clock moves the clock to an hour of a day, "2026-11-24 14:00"; without the hour, to eight o'clock.
func (w *world) clock(moment string) {
	w.t.Helper()
	day, hour, given := strings.Cut(moment, " ")
	if !given {
		hour = "08:00"
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+hour, w.options.Zone)
	w.ok(err)
	w.now = at
}

// photo sends a picture.
func (w *world) photo(who string) {
	w.t.Helper()
	source := fmt.Sprintf("f%d", len(w.files)+1)
	w.files[source] = page(w.t)
	w.update(who, bot.Update{Kind: bot.Message, Other: "photo", Photo: &bot.File{ID: source, Size: int64(len(w.files[source])), MIME: "image/jpeg"}})
}

// page is a picture of a page.
func page(t testing.TB) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	img.Set(3, 3, color.White)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// plan adds a campaign of lines: "TEMPLATE ID UNIT UNITS…", then "KIND STEP DAYS" (of the common steps: "all").
func (w *world) plan(text string) campaign.Campaign {
	w.t.Helper()
	head, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	words := strings.Fields(head)
	c, err := campaign.FromTemplate(words[0], words[1], words[2], words[3:])
	w.ok(err)
	for l := range strings.Lines(rest) {
		f := strings.SplitN(strings.TrimSpace(l), " ", 3)
		days, err := campaign.ParseDays(f[2], civil.Of(w.now))
		w.ok(err)
		found := false
		for _, stream := range c.All() {
			for i := range stream.Steps {
				if kind := strings.TrimPrefix(f[0], "all"); stream.Kind == kind && stream.Steps[i].ID == f[1] {
					stream.Steps[i].From, stream.Steps[i].To, stream.Steps[i].Before = days.From, days.To, days.Before
					found = true
				}
			}
		}
		if !found {
			w.t.Fatalf("no step %s", l)
		}
	}
	tree, err := w.store.Tree(context.Background())
	w.ok(err)
	if said := campaign.Validate(c, tree, []string{"child", "beneficiary"}); len(said) > 0 {
		w.t.Fatalf("the plan does not stand: %v", said)
	}
	rows := campaign.Schedule(c, campaign.Place{Tree: tree, Zone: w.options.Zone}, c.Start())
	w.ok(w.store.AddCampaign(context.Background(), bot.Ending{Op: "plan " + c.ID}, "", c, rows))
	return c
}
