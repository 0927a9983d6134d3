// Package print makes papers to be signed: PDF in the form of Nghị định 30/2020/NĐ-CP, appendix I (page, margins, sizes and places of
// the parts), in letters with the measures of Times New Roman.
package print

import (
	"fmt"
	"io"
	"time"

	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"codeberg.org/go-fonts/liberation/liberationserifbolditalic"
	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/unicode/norm"

	"lamsach/core/report"
)

// Measures of the page in millimetres, and sizes of letters in points, as the decree sets them.
const (
	family     = "serif"
	top        = 20.0
	bottom     = 20.0
	left       = 30.0
	right      = 15.0
	indent     = 12.7
	headSize   = 12.0
	textSize   = 13.0
	nameSize   = 14.0
	listSize   = 11.0
	tableSize  = 11.0
	lineFactor = 0.3528 * 1.25 // millimetres of a line for a point of letters
	paragraph  = 2.2           // space after a paragraph: 6 points
)

// wideFrom is how many columns a table has when the paper lies on its side for it.
const wideFrom = 9

// page writes one document.
type page struct {
	pdf *fpdf.Fpdf
	d   report.Document
}

// Write writes the document as PDF. Texts are brought to NFC first: the letters know no marks apart. Its error is that of w, or of a text
// that no letter can show.
func Write(w io.Writer, d report.Document) error {
	p := page{pdf: fpdf.New(orientation(d), "mm", "A4", ""), d: d}
	p.pdf.SetCatalogSort(true) // the same paper is the same file
	for _, letters := range []struct {
		style string
		ttf   []byte
	}{
		{"", liberationserifregular.TTF}, {"B", liberationserifbold.TTF}, {"I", liberationserifitalic.TTF},
		{"BI", liberationserifbolditalic.TTF},
	} {
		p.pdf.AddUTF8FontFromBytes(family, letters.style, letters.ttf)
	}
	p.pdf.SetMargins(left, top, right)
	p.pdf.SetCellMargin(0)
	p.pdf.SetAutoPageBreak(true, bottom)
	p.pdf.SetTitle(clean(d.About), true)
	p.pdf.SetCreator("lamsach", true)
	p.pdf.SetCreationDate(d.On.Time(time.UTC))
	p.pdf.SetModificationDate(d.On.Time(time.UTC))
	p.pdf.SetHeaderFunc(p.pageNumber)
	p.pdf.AddPage()
	p.head()
	p.title()
	p.body()
	p.foot()
	if err := p.pdf.Output(w); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

func orientation(d report.Document) string {
	for _, part := range d.Parts {
		if part.Table != nil && len(part.Table.Head) >= wideFrom {
			return "L"
		}
	}
	return "P"
}

func clean(text string) string { return norm.NFC.String(text) }

// pageNumber stands in the middle of the upper margin, not on the first page.
func (p *page) pageNumber() {
	if p.pdf.PageNo() == 1 {
		return
	}
	p.pdf.SetY(10)
	p.font("", textSize)
	p.pdf.CellFormat(0, 6, fmt.Sprint(p.pdf.PageNo()), "", 0, "C", false, 0, "")
	p.pdf.SetY(top)
}

func (p *page) font(style string, size float64) { p.pdf.SetFont(family, style, size) }

// width is what the page has between its margins.
func (p *page) width() float64 {
	all, _ := p.pdf.GetPageSize()
	return all - left - right
}

// room begins a new page when less than height is left of this one.
func (p *page) room(height float64) {
	_, all := p.pdf.GetPageSize()
	if p.pdf.GetY()+height > all-bottom {
		p.pdf.AddPage()
	}
}

// block writes lines in the middle of a column and gives where it ends.
func (p *page) block(x, y, width float64, style string, size float64, text string) float64 {
	if text == "" {
		return y
	}
	p.font(style, size)
	p.pdf.SetXY(x, y)
	p.pdf.MultiCell(width, size*lineFactor, clean(text), "", "C", false)
	return p.pdf.GetY()
}

// rule draws the line under a block: a share of the width of its text.
func (p *page) rule(x, y, width, share float64, style string, size float64, text string) {
	p.font(style, size)
	long := min(p.pdf.GetStringWidth(clean(text)), width) * share
	p.pdf.SetLineWidth(0.25)
	p.pdf.Line(x+(width-long)/2, y+0.8, x+(width+long)/2, y+0.8)
}
