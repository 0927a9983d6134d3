package check

import "slices"

// Rules gives the rules for a list of children, in the order in which they are run.
func Rules() []Rule {
	return slices.Concat(Common(), []Rule{
		{Name: "family", Codes: []string{"family.missing", "family.father_only"}, Row: checkFamily},
	})
}

// BeneficiaryRules gives the rules for a list of people of all ages who receive an allowance: no family is asked for (though parents who
// stand in it are looked at), and nobody is too old.
func BeneficiaryRules() []Rule { return slices.Concat(Common(), benefitRules()) }

// Common gives the rules that every list of people has, whatever its kind. Those that know children from adults ask the
// list what it is.
func Common() []Rule {
	return []Rule{
		{Name: "personal_id", Codes: startingWith("personal_id."), Row: checkNumber},
		{Name: "full_name", Codes: startingWith("full_name."), Row: checkName},
		{Name: "birth_date", Codes: startingWith("birth_date."), Row: checkBirth},
		{Name: "sex", Codes: []string{"sex.missing", "sex.untidy"}, Row: checkSex},
		{Name: "ethnicity", Codes: []string{"ethnicity.unknown", "ethnicity.variant", "ethnicity.ambiguous"}, Row: checkEthnicity},
		{Name: "parents", Codes: []string{"family.parent_age", "family.same_name", "family.swapped"}, Row: checkParents},
		{Name: "relative_names", Codes: relativeCodes("_name", relativeNameWords), Row: checkRelativeNames},
		{Name: "relative_numbers", Codes: relativeCodes("_id", relativeIDWords), Row: checkRelativeNumbers},
		{Name: "left_scope", Codes: []string{"record.left_scope"}, Row: checkScope},
		{Name: "later_list", Codes: startingWith("match."), Row: checkLater},
		{Name: "doubles", Codes: []string{"record.duplicate"}, List: listDoubles},
		{Name: "likely_doubles", Codes: []string{"record.likely_duplicate"}, List: listLikely},      // after doubles
		{Name: "shared_numbers", Codes: []string{"personal_id.duplicate"}, List: listSharedNumbers}, // after doubles
		{Name: "shared_parents", Codes: []string{"father_id.duplicate", "mother_id.duplicate"}, List: listSharedParents},
		{Name: "shifts", Codes: []string{"personal_id.sex_mismatch", "personal_id.birth_mismatch"}, List: listShifts},
		{Name: "twins", Codes: []string{"record.twin"}, List: listTwins},
		{Name: "series", Codes: []string{"personal_id.series"}, List: listSeries},
		{Name: "swapped_dates", Codes: []string{"birth_date.swapped"}, List: listSwappedDates},
		{Name: "piled_dates", Codes: []string{"birth_date.pile_up"}, List: listPiledDates},
		{Name: "unaccented", Codes: []string{"full_name.unaccented"}, List: listUnaccented},
		{Name: "sex_words", Codes: []string{"sex.malformed"}, List: listSexWords},
		{Name: "missing_ethnicity", Codes: []string{"ethnicity.missing"}, List: listMissingEthnicity},
		{Name: "columns", Codes: startingWith("column."), List: listColumns},
		{Name: "file", Codes: []string{"file.encoding", "file.formula", "file.hidden"}, List: listFile},
	}
}

// startingWith gives the codes of one area.
func startingWith(area string) []string {
	var found []string
	for i := range codes {
		if len(codes[i].code) > len(area) && codes[i].code[:len(area)] == area {
			found = append(found, codes[i].code)
		}
	}
	return found
}

// relativeCodes gives the codes about one thing of father, mother and guardian.
func relativeCodes(thing string, words []string) []string {
	var all []string
	for _, who := range []string{"father", "mother", "guardian"} {
		for _, word := range append([]string{"untidy"}, words...) {
			all = append(all, who+thing+"."+word)
		}
	}
	return all
}
