package bottest

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// maxDownload is the greatest file that the official server hands out.
const maxDownload = 20 << 20

func (s *Telegram) getFile(c *call) reply {
	f := s.uploads[c.fields["file_id"]]
	switch {
	case f == nil:
		return bad("wrong file_id or the file is temporarily unavailable")
	case len(f.body) > maxDownload && f.local == "":
		return bad("file is too big")
	}
	path := f.path
	if f.local != "" {
		path = f.local
	}
	return yes(map[string]any{"file_id": f.id, "file_unique_id": f.id, "file_size": len(f.body), "file_path": path})
}

// serveFile answers a download.
func (s *Telegram) serveFile(w http.ResponseWriter, r *http.Request, path string) {
	token, path, _ := strings.Cut(path, "/")
	if escaped, err := url.PathUnescape(path); err == nil {
		path = escaped
	}
	s.mu.Lock()
	var f *upload
	for _, u := range s.uploads {
		if u.path == path && token == s.token {
			f = u
		}
	}
	gone := f == nil || f.gone != 0
	if f != nil && f.gone > 0 {
		f.gone--
	}
	s.mu.Unlock()
	if fault := s.fault(&call{method: "download"}); fault != nil {
		fault.strike(w, r)
		return
	}
	if gone {
		http.Error(w, `{"ok":false,"error_code":404,"description":"Not Found"}`, http.StatusNotFound)
		return
	}
	_, _ = w.Write(f.body)
}

// keep stores a file that a person sent. Its caller holds the lock.
func (s *Telegram) keep(name, mime string, body []byte) *upload {
	n := len(s.uploads) + 1
	f := &upload{id: fmt.Sprintf("BQAC-%d", n), path: fmt.Sprintf("documents/file %d", n), name: name, mime: mime, body: body}
	s.uploads[f.id] = f
	return f
}

// FileGone lets the next n downloads of the file last sent be answered 404; negative: all.
func (s *Telegram) FileGone(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.uploads[fmt.Sprintf("BQAC-%d", len(s.uploads))]; f != nil {
		f.gone = n
	}
}

// FileAt lets getFile name the file last sent by an absolute path, as a local Bot API server does.
func (s *Telegram) FileAt(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.uploads[fmt.Sprintf("BQAC-%d", len(s.uploads))]; f != nil {
		f.local = path
	}
}
