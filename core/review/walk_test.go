package review_test

import (
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/review"
)

// messy is a list with something of everything.
const messy = `full_name | birth_date | sex | ethnicity | personal_id | village | mother_name | mother_id | father_name | note
Mùa Thị Dợ | 15/04/2016 | Nữ | Mông | #14316001234 | Bản Bẹ | Thào Thị Mỷ | | |
Mùa A Tủa | 20/10/2017 | Nam | Mông | #14217004567 | Bản Bẹ | Thào Thị Mỷ | | |
Mùa A Chía | 2018 | Nam | Mông | 014218004599 | Bản Bẹ | Thào Thị Mỷ | | |
 | 11/11/2019 | Nam | Mông | 014219007711 | Bản Bẹ | Thào Thị Chở | | |
Giàng A Dê | | | | | Bản Bẹ | | | |
Giàng A Sình | 30/02/2017 | Nam | Mông | 014217008822 | Bản Bẹ | Vàng Thị Xu | | |
Giàng Thị Pà | 11/05/2018 | gì đó | Mông | 014318009933 | Bản Bẹ | Vàng Thị Xu | | |
Sùng A Vảng | 17/06/2018 | Nam | Hmôngg | 0142180O3456 | Bản Bẹ | Lầu Thị Xia | 014190001111 | Sùng A Nủ |
Sùng A Páo | 18/07/2019 | Nam | Hmôngg | 14219x | Bản Bẹ | Lầu Thị Xia | 12345 | Sùng A Nủ |
Lò Văn Thử | 03/09/2015 | Nam | Thái | 014215000123 | Bản Lừm | Lò Thị Ánh | | |
Lò Văn Thử | 03/09/2015 | Nam | Thái | | Bản Lừm | Lò Thị Ánh | | |
Lò Thị Hương | 12/01/2016 | Nữ | Thái | 014185007777 | Bản Lừm | Lò Thị Ánh | | |
Hà Văn Sơn | 20/05/2009 | Nam | Thái | 014209006543 | Bản Lừm | Hà Thị Lan | | |
Hà Văn Giang | 21/05/2009 | Nam | Thái | 014209006999 | Bản Lừm | Hà Thị Lan | | |
Cầm Thị Vui | 02/02/2016 | Nữ | Thái | GD4142212345678 | Bản Lừm | Cầm Thị Bó | | |
Quàng Văn Tới | 03/02/2016 | Nữ | Thái | 014216004321 | Bản Lừm | Quàng Thị Xiên | | |
Quàng Văn Lả | 03/02/2017 | Nam | Thái | 014219001010 | Bản Lừm | Quàng Thị Nhó | | |
Vì Thị Pháy | 05/03/2016 | Nữ | Thái | 014316004444 | Bản Lừm | Lò Văn Xuân | | Lò Thị Ín |
Vì Văn Muôn | 05/03/2017 | Nam | Thái | 014217005555 | Bản Lừm | Vì Thị Mai | | |
Vì Văn Mến | 09/08/2018 | Nam | Thái | 014217005555 | Bản Lừm | Vì Thị Hoa | | |
Tòng Thị Sao | 09/08/2014 | Nữ | Thái | 014314002222 | Bản Lừm | Tòng Thị Sao | | |
Lường Văn Tâm | 06/04/2017 | Nam | Thái | 014217001001 | Bản Lừm | Lường Thị Nga | | |
Lường Văn Tình | 07/04/2017 | Nam | Thái | 014217001002 | Bản Lừm | Lường Thị Nga | | |
Lường Văn Tú | 08/04/2017 | Nam | Thái | 014217001003 | Bản Lừm | Lường Thị Nga | | |
Đèo Văn Ơn | 01/02/2015 | Nam | Thái | 014215009090 | Bản Lừm | | | Đèo Văn Hom |
Bạc Cầm Sương | 15/12/2030 | Nữ | Thái | 014320003131 | Bản Lừm | Bạc Thị Tươi | | |
Lò Văn Inh (con út) | 15/12/2016 | Nam | Thái | 014216003232 | Bản Lừm | Lò Thị Thoan | | |
Lò Thị Ngoan | 14/02/2016 | Nữ | Thái | 097316003300 | Bản Lừm | Lò Thị Thoan | | | đã chuyển đi`

// left counts the findings that still ask something of the officer.
func left(h *host) (open []check.Finding) {
	for _, f := range h.findings() {
		if f.Record >= 0 && f.Severity != check.Info && !h.desk.Roster.Records[f.Record].Decided().Police {
			open = append(open, f)
		}
	}
	return open
}

// at names the place of the talk: the screen, and on a question its code and step.
func at(s review.State) string { return strings.Join([]string{s.Screen, s.Code, s.Step}, " ") }

func TestWalkByButtonsAlone(t *testing.T) {
	h := newHost(t, newDesk(readTable(t, messy)))
	h.press("Sửa ngay")
	for turns := 0; h.load().Screen != "end"; turns++ {
		if turns > 400 {
			t.Fatalf("no end in sight:\n%s", h.text())
		}
		h.pressed(firstButton(h))
	}
	if open := left(h); len(open) > 0 {
		t.Errorf("%d findings are left, first %+v", len(open), open[0])
	}
	if n := len(h.made); n < 25 {
		t.Errorf("only %d corrections", n)
	}
	undoAll(t, h)
}

