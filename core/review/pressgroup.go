package review

import (
	"strconv"
	"strings"

	"lamsach/core/fault"
)

// pressGroup takes the choices of a group's screens; false when it is none of them. What is done is done to exactly the people
// that the screen was drawn with: when they are others by now, the card is shown again instead.
func (t *turn) pressGroup(id string) bool {
	g, ok := t.group(t.s.Group)
	if !ok {
		return false
	}
	verb, seen, marked := strings.Cut(id, ".")
	if marked && (seen != g.seen || t.s.Seen != "" && t.s.Seen != g.seen) {
		t.s.Chosen, t.s.Seen, t.s.Page = nil, g.seen, 0
		t.say("review.group.changed")
		return true
	}
	switch verb {
	case "list":
		t.s.goTo(Position{Screen: onAll, Group: g.tag})
	case "pick":
		t.s.goTo(Position{Screen: onPick, Group: g.tag})
	case "card":
		card := Position{Screen: onGroup, Group: g.tag}
		if n := len(t.s.Back); n > 0 && t.s.Back[n-1] == card {
			t.s.back()
		} else {
			t.s.goTo(card)
		}
	case "more":
		t.s.Page++
	case "less":
		t.s.Page = max(0, t.s.Page-1)
	case "page":
		t.togglePage(g)
	default:
		return t.pressMember(g, verb)
	}
	return true
}

// pressMember ticks one person (t3), or does an option to all (all0) or to those chosen (some0).
func (t *turn) pressMember(g group, verb string) bool {
	if i, ok := index(verb, "t"); ok && i < len(g.members) {
		t.s.choose(i, !t.s.chosen(i))
		return true
	}
	if i, ok := index(verb, "all"); ok && i < len(g.options) {
		t.fixGroup(g, g.options[i], nil)
		return true
	}
	if i, ok := index(verb, "some"); ok && i < len(g.options) && t.s.chosenCount(len(g.members)) > 0 {
		t.fixGroup(g, g.options[i], t.s.chosen)
		return true
	}
	return false
}

func index(verb, prefix string) (int, bool) {
	digits, ok := strings.CutPrefix(verb, prefix)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 0
}

// togglePage ticks everybody on the page, or nobody when all are ticked.
func (t *turn) togglePage(g group) {
	from, to, _ := span(t.s.Page, pickPage, len(g.members))
	all := true
	for i := from; i < to; i++ {
		all = all && t.s.chosen(i)
	}
	for i := from; i < to; i++ {
		t.s.choose(i, !all)
	}
}

// typedPicks ticks several at once: "1 3 5", "1-4".
func (t *turn) typedPicks(folded string) bool {
	g, ok := t.group(t.s.Group)
	if !ok {
		return false
	}
	from, to, _ := span(t.s.Page, pickPage, len(g.members))
	var picks []int
	for _, word := range strings.FieldsFunc(folded, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
		first, last, isRange := strings.Cut(word, "-")
		a, okA := smallNumber(first)
		b, okB := a, okA
		if isRange {
			b, okB = smallNumber(last)
		}
		if !okA || !okB || a > b || from+b > to {
			return false
		}
		for n := a; n <= b; n++ {
			picks = append(picks, from+n-1)
		}
	}
	if t.s.Seen != "" && t.s.Seen != g.seen {
		t.s.Chosen, t.s.Seen = nil, g.seen
		t.say("review.group.changed")
		return true
	}
	for _, i := range picks {
		t.s.choose(i, !t.s.chosen(i))
	}
	return len(picks) > 0
}

// fixGroup does an option to the group, or to those who are chosen.
func (t *turn) fixGroup(g group, o option, chosen func(int) bool) {
	changes := g.correct(t.view, o, chosen)
	n := len(changes)
	if n == 0 {
		return
	}
	t.correct(g.done(o, n), g.code, changes)
	t.s.Groups++
	if chosen != nil { // who was not chosen is asked about one by one
		t.s.Later = append(t.s.Later, g.tag)
	}
	// Hoàn tác and Quay lại lead to the card, not to a page of it.
	t.s.land(Position{Screen: onGroup, Group: g.tag})
	t.s.Answered = true
	t.s.goTo(Position{Screen: onDid, Page: n})
}

// remember notes which people a group's screen is drawn with. After an undo they are known only when it is drawn again.
func (t *turn) remember() {
	for _, e := range t.events {
		if _, undoing := e.(Undo); undoing {
			return
		}
	}
	if g, ok := t.group(t.s.Group); ok && t.s.Group != "" && t.s.Seen == "" {
		t.s.Seen = g.seen
	}
}

// help explains the present screen.
func (t *turn) help() {
	topic := t.s.Screen
	if topic == onAsk {
		topic = "ask." + t.inquiry(&t.s).subject()
		if t.s.Step != stepNone {
			topic = "step." + t.s.Step
		}
	}
	t.notice = append(t.notice, Line{Text: fault.T("review.help." + topic)}, line(Faint, "review.help.words"))
}
