package markup

import "lamsach/paper/cells"

// Attr gives the value of an attribute of the tag, nil when it has none.
func (s *Scanner) Attr(name string) []byte {
	for i := range s.Tag {
		if string(s.Tag[i].Name) == name {
			return s.Tag[i].Value
		}
	}
	return nil
}

// Attrs calls see with every attribute of the start tag.
func (s *Scanner) Attrs(see func(name, value []byte)) {
	for i := range s.Tag {
		see(s.Tag[i].Name, s.Tag[i].Value)
	}
}

// Is reports whether the token is a start tag of that name.
func (s *Scanner) Is(name string) bool { return s.Kind == Open && string(s.Name) == name }

// Skip moves behind the end of the element whose start tag was just found.
func (s *Scanner) Skip() error {
	if s.Empty {
		return nil
	}
	for outside := s.Depth() - 1; s.Depth() > outside; {
		if _, err := s.Next(); err != nil {
			return err
		}
	}
	return nil
}

// Root reads up to the start tag of the root, which must have that name.
func (s *Scanner) Root(name string) error {
	for {
		kind, err := s.Next()
		if err != nil {
			return err
		}
		if kind == Open {
			if string(s.Name) != name {
				return cells.Malformed.Because("another root")
			}
			return nil
		}
	}
}

// Children calls read at the start tag of every child of the element whose start tag was just found; read must leave the scanner
// behind the child's end. Text between the children is passed over.
func (s *Scanner) Children(read func() error) error {
	if s.Empty {
		return nil
	}
	for outside := s.Depth() - 1; ; {
		token, err := s.Next()
		switch {
		case err != nil:
			return err
		case token == Close && s.Depth() == outside:
			return nil
		case token == Open:
			if err := read(); err != nil {
				return err
			}
		}
	}
}