// firstButton is what a hurried officer presses: the first choice that does something; a status where nothing else is offered.
func firstButton(h *host) string {
	for _, row := range h.now.Choices {
		for _, c := range row {
			name, _, _ := strings.Cut(c.ID, ".")
			switch name {
			case "see", "list", "pick", "undo", "back", "help", "cancel":
				continue
			}
			return c.ID
		}
	}
	h.t.Fatalf("no button on\n%s", h.text())
	return ""
}

// undoAll takes everything back and holds the list to what it was.
func undoAll(t *testing.T, h *host) {
	t.Helper()
	for len(h.made) > 0 {
		before := len(h.made)
		h.typed("hoàn tác")
		if len(h.made) != before-1 {
			t.Fatalf("Hoàn tác took nothing back:\n%s", h.text())
		}
	}
	fresh := newDesk(readTable(t, messy))
	if a, b := decisions(t, h.desk), decisions(t, fresh); a != b {
		t.Errorf("after taking everything back the decisions differ:\n%s\n%s", a, b)
	}
}

func TestWalkByTypingAlone(t *testing.T) {
	h := newHost(t, newDesk(readTable(t, messy)))
	h.typed("sửa ngay")
	for turns := 0; h.load().Screen != "end"; turns++ {
		if turns > 400 {
			t.Fatalf("no end in sight at %s:\n%s", at(h.load()), h.text())
		}
		was, made := string(h.state), len(h.made)
		said := typedAnswer(h, turns)
		h.typed(said)
		if string(h.state) == was && len(h.made) == made {
			t.Fatalf("“%s” led nowhere at %s:\n%s", said, at(h.load()), h.text())
		}
	}
	if open := left(h); len(open) > 0 {
		t.Errorf("%d findings are left, first %+v", len(open), open[0])
	}
	undoAll(t, h)
}

// typedAnswer is what an officer with the papers in hand types.
func typedAnswer(h *host, turn int) string {
	s := h.load()
	switch {
	case s.Screen == "group":
		return "1"
	case s.Screen == "did":
		return "tiếp"
	case s.Step == "confirm":
		return "đúng"
	case s.Step == "which":
		return "mẹ"
	}
	return answers[s.Code]
}

// answers are typed answers by code.
var answers = map[string]string{
	"personal_id.missing":          "chưa có",
	"personal_id.lost_zero":        "đúng",
	"personal_id.look_alike":       "dung",
	"personal_id.malformed":        "014219888123",
	"personal_id.province_unknown": "giữ nguyên",
	"personal_id.sex_mismatch":     "nam",
	"personal_id.birth_mismatch":   "03/02/2019",
	"personal_id.not_childs":       "014316777222",
	"personal_id.duplicate":        "1",
	"personal_id.series":           "dung nhu vay",
	"personal_id.other_code":       "014316555111",
	"full_name.missing":            "Thào A Lử",
	"full_name.malformed":          "Lò Văn Inh",
	"birth_date.missing":           "15416",
	"birth_date.impossible":        "28.2.2017",
	"birth_date.future":            "15/12/2020",
	"birth_date.incomplete":        "15/4",
	"birth_date.over_age":          "đủ 16 tuổi",
	"sex.missing":                  "nam",
	"sex.malformed":                "nu",
	"ethnicity.missing":            "mong",
	"ethnicity.unknown":            "Mông",
	"family.missing":               "Sùng Thị Dí",
	"family.father_only":           "mẹ Đèo Thị Hoa",
	"family.same_name":             "mẹ Tòng Thị Xuân",
	"family.swapped":               "đổi chỗ",
	"mother_id.malformed":          "014190002222",
	"record.duplicate":             "cùng một người",
	"record.likely_duplicate":      "không phải một người",
	"record.left_scope":            "chuyển đi",
}

func TestEveryNumberOfAChoiceCanBeTyped(t *testing.T) {
	h := newHost(t, newDesk(readTable(t, messy)))
	h.press("Sửa ngay")
	for range 60 {
		if h.load().Screen == "end" {
			break
		}
		if h.now.Numbers {
			var first string
			for _, row := range h.now.Choices {
				first = row[0].ID
				break
			}
			typed, pressed := fork(t, h), fork(t, h)
			typed.typed("1")
			pressed.pressed(first)
			if a, b := typed.text(), pressed.text(); a != b {
				t.Errorf("typing 1 gives\n%s\npressing gives\n%s", a, b)
			}
		}
		h.typed("bỏ qua")
	}
}

// fork is a host at the same place of the same talk, on a desk of its own.
func fork(t *testing.T, h *host) *host {
	desk := newDesk(readTable(t, messy))
	for i := range desk.Roster.Records {
		desk.Roster.Records[i].Decide(h.desk.Roster.Records[i].Decided())
		desk.Checker.Recheck(i)
	}
	desk.Undo = h.desk.Undo
	f := &host{t: t, desk: desk, words: h.words, state: h.state, made: append([]review.Corrected(nil), h.made...)}
	f.show(review.Show(f.load(), desk))
	return f
}
