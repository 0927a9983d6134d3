package xlsx

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
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
	s, err := scanBytes(text)
	if err != nil {
		return err
	}
	if err := s.readRoot("xf"); err != nil {
		return err
	}
	x.tag, x.values = string(s.prefix)+"xf", map[string]string{}
	for _, a := range s.attrs {
		if name := string(a.name); name != "quotePrefix" && name != "pivotButton" {
			x.names = append(x.names, name)
			x.values[name] = string(a.value)
		}
	}
	if !s.empty {
		x.children = string(text[s.pos:bytes.LastIndex(text, []byte("</"))])
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
		out = appendAttr(out, []byte(name), []byte(x.values[name]))
	}
	if x.children == "" {
		return string(append(out, "/>"...))
	}
	return string(out) + ">" + x.children + "</" + x.tag + ">"
}

// renamed gives a font with another name; what tells of the old one (its family, its character set) goes.
func renamed(text []byte) (string, error) {
	s, err := scanBytes(text)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	s.sink = &out
	for {
		kind, err := s.next()
		switch {
		case err != nil:
			return "", err
		case kind == tokenEnd:
			err := s.flush(s.pos)
			return out.String(), err
		case kind != tokenOpen:
			continue
		}
		switch string(s.name) {
		case "name":
			if err := s.flush(s.start); err != nil {
				return "", err
			}
			fmt.Fprintf(&out, `<%sname val="`+oldFont+`"/>`, s.prefix)
			err = s.without()
		case "family", "charset", "scheme":
			err = s.without()
		}
		if err != nil {
			return "", err
		}
	}
}
