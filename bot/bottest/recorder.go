package bottest

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"

	"lamsach/bot"
)

// Recorder is a platform that delivers what a test gives it and records what is sent.
type Recorder struct {
	name   string
	limits bot.Limits
	now    func() time.Time

	mu      sync.Mutex
	changed chan struct{}
	accept  func(context.Context, []bot.Update) error
	sent    []Delivery
	script  func(context.Context, bot.Outgoing) error
	end     chan error
	under   map[bot.Chat]int
	overlap bool
}

// Delivery is one reply that reached the platform, and when.
type Delivery struct {
	At      time.Time
	ID      string
	Reply   bot.Reply
	Message string // the slot's message it came with
	Body    []byte
}

// NewRecorder makes a platform of the name.
func NewRecorder(name string, limits bot.Limits, now func() time.Time) *Recorder {
	return &Recorder{
		name: name, limits: limits, now: now, changed: make(chan struct{}), end: make(chan error, 1),
		under: map[bot.Chat]int{},
	}
}

// Name is the name given.
func (r *Recorder) Name() string { return r.name }

// Limits are the limits given.
func (r *Recorder) Limits() bot.Limits { return r.limits }

// Script decides what becomes of each reply: nil sends it. It may block.
func (r *Recorder) Script(script func(context.Context, bot.Outgoing) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.script = script
}

// Receive lets Deliver through until ctx ends or Break is called.
func (r *Recorder) Receive(ctx context.Context, accept func(context.Context, []bot.Update) error) error {
	r.set(accept)
	defer r.set(nil)
	select {
	case <-ctx.Done():
		return nil
	case err := <-r.end:
		return err
	}
}

func (r *Recorder) set(accept func(context.Context, []bot.Update) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.accept = accept
	r.touch()
}

func (r *Recorder) touch() {
	close(r.changed)
	r.changed = make(chan struct{})
}

// Break lets Receive return the error.
func (r *Recorder) Break(err error) { r.end <- err }

// Deliver hands a batch to the runtime, waiting until it takes any in, and gives its answer.
func (r *Recorder) Deliver(ctx context.Context, updates ...bot.Update) error {
	for {
		r.mu.Lock()
		accept, changed := r.accept, r.changed
		r.mu.Unlock()
		if accept != nil {
			return accept(ctx, updates)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// Send records the reply unless the script says otherwise.
func (r *Recorder) Send(ctx context.Context, out bot.Outgoing) (string, error) {
	r.mu.Lock()
	script := r.script
	if r.under[out.Reply.To]++; r.under[out.Reply.To] > 1 {
		r.overlap = true
	}
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		r.under[out.Reply.To]--
		r.mu.Unlock()
	}()
	if script != nil {
		if err := script(ctx, out); err != nil {
			return "", err
		}
	}
	var body []byte
	if out.Body != nil {
		f, err := out.Body(ctx)
		if err != nil {
			return "", err
		}
		defer func() { _ = f.Close() }()
		if body, err = io.ReadAll(f); err != nil {
			return "", err
		}
	}
	return r.record(out, body), nil
}

func (r *Recorder) record(out bot.Outgoing, body []byte) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent = append(r.sent, Delivery{At: r.now(), ID: out.ID, Reply: out.Reply, Message: out.Message, Body: body})
	r.touch()
	switch {
	case out.Reply.Mode == bot.Edit && out.Message != "":
		return out.Message
	case out.Reply.Mode == bot.Send || out.Reply.Mode == bot.Edit:
		return strconv.Itoa(len(r.sent))
	}
	return ""
}

// Open knows no files.
func (r *Recorder) Open(context.Context, string) (io.ReadCloser, error) {
	return nil, errors.New("recorder: no such file")
}

// Sent gives what was sent so far.
func (r *Recorder) Sent() []Delivery {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.sent)
}

// Overlapped says whether two replies to one chat were ever under way at once.
func (r *Recorder) Overlapped() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.overlap
}

// Wait returns when the condition holds of what was sent, or when ctx ends.
func (r *Recorder) Wait(ctx context.Context, holds func([]Delivery) bool) error {
	for {
		r.mu.Lock()
		sent, changed := slices.Clone(r.sent), r.changed
		r.mu.Unlock()
		if holds(sent) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}
