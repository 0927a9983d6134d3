package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"lamsach/bot"
)

// chromium is where Debian puts it; .ci/needs installs it.
const chromium = "/usr/bin/chromium"

// patience bounds one step in the browser.
const patience = 30 * time.Second

// screen is a tab of a real browser that shows the site.
type screen struct {
	t    *testing.T
	ctx  context.Context
	h    *house
	url  string
	down atomic.Bool // the server does not answer
	cut  func()      // cuts what is connected

	mu       sync.Mutex
	troubles []string
}

// browse opens a tab of the given size on a site with an echo bot.
func browse(t *testing.T, width, height int64, settings ...func(*Options)) *screen {
	t.Helper()
	s := &screen{t: t, h: open(t, settings...)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.down.Load() {
			panic(http.ErrAbortHandler)
		}
		s.h.ServeHTTP(w, r)
	}))
	s.url, s.cut = server.URL, server.CloseClientConnections
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.UserDataDir(t.TempDir()))
	allocated, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(allocated)
	s.ctx = ctx
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx)
		cancel()
		stop()
		server.CloseClientConnections()
		server.Close()
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, trouble := range s.troubles {
			t.Error("the browser complains:", trouble)
		}
	})
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height)); err != nil {
		t.Fatalf("these tests need %s (make needs): %v", chromium, err)
	}
	go s.watch(chromedp.Console(ctx))
	go s.echo()
	return s
}

// watch collects errors of the script and of the policy; a broken connection is no error here.
func (s *screen) watch(messages func(func(chromedp.ConsoleMessage, error) bool)) {
	for m, err := range messages {
		if err != nil {
			return
		}
		text := fmt.Sprint(m.Type, ": ", m.Text)
		if m.Type == chromedp.ConsoleLog || m.Type == "info" || strings.Contains(text, "Failed to load resource") || strings.Contains(text, "net::ERR") {
			continue
		}
		s.mu.Lock()
		s.troubles = append(s.troubles, text)
		s.mu.Unlock()
	}
}

// echo is the bot: it says again what it hears, and plays out a few scenes.
func (s *screen) echo() {
	shown := map[string]string{} // screen of each person
	for n := 0; ; n++ {
		var u bot.Update
		select {
		case <-s.t.Context().Done():
			return
		case u = <-s.h.taken:
		}
		to := u.Sender
		say := func(part string, r bot.Reply, message string) string {
			r.To = u.Chat
			id, err := s.h.Send(context.Background(), bot.Outgoing{ID: fmt.Sprint(n, part), Reply: r, Message: message})
			if err != nil {
				s.t.Error(err)
			}
			return id
		}
		switch {
		case u.Kind == bot.Press && u.Data == "d-Xem":
			say("a", bot.Reply{Mode: bot.Alert, Query: u.Query, Text: bot.Text{{{Text: "Mùa Thị Dợ", Style: bot.Strong}}, {{Text: "014316001234", Style: bot.Mono}}}}, "")
		case u.Kind == bot.Press:
			say("a", bot.Reply{Mode: bot.Answer, Query: u.Query}, "")
			say("b", bot.Reply{Mode: bot.Edit, Text: line("bấm " + u.Data), Choices: buttons("Xem", "Tiếp")}, shown[to])
		case u.File != nil:
			progress := say("a", bot.Reply{Text: line("Đang đọc ▓▓▓▓▓░░░░░ 50 %"), Silent: true}, "")
			say("b", bot.Reply{Mode: bot.Edit, Text: line("Đã đọc “" + u.File.Name + "”"), Silent: true}, progress)
			say("c", bot.Reply{Text: line("Kết quả"), File: &bot.Attachment{File: u.File.ID, Name: "đã sửa.xlsx", Size: u.File.Size}}, "")
		default:
			shown[to] = say("a", bot.Reply{Text: line("nghe: " + u.Text), Choices: buttons("Sửa", "Bỏ qua")}, shown[to])
		}
	}
}

func (s *screen) do(steps ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		s.t.Fatal(err)
	}
}

