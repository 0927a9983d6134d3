package person

import (
	_ "embed"
	"fmt"
	"strings"

	"lamsach/core/viet"
)

// Sex is a person's sex (giới tính) as lists and numbers give it.
type Sex uint8

// The sexes.
const (
	UnknownSex Sex = iota
	Male
	Female
)

// String gives the canonical text: "Nam", "Nữ", or nothing.
func (s Sex) String() string {
	switch s {
	case Male:
		return "Nam"
	case Female:
		return "Nữ"
	}
	return ""
}

// MarshalText writes the canonical text.
func (s Sex) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the canonical text; the empty text is UnknownSex.
func (s *Sex) UnmarshalText(text []byte) error {
	switch string(text) {
	case "":
		*s = UnknownSex
	case "Nam":
		*s = Male
	case "Nữ":
		*s = Female
	default:
		return fmt.Errorf("person: not a sex")
	}
	return nil
}

//go:embed data/gender_synonyms.csv
var genderCSV string

var sexWords = sexTable()

// sexTable takes the words that mean the same in every list; figures and ticks mean something only beside a header.
func sexTable() map[string]Sex {
	table := make(map[string]Sex)
	for _, line := range strings.Split(strings.TrimSpace(genderCSV), "\n") {
		fields := strings.Split(line, ",")
		if len(fields) < 2 || allDigits(fields[0]) {
			continue
		}
		switch word := strings.ToLower(fields[0]); fields[1] {
		case "male":
			table[word], table[viet.Fold(word)] = Male, Male
		case "female":
			table[word], table[viet.Fold(word)] = Female, Female
		}
	}
	for _, slip := range []string{"nử", "nũ", "nứ", "nừ", "nự", "nưx", "nuwx", "nuw~", "nữ giới", "nu gioi"} {
		table[slip] = Female
	}
	for _, slip := range []string{"nam giới", "nam gioi", "namm"} {
		table[slip] = Male
	}
	return table
}

// ReadSex reads a cell that should hold "Nam" or "Nữ". Figures and ticks are malformed here: only their column can say
// what they mean.
func ReadSex(raw Raw) Reading[Sex] {
	switch raw.Text {
	case "Nam":
		return Reading[Sex]{Value: Male, Confidence: 1}
	case "Nữ":
		return Reading[Sex]{Value: Female, Confidence: 1}
	}
	text := viet.Tidy(raw.Text)
	if sex, ok := TypedSex(text); ok && !raw.Date && !raw.Numeric {
		return Reading[Sex]{Value: sex, Fault: Untidy, Suggest: sex.String(), Confidence: 0.99}
	}
	lower := strings.ToLower(text)
	switch {
	case text == "":
		return Reading[Sex]{Fault: Missing}
	case lower != "x" && lower != "0" && lower != "+" && notes.has(text), IsDitto(text):
		return Reading[Sex]{Fault: Missing, Note: text}
	}
	return Reading[Sex]{Fault: Malformed}
}

// TypedSex understands a sex that somebody typed as an answer, with or without marks: "nữ", "nu", "gái", "F".
func TypedSex(text string) (Sex, bool) {
	word := strings.Trim(strings.ToLower(viet.Tidy(text)), " .,;:!'\"()")
	sex, ok := sexWords[word]
	return sex, ok
}
