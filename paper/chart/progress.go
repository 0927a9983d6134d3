package chart

import (
	"io"
	"strings"

	"lamsach/core/report"
)

// Measures of the table in dots.
const (
	rowHeight = 60
	barHeight = 34
	colGap    = 22
	longName  = 350
)

// table is where the columns of a progress picture stand.
type table struct {
	name  int   // room of the names
	bar   int   // left end of the bars
	bars  int   // their length
	right []int // right ends of the figures
	heads [][]string
}

// Progress writes the chart as a PNG of 1080 dots' width. Its height follows from the rows: with 20 of them a phone shows it
// whole; a messenger makes a much higher one smaller, so callers leave out what is not needed and say so in Notes.
func Progress(w io.Writer, c report.Chart) error {
	p, err := newPen()
	if err != nil {
		return err
	}
	p.head(c.Title, c.Subtitle)
	p.legend(c.Parts)
	t := p.layout(c)
	p.tableHead(c, t)
	if c.Total != nil {
		p.row(c, t, *c.Total, true)
		p.rect(margin, p.y, inner, 3, line)
		p.y += 3
	}
	for i, row := range c.Rows {
		if i%2 == 1 {
			p.rect(margin-12, p.y, inner+24, rowHeight, pale)
		}
		p.row(c, t, row, false)
	}
	p.y += 6
	p.notes(c.Notes)
	return p.png(w)
}

// layout finds the columns: figures take what they need, names up to a bound, bars the rest.
func (p *pen) layout(c report.Chart) table {
	t := table{right: make([]int, len(c.Columns)), heads: make([][]string, len(c.Columns))}
	rows := c.Rows
	if c.Total != nil {
		rows = append([]report.ChartRow{*c.Total}, rows...)
	}
	end := width - margin
	for i := len(c.Columns) - 1; i >= 0; i-- {
		w := 0
		for _, word := range strings.Fields(c.Columns[i]) {
			w = max(w, p.wide(style{headSize, false}, word))
		}
		for _, row := range rows {
			if i < len(row.Figures) {
				w = max(w, p.wide(style{textSize, true}, row.Figures[i]))
			}
		}
		t.heads[i] = p.wrap(style{headSize, false}, c.Columns[i], w)
		t.right[i] = end
		end -= w + colGap
	}
	for _, row := range rows {
		t.name = max(t.name, p.wide(style{textSize, true}, row.Name))
	}
	t.name = min(max(t.name, p.wide(style{headSize, false}, c.Head)), longName)
	t.bar = margin + t.name + colGap
	t.bars = max(end-t.bar, 0)
	return t
}

// tableHead writes the heads of the columns, line under line, down to one base line.
func (p *pen) tableHead(c report.Chart, t table) {
	deep := 1
	for _, words := range t.heads {
		deep = max(deep, len(words))
	}
	s := style{headSize, false}
	step := headSize + 4
	base := p.y + deep*step
	p.write(s, margin, base, soft, p.fit(s, c.Head, t.name))
	for i, words := range t.heads {
		for j, word := range words {
			p.writeRight(s, t.right[i], base-(len(words)-1-j)*step, soft, word)
		}
	}
	p.y = base + 12
	p.rect(margin, p.y, inner, 2, line)
	p.y += 2
}

// row draws one unit.
func (p *pen) row(c report.Chart, t table, row report.ChartRow, total bool) {
	letters, height := style{textSize, total}, rowHeight
	if total {
		height += 8
	}
	base := p.y + height/2 + textSize/3
	tint := ink
	if row.Late {
		tint = alarm
	}
	p.write(letters, margin, base, tint, p.fit(letters, row.Name, t.name))
	p.bar(t.bar, p.y+(height-barHeight)/2, t.bars, barHeight, c.Parts, row.Parts)
	for i, figure := range row.Figures {
		if i < len(t.right) {
			p.writeRight(letters, t.right[i], base, tint, figure)
		}
	}
	p.y += height
}

// bar splits a length as the parts are. What there is at all stays visible.
func (p *pen) bar(x, y, length, height int, parts []report.Part, amounts []int) {
	p.rect(x, y, length, height, line)
	p.rect(x+1, y+1, max(length-2, 0), height-2, white)
	for i, w := range shares(amounts[:min(len(amounts), len(parts))], length) {
		p.rect(x, y, w, height, tones[parts[i].Tone])
		x += w
	}
}

// visible is the least width of a part that is there.
const visible = 4

// shares splits a length into parts, in proportion but for those that would not be seen; together they are the length, or
// nothing when all amounts are 0.
func shares(amounts []int, length int) []int {
	sum := 0
	for _, n := range amounts {
		sum += max(n, 0)
	}
	out := make([]int, len(amounts))
	if sum == 0 {
		return out
	}
	rest, largest := length, 0
	for i, n := range amounts {
		if n > 0 {
			out[i] = max(int(int64(length)*int64(n)/int64(sum)), visible)
		}
		rest -= out[i]
		if amounts[i] > amounts[largest] {
			largest = i
		}
	}
	out[largest] += rest
	return out
}
