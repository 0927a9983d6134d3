package storage

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"

	"lamsach/storage/seal"
)

// filePart is how much of a file is sealed at a time: neither saving nor reading holds more of it in memory, and no turn waits for more
// of it to be written.
const filePart = 256 << 10

// filePartBefore is how much it was when files did not say it.
const filePartBefore = 1 << 20

const readPart = `SELECT body FROM file_parts WHERE file = $1 AND part = $2`

// fileSummary is what is known of a whole file; sealed, since names of files name people.
type fileSummary struct {
	Name   string `json:"name"`
	MIME   string `json:"mime"`
	Size   int64  `json:"size"`
	SHA256 []byte `json:"sha256"`
	Part   int    `json:"part,omitempty"` // bytes of every part but the last
}

// SaveFile reads r to its end and keeps it sealed, whole or not at all; size is what was read. An error of r is returned.
func (s *Store) SaveFile(ctx context.Context, name, mime string, r io.Reader) (id string, size int64, err error) {
	id = NewID(s.now())
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `INSERT INTO files (id, whole, size, made_at) VALUES ($1, 0, 0, $2)`, id, s.micros())
		return err
	})
	if err != nil {
		return "", 0, err
	}
	sum, size, err := s.saveParts(ctx, id, r)
	if err == nil {
		err = s.setWhole(ctx, id, fileSummary{Name: name, MIME: mime, Size: size, SHA256: sum, Part: filePart})
	}
	if err != nil {
		return "", 0, errors.Join(err, s.DropFile(context.WithoutCancel(ctx), id))
	}
	return id, size, nil
}

// saveParts writes one part while the next is read and sealed.
func (s *Store) saveParts(ctx context.Context, id string, r io.Reader) (sum []byte, size int64, err error) {
	whole := sha256.New()
	plain := make([]byte, filePart)
	var sealed [2][]byte
	wait := func() error { return nil }
	for part := 0; ; part++ {
		n, readErr := io.ReadFull(r, plain)
		if readErr != nil && !errors.Is(readErr, io.EOF) && !errors.Is(readErr, io.ErrUnexpectedEOF) {
			return nil, 0, errors.Join(readErr, wait())
		}
		whole.Write(plain[:n])
		size += int64(n)
		body := s.seals.filePart.Seal(sealed[part%2][:0], partRow(id, part), plain[:n])
		sealed[part%2] = body
		if err := wait(); err != nil {
			return nil, 0, err
		}
		wait = func() error { return nil }
		if n > 0 {
			wait = s.writeBulk(ctx, func(ctx context.Context, tx *sql.Tx) error {
				_, err := s.exec(ctx, tx, `INSERT INTO file_parts (file, part, body) VALUES ($1, $2, $3)`, id, part, body)
				return err
			})
		}
		if readErr != nil { // the end
			return whole.Sum(nil), size, wait()
		}
	}
}

func partRow(id string, part int) string { return id + "/" + strconv.Itoa(part) }

func (s *Store) setWhole(ctx context.Context, id string, summary fileSummary) error {
	plain, err := json.Marshal(summary)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `UPDATE files SET whole = 1, size = $2, summary = $3 WHERE id = $1`,
			id, summary.Size, s.seals.fileSummary.Seal(nil, id, plain))
		return err
	})
}

// OpenFile reads a kept file from its beginning. Reading ends with an error when the file is not, to the last byte, what
// was saved. There is no such file: NotFound, "storage.file.not_found".
func (s *Store) OpenFile(ctx context.Context, id string) (io.ReadCloser, error) {
	summary, err := s.fileSummary(ctx, id)
	if err != nil {
		return nil, err
	}
	return &fileReader{ctx: ctx, store: s, id: id, summary: summary, sum: sha256.New()}, nil
}

// FileCard tells what a kept file is called, what it is and how long.
func (s *Store) FileCard(ctx context.Context, id string) (name, mime string, size int64, err error) {
	summary, err := s.fileSummary(ctx, id)
	return summary.Name, summary.MIME, summary.Size, err
}

func (s *Store) fileSummary(ctx context.Context, id string) (summary fileSummary, err error) {
	var sealed []byte
	err = s.reader.QueryRowContext(ctx, `SELECT summary FROM files WHERE id = $1 AND whole = 1`, id).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return summary, notFound("storage.file.not_found")
	}
	if err != nil {
		return summary, told(err)
	}
	plain, err := s.seals.fileSummary.Open(nil, id, sealed)
	if err != nil {
		return summary, fmt.Errorf("open file %s: %w", id, err)
	}
	err = json.Unmarshal(plain, &summary)
	summary.Part = cmp.Or(summary.Part, filePartBefore)
	return summary, err
}

// DropFile takes a file away. One that is not there is no error.
func (s *Store) DropFile(ctx context.Context, id string) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.dropFile(ctx, tx, id) })
}

func (s *Store) dropFile(ctx context.Context, tx *sql.Tx, id string) error {
	if _, err := s.exec(ctx, tx, `DELETE FROM file_parts WHERE file = $1`, id); err != nil {
		return err
	}
	_, err := s.exec(ctx, tx, `DELETE FROM files WHERE id = $1`, id)
	return err
}

// fileReader opens one part at a time.
type fileReader struct {
	ctx     context.Context //nolint:containedctx // a reader lives in one call's context
	store   *Store
	id      string
	summary fileSummary
	part    int
	read    int64
	sum     hash.Hash
	plain   []byte // what is left of the present part
	space   []byte
	err     error
}

func (f *fileReader) Read(into []byte) (int, error) {
	for len(f.plain) == 0 && f.err == nil {
		f.err = f.next()
	}
	n := copy(into, f.plain)
	f.plain = f.plain[n:]
	if n > 0 {
		return n, nil
	}
	return 0, f.err
}

func (f *fileReader) next() error {
	if f.read == f.summary.Size {
		if !bytes.Equal(f.sum.Sum(nil), f.summary.SHA256) {
			return fmt.Errorf("open file %s: %w", f.id, seal.ErrBroken)
		}
		return io.EOF
	}
	var body []byte
	err := f.store.reader.QueryRowContext(f.ctx, readPart, f.id, f.part).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("open file %s, part %d is missing: %w", f.id, f.part, seal.ErrBroken)
	}
	if err != nil {
		return told(err)
	}
	f.space, err = f.store.seals.filePart.Open(f.space[:0], partRow(f.id, f.part), body)
	if err != nil {
		return fmt.Errorf("open file %s, part %d: %w", f.id, f.part, err)
	}
	f.plain = f.space
	f.sum.Write(f.plain)
	f.read += int64(len(f.plain))
	f.part++
	return nil
}

func (f *fileReader) Close() error {
	f.err, f.plain = io.ErrClosedPipe, nil
	return nil
}
