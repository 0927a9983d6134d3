package review

import (
	"fmt"
	"slices"
	"strconv"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/person"
	"lamsach/core/roster"
	"time"
)

// drawStep draws a step within a question, below the person's header.
func (v *view) drawStep(s *State, q inquiry, body []Line) Screen {
	var laid [][]Choice
	switch s.Step {
	case stepConfirm:
		body = append(body, q.confirmation(s.Pending)...)
		laid = rows(2, choice("yes", "review.choice.yes"), choice("no", "review.choice.no"))
	case stepWhich:
		body = append(body, line(Plain, "review.which", "Name", veil(s.Pending.Values[roster.NoField])))
		laid = rows(1, choice("w-mother", "review.choice.which.mother"), choice("w-father", "review.choice.which.father"), choice("w-guardian", "review.choice.which.guardian"))
	case stepStatus:
		body = append(body, line(Plain, "review.status_step"), line(Faint, "review.example.status"))
		var choices []Choice
		for i, status := range statuses {
			choices = append(choices, choice("s"+strconv.Itoa(i), "review.status."+string(status)))
		}
		laid = rows(2, choices...)
	case stepYear:
		body = append(body, line(Plain, "review.date.year"))
		laid = rows(6, v.years()...)
	case stepMonth:
		body = append(body, line(Plain, "review.date.month", "Year", strconv.Itoa(s.picked().Year)))
		laid = rows(6, numbered("m", 1, 12)...)
	case stepDay:
		date := s.picked()
		body = append(body, line(Plain, "review.date.day", "Date", date.String()))
		laid = rows(7, numbered("d", 1, civil.DaysIn(date.Year, time.Month(date.Month)))...)
	}
	return Screen{Body: body, Choices: v.withNav(s, laid, true), Numbers: s.Step != stepYear && s.Step != stepMonth && s.Step != stepDay}
}

// years are those in which a child of the list can be born, newest first.
func (v *view) years() []Choice {
	var choices []Choice
	for year := v.Today.Year; year > v.Today.Year-17; year-- {
		choices = append(choices, choice("y"+strconv.Itoa(year), "review.number", "Number", strconv.Itoa(year)))
	}
	return choices
}

func numbered(verb string, from, to int) []Choice {
	var choices []Choice
	for n := from; n <= to; n++ {
		choices = append(choices, choice(verb+strconv.Itoa(n), "review.number", "Number", strconv.Itoa(n)))
	}
	return choices
}

// picked is the part of a date that was chosen so far.
func (s *State) picked() person.BirthDate {
	if s.Pending == nil {
		return person.BirthDate{}
	}
	date, err := person.ParseBirthDate(s.Pending.Values[roster.BirthDate])
	if err != nil {
		return person.BirthDate{}
	}
	return date
}

// pickDate goes to the first step of choosing a date that is not known already.
func (t *turn) pickDate(q inquiry) {
	var known person.BirthDate
	switch q.f.Code {
	case codeIncompleteDate:
		known = t.birthDate(q.f.Record).Value
	case "birth_date.missing", "birth_date.malformed", "birth_date.impossible":
		known.Year = t.personalID(q.f.Record).Value.BirthYear()
	}
	t.stepDate(known)
}

func (t *turn) stepDate(date person.BirthDate) {
	date.Day = 0
	t.s.Pending = &Pending{Values: map[roster.Field]string{roster.BirthDate: date.String()}}
	switch {
	case date.Year == 0:
		t.s.Pending, t.s.Step = nil, stepYear
	case date.Month == 0:
		t.s.Step = stepMonth
	default:
		t.s.Step = stepDay
	}
}

// pressDate takes a year, a month or a day; false when it is none of the present step.
func (t *turn) pressDate(verb byte, n int) bool {
	date := t.s.picked()
	switch {
	case verb == 'y' && t.s.Step == stepYear && n > t.Today.Year-200 && n <= t.Today.Year:
		t.stepDate(person.BirthDate{Year: n})
	case verb == 'm' && t.s.Step == stepMonth && n >= 1 && n <= 12:
		t.stepDate(person.BirthDate{Year: date.Year, Month: n})
	case verb == 'd' && t.s.Step == stepDay && n >= 1 && n <= civil.DaysIn(date.Year, time.Month(date.Month)):
		date.Day = n
		t.leaveStep()
		t.propose(t.inquiry(&t.s), answer{values: []valueOf{{roster.BirthDate, date.String()}}})
	default:
		return false
	}
	return true
}

