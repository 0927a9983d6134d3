package review

import (
	"fmt"
	"slices"
	"strings"

	"lamsach/core/fault"
)

const (
	allPage  = 12 // people on a page of Xem hết
	pickPage = 5  // people on a page of Chọn từng trẻ
)

func (v *view) samples() int {
	if v.Samples > 0 {
		return v.Samples
	}
	return 3
}

// heading says what the group is.
func (v *view) heading(g group, s *State) Line {
	return line(Strong, "review.group.heading", "I", s.Groups+1, "Of", s.Groups+v.groupsLeft(s), "What", g.what())
}

func (v *view) groupsLeft(s *State) int {
	n := 0
	for _, g := range v.groups() {
		if !slices.Contains(s.Later, g.tag) {
			n++
		}
	}
	return n
}

// what names the group with its number of people.
func (g group) what() fault.Text {
	key := known("review.group.", g.code)
	return fault.T(key, "N", len(g.members), "Value", display(g.field, g.value), "What", fault.T("review.field."+g.topic()))
}

// topic is the field that the group is about, as locales/ names it.
func (g group) topic() string {
	if g.field != 0 {
		return g.field.String()
	}
	area, _, _ := strings.Cut(g.code, ".")
	return area
}

// becomes is the value that a member gets from the card's first option.
func (g group) becomes(i int) string {
	switch o := g.options[0]; {
	case o.key == "suggestion":
		return g.members[i].Suggestion
	case len(g.options) == 1 && o.to != "":
		return o.to
	}
	return ""
}

func (v *view) drawGroup(s *State) Screen {
	g, ok := v.group(s.Group)
	if !ok {
		return v.groupGone()
	}
	body := []Line{v.heading(g, s)}
	shown := min(len(g.members), v.samples())
	for i := range shown {
		body = append(body, v.sample(g.members[i], g.becomes(i)))
	}
	if shown < len(g.members) {
		body = append(body, line(Faint, "review.of", "N", shown, "Of", len(g.members)))
	}
	laid := rows(1, g.optionChoices("all", g.seen, len(g.members))...)
	laid = append(laid, []Choice{choice("list", "review.choice.list"), choice("pick", "review.choice.pick")})
	laid = append(laid, []Choice{choice("skip", "review.choice.later")})
	return Screen{Body: body, Choices: v.withNav(s, laid, false), Numbers: true}
}

// optionChoices are the buttons that do something to n people; seen marks exactly which.
func (g group) optionChoices(verb, seen string, n int) []Choice {
	head := "review.group.do."
	if verb == "some" {
		head = "review.group.some."
	}
	var choices []Choice
	for i, o := range g.options {
		choices = append(choices, choice(fmt.Sprintf("%s%d.%s", verb, i, seen), head+o.key, "N", n, "To", clip(o.to, 20)))
	}
	return choices
}

func (v *view) groupGone() Screen {
	return Screen{
		Body:    []Line{line(Plain, "review.group.gone")},
		Choices: [][]Choice{{choice("skip", "review.choice.next")}, {choice("summary", "review.choice.summary")}},
		Numbers: true,
	}
}

func (v *view) drawAll(s *State) Screen {
	g, ok := v.group(s.Group)
	if !ok {
		return v.groupGone()
	}
	body := []Line{v.heading(g, s)}
	from, to, pages := span(s.Page, allPage, len(g.members))
	for i := from; i < to; i++ {
		body = append(body, v.sample(g.members[i], g.becomes(i)))
	}
	body = append(body, line(Faint, "review.page", "From", from+1, "To", to, "Of", len(g.members)))
	laid := [][]Choice{append(pager(s.Page, pages), choice("card", "review.choice.card"))}
	return Screen{Body: body, Choices: v.withNav(s, laid, false), Numbers: true}
}

func (v *view) drawPick(s *State) Screen {
	g, ok := v.group(s.Group)
	if !ok {
		return v.groupGone()
	}
	from, to, pages := span(s.Page, pickPage, len(g.members))
	body := []Line{v.heading(g, s), line(Plain, "review.pick.how")}
	var toggles []Choice
	for i := from; i < to; i++ {
		l := v.sample(g.members[i], g.becomes(i))
		body = append(body, line(l.Style, "review.pick.line", "I", i-from+1, "On", mark(s.chosen(i)), "What", l.Text))
		toggles = append(toggles, choice(fmt.Sprintf("t%d.%s", i, g.seen), "review.pick.toggle", "I", i-from+1, "On", mark(s.chosen(i))))
	}
	body = append(body, line(Faint, "review.page", "From", from+1, "To", to, "Of", len(g.members)))
	laid := [][]Choice{toggles, {choice("page."+g.seen, "review.pick.page")}}
	if n := s.chosenCount(len(g.members)); n > 0 {
		laid = append(laid, rows(1, g.optionChoices("some", g.seen, n)...)...)
	}
	laid = append(laid, append(pager(s.Page, pages), choice("card", "review.choice.card")))
	return Screen{Body: body, Choices: v.withNav(s, laid, false), Numbers: true}
}

func mark(on bool) string {
	if on {
		return "☑"
	}
	return "☐"
}

// span gives the bounds of a page, and how many pages there are.
func span(page, size, n int) (from, to, pages int) {
	pages = max(1, (n+size-1)/size)
	page = min(max(page, 0), pages-1)
	from = page * size
	return from, min(from+size, n), pages
}

func pager(page, pages int) []Choice {
	var row []Choice
	if page > 0 {
		row = append(row, choice("less", "review.choice.less"))
	}
	if page < pages-1 {
		row = append(row, choice("more", "review.choice.more"))
	}
	return row
}

func (s *State) chosen(i int) bool {
	return i/8 < len(s.Chosen) && s.Chosen[i/8]&(1<<(i%8)) != 0
}

func (s *State) choose(i int, on bool) {
	for len(s.Chosen) <= i/8 {
		s.Chosen = append(s.Chosen, 0)
	}
	if on {
		s.Chosen[i/8] |= 1 << (i % 8)
	} else {
		s.Chosen[i/8] &^= 1 << (i % 8)
	}
}

func (s *State) chosenCount(n int) int {
	count := 0
	for i := range n {
		if s.chosen(i) {
			count++
		}
	}
	return count
}

// drawDid says what a group's correction did, and what is left. Page keeps how many people it was.
func (v *view) drawDid(s *State) Screen {
	body := []Line{line(Strong, "review.did.people", "N", s.Page), line(Plain, "review.left.people", "N", v.tally().review)}
	laid := [][]Choice{{choice("skip", "review.choice.next")}}
	return Screen{Body: body, Choices: v.withNav(s, laid, false), Numbers: true}
}
