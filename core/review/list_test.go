package review_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"text/template"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/kind"
	"lamsach/core/review"
	"lamsach/core/roster"
)

var today = civil.Date{Year: 2026, Month: 11, Day: 22}

// readTable makes a list of a small table: the first line names the fields, every other one is a person, from row 8 on.
// "#" before a value makes it a number cell, "@" a date cell.
func readTable(t testing.TB, table string) *roster.Roster {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(table), "\n")
	sheet := roster.SheetInfo{Name: "Sheet1", FirstRow: 8, HeaderRows: []int{7}}
	for i, name := range strings.Split(lines[0], "|") {
		f, ok := roster.ParseField(strings.TrimSpace(name))
		if !ok {
			t.Fatalf("no field %q", name)
		}
		sheet.Columns = append(sheet.Columns, roster.Column{Index: i, Field: f, Header: f.String(), Confidence: 1})
	}
	ro := &roster.Roster{Kind: "child"}
	if sheet.Has(roster.Category) {
		ro.Kind = "beneficiary"
	}
	for i, l := range lines[1:] {
		record := roster.Record{Row: 8 + i}
		for _, text := range strings.Split(l, "|") {
			record.Cells = append(record.Cells, readCell(strings.TrimSpace(text)))
		}
		if len(record.Cells) != len(sheet.Columns) {
			t.Fatalf("line %d has %d cells", i+1, len(record.Cells))
		}
		ro.Records = append(ro.Records, record)
	}
	sheet.LastRow, sheet.Records, sheet.LastColumn = 7+len(ro.Records), len(ro.Records), len(sheet.Columns)-1
	ro.Sheets = []roster.SheetInfo{sheet}
	return ro
}

func readCell(text string) roster.Cell {
	switch {
	case text == "":
		return roster.Cell{}
	case text[0] == '#':
		return roster.Cell{Kind: roster.Number, Text: text[1:]}
	case text[0] == '@':
		return roster.Cell{Kind: roster.Date, Text: text[1:]}
	}
	return roster.Cell{Kind: roster.Text, Text: text}
}

// newDesk checks a list, lets the automatic fixes hold, and lays it on a desk.
func newDesk(ro *roster.Roster) *review.Desk {
	rules := kind.Of(ro.Kind).Rules
	check.New(ro, rules, today).Tidy()
	return &review.Desk{Roster: ro, Checker: check.New(ro, rules, today), Today: today, Unit: "Xã Tà Xùa"}
}

// words are the texts of one language.
type words map[string]*template.Template

var vietnamese = sync.OnceValue(func() words { return readWords("vi") })

