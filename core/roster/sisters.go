package roster

import (
	"slices"
	"strings"
)

// A sheet of a hamlet with a handful of people says too little about its columns: what they hold, in which encoding, what 1 and 0 mean.
// Its sisters, sheets of the workbook with the same header, say it as well. Small sheets therefore wait for the next large one.
const (
	fewRows   = 20 // of a sheet that does not speak for itself
	poolRows  = 60 // that are kept of sheets with one header
	mostPools = 16
)

// sisters are what the sheets of a book know of each other.
type sisters struct {
	pools   map[string][]SheetRow // first rows of sheets, by their header
	waiting []*sheetReader        // small sheets that were read to their end, in their order
}

// findHeader looks for the header, and gives the rows below it.
func (s *sheetReader) findHeader() (below []SheetRow) {
	below = s.first
	if s.header = findHeader(s.first); s.header == nil {
		s.header = &header{}
		return below
	}
	return s.first[s.header.to:]
}

// wait puts a sheet off that is too small to be judged alone. It is false for any other.
func (s *sheetReader) wait() bool {
	below := s.findHeader()
	if len(below) >= fewRows {
		return false
	}
	s.share(below)
	s.waiting = append(s.waiting, s)
	return true
}

// release takes the sheets that waited, before whatever comes behind them.
func (r *reader) release() {
	waited := r.waiting
	r.waiting = nil
	for _, s := range waited {
		s.finish()
	}
}

// guessEncodings judges the columns of a small sheet by itself, and where it proves nothing, by its sisters.
func (s *sheetReader) guessEncodings(below, judged []SheetRow) {
	s.legacy, s.names = guessEncodings(s.columns, below, s.header.old)
	if len(judged) == len(below) {
		return
	}
	others, names := guessEncodings(s.columns, judged, s.header.old)
	for i := range s.legacy {
		if s.legacy[i].Legacy == Unicode {
			s.legacy[i] = others[i]
		}
	}
	if s.names == Unicode {
		s.names = names
	}
}

// evidence gives the rows by which a sheet is judged: its own, or with them those of its sisters when it is small.
func (s *sheetReader) evidence(below []SheetRow) []SheetRow {
	pool := s.pools[s.headerText()]
	if len(below) < fewRows && len(pool) > len(below) {
		return slices.Concat(below, pool)
	}
	return below
}

// share lets the sisters know some rows, once.
func (s *sheetReader) share(below []SheetRow) {
	if s.shared {
		return
	}
	key := s.headerText()
	if s.shared = true; key == "" || s.pools[key] == nil && len(s.pools) >= mostPools {
		return
	}
	if s.pools == nil {
		s.pools = map[string][]SheetRow{}
	}
	pool := s.pools[key]
	s.pools[key] = append(pool, below[:min(len(below), max(poolRows-len(pool), 0))]...)
}

// headerText is the whole header as one text; empty without one.
func (s *sheetReader) headerText() string {
	var b strings.Builder
	for _, path := range s.header.paths {
		for _, text := range path {
			b.WriteString(text)
			b.WriteByte('\n')
		}
		b.WriteByte('\t')
	}
	return strings.TrimSpace(b.String())
}
