package bottest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
)

// call is one call with its parameters, whatever form they came in.
type call struct {
	method string
	fields map[string]string
	files  map[string]part
}

type part struct {
	name, mime string
	body       []byte
}

// maxCall bounds the body of a call.
const maxCall = 64 << 20

// readCall reads the parameters: a query, a form, JSON, or multipart in chunks. A multipart body that is empty and never
// ends, as the library sends for calls without parameters, is none.
func readCall(r *http.Request, method string) (*call, error) {
	c := &call{method: method, fields: map[string]string{}, files: map[string]part{}}
	for k, v := range r.URL.Query() {
		c.fields[k] = v[0]
	}
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body := http.MaxBytesReader(nil, r.Body, maxCall)
	switch kind {
	case "multipart/form-data":
		return c, c.readMultipart(multipart.NewReader(body, params["boundary"]))
	case "application/json":
		return c, c.readJSON(body)
	case "application/x-www-form-urlencoded":
		r.Body = body
		if err := r.ParseForm(); err != nil {
			return nil, errors.New("can't parse the form")
		}
		for k, v := range r.PostForm {
			c.fields[k] = v[0]
		}
	}
	return c, nil
}

func (c *call) readMultipart(form *multipart.Reader) error {
	for n := 0; ; n++ {
		p, err := form.NextPart()
		if errors.Is(err, io.EOF) || n == 0 && errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("can't parse multipart after %d parts", n)
		}
		body, err := io.ReadAll(p)
		if err != nil {
			return fmt.Errorf("can't read part %q", p.FormName())
		}
		if p.FileName() == "" {
			c.fields[p.FormName()] = string(body)
			continue
		}
		c.files[p.FormName()] = part{name: p.FileName(), mime: p.Header.Get("Content-Type"), body: body}
	}
}

func (c *call) readJSON(body io.Reader) error {
	var fields map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&fields); err != nil && !errors.Is(err, io.EOF) {
		return errors.New("can't parse JSON")
	}
	for k, v := range fields {
		var text string
		if json.Unmarshal(v, &text) != nil {
			text = string(v)
		}
		c.fields[k] = text
	}
	return nil
}

// number reads a whole number; 0 when it is missing.
func (c *call) number(field string) int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(c.fields[field]), 10, 64)
	return n
}

func (c *call) is(field string) bool { return c.fields[field] == "true" || c.fields[field] == "1" }
