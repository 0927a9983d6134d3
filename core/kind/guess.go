package kind

import (
	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/person"
	"lamsach/core/roster"
)

// evidence is what a list's columns and contents say of its kind.
type evidence struct {
	people, dated, adults int // records looked at; those whose birth can be read; those of age
	paid                  int // columns of an allowance that hold anything
	categories            int // people with a category of social assistance
	parents               bool
}

// looked is how many people of a list, spread over it, tell enough.
const looked = 400

// Shares of a list from which its people tell what it is.
const (
	enoughDated = 10
	mostAdults  = 0.8
	manyAdults  = 0.5
	fewAdults   = 0.05
)

// Guess gives the kind of a list that was read without being told. The reader's own guess, by title and headers, holds
// unless the people of the list say otherwise: adults who are paid, or nearly only adults without a place for parents,
// are no list of children; children with their parents, and no column of an allowance, are one.
func Guess(ro *roster.Roster, today civil.Date) Kind {
	e := look(ro, today)
	adults := 0.0
	if e.dated >= enoughDated {
		adults = float64(e.adults) / float64(e.dated)
	}
	switch {
	case ro.Kind == roster.KindChild && e.dated >= enoughDated:
		if adults >= mostAdults && !e.parents || adults >= manyAdults && (e.paid > 0 || 2*e.categories >= e.people) && !e.parents {
			return Beneficiary()
		}
	case ro.Kind == roster.KindBeneficiary && e.dated >= enoughDated:
		if adults <= fewAdults && e.parents && e.paid == 0 && 2*e.categories < e.people {
			return Child()
		}
	}
	return Of(ro.Kind)
}

func look(ro *roster.Roster, today civil.Date) evidence {
	e := evidence{parents: ro.Has(roster.FatherName) && ro.Has(roster.MotherName)}
	columns := []roster.Field{roster.Coefficient, roster.Allowance, roster.DecisionNo, roster.BenefitFrom}
	filled := map[roster.Field]bool{}
	for rec := 0; rec < len(ro.Records); rec += len(ro.Records)/looked + 1 {
		e.people++
		v := ro.Value(rec, roster.BirthDate)
		birth := person.ReadBirthDate(person.Raw{Text: v.Text, Numeric: v.Kind == roster.Number, Date: v.Kind == roster.Date}, today)
		if year := birth.Value.Year; year != 0 && birth.Fault != person.Future {
			e.dated++
			if today.Year-year > adultYears {
				e.adults++
			}
		}
		for _, f := range columns {
			filled[f] = filled[f] || ro.Value(rec, f).Text != ""
		}
		if category := ro.Value(rec, roster.Category).Text; category != "" {
			if _, ok := check.TypedBenefit(roster.Category, category); ok {
				e.categories++
			}
		}
	}
	for _, f := range columns {
		if filled[f] {
			e.paid++
		}
	}
	return e
}

// adultYears is the age above which a person is no overgrown child of a children's list.
const adultYears = 18
