package print

import "strings"

// paragraph writes a paragraph with its first line set in and both edges straight.
func (p *page) paragraph(style string, size float64, text string) {
	height := size * lineFactor
	for _, stretch := range strings.Split(clean(text), "\n") {
		p.font(style, size)
		lines := p.lines(strings.Fields(stretch), p.width())
		for i, words := range lines {
			p.room(height)
			p.font(style, size) // a new page has written its number
			x := left
			width := p.width()
			if i == 0 {
				x, width = x+indent, width-indent
			}
			p.line(x, width, height, words, i == len(lines)-1)
		}
		p.pdf.SetY(p.pdf.GetY() + paragraph)
	}
}

// lines breaks words into lines; the first has less room. A word that is longer than a line has one of its own.
func (p *page) lines(words []string, width float64) [][]string {
	var lines [][]string
	var line []string
	space, used, room := p.pdf.GetStringWidth(" "), 0.0, width-indent
	for _, word := range words {
		long := p.pdf.GetStringWidth(word)
		if len(line) > 0 && used+space+long > room {
			lines, line, used, room = append(lines, line), nil, 0, width
		}
		if len(line) > 0 {
			used += space
		}
		line, used = append(line, word), used+long
	}
	return append(lines, line)
}

// line writes one line; all but the last of a paragraph fill the width.
func (p *page) line(x, width, height float64, words []string, last bool) {
	space := p.pdf.GetStringWidth(" ")
	if !last && len(words) > 1 {
		used := 0.0
		for _, word := range words {
			used += p.pdf.GetStringWidth(word)
		}
		space = (width - used) / float64(len(words)-1)
	}
	y := p.pdf.GetY()
	for _, word := range words {
		p.pdf.SetXY(x, y)
		long := p.pdf.GetStringWidth(word)
		p.pdf.CellFormat(long, height, word, "", 0, "L", false, 0, "")
		x += long + space
	}
	p.pdf.SetXY(left, y+height)
}
