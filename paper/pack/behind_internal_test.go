package pack

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/synctest"
)

// failing takes some bytes and fails then, or panics.
type failing struct {
	bytes.Buffer

	room   int
	breaks bool
}

func (f *failing) Write(from []byte) (int, error) {
	if f.room -= len(from); f.room < 0 {
		if f.breaks {
			panic("a writer's mistake")
		}
		return 0, errDisk
	}
	return f.Buffer.Write(from)
}

// inSteps writes bytes in pieces of that size.
func inSteps(out io.Writer, all []byte, step int) error {
	for len(all) > 0 {
		n := min(step, len(all))
		if _, err := out.Write(all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

func TestBehindPassesEverything(t *testing.T) {
	all := many()
	for _, length := range []int{0, 100, pieceBytes, pieceBytes + 1, 3 * pieceBytes, len(all)} {
		for _, step := range []int{999, pieceBytes, 3*pieceBytes + 1} {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				err := Behind(&out, func(w io.Writer) error { return inSteps(w, all[:length], step) })
				if err != nil || !bytes.Equal(out.Bytes(), all[:length]) {
					t.Errorf("%d bytes of %d by %d, error %v", out.Len(), length, step, err)
				}
			})
		}
	}
}

// An error of out is the error of the whole, wherever it strikes; the writer meets it before it wrote much more.
func TestBehindTellsOfTrouble(t *testing.T) {
	all := many()
	for _, room := range []int{0, pieceBytes, 5 * pieceBytes, len(all) - 1} {
		synctest.Test(t, func(t *testing.T) {
			out := &failing{room: room}
			written := 0
			err := Behind(out, func(w io.Writer) error {
				for from := range 10 * pieces {
					synctest.Wait()
					if err := inSteps(w, all[from:from+pieceBytes], 1000); err != nil {
						return err
					}
					written += pieceBytes
				}
				return nil
			})
			if !errors.Is(err, errDisk) {
				t.Errorf("room %d: error %v", room, err)
			}
			if written > room+(pieces+1)*pieceBytes {
				t.Errorf("room %d: %d bytes written on", room, written)
			}
		})
	}
}

// Who gives up is told his own error, and what he had not handed over is not passed.
func TestBehindGivenUp(t *testing.T) {
	all := many()
	for _, length := range []int{0, 100, pieceBytes + 1, len(all)} {
		synctest.Test(t, func(t *testing.T) {
			var out bytes.Buffer
			err := Behind(&out, func(w io.Writer) error {
				return errors.Join(inSteps(w, all[:length], pieceBytes), errDisk)
			})
			if !errors.Is(err, errDisk) || out.Len() > length/pieceBytes*pieceBytes {
				t.Errorf("%d bytes of %d passed, error %v", out.Len(), length, err)
			}
		})
	}
}

// A panic of out, or of the writer, strikes the caller, not the program.
func TestBehindBreaksWhereItIsCalled(t *testing.T) {
	all := many()
	for name, write := range map[string]func(io.Writer) error{
		"out": func(w io.Writer) error { return inSteps(w, all, 1000) },
		"writer": func(w io.Writer) error {
			if err := inSteps(w, all[:3*pieceBytes], 1000); err != nil {
				return err
			}
			panic("a writer's mistake")
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				defer func() {
					if recover() != "a writer's mistake" {
						t.Error("no panic, or another one")
					}
				}()
				err := Behind(&failing{room: 4 * pieceBytes, breaks: true}, write)
				t.Errorf("came back with error %v", err)
			})
		})
	}
}
