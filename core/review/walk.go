package review

import "lamsach/core/check"

// question names one question of one person's, whatever its finding says at the moment.
type question struct {
	record int
	code   string
	field  string
}

func questionOf(f check.Finding) question {
	return question{record: f.Record, code: f.Code, field: f.Field.String()}
}

// start goes to the first open question, groups before people.
func (v *view) start(s *State) {
	s.Groups, s.Later = 0, nil
	v.groupsThenPeople(s)
}

func (v *view) groupsThenPeople(s *State) {
	if g, ok := v.nextGroup(s); ok {
		s.goTo(Position{Screen: onGroup, Group: g.tag})
		s.Seen = g.seen
		return
	}
	if len(v.open) > 0 {
		s.goTo(v.place(v.open[0], 0))
		return
	}
	s.goTo(Position{Screen: onEnd})
}

// place gives the position of a question, with so many people behind.
func (v *view) place(f check.Finding, people int) Position {
	return Position{Screen: onAsk, Record: v.Roster.Records[f.Record].ID(), Code: f.Code, Field: f.Field, People: people}
}

// onward goes to what comes after the present place.
func (v *view) onward(s *State) {
	if s.Screen != onAsk {
		v.groupsThenPeople(s)
		return
	}
	record, _ := v.Roster.Find(s.Record)
	here := v.rank(record, s.Code, s.Field)
	for _, f := range v.open {
		if v.rank(f.Record, f.Code, f.Field).compare(here) > 0 {
			v.goAsk(s, f)
			return
		}
	}
	s.goTo(Position{Screen: onEnd})
}

// goAsk goes to a question and counts the person who is left behind.
func (v *view) goAsk(s *State, f check.Finding) {
	people := 0
	if s.Screen == onAsk {
		people = s.People
		if s.Record != v.Roster.Records[f.Record].ID() {
			people++
		}
	}
	s.goTo(v.place(f, people))
}

// answered goes on after a correction at a question: to what the answer brought up about the same person, else onward.
func (v *view) answered(s *State, before map[question]bool) {
	record, _ := v.Roster.Find(s.Record)
	s.Answered = true
	for _, f := range v.open {
		if f.Record != record {
			continue
		}
		same := f.Code == s.Code && f.Field == s.Field
		if same || !before[questionOf(f)] {
			v.goAsk(s, f)
			return
		}
	}
	v.onward(s)
}

// questions gives the questions that are open about a person.
func (v *view) questions(record int) map[question]bool {
	open := map[question]bool{}
	for _, f := range v.open {
		if f.Record == record {
			open[questionOf(f)] = true
		}
	}
	return open
}

// ahead counts the people with open questions after the person, in the order of the walk.
func (v *view) ahead(record int) int {
	n, last := 0, -1
	for _, f := range v.open {
		if v.places[f.Record] > v.places[record] && f.Record != last {
			n++
			last = f.Record
		}
	}
	return n
}
