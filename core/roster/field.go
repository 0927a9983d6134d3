package roster

import "fmt"

// Field names one thing that a list says of a person. The names (String) are a contract: design.md section 4.
type Field uint8

// The fields that a list can carry. Fields after Note are needed to read lists, and are never findings' fields.
const (
	NoField Field = iota
	FullName
	BirthDate
	Sex
	Ethnicity
	PersonalID
	Village
	Address
	Phone
	FatherName
	FatherID
	FatherBirth
	MotherName
	MotherID
	MotherBirth
	GuardianName
	GuardianID
	GuardianRelation
	Category
	Coefficient
	Allowance
	DecisionNo
	BenefitFrom
	Note
	Ordinal       // STT
	SoftwareCode  // the code that the ministry's software gave the person
	HouseholdCode // mã hộ
	HouseholdHead // chủ hộ
	Parents       // father, mother or guardian in one cell
	ReviewStatus  // the column that our own workbooks add: moved, died, over age, same as row …

	HouseholdRelation // quan hệ với chủ hộ
	Standing          // tình trạng: how it stands with the person, as software writes it
	NumFields
)

var fieldNames = [NumFields]string{
	"", "full_name", "birth_date", "sex", "ethnicity", "personal_id", "village", "address", "phone",
	"father_name", "father_id", "father_birth", "mother_name", "mother_id", "mother_birth",
	"guardian_name", "guardian_id", "guardian_relation", "category", "coefficient", "allowance",
	"decision_no", "benefit_from", "note", "ordinal", "software_code", "household_code",
	"household_head", "parents", "review_status", "household_relation", "standing",
}

// String gives the contract name of the field.
func (f Field) String() string {
	if f < NumFields {
		return fieldNames[f]
	}
	return fmt.Sprintf("field(%d)", uint8(f))
}

// ParseField finds a field by its contract name.
func ParseField(name string) (Field, bool) {
	for f, n := range fieldNames {
		if n == name && f != 0 {
			return Field(f), true
		}
	}
	return NoField, false
}

// MarshalText writes the contract name.
func (f Field) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads the contract name; the empty text is NoField.
func (f *Field) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*f = NoField
		return nil
	}
	found, ok := ParseField(string(text))
	if !ok {
		return fmt.Errorf("roster: unknown field %q", text)
	}
	*f = found
	return nil
}
