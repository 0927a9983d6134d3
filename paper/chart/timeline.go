package chart

import (
	"fmt"
	"image/color"
	"io"

	"lamsach/core/civil"
	"lamsach/core/report"
)

// Measures of the time line in dots.
const (
	stepHeight = 124
	stepBar    = 30
	axisHeight = 52
)

// TimeLine writes the plan as a PNG of 1080 dots' width: the days from left to right, one step under the other.
func TimeLine(w io.Writer, l report.TimeLine) error {
	p, err := newPen()
	if err != nil {
		return err
	}
	p.head(l.Title, l.Subtitle)
	p.legend(l.Parts)
	today := !l.Today.IsZero() && !l.Today.Before(l.From) && !l.Today.After(l.To)
	if today && l.Marker != "" {
		p.marker(l)
	}
	top := p.y
	ticks := p.axis(l)
	behind := len(p.strips)
	for _, lane := range l.Lanes {
		p.lane(l, lane)
	}
	over := p.strips[behind:]
	p.strips = p.strips[:behind:behind]
	for _, day := range ticks { // behind the steps
		p.rect(at(l, day), top+axisHeight-8, 2, p.y-top-axisHeight+8, line)
	}
	if today {
		p.rect(at(l, l.Today), top+axisHeight-8, 4, p.y-top-axisHeight+8, mark)
	}
	p.strips = append(p.strips, over...)
	p.y += 12
	p.notes(l.Notes)
	return p.png(w)
}

// at is where a day begins.
func at(l report.TimeLine, day civil.Date) int {
	days := max(l.To.DaysSince(l.From)+1, 1)
	return margin + inner*min(max(day.DaysSince(l.From), 0), days)/days
}

// marker writes what today is called, above its line.
func (p *pen) marker(l report.TimeLine) {
	s := style{headSize, true}
	w := p.wide(s, l.Marker)
	x := min(max(at(l, l.Today)-w/2, margin), width-margin-w)
	p.y += headSize + 6
	p.write(s, x, p.y-6, mark, l.Marker)
}

// axis writes days at distances that leave room for them, and gives these days.
func (p *pen) axis(l report.TimeLine) []civil.Date {
	s := style{headSize, false}
	room := p.wide(s, "00/00") + 28
	days := max(l.To.DaysSince(l.From)+1, 1)
	step := 1
	for _, step = range []int{1, 2, 5, 7, 14, 30, 60, 90, 180, 365} {
		if inner*step/days >= room {
			break
		}
	}
	var ticks []civil.Date
	if l.From.IsZero() || l.To.Before(l.From) {
		return nil
	}
	for day := l.From; !day.After(l.To); day = day.AddDays(step) {
		x, label := at(l, day), fmt.Sprintf("%02d/%02d", day.Day, day.Month)
		if x+p.wide(s, label) <= width-margin {
			p.write(s, x, p.y+headSize+6, soft, label)
			ticks = append(ticks, day)
		}
	}
	p.y += axisHeight
	return ticks
}

// lane draws the steps of one kind of list.
func (p *pen) lane(l report.TimeLine, lane report.Lane) {
	if lane.Name != "" {
		p.y += 14
		p.rect(margin-12, p.y, inner+24, 50, pale)
		p.write(style{textSize, true}, margin, p.y+36, ink, p.fit(style{textSize, true}, lane.Name, inner))
		p.y += 62
	}
	for _, bar := range lane.Bars {
		p.step(l, bar)
	}
}

// step draws one step: its name and who owes it above its days.
func (p *pen) step(l report.TimeLine, b report.TimeBar) {
	name, note := style{textSize, true}, style{noteSize, false}
	p.backed(name, p.y+textSize, ink, p.fit(name, b.Name, inner))
	p.backed(note, p.y+textSize+noteSize+8, soft, p.fit(note, b.Note, inner))
	top := p.y + textSize + noteSize + 22
	if !b.To.IsZero() && !l.From.IsZero() {
		from := l.From
		if !b.From.IsZero() {
			from = b.From
		}
		x, end := at(l, from), at(l, b.To.AddDays(1))
		p.rect(x, top, max(end-x, 6), stepBar, tones[b.Tone])
	}
	p.y += stepHeight
}

// backed writes a text on white, so that the lines of the days do not run through it.
func (p *pen) backed(s style, y int, c color.RGBA, text string) {
	p.rect(margin, y-s.size+2, p.wide(s, text)+6, s.size+s.size/4, white)
	p.write(s, margin, y, c, text)
}
