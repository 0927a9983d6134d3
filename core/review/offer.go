package review

import (
	"fmt"
	"slices"
	"strings"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// offer is a button of a question: it makes a correction, or goes to a step, or shows an alert.
type offer struct {
	id    string
	label fault.Text
	short bool // may stand beside others
	do    func(c *correction)
	did   fault.Text // names the correction
	value *valueOf   // a value to be checked like a typed one
	step  string
	alert *fault.Text
}

type valueOf struct {
	field roster.Field
	text  string
}

// lay puts the offer's button below the others, or beside short ones.
func (o offer) lay(laid [][]Choice) [][]Choice {
	c := Choice{ID: o.id, Label: o.label}
	if o.short && len(laid) > 0 {
		last := len(laid) - 1
		if row := laid[last]; len(row) < 3 && row[0].ID[0] == 'v' && o.id[0] == 'v' {
			laid[last] = append(row, c)
			return laid
		}
	}
	return append(laid, []Choice{c})
}

// offers are the buttons of the question, likeliest first.
func (q inquiry) offers() []offer {
	if q.closed {
		return q.closedOffers()
	}
	var list []offer
	switch f := asked(q.f); {
	case q.f.Code == codeDuplicate || q.f.Code == codeLikelyDuplicate:
		return q.pairOffers()
	case q.f.Code == codeDiffers || q.f.Code == codeMaybe:
		return q.laterOffers()
	case q.f.Code == codeLeftScope:
		list = q.leftOffers()
	case q.f.Code == codeOverAge:
		list = []offer{q.statusOffer("out", roster.OverAge), {id: "date", label: fault.T("review.choice.fix_date"), step: stepYear}}
		return list
	case f == roster.PersonalID:
		list = q.numberOffers()
	case isParentsNumber(f):
		list = q.parentsNumberOffers()
	case f == roster.BirthDate:
		list = q.dateOffers()
	case f == roster.Sex:
		list = q.sexOffers()
	case f == roster.Ethnicity:
		list = q.picks(f, q.ethnicPicks())
	case q.f.Code == codeFamilySwapped:
		list = []offer{{id: "swap", label: fault.T("review.choice.swap"), did: q.did("swap"), do: q.doing(accept)}}
	case q.f.Code == codeNoFamily || q.f.Code == codeFatherOnly:
		list = q.familyOffers()
	case f != roster.NoField && q.f.Suggestion != "":
		list = q.picks(f, []string{q.f.Suggestion})
	}
	if q.f.Severity == check.Warning && !mustChange[q.f.Code] {
		list = append(list, q.waiveOffer("ok", reasonConfirmed))
	} else if mayKeep[q.f.Code] {
		list = append(list, q.waiveOffer("papers", reasonPapers))
	}
	return append(list, offer{id: "status", label: fault.T("review.choice.status"), step: stepStatus})
}

// mayKeep are the errors that a careful officer may confirm with the papers in hand.
var mayKeep = map[string]bool{codeSexMismatch: true, codeBirthMismatch: true, codeUnknownProvince: true}

// mustChange are the warnings that nobody can confirm: what is written cannot be right, or is confirmed in a way of its own.
var mustChange = map[string]bool{codeLostZero: true, codeLookAlike: true, codeSeries: true}

// closedOffers let an answered question be answered otherwise.
func (q inquiry) closedOffers() []offer {
	list := []offer{{id: "next", label: fault.T("review.choice.next")}}
	d := q.v.Roster.Records[q.f.Record].Decided()
	switch f := asked(q.f); {
	case d.Status != roster.InScope:
		return append(list, offer{id: "return", label: fault.T("review.choice.return"), did: q.did("return"),
			do: func(c *correction) {
				c.edit(q.f.Record, func(d *roster.Decisions) { setStatus(d, roster.InScope, "") })
			}})
	case f == roster.Sex:
		return append(list, q.sexOffers()...)
	case f == roster.BirthDate:
		return append(list, offer{id: "date", label: fault.T("review.choice.date"), step: stepYear})
	case f == roster.Ethnicity:
		return append(list, q.picks(f, q.ethnicPicks())...)
	}
	return list
}

// did names the correction of this question by what was done and the row.
func (q inquiry) did(what string) fault.Text {
	return fault.T("review.did."+what, "Row", q.v.Roster.Records[q.f.Record].Row)
}

// doing makes a group's deed one person's.
func (q inquiry) doing(how func(*view, *roster.Decisions, check.Finding)) func(*correction) {
	return func(c *correction) {
		c.edit(q.f.Record, func(d *roster.Decisions) { how(q.v, d, q.f) })
	}
}

func (q inquiry) waiveOffer(id, reason string) offer {
	return offer{id: id, label: fault.T("review.choice." + id), did: q.did("confirm"), do: q.doing(
		func(_ *view, d *roster.Decisions, f check.Finding) { waive(d, waivedKey(f), reason) })}
}

func (q inquiry) statusOffer(id string, status roster.Status) offer {
	return offer{id: id, label: fault.T("review.choice." + id + "." + string(status)), did: q.did("status"), do: q.doing(leave(status))}
}

// picks offer values for a field on buttons.
func (q inquiry) picks(f roster.Field, values []string) []offer {
	var list []offer
	for i, value := range values {
		list = append(list, offer{
			id:    fmt.Sprintf("v%d.%s", i, q.pickTag(f, value)),
			label: fault.T("review.pick."+f.String(), "Value", clip(display(f, value), 28)),
			short: f == roster.Ethnicity || f == roster.Sex,
			value: &valueOf{f, value},
		})
	}
	return list
}

// pickTag marks the value of a button, so that a button never gives another value than it showed. A number of a person
// could be guessed from its mark, so its button is marked by the place instead.
func (q inquiry) pickTag(f roster.Field, value string) string {
	if isNumber(f) {
		return tag(q.v.Roster.Records[q.f.Record].ID(), q.f.Code)
	}
	return tag(f.String(), value)
}

func (q inquiry) numberOffers() []offer {
	var list []offer
	police := offer{id: "police", label: fault.T("review.choice.police"), did: q.did("police"), do: q.doing(
		func(_ *view, d *roster.Decisions, _ check.Finding) { d.Police = true })}
	drop := offer{id: "drop", label: fault.T("review.choice.drop"), did: q.did("drop"), do: q.doing(dropNumber)}
	see := offer{id: "see", label: fault.T("review.choice.see"), alert: q.fullNumber()}
	switch q.f.Code {
	case codeMissingID:
		return []offer{police}
	case codeSexMismatch:
		list = q.sexByNumber()
	case codeBirthMismatch:
		list = q.dateByNumber()
	case codeNotChilds:
		list = q.moveOffers()
	case codeParentsID:
		list = q.keepAsChilds()
	case codeSharedID:
		return append(q.ownerOffers(), see)
	case codeSeries:
		return append(q.seriesOffers(), see)
	case codeOtherCode:
		return []offer{{id: "note", label: fault.T("review.choice.note"), did: q.did("note"), do: q.doing(accept)}, drop, see}
	}
	if q.f.Suggestion != "" {
		list = append(list, q.picks(roster.PersonalID, []string{q.f.Suggestion})...)
	}
	return append(list, drop, see)
}

// fullNumber is what the alert shows that does not stay.
func (q inquiry) fullNumber() *fault.Text {
	alert := fault.T("review.alert.number", "Row", q.v.Roster.Records[q.f.Record].Row, "Number", clip(q.v.value(q.f.Record, asked(q.f)), 60))
	return &alert
}

func (q inquiry) parentsNumberOffers() []offer {
	f := asked(q.f)
	var list []offer
	if q.f.Suggestion != "" {
		list = q.picks(f, []string{q.f.Suggestion})
	}
	return append(list,
		offer{id: "clear", label: fault.T("review.choice.clear"), did: q.did("clear"), do: q.doing(
			func(_ *view, d *roster.Decisions, _ check.Finding) { setValue(d, f, "") })},
		offer{id: "see", label: fault.T("review.choice.see"), alert: q.fullNumber()})
}

func (q inquiry) dateOffers() []offer {
	var list []offer
	if q.f.Suggestion != "" {
		list = q.picks(roster.BirthDate, []string{q.f.Suggestion})
	}
	list = append(list, offer{id: "date", label: fault.T("review.choice.date"), step: stepYear})
	if q.f.Code == codeIncompleteDate {
		list = append(list, q.waiveOffer("nocert", reasonNoCertificate))
	}
	return list
}

func (q inquiry) sexOffers() []offer {
	values := []string{person.Male.String(), person.Female.String()}
	if q.f.Suggestion == values[1] {
		slices.Reverse(values)
	}
	return q.picks(roster.Sex, values)
}

// familyOffers are the parents of the rows next to this one when something says that both live in one home. Standing beside
// each other says nothing: one careless tap would give a child somebody else's mother.
func (q inquiry) familyOffers() []offer {
	var list []offer
	ro, record := q.v.Roster, q.f.Record
	for _, f := range []roster.Field{roster.MotherName, roster.FatherName} {
		for _, near := range []int{record - 1, record + 1} {
			if near < 0 || near >= len(ro.Records) || !oneHome(ro, near, record) || (q.f.Code == codeFatherOnly && f == roster.FatherName) {
				continue
			}
			name := person.ReadParent(q.v.raw(near, f))
			taken := slices.ContainsFunc(list, func(o offer) bool { return o.value.field == f && viet.Same(o.value.text, name.Value) })
			if name.Fault == "" && name.Value != "" && !taken {
				o := q.picks(f, []string{name.Value})[0]
				o.id = fmt.Sprintf("v%d.%s", len(list), q.pickTag(f, name.Value))
				list = append(list, o)
			}
		}
	}
	return list
}

// oneHome tells whether the list puts two people in one home: by household, householder, telephone or full address.
func oneHome(ro *roster.Roster, a, b int) bool {
	for _, f := range []roster.Field{roster.HouseholdCode, roster.HouseholdHead, roster.Phone, roster.Address} {
		text := viet.Fold(ro.Raw(a, f).Text)
		if text != "" && text == viet.Fold(ro.Raw(b, f).Text) && (f != roster.Address || strings.ContainsAny(text, "0123456789")) {
			return true
		}
	}
	return false
}

// leftOffers take the person off the list as the note says, or keep him.
func (q inquiry) leftOffers() []offer {
	var list []offer
	if status := q.f.Status; status != roster.InScope && status != roster.Duplicate {
		list = append(list, q.statusOffer("out", status))
	}
	stay := q.waiveOffer("ok", reasonConfirmed)
	stay.label = fault.T("review.choice.stay")
	return append(list, stay)
}
