// Package kind names the kinds of list that the program knows: what each of them is checked by, and what it asks for.
package kind

import (
	"lamsach/core/check"
	"lamsach/core/roster"
)

// Kind is one kind of list.
type Kind struct {
	Name   string         // as Roster.Kind: "child"
	Rules  []check.Rule   // what it is checked by
	Fields []roster.Field // what its lists tell of a person, in the order in which they are written out
}

// Child is the list of children under 16.
func Child() Kind {
	return Kind{
		Name:  roster.KindChild,
		Rules: check.Rules(),
		Fields: []roster.Field{
			roster.FullName, roster.BirthDate, roster.Sex, roster.Ethnicity, roster.PersonalID,
			roster.FatherName, roster.FatherID, roster.MotherName, roster.MotherID,
			roster.GuardianName, roster.GuardianID, roster.Village, roster.Phone, roster.Note,
		},
	}
}

// Beneficiary is the list of people of all ages who receive social assistance.
func Beneficiary() Kind {
	return Kind{
		Name:  roster.KindBeneficiary,
		Rules: check.BeneficiaryRules(),
		Fields: []roster.Field{
			roster.FullName, roster.BirthDate, roster.Sex, roster.Ethnicity, roster.PersonalID, roster.Village,
			roster.Category, roster.Coefficient, roster.Allowance, roster.DecisionNo, roster.BenefitFrom,
			roster.GuardianName, roster.GuardianID, roster.Phone, roster.Note,
		},
	}
}

// All gives every kind.
func All() []Kind { return []Kind{Child(), Beneficiary()} }

// Of gives the kind of a name; a name nobody knows is a list of children.
func Of(name string) Kind {
	for _, k := range All() {
		if k.Name == name {
			return k
		}
	}
	return Child()
}

// Guess gives the kind that the list was read as.
func Guess(ro *roster.Roster) Kind { return Of(ro.Kind) }
