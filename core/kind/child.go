package kind

import (
	"lamsach/core/check"
	"lamsach/core/roster"
)

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
