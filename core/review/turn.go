package review

import (
	"slices"
	"strings"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// turn is one input being taken.
type turn struct {
	*view
	s      State
	events []Event
	notice []Line
	alert  *fault.Text
}

// say tells what the input did, above the screen.
func (t *turn) say(key string, pairs ...any) {
	t.notice = append(t.notice, line(Plain, key, pairs...))
}

func (t *turn) take(in Input) {
	id := in.Choice
	text := viet.Tidy(in.Text)
	if id == "" {
		id = t.typedChoice(&t.s, text)
	}
	if id != "" && t.press(id) {
		return
	}
	if in.Choice != "" {
		t.say("review.old_button")
		return
	}
	if text == "" || !t.typed(text) {
		t.misunderstood(text)
	}
}

// press takes a choice; false when the present screen has no such choice.
func (t *turn) press(id string) bool {
	switch id {
	case "back":
		t.pressBack()
	case "skip":
		t.pressSkip()
	case "undo":
		t.pressUndo()
	case "cancel":
		t.s.land(Position{Screen: onLeft})
		t.s.Back = nil
		t.events = append(t.events, Left{})
	case "help":
		t.help()
	case "summary":
		t.s.Back = nil
		t.s.land(Position{Screen: onSummary})
	case "export", "marked":
		t.s.Tries = 0
		t.events = append(t.events, Export{Marked: id == "marked"})
	default:
		if !t.pressHere(id) {
			return false
		}
	}
	return true
}

// pressHere takes the choices that belong to one screen.
func (t *turn) pressHere(id string) bool {
	switch t.s.Screen {
	case onSummary, onEnd, onLeft:
		switch id {
		case "go", "again":
			t.start(&t.s)
			return true
		case "fixed":
			t.s.goTo(Position{Screen: onFixed})
			return true
		}
	case onFixed, onFixedOne:
		return t.pressFixed(id)
	case onGroup, onAll, onPick:
		return t.pressGroup(id)
	case onAsk:
		if t.s.Step != stepNone && t.pressStep(id) {
			return true
		}
		return t.pressOffer(id)
	}
	return false
}

func (t *turn) pressBack() {
	if t.s.Step != stepNone {
		t.leaveStep()
		return
	}
	here := t.s.Position
	for t.s.back() {
		if t.s.Position != here.bare() {
			return
		}
	}
	t.say("review.no_way_back")
}

func (t *turn) pressSkip() {
	switch t.s.Screen {
	case onGroup, onAll, onPick:
		if _, open := t.group(t.s.Group); open {
			t.s.Later = append(t.s.Later, t.s.Group)
			t.s.Groups++
		}
		t.onward(&t.s)
	case onDid, onAsk:
		t.onward(&t.s)
	default:
		t.say("review.nothing_to_skip")
	}
}

// pressUndo asks the host to take the newest correction back, and returns to the place where it was made.
func (t *turn) pressUndo() {
	if t.Undo == nil {
		t.say("review.nothing_to_undo")
		return
	}
	for i := len(t.s.Back) - 1; i >= 0; i-- {
		if t.s.Back[i].Answered {
			to := t.s.Back[i]
			t.s.Back = t.s.Back[:i]
			if t.s.Screen == onDid && to.Group != "" {
				t.s.Groups = max(0, t.s.Groups-1)
				if i := slices.Index(t.s.Later, to.Group); i >= 0 { // its card is open again
					t.s.Later = slices.Delete(t.s.Later, i, i+1)
				}
			}
			t.s.land(to)
			break
		}
	}
	t.leaveStep()
	t.s.Seen = ""
	t.events = append(t.events, Undo{})
}

// pressOffer takes a button of the question.
func (t *turn) pressOffer(id string) bool {
	q := t.inquiry(&t.s)
	for _, o := range q.offers() {
		if o.id != id {
			continue
		}
		t.leaveStep()
		switch {
		case o.alert != nil:
			t.alert = o.alert
		case o.step == stepYear:
			t.pickDate(q)
		case o.step != "":
			t.s.Step = o.step
		case o.value != nil:
			t.propose(q, answer{values: []valueOf{*o.value}})
		case o.do != nil:
			c := correction{v: t.view}
			o.do(&c)
			t.commit(q, o.did, c.changes)
		default:
			t.onward(&t.s)
		}
		return true
	}
	return false
}

// typed takes a text that is no choice; false when it is not understood.
func (t *turn) typed(text string) bool {
	folded := viet.Fold(text)
	if row, ok := rowIn(goToRow, folded); ok {
		return t.goRow(row)
	}
	switch t.s.Screen {
	case onPick:
		return t.typedPicks(folded)
	case onAsk:
		if t.s.Step != stepNone && t.typedDatePart(folded) {
			return true
		}
		return t.answer(text)
	}
	return false
}

// goRow goes to the first open question of the person in a row.
func (t *turn) goRow(row int) bool {
	near := -1
	if t.s.Screen == onAsk {
		near, _ = t.Roster.Find(t.s.Record)
	}
	record, ok := t.atRow(row, near)
	if !ok {
		t.say("review.no.row", "Row", row)
		return true
	}
	for _, f := range t.open {
		if f.Record == record {
			t.s.goTo(t.place(f, 0))
			return true
		}
	}
	t.say("review.row_clean", "Where", t.row(record))
	return true
}

// affirmative are the words that say yes to a question about one proposal.
var affirmative = map[string]bool{"dung": true, "dung roi": true, "phai": true, "co": true, "ok": true, "yes": true, "dung vay": true}

// answer takes a typed answer to the question.
func (t *turn) answer(text string) bool {
	q := t.inquiry(&t.s)
	if (q.f.Code == codeLostZero || q.f.Code == codeLookAlike) && q.f.Suggestion != "" && affirmative[viet.Fold(text)] {
		t.propose(q, answer{values: []valueOf{{asked(q.f), q.f.Suggestion}}})
		return true
	}
	a := q.parse(text)
	switch {
	case a.unknown != "":
		return false
	case len(a.refused) > 0:
		t.leaveStep()
		t.refuse(q, a.refused)
		return true
	case a.loose != "":
		t.s.Step, t.s.Pending = stepWhich, &Pending{Values: map[roster.Field]string{roster.NoField: a.loose}}
		return true
	case a.empty():
		return false
	}
	t.leaveStep()
	if a.values = q.news(a.values); len(a.values) == 0 && a.status == roster.InScope {
		t.say("review.unchanged")
		return true
	}
	if !t.covers(q, a) {
		a.doubtful = true // it says something of the person, but not what was asked
	}
	t.propose(q, a)
	return true
}

// covers tells whether the answer is about the question, and changes nothing that nobody asked about and that is clean.
func (t *turn) covers(q inquiry, a answer) bool {
	if a.status != roster.InScope {
		return true
	}
	for _, v := range a.values {
		if !a.about(q, v.field) && q.v.value(q.f.Record, v.field) != "" && q.v.canonical(q.f.Record, v.field) != v.text {
			return false
		}
	}
	return true
}

// about tells whether a field belongs to the question, or has an open question of its own.
func (a answer) about(q inquiry, f roster.Field) bool {
	if asked(q.f) == f || strings.HasPrefix(q.f.Code, "family.") && isName(f) && f != roster.FullName {
		return true
	}
	switch q.f.Code {
	case codeSexMismatch:
		return f == roster.Sex
	case codeBirthMismatch, codeOverAge:
		return f == roster.BirthDate
	}
	for _, open := range q.v.open {
		if open.Record == q.f.Record && asked(open) == f {
			return true
		}
	}
	return false
}

// propose lets the rules judge an answer: it is refused, asked back, or taken.
func (t *turn) propose(q inquiry, a answer) {
	refused, doubts := q.judge(a)
	switch {
	case len(refused) > 0:
		t.refuse(q, refused)
	case len(doubts) > 0 || a.doubtful || q.statusDoubtful(a.status):
		t.s.Tries = 0
		t.s.Step, t.s.Pending = stepConfirm, &Pending{Values: valuesOf(a), Status: a.status}
		t.judged, t.doubts = t.s.Pending, doubts
	default:
		t.settle(q, a)
	}
}

func valuesOf(a answer) map[roster.Field]string {
	values := map[roster.Field]string{}
	for _, v := range a.values {
		values[v.field] = v.text
	}
	return values
}

// settle takes an answer. Doubts that it still raises were confirmed by the officer.
func (t *turn) settle(q inquiry, a answer) {
	refused, doubts := q.judge(a)
	if len(refused) > 0 { // the list moved on between question and yes
		t.refuse(q, refused)
		return
	}
	c := correction{v: t.view}
	c.edit(q.f.Record, func(d *roster.Decisions) {
		*d = q.decide(a)
		if a.status == roster.Duplicate {
			other, _ := t.atRow(a.row, q.f.Record)
			setStatus(d, roster.Duplicate, t.Roster.Records[other].ID())
		}
		for _, f := range doubts {
			if f.Severity == check.Warning && f.Code != codeLikelyDuplicate {
				waive(d, waivedKey(f), reasonConfirmed)
			} else if f.Code == codeUnknownProvince {
				waive(d, waivedKey(f), reasonPapers)
			}
		}
	})
	t.commit(q, q.didAnswer(a), c.changes)
}

// didAnswer names the correction that an answer makes.
func (q inquiry) didAnswer(a answer) fault.Text {
	switch {
	case a.row != 0:
		return fault.T("review.did.same", "Row", q.v.Roster.Records[q.f.Record].Row, "Other", a.row)
	case a.status != roster.InScope:
		return q.did("status")
	case len(a.values) > 1:
		return fault.T("review.did.several", "Row", q.v.Roster.Records[q.f.Record].Row, "N", len(a.values))
	}
	return q.did("set." + a.values[0].field.String())
}

// refuse says why an answer is not taken, and an example of one that is.
func (t *turn) refuse(q inquiry, reasons []fault.Text) {
	for _, reason := range reasons {
		t.notice = append(t.notice, Line{Text: reason})
	}
	t.missed()
}

// misunderstood says so, with an example of what is understood; the third time in a row the screen is explained.
func (t *turn) misunderstood(text string) {
	if text == "" {
		t.say("review.only_text")
	} else {
		t.say("review.misunderstood", "Text", veil(clip(text, 40)))
	}
	if t.s.Screen == onAsk {
		t.notice = append(t.notice, t.inquiry(&t.s).example())
	}
	t.missed()
}

func (t *turn) missed() {
	if t.s.Tries++; t.s.Tries >= 3 {
		t.s.Tries = 0
		t.help()
	}
}
