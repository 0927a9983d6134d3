package pack

import (
	"io"
	"sync"
)

// What runs beside: pieces are large, since handing one over may wake a thread of the system, and few, since each is memory.
const (
	pieceBytes  = 256 << 10
	pieces      = 3
	besideBytes = 1 << 20 // parts of fewer bytes are not worth a goroutine
)

// pool keeps pieces for the next part.
var pool = sync.Pool{New: func() any { return new([pieceBytes]byte) }}

// piece is what one side hands over to the other.
type piece struct {
	buf *[pieceBytes]byte
	n   int   // bytes in buf
	err error // behind them
}

// ahead reads a source in a goroutine of its own, a few pieces in front of whoever takes the bytes. The goroutine begins when the first
// piece was taken: who wants only the head of a part costs no more than that. Bytes and errors come as the source gives them.
type ahead struct {
	src   io.Reader
	taken int // bytes, until the goroutine begins
	full  chan piece
	free  chan *[pieceBytes]byte
	quit  chan struct{}
	ended sync.WaitGroup

	now    piece // being taken
	at     int
	closed bool
	broken any // what the source panicked with
}

// newAhead makes an ahead that must be closed.
func newAhead(src io.Reader) *ahead { return &ahead{src: src} }

// Read gives the bytes of the source.
func (a *ahead) Read(into []byte) (int, error) {
	if a.full == nil {
		if a.taken < pieceBytes {
			n, err := a.src.Read(into)
			a.taken += n
			return n, err
		}
		a.begin()
	}
	for a.at == a.now.n {
		if a.now.err != nil {
			return 0, a.now.err
		}
		if a.now.buf != nil {
			a.free <- a.now.buf // has room for all
		}
		a.now, a.at = <-a.full, 0
		if a.now.buf == nil {
			panic(a.broken) // as if the source had been read here
		}
	}
	n := copy(into, a.now.buf[a.at:a.now.n])
	if a.at += n; a.at == a.now.n {
		return n, a.now.err
	}
	return n, nil
}

// begin starts the goroutine.
func (a *ahead) begin() {
	a.full, a.free, a.quit = make(chan piece, pieces), make(chan *[pieceBytes]byte, pieces), make(chan struct{})
	for range pieces {
		a.free <- pool.Get().(*[pieceBytes]byte)
	}
	a.ended.Go(a.run)
}

// run fills pieces until the source ends or nobody wants more.
func (a *ahead) run() {
	defer close(a.full)
	defer func() { a.broken = recover() }()
	for {
		var next piece
		select {
		case <-a.quit:
			return
		case next.buf = <-a.free:
		}
		for next.n < pieceBytes && next.err == nil {
			var n int
			n, next.err = a.src.Read(next.buf[next.n:])
			next.n += n
		}
		a.full <- next // has room for all
		if next.err != nil {
			return
		}
	}
}

// Close stops the goroutine and waits for it; the source is not touched any more.
func (a *ahead) Close() {
	if a.full == nil || a.closed {
		return
	}
	a.closed = true
	close(a.quit)
	a.ended.Wait()
	if a.now.buf != nil {
		a.free <- a.now.buf
	}
	for next := range a.full {
		a.free <- next.buf
	}
	for range len(a.free) {
		pool.Put(<-a.free)
	}
	a.now, a.at = piece{err: io.ErrClosedPipe}, 0
}
