package roster

import (
	"slices"
	"strings"
	"sync"

	"lamsach/core/viet"
)

// notion is what a header text means, in the words of header_synonyms.csv: "full_name", "dob_year", "role_father".
type notion string

// reading is one way to understand a header text.
type reading struct {
	notion     notion
	confidence float64
}

// place is where a notion's column belongs in a record.
type place struct {
	field Field
	part  Part
}

// places are the notions that a record keeps. A notion of the vocabulary that is not here is known and left out,
// which keeps "Nơi cấp CCCD" or the ten-digit code of the education database from being taken for something else.
var places = map[notion]place{
	"stt": {Ordinal, Whole}, "full_name": {FullName, Whole}, "family_middle": {FullName, FamilyPart},
	"given_name": {FullName, GivenPart}, "dob": {BirthDate, Whole}, "dob_year": {BirthDate, YearPart},
	"dob_month": {BirthDate, MonthPart}, "dob_day": {BirthDate, DayPart}, "gender": {Sex, Whole},
	"gender_male": {Sex, MaleMark}, "gender_female": {Sex, FemaleMark}, "birth_male": {BirthDate, MaleMark},
	"birth_female": {BirthDate, FemaleMark}, "ethnicity": {Ethnicity, Whole}, "id_number": {PersonalID, Whole},
	"village": {Village, Whole}, "permanent_village": {Village, Whole}, "address": {Address, Whole},
	"permanent_address": {Address, Whole}, "current_address": {Address, Whole}, "phone": {Phone, Whole},
	"father_name": {FatherName, Whole}, "father_id": {FatherID, Whole}, "father_yob": {FatherBirth, Whole},
	"father_dob": {FatherBirth, Whole}, "mother_name": {MotherName, Whole}, "mother_id": {MotherID, Whole},
	"mother_yob": {MotherBirth, Whole}, "mother_dob": {MotherBirth, Whole}, "father_info": {FatherName, Whole},
	"mother_info": {MotherName, Whole}, "guardian_name": {GuardianName, Whole},
	"caregiver_name": {GuardianName, Whole}, "recipient_name": {GuardianName, Whole},
	"guardian_id": {GuardianID, Whole}, "caregiver_id": {GuardianID, Whole},
	"guardian_relation": {GuardianRelation, Whole}, "caregiver_relation": {GuardianRelation, Whole},
	"category_code": {Category, Whole}, "circumstances": {Category, Whole}, "coefficient": {Coefficient, Whole},
	"allowance": {Allowance, Whole}, "allowance_paid": {Allowance, Whole}, "decision_no": {DecisionNo, Whole}, "benefit_from": {BenefitFrom, Whole},
	"note": {Note, Whole}, "reason": {Note, Whole}, "child_code": {SoftwareCode, Whole},
	"student_code": {SoftwareCode, Whole}, "household_code": {HouseholdCode, Whole},
	"relation_to_householder": {HouseholdRelation, Whole},
	"householder_name":        {HouseholdHead, Whole}, "parent_name": {Parents, Whole}, "review_status": {ReviewStatus, Whole},
	"status": {Standing, Whole},

	"name_and_birth": {FullName, WithBirth},
	"father_family":  {FatherName, FamilyPart}, "father_given": {FatherName, GivenPart},
	"mother_family": {MotherName, FamilyPart}, "mother_given": {MotherName, GivenPart},
}

