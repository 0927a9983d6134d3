package roster

import (
	"slices"
	"strings"

	"lamsach/core/viet"
)

// householders are the parents of the children of a house, as far as the rows above have named them: records, -1 without one.
type householders struct {
	group        string
	code         string // of the household
	head, spouse int
	wife         bool // the spouse is the householder's wife
}

// fromHouse are the fields that a householder above tells of the child below him. His name is not among them: a child who is not his own
// would then be one without parents.
var fromHouse = [...]Field{FatherID, FatherBirth, MotherID, MotherBirth}

// giveParents lets a child of the householder know the numbers and birth dates of householder and spouse, before they leave the list: what
// is wrong with them is told at the child, as in lists that have columns of the parents. Where the list does not say whose child he is, it
// may be a grandchild, and nothing is known. The columns stand nowhere in the sheet, so that no correction is written into another row.
func (r *reader) giveParents(sheet int, head map[int]bool) {
	info := &r.ro.Sheets[sheet]
	if indexOf(info.Columns, HouseholdRelation, Whole) < 0 || !info.Has(PersonalID) || slices.ContainsFunc(info.Columns, ofParents) {
		return
	}
	known := len(info.Columns)
	var given [len(fromHouse)]bool
	parents := make([]twoParents, len(r.ro.Records))
	house := householders{head: -1, spouse: -1}
	for i := range r.ro.Records {
		if r.ro.Records[i].Sheet != sheet || !house.goesOn(r.ro, i, head[i]) {
			continue
		}
		parents[i] = house.couple(r.ro)
		for f, cell := range parents[i].tell(r.ro) {
			given[f] = given[f] || cell.Kind != Empty
		}
	}
	for f, field := range fromHouse {
		if given[f] {
			info.Columns = append(info.Columns, Column{Index: -1, Field: field, Confidence: 1})
		}
	}
	if len(info.Columns) == known {
		return
	}
	for i := range r.ro.Records {
		if r.ro.Records[i].Sheet != sheet {
			continue
		}
		cells := slices.Clone(r.ro.Cells(i, nil))
		for f, cell := range parents[i].tell(r.ro) {
			if given[f] {
				cells = append(cells, cell)
			}
		}
		r.keepCells(&r.ro.Records[i], cells)
	}
}

// ofParents reports whether a column speaks of the parents itself.
func ofParents(c Column) bool {
	switch c.Field {
	case FatherName, FatherID, FatherBirth, MotherName, MotherID, MotherBirth, Parents:
		return true
	}
	return false
}

// goesOn takes the next person of the sheet, and reports whether he is a child of the house.
func (h *householders) goesOn(ro *Roster, rec int, left bool) bool {
	relation := viet.Fold(ro.Raw(rec, HouseholdRelation).Text)
	group, code := ro.Records[rec].Group, ro.Raw(rec, HouseholdCode).Text
	if relation == "chu ho" || group != h.group || code != h.code {
		*h = householders{group: group, code: code, head: -1, spouse: -1}
	}
	switch {
	case !left:
		return h.head >= 0 && slices.Contains(ownChild, relation)
	case relation == "chu ho":
		h.head = rec
	case relation == "vo", relation == "chong":
		h.spouse, h.wife = rec, relation == "vo"
	}
	return false
}

// ownChild are the words for a child of the householder's own.
var ownChild = []string{"con", "con de", "con ruot", "con trai", "con gai", "con nuoi", "con chu ho"}

// twoParents are a child's father and mother: records, counted from 1; 0: unknown.
type twoParents struct{ father, mother int32 }

// couple tells householder and spouse apart.
func (h *householders) couple(ro *Roster) twoParents {
	head, spouse := int32(h.head+1), int32(h.spouse+1) //nolint:gosec // a record
	if spouse > 0 && h.wife {
		return twoParents{head, spouse}
	}
	if spouse > 0 {
		return twoParents{spouse, head}
	}
	switch viet.Fold(strings.TrimSpace(ro.Value(h.head, Sex).Text)) {
	case "nam":
		return twoParents{father: head}
	case "nu":
		return twoParents{mother: head}
	}
	return twoParents{}
}

// tell gives what the list tells of the two, in the order of fromHouse.
func (c twoParents) tell(ro *Roster) (cells [len(fromHouse)]Cell) {
	for f, rec := range [...]int32{c.father, c.father, c.mother, c.mother} {
		if rec == 0 {
			continue
		}
		from := PersonalID
		if fromHouse[f] == FatherBirth || fromHouse[f] == MotherBirth {
			from = BirthDate
		}
		switch v := ro.Raw(int(rec-1), from); v.Kind {
		case Text, Number, Date:
			cells[f] = Cell{Kind: v.Kind, Text: v.Text}
		}
	}
	return cells
}
