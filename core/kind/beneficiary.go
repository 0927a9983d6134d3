package kind

import (
	"lamsach/core/check"
	"lamsach/core/roster"
)

// Beneficiary is the list of people of all ages who receive social assistance, and of those who are paid for caring for
// them.
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
