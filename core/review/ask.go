package review

import (
	"fmt"
	"strings"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/person"
	"lamsach/core/roster"
)

// inquiry is the question that stands at an onAsk position.
type inquiry struct {
	v      *view
	f      check.Finding // Code, Field and Record are always set
	closed bool          // nothing is open here any more: it was answered, and is shown again
}

// inquiry finds the question of the state.
func (v *view) inquiry(s *State) inquiry {
	record, _ := v.Roster.Find(s.Record)
	for _, f := range v.open {
		if f.Record == record && f.Code == s.Code && f.Field == s.Field {
			return inquiry{v: v, f: f}
		}
	}
	severity, group := check.CodeInfo(s.Code)
	return inquiry{v: v, closed: true, f: check.Finding{Code: s.Code, Field: s.Field, Record: record, Severity: severity, Group: group}}
}

func (v *view) drawAsk(s *State) Screen {
	q := v.inquiry(s)
	body := append(q.header(s), Line{})
	if s.Step != stepNone {
		return v.drawStep(s, q, body)
	}
	body = append(body, q.question()...)
	var laid [][]Choice
	for _, o := range q.offers() {
		laid = o.lay(laid)
	}
	return Screen{Body: body, Choices: v.withNav(s, laid, true), Numbers: !q.takesDay()}
}

// header tells who is asked about: the place in the walk, the person, the family.
func (q inquiry) header(s *State) []Line {
	v, record := q.v, q.f.Record
	place := []fault.Text{
		fault.T("review.ask.place", "I", s.People+1, "Of", s.People+1+v.ahead(record)), v.row(record),
	}
	if hamlet := v.hamlet(record); hamlet != "" {
		place = append(place, plain(hamlet))
	}
	lines := []Line{line(Faint, "review.parts", "Parts", place)}
	if isPair(q.f.Code) && !q.closed && s.Step == stepNone {
		return lines // the question shows everybody it is about
	}
	lines = append(lines,
		line(Strong, "review.parts", "Parts", append([]fault.Text{v.name(record)}, v.facts(record)...)))
	for _, parts := range [][]fault.Text{v.family(record), v.benefit(record)} {
		if len(parts) > 0 {
			lines = append(lines, line(Plain, "review.parts", "Parts", parts))
		}
	}
	if number := v.value(record, roster.PersonalID); number != "" {
		lines = append(lines, line(Plain, "review.person.number", "Number", display(roster.PersonalID, number)))
	}
	return lines
}

// facts are sex, birth and ethnicity as the list has them now.
func (v *view) facts(record int) []fault.Text {
	var facts []fault.Text
	switch v.sex(record) {
	case person.Male:
		facts = append(facts, fault.T("review.sex.male"))
	case person.Female:
		facts = append(facts, fault.T("review.sex.female"))
	default:
		facts = append(facts, fault.T("review.sex.unknown"))
	}
	facts = append(facts, v.born(record))
	if e := v.value(record, roster.Ethnicity); e != "" {
		return append(facts, plain(veil(e)))
	}
	return append(facts, fault.T("review.ethnicity.unknown"))
}

func (v *view) born(record int) fault.Text {
	r := v.birthDate(record)
	raw := v.value(record, roster.BirthDate)
	switch {
	case r.Value.Complete():
		return fault.T("review.born.date", "Date", r.Value.String())
	case r.Value.Month == 0 && !r.Value.IsZero():
		return fault.T("review.born.partly_year", "Date", r.Value.String())
	case !r.Value.IsZero():
		return fault.T("review.born.partly", "Date", r.Value.String())
	case raw != "":
		return fault.T("review.born.unread", "Text", veil(raw))
	}
	return fault.T("review.born.unknown")
}

// family names mother, father and guardian; what is empty is said of the parents only.
func (v *view) family(record int) []fault.Text {
	var parts []fault.Text
	for _, who := range []struct {
		key         string
		name, birth roster.Field
		always      bool
	}{
		{"mother", roster.MotherName, roster.MotherBirth, v.ofChildren()},
		{"father", roster.FatherName, roster.FatherBirth, v.ofChildren()},
		{"guardian", roster.GuardianName, roster.NoField, false},
	} {
		name := v.value(record, who.name)
		read := person.ReadParent(v.raw(record, who.name))
		switch {
		case name != "" && read.Fault == person.Missing:
			parts = append(parts, fault.T("review.family."+who.key+".note", "Text", veil(name)))
		case name == "" && who.always:
			parts = append(parts, fault.T("review.family."+who.key+".none"))
		case name == "":
		case who.birth != roster.NoField && v.value(record, who.birth) != "":
			parts = append(parts, fault.T("review.family."+who.key+".born", "Name", veil(name), "Born", v.shown(record, who.birth)))
		default:
			parts = append(parts, fault.T("review.family."+who.key, "Name", veil(name)))
		}
	}
	return parts
}

