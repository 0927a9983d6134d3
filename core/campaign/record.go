package campaign

import (
	"time"

	"lamsach/core/officer"
)

// RunUp is how many days before a campaign's first day a list may have come in that counts as its list: what was sent then is the
// export that the campaign begins with, what was sent earlier is that of another time.
const RunUp = 30

// Record is a fact as an officer recorded it, with what stands on the paper.
type Record struct {
	Fact
	ID          string          // of the fact
	Press       string          // what was recorded in one go has one, and is taken back in one go
	By          officer.Officer // who recorded it; recorded by the id, read with the name, role and unit of now
	Remark      string          // personal
	Photo       string          // id of the kept picture of the signed page; personal
	Made        time.Time       // when it was recorded
	TakenBack   time.Time       // zero: it holds
	TakenBackBy string          // officer id
}

// Holds reports whether the record has not been taken back.
func (r Record) Holds() bool { return r.TakenBack.IsZero() }

// Revision tells when a campaign was made or changed.
type Revision struct {
	Number int
	By     officer.Officer // the zero Officer: on the command line
	Made   time.Time
}
