package web

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryWordIsThereAndUsed(t *testing.T) {
	var code strings.Builder
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		body, err := staticFiles.ReadFile("static/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		code.Write(body)
	}
	for _, found := range regexp.MustCompile(`web\.[a-z_.]+[a-z]`).FindAllString(code.String(), -1) {
		if !slices.Contains(wordKeys, found) && found != "web.status" {
			t.Errorf("the page uses %s, which is not in wordKeys", found)
		}
	}
	for _, lang := range []string{"vi", "en"} {
		body, err := os.ReadFile("../../locales/" + lang + "/web.json")
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]string{}
		if err := json.Unmarshal(body, &words); err != nil {
			t.Fatal(err)
		}
		for key, text := range words {
			if !slices.Contains(wordKeys, key) || strings.TrimSpace(text) == "" || strings.Contains(text, "{{") {
				t.Errorf("%s: %s is %q", lang, key, text)
			}
		}
		for _, key := range wordKeys {
			if words[key] == "" {
				t.Errorf("%s lacks %s", lang, key)
			}
			if !strings.Contains(code.String(), key) && !strings.HasPrefix(key, "web.status.") && key != "web.title" {
				t.Errorf("%s is used nowhere", key)
			}
		}
	}
}

func TestEveryScriptIsNamed(t *testing.T) {
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasSuffix(name, ".js") && name != "login.js" && !slices.Contains(scripts, name) {
			t.Errorf("%s is not among scripts", name)
		}
	}
}

func TestAssets(t *testing.T) {
	h := open(t)
	b := h.visitor()
	base := "/static/" + h.static.version
	for path, kind := range map[string]string{
		"/main.js": "text/javascript; charset=utf-8", "/base.css": "text/css; charset=utf-8",
		"/icon.svg": "image/svg+xml", "/page.webmanifest": "application/manifest+json",
	} {
		answer := b.ask(http.MethodGet, base+path, nil)
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != kind ||
			!strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", path, answer.StatusCode, answer.Header)
		}
	}
	_, plain := b.do(http.MethodGet, base+"/main.js", nil, func(r *http.Request) { r.Header.Set("Accept-Encoding", "identity") })
	_, unpacked := b.get(base + "/main.js") // the client unpacks
	if plain != unpacked || !strings.Contains(plain, "import") {
		t.Error("packed and plain differ")
	}
	for _, path := range []string{base + "/page.html", base + "/none.js"} {
		if status, _ := b.get(path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
	answer := b.ask(http.MethodGet, "/static/old/main.js", nil)
	_ = answer.Body.Close()
	if answer.Header.Get("Cache-Control") != "no-store" {
		t.Error("a file under an old address is kept for good")
	}
}

func TestTheDoorTellsOnlyItsOwnWords(t *testing.T) {
	h := open(t)
	_, page := h.visitor().get("/")
	for _, key := range wordKeys {
		if !strings.Contains(key, ".login.") && strings.Contains(page, `"`+key+`"`) {
			t.Errorf("the door tells %s", key)
		}
	}
}

func TestCommandsOfAPerson(t *testing.T) {
	h := open(t, func(o *Options) {
		o.Commands = func(_ context.Context, person string) []Command {
			return []Command{{Name: "sua", Label: "sửa tiếp " + person}}
		}
	})
	b := h.enter("A")
	if _, body := b.get("/commands"); strings.TrimSpace(body) != `[{"name":"sua","label":"sửa tiếp `+b.person+`"}]` {
		t.Errorf("%s", body)
	}
}

func TestOptionsThatCannotWork(t *testing.T) {
	good := Options{Store: newMemory(), Files: newMemory(), Now: start.UTC().Local, Texts: vietnamese(t, "vi")}
	for name, spoil := range map[string]func(*Options){
		"no store":       func(o *Options) { o.Store = nil },
		"no files":       func(o *Options) { o.Files = nil },
		"no clock":       func(o *Options) { o.Now = nil },
		"no texts":       func(o *Options) { o.Texts = nil },
		"missing text":   func(o *Options) { o.Texts = func(string) string { return "" } },
		"nobody to be":   func(o *Options) { o.Demo = &Demo{} },
		"odd persona":    func(o *Options) { o.Demo = &Demo{Personas: []Persona{{ID: "a b"}}} },
		"sample of none": func(o *Options) { o.Demo = &Demo{Personas: []Persona{{ID: "a"}}, Samples: []Sample{{ID: "s"}}} },
	} {
		opt := good
		spoil(&opt)
		if _, err := New(opt); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
