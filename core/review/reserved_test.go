package review_test

import (
	"encoding/json"
	"strings"
	"testing"

	"lamsach/core/review"
	"lamsach/core/roster"
)

// places lead to every screen and step of the talk.
var places = []struct {
	name string
	go_  []string // typed, or pressed when in brackets
	want string   // screen and step
}{
	{"summary", nil, "summary "},
	{"fixed", []string{"xem đã tự sửa"}, "fixed "},
	{"one code of fixed", []string{"xem đã tự sửa", "1"}, "fixed_one "},
	{"group", []string{"sửa ngay"}, "group "},
	{"all of a group", []string{"sửa ngay", "xem hết"}, "all "},
	{"picking", []string{"sửa ngay", "chọn từng trẻ"}, "pick "},
	{"picked", []string{"sửa ngay", "chọn từng trẻ", "1 2"}, "pick "},
	{"done", []string{"sửa ngay", "1"}, "did "},
	{"question", []string{"dòng 10"}, "ask "},
	{"confirm", []string{"dòng 10", "15/4"}, "ask confirm"},
	{"year", []string{"dòng 12", "chọn ngày"}, "ask year"},
	{"month", []string{"dòng 12", "chọn ngày", "2016"}, "ask month"},
	{"day", []string{"dòng 12", "chọn ngày", "2016", "4"}, "ask day"},
	{"status", []string{"dòng 12", "trạng thái"}, "ask status"},
	{"which", []string{"dòng 32", "15/4/2016"}, "ask which"},
	{"pair", []string{"dòng 18"}, "ask "},
	{"left", []string{"hủy"}, "left "},
}

// withExtras is messy with something tidied, and with somebody who lacks a family only.
const withExtras = messy + `
lò thị mai | 05/03/2017 | nữ | Thái | 014317003344 | Bản Lừm | Lò Thị Ánh | | |`

// hostAt is a host at a place.
func hostAt(t *testing.T, steps []string, want string) *host {
	h := newHost(t, newDesk(readTable(t, withExtras)))
	for _, step := range steps {
		if step == "15/4/2016" { // leads to a family question by way of clearing what is asked before it
			onlyFamily(t, h)
			continue
		}
		h.typed(step)
	}
	s := h.load()
	if got := s.Screen + " " + s.Step; got != want {
		t.Fatalf("the way leads to %q, want %q:\n%s", got, want, h.text())
	}
	return h
}

// onlyFamily brings the talk to whose a name is.
func onlyFamily(t *testing.T, h *host) {
	h.typed("dòng 12")
	for i := 0; i < 6 && h.load().Code != "family.missing"; i++ {
		h.typed("bỏ qua")
	}
	h.typed("Sùng Thị Dí")
}

var reservedWords = map[string][]string{
	"back":   {"Quay lại", "quay lai", "QUAY LẠI", " quay  lai. "},
	"skip":   {"Bỏ qua", "bo qua", "BO QUA"},
	"undo":   {"Hoàn tác", "hoan tac", "HOÀN TÁC"},
	"cancel": {"Hủy", "huy", "HUY", "Huỷ"},
	"help":   {"Giúp", "giup", "GIUP"},
}

func TestReservedWordsEverywhere(t *testing.T) {
	for _, place := range places {
		for id, typed := range reservedWords {
			t.Run(place.name+"/"+id, func(t *testing.T) {
				pressed := hostAt(t, place.go_, place.want)
				pressed.pressed(id)
				checkReserved(t, place.name, id, pressed)
				for _, text := range typed {
					h := hostAt(t, place.go_, place.want)
					h.typed(text)
					if a, b := h.text(), pressed.text(); a != b {
						t.Errorf("“%s” gives\n%s\nthe button gives\n%s", text, a, b)
					}
				}
			})
		}
	}
}

// checkReserved holds what a reserved word did to what it says.
func checkReserved(t *testing.T, place, id string, h *host) {
	t.Helper()
	s, text := h.load(), h.text()
	switch id {
	case "cancel":
		if s.Screen != "left" || len(h.said) != 1 {
			t.Errorf("Hủy leads to %s:\n%s", s.Screen, text)
		}
	case "help":
		if len(h.now.Notice) < 2 {
			t.Errorf("Giúp explains nothing:\n%s", text)
		}
	case "undo":
		did := place == "done"
		if did != strings.Contains(text, "* hoàn tác") {
			t.Errorf("Hoàn tác:\n%s", text)
		}
		if !did && !strings.Contains(text, "Không có gì để hoàn tác") {
			t.Errorf("Hoàn tác does not say that there is nothing:\n%s", text)
		}
	case "back", "skip":
		for _, said := range h.said {
			if strings.HasPrefix(said, "ghi") {
				t.Errorf("%s decided something:\n%s", id, text)
			}
		}
	}
}

