package cage

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"sync"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
)

// errOrder says that sheets were not read once and in order; the stream of a child cannot go back.
var errOrder = errors.New("cage: sheets are read once, in order")

// child is a running reader, as the parent sees it.
type child struct {
	out    *bufio.Reader
	end    func()
	ended  func() // is told when everything was read
	once   sync.Once
	sheets int
	next   int // the sheet whose rows come next
	buf    []byte
	rows   string        // that came and were not taken
	cells  []roster.Cell // of the row that was taken last
	said   []fault.Text  // what reading left out

	expected int    // rows of the sheet that is being read; 0: nobody knows
	outline  []byte // of the sheet that was read last
}

// stop ends the child and waits for it.
func (c *child) stop() {
	c.once.Do(c.end)
}

// sheet streams one sheet. A sheet that the caller leaves early is read to its end when the next one begins.
func (c *child) sheet(sheet int) iter.Seq2[roster.SheetRow, error] {
	return func(yield func(roster.SheetRow, error) bool) {
		if err := c.reach(sheet); err != nil {
			c.stop()
			yield(roster.SheetRow{}, told(err))
			return
		}
		for {
			row, more, err := c.row()
			if err != nil {
				c.stop()
				yield(roster.SheetRow{}, told(err))
				return
			}
			if !more || !yield(row, nil) {
				return
			}
		}
	}
}

// reach passes over what is left of the sheets before.
func (c *child) reach(sheet int) error {
	if sheet < c.next {
		return errOrder
	}
	for c.next < sheet {
		if _, err := c.more(); err != nil {
			return err
		}
	}
	return nil
}

// row reads one row; false at the end of the sheet.
func (c *child) row() (row roster.SheetRow, more bool, err error) {
	if c.rows == "" {
		if more, err = c.more(); !more {
			return row, false, err
		}
	}
	row, c.rows, err = cutRow(c.rows, c.cells)
	c.cells = row.Cells
	return row, true, err
}

// more takes the next rows of the sheet, in the place of those that were not taken; false at its end.
func (c *child) more() (more bool, err error) {
	var kind byte
	c.rows = ""
	kind, c.buf, err = readFrame(c.out, c.buf)
	if err == nil && kind == frameExpect {
		n, _ := binary.Uvarint(c.buf)
		c.expected = int(min(n, uint64(cells.DefaultLimits().Rows))) //nolint:gosec // bounded
		kind, c.buf, err = readFrame(c.out, c.buf)
	}
	if err != nil {
		return false, err
	}
	switch kind {
	case frameRows:
		c.rows = string(c.buf)
		return true, nil
	case frameError:
		return false, parseError(c.buf)
	case frameEnd:
		c.next, c.expected, c.outline = c.next+1, 0, slices.Clone(c.buf)
		if c.next < c.sheets {
			return false, nil
		}
		return false, c.last()
	}
	return false, unexpected(kind)
}

// mostOutline bounds an outline, which is kept with the list: one of a thousand merged blocks has a quarter of it.
const mostOutline = 64 << 10

// outlineOf gives the outline of the sheet that was read last; nil of any other.
func (c *child) outlineOf(sheet int) []byte {
	if c.next != sheet+1 || len(c.outline) == 0 || len(c.outline) > mostOutline {
		return nil
	}
	return c.outline
}

// remarked gives what reading left out. A sheet that the caller left early is read to its end for that; what is wrong there
// is the trouble of whoever reads it.
func (c *child) remarked() []fault.Text {
	if err := c.reach(c.sheets); err != nil {
		c.stop()
	}
	return c.said
}

// last takes the frames that say that nothing is missing.
func (c *child) last() error {
	kind, body, err := readFrame(c.out, c.buf)
	if err == nil && kind == frameRemarks {
		if err := json.Unmarshal(body, &c.said); err != nil {
			return errors.Join(errCut, err)
		}
		for _, remark := range c.said {
			remark.Args.Whole()
		}
		kind, body, err = readFrame(c.out, body)
	}
	switch {
	case err != nil:
		return err
	case kind == frameError:
		return parseError(body)
	case kind != frameLast:
		return unexpected(kind)
	}
	c.stop()
	c.ended()
	return nil
}
