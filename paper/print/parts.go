package print

import "strings"

// head writes who issues it on the left, country and motto on the right, number and date below.
func (p *page) head() {
	width := p.width()
	own, country := width*0.42, width*0.58
	y := p.block(left, top, own, "", headSize, strings.ToUpper(p.d.Above))
	y = p.block(left, y, own, "B", headSize, strings.ToUpper(p.d.Issuer))
	p.rule(left, y, own, 0.45, "B", headSize, strings.ToUpper(p.d.Issuer))
	z := p.block(left+own, top, country, "B", headSize, strings.ToUpper(p.d.Country))
	z = p.block(left+own, z, country, "B", textSize, p.d.Motto)
	p.rule(left+own, z, country, 1, "B", textSize, p.d.Motto)
	at := max(y, z) + 3
	y = p.block(left, at, own, "", textSize, p.d.Number)
	z = p.block(left+own, at, country, "I", textSize, p.d.PlaceAndDate)
	p.pdf.SetXY(left, max(y, z)+7)
}

// title writes what sort of paper it is, what it is about, and to whom it goes.
func (p *page) title() {
	width := p.width()
	y := p.block(left, p.pdf.GetY(), width, "B", nameSize, strings.ToUpper(p.d.Kind))
	y = p.block(left+width*0.1, y, width*0.8, "B", nameSize, p.d.About)
	p.rule(left, y, width, 0.4, "B", nameSize, p.d.About)
	p.pdf.SetXY(left, y+6)
	if p.d.To != "" {
		p.block(left, p.pdf.GetY(), width, "", nameSize, p.d.To)
		p.pdf.SetXY(left, p.pdf.GetY()+4)
	}
}

// body writes the grounds, the parts and the closing.
func (p *page) body() {
	for _, text := range p.d.Opening {
		p.paragraph("I", nameSize, text)
	}
	for _, part := range p.d.Parts {
		if part.Heading != "" {
			p.room(20) // a heading does not stand alone at the end of a page
			p.paragraph("B", nameSize, part.Heading)
		}
		for _, text := range part.Paragraphs {
			p.paragraph("", nameSize, text)
		}
		if part.Table != nil {
			p.table(*part.Table)
		}
	}
	if p.d.Closing != "" {
		p.paragraph("", nameSize, p.d.Closing)
	}
}

// foot writes the recipients on the left and who signs on the right, on one page together.
func (p *page) foot() {
	width := p.width()
	p.room(float64(9+len(p.d.Recipients.List))*listSize*lineFactor + 30)
	y := p.pdf.GetY() + 4
	page := p.pdf.PageNo()
	half := width / 2
	z := y
	if len(p.d.Recipients.List) > 0 {
		p.font("BI", headSize)
		p.pdf.SetXY(left, z)
		p.pdf.MultiCell(half, headSize*lineFactor, clean(p.d.Recipients.Title), "", "L", false)
		p.font("", listSize)
		for _, who := range p.d.Recipients.List {
			p.pdf.SetX(left)
			p.pdf.MultiCell(half, listSize*lineFactor, clean(who), "", "L", false)
		}
	}
	for p.pdf.PageNo() > page { // a long list of recipients went over the page: who signs stands where it began
		page++
		y = top
	}
	y = p.block(left+half, y, half, "B", textSize, strings.ToUpper(p.d.Authority))
	y = p.block(left+half, y, half, "B", textSize, strings.ToUpper(p.d.Post))
	p.block(left+half, y+24, half, "B", nameSize, p.d.Signer)
}
