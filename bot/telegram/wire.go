package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"path"
	"strings"
	"sync/atomic"
	"time"
)

// Deadlines of calls.
const (
	pollSeconds = 50
	pollTime    = (pollSeconds + 10) * time.Second
	callTime    = 15 * time.Second
	probeTime   = 5 * time.Second
	fileTime    = 90 * time.Second
	uploadFloor = 64 << 10 // bytes a second that an upload must make at least
)

// maxAnswer bounds what is read of an answer: a batch of 100 updates is far below it.
const maxAnswer = 16 << 20

// wire carries calls to the Bot API server. It holds a body whole before it sends it, so that the length is known
// and a dead connection can be replaced; it reads the answer whole and tells what the answer means, so that no caller
// has to read texts of errors.
type wire struct {
	client  *http.Client
	server  string
	token   string
	now     func() time.Time
	contact atomic.Pointer[time.Time]
}

func newWire(token, server string, transport http.RoundTripper, now func() time.Time) *wire {
	if transport == nil {
		transport = &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			ForceAttemptHTTP2:     true,
			MaxIdleConns:          128,
			MaxIdleConnsPerHost:   64,
			IdleConnTimeout:       90 * time.Second,
			TLSHandshakeTimeout:   10 * time.Second,
			ExpectContinueTimeout: time.Second,
		}
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &wire{client: &http.Client{Transport: transport, CheckRedirect: stay}, server: server, token: token, now: now}
}

// envelope is the form of every answer of the Bot API.
type envelope struct {
	OK          *bool           `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Description string          `json:"description"`
	Code        int             `json:"error_code"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	} `json:"parameters"`
}

// apiError is Telegram's own no.
type apiError struct {
	Method      string
	Code        int
	Description string
	RetryAfter  time.Duration
}

// Error gives the method and Telegram's words, which speak of the call and not of what was said.
func (e *apiError) Error() string {
	return fmt.Sprintf("%s: %d %.200q", e.Method, e.Code, e.Description)
}

// says reports whether Telegram's words hold one of the phrases.
func (e *apiError) says(phrases ...string) bool {
	words := strings.ToLower(e.Description)
	for _, phrase := range phrases {
		if strings.Contains(words, phrase) {
			return true
		}
	}
	return false
}

// wireError is trouble on the way. Reached says that the call may have been carried out.
type wireError struct {
	Method  string
	Reached bool
	Err     error
}

// Error names the method and the trouble, without the address, which holds the token.
func (e *wireError) Error() string { return e.Method + ": " + e.Err.Error() }

// Unwrap gives the trouble itself.
func (e *wireError) Unwrap() error { return e.Err }

// Do carries out a call that the library made up. What is not a plain yes of Telegram comes back as an error.
func (w *wire) Do(req *http.Request) (*http.Response, error) {
	method := path.Base(req.URL.Path)
	body, err := io.ReadAll(io.LimitReader(req.Body, maxFileOut+1<<20))
	if err != nil {
		return nil, fmt.Errorf("%s: read what is to be sent: %w", method, err)
	}
	if len(body) > maxFileOut+1<<19 {
		return nil, &apiError{Method: method, Code: http.StatusRequestEntityTooLarge, Description: "file is too big"}
	}
	answer, err := w.call(req.Context(), method, req.Header.Get("Content-Type"), body)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: req, Body: io.NopCloser(bytes.NewReader(answer)),
	}, nil
}

// call sends one call and gives the whole answer, which is a yes.
func (w *wire) call(ctx context.Context, method, contentType string, body []byte) ([]byte, error) {
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			if info.Err == nil {
				wrote.Store(true)
			}
		},
	})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.server+"/bot"+w.token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return nil, &wireError{Method: method, Err: w.scrub(err)}
	}
	if len(body) > 0 { // the library's body of a call without parameters is an empty multipart, which is none
		req.Header.Set("Content-Type", contentType)
	}
	res, err := w.client.Do(req)
	if err != nil {
		return nil, &wireError{Method: method, Reached: wrote.Load(), Err: w.scrub(err)}
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return nil, &wireError{Method: method, Reached: true, Err: w.scrub(err)}
	}
	return answer, w.judge(method, res.StatusCode, answer)
}

// judge says what an answer means. Only an answer in Telegram's form is Telegram's: a page of a proxy, whatever its
// status, says nothing about a person.
func (w *wire) judge(method string, status int, answer []byte) error {
	var e envelope
	if err := json.Unmarshal(answer, &e); err != nil || e.OK == nil {
		return &wireError{
			Method: method, Reached: status < 300, Err: fmt.Errorf("status %d with an answer that is not Telegram's", status),
		}
	}
	now := w.now()
	w.contact.Store(&now)
	if *e.OK {
		return nil
	}
	if e.Code == 0 {
		e.Code = status
	}
	return &apiError{
		Method: method, Code: e.Code, Description: e.Description,
		RetryAfter: time.Duration(e.Parameters.RetryAfter) * time.Second,
	}
}

func (w *wire) lastContact() time.Time {
	if at := w.contact.Load(); at != nil {
		return *at
	}
	return time.Time{}
}

// scrub takes the address, and with it the token, out of an error of the HTTP client.
func (w *wire) scrub(err error) error {
	var with *url.Error
	if errors.As(err, &with) {
		err = with.Err
	}
	if err != nil && strings.Contains(err.Error(), w.token) {
		return errors.New(strings.ReplaceAll(err.Error(), w.token, "***"))
	}
	return err
}
