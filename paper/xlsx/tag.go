package xlsx

import (
	"errors"

	"lamsach/paper/cells"
)

// errShort says that the window ends within a tag.
var errShort = errors.New("xlsx: window too short")

// nameEnd marks the bytes that end a name in a tag.
var nameEnd = [256]bool{' ': true, '\t': true, '\r': true, '\n': true, '/': true, '>': true, '=': true, '<': true, '"': true, '\'': true, '&': true}

var space = [256]bool{' ': true, '\t': true, '\r': true, '\n': true}

// readOpen reads a start tag.
func (s *scanner) readOpen() (token, error) {
	for {
		length, err := s.parseOpen(s.buf[s.start:s.end])
		if err == nil {
			s.pos = s.start + length
			break
		}
		if !errors.Is(err, errShort) {
			return 0, err
		}
		if got, err := s.more(); !got {
			return 0, cut(err)
		}
	}
	s.kind = tokenOpen
	if s.depth() == 0 {
		if s.rooted {
			return 0, cells.Malformed.Because("two roots")
		}
		s.rooted = true
	}
	if s.empty {
		return tokenOpen, nil
	}
	if s.depth() >= deepest {
		return 0, cells.Malformed.Because("over %d tags deep", deepest)
	}
	s.opens = append(s.opens, len(s.open))
	s.open = append(append(s.open, s.prefix...), s.name...)
	return tokenOpen, nil
}

// parseOpen parses the start tag at the beginning of b and gives its length.
func (s *scanner) parseOpen(b []byte) (int, error) {
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
	s.prefix, s.name = splitName(b[1:i])
	s.attrs, s.empty = s.attrs[:0], false
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
			s.empty = true
			return i + 2, nil
		case i == from || len(s.attrs) == mostAttrs:
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
func (s *scanner) parseAttr(b []byte) (int, error) {
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
			s.attrs = append(s.attrs, attr{name, b[from:i]})
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
