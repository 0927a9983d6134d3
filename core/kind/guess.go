package kind

import (
	"strconv"
	"strings"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// evidence is what a list's words, columns and contents say of its kind.
type evidence struct {
	people, dated, adults int // records looked at; those whose birth can be read; those of age
	paid                  int // columns of an allowance that hold anything
	categories            int // people with a category of social assistance
	allowances            int // people with an amount as high as a monthly allowance
	parents               bool
	aid, children         bool // the titles or the sheets' names speak of social assistance; of children
}

// looked is how many people of a list, spread over it, tell enough.
const looked = 400

// Shares of a list from which its people tell what it is.
const (
	enoughDated = 10
	fewDated    = 3 // of a list that says it is one of children: two wrong dates are two wrong dates
	mostAdults  = 0.8
	manyAdults  = 0.5
	fewAdults   = 0.05
)

// Words by which titles and sheets' names speak of social assistance, and of children. Folded; whole words.
var (
	aidWords = []string{
		"btxh", "bao tro xa hoi", "tro giup xa hoi", "tro cap", "chi tra", "huu tri xa hoi", "nguoi cao tuoi", "cao tuoi", "nct", "nguoi gia", "khuyet tat", "nkt",
		"don than", "mo coi", "kinh phi cham soc", "ho tro cham soc", "nuoi duong hang thang",
	}
	childWords = []string{"tre em", "hoc sinh", "mam non", "tieu hoc", "thcs", "thieu nhi", "nhi dong"} // "cháu" and "trẻ" alone are in names of places
)

// Guess gives the kind of a list that was read without being told. The reader's own guess, by title and headers, holds
// unless the people of the list say otherwise: adults who are paid, or nearly only adults without a place for parents,
// are no list of children; children with their parents, and no column of an allowance, are one.
func Guess(ro *roster.Roster, today civil.Date) Kind {
	e := look(ro, today)
	switch {
	case ro.Kind == roster.KindChild && e.receivers():
		return Beneficiary()
	case ro.Kind == roster.KindBeneficiary && e.dated >= enoughDated && e.share() <= fewAdults && e.parents && e.paid == 0 && 2*e.categories < e.people:
		return Child()
	}
	return Of(ro.Kind)
}

// share is that of the adults.
func (e *evidence) share() float64 { return float64(e.adults) / float64(max(e.dated, 1)) }

// receivers reports whether the people of what was taken for a list of children receive social assistance.
func (e *evidence) receivers() bool {
	adults, told := e.share(), e.paid > 0 || e.categories > 0 && 2*e.categories >= e.people
	switch {
	case e.parents:
		return false // adults' lists have no place for both
	case e.dated >= enoughDated && adults >= mostAdults, adults >= manyAdults && (told || e.aid):
		return true
	case e.dated > 0 && e.adults == e.dated && (!e.children || e.dated >= fewDated):
		return true // few people, and no child
	}
	return !e.children && (e.aid && (told || adults > 0 || e.dated == 0) || 2*e.allowances > e.people)
}

func look(ro *roster.Roster, today civil.Date) evidence {
	e := evidence{parents: ro.Has(roster.FatherName) && ro.Has(roster.MotherName)}
	words := []string{ro.Titles}
	for _, sheet := range ro.Sheets {
		if sheet.Records > 0 {
			words = append(words, viet.Fold(sheet.Name))
		}
	}
	e.aid, e.children = speaks(words, aidWords), speaks(words, childWords)
	columns := []roster.Field{roster.Coefficient, roster.Allowance, roster.DecisionNo, roster.BenefitFrom}
	filled := map[roster.Field]bool{}
	for rec := 0; rec < len(ro.Records); rec += len(ro.Records)/looked + 1 {
		e.person(ro, rec, today)
		for _, f := range columns {
			filled[f] = filled[f] || ro.Value(rec, f).Text != ""
		}
	}
	for _, f := range columns {
		if filled[f] {
			e.paid++
		}
	}
	return e
}

// speaks reports whether one of the texts holds one of the words.
func speaks(texts, words []string) bool {
	letter := func(r rune) bool { return r < 'a' || r > 'z' }
	for _, text := range texts {
		line := " " + strings.Join(strings.FieldsFunc(text, letter), " ") + " "
		for _, word := range words {
			if strings.Contains(line, " "+word+" ") {
				return true
			}
		}
	}
	return false
}

// person adds what one person says.
func (e *evidence) person(ro *roster.Roster, rec int, today civil.Date) {
	e.people++
	v := ro.Value(rec, roster.BirthDate)
	birth := person.ReadBirthDate(person.Raw{Text: v.Text, Numeric: v.Kind == roster.Number, Date: v.Kind == roster.Date}, today)
	if year := birth.Value.Year; year != 0 && birth.Fault != person.Future {
		e.dated++
		if today.Year-year > adultYears {
			e.adults++
		}
	}
	if category := ro.Value(rec, roster.Category).Text; category != "" {
		if _, ok := check.TypedBenefit(roster.Category, category); ok {
			e.categories++
		}
	}
	if amount, ok := check.TypedBenefit(roster.Allowance, ro.Value(rec, roster.Allowance).Text); ok {
		if n, err := strconv.Atoi(amount); err == nil && n >= leastAllowance {
			e.allowances++
		}
	}
}

// adultYears is the age above which a person is no overgrown child of a children's list.
const adultYears = 18

// leastAllowance is what nobody receives less than a month, in VND: a gift or a meal is less.
const leastAllowance = 270_000