// sees waits until the expression holds in the page.
func (s *screen) sees(expression string) {
	s.t.Helper()
	_, err := chromedp.Run(s.ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(patience)))
	if err != nil && strings.Contains(err.Error(), "navigated") { // to be asked in the new page
		s.do(chromedp.WaitReady("body"))
		_, err = chromedp.Run(s.ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(patience)))
	}
	if err != nil {
		talk, _ := chromedp.Run(s.ctx, chromedp.Evaluate[string](`document.querySelector('main').innerText`))
		s.t.Fatalf("never true: %s: %v\nthe page shows: %s", expression, err, talk)
	}
}

// ask gives the value of an expression.
func ask[T any](s *screen, expression string) T {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

// bubbles is an expression: the texts of all bubbles of a side, joined.
func bubbles(side string) string {
	return `[...document.querySelectorAll('.` + side + ` .text')].map((n) => n.innerText.trim()).join('|')`
}

// enterBy opens the invitation link and takes it.
func (s *screen) enterBy(code string) {
	s.t.Helper()
	s.do(chromedp.Navigate(s.url+"/c#"+code), chromedp.WaitVisible("#login"))
	s.sees(`document.getElementById('code').value === '` + code + `' && location.hash === ''`)
	s.do(chromedp.Click("#login button"), chromedp.WaitVisible("#text"))
	s.sees(bubbles("bot") + ` === 'nghe: /start ` + code + `'`)
}

func (s *screen) says(text string) { s.do(chromedp.SendKeys("#text", text+"\r")) }

// presses clicks the newest button of that label.
func (s *screen) presses(label string) {
	s.t.Helper()
	s.sees(`[...document.querySelectorAll('.key')].some((k) => k.textContent === '` + label + `')`)
	s.do(chromedp.Click(chromedp.JSPath(`[...document.querySelectorAll('.key')].findLast((k) => k.textContent === '` + label + `')`)))
}

func TestBrowserConversation(t *testing.T) {
	s := browse(t, 390, 844)
	s.enterBy("K7Q2-M9XD")
	s.says("15/4")
	s.sees(bubbles("bot") + ` === 'nghe: /start K7Q2-M9XD|nghe: 15/4'`)
	if n := ask[int](s, `document.querySelectorAll('.keys').length`); n != 1 {
		t.Errorf("%d keyboards: the old screen keeps its buttons", n)
	}
	s.presses("Sửa")
	s.sees(bubbles("bot") + ` === 'nghe: /start K7Q2-M9XD|bấm d-Sửa'`)
	if ask[bool](s, `document.body.innerText.includes('đã sửa')`) {
		t.Error("an edit is announced")
	}
	s.presses("Xem")
	s.do(chromedp.WaitVisible("#note"))
	if got := ask[string](s, `document.getElementById('note-text').innerText`); got != "Mùa Thị Dợ\n014316001234" {
		t.Errorf("the note says %q", got)
	}
	s.do(chromedp.KeyEvent("\x1b"))
	s.sees(`!document.getElementById('note').open && document.getElementById('note-text').textContent === ''`)
	if n := ask[int](s, `document.querySelectorAll('[aria-busy="true"]').length`); n != 0 {
		t.Errorf("%d things are busy", n)
	}
}

func TestBrowserShowsTextLiterally(t *testing.T) {
	s := browse(t, 390, 844)
	s.enterBy("A")
	const nasty = `<img src=x onerror=alert(1)> & </script> {{7*7}}`
	s.says(nasty)
	s.sees(`document.querySelectorAll('.bot').length === 2`)
	if got := ask[string](s, bubbles("own")); !strings.HasSuffix(got, "|"+nasty) {
		t.Errorf("own %q", got)
	}
	if got := ask[string](s, bubbles("bot")); !strings.HasSuffix(got, "|nghe: "+nasty) {
		t.Errorf("bot %q", got)
	}
	if ask[int](s, `document.querySelectorAll('#log img, #log script').length`) != 0 {
		t.Error("text became an element")
	}
}

func TestBrowserFiles(t *testing.T) {
	s := browse(t, 390, 844)
	s.enterBy("A")
	path := filepath.Join(t.TempDir(), "DS trẻ em.xlsx")
	if err := os.WriteFile(path, []byte(strings.Repeat("PK", 21_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	s.do(chromedp.SetUploadFiles("#files", []string{path}))
	s.sees(bubbles("bot") + ` === 'nghe: /start A|Đã đọc “DS trẻ em.xlsx”|Kết quả'`)
	s.sees(`document.querySelectorAll('a.file').length === 2`)
	if got := ask[string](s, `document.querySelector('.own a.file').innerText.replace(/\s+/g, ' ')`); got != "XLSX DS trẻ em.xlsx 42 KB Tải về" {
		t.Errorf("the file reads %q", got)
	}
	got := ask[string](s, `document.querySelector('.bot a.file').getAttribute('href') + ' ' + document.querySelector('.bot a.file').download`)
	if got != "/file/file-1 đã sửa.xlsx" {
		t.Errorf("link %q", got)
	}
	if err := os.Truncate(path, maxFileIn+1); err != nil {
		t.Fatal(err)
	}
	s.do(chromedp.SetUploadFiles("#files", []string{path}))
	s.sees(`document.querySelector('.toast')?.textContent.includes('20 MB')`)
	if n := ask[int](s, `document.querySelectorAll('.own').length`); n != 2 {
		t.Errorf("%d own messages", n)
	}
}

func TestBrowserDropAndPaste(t *testing.T) {
	s := browse(t, 1280, 800)
	s.enterBy("A")
	ask[bool](s, `(() => {
		const carry = new DataTransfer();
		carry.items.add(new File(['x'], 'thả.xlsx'));
		const fire = (name) => document.body.dispatchEvent(new DragEvent(name, { dataTransfer: carry, bubbles: true, cancelable: true }));
		fire('dragenter');
		const veiled = !document.getElementById('drop').hidden;
		fire('dragover');
		fire('drop');
		return veiled && document.getElementById('drop').hidden;
	})()`)
	s.sees(`document.body.innerText.includes('Đã đọc “thả.xlsx”')`)
	ask[bool](s, `(() => {
		const carry = new DataTransfer();
		carry.items.add(new File(['x'], 'dán.png', { type: 'image/png' }));
		document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carry, bubbles: true, cancelable: true }));
		const cells = new DataTransfer();
		cells.items.add(new File(['x'], 'ô.png', { type: 'image/png' }));
		cells.setData('text/plain', 'ô');
		document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: cells, bubbles: true, cancelable: true }));
		return true;
	})()`)
	s.sees(`document.body.innerText.includes('Đã đọc “dán.png”')`)
	if ask[bool](s, `document.body.innerText.includes('ô.png')`) {
		t.Error("cells copied from a sheet were sent as a picture")
	}
}

func TestBrowserKeyboard(t *testing.T) {
	s := browse(t, 1280, 800)
	s.enterBy("A")
	s.do(chromedp.Focus(".key"), chromedp.KeyEvent("2"), chromedp.KeyEvent("\r"))
	s.sees(bubbles("bot") + `.endsWith('|nghe: 2')`)
	s.do(chromedp.KeyEvent("một"), chromedp.KeyEvent("\r", chromedp.KeyModifiers(8)), chromedp.KeyEvent("hai"))
	s.sees(`document.getElementById('text').value === 'một\nhai'`)
	if lines := ask[float64](s, `document.getElementById('text').offsetHeight`); lines < 60 {
		t.Errorf("the box did not grow: %v", lines)
	}
	s.do(chromedp.KeyEvent("\r"))
	s.sees(bubbles("own") + `.endsWith('|một\nhai')`)
	s.sees(bubbles("bot") + `.endsWith('|nghe: một\nhai') && document.querySelectorAll('.keys').length === 1`)
	// A press by keyboard keeps the focus in the message that changes in place.
	s.do(chromedp.Focus(".key"), chromedp.KeyEvent("\r"))
	s.sees(bubbles("bot") + `.endsWith('bấm d-Sửa')`)
	if got := ask[string](s, `document.activeElement.className`); got != "key" {
		t.Errorf("the focus is on %q", got)
	}
}

func TestBrowserComesBack(t *testing.T) {
	s := browse(t, 390, 844)
	s.enterBy("A")
	person := ask[string](s, `document.querySelector('.own').dataset.id`)
	if person == "" {
		t.Fatal("no message")
	}
	s.down.Store(true)
	s.cut()
	s.sees(`!document.getElementById('banner').hidden && document.getElementById('status').dataset.state === 'offline'`)
	s.says("khi mất mạng 1")
	s.says("khi mất mạng 2")
	s.sees(`document.querySelectorAll('.own.pending').length === 2`)
	s.h.store.mu.Lock()
	var who string
	for name := range s.h.store.events {
		who = name
	}
	s.h.store.mu.Unlock()
	s.h.say(who, bot.Outgoing{ID: "away", Reply: bot.Reply{Text: line("nói khi vắng")}})
	s.down.Store(false)
	s.sees(`document.querySelectorAll('.pending').length === 0 && document.getElementById('banner').hidden`)
	s.sees(bubbles("bot") + `.endsWith('nghe: khi mất mạng 2')`)
	got := ask[string](s, bubbles("bot"))
	for _, want := range []string{"nói khi vắng", "nghe: khi mất mạng 1|nghe: khi mất mạng 2"} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%q stands %d times in %q", want, strings.Count(got, want), got)
		}
	}
	s.do(chromedp.Reload(), chromedp.WaitVisible("#text"))
	s.sees(`document.querySelectorAll('.own').length === 3 && document.querySelectorAll('.bot').length === 4`)
}

func TestBrowserKeepsUnsentTextsOverAReload(t *testing.T) {
	s := browse(t, 390, 844)
	s.enterBy("A")
	s.h.mu.Lock()
	s.h.refuse = func() error { return errClosed }
	s.h.mu.Unlock()
	s.says("chưa gửi được")
	s.do(chromedp.SendKeys("#text", "bản nháp"))
	s.sees(`document.querySelectorAll('.own.pending').length === 1`)
	s.do(chromedp.Reload(), chromedp.WaitVisible("#text"))
	s.sees(`document.querySelectorAll('.own.pending').length === 1 && document.getElementById('text').value === 'bản nháp'`)
	s.h.mu.Lock()
	s.h.refuse = nil
	s.h.mu.Unlock()
	s.sees(bubbles("bot") + `.endsWith('|nghe: chưa gửi được')`)
	s.sees(`sessionStorage.getItem('unsent:' + JSON.parse(document.getElementById('page').textContent).chat) === null`)
}

func TestBrowserScrolling(t *testing.T) {
	s := browse(t, 390, 844)
	s.enterBy("A")
	var who string
	s.h.store.mu.Lock()
	for name := range s.h.store.events {
		who = name
	}
	s.h.store.mu.Unlock()
	for i := range 150 {
		s.h.say(who, bot.Outgoing{ID: fmt.Sprint("s", i), Reply: bot.Reply{Text: line(fmt.Sprint("tin ", i))}})
	}
	s.sees(`document.querySelectorAll('.bot').length === 151`)
	s.sees(`(() => { const s = document.getElementById('scroll'); return s.scrollHeight - s.scrollTop - s.clientHeight < 2; })()`)
	s.do(chromedp.Reload(), chromedp.WaitVisible("#text"))
	s.sees(`document.querySelectorAll('.message').length === 80`)
	ask[bool](s, `(document.getElementById('scroll').scrollTop = 300, true)`)
	s.sees(`!document.getElementById('jump').hidden`)
	place := ask[float64](s, `[...document.querySelectorAll('.bot .text')].find((m) => m.innerText === 'tin 75').getBoundingClientRect().top`)
	s.h.say(who, bot.Outgoing{ID: "new", Reply: bot.Reply{Text: line("tin mới")}})
	s.sees(`document.getElementById('jump-count').textContent === '1'`)
	ask[bool](s, `(document.getElementById('older').click(), true)`)
	s.sees(`document.querySelectorAll('.message').length === 153`)
	after := ask[float64](s, `[...document.querySelectorAll('.bot .text')].find((m) => m.innerText === 'tin 75').getBoundingClientRect().top`)
	if d := after - place; d > 60 || d < -60 { // the button for older messages went away
		t.Errorf("the reader was moved by %v", d)
	}
	s.do(chromedp.Click("#jump"))
	s.sees(`document.getElementById('jump').hidden`)
}

func TestBrowserDemo(t *testing.T) {
	s := browse(t, 1280, 800, demoOptions)
	s.do(chromedp.Navigate(s.url+"/"), chromedp.WaitVisible("#start"), chromedp.Click("#start"))
	s.sees(bubbles("bot") + ` === 'nghe: /start'`)
	s.do(chromedp.Click("[data-sample=s1]"))
	s.sees(`document.body.innerText.includes('Đã đọc “ds.xlsx”')`)
	s.h.say("police", bot.Outgoing{ID: "p", Reply: bot.Reply{Text: line("Nhận danh sách")}})
	s.sees(`!document.querySelector('[data-persona=police] .dot').hidden`)
	s.do(chromedp.Click("[data-persona=police]"))
	s.sees(bubbles("bot") + ` === 'Nhận danh sách' && document.querySelector('[data-persona=police]').ariaCurrent === 'true'`)
	if got := ask[int](s, `document.querySelectorAll('.dot:not([hidden])').length`); got != 0 {
		t.Errorf("%d marks of news", got)
	}
}

func TestBrowserLogout(t *testing.T) {
	s := browse(t, 390, 844)
	s.enterBy("A")
	s.do(chromedp.Click("[popovertarget=menu]"), chromedp.WaitVisible("#logout"), chromedp.Click("#logout"),
		chromedp.WaitVisible("#note"), chromedp.Click("#note button[value=yes]"), chromedp.WaitVisible("#login"))
	if status, _ := s.h.visitor().get("/history"); status != http.StatusUnauthorized {
		t.Errorf("status %d", status)
	}
}

func TestBrowserLayout(t *testing.T) {
	s := browse(t, 390, 844)
	s.enterBy("A")
	s.says(strings.Repeat("dài", 200) + " và một câu bình thường có nhiều chữ để xuống dòng")
	s.sees(`document.querySelectorAll('.bot').length === 2`)
	for name, size := range map[string][2]int64{"phone": {390, 844}, "small phone": {320, 568}, "desktop": {1280, 800}} {
		for _, scheme := range []string{"light", "dark"} {
			_, err := chromedp.Call(s.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{
					{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			s.do(chromedp.EmulateViewport(size[0], size[1]))
			if got := ask[string](s, layoutFaults); got != "" {
				t.Errorf("%s, %s: %s", name, scheme, got)
			}
		}
	}
}

// layoutFaults lists what is too wide, too small to be hit with a finger, or too pale to be read.
const layoutFaults = `(() => {
	const faults = [];
	if (document.scrollingElement.scrollWidth > innerWidth) faults.push('the page is wider than the screen: ' + [...document.querySelectorAll('*')].filter((n) => n.getBoundingClientRect().right > innerWidth + 1).map((n) => n.tagName + '.' + n.className + '#' + n.id).join(' '));
	const scroll = document.getElementById('scroll');
	if (scroll.scrollWidth > scroll.clientWidth) faults.push('the log is wider than the screen');
	for (const b of document.querySelectorAll('button:not(.command)')) {
		const r = b.getBoundingClientRect();
		if (r.width && (r.height < 43.9 || r.width < 43.9)) faults.push('small button: ' + (b.textContent.trim() || b.ariaLabel));
	}
	for (const b of document.querySelectorAll('button, input, textarea')) {
		if (!b.hidden && b.type !== 'file' && !(b.ariaLabel || b.textContent.trim() || b.labels?.length)) faults.push('nameless ' + b.outerHTML);
	}
	const light = (color) => {
		const [r, g, b] = color.match(/[\d.]+/g).map(Number).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const ground = (n) => {
		for (; n; n = n.parentElement) {
			const c = getComputedStyle(n).backgroundColor;
			if (!/, 0\)$|transparent/.test(c)) return c;
		}
		return 'rgb(255, 255, 255)';
	};
	for (const n of document.querySelectorAll('.text, .stamp, .key, #status, h1')) {
		const [a, b] = [light(getComputedStyle(n).color), light(ground(n))];
		const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (contrast < 4.5) faults.push('contrast ' + contrast.toFixed(2) + ' of ' + n.className + ' ' + n.id);
	}
	return faults.join('\n');
})()`
