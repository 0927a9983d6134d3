package xlsx

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"lamsach/paper/markup"
)

// xf is a cell style as it stands in the part.
type xf struct {
	tag      string
	names    []string
	values   map[string]string
	children string
}

// parse takes a style apart.
func (x *xf) parse(text []byte) error {
	s, err := markup.OfBytes(text)
	if err != nil {
		return err
	}
	if err := s.Root("xf"); err != nil {
		return err
	}
	x.tag, x.values = string(s.Prefix)+"xf", map[string]string{}
	for _, a := range s.Tag {
		if name := string(a.Name); name != "quotePrefix" && name != "pivotButton" {
			x.names = append(x.names, name)
			x.values[name] = string(a.Value)
		}
	}
	if !s.Empty {
		x.children = string(text[s.Pos:bytes.LastIndex(text, []byte("</"))])
	}
	return nil
}

// set gives an attribute a number, and says by another attribute that it counts.
func (x *xf) set(name string, value int, applies string) {
	x.put(name, strconv.Itoa(value))
	x.put(applies, "1")
}

func (x *xf) put(name, value string) {
	if _, has := x.values[name]; !has {
		x.names = append(x.names, name)
	}
	x.values[name] = value
}

// align puts an alignment in the place of the one that the style has; others of its children stay.
func (x *xf) align(alignment string) {
	rest := x.children
	if i := strings.Index(rest, "protection"); i >= 0 {
		rest = rest[strings.LastIndex(rest[:i], "<"):]
		if end := strings.Index(rest, "/>"); end >= 0 {
			rest = rest[:end+2]
		} else {
			rest = ""
		}
	} else {
		rest = ""
	}
	x.children = alignment + rest
	x.put("applyAlignment", "1")
}

// text puts the style together.
func (x *xf) text() string {
	var out []byte
	out = append(append(out, '<'), x.tag...)
	for _, name := range x.names {
		out = markup.AppendAttr(out, []byte(name), []byte(x.values[name]))
	}
	if x.children == "" {
		return string(append(out, "/>"...))
	}
	return string(out) + ">" + x.children + "</" + x.tag + ">"
}

// renamed gives a font with another name; what tells of the old one (its family, its character set) goes.
func renamed(text []byte) (string, error) {
	s, err := markup.OfBytes(text)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	s.Sink = &out
	for {
		kind, err := s.Next()
		switch {
		case err != nil:
			return "", err
		case kind == markup.End:
			err := s.Flush(s.Pos)
			return out.String(), err
		case kind != markup.Open:
			continue
		}
		switch string(s.Name) {
		case "name":
			if err := s.Flush(s.Start); err != nil {
				return "", err
			}
			fmt.Fprintf(&out, `<%sname val="`+oldFont+`"/>`, s.Prefix)
			err = s.Without()
		case "family", "charset", "scheme":
			err = s.Without()
		}
		if err != nil {
			return "", err
		}
	}
}
