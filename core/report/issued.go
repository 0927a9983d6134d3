package report

import "time"

// Sort is what occasion a report is made on.
type Sort string

// The sorts.
const (
	Periodic Sort = "periodic" // định kỳ
	AdHoc    Sort = "adhoc"    // đột xuất: with the difference to the report before
	Final    Sort = "final"    // tổng kết
)

// Sorts lists the sorts.
func Sorts() []Sort { return []Sort{Periodic, AdHoc, Final} }

// Issued is a report as it was made. It does not change: what it says is what held at its cut-off.
type Issued struct {
	ID       string
	Unit     string
	Year     int
	Number   int // within the unit and the year, from 1
	Sort     Sort
	Kind     string // of list; empty: all
	Campaign string // id; empty: none ran
	Officer  string // who made it
	CutOff   time.Time
	Progress Progress
	Frame    Frame
	Before   string // id of the report that it is held against; empty: none
}

// Frame is what stands around the figures of a report. Whoever makes the next one is offered it again.
type Frame struct {
	Above      string   `json:"above,omitempty"` // the authority above
	Issuer     string   `json:"issuer"`
	Symbol     string   `json:"symbol"` // "BC-UBND"
	Place      string   `json:"place"`
	Post       string   `json:"post"`
	Signer     string   `json:"signer,omitempty"` // personal
	Recipients []string `json:"recipients,omitempty"`
}

// Change is a figure beside that of the report before.
type Change struct {
	Key      string // of Figures
	Was, Now int
}

// Changes holds a report against the one before, figure by figure; what was and is 0 is left out.
func Changes(was, now Standing) []Change {
	var out []Change
	for _, f := range Figures() {
		if c := (Change{f.Key, f.Of(&was), f.Of(&now)}); c.Was != 0 || c.Now != 0 {
			out = append(out, c)
		}
	}
	return out
}