// typedDatePart reads what is typed while a date is chosen: "2016", "4", "15".
func (t *turn) typedDatePart(text string) bool {
	n, err := strconv.Atoi(text)
	if err != nil {
		return false
	}
	switch t.s.Step {
	case stepYear:
		if n < 100 {
			n += t.Today.Year / 100 * 100
		}
		return t.pressDate('y', n)
	case stepMonth:
		return t.pressDate('m', n)
	case stepDay:
		return t.pressDate('d', n)
	}
	return false
}

func (t *turn) leaveStep() { t.s.Step, t.s.Pending = stepNone, nil }

// confirmation asks whether the pending answer is right, with what speaks for and against it.
func (q inquiry) confirmation(p *Pending) []Line {
	if p == nil {
		return nil
	}
	var lines []Line
	if p.Status != roster.InScope {
		lines = append(lines, line(Strong, "review.confirm.status", "Status", fault.T("review.status."+string(p.Status)), "Born", q.v.shown(q.f.Record, roster.BirthDate)))
	}
	for _, f := range p.fields() {
		lines = append(lines, line(Strong, "review.confirm.value", "What", fault.T("review.field."+f.String()), "Value", display(f, p.Values[f])))
		if f == roster.BirthDate && q.yearFits(p.Values[f]) {
			lines = append(lines, line(Plain, "review.confirm.year_fits"))
		}
		if old := q.v.shown(q.f.Record, f); old != "" && old != display(f, p.Values[f]) {
			lines = append(lines, line(Plain, "review.confirm.instead", "Value", old))
		}
	}
	if q.v.judged != p {
		_, q.v.doubts = q.judge(p.answer())
	}
	for _, f := range q.v.doubts {
		key := known("review.doubt.", f.Code)
		if isParentsNumber(f.Field) {
			key = "review.doubt.parent_id"
		}
		lines = append(lines, line(Plain, key, q.doubtArgs(f)...))
	}
	return lines
}

// yearFits tells whether the number says the same year of birth.
func (q inquiry) yearFits(date string) bool {
	born, err := person.ParseBirthDate(date)
	id := q.v.personalID(q.f.Record)
	return err == nil && id.Fault == "" && !id.Value.IsZero() && id.Value.BirthYear() == born.Year
}

func (p *Pending) fields() []roster.Field {
	fields := make([]roster.Field, 0, len(p.Values))
	for f := range p.Values {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	return fields
}

func (p *Pending) answer() answer {
	a := answer{status: p.Status}
	for _, f := range p.fields() {
		a.values = append(a.values, valueOf{f, p.Values[f]})
	}
	return a
}

// pressStep takes a choice of the present step; false when it is none of them.
func (t *turn) pressStep(id string) bool {
	q := t.inquiry(&t.s)
	switch {
	case id == "yes" && t.s.Step == stepConfirm:
		a := t.s.Pending.answer()
		t.leaveStep()
		t.settle(q, a)
	case id == "no" && t.s.Step == stepConfirm:
		t.leaveStep()
	case t.s.Step == stepWhich && whose[id] != roster.NoField:
		name := t.s.Pending.Values[roster.NoField]
		t.leaveStep()
		t.propose(q, answer{values: []valueOf{{whose[id], name}}})
	case t.s.Step == stepStatus && len(id) == 2 && id[0] == 's' && id[1] >= '0' && int(id[1]-'0') < len(statuses):
		t.leaveStep()
		t.propose(q, answer{status: statuses[id[1]-'0']})
	case len(id) > 1:
		var n int
		if _, err := fmt.Sscanf(id[1:], "%d", &n); err != nil {
			return false
		}
		return t.pressDate(id[0], n)
	default:
		return false
	}
	return true
}

var whose = map[string]roster.Field{"w-mother": roster.MotherName, "w-father": roster.FatherName, "w-guardian": roster.GuardianName}
