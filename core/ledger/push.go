package ledger

import (
	"time"

	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/officer"
)

// Receiver is an officer to whom something is sent that he did not ask for.
type Receiver struct {
	Officer  string // id
	Role     officer.Role
	Platform string
	Chat     string
	Language string // empty: he has chosen none

	Muted       bool // he has turned the topic off
	Unreachable bool // the last thing sent to him found his chat blocked or gone
}

// Told is one message of a campaign that fired.
type Told struct {
	Slot      string // unique
	Campaign  string
	List      string
	Stage     campaign.Stage
	Role      officer.Role // of whom it was for
	Unit      string       // of whom it was for
	Receivers int          // officers to whom it goes
	Settled   []campaign.Settled
}

// Unreachable is an officer whom nothing reaches: he stopped the bot, or his account is gone.
type Unreachable struct {
	Officer officer.Officer
	Since   time.Time
	Told    bool // those above know
}

// NobodyThere is the reason for which a reminder was not sent that nobody holds the role for.
const NobodyThere = "nobody"

// Unsent is something that was to be sent to an officer and was not.
type Unsent struct {
	Officer string // id; empty: nobody holds the role
	Role    officer.Role
	Unit    string
	Topic   string
	Reason  string // NobodyThere, or a fault of sending
	At      time.Time
}

// RestDay is a day on which a deployment departs from the law: of rest, or of work.
type RestDay struct {
	Day  civil.Date
	Rest bool
}

// Push is a nudge or an announcement: one text to the officers of several units.
type Push struct {
	ID        string
	Topic     string
	Officer   string // id of who sends it
	Unit      string // in whose name
	Units     []string
	Receivers int       // counted when it was confirmed
	Made      time.Time // the store's
	Text      string    // in the sender's own words; personal
	Arg       string    // what it is about, as its topic has it
}
