package web

import (
	"io"
	"net/http"
	"time"
)

// past is a deadline that ends waiting at once.
var past = time.Unix(1, 0)

// patient reads a body as slowly as it comes, as long as it comes: the server's own time limit is lifted, and a
// pause of stall ends it.
type patient struct {
	rc    *http.ResponseController
	from  io.Reader
	stall time.Duration
	watch *time.Timer
}

func (p *patient) Read(b []byte) (int, error) {
	if p.watch == nil {
		_ = p.rc.SetReadDeadline(time.Time{}) // a connection without deadlines needs none lifted
		p.watch = time.AfterFunc(p.stall, func() { _ = p.rc.SetReadDeadline(past) })
	}
	n, err := p.from.Read(b)
	if n > 0 {
		p.watch.Reset(p.stall)
	}
	return n, err
}

// rest ends the watch.
func (p *patient) rest() {
	if p.watch != nil {
		p.watch.Stop()
	}
}

// flow writes a stream: the server's own time limit is lifted, and a write that gets stuck for stall ends it.
type flow struct {
	w     http.ResponseWriter
	rc    *http.ResponseController
	stall time.Duration
}

func newFlow(w http.ResponseWriter, stall time.Duration) *flow {
	f := &flow{w: w, rc: http.NewResponseController(w), stall: stall}
	_ = f.rc.SetWriteDeadline(time.Time{})
	return f
}

// write sends the bytes now.
func (f *flow) write(b []byte) error {
	watch := time.AfterFunc(f.stall, func() { _ = f.rc.SetWriteDeadline(past) })
	defer watch.Stop()
	if _, err := f.w.Write(b); err != nil {
		return err
	}
	return f.rc.Flush()
}
