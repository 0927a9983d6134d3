package xlsx

import (
	"bytes"
	"errors"
	"io"

	"lamsach/paper/cells"
)

// token is the kind of what scanner.next found.
type token uint8

const (
	tokenEnd   token = iota // the part ended, well-formed
	tokenOpen               // a start tag; empty says that it closes itself, then no tokenClose follows
	tokenClose              // an end tag
	tokenText               // text as it stands in the part, entities not decoded
)

const (
	windowSize = 64 << 10
	longest    = 1 << 20 // of a tag, or of a text between two tags: a cell has at most 32,767 letters
	deepest    = 256
	mostAttrs  = 512
)

// attr is an attribute as it stands in the tag, entities not decoded.
type attr struct{ name, value []byte }

// scanner finds the tags of an XML part in a window that moves over it. It checks that tags balance and that the part ends where
// it should; names are compared without their prefix. What a token refers to is valid until the next call.
type scanner struct {
	src  io.Reader
	buf  []byte
	pos  int // of what comes next
	end  int // of what was read
	done bool
	sink io.Writer // takes what was scanned, when the part is being copied; see splice
	sent int       // up to where buf was given to sink

	start  int // of the token
	kind   token
	prefix []byte // of the tag, with the colon
	name   []byte
	attrs  []attr
	empty  bool
	text   []byte
	cdata  bool // text is literal

	open   []byte // names of the open elements, one after the other
	opens  []int  // where each begins
	rooted bool
}

func newScanner(src io.Reader) *scanner {
	return &scanner{src: src, buf: make([]byte, windowSize)}
}

// scanBytes scans a part that lies whole in memory: places in buf stay valid.
func scanBytes(data []byte) (*scanner, error) {
	s := &scanner{buf: data, end: len(data), done: true}
	return s, s.prologue()
}

// depth is the number of open elements.
func (s *scanner) depth() int { return len(s.opens) }

// more reads further into the window and keeps everything from the start of the token; it reports whether something came.
func (s *scanner) more() (bool, error) {
	if s.done {
		return false, nil
	}
	if err := s.slide(); err != nil {
		return false, err
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

// slide makes room behind the window's end.
func (s *scanner) slide() error {
	if s.end < len(s.buf) && s.start == 0 {
		return nil
	}
	if err := s.flush(s.start); err != nil {
		return err
	}
	if s.start > 0 {
		copy(s.buf, s.buf[s.start:s.end])
		s.pos -= s.start
		s.end -= s.start
		s.sent -= s.start
		s.start = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= longest {
			return cells.Long
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	return nil
}

// flush gives the window up to a place to sink.
func (s *scanner) flush(upTo int) error {
	if s.sink == nil {
		s.sent = upTo
		return nil
	}
	if upTo <= s.sent {
		return nil
	}
	_, err := s.sink.Write(s.buf[s.sent:upTo])
	s.sent = upTo
	return err
}

// prologue checks the encoding: a byte order mark of UTF-8 is skipped, UTF-16 is refused.
func (s *scanner) prologue() error {
	for s.end < 4 && !s.done {
		if _, err := s.more(); err != nil {
			return err
		}
	}
	head := s.buf[:s.end]
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		s.pos, s.start = 3, 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")),
		bytes.HasPrefix(head, []byte("<\x00")), bytes.HasPrefix(head, []byte("\x00<")):
		return cells.UTF16
	}
	return nil
}

// next finds the next token.
func (s *scanner) next() (token, error) {
	if s.end == 0 && !s.done {
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
				s.kind = tokenText
				return tokenText, err
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
func (s *scanner) finish() (token, error) {
	if s.depth() > 0 || !s.rooted {
		return 0, cells.Truncated.Because("%d tags open", s.depth())
	}
	s.kind = tokenEnd
	return tokenEnd, nil
}

// readText reads up to the next tag.
func (s *scanner) readText() (token, error) {
	s.cdata = false
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
	s.text = s.buf[s.start:s.pos]
	if s.depth() == 0 && !blank(s.text) {
		return 0, cells.Malformed.Because("text outside of the root")
	}
	s.kind = tokenText
	return tokenText, nil
}

// readInstruction skips <? … ?>; an XML declaration must not name another encoding than UTF-8.
func (s *scanner) readInstruction() error {
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
func (s *scanner) readDeclaration() (bool, error) {
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
		_, err := s.until("-->")
		return false, err
	case bytes.HasPrefix(head, []byte("<![CDATA[")) && s.depth() > 0:
		text, err := s.until("]]>")
		if err != nil {
			return false, err
		}
		s.text, s.cdata = text[9:len(text)-3], true
		return true, nil
	}
	return false, cells.Doctype
}

// until moves behind the next occurrence of the mark and gives everything from the token's start.
func (s *scanner) until(mark string) ([]byte, error) {
	from := 2
	if mark == "-->" {
		from = 4
	}
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

// readClose reads an end tag, which must match the element that is open.
func (s *scanner) readClose() (token, error) {
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
	s.prefix, s.name = splitName(full)
	s.kind = tokenClose
	return tokenClose, nil
}

// splitName parts a name from its prefix, which keeps the colon.
func splitName(full []byte) (prefix, local []byte) {
	if i := bytes.IndexByte(full, ':'); i >= 0 {
		return full[:i+1], full[i+1:]
	}
	return full[:0], full
}

// skip moves behind the end of the element whose start tag was just found.
func (s *scanner) skip() error {
	if s.empty {
		return nil
	}
	for outside := s.depth() - 1; s.depth() > outside; {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	return nil
}

// attr gives the value of an attribute of the tag, nil when it has none.
func (s *scanner) attr(name string) []byte {
	for i := range s.attrs {
		if string(s.attrs[i].name) == name {
			return s.attrs[i].value
		}
	}
	return nil
}

// is reports whether the token is a start tag of that name.
func (s *scanner) is(name string) bool { return s.kind == tokenOpen && string(s.name) == name }

func blank(text []byte) bool {
	for _, c := range text {
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}
