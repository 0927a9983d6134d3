package markup

import "slices"

// Insert puts text in front of the current token.
func (s *Scanner) Insert(text []byte) error {
	if err := s.Flush(s.Start); err != nil {
		return err
	}
	_, err := s.Sink.Write(text)
	return err
}

// Replace puts text in the place of the current token.
func (s *Scanner) Replace(text []byte) error {
	if err := s.Insert(text); err != nil {
		return err
	}
	s.sent = s.Pos
	return nil
}

// Without leaves out the element whose start tag is the current token.
func (s *Scanner) Without() error {
	if err := s.Flush(s.Start); err != nil {
		return err
	}
	sink := s.Sink
	s.Sink = nil
	defer func() { s.Sink = sink }()
	if err := s.Skip(); err != nil {
		return err
	}
	return s.Flush(s.Pos)
}

// Retag appends the current tag without some attributes and with more of them; it is left open.
func (s *Scanner) Retag(more string, without ...string) []byte {
	out := append(append([]byte{'<'}, s.Prefix...), s.Name...)
	for _, a := range s.Tag {
		_, local := SplitName(a.Name)
		if !slices.Contains(without, string(local)) {
			out = AppendAttr(out, a.Name, a.Value)
		}
	}
	return append(out, more...)
}

// AppendAttr appends an attribute whose value stands as in a tag.
func AppendAttr(dst, name, value []byte) []byte {
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
