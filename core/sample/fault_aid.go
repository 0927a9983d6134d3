package sample

import (
	"fmt"
	"strconv"

	"lamsach/core/roster"
)

// aidFaults are those of what people receive.
func aidFaults() []fault {
	of := func(field roster.Field, what string, plant func(m *maker, e *entry) (roster.Cell, bool)) fault {
		return fault{
			code: field.String() + "." + what, kind: roster.KindBeneficiary, needs: func(l layout) bool { return l.has(field) },
			plant: func(m *maker, e *entry) bool {
				cell, fits := plant(m, e)
				return fits && m.put(e, field, cell, what, "")
			},
		}
	}
	empty := func(*maker, *entry) (roster.Cell, bool) { return roster.Cell{}, true }
	return []fault{
		of(roster.Category, "missing", empty),
		of(roster.Category, "unknown", func(m *maker, _ *entry) (roster.Cell, bool) {
			return text(pick(m.r, []string{"Đối tượng khác", "Theo danh sách", "9.9.z", "abc"})), true
		}),
		of(roster.Category, "age_mismatch", func(m *maker, e *entry) (roster.Cell, bool) {
			age := e.child.born.YearsAt(m.asOf)
			switch {
			case age >= 20 && age <= 55:
				return text(pick(m.r, []string{"5.5.c", "5.7"})), true
			case age < 14 && age > 4:
				return text("5.5.c"), true
			}
			return roster.Cell{}, false
		}),
		of(roster.Coefficient, "mismatch", func(m *maker, e *entry) (roster.Cell, bool) {
			// Single parents are paid for every child, so that nearly every coefficient can be theirs.
			return roster.Cell{Kind: roster.Number, Text: pick(m.r, []string{"3.5", "0.5", "4.5"})}, e.child.aid.category != "5.4"
		}),
		of(roster.Allowance, "mismatch", func(_ *maker, e *entry) (roster.Cell, bool) {
			return whole(e.child.aid.amount + 130_000), true
		}),
		of(roster.DecisionNo, "missing", empty),
		of(roster.BenefitFrom, "malformed", func(m *maker, _ *entry) (roster.Cell, bool) {
			return text(pick(m.r, []string{"từ năm ngoái", "13/2024", "tháng chạp"})), true
		}),
		of(roster.BenefitFrom, "future", func(m *maker, _ *entry) (roster.Cell, bool) {
			return text(fmt.Sprintf("%02d/%s", 1+m.r.IntN(12), strconv.Itoa(m.asOf.Year+2))), true
		}),
	}
}
