// Package markup finds the tags of an XML part without building anything from them: what a strict decoder checks about the part is
// checked, at a fraction of its cost.
package markup

import (
	"bytes"
	"errors"
	"io"

	"lamsach/paper/cells"
)

// Token is the kind of what Scanner.Next found.
type Token uint8

// The kinds of token.
const (
	End   Token = iota // the part ended, well-formed
	Open               // a start tag; Scanner.Empty says that it closes itself, then no Close follows
	Close              // an end tag
	Text               // text as it stands in the part, entities not decoded
)

const (
	windowSize = 64 << 10
	longest    = 1 << 20 // of a tag, or of a text between two tags
	deepest    = 256
	mostAttrs  = 512
)

// attr is an attribute as it stands in the tag.
type attr struct{ name, value []byte }

// Scanner finds the tags of an XML part in a window that moves over it. It checks that tags balance and that the part ends where it
// should. Names are given without their prefix. What a token refers to is valid until the next call. Trouble is a cells.Flaw, or the
// reader's error.
type Scanner struct {
	Name   []byte // of the tag
	Prefix []byte // of its name, with the colon
	Empty  bool   // the start tag closes itself
	Raw    []byte // the text of a Text token
	CDATA  bool   // it is literal

	src   io.Reader
	buf   []byte
	pos   int // of what comes next
	end   int // of what was read
	start int // of the token
	done  bool
	begun bool
	attrs []attr

	open   []byte // names of the open elements, one after the other
	opens  []int  // where each begins
	rooted bool
}

// NewScanner begins to read a part.
func NewScanner(src io.Reader) *Scanner { return &Scanner{src: src, buf: make([]byte, windowSize)} }

// Depth is the number of open elements.
func (s *Scanner) Depth() int { return len(s.opens) }

// Attr gives the value of an attribute of the start tag by its whole name, entities not decoded; nil when it has none.
func (s *Scanner) Attr(name string) []byte {
	for i := range s.attrs {
		if string(s.attrs[i].name) == name {
			return s.attrs[i].value
		}
	}
	return nil
}

// Attrs calls see with every attribute of the start tag.
func (s *Scanner) Attrs(see func(name, value []byte)) {
	for i := range s.attrs {
		see(s.attrs[i].name, s.attrs[i].value)
	}
}

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

// Next finds the next token.
func (s *Scanner) Next() (Token, error) {
	if !s.begun {
		s.begun = true
		if err := s.prologue(); err != nil {
			return 0, err
		}
	}
	for {
		s.start = s.pos
		if s.pos == s.end {
			got, err := s.more()
			if err != nil {
				return 0, err
			}
			if !got {
				return s.finish()
			}
		}
		if s.buf[s.pos] != '<' {
			return s.readText()
		}
		for s.end-s.pos < 2 {
			if got, err := s.more(); !got {
				return 0, cut(err)
			}
		}
		switch s.buf[s.pos+1] {
		case '/':
			return s.readClose()
		case '?':
			if err := s.readInstruction(); err != nil {
				return 0, err
			}
		case '!':
			found, err := s.readDeclaration()
			if err != nil || found {
				return Text, err
			}
		default:
			return s.readOpen()
		}
	}
}

// more reads further into the window and keeps everything from the start of the token; it reports whether something came.
func (s *Scanner) more() (bool, error) {
	if s.done {
		return false, nil
	}
	if s.start > 0 {
		copy(s.buf, s.buf[s.start:s.end])
		s.pos -= s.start
		s.end -= s.start
		s.start = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= longest {
			return false, cells.Long
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		if errors.Is(err, io.EOF) {
			s.done = true
			return n > 0, nil
		}
		if err != nil {
			return false, err
		}
		if n > 0 {
			return true, nil
		}
	}
}

// prologue checks the encoding: a byte order mark of UTF-8 is skipped, UTF-16 is refused.
func (s *Scanner) prologue() error {
	for s.end < 4 && !s.done {
		if _, err := s.more(); err != nil {
			return err
		}
	}
	head := s.buf[:s.end]
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		s.pos = 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")),
		bytes.HasPrefix(head, []byte("<\x00")), bytes.HasPrefix(head, []byte("\x00<")):
		return cells.UTF16
	}
	return nil
}

// cut is err, or the flaw of a part that ends too early.
func cut(err error) error {
	if err != nil {
		return err
	}
	return cells.Truncated.Because("inside a tag")
}

// finish judges the end of the part.
func (s *Scanner) finish() (Token, error) {
	if s.Depth() > 0 || !s.rooted {
		return 0, cells.Truncated.Because("%d tags open", s.Depth())
	}
	return End, nil
}

// readText reads up to the next tag.
func (s *Scanner) readText() (Token, error) {
	s.CDATA = false
	searched := 0
	for {
		if i := bytes.IndexByte(s.buf[s.start+searched:s.end], '<'); i >= 0 {
			s.pos = s.start + searched + i
			break
		}
		searched = s.end - s.start
		got, err := s.more()
		if err != nil {
			return 0, err
		}
		if !got {
			s.pos = s.end
			break
		}
	}
	s.Raw = s.buf[s.start:s.pos]
	if s.Depth() == 0 && !Blank(s.Raw) {
		return 0, cells.Malformed.Because("text outside of the root")
	}
	return Text, nil
}

// readInstruction skips <? … ?>; an XML declaration must not name another encoding than UTF-8.
func (s *Scanner) readInstruction() error {
	text, err := s.until("?>", 2)
	if err != nil || !bytes.HasPrefix(text, []byte("<?xml ")) {
		return err
	}
	_, after, found := bytes.Cut(text, []byte("encoding="))
	if !found || len(after) < 2 {
		return nil
	}
	name, _, _ := bytes.Cut(after[1:], after[:1])
	switch string(bytes.ToLower(name)) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return nil
	}
	return cells.UTF16.Because("declared encoding")
}

// readDeclaration skips a comment, or reads a CDATA section as text; anything else that begins so is a document type.
func (s *Scanner) readDeclaration() (bool, error) {
	for s.end-s.pos < 9 {
		got, err := s.more()
		if err != nil {
			return false, err
		}
		if !got {
			break
		}
	}
	head := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		_, err := s.until("-->", 4)
		return false, err
	case bytes.HasPrefix(head, []byte("<![CDATA[")) && s.Depth() > 0:
		text, err := s.until("]]>", 9)
		if err != nil {
			return false, err
		}
		s.Raw, s.CDATA = text[9:len(text)-3], true
		return true, nil
	}
	return false, cells.Doctype
}

// until moves behind the next occurrence of the mark, looked for that far behind the token's start, and gives everything up to there.
func (s *Scanner) until(mark string, from int) ([]byte, error) {
	for {
		if window := s.buf[s.start:s.end]; len(window) > from {
			if i := bytes.Index(window[from:], []byte(mark)); i >= 0 {
				s.pos = s.start + from + i + len(mark)
				return s.buf[s.start:s.pos], nil
			}
			from = max(from, len(window)-len(mark)+1)
		}
		if got, err := s.more(); !got {
			return nil, cut(err)
		}
	}
}

// Blank reports whether a text is nothing but white space.
func Blank(text []byte) bool {
	for _, c := range text {
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}
