package csv

import (
	"bytes"
	"errors"
	"io"

	"lamsach/paper/cells"
)

const (
	firstBuffer   = 64 << 10
	longestRecord = 4 << 20 // bytes of a record; more is a file without line ends
	fewestInside  = 4       // separators in a cell of several lines before it is taken for swallowed rows
)

// parser cuts a text in UTF-8 into records and these into fields.
type parser struct {
	dialect
	r       io.Reader
	buffer  []byte
	given   int   // what lies before it in buffer was given away
	err     error // that ended reading, io.EOF too
	fields  []field
	record  []byte // the record without its line end; fields point into it
	unended bool   // the scan stopped inside quotation marks
}

func newParser(r io.Reader, d dialect) *parser {
	return &parser{r: r, dialect: d, buffer: make([]byte, 0, firstBuffer)}
}

// next reads a record into fields and record, which hold until the next call. io.EOF says that the text ended; a quotation mark that
// never ends is a flaw, never the end.
func (p *parser) next() error {
	for {
		data, ended := p.buffer[p.given:], p.err != nil
		if len(data) == 0 && ended {
			return p.err
		}
		length, took, err := p.scan(data, ended && errors.Is(p.err, io.EOF))
		if err != nil {
			return err
		}
		if took > 0 {
			p.record, p.given = data[:length], p.given+took
			return nil
		}
		if ended { // what was read before the trouble is no whole record
			return p.err
		}
		if err := p.more(); err != nil {
			return err
		}
	}
}

// more reads on, with the record that was begun at the beginning of the buffer.
func (p *parser) more() error {
	p.buffer = p.buffer[:copy(p.buffer, p.buffer[p.given:])]
	p.given = 0
	if len(p.buffer) >= longestRecord {
		if p.unended {
			return cells.Quote.Because("open for %d bytes", len(p.buffer))
		}
		return cells.Long.Because("a record of %d bytes", len(p.buffer))
	}
	if len(p.buffer) == cap(p.buffer) {
		p.buffer = append(make([]byte, 0, 2*cap(p.buffer)), p.buffer...)
	}
	n, err := p.r.Read(p.buffer[len(p.buffer):cap(p.buffer)])
	p.buffer = p.buffer[:len(p.buffer)+n]
	p.err = err
	return nil
}

// scan finds the fields of the record at the beginning of data: its length, and how many bytes it took with its line end; 0 when data
// do not hold it whole.
func (p *parser) scan(data []byte, ended bool) (length, took int, err error) {
	p.fields, p.unended = p.fields[:0], false
	for i := 0; ; i++ {
		at := field{from: i}
		if i < len(data) && data[i] == '"' {
			after, err := p.quoted(data, ended, &at)
			if err != nil || after < 0 {
				return 0, 0, err
			}
			i = after
		} else {
			for i < len(data) && data[i] != p.separator && data[i] != '\n' && data[i] != '\r' {
				i++
			}
			at.to = i
		}
		p.fields = append(p.fields, at)
		switch {
		case i < len(data) && data[i] == p.separator:
			continue
		case i < len(data) && data[i] == '\n':
			return i, i + 1, nil
		case i+1 < len(data) && data[i+1] == '\n':
			return i, i + 2, nil
		case i+1 < len(data): // a line end of old Macs
			return i, i + 1, nil
		case !ended:
			return 0, 0, nil
		}
		return i, max(len(data), 1), nil
	}
}

// quoted reads the field in quotation marks at at.from and gives what follows it: a separator, a line end or the end; -1 when the data
// end before.
func (p *parser) quoted(data []byte, ended bool, at *field) (int, error) {
	at.quoted = true
	at.from++
	for i := at.from; ; {
		end := bytes.IndexByte(data[i:], '"')
		if end < 0 && ended {
			return 0, cells.Quote.Because("open at the end")
		}
		i += end
		if end < 0 || i+1 == len(data) && !ended {
			p.unended = true
			return -1, nil
		}
		if i+1 < len(data) && data[i+1] == '"' {
			at.doubled = true
			i += 2
			continue
		}
		at.to = i
		break
	}
	if err := p.swallowed(data[at.from:at.to]); err != nil {
		return 0, err
	}
	i := at.to + 1
	for i < len(data) && data[i] == ' ' {
		i++
	}
	switch {
	case i == len(data) && !ended:
		return -1, nil
	case i < len(data) && data[i] != p.separator && data[i] != '\n' && data[i] != '\r':
		return 0, cells.Quote.Because("ended inside a cell")
	}
	return i, nil
}

// swallowed refuses a cell that looks like the rows between two marks that do not belong together: it has line ends, and as many
// separators as a row.
func (p *parser) swallowed(inside []byte) error {
	if bytes.IndexByte(inside, '\n') < 0 && bytes.IndexByte(inside, '\r') < 0 {
		return nil
	}
	if separators := bytes.Count(inside, []byte{p.separator}); separators >= max(p.width-1, fewestInside) {
		return cells.Quote.Because("%d separators and a line end inside", separators)
	}
	return nil
}
