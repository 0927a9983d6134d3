package review

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/roster"
)

// tidied is what was corrected without asking under one code.
type tidied struct {
	code  string
	cells []tidiedCell
}

type tidiedCell struct {
	record int
	field  roster.Field
	code   string
}

// tidied finds out why every value of the program's own was corrected: what the rules would say without it.
func (v *view) tidied() []tidied {
	var all []tidied
	at := map[string]int{}
	for i := range v.Roster.Records {
		var fields []roster.Field
		for f, fix := range v.Roster.Records[i].Fixed() {
			if fix.By == roster.ByProgram {
				fields = append(fields, f)
			}
		}
		slices.Sort(fields)
		for _, f := range fields {
			code := v.autoCode(i, f)
			k, ok := at[code]
			if !ok {
				k = len(all)
				at[code] = k
				all = append(all, tidied{code: code})
			}
			all[k].cells = append(all[k].cells, tidiedCell{i, f, code})
		}
	}
	slices.SortStableFunc(all, func(a, b tidied) int {
		return cmp.Or(cmp.Compare(len(b.cells), len(a.cells)), cmp.Compare(a.code, b.code))
	})
	return all
}

// autoCode is the code under which a value was corrected automatically.
func (v *view) autoCode(record int, f roster.Field) string {
	raw := v.decided(record)
	delete(raw.Fixed, f)
	for _, finding := range v.Checker.Try(record, raw) {
		if finding.Field == f && finding.Fix == check.Auto {
			return finding.Code
		}
	}
	return f.String() + ".untidy"
}

const (
	fixedCodes = 6  // codes on the screen of what was corrected
	fixedPage  = 10 // people on a page of one code
)

func (v *view) drawFixed(s *State) Screen {
	all := v.tidied()
	total := 0
	for _, t := range all {
		total += len(t.cells)
	}
	body := []Line{line(Strong, "review.fixed.heading", "N", total)}
	if total == 0 {
		body[0] = line(Plain, "review.fixed.none")
	}
	from, to, pages := span(s.Page, fixedCodes, len(all))
	var laid [][]Choice
	for i := from; i < to; i++ {
		t := all[i]
		body = append(body, Line{}, line(Strong, "review.fixed.code", "N", len(t.cells), "What", t.what()))
		for k := range min(len(t.cells), v.samples()) {
			body = append(body, v.fixedLine(t.cells[k]))
		}
		laid = append(laid, []Choice{choice("f."+tag(t.code), "review.fixed.open", "N", len(t.cells), "What", t.what())})
	}
	laid = packed(laid, 2)
	laid = append(laid, append(pager(s.Page, pages), choice("summary", "review.choice.summary")))
	return Screen{Body: body, Choices: v.withNav(s, laid, false), Numbers: true}
}

// packed puts single choices beside each other.
func packed(laid [][]Choice, beside int) [][]Choice {
	var flat []Choice
	for _, row := range laid {
		flat = append(flat, row...)
	}
	return rows(beside, flat...)
}

// what names what was done to the cells of a code.
func (t tidied) what() fault.Text {
	area, word, _ := strings.Cut(t.code, ".")
	switch word {
	case "untidy", "variant", "look_alike", "encoding":
	default:
		word = "untidy"
	}
	return fault.T("review.fixed.what."+word, "What", fault.T("review.field."+area))
}

func (v *view) fixedLine(c tidiedCell) Line {
	from := v.Roster.Raw(c.record, c.field).Text
	return line(Plain, "review.sample.change", "Who", v.who(c.record), "From", visible(display(c.field, from)), "To", v.shown(c.record, c.field))
}

// visible gives a text between quotes when its fault cannot be seen: blanks at the ends.
func visible(text string) string { return strings.TrimSpace(text) }

func (v *view) fixedOne(s *State) (tidied, bool) {
	for _, t := range v.tidied() {
		if t.code == s.Code {
			return t, true
		}
	}
	return tidied{}, false
}

func (v *view) drawFixedOne(s *State) Screen {
	t, ok := v.fixedOne(s)
	if !ok {
		return Screen{
			Body:    []Line{line(Plain, "review.fixed.none")},
			Choices: v.withNav(s, [][]Choice{{choice("summary", "review.choice.summary")}}, false), Numbers: true,
		}
	}
	from, to, pages := span(s.Page, fixedPage, len(t.cells))
	body := []Line{line(Strong, "review.fixed.code", "N", len(t.cells), "What", t.what())}
	for i := from; i < to; i++ {
		body = append(body, v.fixedLine(t.cells[i]))
	}
	body = append(body, line(Faint, "review.page", "From", from+1, "To", to, "Of", len(t.cells)), line(Faint, "review.fixed.how"))
	laid := [][]Choice{{choice("takeback."+t.seen(v), "review.fixed.take_back", "N", len(t.cells))}}
	laid = append(laid, append(pager(s.Page, pages), choice("fixed", "review.choice.fixed")))
	return Screen{Body: body, Choices: v.withNav(s, laid, false), Numbers: true}
}

// seen marks exactly these cells.
func (t tidied) seen(v *view) string {
	parts := []string{t.code}
	for _, c := range t.cells {
		parts = append(parts, v.Roster.Records[c.record].ID(), strconv.Itoa(int(c.field)))
	}
	return tag(parts...)
}

// pressFixed takes the choices of the screens of what was corrected without asking.
func (t *turn) pressFixed(id string) bool {
	verb, mark, _ := strings.Cut(id, ".")
	switch verb {
	case "more":
		t.s.Page++
	case "less":
		t.s.Page = max(0, t.s.Page-1)
	case "fixed":
		t.s.goTo(Position{Screen: onFixed})
	case "f":
		for _, one := range t.tidied() {
			if tag(one.code) == mark {
				t.s.goTo(Position{Screen: onFixedOne, Code: one.code})
				return true
			}
		}
		return false
	case "takeback":
		return t.takeBack(mark)
	default:
		return false
	}
	return true
}

// takeBack lets the raw cells of one code hold again, and remembers that they are meant so.
func (t *turn) takeBack(mark string) bool {
	one, ok := t.fixedOne(&t.s)
	if !ok || one.seen(t.view) != mark {
		t.say("review.group.changed")
		return true
	}
	c := correction{v: t.view}
	for _, cell := range one.cells {
		c.edit(cell.record, func(d *roster.Decisions) {
			delete(d.Fixed, cell.field)
			if len(d.Fixed) == 0 {
				d.Fixed = nil
			}
			waive(d, cell.code, reasonKeptRaw)
		})
	}
	label := fault.T("review.did.take_back", "N", len(one.cells))
	t.correct(label, one.code, c.changes)
	t.say("review.done", "What", label)
	t.s.Answered = true
	t.s.goTo(Position{Screen: onFixed})
	return true
}
