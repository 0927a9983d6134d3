// Package chart draws pictures for a phone: where units stand, and what is due when. A picture is 1080 dots wide, light, and
// its smallest letters are large enough to be read on a hand's screen without zooming.
//
// It draws with golang.org/x/image: the chart libraries that can be had know no stacked shares with a table beside them, and
// bring fonts without the letters of Vietnamese.
package chart

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"strings"
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"

	"lamsach/core/report"
)

// Measures in dots.
const (
	width  = 1080
	margin = 44
	inner  = width - 2*margin
	tall   = 20_000 // more than any picture needs: what is drawn is cut to what was used
)

// Sizes of letters in dots.
const (
	titleSize = 46
	textSize  = 30
	noteSize  = 27
	headSize  = 25
)

// The colours. Letters stand on white, or on the pale ground of every other row, with a contrast above 4.5 : 1.
var (
	white = color.RGBA{255, 255, 255, 255}
	ink   = color.RGBA{28, 33, 40, 255}
	soft  = color.RGBA{84, 94, 107, 255}
	line  = color.RGBA{214, 219, 226, 255}
	pale  = color.RGBA{246, 248, 250, 255}
	alarm = color.RGBA{176, 38, 28, 255}
	mark  = color.RGBA{31, 91, 184, 255}
	tones = map[report.Tone]color.RGBA{
		report.Calm: {176, 184, 194, 255}, report.Good: {46, 145, 85, 255}, report.Waiting: {239, 176, 52, 255}, report.Bad: {211, 78, 62, 255},
	}
)

// style is a size and weight of letters.
type style struct {
	size int
	bold bool
}

// fonts reads the two fonts once.
var fonts = sync.OnceValues(func() ([2]*opentype.Font, error) {
	regular, err := opentype.Parse(liberationsansregular.TTF)
	if err != nil {
		return [2]*opentype.Font{}, fmt.Errorf("chart: read the font: %w", err)
	}
	bold, err := opentype.Parse(liberationsansbold.TTF)
	if err != nil {
		return [2]*opentype.Font{}, fmt.Errorf("chart: read the bold font: %w", err)
	}
	return [2]*opentype.Font{regular, bold}, nil
})

// pen draws from the top down. It is for one picture and one goroutine.
type pen struct {
	strips []strip // what was drawn, to be laid on a canvas of the height that it came to
	y      int     // where the next thing begins
	fonts  [2]*opentype.Font
	faces  map[style]font.Face
}

// strip is something to draw when the canvas is there.
type strip func(to draw.Image)

func newPen() (*pen, error) {
	f, err := fonts()
	return &pen{y: margin, fonts: f, faces: map[style]font.Face{}}, err
}

// face gives the letters of a style.
func (p *pen) face(s style) font.Face {
	face, ok := p.faces[s]
	if !ok {
		f := p.fonts[0]
		if s.bold {
			f = p.fonts[1]
		}
		// The sizes are constants of this package: the only error there is, of a size that is none, cannot be.
		face, _ = opentype.NewFace(f, &opentype.FaceOptions{Size: float64(s.size), DPI: 72, Hinting: font.HintingNone})
		p.faces[s] = face
	}
	return face
}

// wide tells how many dots a text takes.
func (p *pen) wide(s style, text string) int {
	return font.MeasureString(p.face(s), norm.NFC.String(text)).Ceil()
}

// rect fills a rectangle.
func (p *pen) rect(x, y, w, h int, c color.RGBA) {
	p.strips = append(p.strips, func(to draw.Image) {
		draw.Draw(to, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{}, draw.Src)
	})
}

// write puts a text with its base line at y.
func (p *pen) write(s style, x, y int, c color.RGBA, text string) {
	face := p.face(s)
	text = norm.NFC.String(text)
	p.strips = append(p.strips, func(to draw.Image) {
		d := font.Drawer{Dst: to, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
		d.DrawString(text)
	})
}

// writeRight ends a text at x.
func (p *pen) writeRight(s style, x, y int, c color.RGBA, text string) {
	p.write(s, x-p.wide(s, text), y, c, text)
}

// paragraph writes a text over as many lines as it needs, and moves down.
func (p *pen) paragraph(s style, c color.RGBA, text string) {
	for _, l := range p.wrap(s, text, inner) {
		p.y += s.size + s.size/4
		p.write(s, margin, p.y-s.size/4, c, l)
	}
}

// wrap breaks a text into lines at blanks; a word longer than a line stays whole and is cut short.
func (p *pen) wrap(s style, text string, room int) []string {
	var lines []string
	now := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(now + " " + word)
		if now != "" && p.wide(s, longer) > room {
			lines = append(lines, now)
			longer = word
		}
		now = longer
	}
	if now != "" {
		lines = append(lines, now)
	}
	for i := range lines {
		lines[i] = p.fit(s, lines[i], room)
	}
	return lines
}

// fit cuts a text that is too long for its place, between letters, and says so.
func (p *pen) fit(s style, text string, room int) string {
	if p.wide(s, text) <= room {
		return text
	}
	letters := []rune(norm.NFC.String(text))
	for len(letters) > 1 && p.wide(s, string(letters)+"…") > room {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ") + "…"
}

// png lays everything on a canvas and writes it.
func (p *pen) png(w io.Writer) error {
	canvas := image.NewRGBA(image.Rect(0, 0, width, min(p.y+margin, tall)))
	draw.Draw(canvas, canvas.Bounds(), image.NewUniform(white), image.Point{}, draw.Src)
	for _, s := range p.strips {
		s(canvas)
	}
	if err := png.Encode(w, canvas); err != nil {
		return fmt.Errorf("chart: write the picture: %w", err)
	}
	return nil
}

// head writes title and subtitle.
func (p *pen) head(title, subtitle string) {
	p.paragraph(style{titleSize, true}, ink, title)
	if subtitle != "" {
		p.y += 6
		p.paragraph(style{textSize, false}, soft, subtitle)
	}
	p.y += 22
}

// legend explains the colours.
func (p *pen) legend(parts []report.Part) {
	const box, gap = 26, 34
	s := style{noteSize, false}
	x := margin
	for i, part := range parts {
		w := box + 12 + p.wide(s, part.Name)
		if i > 0 && x+w > width-margin {
			x = margin
			p.y += box + 14
		}
		p.rect(x, p.y, box, box, tones[part.Tone])
		p.write(s, x+box+12, p.y+box-3, ink, p.fit(s, part.Name, inner-box-12))
		x += w + gap
	}
	if len(parts) > 0 {
		p.y += box + 26
	}
}

// notes ends the picture.
func (p *pen) notes(notes []string) {
	for _, note := range notes {
		p.y += 10
		p.paragraph(style{noteSize, false}, soft, note)
	}
}
