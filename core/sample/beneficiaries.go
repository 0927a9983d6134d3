package sample

import (
	"fmt"
	"strconv"

	"lamsach/core/civil"
	"lamsach/core/roster"
)

// aid is what a person receives.
type aid struct {
	category, coefficient string
	amount                int // VND a month
	decision              string
	from                  civil.Date
}

// standard is the amount that a coefficient multiplies, in VND a month since 1/7/2024 (NĐ 76/2024/NĐ-CP).
const standard = 500_000

// aids are who receives what, by age (NĐ 20/2021/NĐ-CP, Articles 5 and 6).
var aids = []struct {
	category         string
	half             int // coefficient, in halves
	youngest, oldest int // years of age
	weight           int
}{
	{"5.5.c", 2, 81, 96, 30}, {"5.5.a", 3, 61, 78, 8}, {"5.6", 3, 18, 58, 16}, {"5.6", 4, 5, 14, 8}, {"5.6", 4, 62, 79, 8},
	{"5.1.b", 3, 5, 14, 8}, {"5.1.a", 5, 1, 2, 2}, {"5.4", 2, 24, 52, 12}, {"5.7", 3, 1, 2, 8},
}

// assist fills the commune with people who receive assistance.
func (c *commune) assist(people int) {
	hamlets := min(max(people/40, 3), len(villages))
	for v := range hamlets {
		own := weighted(c.r, c.peoples)
		for until := people * (v + 1) / hamlets; c.size < until; c.size++ {
			c.beneficiary(own, villages[v])
		}
	}
}

// beneficiary makes one person, with somebody who receives the money for those who cannot.
func (c *commune) beneficiary(own people, village string) {
	total := 0
	for _, a := range aids {
		total += a.weight
	}
	at, which := c.r.IntN(total), 0
	for ; at >= aids[which].weight; which++ {
		at -= aids[which].weight
	}
	kind := aids[which]
	h := &household{people: pickPeople(c.r, own, c.peoples), village: village, phone: "09000" + strconv.Itoa(10_000+c.r.IntN(90_000)), code: len(c.homes) + 1}
	born := c.birthday(c.asOf.AddYears(-kind.youngest).AddDays(-20 - c.r.IntN(365*(kind.oldest-kind.youngest)+300)))
	family := c.names.family(c.r, h.people.key)
	person := c.child(h, family, born, false)[0]
	if kind.oldest < 16 || c.r.IntN(6) == 0 {
		h.guardian = c.adult(h.people, c.r.IntN(2) == 0, family, c.asOf.Year-30-c.r.IntN(25))
	}
	person.halfKnown = kind.youngest >= 16 && c.r.IntN(10) < 3
	person.aid = &aid{
		category: kind.category, coefficient: fmt.Sprintf("%d.%d", kind.half/2, kind.half%2*5), amount: standard / 2 * kind.half,
		decision: fmt.Sprintf("%d/QĐ-UBND", 10+c.r.IntN(400)),
		from:     civil.Date{Year: max(born.Year+1, c.asOf.Year-1-c.r.IntN(4)), Month: 1 + c.asOf.Month%9, Day: 1},
	}
	h.children = []*child{person}
	c.homes = append(c.homes, h)
}

// receives adds to what the list says of a person what he receives.
func (a *aid) receives(says map[roster.Field]roster.Cell) {
	says[roster.Category] = text(a.category)
	says[roster.Coefficient] = roster.Cell{Kind: roster.Number, Text: trimmed(a.coefficient)}
	says[roster.Allowance] = whole(a.amount)
	says[roster.DecisionNo] = text(a.decision)
	says[roster.BenefitFrom] = text(a.since())
}

// since is the month from which the person receives it.
func (a *aid) since() string { return fmt.Sprintf("%02d/%d", a.from.Month, a.from.Year) }

// trimmed writes 1.0 as a number cell keeps it.
func trimmed(decimal string) string {
	if len(decimal) > 2 && decimal[len(decimal)-2:] == ".0" {
		return decimal[:len(decimal)-2]
	}
	return decimal
}
