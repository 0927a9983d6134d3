package sample

import (
	"strconv"

	"lamsach/core/roster"
)

// plainFaults are those of sex, ethnic group and note.
func plainFaults() []fault {
	shown := func(field roster.Field) func(layout) bool { return func(l layout) bool { return l.has(field) } }
	return []fault{
		says(roster.Sex, "missing", nil, func(_ *maker, _ *entry, now string) (roster.Cell, string) { return text(""), now }),
		says(roster.Sex, "malformed", nil, instead("Nam/Nữ")),
		says(roster.Sex, "untidy", showsWhole(roster.Sex), func(m *maker, e *entry, now string) (roster.Cell, string) {
			if e.child.female {
				return text(pick(m.r, []string{"NỮ", "nữ", "F", "gái", "Nu", " Nữ"})), now
			}
			return text(pick(m.r, []string{"NAM", "nam", "M", "trai", "Nam "})), now
		}),
		says(roster.Ethnicity, "missing", nil, instead("")),
		says(roster.Ethnicity, "unknown", nil, instead("Công giáo", "Tin Lành", "Việt Nam", "Phật giáo", "Abc")),
		says(roster.Ethnicity, "variant", nil, func(m *maker, e *entry, now string) (roster.Cell, string) {
			other := variants[now]
			if len(other) == 0 {
				return text(now), ""
			}
			return text(pick(m.r, other)), now
		}),
		says(roster.Ethnicity, "ambiguous", nil, instead("Xá Khao", "Trại", "Tày Khao", "Chil", "Ca-tang")),
		{code: "record.left_scope", needs: shown(roster.Note), plant: func(m *maker, e *entry) bool {
			said := pick(m.r, []struct {
				note   string
				status roster.Status
			}{{"Chuyển đi tháng 8/2026", roster.MovedOut}, {"Đã chết", roster.Deceased}, {"Đi nước ngoài cùng mẹ", roster.Abroad}})
			e.says[roster.Note], e.leaves = text(said.note), said.status
			return m.mark(e, "record", "", "record.left_scope")
		}},
	}
}

// variants are other spellings and names of one people.
var variants = map[string][]string{
	"Mông": {"H'Mông", "HMông", "H’Mông", "Mèo"}, "Thái": {"Thái Đen", "Thái Trắng"}, "Kinh": {"Kinh (Việt)", "Việt"},
	"Dao": {"Mán", "Dao Đỏ"}, "Khơ Mú": {"Khơ-mú", "Xá Cẩu"}, "Ê Đê": {"Ê-đê", "Rađê"}, "Khmer": {"Khơ-me", "Khơ me"}, "Mường": {"Mol"},
}

func familyFaults() []fault {
	both := func(l layout) bool { return l.whole(roster.FatherID) && l.whole(roster.MotherID) }
	return []fault{
		{code: "family.missing", needs: layout.showsParents, plant: noFamily},
		{code: "family.father_only", needs: layout.showsParents, plant: func(m *maker, e *entry) bool {
			if e.child.home.father == nil {
				return false
			}
			m.forget(e, roster.MotherName, roster.MotherID, roster.MotherBirth)
			return m.mark(e, "family", "", "family.father_only")
		}},
		{code: "family.parent_age", needs: func(l layout) bool { return l.has(roster.MotherBirth) || l.has(roster.Parents) }, plant: oddAge},
		{code: "family.same_name", needs: layout.showsParents, plant: sameName},
		{code: "family.swapped", needs: both, plant: swapped},
		yearBehind(roster.FatherName), yearBehind(roster.MotherName), yearBehind(roster.GuardianName),
	}
}

// sameName copies the son's name into the father's cell. Nothing else is said of the father: with a year or a number of his own he
// may well be called like his son.
func sameName(m *maker, e *entry) bool {
	if e.child.home.father == nil || e.child.female {
		return false
	}
	m.forget(e, roster.FatherID, roster.FatherBirth)
	e.says[roster.FatherName] = text(e.child.name)
	return m.mark(e, "family", "", "family.same_name")
}

func (m *maker) forget(e *entry, fields ...roster.Field) {
	for _, f := range fields {
		delete(e.says, f)
	}
}

// noFamily leaves nobody: nothing, or a note, in the cells of both parents.
func noFamily(m *maker, e *entry) bool {
	if e.child.home.guardian != nil {
		return false
	}
	m.forget(e, roster.FatherID, roster.FatherBirth, roster.MotherID, roster.MotherBirth)
	note := text(pick(m.r, []string{"", "", "không", "x", "-", "bỏ đi"}))
	e.says[roster.FatherName], e.says[roster.MotherName] = note, note
	return m.mark(e, "family", "", "family.missing")
}

// oddAge gives the mother a year of birth at which she was a small child, or not born yet. Her number would contradict it, so
// it goes.
func oddAge(m *maker, e *entry) bool {
	if e.child.home.mother == nil {
		return false
	}
	m.forget(e, roster.MotherID)
	e.says[roster.MotherBirth] = whole(e.child.born.Year - pick(m.r, []int{9, 7, 60, -1}))
	return m.mark(e, "family", "", "family.parent_age")
}

// swapped puts the father's things under the mother and hers under him.
func swapped(m *maker, e *entry) bool {
	if e.child.home.father == nil || e.child.home.mother == nil {
		return false
	}
	for _, pair := range [][2]roster.Field{
		{roster.FatherName, roster.MotherName}, {roster.FatherID, roster.MotherID}, {roster.FatherBirth, roster.MotherBirth},
	} {
		e.says[pair[0]], e.says[pair[1]] = e.says[pair[1]], e.says[pair[0]]
	}
	return m.mark(e, "family", "", "family.swapped")
}

// yearBehind writes the year of birth behind a name.
func yearBehind(field roster.Field) fault {
	return says(field, "malformed", showsWhole(field), func(m *maker, e *entry, now string) (roster.Cell, string) {
		h := e.child.home
		a := map[roster.Field]*adult{roster.FatherName: h.father, roster.MotherName: h.mother, roster.GuardianName: h.guardian}[field]
		return text(now + " (" + strconv.Itoa(a.born) + ")"), now
	})
}
