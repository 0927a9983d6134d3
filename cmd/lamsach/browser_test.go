package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// page is the program's own page in a real browser.
type page struct {
	t   testing.TB
	ctx context.Context
	url string
}

// openPage starts the program with a page alone and opens it in a phone-sized browser.
func openPage(t *testing.T) (*page, *server) {
	t.Helper()
	port := freePort(t)
	env := append(storeEnv(t), "LAMSACH_WEB_ADDR=127.0.0.1:"+port)
	code := invite(t, env, "03868", "Lò Thị Thử")
	running := serve(t, env...)
	p := &page{t: t, url: "http://127.0.0.1:" + port}
	until(t, 20*time.Second, "the page is served", func(ctx context.Context) bool {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url, nil)
		if err != nil {
			return false
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			return false
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.UserDataDir(t.TempDir()))
	allocated, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocated)
	p.ctx = ctx
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx)
		cancel()
		stop()
	})
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(390, 844)); err != nil {
		t.Fatalf("chromium is missing; `make test` installs it: %v", err)
	}
	p.do(chromedp.Navigate(p.url+"/c#"+code), chromedp.WaitVisible("#login button"))
	p.do(chromedp.Click("#login button"), chromedp.WaitVisible("#text"))
	p.sees(`document.body.innerText.includes('Xin chào Lò Thị Thử')`)
	return p, running
}

func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// sees waits until an expression holds in the page.
func (p *page) sees(expression string) {
	p.t.Helper()
	if _, err := chromedp.Run(p.ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(40*time.Second))); err != nil {
		shown, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.querySelector('main').innerText`))
		p.t.Fatalf("never true: %s: %v\nthe page ends with\n%s", expression, err, tail(shown, 1500))
	}
}

// value gives what an expression is in the page.
func value[T any](p *page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatal(err)
	}
	return v
}

// The newest message with buttons, as JSON: its text, its labels, and a mark that changes when it is drawn again.
const screenNow = `(() => {
	const m = [...document.querySelectorAll('.message')].findLast((n) => n.querySelector('.key'));
	if (!m) return '';
	const lines = [...m.querySelectorAll('.text .line')].map((l) => l.innerText);
	const labels = [...m.querySelectorAll('.key')].map((k) => k.textContent);
	return JSON.stringify({ text: lines.join('\n'), labels, mark: m.dataset.id + lines.join() + labels.join() });
})()`

type pageScreen struct {
	Text   string   `json:"text"`
	Labels []string `json:"labels"`
	Mark   string   `json:"mark"`
}

func (p *page) screen() pageScreen {
	p.t.Helper()
	var s pageScreen
	if err := json.Unmarshal([]byte(value[string](p, screenNow)), &s); err != nil {
		p.t.Fatal(err)
	}
	return s
}

// talk goes through the list: by button where there is one, typed where not.
func (p *page) talk(officer *officerBot) int {
	p.t.Helper()
	for moves := 0; moves < 3000; moves++ {
		shown := p.screen()
		next, more := officer.next(screenSeen{text: shown.Text, labels: shown.Labels})
		if !more {
			return moves
		}
		if next.press != "" {
			p.do(chromedp.Click(chromedp.JSPath(`[...document.querySelectorAll('.key')].findLast((k) => k.textContent === ` +
				quoted(next.press) + `)`)))
		} else {
			p.do(chromedp.SendKeys("#text", next.text+"\r"))
		}
		p.sees(`JSON.parse(` + screenNow + ` || '{}').mark !== ` + quoted(shown.Mark))
	}
	p.t.Fatal("the talk has no end")
	return 0
}

func quoted(text string) string {
	body, _ := json.Marshal(text) // a string always has a JSON form
	return string(body)
}

var exportLink = regexp.MustCompile(`^/file/[A-Za-z0-9_-]+$`)

// export asks for the workbook and fetches it as the browser does, with the officer's own session.
func (p *page) export() []byte {
	p.t.Helper()
	p.do(chromedp.SendKeys("#text", "/xuat\r"))
	p.sees(`document.querySelectorAll('.bot a.file').length > 0`)
	link := value[string](p, `document.querySelector('.bot a.file').getAttribute('href')`)
	if !exportLink.MatchString(link) {
		p.t.Fatalf("link %q", link)
	}
	value[bool](p, `(() => {
		fetch('`+link+`').then((answer) => answer.arrayBuffer()).then((body) => {
			window.fetched = Array.from(new Uint8Array(body), (b) => b.toString(16).padStart(2, '0')).join('');
		});
		return true;
	})()`)
	p.sees(`!!window.fetched`)
	encoded := value[string](p, `window.fetched`)
	body := make([]byte, len(encoded)/2)
	for i := range body {
		body[i] = unhex(encoded[2*i])<<4 | unhex(encoded[2*i+1])
	}
	return body
}

func unhex(c byte) byte { return byte(strings.IndexByte("0123456789abcdef", c)) }

// The same conversation in the page: login by a one-time link, upload, every question, export.
func TestWholeTalkInTheBrowser(t *testing.T) {
	p, running := openPage(t)
	body, truth := messyList(t, "official", 320, 21, 0.25)
	path := filepath.Join(t.TempDir(), "DS trẻ em.xlsx")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles("#files", []string{path}))
	p.sees(`document.body.innerText.includes('trẻ cần rà soát')`)
	officer := newOfficerBot(t, truth, false)
	officer.wantUndo = true
	moves := p.talk(officer)
	checkClean(t, p.export())
	noSecrets(t, running.log.String(), truth)
	t.Logf("%d moves in the browser", moves)
}
