package sample

import (
	"encoding/json"
	"slices"

	"lamsach/core/civil"
	"lamsach/core/roster"
)

// Truth is what is known of a list: where its people stand, what was planted, which rows are right.
type Truth struct {
	File   string                `json:"file,omitempty"` // the file's name, set by whoever writes it
	Kind   string                `json:"kind"`
	AsOf   civil.Date            `json:"as_of"`
	Layout string                `json:"layout"`
	Sheets map[string]SheetTruth `json:"sheets"`
	Expect []Expected            `json:"expect"`  // by sheet and row
	Clean  []Place               `json:"clean"`   // rows in which nothing may be found
	Twins  [][2]Place            `json:"twins"`   // rows of twins: one may be told of them, but they are never doubles
	People []Person              `json:"people"`  // one for each row, by sheet and row
	OfFile []string              `json:"of_file"` // codes that may be said of the file or a column as a whole
}

// SheetTruth is the truth about one sheet: field name → column letters, the parts of a field joined with "|"; the rows of
// its people as Excel shows them.
type SheetTruth struct {
	Fields map[string]string `json:"fields"`
	Rows   []int             `json:"rows"`

	// Second is Fields of a second table below the first, which begins above row SecondFrom.
	Second     map[string]string `json:"second,omitempty"`
	SecondFrom int               `json:"second_from,omitempty"`
}

// Expected is a planted fault: any one of Codes is a right finding for it, the first is the best. Field is "record" or "family"
// where no single field is wrong. Fix is the right suggestion, nil where a program cannot know it.
type Expected struct {
	Sheet string   `json:"sheet"`
	Row   int      `json:"row"`
	Field string   `json:"field"`
	Codes []string `json:"codes"`
	Fix   *string  `json:"fix"`
}

// Place is a row of a sheet. In JSON it is ["Sheet1", 12].
type Place struct {
	Sheet string
	Row   int
}

// MarshalJSON writes the pair.
func (p Place) MarshalJSON() ([]byte, error) { return json.Marshal([]any{p.Sheet, p.Row}) }

// UnmarshalJSON reads the pair.
func (p *Place) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&p.Sheet, &p.Row})
}

// Person is what an officer who knows the child would answer. Right is the canonical value of every field by name, also of
// fields that the list has no column for. Leaves is the status under which the person leaves the list, empty for those who
// stay; SameAs is the other row of a double.
type Person struct {
	Sheet  string            `json:"sheet"`
	Row    int               `json:"row"`
	Right  map[string]string `json:"right"`
	Leaves roster.Status     `json:"leaves,omitempty"`
	SameAs *Place            `json:"same_as,omitempty"`
}

// At gives the person who stands in a row.
func (t Truth) At(sheet string, row int) (Person, bool) {
	at := slices.IndexFunc(t.People, func(p Person) bool { return p.Sheet == sheet && p.Row == row })
	if at < 0 {
		return Person{}, false
	}
	return t.People[at], true
}