// TestReservedButtons holds every screen but the first ones to offering the words as buttons.
func TestReservedButtons(t *testing.T) {
	for _, place := range places {
		h := hostAt(t, place.go_, place.want)
		ids := map[string]bool{}
		for _, row := range h.now.Choices {
			for _, c := range row {
				ids[c.ID] = true
			}
		}
		for _, id := range []string{"help", "cancel"} {
			if !ids[id] {
				t.Errorf("%s: no button %s", place.name, id)
			}
		}
		if strings.HasPrefix(place.want, "ask") && (!ids["back"] || !ids["skip"]) {
			t.Errorf("%s: a question without Quay lại or Bỏ qua", place.name)
		}
		if (place.name == "done") != ids["undo"] {
			t.Errorf("%s: undo button %v", place.name, ids["undo"])
		}
	}
}

func TestStateThatDoesNotFit(t *testing.T) {
	desk := newDesk(readTable(t, messy))
	for name, body := range map[string]string{
		"empty":          `{}`,
		"other version":  `{"v":99,"s":"ask","r":"0:8"}`,
		"unknown screen": `{"v":1,"s":"elsewhere"}`,
		"gone person":    `{"v":1,"s":"ask","r":"nobody","c":"sex.missing","f":"sex"}`,
		"gone group":     `{"v":1,"s":"group","g":"zzzz"}`,
		"gone code":      `{"v":1,"s":"fixed_one","c":"zzzz"}`,
		"odd step":       `{"v":1,"s":"ask","r":"0:8","c":"sex.missing","f":"sex","st":"confirm"}`,
		"odd name":       `{"v":1,"s":"ask","r":"0:8","c":"sex.missing","f":"sex","st":"which"}`,
		"far page":       `{"v":1,"s":"fixed","p":999999}`,
		"odd page":       `{"v":1,"s":"fixed","p":-5}`,
	} {
		t.Run(name, func(t *testing.T) {
			h := &host{t: t, desk: desk, words: vietnamese(), state: []byte(body)}
			h.show(review.Show(h.load(), desk))
			for _, in := range []string{"1", "đúng", "mẹ", "xin chào 123", "bỏ qua"} {
				h.state = []byte(body)
				h.typed(in)
				for _, id := range []string{"yes", "no", "w-mother", "s0", "y2016", "m4", "d15", "more"} {
					h.state = []byte(body)
					h.pressed(id)
				}
			}
		})
	}
}

func TestPreviewedAreThoseApplied(t *testing.T) {
	h := newHost(t, newDesk(readTable(t, messy)))
	h.press("Sửa ngay")
	first := h.now.Choices[0][0].ID
	s := h.load()
	// Meanwhile somebody else settles one person of the group.
	group, _ := strings.CutPrefix(first, "all0.")
	changed := false
	for i := range h.desk.Roster.Records {
		for _, f := range h.desk.Checker.Of(i) {
			if f.Code == "birth_date.over_age" && !changed {
				changed = true
				after := f.Accept(h.desk.Roster.Records[i].Decided(), roster.ByOfficer)
				review.Apply(h.desk, []review.Change{{Record: i, Before: h.desk.Roster.Records[i].Decided(), After: after}})
			}
		}
	}
	if !changed || s.Group == "" || group == "" {
		t.Fatal("the first group is not the one of those over age")
	}
	before := decisions(t, h.desk)
	for _, in := range []review.Input{{Choice: first}, {Text: "1"}} {
		h.keep(s)
		h.take(in)
		if after := decisions(t, h.desk); after != before {
			t.Fatalf("%+v was done to people who were not shown", in)
		}
	}
}

func TestLabelsFitAButton(t *testing.T) {
	w := vietnamese()
	for key, pattern := range w {
		if !strings.HasPrefix(key, "review.did.") || key == "review.did.people" {
			continue
		}
		var out strings.Builder
		if err := pattern.Execute(&out, map[string]any{"Row": "6 600", "Other": "6 601", "N": "6 600"}); err != nil {
			t.Fatal(err)
		}
		if n := len([]rune("Hoàn tác: " + out.String())); n > 40 {
			t.Errorf("%s: %d runes: Hoàn tác: %s", key, n, out.String())
		}
	}
}

func TestEventsSurviveTheStore(t *testing.T) {
	h := newHost(t, newDesk(readTable(t, messy)))
	h.press("Sửa ngay")
	h.typed("1")
	for _, c := range h.made {
		for _, change := range c.Changes {
			body, err := json.Marshal(change.Before)
			if err != nil {
				t.Fatal(err)
			}
			var back roster.Decisions
			if err := json.Unmarshal(body, &back); err != nil {
				t.Fatal(err)
			}
		}
	}
}