// ofRole gives the notion that a plain one becomes under a header that names somebody else than the person of the list.
var ofRole = map[notion]map[notion]notion{
	"role_father": {
		"full_name": "father_name", "given_name": "father_name", "id_number": "father_id", "dob": "father_dob",
		"dob_year": "father_yob", "old_id_number": "father_id",
	},
	"role_mother": {
		"full_name": "mother_name", "given_name": "mother_name", "id_number": "mother_id", "dob": "mother_dob",
		"dob_year": "mother_yob", "old_id_number": "mother_id",
	},
	"role_guardian": {
		"full_name": "guardian_name", "given_name": "guardian_name", "id_number": "guardian_id",
		"guardian_relation": "guardian_relation", "caregiver_relation": "guardian_relation",
	},
	"role_recipient":   {"full_name": "recipient_name", "given_name": "recipient_name"},
	"role_householder": {"full_name": "householder_name", "given_name": "householder_name"},
	"role_parents":     {"full_name": "parent_name", "given_name": "parent_name"},
}

// Confidence of a header by how it was understood.
const (
	sureWord   = 0.98 // the text is in the vocabulary
	plainWord  = 0.95 // … without its marks
	likelyWord = 0.92 // made out of words that the vocabulary knows
	doubtful   = 0.70 // several meanings, or a damaged text
)

// twoFaced are texts of the vocabulary that mean different things in different lists; contents decide.
var twoFaced = map[string]bool{"mã số": true, "mã": true, "số": true, "loại": true}

// vocabulary is the header texts by their plain key (headerKey) and by their folded one.
type vocabulary struct{ plain, folded map[string][]notion }

var words = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{plain: map[string][]notion{}, folded: map[string][]notion{}}
	for _, name := range []string{"header_synonyms.csv", "header_words.csv"} {
		for _, row := range table(name) {
			kind, n, text := row[0], notion(row[1]), headerKey(row[2])
			if n == "student_code" && strings.HasSuffix(text, "nh danh") {
				continue // one program's own use; everywhere else the personal number
			}
			if n == "dob_year_under_sex" {
				continue // two levels: made out by the role of the upper one
			}
			if kind != "school_import_mangled" {
				add(v.plain, text, n)
			}
			add(v.folded, viet.Fold(text), n)
		}
	}
	return v
})

func add(to map[string][]notion, key string, n notion) {
	if !slices.Contains(to[key], n) {
		to[key] = append(to[key], n)
	}
}

// headerKey is a header text in small letters, composed, with everything but letters, digits and the question marks
// of a lossy export turned into single blanks.
func headerKey(text string) string {
	var b strings.Builder
	blank := false
	for _, r := range viet.Lower(viet.NFC(text)) {
		switch {
		case r == '?' || r == '#' || isWordRune(r):
			if blank && b.Len() > 0 {
				b.WriteByte(' ')
			}
			blank = false
			b.WriteRune(r)
		default:
			blank = true
		}
	}
	return b.String()
}

func isWordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0xC0 && viet.IsLetter(r)
}

// lookUp finds the notions of one header text: as it stands, without brackets, without marks.
func lookUp(text string) []reading {
	key := headerKey(text)
	if key == "" || len(key) > 120 {
		return nil
	}
	if found := exact(key); found != nil {
		return found
	}
	if bare := headerKey(withoutBrackets(text)); bare != key && bare != "" {
		if found := exact(bare); found != nil {
			return found
		}
		key = bare
	}
	return nil
}

// exact finds a key in the vocabulary.
func exact(key string) []reading {
	v, confidence := words(), sureWord
	found := v.plain[key]
	if found == nil {
		found, confidence = v.folded[viet.Fold(key)], plainWord
	}
	if twoFaced[key] {
		confidence = doubtful
	}
	if strings.ContainsRune(key, '?') {
		confidence = min(confidence, 0.85)
	}
	var readings []reading
	for _, n := range found {
		readings = append(readings, reading{n, confidence})
	}
	return readings
}

// withoutBrackets drops what stands in brackets: "Họ và tên trẻ em (viết chữ in hoa)".
func withoutBrackets(text string) string {
	for {
		open := strings.IndexByte(text, '(')
		if open < 0 {
			return text
		}
		end := strings.IndexByte(text[open:], ')')
		if end < 0 {
			return text[:open]
		}
		text = text[:open] + " " + text[open+end+1:]
	}
}
