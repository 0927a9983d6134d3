package markup

import (
	"errors"

	"lamsach/paper/cells"
)

// errShort says that the window ends within a tag.
var errShort = errors.New("markup: window too short")

// nameEnd marks the bytes that end a name in a tag.
var nameEnd = [256]bool{' ': true, '\t': true, '\r': true, '\n': true, '/': true, '>': true, '=': true, '<': true, '"': true, '\'': true, '&': true}

var space = [256]bool{' ': true, '\t': true, '\r': true, '\n': true}

// readOpen reads a start tag.
func (s *Scanner) readOpen() (Token, error) {
	for {
		length, err := s.parseOpen(s.buf[s.Start:s.end])
		if err == nil {
			s.Pos = s.Start + length
			break
		}
		if !errors.Is(err, errShort) {
			return 0, err
		}
		if got, err := s.more(); !got {
			return 0, cut(err)
		}
	}
	s.Kind = Open
	if s.Depth() == 0 {
		if s.Rooted {
			return 0, cells.Malformed.Because("two roots")
		}
		s.Rooted = true
	}
	if s.Empty {
		return Open, nil
	}
	if s.Depth() >= deepest {
		return 0, cells.Malformed.Because("over %d tags deep", deepest)
	}
	s.opens = append(s.opens, len(s.open))
	s.open = append(append(s.open, s.Prefix...), s.Name...)
	return Open, nil
}

// parseOpen parses the start tag at the beginning of b and gives its length.
func (s *Scanner) parseOpen(b []byte) (int, error) {
	i := 1
	for i < len(b) && !nameEnd[b[i]] {
		i++
	}
	if i == len(b) {
		return 0, errShort
	}
	if i == 1 || !nameStart(b[1]) {
		return 0, cells.Malformed.Because("no name in a tag")
	}
	s.Prefix, s.Name = SplitName(b[1:i])
	s.Tag, s.Empty = s.Tag[:0], false
	for {
		from := i
		for i < len(b) && space[b[i]] {
			i++
		}
		if i == len(b) {
			return 0, errShort
		}
		switch {
		case b[i] == '>':
			return i + 1, nil
		case b[i] == '/':
			if i+1 == len(b) {
				return 0, errShort
			}
			if b[i+1] != '>' {
				return 0, cells.Malformed.Because("a slash in a tag")
			}
			s.Empty = true
			return i + 2, nil
		case i == from || len(s.Tag) == mostAttrs:
			return 0, cells.Malformed.Because("attributes run together")
		}
		length, err := s.parseAttr(b[i:])
		if err != nil {
			return 0, err
		}
		i += length
	}
}

// parseAttr parses the attribute at the beginning of b and gives its length.
func (s *Scanner) parseAttr(b []byte) (int, error) {
	i := 0
	for i < len(b) && !nameEnd[b[i]] {
		i++
	}
	name := b[:i]
	for i < len(b) && space[b[i]] {
		i++
	}
	if i == len(b) {
		return 0, errShort
	}
	if len(name) == 0 || b[i] != '=' || !nameStart(name[0]) {
		return 0, cells.Malformed.Because("an attribute without a value")
	}
	for i++; i < len(b) && space[b[i]]; {
		i++
	}
	if i == len(b) {
		return 0, errShort
	}
	quote := b[i]
	if quote != '"' && quote != '\'' {
		return 0, cells.Malformed.Because("an attribute without quotes")
	}
	i++
	for from := i; i < len(b); i++ {
		switch b[i] {
		case quote:
			s.Tag = append(s.Tag, Attribute{name, b[from:i]})
			return i + 1, nil
		case '<':
			return 0, cells.Malformed.Because("a tag within a tag")
		}
	}
	return 0, errShort
}

func nameStart(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == ':' || c >= 0x80
}
