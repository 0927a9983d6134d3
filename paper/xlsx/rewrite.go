package xlsx

import "slices"

// write puts text in front of the current token.
func (s *scanner) write(text []byte) error {
	if err := s.flush(s.start); err != nil {
		return err
	}
	_, err := s.sink.Write(text)
	return err
}

// replaceTag puts text in the place of the current token.
func (s *scanner) replaceTag(text []byte) error {
	if err := s.write(text); err != nil {
		return err
	}
	s.sent = s.pos
	return nil
}

// without leaves out the element whose start tag is the current token.
func (s *scanner) without() error {
	if err := s.flush(s.start); err != nil {
		return err
	}
	sink := s.sink
	s.sink = nil
	defer func() { s.sink = sink }()
	if err := s.skip(); err != nil {
		return err
	}
	return s.flush(s.pos)
}

// retag appends the current tag without some attributes and with more of them; it is left open.
func (s *scanner) retag(more string, without ...string) []byte {
	out := append(append([]byte{'<'}, s.prefix...), s.name...)
	for _, a := range s.attrs {
		_, local := splitName(a.name)
		if !slices.Contains(without, string(local)) {
			out = appendAttr(out, a.name, a.value)
		}
	}
	return append(out, more...)
}

// appendAttr appends an attribute whose value stands as in a tag.
func appendAttr(dst, name, value []byte) []byte {
	dst = append(append(append(dst, ' '), name...), `="`...)
	for _, c := range value {
		if c == '"' { // the value stood in single quotes
			dst = append(dst, "&quot;"...)
			continue
		}
		dst = append(dst, c)
	}
	return append(dst, '"')
}
