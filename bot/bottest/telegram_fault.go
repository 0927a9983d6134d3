package bottest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault is trouble that the server makes on demand.
type Fault struct {
	Status      int    // error code; 0 with Drop or Hang
	Description string // in the API's form, unless HTML is set
	RetryAfter  int    // seconds, with 429
	HTML        string // a page instead of an answer in the API's form, as proxies give
	Drop        bool   // the connection breaks instead of an answer
	Hang        bool   // no answer comes until the bot gives up
	Half        bool   // the answer breaks off in the middle
	After       bool   // the call is carried out first
	Chat        int64  // only calls about this chat; 0: all
	Skip        int    // so many calls pass before it strikes
	Times       int    // how often it strikes; 0: once, negative: until Heal
	hits        int
}

// Fail lets calls of the method fail; "*" means any method but getUpdates.
func (s *Telegram) Fail(method string, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Times == 0 {
		f.Times = 1
	}
	s.faults[method] = append(s.faults[method], &f)
}

// Heal ends all faults.
func (s *Telegram) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.faults)
	s.down = false
	s.touch()
}

// Down lets the server be out of reach, or back. Behind Transport nobody listens; behind a socket connections break.
// Polls under way break, too.
func (s *Telegram) Down(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
	if down && s.poll != nil {
		s.poll(errDown)
		s.poll = nil
	}
	s.touch()
}

// Revoke lets the token be unknown from now on.
func (s *Telegram) Revoke() {
	s.Fail("*", Fault{Status: 401, Description: "Unauthorized", Times: -1})
	s.Fail("getUpdates", Fault{Status: 401, Description: "Unauthorized", Times: -1})
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.poll != nil {
		s.poll(nil)
		s.poll = nil
	}
}

// fault gives the fault that strikes the call; nil: none.
func (s *Telegram) fault(c *call) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := []string{c.method, "*"}
	if c.method == "getUpdates" {
		names = names[:1]
	}
	for _, name := range names {
		for _, f := range s.faults[name] {
			if f.Chat != 0 && strconv.FormatInt(f.Chat, 10) != c.fields["chat_id"] {
				continue
			}
			if f.Skip > 0 {
				f.Skip--
				continue
			}
			if f.Times < 0 || f.hits < f.Times {
				f.hits++
				return f
			}
		}
	}
	if c.method == "getUpdates" {
		return nil
	}
	if s.judge != nil {
		if f := s.judge(c.method, c.number("chat_id")); f != nil {
			return f
		}
	}
	return s.flooded(c)
}

// strike answers with the fault.
func (f *Fault) strike(w http.ResponseWriter, r *http.Request) {
	switch {
	case f.Hang:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case f.Drop:
		panic(http.ErrAbortHandler)
	case f.Half:
		w.Header().Set("Content-Length", "500")
		_, _ = w.Write([]byte(`{"ok":true,"result":{"message_id":1,"te`))
		panic(http.ErrAbortHandler)
	case f.HTML != "":
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte(f.HTML))
		return
	}
	body := map[string]any{"ok": false, "error_code": f.Status, "description": f.words()}
	if f.RetryAfter > 0 {
		body["parameters"] = map[string]int{"retry_after": f.RetryAfter}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(f.Status)
	_ = json.NewEncoder(w).Encode(body)
}

func (f *Fault) words() string {
	switch {
	case f.Description != "":
		return f.Description
	case f.Status == http.StatusTooManyRequests:
		return fmt.Sprintf("Too Many Requests: retry after %d", f.RetryAfter)
	}
	return strings.TrimSpace(http.StatusText(f.Status))
}

// Faults gives the suite its hands on the server and the person.
func (p *TelegramPerson) Faults() Faults { return telegramFaults{p} }

type telegramFaults struct{ *TelegramPerson }

// Busy lets the next message be told to wait.
func (f telegramFaults) Busy(after time.Duration) {
	f.server.Fail("sendMessage", Fault{Status: http.StatusTooManyRequests, RetryAfter: int(after / time.Second)})
}

// Unreachable lets the person block the bot without a word to it.
func (f telegramFaults) Unreachable() {
	f.server.mu.Lock()
	defer f.server.mu.Unlock()
	f.server.chats[f.chat].blocked = true
}

// Outage lets the next messages meet a proxy whose server is gone.
func (f telegramFaults) Outage(calls int) {
	f.server.Fail("sendMessage", Fault{Status: http.StatusBadGateway, HTML: "<html>502 Bad Gateway</html>", Times: calls})
}

// LoseAnswer lets the next message arrive and its answer be lost.
func (f telegramFaults) LoseAnswer() {
	f.server.Fail("sendMessage", Fault{Drop: true, After: true})
}
