// Package person reads what lists say of a person: number, name, birth date, sex, ethnic group. A reading says what a
// cell means, and what is wrong with how it is written; nothing is guessed that the cell does not hold.
package person

// Raw is one cell as the file holds it, or several joined.
type Raw struct {
	Text    string
	Numeric bool // a number cell: Text is its exact plain decimal
	Date    bool // a date cell: Text is ISO, "2016-05-09" or "2016-05-09T15:04:05"
}

// Reading is what a cell means.
type Reading[T any] struct {
	Value      T        // what it says, set whenever that can be known; zero otherwise
	Fault      string   // what is wrong with it, one of the constants below; empty when it is clean
	Suggest    string   // canonical text to put in its place; empty when there is none
	Confidence float64  // that Value, or Suggest, is what was meant: 0 … 1
	Candidates []string // canonical texts, when several are possible
	Note       string   // what stood in place of a value, or was cut off beside it
}

// What can be wrong with a cell: the last words of the codes of findings.
const (
	Clean           = ""
	Missing         = "missing"          // empty, or a note in its place
	Malformed       = "malformed"        // not of the form
	Untidy          = "untidy"           // right, but not written in the canonical way
	LookAlike       = "look_alike"       // signs that only look like the right ones
	LostZero        = "lost_zero"        // a number cell dropped the zeros in front
	LostDigits      = "lost_digits"      // scientific notation as text
	OldNumber       = "old_number"       // a CMND of 9 digits
	Placeholder     = "placeholder"      // made up to fill the cell
	ProvinceUnknown = "province_unknown" // begins with no province and no country
	OtherCode       = "other_code"       // another kind of number: health insurance, social insurance, school
	Impossible      = "impossible"       // a day that no calendar has
	Future          = "future"           // after the day of asking
	Incomplete      = "incomplete"       // year, or month and year, only
	Unknown         = "unknown"          // not on the official list
	Variant         = "variant"          // another spelling or name of one official entry
	Ambiguous       = "ambiguous"        // a name that several entries go by
	Encoding        = "encoding"         // typed in TCVN3 or VNI
	SingleWord      = "single_word"      // a name of one word, right for some peoples
)
