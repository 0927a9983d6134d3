package csv

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"lamsach/paper/cells"
)

// dialect is how a text parts its cells.
type dialect struct {
	separator byte
	width     int  // fields of most records
	named     bool // the first line is "sep=;", which is no row
}

// separators that programs write, the surest first: of equal signs the first holds.
var separators = []byte{'\t', ';', ',', '|'}

const sampleBytes = 64 << 10

// guess tells the separator by the beginning of the text: the one that cuts most records into the same number of fields.
func (f file) guess() (dialect, error) {
	sample := make([]byte, sampleBytes)
	n, err := io.ReadFull(f.text(), sample)
	sample = sample[:n]
	if err == nil { // there is more: the last record may not be whole
		if end := bytes.LastIndexAny(sample, "\r\n"); end > 0 {
			sample = sample[:end+1]
		}
	}
	// A flaw is told by its row when the rows are read.
	if named, ok := namedSeparator(sample); ok {
		return dialect{separator: named, width: usual(sample, named).fields, named: true}, nil
	}
	best, score := dialect{separator: ','}, 0
	for _, separator := range separators {
		u := usual(sample, separator)
		if s := u.records * (u.fields - 1); s > score {
			best, score = dialect{separator: separator, width: u.fields}, s
		}
	}
	return best, readerTrouble(err)
}

// namedSeparator reads the line by which programs tell Excel the separator.
func namedSeparator(sample []byte) (byte, bool) {
	line, _, _ := bytes.Cut(sample, []byte{'\n'})
	line = bytes.Trim(line, "\r\"")
	if len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) && slices.Contains(separators, line[4]) {
		return line[4], true
	}
	return 0, false
}

// usage is how many records have the most frequent number of fields.
type usage struct{ fields, records int }

// usual tries a separator.
func usual(sample []byte, separator byte) usage {
	p := newParser(bytes.NewReader(sample), dialect{separator: separator, width: sampleBytes})
	counts := map[int]int{}
	for p.next() == nil {
		if len(p.fields) > 1 {
			counts[len(p.fields)]++
		}
	}
	best := usage{fields: 1}
	for fields, records := range counts {
		if a, b := records*(fields-1), best.records*(best.fields-1); a > b || a == b && fields > best.fields {
			best = usage{fields, records}
		}
	}
	return best
}

// readerTrouble is the error of a failing disk; that a text is short, or flawed somewhere, is none here.
func readerTrouble(err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || isFlaw(err) {
		return nil
	}
	return err
}

func isFlaw(err error) bool {
	var flaw cells.Flaw
	return errors.As(err, &flaw)
}
