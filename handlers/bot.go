// Package handlers says what is done when something happens: an update, or a job that is due. It judges who
// may do it, lets core decide, and ends every turn in one transaction of its store.
package handlers

import (
	"context"
	"errors"
	"io"
	"iter"
	"log/slog"
	"sync"
	"time"

	"lamsach/bot"
	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/core/report"
	"lamsach/core/roster"
	"lamsach/locales"
)

// Turns is what every turn needs of the store.
type Turns interface {
	EndTurn(ctx context.Context, end bot.Ending) error
	SetAside(ctx context.Context, end bot.Ending, reference string) error
	// ChatScreen gives the mark of the screen that the chat shows, as the last Ending set it.
	ChatScreen(ctx context.Context, chat bot.Chat) (string, error)
	PushUpdates(ctx context.Context, updates []bot.Update) error
	// Draft gives what the chat's unfinished form has been told, as the last Ending set it; nil when there is none.
	Draft(ctx context.Context, chat bot.Chat) ([]byte, error)
}

// Officers tells who somebody is.
type Officers interface {
	OfficerOf(ctx context.Context, platform, sender string) (officer.Officer, error)
	// UseInvite spends a code for an account, which calls itself claimed.
	UseInvite(ctx context.Context, end bot.Ending, code string, chat bot.Chat, sender, claimed string) (officer.Joining, error)
	ChatLanguage(ctx context.Context, chat bot.Chat) (string, error)
	SetChatLanguage(ctx context.Context, end bot.Ending, language string) error
}

// Uploads keeps the files that officers send.
type Uploads interface {
	AddUpload(ctx context.Context, end bot.Ending, up ledger.Upload) error
	Upload(ctx context.Context, id string) (ledger.Upload, error)
	SaveFile(ctx context.Context, name, mime string, r io.Reader) (id string, size int64, err error)
	// FileAt opens a kept file for reading in any order, without holding it whole.
	FileAt(ctx context.Context, id string) (r io.ReaderAt, size int64, err error)
}

// Lists keeps lists of people, each seen by its own unit alone.
type Lists interface {
	AddList(ctx context.Context, end bot.Ending, list ledger.List, people iter.Seq[ledger.Person], finish ...func(*ledger.List) error) error
	Lists(ctx context.Context, unit string) ([]ledger.List, error)
	List(ctx context.Context, unit, id string) (ledger.List, error)
	PeopleOf(ctx context.Context, list string, each func(ledger.Person) error) error
	// ListByHash finds the newest list of the unit that was read from the same bytes (hash: SHA-256); NotFound when there is none.
	ListByHash(ctx context.Context, unit string, hash []byte) (ledger.List, error)
}

// Corrections keeps what officers decided.
type Corrections interface {
	RecordCorrection(ctx context.Context, end bot.Ending, c ledger.Correction) error
	// LastCorrection gives the newest correction that was not taken back, leaving out the one with the id "but";
	// NotFound when there is none.
	LastCorrection(ctx context.Context, list, but string) (ledger.Correction, error)
	UndoCorrection(ctx context.Context, end bot.Ending, c ledger.Correction, counts []ledger.Count) error
	// ListRevision tells how often one of the unit's lists was changed, and how many of those changes were on other units' lists; NotFound
	// when the unit has no such list.
	ListRevision(ctx context.Context, unit, list string) (revision, links int, err error)
}

// Sessions keeps where an officer is in the talk. What it loses costs a repeated question, never a correction.
type Sessions interface {
	Load(ctx context.Context, chat bot.Chat) ([]byte, bool, error)
	Save(ctx context.Context, chat bot.Chat, value []byte) error
	Drop(ctx context.Context, chat bot.Chat) error
}