// question asks: what is wrong, what is wanted, and an example of an answer.
func (q inquiry) question() []Line {
	if q.closed {
		return q.again()
	}
	var lines []Line
	switch q.f.Code {
	case codeSexMismatch, codeBirthMismatch:
		lines = q.mismatch()
	case codeDuplicate, codeLikelyDuplicate:
		lines = q.pair()
	case codeSharedID:
		lines = q.owners()
	case codeDiffers, codeMaybe:
		lines = q.later()
	default:
		if q.f.Code == codeLostZero && q.f.Args["Why"] == "differs" {
			lines = q.sides()
		}
		lines = append(lines, line(Plain, q.key("review.ask."), q.args()...))
		if other, shared := q.f.Args["Other"].(string); shared && isParentsNumber(q.f.Field) {
			lines = append(lines, line(Plain, "review.parent_id.other", "Where", q.v.row(q.f.Related[0]), "Name", veil(other)))
		}
	}
	return append(lines, q.example())
}

// key is the sentence of the code; parents' numbers have the child's sentences under a heading of their own.
func (q inquiry) key(prefix string) string {
	if isParentsNumber(q.f.Field) {
		return prefix + "parent_id"
	}
	if q.f.Code == codeMissingID && prefix == "review.ask." {
		switch {
		case q.f.Args["Newborn"] != nil:
			return "review.ask.newborn"
		case q.f.Args["Needs"] == "card":
			return "review.ask.card"
		}
	}
	return known(prefix, q.f.Code)
}

func (q inquiry) args() []any {
	value := q.f.Value
	if value == "" {
		value = q.v.value(q.f.Record, asked(q.f))
	}
	field := asked(q.f)
	var told []any
	for _, name := range []string{"Newborn", "Age", "ParentYear", "ChildYear", "Ages", "Due", "Coefficient", "Days", "Units"} {
		told = append(told, name, fmt.Sprint(q.f.Args[name])) // years are no counts: as text they are not grouped
	}
	if standard, ok := q.f.Args["Standard"]; ok {
		told = append(told, "Standard", standard)
	}
	return append(told,
		"Value", display(field, value), "Suggestion", display(field, q.f.Suggestion),
		"What", fault.T("review.field."+q.topic()), "Why", fault.T(why(q.f.Code)), "Born", q.v.shown(q.f.Record, roster.BirthDate),
		"Number", display(roster.PersonalID, q.v.value(q.f.Record, roster.PersonalID)),
		"Relative", fault.T("review.who."+relative(q.f.Field)))
}

// relative names whom a field is about: mother, father, guardian, or the child.
func relative(f roster.Field) string {
	for _, who := range []string{"mother", "father", "guardian"} {
		if strings.HasPrefix(f.String(), who) {
			return who
		}
	}
	return "child"
}

func (q inquiry) topic() string { return group{code: q.f.Code, field: q.f.Field}.topic() }

// why names the fault of a number of a parent.
func why(code string) string {
	switch word := lastWord(code); word {
	case "lost_zero", "lost_digits", "look_alike", "old_number", "malformed", "placeholder", "province_unknown", "duplicate", "other_code", "series", "sex_mismatch", "birth_mismatch":
		return "review.why." + word
	}
	return "review.why.other"
}

// again is shown when the question was answered and the officer came back to it.
func (q inquiry) again() []Line {
	if status := q.v.Roster.Records[q.f.Record].Status(); status != roster.InScope {
		return []Line{line(Plain, "review.again.left", "Status", fault.T("review.status."+string(status)))}
	}
	if f := asked(q.f); f != roster.NoField {
		if f == roster.PersonalID && q.v.Roster.Records[q.f.Record].Decided().Police {
			return []Line{line(Plain, "review.again.police"), q.example()}
		}
		if q.v.value(q.f.Record, f) == "" {
			return []Line{line(Plain, "review.again.empty", "What", fault.T("review.field."+f.String())), q.example()}
		}
		return []Line{line(Plain, "review.again.value", "What", fault.T("review.field."+f.String()), "Value", q.v.shown(q.f.Record, f)), q.example()}
	}
	return []Line{line(Plain, "review.again.done")}
}

// example shows what can be typed.
func (q inquiry) example() Line {
	if q.f.Args["Why"] == tooSoon {
		return line(Faint, "review.example.over_age") // a birth date is an answer too
	}
	return line(Faint, "review.example."+q.subject())
}

// subject is the kind of answer that is wanted: one of birth_date, sex, ethnicity, number, name, family, pair, yes.
func (q inquiry) subject() string {
	f := asked(q.f)
	switch {
	case q.f.Code == codeOverAge:
		return "over_age"
	case q.f.Code == codeDuplicate, q.f.Code == codeLikelyDuplicate:
		return "pair"
	case q.f.Code == codeLeftScope:
		return "status"
	case q.f.Code == codeSexMismatch:
		return "sex_mismatch"
	case q.f.Code == codeBirthMismatch:
		return "birth_mismatch"
	case isNumber(f):
		return "number"
	case f == roster.FullName:
		return "name"
	case f == roster.BirthDate, f == roster.Sex, f == roster.Ethnicity:
		return f.String()
	case isName(f), q.f.Code == codeNoFamily:
		return "family"
	case strings.HasPrefix(q.f.Code, "family."):
		return "family_doubt"
	}
	return "other"
}

// takesDay tells whether a small number is a plausible answer: the day of a month that is known.
func (q inquiry) takesDay() bool {
	if asked(q.f) != roster.BirthDate {
		return false
	}
	date := q.v.birthDate(q.f.Record).Value
	return date.Month != 0 && date.Day == 0
}
