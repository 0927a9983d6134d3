package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"sync"

	"lamsach/storage/seal"
)

// partsOpen is how many parts of a file lie open at once: workbooks are read in one or two places at a time.
const partsOpen = 2

// FileAt opens a kept file for reading in any order, a part of it in memory at a time. Every part is what was saved, to the last
// byte, or reading it is an error. There is no such file: NotFound, "storage.file.not_found".
func (s *Store) FileAt(ctx context.Context, id string) (r io.ReaderAt, size int64, err error) {
	summary, err := s.fileSummary(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	return &fileAt{ctx: ctx, store: s, id: id, size: summary.Size, piece: int64(summary.Part)}, summary.Size, nil
}

// fileAt remembers the parts that it opened last, the newest first.
type fileAt struct {
	ctx   context.Context //nolint:containedctx // a reader lives in one call's context
	store *Store
	id    string
	size  int64
	piece int64 // bytes of every part but the last
	mu    sync.Mutex
	open  [partsOpen]openPart
}

type openPart struct {
	number int
	plain  []byte // nil: nothing is open
}

// ReadAt reads as io.ReaderAt has it.
func (f *fileAt) ReadAt(into []byte, at int64) (n int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if at < 0 {
		return 0, errors.New("storage: a file has no place below its beginning")
	}
	for n < len(into) {
		here := at + int64(n)
		if here >= f.size {
			return n, io.EOF
		}
		plain, err := f.part(int(here / f.piece))
		if err != nil {
			return n, err
		}
		n += copy(into[n:], plain[here%f.piece:])
	}
	return n, nil
}

// part opens a part in the place of the one that was not used for longest.
func (f *fileAt) part(number int) ([]byte, error) {
	for i, p := range f.open {
		if p.plain != nil && p.number == number {
			copy(f.open[1:i+1], f.open[:i])
			f.open[0] = p
			return p.plain, nil
		}
	}
	space := f.open[partsOpen-1].plain
	copy(f.open[1:], f.open[:partsOpen-1])
	f.open[0] = openPart{}
	var body []byte
	err := f.store.reader.QueryRowContext(f.ctx, readPart, f.id, number).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		err = seal.ErrBroken
	}
	if err != nil {
		return nil, fmt.Errorf("open file %s, part %d: %w", f.id, number, told(err))
	}
	plain, err := f.store.seals.filePart.Open(space[:0], partRow(f.id, number), body)
	if err == nil && int64(len(plain)) != min(f.piece, f.size-int64(number)*f.piece) {
		err = seal.ErrBroken
	}
	if err != nil {
		return nil, fmt.Errorf("open file %s, part %d: %w", f.id, number, err)
	}
	f.open[0] = openPart{number, plain}
	return plain, nil
}
