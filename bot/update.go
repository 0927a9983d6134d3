// Package bot is the engine room of the chat: what arrives, what leaves, and the runtime that handles one
// turn at a time per chat and loses nothing. It knows no platform and nothing of the field.
package bot

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"
)

// Chat is one private conversation on one platform. Both parts are text: not every platform's ids are numbers.
type Chat struct {
	Platform string `json:"platform"`
	ID       string `json:"id"`
}

// String gives "platform:id", for logs and keys.
func (c Chat) String() string { return c.Platform + ":" + c.ID }

// UpdateKind says what happened in a chat.
type UpdateKind string

// The kinds of update.
const (
	Message   UpdateKind = "message"   // text, a file, or something we do not take
	Edited    UpdateKind = "edited"    // a message was changed after it was sent
	Press     UpdateKind = "press"     // a button
	Blocked   UpdateKind = "blocked"   // the person stopped the bot
	Unblocked UpdateKind = "unblocked" // … and let it back in
	Grouped   UpdateKind = "grouped"   // something happened in a group or channel: we only say that we work in private
	Done      UpdateKind = "done"      // long work of this chat ended, Data says which; pushed by jobs, never by a platform
)

// File is a file that a person sent. Name and Size are the sender's claims.
type File struct {
	ID   string `json:"id"` // what Platform.Open takes
	Name string `json:"name"`
	Size int64  `json:"size"`
	MIME string `json:"mime,omitempty"`
}

// Contact is a telephone number that a person shared.
type Contact struct {
	Phone string `json:"phone"`
	Own   bool   `json:"own"` // the platform vouches that it is the number of the account that sent it
}

// Update is one thing that happened in a chat.
type Update struct {
	ID       string     `json:"id"` // the platform's id of the update, unique on the platform
	Kind     UpdateKind `json:"kind"`
	Chat     Chat       `json:"chat"`
	Sender   string     `json:"sender"` // the platform's numeric or opaque id of the person; rights hang on it alone
	Language string     `json:"language,omitempty"`
	SentAt   time.Time  `json:"sent_at"`
	Text     string     `json:"text,omitempty"`  // as typed, or a file's caption
	Data     string     `json:"data,omitempty"`  // Press: what the button carries
	Query    string     `json:"query,omitempty"` // Press: what has to be answered so that the button stops spinning
	File     *File      `json:"file,omitempty"`
	Photo    *File      `json:"photo,omitempty"` // a picture in its largest size; Other says "photo" as well
	Contact  *Contact   `json:"contact,omitempty"`
	Name     string     `json:"name,omitempty"`  // what the account calls itself, with a first message; anybody may call himself anything
	Other    string     `json:"other,omitempty"` // what else it was: "photo", "sticker", "voice", "contact", …
}

// Op is the operation id of the turn that handles the update: what is recorded under it twice is recorded once.
func (u Update) Op() string { return u.Chat.Platform + ":" + u.ID }

// ScreenToken gives the short mark that the buttons of a screen drawn by the operation carry. It is the same when
// the operation runs again.
func ScreenToken(op string) string {
	sum := sha256.Sum256([]byte(op))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5]))
}
