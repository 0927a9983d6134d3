package bot

import (
	"strings"
	"time"
)

// Style is how a run of text looks. A platform that has no such style shows it plainly.
type Style string

// The styles.
const (
	Plain  Style = ""
	Strong Style = "strong"
	Mono   Style = "mono"
	Faint  Style = "faint"
)

// Span is a run of text in one style. The text is shown literally: platforms escape it.
type Span struct {
	Text  string `json:"t"`
	Style Style  `json:"s,omitempty"`
}

// Text is what a message says: lines of spans. It holds no markup.
type Text []Line

// Line is one line of a Text; an empty one is a blank line.
type Line []Span

// Plain gives the words without styles, lines ended by "\n" but for the last.
func (t Text) Plain() string {
	var b strings.Builder
	for i, line := range t {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, span := range line {
			b.WriteString(span.Text)
		}
	}
	return b.String()
}

// Choice is a button. Data is at most 64 bytes.
type Choice struct {
	Label string `json:"label"`
	Data  string `json:"data"`
}

// Attachment is a file that the bot sends; File is the id under which the store keeps its bytes.
type Attachment struct {
	File string `json:"file"`
	Name string `json:"name"`
	MIME string `json:"mime"`
	Size int64  `json:"size"`
	// Picture asks that it be shown in the chat (a PNG or JPEG), not offered to be taken away. A platform that cannot
	// show it so sends it as a file.
	Picture bool `json:"picture,omitempty"`
}

// Mode says how a reply meets what is already in the chat.
type Mode string

// The modes. A slot is a named place in a chat that holds one message: "screen", "progress:…". A notice that waits gives way to a
// newer one of its slot.
const (
	Send   Mode = ""       // a new message; the old message of the same slot, if any, loses its buttons
	Edit   Mode = "edit"   // the slot's message changes in place; where there is none, or it cannot be edited, a new one is sent
	Alert  Mode = "alert"  // answers the button press (Query) with a note that does not stay
	Answer Mode = "answer" // answers the button press without a note
	Remove Mode = "remove" // takes the slot's message away, where the platform can
	Leave  Mode = "leave"  // leaves the group; in a private chat it does nothing
)

// Reply is one thing that the bot says.
type Reply struct {
	To      Chat        `json:"to"`
	Mode    Mode        `json:"mode,omitempty"`
	Slot    string      `json:"slot,omitempty"`
	Text    Text        `json:"text,omitempty"`
	Choices [][]Choice  `json:"choices,omitempty"`
	File    *Attachment `json:"file,omitempty"`
	Query   string      `json:"query,omitempty"`  // Alert, Answer
	Silent  bool        `json:"silent,omitempty"` // without a ring
	Notice  bool        `json:"notice,omitempty"` // to somebody who did not just write: sent after all interactive replies
	Topic   string      `json:"topic,omitempty"`  // of a notice: what sort of push it is, "reminder", "digest", …; kept in plain words
	Until   time.Time   `json:"until,omitzero"`   // of a notice: what was not sent by then is given up as Late; zero: it never is
	// Contact asks the person to share the account's own number, with a button of this label, where the platform has one; such a reply has
	// no Choices.
	Contact string `json:"contact,omitempty"`
}

// Job is timed or long work, recorded in the same transaction as its cause. ID is what it works on, never a name.
type Job struct {
	Kind string    `json:"kind"` // at least two characters
	ID   string    `json:"id"`
	At   time.Time `json:"at,omitzero"` // not before; zero: as soon as may be. Work is not told it
}

// Ending is how a turn ends. A store method that records a fact takes it, and in the same transaction puts the
// replies in the outbox, inserts the jobs, writes the audit line and closes the inbox row. The same Op ends once: the
// second time nothing is recorded, and no error is given.
type Ending struct {
	Op      string
	Update  bool   // Op is an inbox row to close
	Chat    Chat   // whose turn it was
	Screen  string // token of the screen that the chat shows from now on; empty: unchanged
	Replies []Reply
	Jobs    []Job
	Audit   Audit
	// Keys open the buttons of notices among the replies, until they expire.
	Keys []Key
	// Draft is what the chat's unfinished form has been told from now on; nil: unchanged; empty: there is none any more.
	Draft []byte
}

// Key is what the buttons under a notice are about. A notice is no screen, and stays pressable while the chat's screen goes on; so its
// buttons carry the key's id alone, and the store knows what it stands for, where and until when.
type Key struct {
	ID    string
	Chat  Chat   // where alone it works; zero: in every chat whose officer may do what it is about
	About string // as a menu's choice says it, "route.argument"
	Until time.Time
}

// Data is what a button under the notice carries for one of the things that can be done, at most 40 bytes.
func (k Key) Data(do string) string { return KeyMark + k.ID + ":" + do }

// KeyMark is how the data of a notice's button begins; that of a screen's button begins with the screen's token.
const KeyMark = "!"

// ReachedJob is the kind of the job that the store records when a chat can be reached again, and when a notice to it was Late; its ID is
// "platform:chat:since": what it was to be told from then on, in Unix seconds, it may have missed.
const ReachedJob = "chat_reached"

// Audit is the line that stays about a fact: ids and counts, never names. The zero value writes none.
type Audit struct {
	Officer string // id
	Action  string // "list.received", "person.corrected", …
	Object  string // id of what it was done to
	Count   int
}
