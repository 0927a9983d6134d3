// Package markup finds the tags of an XML part without building anything from them: what a strict decoder checks about the part is
// checked, at a fraction of its cost. On the way the part can be copied with changes.
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
	longest    = 1 << 20 // of a tag, or of a text between two tags: a cell has at most 32,767 letters
	deepest    = 256
	mostAttrs  = 512
)

// Attribute is an attribute as it stands in the tag, entities not decoded.
type Attribute struct{ Name, Value []byte }

// Scanner finds the tags of an XML part in a window that moves over it. It checks that tags balance and that the part ends where it
// should. Names are given without their prefix. What a token refers to is valid until the next call. Trouble is a cells.Flaw, or the
// reader's error.
type Scanner struct {
	Kind   Token       // of the token that was found last
	Name   []byte      // of the tag
	Prefix []byte      // of its name, with the colon
	Tag    []Attribute // of the start tag
	Empty  bool        // the start tag closes itself
	Raw    []byte      // the text of a Text token
	CDATA  bool        // it is literal
	Rooted bool        // the root was found

	Start int       // where the token begins in the window, or in the bytes of OfBytes
	Pos   int       // where what comes next begins
	Sink  io.Writer // takes what was scanned, when the part is being copied; nil: it is dropped

	src   io.Reader
	buf   []byte
	end   int // of what was read
	done  bool
	err   error  // of src, whoever met it first
	sent  int    // up to where buf was given to Sink
	open  []byte // names of the open elements, one after the other
	opens []int  // where each begins
}

// NewScanner begins to read a part.
func NewScanner(src io.Reader) *Scanner { return &Scanner{src: src, buf: make([]byte, windowSize)} }

// OfBytes begins to scan a part that lies whole in memory: Start and Pos are places in it.
func OfBytes(data []byte) (*Scanner, error) {
	s := &Scanner{buf: data, end: len(data), done: true}
	return s, s.prologue()
}

// Window gives what lies ahead in the window: as many bytes as are asked for, or more, or all that the part still has. Whoever
// understands what stands there goes behind it with Pos. Trouble in reading is met by Next.
func (s *Scanner) Window(enough int) []byte {
	if s.end-s.Pos < enough && !s.done {
		s.Start = s.Pos
		_, _ = s.more()
	}
	return s.buf[s.Pos:s.end]
}

// Depth is the number of open elements.
func (s *Scanner) Depth() int { return len(s.opens) }

// more reads further into the window and keeps everything from the start of the token; it reports whether something came.
func (s *Scanner) more() (bool, error) {
	if s.done || s.err != nil {
		return false, s.err
	}
	if s.err = s.slide(); s.err != nil {
		return false, s.err
	}
	for {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		if errors.Is(err, io.EOF) {
			s.done = true
			return n > 0, nil
		}
		if err != nil {
			s.err = err
			return false, err
		}
		if n > 0 {
			return true, nil
		}
	}
}

