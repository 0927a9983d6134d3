package review

import (
	"slices"
	"strconv"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/person"
	"lamsach/core/roster"
)

// decide puts an answer's values into a copy of the person's decisions.
func (q inquiry) decide(a answer) roster.Decisions {
	d := q.v.decided(q.f.Record)
	if a.status != roster.InScope { // who leaves the list needs no values
		setStatus(&d, a.status, "")
		return d
	}
	for _, v := range a.values {
		setValue(&d, v.field, v.text)
	}
	return d
}

// news leaves out what was said in passing and stands there already.
func (q inquiry) news(values []valueOf) []valueOf {
	if len(values) < 2 {
		return values
	}
	var news []valueOf
	for _, v := range values {
		if v.field == asked(q.f) || q.v.canonical(q.f.Record, v.field) != v.text {
			news = append(news, v)
		}
	}
	return news
}

// judge lets the rules of the list look at an answer before it is taken: what forbids it, and what makes it doubtful.
func (q inquiry) judge(a answer) (refused []fault.Text, doubts []check.Finding) {
	if a.status != roster.InScope {
		return q.judgeStatus(a), nil
	}
	for _, value := range a.values {
		if value.field != roster.PersonalID {
			continue
		}
		if other, taken := q.v.holder(value.text, q.f.Record); taken {
			return []fault.Text{fault.T("review.no.taken", "Where", q.v.row(other), "Name", q.v.name(other))}, nil
		}
	}
	before := map[question]bool{}
	for _, f := range q.v.Checker.Of(q.f.Record) {
		before[questionOf(f)] = true
	}
	for _, f := range q.v.Checker.Try(q.f.Record, q.decide(a)) {
		switch q.verdict(a, f, before[questionOf(f)]) {
		case refuse:
			refused = append(refused, fault.T(known("review.no.", f.Code), q.doubtArgs(f)...))
		case doubt:
			doubts = append(doubts, f)
		}
	}
	return refused, doubts
}

type verdict int

const (
	pass verdict = iota
	doubt
	refuse
)

// contradictions are errors that say only that two values do not fit: the officer may insist, and is asked about the
// other one next.
var contradictions = []string{
	codeSexMismatch, codeBirthMismatch, codeOverAge, codeUnknownProvince, codeDuplicate, codeLikelyDuplicate, codeSharedID,
}

// verdict judges one finding that would be there after the answer; was: it is there already.
func (q inquiry) verdict(a answer, f check.Finding, was bool) verdict {
	own := a.touches(f)
	asksThis := !q.closed && f.Code == q.f.Code && f.Field == q.f.Field && (own || a.answers(q))
	switch {
	case f.Severity == check.Info, f.Record < 0, f.Code == codeMissingID, f.Echo && !asksThis,
		isBenefit(f.Field) && !own: // what follows from the answer is asked next
		return pass
	case asksThis && f.Severity == check.Error:
		return refuse
	case slices.Contains(contradictions, f.Code):
		if was {
			return pass
		}
		return doubt
	case !own && was:
		return pass
	case f.Severity == check.Warning, !own:
		return doubt
	}
	return refuse
}

// touches tells whether a finding is about a value of the answer.
func (a answer) touches(f check.Finding) bool {
	for _, v := range a.values {
		if v.field == f.Field || v.field == asked(f) {
			return true
		}
	}
	return false
}

// answers tells whether a value of the answer is one that the question asks for.
func (a answer) answers(q inquiry) bool {
	for _, v := range a.values {
		if v.field == asked(q.f) || q.f.Code == codeSexMismatch && v.field == roster.Sex || q.f.Code == codeBirthMismatch && v.field == roster.BirthDate ||
			q.f.Code == codeNoFamily && isName(v.field) && v.field != roster.FullName {
			return true
		}
	}
	return false
}

// judgeStatus refuses a status that cannot be: the same as a row that is not there.
func (q inquiry) judgeStatus(a answer) []fault.Text {
	if a.status != roster.Duplicate {
		return nil
	}
	other, ok := q.v.atRow(a.row, q.f.Record)
	switch {
	case !ok:
		return []fault.Text{fault.T("review.no.row", "Row", a.row)}
	case other == q.f.Record:
		return []fault.Text{fault.T("review.no.same_row", "Row", a.row)}
	case q.v.Roster.Records[other].Status() != roster.InScope:
		return []fault.Text{fault.T("review.no.row_left", "Row", a.row)}
	}
	return nil
}

// statusDoubtful tells whether a status contradicts the list: over age by word, and not by birth date.
func (q inquiry) statusDoubtful(status roster.Status) bool {
	date := q.v.birthDate(q.f.Record).Value
	return status == roster.OverAge && date.Complete() && date.Civil().AddYears(16).After(q.v.Today)
}

// doubtArgs is what the sentence of a finding about an answer needs.
func (q inquiry) doubtArgs(f check.Finding) []any {
	id := q.v.personalID(q.f.Record).Value
	if read := person.ReadPersonalID(person.Raw{Text: f.Value}); isNumber(f.Field) && !read.Value.IsZero() {
		id = read.Value
	}
	where := q.v.row(q.f.Record)
	if len(f.Related) > 0 {
		where = q.v.row(f.Related[0])
	}
	return []any{
		"Sex", sexText(id.Sex()), "Year", strconv.Itoa(id.BirthYear()), "Where", where, "N", len(onlyDigits(f.Value)),
		"What", fault.T("review.field." + group{code: f.Code, field: f.Field}.topic()), "Why", fault.T(why(f.Code)),
	}
}
