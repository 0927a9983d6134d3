package review

import (
	"fmt"
	"strconv"
	"strings"

	"lamsach/core/fault"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// mismatch explains what number and list say, and which of the two is likelier wrong where something speaks for it.
func (q inquiry) mismatch() []Line {
	lines := q.sides()
	if hint, ok := q.likelier(q.v.personalID(q.f.Record).Value); ok {
		lines = append(lines, Line{Text: hint})
	}
	return append(lines, line(Plain, "review.ask."+q.f.Code))
}

// sides are what the number says, and beneath it what the list says.
func (q inquiry) sides() []Line {
	id := q.v.personalID(q.f.Record).Value
	return []Line{
		line(Plain, "review.mismatch.number", "Sex", sexText(id.Sex()), "Year", strconv.Itoa(id.BirthYear())),
		line(Plain, "review.mismatch.list", "Sex", sexText(q.v.sex(q.f.Record)), "Year", yearText(q.v.birthDate(q.f.Record).Value.Year)),
	}
}

func sexText(sex person.Sex) fault.Text {
	switch sex {
	case person.Male:
		return fault.T("review.sex.male")
	case person.Female:
		return fault.T("review.sex.female")
	}
	return fault.T("review.sex.unknown")
}

func yearText(year int) string {
	if year == 0 {
		return "?"
	}
	return strconv.Itoa(year)
}

// likelier tells which side is probably wrong, and why; false when nothing speaks for either.
func (q inquiry) likelier(id person.PersonalID) (fault.Text, bool) {
	v, record := q.v, q.f.Record
	if v.fitsNeighbour(record) {
		others := 0
		for _, f := range v.open {
			if (f.Code == codeSexMismatch || f.Code == codeBirthMismatch) && f.Record != record && v.fitsNeighbour(f.Record) {
				others++
			}
		}
		if others >= 2 {
			return fault.T("review.likelier.shifted", "N", others), true
		}
	}
	off := map[string]bool{}
	for _, f := range v.Checker.Of(record) {
		off[f.Code] = true
	}
	if off[codeSexMismatch] && off[codeBirthMismatch] {
		return fault.T("review.likelier.number"), true
	}
	if q.f.Code == codeSexMismatch {
		if named := namedSex(v.value(record, roster.FullName)); named == id.Sex() && named != person.UnknownSex {
			return fault.T("review.likelier.name_number", "Sex", sexText(named)), true
		} else if named != person.UnknownSex {
			return fault.T("review.likelier.name_list", "Sex", sexText(named)), true
		}
	}
	return fault.Text{}, false
}

// namedSex is what the middle of a name hints at: Thị and Văn. It is only ever said, never decided by.
func namedSex(name string) person.Sex {
	words := strings.Fields(viet.Lower(name))
	for i, w := range words {
		switch {
		case i == 0 || i == len(words)-1:
		case w == "thị":
			return person.Female
		case w == "văn":
			return person.Male
		}
	}
	return person.UnknownSex
}

// fitsNeighbour tells whether the number would be right one row further up or down: the mark of a column that slipped.
func (v *view) fitsNeighbour(record int) bool {
	id := v.personalID(record).Value
	for _, near := range []int{record - 1, record + 1} {
		if id.IsZero() || near < 0 || near >= len(v.Roster.Records) {
			continue
		}
		if v.sex(near) == id.Sex() && v.birthDate(near).Value.Year == id.BirthYear() {
			return true
		}
	}
	return false
}

// sexByNumber offers the sex that the number says.
func (q inquiry) sexByNumber() []offer {
	sex := q.v.personalID(q.f.Record).Value.Sex()
	if sex == person.UnknownSex {
		return nil
	}
	list := q.picks(roster.Sex, []string{sex.String()})
	list[0].label = fault.T("review.choice.sex_by_number", "Sex", sexText(sex))
	return list
}

// dateByNumber offers the list's day and month in the number's year.
func (q inquiry) dateByNumber() []offer {
	date := q.v.birthDate(q.f.Record).Value
	date.Year = q.v.personalID(q.f.Record).Value.BirthYear()
	if !date.Complete() || !date.Civil().Valid() || date.Civil().After(q.v.Today) {
		return []offer{{id: "date", label: fault.T("review.choice.fix_date"), step: stepYear}}
	}
	list := q.picks(roster.BirthDate, []string{date.String()})
	list[0].label = fault.T("review.choice.date_by_number", "Date", date.String())
	return append(list, offer{id: "date", label: fault.T("review.choice.fix_date"), step: stepYear})
}

// moveOffers put a grown person's number where it belongs: to the parent whose sex fits and who has none.
func (q inquiry) moveOffers() []offer {
	for _, change := range q.f.Also {
		if isParentsNumber(change.Field) {
			return []offer{{id: "move", label: fault.T("review.choice.move." + change.Field.String()), did: q.did("move"), do: q.doing(accept)}}
		}
	}
	return nil
}

// keepAsChilds takes a number that stands twice in a row away from the parent.
func (q inquiry) keepAsChilds() []offer {
	number := q.v.personalID(q.f.Record).Value
	var list []offer
	for _, f := range []roster.Field{roster.MotherID, roster.FatherID, roster.GuardianID} {
		if number.IsZero() || person.ReadPersonalID(q.v.raw(q.f.Record, f)).Value != number {
			continue
		}
		list = append(list, offer{id: "mine" + strconv.Itoa(len(list)), label: fault.T("review.choice.mine." + f.String()), did: q.did("clear"),
			do: func(c *correction) { c.edit(q.f.Record, func(d *roster.Decisions) { setValue(d, f, "") }) }})
	}
	return list
}

const mostOwners = 4 // people who are offered as a number's owner

// claimants are the rows that hold the same number, this one first.
func (q inquiry) claimants() []int {
	all := []int{q.f.Record}
	for _, other := range q.f.Related {
		if other != q.f.Record {
			all = append(all, other)
		}
	}
	return all
}

// owners shows who shares a number.
func (q inquiry) owners() []Line {
	claimants := q.claimants()
	lines := []Line{line(Plain, "review.owners", "N", len(claimants))}
	for i, record := range claimants {
		if i == mostOwners {
			lines = append(lines, line(Faint, "review.of", "N", i, "Of", len(claimants)))
			break
		}
		lines = append(lines, line(Plain, "review.sample.person", "Who", q.v.who(record), "Facts", append(q.v.facts(record), q.v.family(record)...)))
	}
	return append(lines, line(Plain, "review.ask."+codeSharedID))
}

// ownerOffers give the number to one of the rows, or to none; the others are asked for theirs again.
func (q inquiry) ownerOffers() []offer {
	claimants := q.claimants()
	ids := make([]string, len(claimants))
	for i, record := range claimants {
		ids[i] = q.v.Roster.Records[record].ID()
	}
	mark := tag(ids...)
	var list []offer
	for i, owner := range claimants[:min(len(claimants), mostOwners)] {
		list = append(list, offer{
			id:    fmt.Sprintf("own%d.%s", i, mark),
			label: fault.T("review.choice.owner", "Where", q.v.row(owner), "Name", clip(q.v.value(owner, roster.FullName), 18)),
			did:   q.did("owner"),
			do: func(c *correction) {
				for _, record := range claimants {
					if record != owner {
						c.edit(record, func(d *roster.Decisions) { setValue(d, roster.PersonalID, "") })
					}
				}
			}})
	}
	return append(list, offer{id: "none." + mark, label: fault.T("review.choice.nobody"), did: q.did("owner"), do: func(c *correction) {
		for _, record := range claimants {
			c.edit(record, func(d *roster.Decisions) {
				setValue(d, roster.PersonalID, "")
				d.Police = true
			})
		}
	}})
}

// holder finds another person of the list who has the number.
func (v *view) holder(number string, except int) (int, bool) {
	for i := range v.Roster.Records {
		if i != except && v.Roster.Records[i].Status() == roster.InScope && v.value(i, roster.PersonalID) == number {
			return i, true
		}
	}
	return 0, false
}

// seriesOffers settle a run of numbers that count up by one: it is right, its first number is, or none is.
func (q inquiry) seriesOffers() []offer {
	run := q.claimants()
	drop := func(id, key string, from []int) offer {
		return offer{id: id, label: fault.T(key, "N", len(from)), did: q.did("series"), do: func(c *correction) {
			for _, record := range from {
				c.edit(record, func(d *roster.Decisions) {
					setValue(d, roster.PersonalID, "")
					d.Police = true
				})
			}
		}}
	}
	return []offer{
		{id: "ok", label: fault.T("review.choice.ok"), did: q.did("confirm"), do: func(c *correction) {
			for _, record := range run {
				c.edit(record, func(d *roster.Decisions) { waive(d, q.f.Code, reasonConfirmed) })
			}
		}},
		drop("rest", "review.choice.series_rest", run[1:]),
		drop("drop", "review.choice.series_all", run),
	}
}
