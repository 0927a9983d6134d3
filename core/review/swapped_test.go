package review_test

import (
	"strings"
	"testing"

	"lamsach/core/review"
)

// TestWhoWouldChangePlaces: a group of parents in each other's places names them, so that one press is no guess; their numbers are masked.
func TestWhoWouldChangePlaces(t *testing.T) {
	const head = "ordinal | full_name | birth_date | sex | ethnicity | personal_id | father_name | father_id | mother_name | mother_id\n"
	for name, c := range map[string]struct{ table, want string }{
		"names": {
			"#1|Lò Văn An|09/05/2016|Nam|Thái|014216000117|Vì Thị Ín||Lò Văn Bình|\n#2|Hà Thị Dợ|10/06/2017|Nữ|Thái|014317000225|Lò Thị Sáu||Hà Văn Tư|",
			"cha Vì Thị Ín → Lò Văn Bình; mẹ Lò Văn Bình → Vì Thị Ín",
		},
		"numbers": {
			"#1|Lò Văn An|09/05/2016|Nam|Thái|014216000117|Lò Văn Bình|014188203777|Vì Thị Ín|014085204776\n#2|Hà Thị Dợ|10/06/2017|Nữ|Thái|014317000225|Hà Văn Tư|014188203778|Lò Thị Sáu|014085204778",
			"cha 014•••••••77 → 014•••••••76; mẹ 014•••••••76 → 014•••••••77",
		},
	} {
		desk := newDesk(readTable(t, head+c.table))
		_, screen := review.Begin(desk)
		var said []string
		for _, l := range screen.Body {
			said = append(said, vietnamese().say(t, l.Text))
		}
		text := strings.Join(said, "\n")
		if !strings.Contains(text, c.want) {
			t.Errorf("%s: %s", name, text)
		}
	}
}
