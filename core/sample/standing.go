package sample

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lamsach/core/roster"
)

// stand notes what is wrong with every row because of how the list is kept: years for dates, numbers without their zeros, letters taken
// apart. What was planted in the same field speaks for itself.
func (m *maker) stand() {
	for _, e := range m.entries {
		if m.layout.yearOnly && e.says[roster.BirthDate].Kind == roster.Date || e.child.halfKnown && e.says[roster.BirthDate].Kind == roster.Number {
			m.standing(e, roster.BirthDate, "", "incomplete")
		}
		for _, f := range []roster.Field{roster.PersonalID, roster.FatherID, roster.MotherID} {
			if now := e.says[f]; m.layout.has(f) && m.layout.number(now) != now {
				m.standing(e, f, now.Text, "lost_zero")
			}
		}
		if name := e.says[roster.FullName].Text; m.layout.apart && norm.NFD.String(name) != name {
			m.standing(e, roster.FullName, e.child.name, "untidy")
		}
		if m.layout.apart {
			e.faulty = true
			m.standingApart(e, roster.Sex, "untidy")
			m.standingApart(e, roster.Ethnicity, "variant")
		}
		if m.layout.bareNumbers && strings.HasPrefix(e.says[roster.PersonalID].Text, "00") {
			m.twoZeros(e)
		}
	}
}

// standing marks an entry unless something was planted in the field.
func (m *maker) standing(e *entry, field roster.Field, fix, what string) {
	for _, f := range e.faults {
		if f.field == field.String() && !strings.Contains(f.codes[0], "mismatch") && !strings.Contains(f.codes[0], "duplicate") && !strings.Contains(f.codes[0], "series") {
			return
		}
	}
	m.mark(e, field.String(), fix, field.String()+"."+what)
}

// standingApart marks a field whose letters are taken apart.
func (m *maker) standingApart(e *entry, field roster.Field, what string) {
	if now := e.says[field].Text; norm.NFD.String(now) != now && m.layout.whole(field) {
		m.standing(e, field, now, what)
	}
}

// twoZeros admits that of a number which lost two zeros nobody can be sure: what else was planted there may be told by the loss alone.
func (m *maker) twoZeros(e *entry) {
	for i, f := range e.faults {
		if f.field == roster.PersonalID.String() {
			e.faults[i].codes = append(slices.Clone(f.codes), "personal_id.lost_zero", "personal_id.malformed", "personal_id.other_code")
			e.faults[i].fix = nil
		}
	}
}
