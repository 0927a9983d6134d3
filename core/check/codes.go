package check

import (
	"slices"
	"strings"

	"lamsach/core/roster"
)

// told is how a code is told unless the kind of list says otherwise.
type told struct {
	code     string
	severity Severity
	group    Group
}

// codes are the findings of findings.md, in its order.
var codes = []told{
	{"personal_id.missing", Error, NoID},
	{"personal_id.lost_zero", Warning, BadID},
	{"personal_id.lost_digits", Error, BadID},
	{"personal_id.untidy", Info, BadID},
	{"personal_id.look_alike", Warning, BadID},
	{"personal_id.old_number", Error, BadID},
	{"personal_id.malformed", Error, BadID},
	{"personal_id.placeholder", Error, BadID},
	{"personal_id.province_unknown", Error, BadID},
	{"personal_id.sex_mismatch", Error, BadID},
	{"personal_id.birth_mismatch", Error, BadID},
	{"personal_id.not_childs", Error, BadID},
	{"personal_id.same_as_parent", Error, BadID},
	{"personal_id.duplicate", Error, BadID},
	{"personal_id.series", Warning, BadID},
	{"personal_id.other_code", Error, BadID},
	{"father_id.duplicate", Warning, BadID}, // a guardian may be an institution
	{"mother_id.duplicate", Warning, BadID},
	{"full_name.missing", Error, BasicInfo},
	{"full_name.malformed", Error, BasicInfo},
	{"full_name.single_word", Warning, BasicInfo},
	{"full_name.untidy", Info, BasicInfo},
	{"full_name.look_alike", Warning, BasicInfo},
	{"full_name.unaccented", Warning, BasicInfo},
	{"full_name.encoding", Error, BasicInfo},
	{"birth_date.missing", Error, BasicInfo},
	{"birth_date.malformed", Error, BasicInfo},
	{"birth_date.impossible", Error, BasicInfo},
	{"birth_date.future", Error, BasicInfo},
	{"birth_date.incomplete", Error, BasicInfo},
	{"birth_date.swapped", Warning, BasicInfo},
	{"birth_date.pile_up", Warning, BasicInfo},
	{"birth_date.untidy", Info, BasicInfo},
	{"birth_date.over_age", Error, Scope},
	{"sex.missing", Error, BasicInfo},
	{"sex.malformed", Error, BasicInfo},
	{"sex.untidy", Info, BasicInfo},
	{"ethnicity.missing", Error, BasicInfo},
	{"ethnicity.unknown", Error, BasicInfo},
	{"ethnicity.variant", Info, BasicInfo},
	{"ethnicity.ambiguous", Error, BasicInfo},
	{"family.missing", Error, BasicInfo},
	{"family.father_only", Warning, BasicInfo},
	{"family.parent_age", Warning, BasicInfo},
	{"family.same_name", Warning, BasicInfo},
	{"family.swapped", Warning, BasicInfo},
	{"category.missing", Warning, BasicInfo},
	{"category.unknown", Warning, BasicInfo},
	{"category.age_mismatch", Warning, Scope},
	{"coefficient.mismatch", Warning, BasicInfo},
	{"allowance.mismatch", Warning, BasicInfo},
	{"decision_no.missing", Warning, BasicInfo},
	{"benefit_from.malformed", Warning, BasicInfo},
	{"benefit_from.future", Warning, BasicInfo},
	{"record.duplicate", Error, Double},
	{"record.likely_duplicate", Warning, Double},
	{"record.twin", Info, Double},
	{"record.elsewhere", Warning, Double},
	{"record.left_scope", Info, Scope},
	{"match.differs", Warning, File},
	{"match.likely", Warning, File},
	{"file.unreadable", Error, File},
	{"file.password", Error, File},
	{"file.too_large", Error, File},
	{"file.truncated", Error, File},
	{"file.encoding", Info, File},
	{"file.formula", Warning, File},
	{"file.hidden", Warning, File},
	{"column.missing", Error, File},
	{"column.uncertain", Warning, File},
	{"column.contradicts", Warning, File},
}

// The last words of the findings about the numbers and names of parents and guardian; all of them are warnings.
var (
	relativeIDWords   = []string{"lost_zero", "lost_digits", "look_alike", "old_number", "malformed", "placeholder", "province_unknown", "sex_mismatch", "birth_mismatch", "other_code"}
	relativeNameWords = []string{"malformed", "look_alike", "encoding"}
)

// CodeInfo gives the severity and group under which a code is told. A finding may carry another severity than this
// where the kind of list, or a failed cross-check, changes it. Codes that are not ours are errors of the file.
func CodeInfo(code string) (Severity, Group) {
	for i := range codes {
		if codes[i].code == code {
			return codes[i].severity, codes[i].group
		}
	}
	area, word, _ := strings.Cut(code, ".")
	switch {
	case strings.HasPrefix(code, "match."):
		return Warning, File
	case word == "untidy" && relativeField(area) != roster.NoField:
		return Info, groupOf(area)
	case relativeField(area) != roster.NoField:
		return Warning, groupOf(area)
	}
	return Error, File
}

// relativeField gives the parent's or guardian's field that a code's area names.
func relativeField(area string) roster.Field {
	f, _ := roster.ParseField(area)
	switch f {
	case roster.FatherID, roster.MotherID, roster.GuardianID, roster.FatherName, roster.MotherName, roster.GuardianName:
		return f
	}
	return roster.NoField
}

func groupOf(area string) Group {
	if strings.HasSuffix(area, "_id") {
		return BadID
	}
	return BasicInfo
}

// Codes gives every code that a list can be told, sorted.
func Codes() []string {
	var all []string
	for i := range codes {
		all = append(all, codes[i].code)
	}
	for _, who := range []string{"father", "mother", "guardian"} {
		for _, word := range append([]string{"untidy"}, relativeIDWords...) {
			all = append(all, who+"_id."+word)
		}
		for _, word := range append([]string{"untidy"}, relativeNameWords...) {
			all = append(all, who+"_name."+word)
		}
	}
	slices.Sort(all)
	return all
}
