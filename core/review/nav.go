package review

import (
	"regexp"
	"strings"

	"lamsach/core/viet"
)

// withNav puts the words that every screen knows below its own choices.
func (v *view) withNav(s *State, laid [][]Choice, skip bool) [][]Choice {
	if v.Undo != nil {
		laid = append(laid, []Choice{choice("undo", "review.choice.undo", "What", *v.Undo)})
	}
	var row []Choice
	if len(s.Back) > 0 || s.Step != stepNone {
		row = append(row, choice("back", "review.choice.back"))
	}
	if skip {
		row = append(row, choice("skip", "review.choice.skip"))
	}
	row = append(row, choice("help", "review.choice.help"), choice("cancel", "review.choice.cancel"))
	return append(laid, row)
}

// reserved are the words that work in every state, folded.
var reserved = map[string]string{
	"quay lai": "back", "tro lai": "back", "back": "back",
	"bo qua": "skip", "de sau": "skip", "skip": "skip",
	"hoan tac": "undo", "undo": "undo",
	"huy": "cancel", "huy bo": "cancel", "thoat": "cancel", "dung lai": "cancel", "cancel": "cancel",
	"giup": "help", "tro giup": "help", "giup do": "help", "help": "help", "?": "help",
}

// words are what may be typed for a choice that is on the screen; the first of the ids that is there is meant.
var words = map[string][]string{
	"sua ngay": {"go"}, "sua": {"go", "all0"}, "bat dau": {"go"},
	"xem da tu sua": {"fixed"}, "da tu sua": {"fixed"},
	"tep danh dau loi": {"marked"}, "danh dau loi": {"marked"},
	"xuat tep": {"export"}, "xuat": {"export"},
	"ve danh sach": {"summary"}, "danh sach": {"summary"}, "lam lai": {"again"}, "lam lai cac cau da bo qua": {"again"},
	"tiep": {"go", "skip"}, "tiep tuc": {"go", "skip"}, "next": {"go", "skip"},
	"xem het": {"list"}, "chon tung tre": {"pick"}, "ve nhom": {"card"}, "trang sau": {"more"}, "trang truoc": {"less"},
	"chon ca trang": {"page"}, "sua cac tre da chon": {"some0"},
	"dung": {"yes", "ok", "papers"}, "dung roi": {"yes", "ok"}, "dung nhu vay": {"ok", "yes"}, "phai": {"yes", "ok"}, "co": {"yes"}, "ok": {"yes", "ok"}, "yes": {"yes", "ok"},
	"nhap lai": {"no"}, "sai": {"no"}, "khong": {"no"}, "khong phai": {"no", "differ"}, "no": {"no"},
	"giu nguyen": {"papers", "ok"}, "giu nguyen, da doi chieu giay to": {"papers"}, "da doi chieu": {"papers"}, "da doi chieu giay to": {"papers"},
	"chua co": {"police"}, "chua co so": {"police"}, "khong co so": {"police"}, "de cong an cap": {"police"}, "cong an cap": {"police"}, "cong an": {"police"},
	"xoa": {"drop", "clear"}, "xoa so": {"drop", "clear"}, "xoa so nay": {"drop", "clear"}, "so sai": {"drop", "clear"}, "bo so nay": {"drop", "clear"},
	"chon ngay": {"date"}, "sua ngay sinh": {"date"}, "khong co giay khai sinh": {"nocert"},
	"trang thai": {"status"}, "khong con trong danh sach": {"status"}, "dua tro lai": {"return"},
	"xem": {"see"}, "xem so": {"see"},
	"khong phai mot nguoi": {"differ"}, "hai nguoi": {"differ"}, "khac nguoi": {"differ"}, "khong trung": {"differ"},
	"cung mot nguoi": {"same0"}, "doi": {"swap"}, "doi cho": {"swap"}, "dua ra": {"out", "status"}, "dua ra khoi danh sach": {"out", "status"},
	"me": {"w-mother"}, "cua me": {"w-mother"}, "cha": {"w-father"}, "bo": {"w-father"}, "cua cha": {"w-father"}, "giam ho": {"w-guardian"}, "nguoi giam ho": {"w-guardian"},
}

// all words a typed "sửa cả 37" can look like.
var fixAll = regexp.MustCompile(`^(?:sua|dung|xoa|dua|doi) ca(?: (\d+))?(?: tre)?(?: .*)?$`)

// typedChoice finds the choice that a typed text means, or "".
func (v *view) typedChoice(s *State, text string) string {
	folded := strings.Trim(viet.Fold(text), ". !")
	if id, ok := reserved[folded]; ok {
		return id
	}
	screen := v.draw(s)
	if n, ok := smallNumber(folded); ok && screen.Numbers {
		for _, row := range screen.Choices {
			if n <= len(row) {
				return row[n-1].ID
			}
			n -= len(row)
		}
		return ""
	}
	ids := words[folded]
	if fixAll.MatchString(folded) {
		ids = []string{"all0"}
	}
	for _, want := range ids {
		for _, row := range screen.Choices {
			for _, c := range row {
				if name, _, _ := strings.Cut(c.ID, "."); name == want {
					return c.ID
				}
			}
		}
	}
	return ""
}

// smallNumber reads the number of a choice: one or two digits, perhaps with a full stop.
func smallNumber(text string) (int, bool) {
	if text == "" || len(text) > 2 {
		return 0, false
	}
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, n > 0
}
