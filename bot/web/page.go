package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// scripts are the page's modules, named so that the browser can ask for all of them at once.
var scripts = []string{
	"main.js", "words.js", "wire.js", "queue.js", "stream.js", "log.js", "bubble.js", "composer.js", "notes.js", "demo.js",
}

// wordKeys are the texts that the page needs (locales/*/web.json).
var wordKeys = []string{
	"web.title", "web.login.lead", "web.login.code", "web.login.enter", "web.login.wrong", "web.login.wait",
	"web.login.failed", "web.login.noscript", "web.status.online", "web.status.connecting", "web.status.offline",
	"web.status.typing", "web.banner.offline", "web.banner.reconnecting", "web.log.label", "web.log.older", "web.log.new",
	"web.log.jump", "web.log.empty", "web.log.start", "web.log.you", "web.log.bot", "web.day.today", "web.day.yesterday",
	"web.message.pending", "web.message.sent", "web.message.failed", "web.message.retry", "web.message.discard",
	"web.message.uploading", "web.composer.label", "web.composer.placeholder", "web.composer.send", "web.composer.attach",
	"web.composer.too_long", "web.drop.hint", "web.file.download", "web.file.too_large", "web.file.empty",
	"web.file.folder", "web.press.failed", "web.note.close", "web.menu.open", "web.menu.title", "web.menu.logout",
	"web.menu.logout_ask", "web.menu.cancel", "web.demo.title", "web.demo.lead", "web.demo.personas", "web.demo.clock", "web.demo.samples",
	"web.demo.send", "web.demo.open", "web.demo.close", "web.demo.waiting", "web.progress",
}

// assets are the page's files, ready to be sent.
type assets struct {
	version string
	plain   map[string][]byte
	packed  map[string][]byte
	page    *template.Template
	words   map[string]string
	// doorWords are all that the script of the door needs.
	doorWords map[string]string
}

// loadAssets reads the embedded files and the words; a missing word is an error.
func loadAssets(opt Options) (*assets, error) {
	a := &assets{
		plain: map[string][]byte{}, packed: map[string][]byte{}, words: map[string]string{}, doorWords: map[string]string{},
	}
	for _, key := range wordKeys {
		text := opt.Texts(key)
		if text == "" {
			return nil, fmt.Errorf("web: no text for %s", key)
		}
		a.words[key] = text
		if strings.Contains(key, ".login.") {
			a.doorWords[key] = text
		}
	}
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	for _, entry := range entries {
		body, err := staticFiles.ReadFile(path.Join("static", entry.Name()))
		if err != nil {
			return nil, err
		}
		sum.Write(body)
		a.plain[entry.Name()], a.packed[entry.Name()] = body, pack(body)
	}
	a.version = hex.EncodeToString(sum.Sum(nil)[:8])
	funcs := template.FuncMap{"t": func(key string) string { return a.words[key] }}
	a.page, err = template.New("").Funcs(funcs).ParseFS(staticFiles, "static/*.html")
	return a, err
}

// pack compresses a file that everybody may see.
func pack(body []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(body) // into memory: cannot fail
	_ = z.Close()
	return out.Bytes()
}

// types are the kinds of files that are served.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".webmanifest": "application/manifest+json",
}

// serve gives one of the page's files. The address holds the version: a browser keeps it for good.
func (a *assets) serve(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	body, kind := a.plain[name], types[path.Ext(name)]
	if body == nil || kind == "" {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Vary", "Accept-Encoding")
	if r.PathValue("version") == a.version {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.packed[name]
	}
	_, _ = w.Write(body)
}

// pageView is what the templates show.
type pageView struct {
	Title, Language, Static string
	Scripts                 []string
	Demo                    *Demo
	Data                    pageData
}

// pageData is what the script needs to know.
type pageData struct {
	Words    map[string]string `json:"words"`
	Language string            `json:"language"`
	Chat     string            `json:"chat"` // tells the people of one browser apart
	Persona  string            `json:"persona,omitempty"`
	Demo     bool              `json:"demo,omitempty"`
	Commands bool              `json:"commands"`
	MaxText  int               `json:"maxText"`
	MaxFile  int               `json:"maxFile"`
}

// home is the page: the chat for those who are known, and for everybody else the door.
func (s *Site) home(w http.ResponseWriter, r *http.Request) {
	v, known, err := s.visitor(r)
	if err == nil && !known && s.Demo != nil {
		v.person, known = s.Demo.Personas[0].ID, true
		err = s.admit(w, r, v.person)
	} else if err == nil && known && s.Now().Sub(v.since) > renewAfter {
		err = s.admit(w, r, v.person)
	}
	if err != nil {
		s.finish(w, err)
		return
	}
	if known {
		s.show(w, "page.html", s.view(v.person))
		return
	}
	s.show(w, "login.html", s.view(""))
}

// invitation is the door for a link with a code, also for those who are known already.
func (s *Site) invitation(w http.ResponseWriter, _ *http.Request) {
	s.show(w, "login.html", s.view(""))
}

func (s *Site) view(person string) pageView {
	data := pageData{
		Words: s.static.doorWords, Language: s.Language, MaxText: maxText, MaxFile: maxFileIn, Commands: s.Commands != nil,
	}
	if person != "" {
		data.Words, data.Chat = s.static.words, chatMark(person)
	}
	if s.Demo != nil {
		data.Demo, data.Persona = true, person
	}
	return pageView{
		Title: s.Title, Language: s.Language, Static: "/static/" + s.static.version, Scripts: scripts,
		Demo: s.Demo, Data: data,
	}
}

func (s *Site) show(w http.ResponseWriter, name string, view pageView) {
	var out bytes.Buffer
	if err := s.static.page.ExecuteTemplate(&out, name, view); err != nil {
		s.Log.Error("web page", "page", name, "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(out.Bytes())
}

// commands lists what the person can ask for.
func (s *Site) commands(w http.ResponseWriter, r *http.Request, v visitor) {
	list := []Command{}
	if s.Commands != nil {
		list = append(list, s.Commands(r.Context(), v.person)...)
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(list); err != nil {
		s.Log.Debug("web commands", "err", err)
	}
}
