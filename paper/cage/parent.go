package cage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"lamsach/core/fault"
	"lamsach/core/roster"
)

// Cage starts children. Args are the program's arguments that make it a child (its main calls Serve then); Wall bounds
// how long one may take.
type Cage struct {
	Program string // path of this program
	Args    []string
	Env     []string // of the child; it needs none of the parent's secrets
	Bounds  Bounds
	Wall    time.Duration

	mu      sync.Mutex
	waiting *process // for the next file
	closed  bool
}

// New makes a cage out of the running program.
func New(args ...string) (*Cage, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("cage: %w", err)
	}
	return &Cage{Program: program, Args: args, Bounds: DefaultBounds(), Wall: 90 * time.Second}, nil
}

// Read opens a file in a child. The sheets can be read once, in order; the child lives until the last one ended or ctx
// did. Errors are *fault.Error Unreadable: what the reader said, or "file.gave_up" when the child was killed by its
// bounds.
func (c *Cage) Read(ctx context.Context, r io.ReaderAt, size int64) (roster.Book, error) {
	if size > c.Bounds.File {
		return roster.Book{}, tooLarge(c.Bounds)
	}
	if p := c.take(); p != nil {
		book, err := c.readIn(ctx, p, r, size)
		if !errors.Is(err, errNotTaken) || ctx.Err() != nil {
			return book, told(err)
		}
		// It died while it waited, which was not the file's doing.
	}
	p, err := c.start()
	if err != nil {
		return roster.Book{}, err
	}
	book, err := c.readIn(ctx, p, r, size)
	return book, told(err)
}

// errNotTaken says that the child did not even take the file.
var errNotTaken = errors.New("cage: the file was not taken")

// readIn hands the file to a child and opens what comes back.
func (c *Cage) readIn(ctx context.Context, p *process, r io.ReaderAt, size int64) (roster.Book, error) {
	p.feed(r, size)
	ctx, cancel := context.WithTimeout(ctx, c.Wall)
	child := &child{out: p.out, ended: c.prepare, end: func() {
		cancel()
		p.end()
	}}
	// Whatever the caller does with the book, the child is waited for when its time is over.
	context.AfterFunc(ctx, child.stop)
	book, err := child.book()
	if err != nil {
		child.stop()
	}
	return book, err
}

func tooLarge(b Bounds) error {
	return fault.New(fault.Unreadable, "upload.too_large", "MB", int(b.File>>20))
}

// told turns a child's death into the sentence for it.
func told(err error) error {
	var said *fault.Error
	if err == nil || errors.As(err, &said) {
		return err
	}
	return fault.Wrap(fault.Unreadable, err, "file.gave_up")
}

// book reads the child's first frames and gives the sheets as streams out of the rest.
func (c *child) book() (roster.Book, error) {
	if kind, _, err := readFrame(c.out, nil); err != nil || kind != frameTaken {
		return roster.Book{}, errNotTaken
	}
	kind, body, err := readFrame(c.out, nil)
	switch {
	case err != nil:
		return roster.Book{}, err
	case kind == frameError:
		return roster.Book{}, parseError(body)
	case kind != frameBook:
		return roster.Book{}, unexpected(kind)
	}
	var card bookCard
	if err := json.Unmarshal(body, &card); err != nil {
		return roster.Book{}, errors.Join(errCut, err)
	}
	book := roster.Book{Format: card.Format, Remarks: c.remarked}
	c.sheets = len(card.Sheets)
	for i, s := range card.Sheets {
		book.Sheets = append(book.Sheets, roster.Sheet{
			Name: s.Name, Hidden: s.Hidden, Rows: c.sheet(i),
			Expect: func() int { return c.expected }, Outline: func() []byte { return c.outlineOf(i) },
		})
	}
	if c.sheets == 0 {
		c.stop()
	}
	return book, nil
}
