package web

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"lamsach/bot"
)

// pictures are the types that a page shows in place; every other file is only taken away.
var pictures = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}

// file gives a file that was sent to or by the person in this chat. Any other is not there, whether it exists or not.
func (s *Site) file(w http.ResponseWriter, r *http.Request, v visitor) {
	f, ok, err := s.fileOf(r, v.person)
	if err != nil {
		s.finish(w, err)
		return
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	body, err := s.Files.OpenFile(r.Context(), f.ID)
	if err != nil { // its time has passed, or the store is out of order: the log tells
		s.Log.Warn("web file", "file", f.ID, "err", err)
		http.Error(w, "gone", http.StatusGone)
		return
	}
	defer body.Close()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	if pictures[f.MIME] {
		h.Set("Content-Type", f.MIME)
	}
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": cleanName(f.Name)}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	out := newFlow(w, s.lives.stall)
	if err := copyFile(out, body); err != nil {
		s.Log.Info("web file cut short", "file", f.ID, "err", err)
		panic(http.ErrAbortHandler) // so that the browser sees that it is not whole
	}
}

// copyFile sends the file piece by piece.
func copyFile(out *flow, body io.Reader) error {
	piece := make([]byte, 64<<10)
	for {
		n, err := io.ReadFull(body, piece)
		if n > 0 {
			if err := out.write(piece[:n]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// fileOf finds the file among those of the person's talk.
func (s *Site) fileOf(r *http.Request, person string) (bot.File, bool, error) {
	room, leave := s.rooms.enter(person)
	defer leave()
	room.turn.Lock()
	defer room.turn.Unlock()
	if err := room.catchUp(r.Context()); err != nil {
		return bot.File{}, false, err
	}
	f, ok := room.talk.files[r.PathValue("id")]
	return f, ok, nil
}
