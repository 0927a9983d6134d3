package review

import (
	"slices"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// twin is the row that this one may repeat.
func (q inquiry) twin() int {
	mine := q.v.Roster.Records[q.f.Record].Decided()
	for _, other := range q.f.Related {
		theirs := &q.v.Roster.Records[other]
		if other != q.f.Record && theirs.Status() == roster.InScope && !slices.Contains(mine.NotSame, theirs.ID()) {
			return other
		}
	}
	return q.f.Record
}

var pairFields = []roster.Field{
	roster.FullName, roster.BirthDate, roster.Sex, roster.Ethnicity, roster.MotherName, roster.FatherName, roster.PersonalID, roster.Village,
}

// tooSoon is why two rows are asked about whose births one mother cannot have had (package alike).
const tooSoon = "too_soon"

// pair shows two rows beneath each other, then what agrees and what differs.
func (q inquiry) pair() []Line {
	v, a, b := q.v, q.f.Record, q.twin()
	var lines []Line
	for _, record := range []int{a, b} {
		facts := append([]fault.Text{v.name(record)}, v.facts(record)...)
		facts = append(facts, v.family(record)...)
		if number := v.shown(record, roster.PersonalID); number != "" {
			facts = append(facts, fault.T("review.person.number", "Number", number))
		}
		if hamlet := v.hamlet(record); hamlet != "" {
			facts = append(facts, plain(hamlet))
		}
		lines = append(lines, line(Plain, "review.pair.row", "Where", v.row(record), "Facts", facts))
	}
	agree, differ := v.compare(a, b)
	if len(agree) > 0 {
		lines = append(lines, line(Plain, "review.pair.agree", "Fields", agree))
	}
	if len(differ) > 0 {
		lines = append(lines, line(Plain, "review.pair.differ", "Fields", differ))
	}
	if q.f.Args["Why"] == tooSoon {
		return append(lines, line(Plain, "review.ask.too_soon", q.args()...))
	}
	return append(lines, line(Plain, "review.ask."+q.f.Code))
}

// compare names the fields that two rows agree on and those they differ in; where only one row says something, that is
// a difference too.
func (v *view) compare(a, b int) (agree, differ []fault.Text) {
	for _, f := range pairFields {
		left, right := v.canonical(a, f), v.canonical(b, f)
		name := fault.T("review.field." + f.String())
		switch {
		case left == "" && right == "":
		case viet.Same(left, right):
			agree = append(agree, name)
		case left == "":
			differ = append(differ, fault.T("review.pair.only", "Where", v.row(b), "What", name))
		case right == "":
			differ = append(differ, fault.T("review.pair.only", "Where", v.row(a), "What", name))
		default:
			differ = append(differ, name)
		}
	}
	return agree, differ
}

// fullness counts what a row says.
func (v *view) fullness(record int) int {
	n := 0
	for _, f := range append(pairFields, roster.GuardianName, roster.FatherID, roster.MotherID, roster.Phone, roster.Address) {
		if v.value(record, f) != "" {
			n++
		}
	}
	return n
}

// pairOffers keep one of the two rows, the fuller one first, or both.
func (q inquiry) pairOffers() []offer {
	first, second := q.f.Record, q.twin()
	mark := tag(q.v.Roster.Records[first].ID(), q.v.Roster.Records[second].ID())
	if q.v.fullness(second) > q.v.fullness(first) {
		first, second = second, first
	}
	return []offer{
		q.sameOffer("same0."+mark, "review.choice.same", first, second),
		q.sameOffer("same1."+mark, "review.choice.keep", second, first),
		{id: "differ", label: fault.T("review.choice.differ"), did: q.didPair("differ", first, second), do: func(c *correction) {
			for _, pair := range [][2]int{{first, second}, {second, first}} {
				c.edit(pair[0], func(d *roster.Decisions) { d.NotSame = append(d.NotSame, q.v.Roster.Records[pair[1]].ID()) })
			}
		}},
	}
}

func (q inquiry) sameOffer(id, key string, keep, drop int) offer {
	return offer{id: id, label: fault.T(key, "Where", q.v.row(keep)), did: q.didPair("same", drop, keep), do: func(c *correction) {
		c.edit(drop, func(d *roster.Decisions) { setStatus(d, roster.Duplicate, q.v.Roster.Records[keep].ID()) })
	}}
}

func (q inquiry) didPair(what string, row, other int) fault.Text {
	return fault.T("review.did."+what, "Row", q.v.Roster.Records[row].Row, "Other", q.v.Roster.Records[other].Row)
}
