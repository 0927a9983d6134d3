package pack

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
	"testing/synctest"
)

// many are more bytes than the pieces hold, and no whole number of pieces.
func many() []byte {
	made := make([]byte, 2*pieces*pieceBytes+12_345)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range made {
		made[i] = byte(random.Uint32())
	}
	return made
}

var errDisk = errors.New("a failing disk")

// What comes through is what the source gives, to the last byte and with its error, in whatever pieces it is asked for.
func TestAheadGivesWhatTheSourceGives(t *testing.T) {
	all := many()
	for name, c := range map[string]struct {
		length int
		err    error
	}{
		"whole": {len(all), nil}, "nothing": {0, nil}, "less than a piece": {100, nil}, "one piece": {pieceBytes, nil},
		"whole pieces": {3 * pieceBytes, nil}, "error at once": {0, errDisk}, "error in the first piece": {1000, errDisk},
		"error behind a piece": {2 * pieceBytes, errDisk}, "error far behind": {len(all) - 1, errDisk},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // ends only when no goroutine is left
				src := io.MultiReader(bytes.NewReader(all[:c.length]), iotest.ErrReader(c.err))
				if c.err == nil {
					src = bytes.NewReader(all[:c.length])
				}
				a := newAhead(src)
				defer a.Close()
				got, err := io.ReadAll(iotest.HalfReader(a))
				if !errors.Is(err, c.err) || !bytes.Equal(got, all[:c.length]) {
					t.Errorf("%d bytes of %d, error %v", len(got), c.length, err)
				}
				if n, again := a.Read(make([]byte, 10)); n != 0 || again == nil {
					t.Errorf("%d bytes behind the end, error %v", n, again)
				}
			})
		})
	}
}

// endless gives bytes for ever and counts.
type endless struct{ bytes int }

func (e *endless) Read(into []byte) (int, error) {
	e.bytes += len(into)
	return len(into), nil
}

// Who leaves early leaves no goroutine behind and reads no further than the pieces; the source is not touched after Close.
func TestAheadLeftEarly(t *testing.T) {
	for _, taken := range []int{0, 1, pieceBytes, pieceBytes + 1, 20 * pieceBytes} {
		synctest.Test(t, func(t *testing.T) {
			src := &endless{}
			a := newAhead(src)
			if _, err := io.CopyN(io.Discard, a, int64(taken)); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			a.Close()
			a.Close()
			if most := taken + (pieces+1)*pieceBytes; src.bytes > most {
				t.Errorf("%d bytes read for %d", src.bytes, taken)
			}
			if taken > pieceBytes {
				if _, err := a.Read(make([]byte, 10)); err == nil {
					t.Error("read after Close")
				}
			}
		})
	}
}

// breaking panics after some bytes, as a reader with a mistake would.
type breaking struct{ left int }

func (b *breaking) Read(into []byte) (int, error) {
	if b.left -= len(into); b.left < 0 {
		panic("a reader's mistake")
	}
	return len(into), nil
}

// A panic of the source strikes who reads, not the program.
func TestAheadBreaksWhereItIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAhead(&breaking{left: 6 * pieceBytes})
		defer a.Close()
		defer func() {
			if recover() != "a reader's mistake" {
				t.Error("no panic, or another one")
			}
		}()
		_, err := io.Copy(io.Discard, a)
		t.Errorf("read to the end, error %v", err)
	})
}
