package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// How long the bodies of requests may be.
const (
	maxSendBody  = 64 << 10
	maxLoginBody = 2 << 10
	maxMetaText  = 6 << 10
)

// errRequest says that a request is not what our page sends.
var errRequest = errors.New("web: bad request")

// sendRequest is the body of /send: a text or a press. ID is made by the page; the same ID again is the same deed.
type sendRequest struct {
	ID    string        `json:"id"`
	Text  string        `json:"text"`
	Press *pressRequest `json:"press"`
}

// pressRequest is a button: the message it stands under and what it carries.
type pressRequest struct {
	Message string `json:"message"`
	Data    string `json:"data"`
}

// fileRequest is the header of /upload; the body is the bare file.
type fileRequest struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	MIME string `json:"mime"`
}

// decodeSend reads the body of /send.
func decodeSend(body []byte) (sendRequest, error) {
	var req sendRequest
	if err := decodeStrict(body, &req); err != nil || !validID(req.ID) {
		return sendRequest{}, errRequest
	}
	req.Text = cleanText(req.Text)
	if req.Press == nil {
		if strings.TrimSpace(req.Text) == "" || len(utf16.Encode([]rune(req.Text))) > maxText {
			return sendRequest{}, errRequest
		}
		return req, nil
	}
	p := req.Press
	if req.Text != "" || !validID(p.Message) || p.Data == "" || len(p.Data) > 64 || !utf8.ValidString(p.Data) {
		return sendRequest{}, errRequest
	}
	return req, nil
}

// decodeFile reads the header of /upload: JSON, percent-encoded.
func decodeFile(header string) (fileRequest, error) {
	if header == "" || len(header) > maxMetaText {
		return fileRequest{}, errRequest
	}
	text, err := url.PathUnescape(header)
	if err != nil {
		return fileRequest{}, errRequest
	}
	var req fileRequest
	if err := decodeStrict([]byte(text), &req); err != nil || !validID(req.ID) {
		return fileRequest{}, errRequest
	}
	req.Name = cleanName(req.Name)
	if kind, _, err := mime.ParseMediaType(req.MIME); err == nil && len(kind) <= 100 {
		req.MIME = kind
	} else {
		req.MIME = "application/octet-stream"
	}
	return req, nil
}

// decodeLogin reads the body of /login: an invitation code, of which only the look is judged.
func decodeLogin(body []byte) (string, error) {
	var req struct {
		Code string `json:"code"`
	}
	if err := decodeStrict(body, &req); err != nil {
		return "", errRequest
	}
	code := strings.TrimSpace(req.Code)
	if code == "" || len(code) > 64 {
		return "", errRequest
	}
	for _, c := range code {
		if !asciiWord(c) {
			return "", errRequest
		}
	}
	return code, nil
}

// decodeStrict reads one JSON value without unknown fields and with nothing after it.
func decodeStrict(body []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errRequest
	}
	return nil
}

// readBody reads a small body whole; false when the request was answered already.
func readBody(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, bool) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
	case err != nil:
		http.Error(w, "bad request", http.StatusBadRequest)
	default:
		return body, true
	}
	return nil, false
}

// validID reports whether an id is short and harmless wherever it may be written.
func validID(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	for _, c := range id {
		if !asciiWord(c) {
			return false
		}
	}
	return true
}

func asciiWord(c rune) bool {
	return c < utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c) || c == '-' || c == '_')
}

// cleanText drops control characters; what was typed stays otherwise.
func cleanText(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(c rune) rune {
		if c == '\r' {
			return '\n'
		}
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return -1
		}
		return c
	}, s)
}

// maxName is how many letters of a file's name are kept.
const maxName = 120

// cleanName makes a file's name fit to be shown: without folders, control characters and marks that turn the
// direction of writing (which make gnp.xslx read as xlsx.png), shortened in the middle so that its end stays.
func cleanName(name string) string {
	name = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsControl(c), unicode.Is(unicode.Bidi_Control, c), c == utf8.RuneError:
			return -1
		case unicode.IsSpace(c):
			return ' '
		}
		return c
	}, name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.TrimSpace(name)
	if letters := []rune(name); len(letters) > maxName {
		name = string(letters[:maxName-21]) + "…" + string(letters[len(letters)-20:])
	}
	if name == "" || name == "." || name == ".." {
		return "tep"
	}
	return name
}