// slide makes room behind the window's end.
func (s *Scanner) slide() error {
	if s.end < len(s.buf) && s.Start == 0 {
		return nil
	}
	if err := s.Flush(s.Start); err != nil {
		return err
	}
	if s.Start > 0 {
		copy(s.buf, s.buf[s.Start:s.end])
		s.Pos -= s.Start
		s.end -= s.Start
		s.sent -= s.Start
		s.Start = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= longest {
			return cells.Long
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	return nil
}

// Flush gives the window up to a place, Start or Pos, to Sink.
func (s *Scanner) Flush(upTo int) error {
	if s.Sink == nil {
		s.sent = upTo
		return nil
	}
	if upTo <= s.sent {
		return nil
	}
	_, err := s.Sink.Write(s.buf[s.sent:upTo])
	s.sent = upTo
	return err
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
		s.Pos, s.Start = 3, 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")),
		bytes.HasPrefix(head, []byte("<\x00")), bytes.HasPrefix(head, []byte("\x00<")):
		return cells.UTF16
	}
	return nil
}

// Next finds the next token.
func (s *Scanner) Next() (Token, error) {
	if s.end == 0 && !s.done {
		if err := s.prologue(); err != nil {
			return 0, err
		}
	}
	for {
		s.Start = s.Pos
		if s.Pos == s.end {
			got, err := s.more()
			if err != nil {
				return 0, err
			}
			if !got {
				return s.finish()
			}
		}
		if s.buf[s.Pos] != '<' {
			return s.readText()
		}
		for s.end-s.Pos < 2 {
			if got, err := s.more(); !got {
				return 0, cut(err)
			}
		}
		switch s.buf[s.Pos+1] {
		case '/':
			return s.readClose()
		case '?':
			if err := s.readInstruction(); err != nil {
				return 0, err
			}
		case '!':
			found, err := s.readDeclaration()
			if err != nil || found {
				s.Kind = Text
				return Text, err
			}
		default:
			return s.readOpen()
		}
	}
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
	if s.Depth() > 0 || !s.Rooted {
		return 0, cells.Truncated.Because("%d tags open", s.Depth())
	}
	s.Kind = End
	return End, nil
}

// readText reads up to the next tag.
func (s *Scanner) readText() (Token, error) {
	s.CDATA = false
	searched := 0
	for {
		if i := bytes.IndexByte(s.buf[s.Start+searched:s.end], '<'); i >= 0 {
			s.Pos = s.Start + searched + i
			break
		}
		searched = s.end - s.Start
		got, err := s.more()
		if err != nil {
			return 0, err
		}
		if !got {
			s.Pos = s.end
			break
		}
	}
	s.Raw = s.buf[s.Start:s.Pos]
	if s.Depth() == 0 && !Blank(s.Raw) {
		return 0, cells.Malformed.Because("text outside of the root")
	}
	s.Kind = Text
	return Text, nil
}

// readInstruction skips <? … ?>; an XML declaration must not name another encoding than UTF-8.
func (s *Scanner) readInstruction() error {
	text, err := s.until("?>")
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(text, []byte("<?xml ")) {
		return nil
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
	for s.end-s.Pos < 9 {
		got, err := s.more()
		if err != nil {
			return false, err
		}
		if !got {
			break
		}
	}
	head := s.buf[s.Pos:s.end]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		_, err := s.until("-->")
		return false, err
	case bytes.HasPrefix(head, []byte("<![CDATA[")) && s.Depth() > 0:
		text, err := s.until("]]>")
		if err != nil {
			return false, err
		}
		s.Raw, s.CDATA = text[9:len(text)-3], true
		return true, nil
	}
	return false, cells.Doctype
}

// until moves behind the next occurrence of the mark and gives everything from the token's start.
func (s *Scanner) until(mark string) ([]byte, error) {
	from := 2
	if mark == "-->" {
		from = 4
	}
	for {
		if window := s.buf[s.Start:s.end]; len(window) > from {
			if i := bytes.Index(window[from:], []byte(mark)); i >= 0 {
				s.Pos = s.Start + from + i + len(mark)
				return s.buf[s.Start:s.Pos], nil
			}
			from = max(from, len(window)-len(mark)+1)
		}
		if got, err := s.more(); !got {
			return nil, cut(err)
		}
	}
}

// readClose reads an end tag, which must match the element that is open.
func (s *Scanner) readClose() (Token, error) {
	var i int
	for {
		i = bytes.IndexByte(s.buf[s.Start:s.end], '>')
		if i >= 0 {
			break
		}
		if got, err := s.more(); !got {
			return 0, cut(err)
		}
	}
	full := bytes.TrimRight(s.buf[s.Start+2:s.Start+i], " \t\r\n")
	s.Pos = s.Start + i + 1
	last := len(s.opens) - 1
	if last < 0 || !bytes.Equal(s.open[s.opens[last]:], full) {
		return 0, cells.Malformed.Because("an end tag that does not match")
	}
	s.open = s.open[:s.opens[last]]
	s.opens = s.opens[:last]
	s.Prefix, s.Name = SplitName(full)
	s.Kind = Close
	return Close, nil
}

// SplitName parts a name from its prefix, which keeps the colon.
func SplitName(full []byte) (prefix, local []byte) {
	if i := bytes.IndexByte(full, ':'); i >= 0 {
		return full[:i+1], full[i+1:]
	}
	return full[:0], full
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
