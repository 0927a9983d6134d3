package review

import (
	"fmt"
	"maps"
	"slices"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/roster"
)

// later asks what a list sent again left open: which of two values holds, or whether two people are one.
func (q inquiry) later() []Line {
	if q.f.Code == codeMaybe {
		return []Line{line(Plain, "review.ask.match.likely", "Earlier", earlierText(q.f))}
	}
	return []Line{line(Plain, "review.ask.match.differs", q.v.sides(q.f)...)}
}

// earlierText names somebody of the earlier list: row, name, birth, mother, as far as they are known.
func earlierText(f check.Finding) []fault.Text {
	parts := []fault.Text{fault.T("review.row", "Row", f.Args["Row"]), plain(veil(fmt.Sprint(f.Args["Name"])))}
	for _, more := range []struct{ name, key string }{{"Birth", "review.earlier.born"}, {"Mother", "review.earlier.mother"}} {
		if text, _ := f.Args[more.name].(string); text != "" {
			parts = append(parts, fault.T(more.key, "Text", veil(text)))
		}
	}
	return parts
}

// sides gives the three values of a difference: before, as corrected here, as the software has it now.
func (v *view) sides(f check.Finding) []any {
	shown := func(text string) any {
		if text == "" {
			return fault.T("review.empty_value")
		}
		return display(f.Field, text)
	}
	return []any{
		"What", fault.T("review.field." + f.Field.String()), "Was", shown(fmt.Sprint(f.Args["Was"])), "Ours", shown(fmt.Sprint(f.Args["Ours"])),
		"Theirs", shown(f.Value),
	}
}

// laterOffers are the buttons of those questions.
func (q inquiry) laterOffers() []offer {
	one := func(id, key string, how func(*view, *roster.Decisions, check.Finding), pairs ...any) offer {
		return offer{id: id, label: fault.T(key, pairs...), did: q.did(id), do: q.doing(how)}
	}
	if q.f.Code == codeMaybe {
		return []offer{
			one("earlier", "review.choice.earlier", takeEarlier), one("newcomer", "review.choice.newcomer", dropEarlier),
			{id: "status", label: fault.T("review.choice.status"), step: stepStatus},
		}
	}
	sides := q.v.sides(q.f)
	return []offer{one("ours", "review.choice.ours", confirm, sides...), one("theirs", "review.choice.theirs", takeTheirs, sides...)}
}

// takeTheirs lets what the software says hold.
func takeTheirs(_ *view, d *roster.Decisions, f check.Finding) {
	delete(d.Fixed, f.Field)
	if len(d.Fixed) == 0 {
		d.Fixed = nil
	}
}

// takeEarlier lets what was decided about the person of the earlier list hold, but for what has been decided since.
func takeEarlier(_ *view, d *roster.Decisions, _ check.Finding) {
	if d.Earlier == nil {
		return
	}
	kept := d.Earlier.Kept
	d.Earlier = nil
	for _, f := range slices.Sorted(maps.Keys(kept.Fixed)) {
		if fix, ok := d.Fixed[f]; ok && fix.By == roster.ByOfficer {
			continue
		}
		if d.Fixed == nil {
			d.Fixed = map[roster.Field]roster.Fix{}
		}
		d.Fixed[f] = kept.Fixed[f]
	}
	for key, reason := range kept.Waived {
		waive(d, key, reason)
	}
	if d.Status == roster.InScope {
		setStatus(d, kept.Status, kept.SameAs)
	}
	d.Police = d.Police || kept.Police
	d.NotSame = append(d.NotSame, kept.NotSame...)
}

// dropEarlier says that the two are not one person.
func dropEarlier(_ *view, d *roster.Decisions, _ check.Finding) { d.Earlier = nil }
