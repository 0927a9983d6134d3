package papertest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"lamsach/core/fault"
	"lamsach/core/roster"
)

// Damage changes a copy of a file in a way that a bad line, a bad disk or a bad mind would: cut, bits turned, bytes overwritten, pieces
// left out or twice, sizes and offsets made extreme.
func Damage(data []byte, random *rand.Rand) []byte {
	out := append([]byte(nil), data...)
	for range 1 + random.IntN(3) {
		if len(out) < 16 {
			return out
		}
		at := random.IntN(len(out) - 8)
		size := min(len(out)-at, 1+random.IntN(600))
		switch random.IntN(9) {
		case 0:
			out = out[:at]
		case 1, 2:
			out[at] ^= 1 << random.IntN(8)
		case 3:
			binary.LittleEndian.PutUint32(out[at:], extremes[random.IntN(len(extremes))])
		case 4:
			binary.LittleEndian.PutUint16(out[at:], uint16(extremes[random.IntN(len(extremes))]))
		case 5:
			for i := range out[at : at+size] {
				out[at+i] = byte(random.Uint32())
			}
		case 6:
			out = append(out[:at], out[at+size:]...)
		case 7:
			clear(out[at : at+size])
		case 8:
			copy(out[at:], out[random.IntN(len(out)):])
		}
	}
	return out
}

// extremes are numbers that reach beyond what is there.
var extremes = []uint32{0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFE, 0xFFFFFFFF}

// Outcome is what became of damaged files.
type Outcome struct {
	Refused, Same, Changed int
	Short                  int // read to the end without an error, with fewer cells, and without a remark
	Remarked               int // … but with a remark
}

// Storm reads damaged copies of a file. A panic, a reading that takes over ten seconds, more than 300 MB of memory held, or an error
// without a sentence fails the test; what became of the files is given back.
func Storm(t *testing.T, data []byte, times int, open func([]byte) (roster.Book, error)) Outcome {
	t.Helper()
	book, err := open(data)
	if err != nil {
		t.Fatal(err)
	}
	whole := Cells(t, book)
	random := rand.New(rand.NewPCG(7, uint64(len(data))))
	var found Outcome
	for i := range times {
		damaged := Damage(data, random)
		got, remarks, err := within(t, fmt.Sprint("copy ", i), damaged, open)
		var said *fault.Error
		switch {
		case err != nil && !errors.As(err, &said):
			t.Fatalf("copy %d: an error without a sentence: %v", i, err)
		case err != nil:
			found.Refused++
		case len(got) < len(whole) && remarks > 0:
			found.Remarked++
		case len(got) < len(whole):
			found.Short++
		case maps.Equal(got, whole):
			found.Same++
		default:
			found.Changed++
		}
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	if memory.HeapSys > 300<<20 {
		t.Errorf("%d MB of memory", memory.HeapSys>>20)
	}
	return found
}

// within reads a damaged file under a deadline; remarks is how many were made.
func within(t *testing.T, name string, data []byte, open func([]byte) (roster.Book, error)) (got map[string]roster.Cell, remarks int, err error) {
	t.Helper()
	ctx, done := context.WithTimeout(context.Background(), 10*time.Second)
	var panicked any
	go func() {
		defer done()
		defer func() { panicked = recover() }()
		var book roster.Book
		if book, err = open(data); err == nil {
			got, err = Read(book)
			if err == nil && book.Remarks != nil {
				remarks = len(book.Remarks())
			}
		}
	}()
	<-ctx.Done()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		t.Fatalf("%s hangs", name)
	}
	if panicked != nil {
		t.Fatalf("%s: panic: %v", name, panicked)
	}
	return got, remarks, err
}
