package markup

import (
	"bytes"
	"errors"

	"lamsach/paper/cells"
)

// errShort says that the window ends within a tag.
var errShort = errors.New("markup: window too short")

// nameEnd marks the bytes that end a name in a tag.
var nameEnd = [256]bool{' ': true, '\t': true, '\r': true, '\n': true, '/': true, '>': true, '=': true, '<': true, '"': true, '\'': true, '&': true}

var space = [256]bool{' ': true, '\t': true, '\r': true, '\n': true}

// readClose reads an end tag, which must match the element that is open.
func (s *Scanner) readClose() (Token, error) {
	var i int
	for {
		i = bytes.IndexByte(s.buf[s.start:s.end], '>')
		if i >= 0 {
			break
		}
		if got, err := s.more(); !got {
			return 0, cut(err)
		}
	}
	full := bytes.TrimRight(s.buf[s.start+2:s.start+i], " \t\r\n")
	s.pos = s.start + i + 1
	last := len(s.opens) - 1
	if last < 0 || !bytes.Equal(s.open[s.opens[last]:], full) {
		return 0, cells.Malformed.Because("an end tag that does not match")
	}
	s.open = s.open[:s.opens[last]]
	s.opens = s.opens[:last]
	s.Prefix, s.Name = splitName(full)
	return Close, nil
}

// splitName parts a name from its prefix, which keeps the colon.
func splitName(full []byte) (prefix, local []byte) {
	i := bytes.IndexByte(full, ':') + 1
	return full[:i], full[i:]
}

// readOpen reads a start tag.
func (s *Scanner) readOpen() (Token, error) {
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
	if s.Depth() == 0 {
		if s.rooted {
			return 0, cells.Malformed.Because("two roots")
		}
		s.rooted = true
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
	s.Prefix, s.Name = splitName(b[1:i])
	s.attrs, s.Empty = s.attrs[:0], false
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
	end := bytes.IndexByte(b[i:], quote)
	if end < 0 {
		return 0, errShort
	}
	value := b[i : i+end]
	if bytes.IndexByte(value, '<') >= 0 {
		return 0, cells.Malformed.Because("a tag within a tag")
	}
	s.attrs = append(s.attrs, attr{name, value})
	return i + end + 1, nil
}

func nameStart(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == ':' || c >= 0x80
}
