package print

import "lamsach/core/report"

// pad is the space between a cell's edge and its text.
const pad = 1.2

// table writes a table; its head stands on every page that it goes on to, and no row is cut.
func (p *page) table(t report.DocumentTable) {
	widths := p.columns(t)
	p.tableRow(t, widths, t.Head, "B", "C")
	for _, row := range t.Rows {
		p.tableRow(t, widths, row, "", "")
	}
	if t.Total != nil {
		p.tableRow(t, widths, t.Total, "B", "")
	}
	p.pdf.SetXY(left, p.pdf.GetY()+3)
}

// columns shares the page's width out.
func (p *page) columns(t report.DocumentTable) []float64 {
	weights := t.Weight
	if weights == nil {
		weights = make([]int, len(t.Head))
		for i := range weights {
			weights[i] = 1
		}
		weights[0] = 3
	}
	sum := 0
	for _, w := range weights {
		sum += w
	}
	widths := make([]float64, len(t.Head))
	for i := range widths {
		widths[i] = p.width() * float64(weights[i]) / float64(sum)
	}
	return widths
}

// tableRow writes a row, as high as its longest cell; align is of all cells, "" by what they hold.
func (p *page) tableRow(t report.DocumentTable, widths []float64, cells []string, style, align string) {
	line := tableSize * lineFactor
	p.font(style, tableSize)
	texts := make([][]string, len(widths))
	most := 1
	for i := range widths {
		if i < len(cells) {
			texts[i] = p.pdf.SplitText(clean(cells[i]), widths[i]-2*pad)
		}
		most = max(most, len(texts[i]))
	}
	height := float64(most)*line + pad
	before := p.pdf.PageNo()
	p.room(height)
	if p.pdf.PageNo() != before && align == "" {
		p.tableRow(t, widths, t.Head, "B", "C")
	}
	p.font(style, tableSize)
	x, y := left, p.pdf.GetY()
	p.pdf.SetLineWidth(0.2)
	for i, width := range widths {
		p.pdf.Rect(x, y, width, height, "D")
		where := align
		if where == "" {
			where = "R"
			if i < t.Left {
				where = "L"
			}
		}
		at := y + (height-float64(len(texts[i]))*line)/2
		for _, text := range texts[i] {
			p.pdf.SetXY(x+pad, at)
			p.pdf.CellFormat(width-2*pad, line, text, "", 0, where, false, 0, "")
			at += line
		}
		x += width
	}
	p.pdf.SetXY(left, y+height)
}
