package person

import (
	_ "embed"
	"fmt"
	"log/slog"
	"strings"
)

// PersonalID is a person's number (số định danh cá nhân): 12 digits, of which the first three name the province, or
// country, of birth registration, the fourth century and sex, the next two the year of birth. It is valid by
// construction: the place exists, and the number is none of those that are typed to fill a cell. There is no check digit,
// so it may still be somebody else's. The zero value is no number.
//
// Printing it with String shows all of it; in logs it masks itself.
type PersonalID struct{ digits string }

//go:embed data/id_province_codes.csv
var provinceCSV string

var provinces = provinceTable()

func provinceTable() [100]string {
	var table [100]string
	for i, line := range strings.Split(strings.TrimSpace(provinceCSV), "\n") {
		if fields := strings.Split(line, ","); i > 0 && len(fields) > 1 && len(fields[0]) == 3 {
			table[number(fields[0])] = fields[1]
		}
	}
	return table
}

// Province gives the province, as named when it was numbered, that numbers with this code of three digits were
// registered in. Codes stayed when provinces merged.
func Province(code string) (string, bool) {
	if len(code) != 3 || !allDigits(code) || code[0] != '0' {
		return "", false
	}
	name := provinces[number(code)]
	return name, name != ""
}

// firstCountry is where the codes of countries begin.
const firstCountry = 101

func placeKnown(digits string) bool {
	code := number(digits[:3])
	return code >= firstCountry || code < len(provinces) && provinces[code] != ""
}

// ParsePersonalID reads 12 digits and nothing else. Its errors say what is wrong without repeating the number.
func ParsePersonalID(s string) (PersonalID, error) {
	switch {
	case len(s) != 12 || !allDigits(s):
		return PersonalID{}, fmt.Errorf("person: a personal number has 12 digits")
	case madeUp(s):
		return PersonalID{}, fmt.Errorf("person: not a number that is given to people")
	case !placeKnown(s):
		return PersonalID{}, fmt.Errorf("person: no province or country has this code")
	}
	return PersonalID{s}, nil
}

// String gives the 12 digits; the empty text for no number.
func (id PersonalID) String() string { return id.digits }

// IsZero reports whether there is no number.
func (id PersonalID) IsZero() bool { return id.digits == "" }

// Masked shows the place and the last two digits only: "014•••••••56".
func (id PersonalID) Masked() string {
	if id.IsZero() {
		return ""
	}
	return id.digits[:3] + "•••••••" + id.digits[10:]
}

// Sex gives what the fourth digit says: even is male, odd female.
func (id PersonalID) Sex() Sex {
	switch {
	case id.IsZero():
		return UnknownSex
	case (id.digits[3]-'0')%2 == 0:
		return Male
	}
	return Female
}

// BirthYear gives the year of birth in four digits; 0 for no number.
func (id PersonalID) BirthYear() int {
	if id.IsZero() {
		return 0
	}
	return 1900 + 100*int((id.digits[3]-'0')/2) + number(id.digits[4:6])
}

// ProvinceCode gives the first three digits: the place of birth registration, not of residence.
func (id PersonalID) ProvinceCode() string {
	if id.IsZero() {
		return ""
	}
	return id.digits[:3]
}

// Abroad reports whether the birth was registered in another country.
func (id PersonalID) Abroad() bool { return !id.IsZero() && number(id.digits[:3]) >= firstCountry }

// LogValue masks the number in logs.
func (id PersonalID) LogValue() slog.Value { return slog.StringValue(id.Masked()) }

// MarshalText writes the 12 digits, or nothing for no number.
func (id PersonalID) MarshalText() ([]byte, error) { return []byte(id.digits), nil }

// UnmarshalText reads what MarshalText wrote; the empty text is no number.
func (id *PersonalID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = PersonalID{}
		return nil
	}
	read, err := ParsePersonalID(string(text))
	if err != nil {
		return err
	}
	*id = read
	return nil
}

// madeUp reports whether digits are of the kind that is typed to get past a required field: one digit eight times or
// more in a row, nine or more in counting order, or nothing after the first half. There are 12 digits at most.
func madeUp(digits string) bool {
	counts := countDigits(digits)
	if counts&eightOrMore != 0 && longestRun(digits) >= 8 || counts&15 >= 6 && strings.HasSuffix(digits, "000000") {
		return true
	}
	return counting(digits)
}

// countDigits gives how often each digit stands among twelve at most, in four bits for each; eightOrMore are the bits of those that stand
// eight times or more.
func countDigits(digits string) (counts uint64) {
	for i := range len(digits) {
		counts += 1 << (4 * (digits[i] & 15))
	}
	return counts
}

const eightOrMore = 0x8888888888

// longestRun is how often one digit stands in a row, at most.
func longestRun(digits string) int {
	longest, run := 0, 0
	for i := range len(digits) {
		if i > 0 && digits[i] == digits[i-1] {
			run++
		} else {
			run = 1
		}
		longest = max(longest, run)
	}
	return longest
}

// Monotonous reports whether one digit fills eight places of the number or more, as hardly any number has it, though 022222123022 of a
// boy of Quảng Ninh, born in 2022, may: whoever knows the person tells it from one that was typed to fill the cell.
func (id PersonalID) Monotonous() bool { return countDigits(id.digits)&eightOrMore != 0 }

// counting reports whether nine digits or more count up or down; after nine comes zero.
func counting(digits string) bool {
	const run = 9
	if len(digits) < run {
		return false
	}
	// A run of nine among twelve has these two in it, whatever stands before.
	if step := (digits[5] - digits[4] + 10) % 10; step != 1 && step != 9 {
		return false
	}
	up, down := 1, 1
	for i := 1; i < len(digits); i++ {
		switch (digits[i] - digits[i-1] + 10) % 10 {
		case 1:
			up, down = up+1, 1
		case 9:
			up, down = 1, down+1
		default:
			up, down = 1, 1
		}
		if up >= run || down >= run {
			return true
		}
	}
	return false
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// number reads digits that are known to be few.
func number(digits string) int {
	n := 0
	for i := 0; i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}