func readWords(language string) words {
	body, err := os.ReadFile("../../locales/" + language + "/review.json")
	if err != nil {
		panic(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(body, &raw); err != nil {
		panic(err)
	}
	w := words{}
	for key, value := range raw {
		if forms, ok := value.(map[string]any); ok {
			value = forms["other"]
		}
		w[key] = template.Must(template.New(key).Option("missingkey=error").Parse(value.(string)))
	}
	return w
}

// say puts a text into words, strictly: a key without a text, or an argument that is missing, is a fault of the talk.
func (w words) say(t testing.TB, text fault.Text) string {
	return review.Words(text, func(text fault.Text) string {
		pattern, ok := w[text.Key]
		if !ok {
			t.Errorf("no text for %s", text.Key)
			return "⟦" + text.Key + "⟧"
		}
		var out strings.Builder
		if err := pattern.Execute(&out, map[string]any(text.Args)); err != nil {
			t.Errorf("%s: %v", text.Key, err)
		}
		return out.String()
	})
}

// host does what the handlers do: it keeps the state as JSON, records corrections and takes them back.
type host struct {
	t     testing.TB
	words words
	desk  *review.Desk
	state []byte
	made  []review.Corrected
	now   review.Screen
	seen  int // events of the last turn
	said  []string
}

func newHost(t testing.TB, desk *review.Desk) *host {
	h := &host{t: t, desk: desk, words: vietnamese()}
	s, screen := review.Open(desk)
	h.keep(s)
	h.show(screen)
	return h
}

func (h *host) keep(s review.State) {
	body, err := json.Marshal(s)
	if err != nil {
		h.t.Fatal(err)
	}
	h.state = body
	h.checkState(s)
}

func (h *host) load() review.State {
	var s review.State
	if err := json.Unmarshal(h.state, &s); err != nil {
		h.t.Fatal(err)
	}
	return s
}

// take gives one input and does what the events ask for.
func (h *host) take(in review.Input) {
	s, screen, events := review.Resume(h.load(), in, h.desk)
	h.keep(s)
	h.said = nil
	for _, e := range events {
		switch e := e.(type) {
		case review.Corrected:
			h.made = append(h.made, e)
			h.said = append(h.said, fmt.Sprintf("ghi: %s (%s, %d trẻ)", h.words.say(h.t, stored(h.t, e.Label)), e.Code, len(e.Changes)))
		case review.Undo:
			screen = h.undo(s)
		case review.Export:
			h.said = append(h.said, fmt.Sprintf("xuất tệp (đánh dấu lỗi: %v)", e.Marked))
		case review.Left:
			h.said = append(h.said, "rời khỏi")
		}
	}
	h.seen = len(events)
	h.show(screen)
}

// stored is the label after a round through the store.
func stored(t testing.TB, label fault.Text) fault.Text {
	body, err := json.Marshal(label)
	if err != nil {
		t.Fatal(err)
	}
	var back fault.Text
	if err := json.Unmarshal(body, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

func (h *host) undo(s review.State) review.Screen {
	last := h.made[len(h.made)-1]
	h.made = h.made[:len(h.made)-1]
	review.Revert(h.desk, last.Changes)
	h.desk.Undo = nil
	if n := len(h.made); n > 0 {
		label := h.made[n-1].Label
		h.desk.Undo = &label
	}
	h.said = append(h.said, "hoàn tác: "+h.words.say(h.t, last.Label))
	return review.Undone(s, last.Label, h.desk)
}

func (h *host) show(screen review.Screen) {
	h.now = screen
	h.checkScreen(screen)
}

func (h *host) typed(text string)         { h.take(review.Input{Text: text}) }
func (h *host) pressed(id string)         { h.take(review.Input{Choice: id}) }
func (h *host) findings() []check.Finding { return h.desk.Checker.Findings() }

// press takes the button with the label.
func (h *host) press(label string) {
	h.t.Helper()
	for _, row := range h.now.Choices {
		for _, c := range row {
			if h.words.say(h.t, c.Label) == label {
				h.pressed(c.ID)
				return
			}
		}
	}
	h.t.Errorf("no button %q on\n%s", label, h.text())
}

// text is the screen as the officer sees it.
func (h *host) text() string {
	var out strings.Builder
	for _, said := range h.said {
		fmt.Fprintf(&out, "  * %s\n", said)
	}
	if h.now.Alert != nil {
		fmt.Fprintf(&out, "  ! %s\n", h.words.say(h.t, *h.now.Alert))
	}
	for _, l := range h.now.Notice {
		fmt.Fprintf(&out, "  %s\n", h.words.say(h.t, l.Text))
	}
	if len(h.now.Notice) > 0 {
		out.WriteString("  ---\n")
	}
	for _, l := range h.now.Body {
		out.WriteString(strings.TrimRight("  "+h.words.say(h.t, l.Text), " ") + "\n")
	}
	for _, row := range h.now.Choices {
		out.WriteString(" ")
		for _, c := range row {
			fmt.Fprintf(&out, " [%s]", h.words.say(h.t, c.Label))
		}
		out.WriteString("\n")
	}
	return out.String()
}

var (
	bareNumber = regexp.MustCompile(`\d{9,}`)
	choiceID   = regexp.MustCompile(`^[a-z0-9.-]{1,24}$`)
	missing    = regexp.MustCompile(`<no value>|⟦`)
)

// examples are the numbers that stand in texts as examples.
const exampleNumber = "014316001234"

// checkScreen holds every screen of every test to what a chat can show.
func (h *host) checkScreen(s review.Screen) {
	h.t.Helper()
	if len(s.Choices) > 8 {
		h.t.Errorf("%d rows of choices:\n%s", len(s.Choices), h.text())
	}
	ids := map[string]bool{}
	for _, row := range s.Choices {
		if len(row) == 0 {
			h.t.Errorf("an empty row of choices:\n%s", h.text())
		}
		for _, c := range row {
			label := h.words.say(h.t, c.Label)
			if n := len([]rune(label)); n > 40 {
				h.t.Errorf("label of %d runes: %s", n, label)
			}
			if !choiceID.MatchString(c.ID) || ids[c.ID] {
				h.t.Errorf("choice id %q", c.ID)
			}
			ids[c.ID] = true
		}
	}
	text := h.text()
	if s.Alert != nil {
		text = strings.ReplaceAll(text, h.words.say(h.t, *s.Alert), "")
	}
	if found := bareNumber.FindString(strings.ReplaceAll(text, exampleNumber, "")); found != "" {
		h.t.Errorf("the chat shows the number %s:\n%s", found, text)
	}
	if missing.MatchString(text) {
		h.t.Errorf("an argument is missing:\n%s", text)
	}
}

// checkState holds the state to what a session may keep.
func (h *host) checkState(s review.State) {
	h.t.Helper()
	if len(s.Back) > 10 {
		h.t.Errorf("%d positions are remembered", len(s.Back))
	}
	s.Pending = nil
	body, _ := json.Marshal(s)
	for i := range h.desk.Roster.Records {
		for _, f := range []roster.Field{roster.FullName, roster.MotherName, roster.PersonalID} {
			if text := h.desk.Roster.Value(i, f).Text; len(text) > 4 && strings.Contains(string(body), text) {
				h.t.Errorf("the state holds %q: %s", text, body)
			}
		}
	}
}
