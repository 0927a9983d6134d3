// Package cage reads strangers' files in a child process of the same program, with bounds on memory, time and what it can
// touch. A file that makes a reader run wild kills the child; the chat says one sentence, and nobody else notices.
package cage

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"lamsach/core/roster"
)

// Bounds are what a child may use.
type Bounds struct {
	File    int64  // bytes of the file; more are refused before anything is read
	Memory  uint64 // bytes of memory that it writes to
	Seconds uint64 // of processor time
}

// DefaultBounds are those of the manual: 20 MiB of file, 1 GiB of memory, 60 s.
func DefaultBounds() Bounds { return Bounds{File: 20 << 20, Memory: 1 << 30, Seconds: 60} }

// Open opens a file as a book, as the packages beside this one do.
type Open func(r io.ReaderAt, size int64) (roster.Book, error)

// Serve is the child's whole life: it reads the file from in, behind its size (8 bytes, big endian), and writes the book's rows to out.
// Its error is trouble with the pipes; trouble with the file is told to the parent.
func Serve(in io.Reader, out io.Writer, bounds Bounds, open Open) error {
	if err := confine(bounds); err != nil {
		return err
	}
	// Memory that is given back late would be taken for a file that is too heavy.
	debug.SetMemoryLimit(int64(bounds.Memory / 2))
	var size int64
	switch err := binary.Read(in, binary.BigEndian, &size); {
	case errors.Is(err, io.EOF): // no file came to the end
		return nil
	case err != nil:
		return err
	}
	if size < 0 || size > bounds.File {
		return fmt.Errorf("cage: a file of %d bytes", size) // the parent sends none
	}
	content := make([]byte, size) // not a byte more: it is held to the end
	if _, err := io.ReadFull(in, content); err != nil {
		return err
	}
	w := bufio.NewWriterSize(out, 64<<10)
	if err := errors.Join(writeFrame(w, frameTaken, nil), w.Flush()); err != nil {
		return err
	}
	if err := serve(w, content, open); err != nil {
		return err
	}
	return w.Flush()
}

func serve(w *bufio.Writer, content []byte, open Open) error {
	book, err := open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return writeFrame(w, frameError, packError(err))
	}
	card := bookCard{Format: book.Format}
	for _, s := range book.Sheets {
		card.Sheets = append(card.Sheets, sheetCard{s.Name, s.Hidden})
	}
	body, err := json.Marshal(card)
	if err != nil {
		return err
	}
	if err := writeFrame(w, frameBook, body); err != nil {
		return err
	}
	var packed []byte
	for _, s := range book.Sheets {
		expect := s.Expect
		for row, err := range s.Rows {
			if err != nil {
				return errors.Join(writeRows(w, packed), writeFrame(w, frameError, packError(err)))
			}
			if packed = appendRow(packed, row); len(packed) < frameBytes {
				continue
			}
			if expect != nil { // a sheet of less than a frame needs no hint
				if err := writeFrame(w, frameExpect, binary.AppendUvarint(nil, uint64(max(expect(), 0)))); err != nil {
					return err
				}
				expect = nil
			}
			if err := writeRows(w, packed); err != nil {
				return err
			}
			packed = packed[:0]
		}
		if err := writeRows(w, packed); err != nil {
			return err
		}
		packed = packed[:0]
		var outline []byte
		if s.Outline != nil {
			outline = s.Outline()
		}
		if err := writeFrame(w, frameEnd, outline); err != nil {
			return err
		}
	}
	if book.Remarks != nil {
		if body, err = json.Marshal(book.Remarks()); err != nil {
			return err
		}
		if err := writeFrame(w, frameRemarks, body); err != nil {
			return err
		}
	}
	return writeFrame(w, frameLast, nil)
}

// writeRows writes rows, if there are any.
func writeRows(w *bufio.Writer, packed []byte) error {
	if len(packed) == 0 {
		return nil
	}
	return writeFrame(w, frameRows, packed)
}
