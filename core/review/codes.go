package review

import (
	"strings"

	"lamsach/core/check"
	"lamsach/core/roster"
)

// The codes that the talk treats in a way of their own (findings.md).
const (
	codeMissingID       = "personal_id.missing"
	codeLostZero        = "personal_id.lost_zero"
	codeLookAlike       = "personal_id.look_alike"
	codeSexMismatch     = "personal_id.sex_mismatch"
	codeBirthMismatch   = "personal_id.birth_mismatch"
	codeNotChilds       = "personal_id.not_childs"
	codeParentsID       = "personal_id.same_as_parent"
	codeSharedID        = "personal_id.duplicate"
	codeSeries          = "personal_id.series"
	codeOtherCode       = "personal_id.other_code"
	codeUnknownProvince = "personal_id.province_unknown"
	codeIncompleteDate  = "birth_date.incomplete"
	codeOverAge         = "birth_date.over_age"
	codeNoFamily        = "family.missing"
	codeFatherOnly      = "family.father_only"
	codeFamilySwapped   = "family.swapped"
	codeDuplicate       = "record.duplicate"
	codeElsewhere       = "record.elsewhere"
	codeLikelyDuplicate = "record.likely_duplicate"
	codeLeftScope       = "record.left_scope"
	codeAgeMismatch     = "category.age_mismatch"
	codeDiffers         = "match.differs"
	codeMaybe           = "match.likely"
)

// The reasons for which a finding is waived, as Decisions.Waived keeps them.
const (
	reasonConfirmed     = "confirmed"      // right as it stands
	reasonPapers        = "papers"         // compared with the papers
	reasonNoCertificate = "no_certificate" // no birth certificate to read it from
	reasonKeptRaw       = "kept_raw"       // the automatic correction was taken back
)

// lastWord gives "malformed" of "personal_id.malformed".
func lastWord(code string) string {
	_, word, _ := strings.Cut(code, ".")
	return word
}

// waivedKey is the key under which Decisions.Waived keeps the confirmation of a finding: a doubt about one parent says
// nothing about the other.
func waivedKey(f check.Finding) string {
	if area, _, _ := strings.Cut(f.Code, "."); (area == "family" || area == "match") && f.Field != roster.NoField {
		return f.Code + "@" + f.Field.String()
	}
	return f.Code
}

func isParentsNumber(f roster.Field) bool {
	return f == roster.FatherID || f == roster.MotherID || f == roster.GuardianID
}

func isNumber(f roster.Field) bool { return f == roster.PersonalID || isParentsNumber(f) }

// isBenefit tells the fields of an allowance from those of a person.
func isBenefit(f roster.Field) bool {
	switch f {
	case roster.Category, roster.Coefficient, roster.Allowance, roster.DecisionNo, roster.BenefitFrom:
		return true
	}
	return false
}

func isName(f roster.Field) bool {
	switch f {
	case roster.FullName, roster.FatherName, roster.MotherName, roster.GuardianName:
		return true
	}
	return false
}

// asked gives the field that a bare answer to the finding fills.
func asked(f check.Finding) roster.Field {
	area, _, _ := strings.Cut(f.Code, ".")
	switch {
	case f.Code == codeNoFamily:
		return roster.NoField
	case f.Code == codeFatherOnly:
		return roster.MotherName
	case area == "record", area == "family":
		return roster.NoField
	case f.Field != roster.NoField:
		return f.Field
	}
	field, _ := roster.ParseField(area)
	return field
}
