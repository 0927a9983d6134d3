package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lamsach/core/roster"
	"lamsach/core/sample"
)

// screenSeen is what the officer of a test sees: text and the labels of the buttons, in reading order.
type screenSeen struct {
	text   string
	labels []string
}

// move is what the officer does next: presses a button or types.
type move struct {
	press string
	text  string
}

// officerBot answers every question from the truth of a made-up list, as somebody who has the papers before him.
type officerBot struct {
	t        testing.TB
	truth    sample.Truth
	sheet    string // of lists with one sheet
	typing   bool   // never presses a button
	asks     []askForm
	tried    map[string]int // screen text → how many answers were given to it
	undone   bool           // an undo was taken
	wantUndo bool
	patient  bool // gives the same answers again: where blows fall, a question may come back unanswered
}

// askForm recognises a question by its Vietnamese text.
type askForm struct {
	code string
	form *regexp.Regexp
}

func newOfficerBot(t testing.TB, truth sample.Truth, typing bool) *officerBot {
	t.Helper()
	body, err := os.ReadFile("../../locales/vi/review.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]json.RawMessage
	if err := json.Unmarshal(body, &texts); err != nil {
		t.Fatal(err)
	}
	o := &officerBot{t: t, truth: truth, typing: typing, tried: map[string]int{}}
	for name := range truth.Sheets {
		o.sheet = name
	}
	hole := regexp.MustCompile(`\\\{\\\{[^}]*\\\}\\\}`)
	for key, raw := range texts {
		code, ok := strings.CutPrefix(key, "review.ask.")
		var text string
		if !ok || code == "place" || json.Unmarshal(raw, &text) != nil {
			continue
		}
		o.asks = append(o.asks, askForm{code, regexp.MustCompile(hole.ReplaceAllString(regexp.QuoteMeta(text), ".*"))})
	}
	// The most telling form first: those that are mostly holes fit anything.
	slices.SortFunc(o.asks, func(a, b askForm) int { return len(b.form.String()) - len(a.form.String()) })
	return o
}

var (
	rowForm   = regexp.MustCompile(`dòng (\d+)`)
	placeForm = regexp.MustCompile(`Trẻ \d+/\d+ · dòng (\d+)`)
	groupForm = regexp.MustCompile(`Nhóm \d+/\d+`)
)

// next decides from a screen; false when the talk is over.
func (o *officerBot) next(s screenSeen) (move, bool) {
	o.tried[s.text]++
	try := o.tried[s.text]
	if try > 12 && !o.patient || try > 100 {
		o.t.Fatalf("the talk does not move on from this screen:\n%s\n%v", s.text, s.labels)
	}
	switch {
	case strings.Contains(s.text, "Đã rà soát xong"):
		return move{}, false
	case has(s.labels, "Làm lại các câu đã bỏ qua"):
		return o.choose(s, "Làm lại các câu đã bỏ qua"), true
	case o.wantUndo && !o.undone && hasPrefix(s.labels, "Hoàn tác:"):
		o.undone = true
		return o.choose(s, "Hoàn tác:"), true
	case groupForm.MatchString(s.text):
		return o.group(s), true
	case has(s.labels, "Tiếp"):
		return o.choose(s, "Tiếp"), true
	case has(s.labels, "Sửa ngay"):
		return o.choose(s, "Sửa ngay"), true
	case has(s.labels, "Sửa tiếp"):
		return o.choose(s, "Sửa tiếp"), true
	case has(s.labels, "Đúng") && has(s.labels, "Nhập lại"):
		return o.choose(s, "Đúng"), true
	}
	return o.question(s, try), true
}

// group takes the group fixes that were cross-checked, and leaves the rest to each person's question.
func (o *officerBot) group(s screenSeen) move {
	if strings.Contains(s.text, "mất số 0 đầu") {
		return o.choose(s, "Sửa cả")
	}
	return o.choose(s, "Để sau")
}

// question answers one person's question.
func (o *officerBot) question(s screenSeen, try int) move {
	code := ""
	for _, ask := range o.asks {
		if ask.form.MatchString(s.text) {
			code = ask.code
			break
		}
	}
	row := placeForm.FindStringSubmatch(s.text)
	if code == "" || row == nil {
		o.t.Fatalf("a screen that the officer does not understand:\n%s\n%v", s.text, s.labels)
	}
	if os.Getenv("TALK") != "" {
		o.t.Logf("---- %s\n%s\n%v", code, s.text, s.labels)
	}
	n, _ := strconv.Atoi(row[1])
	person, ok := o.truth.At(o.sheet, n)
	if !ok {
		o.t.Fatalf("the question is about row %d, where nobody stands:\n%s", n, s.text)
	}
	answers := o.answers(code, person, s)
	if try > len(answers) && !o.patient {
		o.t.Fatalf("no answer of %v was taken (%s, row %d):\n%s\n%v", answers, code, n, s.text, s.labels)
	}
	return answers[(try-1)%len(answers)]
}

// answers are what may be right for a question, the likeliest first.
func (o *officerBot) answers(code string, p sample.Person, s screenSeen) []move {
	right := func(f roster.Field) move { return move{text: p.Right[f.String()]} }
	if strings.HasPrefix(code, "record.") {
		return o.pair(code, p, s)
	}
	if p.Leaves == roster.OverAge {
		return []move{{text: "đủ 16 tuổi"}}
	}
	confirm := o.confirm(s)
	switch area, _, _ := strings.Cut(code, "."); area {
	case "personal_id", "newborn":
		if owner := fmt.Sprintf("Của dòng %d ", p.Row); hasPrefix(s.labels, owner) {
			confirm = append(confirm, o.choose(s, owner))
		}
		return append([]move{right(roster.PersonalID), right(roster.Sex), right(roster.BirthDate)}, confirm...)
	case "full_name":
		return append([]move{right(roster.FullName)}, confirm...)
	case "birth_date":
		return append([]move{right(roster.BirthDate)}, confirm...)
	case "sex":
		return []move{right(roster.Sex)}
	case "ethnicity":
		return []move{right(roster.Ethnicity)}
	case "family":
		return append([]move{
			{text: "mẹ " + p.Right["mother_name"] + ", cha " + p.Right["father_name"]}, {text: "mẹ " + p.Right["mother_name"]},
		}, confirm...)
	case "parent_id":
		return append(confirm, o.choose(s, "Xóa số này"))
	}
	return append(confirm, move{text: "bỏ qua"})
}

// confirm gives the choices that leave a value as it is, those that the screen has.
func (o *officerBot) confirm(s screenSeen) []move {
	var moves []move
	for _, label := range []string{"Đúng như vậy", "Giữ nguyên, đã đối chiếu giấy tờ"} {
		if has(s.labels, label) {
			moves = append(moves, o.choose(s, label))
		}
	}
	return moves
}

// pair answers whether two rows are one person.
func (o *officerBot) pair(code string, p sample.Person, s screenSeen) []move {
	rows := rowForm.FindAllStringSubmatch(s.text, -1)
	for _, other := range rows {
		n, _ := strconv.Atoi(other[1])
		q, ok := o.truth.At(o.sheet, n)
		if ok && (sameAs(p, n) || sameAs(q, p.Row)) {
			return []move{o.choose(s, "Cùng một người")}
		}
	}
	if code == "record.left_scope" {
		return []move{o.choose(s, "Vẫn ở trong danh sách")}
	}
	return []move{o.choose(s, "Không phải một người")}
}

func sameAs(p sample.Person, row int) bool { return p.SameAs != nil && p.SameAs.Row == row }

// choose takes a button by the beginning of its label: pressed, or by typing its number, or a reserved word.
func (o *officerBot) choose(s screenSeen, label string) move {
	for i, l := range s.labels {
		if !strings.HasPrefix(l, label) {
			continue
		}
		switch {
		case !o.typing:
			return move{press: l}
		case strings.HasPrefix(label, "Hoàn tác"):
			return move{text: "hoan tac"}
		case label == "Đúng" || label == "Tiếp" || label == "Để sau" || label == "Đúng như vậy":
			return move{text: strings.ToLower(label)}
		}
		return move{text: fmt.Sprint(i + 1)}
	}
	o.t.Fatalf("no choice %q among %v on\n%s", label, s.labels, s.text)
	return move{}
}

func has(labels []string, label string) bool { return slices.Contains(labels, label) }

func hasPrefix(labels []string, prefix string) bool {
	return slices.ContainsFunc(labels, func(l string) bool { return strings.HasPrefix(l, prefix) })
}
