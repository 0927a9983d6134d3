package sample

import (
	"fmt"
	"strings"

	"lamsach/core/roster"
)

// write is how a fault changes a text: the new cell, and the right suggestion.
type write = func(m *maker, e *entry, now string) (roster.Cell, string)

// instead gives one of the texts, and no suggestion.
func instead(texts ...string) write {
	return func(m *maker, _ *entry, _ string) (roster.Cell, string) { return text(pick(m.r, texts)), "" }
}

func numberFaults() []fault {
	number := func(what string, w write) fault { return says(roster.PersonalID, what, nil, w) }
	return []fault{
		number("missing", instead("", "", "", "chưa có", "không", "x", "-", "đang làm")),
		number("missing", instead("chưa làm khai sinh", "mất giấy khai sinh", "xin cấp lại", "hỏi lại bố mẹ", "Đã nộp hồ sơ", "Ko có", "bổ sung sau")),
		number("lost_zero", lostZero),
		number("lost_digits", func(_ *maker, _ *entry, now string) (roster.Cell, string) {
			return text(now[1:2] + "." + now[2:6] + "E+10"), ""
		}),
		number("malformed", func(m *maker, e *entry, now string) (roster.Cell, string) {
			other := m.numbers.next(m.r, !e.child.female, e.child.born.Year)
			return text(now + pick(m.r, []string{" / ", "; ", "\n", " - "}) + other), ""
		}),
		number("malformed", func(m *maker, _ *entry, now string) (roster.Cell, string) {
			return text(now + pick(m.r, []string{" (mới cấp)", " cấp 12/5/2021", "?"})), now
		}),
		number("untidy", untidyNumber),
		number("look_alike", func(m *maker, _ *entry, now string) (roster.Cell, string) {
			return text(pick(m.r, lookAlikes)(now)), now
		}),
		number("old_number", func(m *maker, _ *entry, _ string) (roster.Cell, string) {
			return text(fmt.Sprintf("0509%05d", 10_000+m.r.IntN(90_000))), ""
		}),
		number("malformed", malformedNumber),
		number("placeholder", instead("000000000000", "123456789012", "111111111111", "999999999999")),
		number("province_unknown", func(m *maker, _ *entry, now string) (roster.Cell, string) {
			return text(pick(m.r, []string{"003", "005", "097", "099"}) + now[3:]), ""
		}),
		number("other_code", func(m *maker, _ *entry, _ string) (roster.Cell, string) {
			return text(fmt.Sprintf("TE1142999%06d", m.r.IntN(1_000_000))), ""
		}),
		{code: "personal_id.sex_mismatch", plant: func(m *maker, e *entry) bool {
			e.says[roster.Sex] = text(sexText(!e.child.female))
			return m.mark(e, "personal_id", "", "personal_id.sex_mismatch")
		}},
		{code: "personal_id.birth_mismatch", plant: birthMismatch},
		{code: "personal_id.not_childs", kind: roster.KindChild, plant: notChilds},
		{code: "personal_id.same_as_parent", needs: showsWhole(roster.MotherID), plant: func(m *maker, e *entry) bool {
			mothers := e.says[roster.MotherID]
			return mothers.Text != "" && m.put(e, roster.PersonalID, mothers, "same_as_parent", "", "personal_id.not_childs")
		}},
	}
}

// parentNumberFaults are the same troubles in the columns of the parents.
func parentNumberFaults() []fault {
	father := func(what string, w write) fault { return says(roster.FatherID, what, showsWhole(roster.FatherID), w) }
	mother := func(what string, w write) fault { return says(roster.MotherID, what, showsWhole(roster.MotherID), w) }
	return []fault{
		father("lost_zero", lostZero),
		father("malformed", malformedNumber),
		mother("untidy", untidyNumber),
		mother("old_number", func(m *maker, _ *entry, _ string) (roster.Cell, string) {
			return text(fmt.Sprintf("0509%05d", 10_000+m.r.IntN(90_000))), ""
		}),
	}
}

// lostZero is what a cell makes of a number typed without an apostrophe.
func lostZero(_ *maker, _ *entry, now string) (roster.Cell, string) {
	return roster.Cell{Kind: roster.Number, Text: strings.TrimLeft(now, "0")}, now
}

func untidyNumber(m *maker, _ *entry, now string) (roster.Cell, string) {
	untidy := []string{spread(now, " "), spread(now, "."), spread(now, "-"), spread(now, "\u00a0"), "'" + now, " " + now, now + "\u200b", now + ".0"}
	return text(pick(m.r, untidy)), now
}

// lookAlikes are letters and other digits in place of digits.
var lookAlikes = []func(string) string{
	func(n string) string { return "O" + n[1:] },
	func(n string) string { return "o" + n[1:] },
	func(n string) string { return strings.NewReplacer("1", "l").Replace(n) },
	func(n string) string { return strings.NewReplacer("1", "I").Replace(n) },
	fullWidth,
}

func fullWidth(digits string) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, digits)
}

func malformedNumber(m *maker, _ *entry, now string) (roster.Cell, string) {
	wrong := []string{now[:11], now + "7", now[:8] + now[9:], now[:5] + "A" + now[6:]}
	return text(pick(m.r, wrong)), ""
}

// birthMismatch moves the birth date by one to three years, to a day that nothing else speaks against.
func birthMismatch(m *maker, e *entry) bool {
	years := pick(m.r, []int{-3, -2, -1, 1, 2, 3})
	moved := e.child.born.AddYears(years)
	if !m.lives(e.child, moved) || moved.Year == e.child.born.Year {
		return false
	}
	e.says[roster.BirthDate] = roster.Cell{Kind: roster.Date, Text: moved.String()}
	return m.mark(e, "personal_id", "", "personal_id.birth_mismatch")
}

// notChilds puts an adult's number into the child's cell. Where the list has the parents' numbers, the mother's own cell is
// empty, as it is when somebody slipped a column.
func notChilds(m *maker, e *entry) bool {
	mother := e.child.home.mother
	if mother == nil || mother.born >= 2000 {
		return false
	}
	delete(e.says, roster.MotherID)
	return m.put(e, roster.PersonalID, text(mother.number), "not_childs", "")
}
