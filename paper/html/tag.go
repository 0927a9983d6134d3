package html

import (
	"bytes"
	"strconv"
	"strings"

	"lamsach/paper/cells"
)

// attributes are those of a tag that say something about a cell.
type attributes struct {
	name, style, face     string
	columns, rows         string // that a block covers
	number, format        string // x:num and sdval; the format of sdnum
	isNumber, isText      bool
	isBool, isError       bool
	hidden, visibleNumber bool
}

// attributes reads those of the tag that was just found.
func (p *page) attributes() attributes {
	var a attributes
	for more := true; more; {
		var key, value []byte
		key, value, more = p.z.TagAttr()
		switch string(key) {
		case "name":
			a.name = string(value)
		case "style":
			a.style = strings.ToLower(string(value))
		case "face":
			a.face = string(value)
		case "colspan":
			a.columns = string(value)
		case "rowspan":
			a.rows = string(value)
		case "hidden":
			a.hidden = true
		case "x:num":
			a.isNumber, a.number, a.visibleNumber = true, string(value), len(value) == 0
		case "x:str":
			a.isText = true
		case "x:bool":
			a.isBool, a.number = true, string(value)
		case "x:err":
			a.isError = true
		case "sdval":
			a.isNumber, a.number = true, string(value)
		case "sdnum":
			_, after, _ := strings.Cut(string(value), ";")
			_, a.format, _ = strings.Cut(after, ";")
		}
	}
	style := strings.ReplaceAll(a.style, " ", "")
	a.hidden = a.hidden || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:collapse")
	if _, format, ok := strings.Cut(style, "number-format:"); ok && isTextFormat(format) {
		a.isText = true
	}
	if _, format, ok := strings.Cut(style, "numberformat:"); ok && isTextFormat(format) {
		a.isText = true
	}
	a.isText = a.isText || a.format == "@"
	if _, family, ok := strings.Cut(a.style, "font-family:"); ok && a.face == "" {
		family, _, _ = strings.Cut(family, ";")
		a.face, _, _ = strings.Cut(strings.TrimSpace(family), ",")
	}
	return a
}

// isTextFormat knows the format that keeps what is typed: @, as style sheets escape it.
func isTextFormat(format string) bool {
	return strings.HasPrefix(strings.TrimLeft(format, `\"'`), "@")
}

// span reads how many columns or rows a cell covers.
func span(text string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

// skipped are the elements whose contents are no text of a cell.
var skipped = map[string]bool{"script": true, "style": true, "title": true, "comment": true, "template": true, "select": true, "textarea": true}

// void elements have no end tag.
var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true, "meta": true,
	"param": true, "source": true, "track": true, "wbr": true,
}

// block elements begin a line.
var block = map[string]bool{
	"address": true, "blockquote": true, "center": true, "dd": true, "div": true, "dl": true, "dt": true, "h1": true, "h2": true, "h3": true,
	"h4": true, "h5": true, "h6": true, "hr": true, "li": true, "ol": true, "p": true, "pre": true, "ul": true,
}

// startTag acts on a start tag.
func (p *page) startTag() error {
	raw, has := p.z.TagName()
	name := string(raw)
	var a attributes
	if has {
		a = p.attributes()
	}
	if p.skip != "" {
		if name == p.skip {
			p.skipDepth++
		}
		if !endsSkip(name) {
			return nil
		}
		p.skip = ""
	}
	g := p.innermost()
	switch {
	case name == "html":
		p.unclosed = true
	case name == "table":
		return p.beginTable(a.hidden)
	case name == "a":
		p.title = g == nil && strings.HasPrefix(a.name, "table")
	case g == nil && (name == "tr" || name == "td" || name == "th"):
		return cells.Malformed.Because("a row outside of a table") // the table ended too early: its rest would be lost
	case g == nil, skipped[name]:
		if skipped[name] {
			p.skip, p.skipDepth = name, 1
		}
	case name == "tr":
		return g.beginRow(p, a.hidden)
	case name == "td", name == "th":
		return g.beginCell(p, a)
	case name == "thead", name == "tbody", name == "tfoot":
		return g.section(p)
	case name == "caption":
		p.skip, p.skipDepth = name, 1
	case g.cell != nil:
		g.cell.element(p, name, a)
	}
	return nil
}

// endsSkip says that a tag cannot stand inside what is passed over: an end tag was forgotten.
func endsSkip(name string) bool {
	return name == "tr" || name == "td" || name == "th" || name == "table"
}

// endTag acts on an end tag.
func (p *page) endTag(name string) error {
	if p.skip != "" {
		if name == p.skip {
			if p.skipDepth--; p.skipDepth == 0 {
				p.skip = ""
			}
			return nil
		}
		if !endsSkip(name) {
			return nil
		}
		p.skip = ""
	}
	g := p.innermost()
	switch {
	case name == "html":
		p.unclosed = false
	case name == "a":
		p.title = false
	case g == nil:
	case name == "table":
		return p.endTable()
	case name == "tr":
		return g.endRow(p)
	case name == "td", name == "th":
		return g.endCell(p)
	case name == "thead", name == "tbody", name == "tfoot":
		return g.section(p)
	case g.cell != nil && block[name]:
		g.cell.breakLine()
	}
	return nil
}

// text acts on a text.
func (p *page) text(text []byte) error {
	g := p.innermost()
	switch {
	case p.skip != "":
	case g != nil && g.cell != nil:
		g.cell.write(text)
	case g != nil:
		if len(bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\u00a0"), nil))) > 0 {
			return cells.Malformed.Because("text between cells")
		}
	case p.title:
		if _, name, ok := bytes.Cut(text, []byte(": ")); ok || p.current == "" {
			if !ok {
				name = text
			}
			p.current = string(bytes.TrimSpace(name))
		} else if name := bytes.TrimSpace(text); len(name) > 0 {
			p.current = string(name)
		}
	}
	return nil
}

func (p *page) innermost() *grid {
	if len(p.open) == 0 {
		return nil
	}
	return p.open[len(p.open)-1]
}
