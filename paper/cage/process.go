package cage

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os/exec"
)

// process is a child that was started; it waits for its file as long as nobody has one.
type process struct {
	cmd  *exec.Cmd
	kill context.CancelFunc
	in   io.WriteCloser
	out  *bufio.Reader
	fed  chan struct{} // closed when the file was handed over, or could not be; nil: it waits
}

// childGarbage lets a child collect its garbage late: it lives for one file and leaves little, while collecting as often as others do
// takes a fifth of its time.
const childGarbage = "GOGC=400"

func (c *Cage) start() (*process, error) {
	ctx, kill := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, c.Program, c.Args...)
	cmd.Env = append([]string{childGarbage}, c.Env...)
	in, err := cmd.StdinPipe()
	var out io.ReadCloser
	if err == nil {
		out, err = cmd.StdoutPipe()
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		kill()
		return nil, fmt.Errorf("cage: %w", err)
	}
	return &process{cmd: cmd, kill: kill, in: in, out: bufio.NewReaderSize(out, 64<<10)}, nil
}

// feed hands the file over, and does not wait until it is taken.
func (p *process) feed(r io.ReaderAt, size int64) {
	p.fed = make(chan struct{})
	go func() {
		defer close(p.fed)
		_, err := p.in.Write(binary.BigEndian.AppendUint64(nil, uint64(size))) //nolint:gosec // never below
		if err == nil {
			_, err = io.Copy(p.in, io.NewSectionReader(r, 0, size))
		}
		if err == nil {
			err = p.in.Close()
		}
		if err != nil {
			p.kill() // whoever has half a file would wait for the rest
		}
	}()
}

// end ends the process, however far it is. Nobody reads the file any more when it returns.
func (p *process) end() {
	p.kill()
	_ = p.cmd.Wait() // how it ended is told by what it sent
	if p.fed != nil {
		<-p.fed
	}
}

// prepare starts a child that waits, so that the next file does not wait for a program to start. It costs some 6 MB while nothing
// happens. When it cannot be started, the next file's own attempt tells.
func (c *Cage) prepare() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting == nil && !c.closed {
		c.waiting, _ = c.start()
	}
}

// take gives the child that waits, if there is one.
func (c *Cage) take() *process {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.waiting
	c.waiting = nil
	return p
}

// Close ends the child that waits; files that come later are read by children that are started for them.
func (c *Cage) Close() error {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	if p := c.take(); p != nil {
		p.end()
	}
	return nil
}
