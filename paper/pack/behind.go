package pack

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

// errBroken stands for a panic of out until the writer meets it.
var errBroken = errors.New("pack: the writer broke")

// Behind has a part written, and passes what comes to out in a goroutine of its own, a few pieces behind the writer: deflating runs
// beside what makes the bytes. The goroutine begins with the second piece and has ended when Behind returns, whatever went wrong. The
// error is that of write, or that of out, which write meets at one of its next pieces. When write fails, what was not passed yet is not.
func Behind(out io.Writer, write func(io.Writer) error) error {
	b := &behind{out: out, now: pool.Get().(*[pieceBytes]byte)}
	defer b.leave() // write may panic
	if err := write(b); err != nil {
		return err
	}
	return b.finish()
}

// behind is the writer's side.
type behind struct {
	out   io.Writer
	now   *[pieceBytes]byte // being filled
	n     int               // bytes in it
	full  chan piece
	free  chan piece  // an error says that out failed
	left  atomic.Bool // nobody wants the rest
	ended sync.WaitGroup

	waited bool
	err    error // of out; read when the goroutine has ended
	broken any   // what out panicked with
}

// Write takes bytes; its error is that of an earlier piece.
func (b *behind) Write(from []byte) (int, error) {
	written := 0
	for len(from) > 0 {
		if b.n == pieceBytes {
			if err := b.hand(); err != nil {
				return written, err
			}
		}
		n := copy(b.now[b.n:], from)
		b.n += n
		written += n
		from = from[n:]
	}
	return written, nil
}

// hand hands the full piece over and takes an empty one.
func (b *behind) hand() error {
	if b.full == nil {
		b.full, b.free = make(chan piece, pieces), make(chan piece, pieces)
		for range pieces - 1 {
			b.free <- piece{buf: pool.Get().(*[pieceBytes]byte)}
		}
		b.ended.Go(b.run)
	}
	b.full <- piece{buf: b.now, n: b.n} // has room for all
	next := <-b.free
	b.now, b.n = next.buf, 0
	return next.err
}

// run passes pieces on and gives all of them back, until there are no more.
func (b *behind) run() {
	for next := range b.full {
		if b.err == nil && !b.left.Load() {
			b.err = b.pass(next)
		}
		b.free <- piece{buf: next.buf, err: b.err} // has room for all
	}
}

// pass writes one piece.
func (b *behind) pass(p piece) (err error) {
	defer func() {
		if b.broken = recover(); b.broken != nil {
			err = errBroken
		}
	}()
	_, err = b.out.Write(p.buf[:p.n])
	return err
}

// finish passes everything that was written.
func (b *behind) finish() error {
	b.wait()
	if b.err != nil {
		return b.err
	}
	_, err := b.out.Write(b.now[:b.n])
	return err
}

// wait ends the goroutine once it passed what it has, and breaks as out did.
func (b *behind) wait() {
	if b.full == nil || b.waited {
		return
	}
	b.waited = true
	close(b.full)
	b.ended.Wait()
	if b.broken != nil {
		panic(b.broken)
	}
}

// leave ends the goroutine and gives back what it held.
func (b *behind) leave() {
	b.left.Store(true)
	b.wait()
	pool.Put(b.now)
	for range len(b.free) {
		pool.Put((<-b.free).buf)
	}
}
