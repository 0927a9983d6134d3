package bottest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"syscall"
)

// Transport carries calls to the server without a socket, so that a test may run in a bubble of its own time. It breaks
// as connections do: refused while the server is down, reset when an answer is dropped.
func (s *Telegram) Transport() http.RoundTripper { return transport{s} }

type transport struct{ server *Telegram }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	t.server.mu.Lock()
	down := t.server.down
	t.server.mu.Unlock()
	if down {
		return nil, syscall.ECONNREFUSED
	}
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		_ = r.Body.Close()
	}
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.WroteRequest != nil {
		trace.WroteRequest(httptrace.WroteRequestInfo{})
	}
	ctx, cancel := context.WithCancel(r.Context())
	in := r.Clone(ctx)
	in.Body = io.NopCloser(bytes.NewReader(body))
	done := make(chan *http.Response, 1)
	go func() {
		defer cancel()
		done <- t.serve(in, r)
	}()
	select {
	case res := <-done:
		if res == nil {
			return nil, errors.New("connection reset by peer")
		}
		return res, nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// serve runs the handler; nil means that it broke off.
func (t transport) serve(in, r *http.Request) (res *http.Response) {
	w := httptest.NewRecorder()
	defer func() {
		if p := recover(); p != nil {
			if err, ok := p.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
				panic(p)
			}
			res = nil
			if w.Body.Len() > 0 { // an answer that breaks off in the middle
				res = w.Result()
				res.Body = io.NopCloser(io.MultiReader(bytes.NewReader(w.Body.Bytes()), broken{}))
				res.Request = r
			}
		}
	}()
	t.server.ServeHTTP(w, in)
	res = w.Result()
	res.Request = r
	return res
}

// broken is a body that breaks off.
type broken struct{}

// Read fails.
func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
