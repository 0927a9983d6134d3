package cage

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"lamsach/core/fault"
	"lamsach/core/roster"
)

// The frames that the child sends, in this order: one when it has the file; one book; for each sheet how many rows to expect, if it is a long one, its rows, many
// to a frame, and an end; remarks, if any; then last. An error may stand in the place of any of them and is the last frame then.
const (
	frameTaken   = 't'
	frameBook    = 'b'
	frameExpect  = 'n' // of rows of a sheet
	frameRows    = 'r'
	frameEnd     = 's' // of a sheet, with its outline
	frameLast    = 'z' // of the book: without it the child died
	frameRemarks = 'm' // what was left out
	frameError   = 'x'
)

// mostFrame bounds what is believed of a frame's length: frameBytes, and behind them a row of 200 cells of 4,096 letters of up to 4 bytes.
const (
	mostFrame  = 4 << 20
	frameBytes = 32 << 10 // of rows that are worth a frame
)

// errCut says that the child ended before it had said everything.
var errCut = errors.New("cage: the reader was cut short")

type bookCard struct {
	Format string      `json:"format"`
	Sheets []sheetCard `json:"sheets"`
}

type sheetCard struct {
	Name   string `json:"name"`
	Hidden bool   `json:"hidden,omitempty"`
}

type errorCard struct {
	Kind fault.Kind `json:"kind"`
	Key  string     `json:"key"`
	Args fault.Args `json:"args,omitempty"`
}

func writeFrame(w *bufio.Writer, kind byte, body []byte) error {
	var head [1 + binary.MaxVarintLen64]byte
	head[0] = kind
	n := 1 + binary.PutUvarint(head[1:], uint64(len(body)))
	if _, err := w.Write(head[:n]); err != nil {
		return err
	}
	_, err := w.Write(body)
	return err
}

// readFrame gives the next frame; its body lies in buf, which grows as needed and is used again.
func readFrame(r *bufio.Reader, buf []byte) (kind byte, body []byte, err error) {
	kind, err = r.ReadByte()
	if err != nil {
		return 0, buf, errCut
	}
	size, err := binary.ReadUvarint(r)
	if err != nil || size > mostFrame {
		return 0, buf, errCut
	}
	if uint64(cap(buf)) < size {
		buf = make([]byte, size)
	}
	buf = buf[:size]
	if _, err := io.ReadFull(r, buf); err != nil {
		return 0, buf, errCut
	}
	return kind, buf, nil
}

// appendRow packs one row: number, hidden, cells.
func appendRow(out []byte, row roster.SheetRow) []byte {
	out = binary.AppendUvarint(out, uint64(row.Number))
	hidden := byte(0)
	if row.Hidden {
		hidden = 1
	}
	return roster.AppendCells(append(out, hidden), row.Cells)
}

// cutRow unpacks the row at the beginning of packed, its cells into the memory of cells, and gives what follows it.
func cutRow(packed string, cells []roster.Cell) (row roster.SheetRow, rest string, err error) {
	var head [binary.MaxVarintLen64]byte
	number, n := binary.Uvarint(head[:copy(head[:], packed)])
	if n <= 0 || n >= len(packed) || number > 1<<31 {
		return row, "", errCut
	}
	row.Number, row.Hidden = int(number), packed[n] == 1
	if row.Cells, rest, err = roster.CutCells(packed[n+1:], cells); err != nil {
		return row, "", errors.Join(errCut, err)
	}
	return row, rest, nil
}

// packError tells a fault by its key and arguments; any other error has no sentence and stays in the child's log.
func packError(err error) []byte {
	card := errorCard{Kind: fault.Unreadable, Key: "file.gave_up"}
	var said *fault.Error
	if errors.As(err, &said) {
		card = errorCard{said.Kind, said.Key, said.Args}
	}
	body, err := json.Marshal(card)
	if err != nil {
		return []byte(`{"kind":"unreadable","key":"file.gave_up"}`)
	}
	return body
}

func parseError(body []byte) error {
	var card errorCard
	if err := json.Unmarshal(body, &card); err != nil {
		return errors.Join(errCut, err)
	}
	return &fault.Error{Kind: card.Kind, Key: card.Key, Args: card.Args.Whole()}
}

// unexpected says that the child broke the order of frames, which only a bug does.
func unexpected(kind byte) error { return fmt.Errorf("%w: frame %q out of order", errCut, kind) }
