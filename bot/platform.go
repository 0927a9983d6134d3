package bot

import (
	"context"
	"errors"
	"io"
	"time"
)

// Limits are what a platform can carry. The runtime and the handlers keep to them.
type Limits struct {
	Text     int // UTF-16 units in one message
	Caption  int // UTF-16 units under a file
	Buttons  int // under one message; 0: none, every choice is typed
	FileIn   int64
	FileOut  int64
	CanEdit  bool
	CanFiles bool
	// PerSecond is how many replies the platform takes in a second, over all chats; 0: no bound.
	PerSecond int
}

// Platform is a place where people chat.
type Platform interface {
	// Name is the Chat.Platform of its chats.
	Name() string
	Limits() Limits
	// Receive passes batches of updates to accept until ctx ends. A batch is acknowledged to the platform only
	// after accept returned nil. An update that cannot be understood is logged by id and left out. An empty batch
	// says that the platform is within reach again after an outage. It returns an error only when going on is no
	// use; that of a token that is no longer valid is a *SendError with Revoked.
	Receive(ctx context.Context, accept func(context.Context, []Update) error) error
	// Send carries out one reply and gives the message's id for later edits; none for Alert, Answer and Remove. Its
	// errors are of type *SendError where the platform, or the way to it, is at fault; any other error is the
	// program's own (an attachment that cannot be read) and certainly sent nothing.
	Send(ctx context.Context, out Outgoing) (messageID string, err error)
	// Open reads a file that a person sent. Errors: ErrFileGone, ErrFileTooLarge, or that the platform is out of reach.
	Open(ctx context.Context, fileID string) (io.ReadCloser, error)
}

// What Open says of a file that cannot be had.
var (
	ErrFileGone     = errors.New("file is no longer there: it has to be sent again")
	ErrFileTooLarge = errors.New("file is larger than the platform hands out")
)

// Outgoing is a reply on its way. Message is the slot's present message, if it has one. Body, for a reply with a
// File, reads its bytes anew at each call.
type Outgoing struct {
	ID      string
	Reply   Reply
	Message string
	Body    func(ctx context.Context) (io.ReadCloser, error)
}

// SendFault says why a reply did not go out.
type SendFault string

// The faults of sending.
const (
	Busy        SendFault = "busy"        // 429: wait RetryAfter
	Unreachable SendFault = "unreachable" // 403: the person blocked the bot, or is gone
	Refused     SendFault = "refused"     // 400: our mistake; sending it again is no use
	Unsent      SendFault = "unsent"      // certainly not sent: connection refused, 5xx
	Doubtful    SendFault = "doubtful"    // the answer was lost: it may have gone out
	Revoked     SendFault = "revoked"     // 401: the token is no longer valid
	Late        SendFault = "late"        // it was not sent before Reply.Until; platforms never give it
)

// SendError is what a platform says when a reply did not go out.
type SendError struct {
	Fault      SendFault
	RetryAfter time.Duration
	Everywhere bool  // Busy: the wait is not for this chat alone
	Err        error // free of tokens and texts
}

// Error names the fault and the cause.
func (e *SendError) Error() string {
	if e.Err == nil {
		return "send: " + string(e.Fault)
	}
	return "send: " + string(e.Fault) + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *SendError) Unwrap() error { return e.Err }

// Handler does what has to be done when something happened. It ends the turn through its store (Ending); a turn that
// comes back without an ending, with an error or by panic, runs again.
type Handler interface {
	Handle(ctx context.Context, u Update) error
	// Apologise ends a turn that failed for the last time: the update is set aside, the sender gets a reference.
	Apologise(ctx context.Context, u Update, reference string) error
}

// Inbox keeps what arrived until it is dealt with.
type Inbox interface {
	// PushUpdates stores the updates that it has not seen within 48 hours, sealed; it returns after they are durable.
	PushUpdates(ctx context.Context, updates []Update) error
	// WaitingChats lists the chats with updates to deal with.
	WaitingChats(ctx context.Context) ([]Chat, error)
	// NextUpdate gives the oldest waiting update of the chat and counts the attempt (from 1); false when there is none.
	NextUpdate(ctx context.Context, chat Chat) (u Update, attempt int, ok bool, err error)
}

// Outbox keeps what has to be said until it is said.
type Outbox interface {
	// DueChats lists chats with something to send now, those with interactive replies first, and when to look again
	// (zero: not before Woken). When there are many it may leave some out; it is asked again when these are served.
	DueChats(ctx context.Context, now time.Time) ([]Chat, time.Time, error)
	// NextReply gives the chat's next reply if it is due; false when there is none. It changes nothing: asked again,
	// it gives the same reply. Replies of a chat come in the order of their turns, interactive ones before notices; one
	// that waits for its retryAt holds back those of its kind behind it. Of several waiting Edits of one slot with
	// nothing else for the slot between them only the last needs to be given: the store may count the older as sent.
	NextReply(ctx context.Context, chat Chat, now time.Time) (Outgoing, bool, error)
	// ReplySent marks it sent and remembers the message that its slot holds now; an empty id after Remove empties
	// the slot.
	ReplySent(ctx context.Context, id, messageID string) error
	// ReplyFailed keeps it for later (retryAt set) or gives it up; what was given up stays visible with the fault.
	ReplyFailed(ctx context.Context, id string, fault SendFault, retryAt time.Time) error
	// Woken is signalled when something was put in the outbox or the inbox. The runtime alone receives from it.
	Woken() <-chan struct{}
}

// Files keeps the bytes of files, sealed. A platform that has no file store of its own (a web page) puts there what
// people send; what the bot sends lies there too.
type Files interface {
	// SaveFile reads r to its end and keeps it, whole or not at all; size is what was read. An error of r is returned.
	SaveFile(ctx context.Context, name, mime string, r io.Reader) (id string, size int64, err error)
	// OpenFile reads a kept file from its beginning.
	OpenFile(ctx context.Context, id string) (io.ReadCloser, error)
}