// Workbooks reads what officers send and makes what they get back.
type Workbooks interface {
	Read(ctx context.Context, r io.ReaderAt, size int64) (roster.Book, error)
	Copy(ctx context.Context, r io.ReaderAt, size int64, out io.Writer, plan report.Copy) error
	// Write makes a workbook that begins with us.
	Write(out io.Writer, grid roster.Grid) error
}

// Places opens the platform of a chat, for the files that people sent there.
type Places interface {
	OpenFrom(ctx context.Context, platform, source string) (io.ReadCloser, error)
}

// Options are what a Bot works with.
type Options struct {
	Turns       Turns
	Officers    Officers
	Uploads     Uploads
	Lists       Lists
	Corrections Corrections
	Layouts     Layouts
	Units       Units
	Deeds       Deeds
	TimeLines   TimeLines
	Charts      Charts
	Neighbours  Neighbours
	Staff       Staff
	Plans       Plans
	Firing      Firing
	Reminders   Reminders
	Pushes      Pushes
	Reach       Reach
	Calendar    Calendar
	Roll        Roll
	Door        Door
	Invitations Invitations
	Menus       Menus
	Sessions    Sessions
	Workbooks   Workbooks
	Places      Places
	Catalog     *locales.Catalog
	Language    string       // of people who have not chosen one
	Policy      check.Policy // what this deployment changes in the rules
	Now         func() time.Time
	Zone        *time.Location // in which a day begins: Asia/Ho_Chi_Minh
	NewID       func() string
	QR          func(w io.Writer, text string) error // writes a QR code as a PNG
	NewCode     func() string                        // for an invitation: at least 128 random bits
	JoinLink    func(code string) string             // that opens the chat with a code; empty where there is none
	// RequirePhone asks every new account to share the number that its inviter gave.
	RequirePhone bool
	Log          *slog.Logger

	Difficulties Difficulties
	Erasure      Erasure
	Standings    Standings
	Papers       Papers
	Reconciler   Reconciler
	Reports      Reports
}

// Bot handles updates and jobs.
type Bot struct {
	Options
	shelf   *shelf
	routes  map[string]route // of commands
	buttons map[string]route // of menus
	forms   map[string]form
	notices map[string]notice
	looking sync.Mutex // held by the look that is under way
}

// New makes a Bot.
func New(o Options) *Bot {
	b := &Bot{Options: o}
	b.shelf = newShelf(b)
	b.routes, b.buttons, b.forms, b.notices = b.commands(), b.menus(), forms(), notices()
	return b
}

// today is the officers' date.
func (b *Bot) today() civil.Date { return civil.Of(b.Now().In(b.Zone)) }

// Handle does one turn.
func (b *Bot) Handle(ctx context.Context, u bot.Update) error {
	t, err := b.begin(ctx, u)
	if err != nil {
		return err
	}
	err = t.do(ctx)
	var said *fault.Error
	if !errors.As(err, &said) {
		return err
	}
	return t.explain(ctx, said)
}

// explain ends a turn with the sentence of its trouble; what had been prepared is dropped.
func (t *turn) explain(ctx context.Context, trouble *fault.Error) error {
	t.b.Log.Warn("turn explained", "chat", t.u.Chat.String(), "kind", trouble.Kind, "text", trouble.Key)
	t.replies, t.jobs, t.screen, t.audit, t.write, t.draft = nil, nil, "", bot.Audit{}, nil, nil
	t.s = t.was
	if trouble.Kind == fault.Conflict && !t.stranger() {
		// Somebody else was faster: the present state is shown, nothing was overwritten.
		t.alert(trouble.Text())
		return t.resume(ctx)
	}
	return t.finish(ctx, t.say(trouble.Text()))
}

// Apologise sets an update aside that failed for the last time.
func (b *Bot) Apologise(ctx context.Context, u bot.Update, reference string) error {
	t, err := b.begin(ctx, u)
	if err != nil {
		return err
	}
	t.say(fault.T("chat.apology", "Reference", reference))
	return b.Turns.SetAside(ctx, t.ending(), reference)
}
