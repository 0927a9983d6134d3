package handlers

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"
	"time"

	"lamsach/bot"
	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/kind"
	"lamsach/core/ledger"
	"lamsach/core/match"
	"lamsach/core/officer"
	"lamsach/core/report"
	"lamsach/core/roster"
)

// reading is one upload on its way to being a list.
type reading struct {
	b    *Bot
	up   ledger.Upload
	chat bot.Chat
	t    *turn // for its language only
	last time.Time
	n    int
	hash [sha256.Size]byte // of the file
}

// openUpload begins with an upload; nil when who sent it has no such role any more: nothing is read for him, and nothing
// is said.
func (b *Bot) openUpload(ctx context.Context, id string) (*reading, error) {
	up, err := b.Uploads.Upload(ctx, id)
	if err != nil {
		return nil, err
	}
	r := &reading{b: b, up: up, chat: bot.Chat{Platform: up.Platform, ID: up.Chat}, last: b.Now()}
	r.t, err = b.jobTurn(ctx, r.chat)
	if fault.Is(err, fault.NotFound) || err == nil && !r.t.can(officer.SendList, up.Unit) {
		return nil, nil
	}
	return r, err
}

// readList reads an upload and keeps it as a list; the chat is told by a Done update, in its own order of turns.
func (b *Bot) readList(ctx context.Context, id string, again bool) error {
	r, err := b.openUpload(ctx, id)
	if err != nil || r == nil {
		return err
	}
	if r.up.Size > bot.LargeFile {
		defer bot.Spare()()
	}
	done, err := r.read(ctx, again)
	if said := final(err); said != nil {
		return r.refuse(ctx, "upload:"+id, said.Text())
	}
	if list, kept := strings.CutPrefix(done, "list."); kept && err == nil {
		err = b.linkElsewhere(ctx, list, nil)
	}
	if err != nil {
		return err
	}
	return b.Turns.PushUpdates(ctx, []bot.Update{{
		ID: "done:" + id + ":" + done, Kind: bot.Done, Chat: r.chat, Sender: r.chat.ID, SentAt: b.Now(), Data: done,
	}})
}

// final gives the trouble that trying again would not mend; nil for any other error, and for none.
func final(err error) *fault.Error {
	var said *fault.Error
	if errors.As(err, &said) && said.Kind != fault.Unavailable {
		return said
	}
	return nil
}

// refuse says why there is no list; the progress message comes to its end.
func (r *reading) refuse(ctx context.Context, op string, why fault.Text) error {
	r.t.say(fault.T("upload.refused", "Name", r.up.Name), why)
	ended := r.progressAt(fault.T("upload.not_read", "Name", r.up.Name))
	return r.b.Turns.EndTurn(ctx, bot.Ending{Op: op, Chat: r.chat, Replies: append([]bot.Reply{ended}, r.t.replies...)})
}

// progressAt brings the progress message to a text.
func (r *reading) progressAt(text fault.Text) bot.Reply {
	return progress(r.chat, r.t.p, r.up.ID, text)
}

// jobTurn gives a job the officer of a private chat, which has the id of its person, and his language.
func (b *Bot) jobTurn(ctx context.Context, chat bot.Chat) (*turn, error) {
	who, err := b.Officers.OfficerOf(ctx, chat.Platform, chat.ID)
	if err != nil {
		return nil, err
	}
	t := &turn{b: b, u: bot.Update{Chat: chat, Sender: chat.ID}, who: who}
	if t.tree, err = b.Units.Tree(ctx); err != nil {
		return nil, err
	}
	t.p, err = b.printer(ctx, chat)
	return t, err
}

// read does the work and says what to report: "list.ID", "same.UPLOAD.LIST", "later.UPLOAD.LIST.PAIRED"
// or "column.QUESTION".
func (r *reading) read(ctx context.Context, again bool) (string, error) {
	content, err := r.fetch(ctx)
	if err != nil {
		return "", err
	}
	if !again {
		old, err := r.b.Lists.ListByHash(ctx, r.up.Unit, r.hash[:])
		switch {
		case err == nil && old.ID == r.listID():
			return "list." + old.ID, nil
		case err == nil:
			return "same." + r.up.ID + "." + old.ID, nil
		case !fault.Is(err, fault.NotFound):
			return "", err
		}
	}
	ro, known, err := r.parse(ctx, content)
	if err != nil {
		return "", err
	}
	if q, ask := columnDoubt(ro, known); ask {
		return r.doubt(q, ro.Signature())
	}
	if err := readable(ro); err != nil {
		return "", err
	}
	if !again {
		old, paired, err := r.earlier(ctx, ro)
		if err != nil {
			return "", err
		}
		if old != "" {
			return fmt.Sprintf("later.%s.%s.%d", r.up.ID, old, paired), nil
		}
	}
	return "list." + r.listID(), r.keep(ctx, ro, content, ledger.List{})
}

// parse reads the file's people, with what is known of the columns of its layout.
func (r *reading) parse(ctx context.Context, content []byte) (*roster.Roster, ledger.ColumnAnswers, error) {
	ro, err := r.parseWith(ctx, content, ledger.ColumnAnswers{})
	if err != nil {
		return nil, ledger.ColumnAnswers{}, err
	}
	known, err := r.b.Layouts.ColumnAnswers(ctx, r.up.Unit, ro.Signature())
	if err != nil || len(known.Fields) == 0 && len(known.Ignored) == 0 {
		return ro, known, err
	}
	ro, err = r.parseWith(ctx, content, known)
	return ro, known, err
}

func (r *reading) parseWith(ctx context.Context, content []byte, known ledger.ColumnAnswers) (*roster.Roster, error) {
	book, err := r.b.Workbooks.Read(ctx, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	return roster.Read(book, roster.ReadOptions{
		Kind: "auto", Map: known.Fields, Ignore: known.Ignored, Compact: true,
		Progress: func(rows int) { r.progress(ctx, rows) },
	})
}

// listID is made of the upload's, so that a job that runs again makes the same list.
func (r *reading) listID() string { return "l" + r.up.ID }

// fetch reads the file from where it was sent, up to the bound whatever size was claimed, and takes its hash.
func (r *reading) fetch(ctx context.Context) ([]byte, error) {
	body, err := r.b.Places.OpenFrom(ctx, r.up.Platform, r.up.Source)
	if err != nil {
		return nil, unfetched(err)
	}
	defer body.Close()
	content, err := readAll(io.LimitReader(body, maxFile+1), r.up.Size)
	if err == nil && len(content) > maxFile {
		err = bot.ErrFileTooLarge
	}
	if err != nil {
		return nil, unfetched(err)
	}
	r.hash = sha256.Sum256(content)
	return content, nil
}

// readAll reads everything into one piece of memory of the size that is expected, whatever comes.
func readAll(r io.Reader, size int64) ([]byte, error) {
	var content bytes.Buffer
	content.Grow(int(min(max(size, 0), maxFile)) + bytes.MinRead)
	_, err := content.ReadFrom(r)
	return content.Bytes(), err
}

// unfetched tells what ends the matter from what may be over in a minute.
func unfetched(err error) error {
	var said *fault.Error
	switch {
	case errors.Is(err, bot.ErrFileGone):
		return fault.Wrap(fault.Unreadable, err, "upload.gone")
	case errors.Is(err, bot.ErrFileTooLarge):
		return fault.Wrap(fault.Unreadable, err, "upload.too_large", "MB", maxFile>>20)
	case errors.As(err, &said):
		return err
	}
	return fault.Wrap(fault.Unavailable, err, "upload.not_fetched")
}

// keep checks what was read, applies what can be put right automatically, and stores the list in one transaction; the
// list that it replaces, if any, leaves in the same one. More replies tell what that changed.
func (r *reading) keep(ctx context.Context, ro *roster.Roster, content []byte, replaced ledger.List, more ...bot.Reply) error {
	var file string
	body := bytes.NewReader(content)
	saved := bot.Beside(func() (err error) {
		file, _, err = r.b.Uploads.SaveFile(ctx, r.up.Name, "application/octet-stream", body)
		return err
	})
	hamlets := hamletsOf(ro)
	settled := bot.Beside(func() error { return r.addHamlets(ctx, hamlets) })
	content = nil // what follows takes memory of its own
	ro.Kind = kind.Guess(ro, r.b.today()).Name
	today := r.b.today()
	checker := check.NewBy(bot.Together, ro, kind.Of(ro.Kind).Rules, today, r.b.Policy)
	checker.Tidy()
	if err := saved(); err != nil {
		return err
	}
	list := ledger.List{
		ID: r.listID(), Unit: r.up.Unit, Officer: r.up.Officer, Kind: ro.Kind, Name: r.up.Name, File: file,
		FileHash: r.hash[:], Info: roster.EncodeInfo(ro), People: len(ro.Records), Received: r.up.Received,
		Replaces: replaced.ID, ReplacesRevision: replaced.Revision,
	}
	end := bot.Ending{
		Op: "upload:" + r.up.ID, Chat: r.chat, Replies: append([]bot.Reply{r.progressAt(fault.T("upload.read", "Name", r.up.Name))}, more...),
		Audit: bot.Audit{Officer: r.up.Officer, Action: "list.received", Object: list.ID, Count: list.People},
	}
	if err := settled(); err != nil {
		return err
	}
	// What only the whole list tells takes time; its people can be stored meanwhile, as they are.
	var sums ledger.List
	counted := sync.OnceValue(bot.Beside(func() error {
		found := checker.Findings()
		sums.Counts, sums.Tallies = counts(found), report.NewTallier(ro).Count(found)
		return nil
	}))
	err := r.b.Lists.AddList(ctx, end, list, peopleOf(ro), func(l *ledger.List) error {
		err := counted()
		l.Counts, l.Tallies = sums.Counts, sums.Tallies
		return err
	})
	if err := errors.Join(err, counted()); err != nil { // for a list that was there already nobody waited
		return err
	}
	list.Counts, list.Tallies = sums.Counts, sums.Tallies
	r.b.shelf.lay(list, ro, checker, today) // whoever sent it looks at it next
	return nil
}

// readable refuses a sheet that cannot be a list of people.
func readable(ro *roster.Roster) error {
	switch {
	case len(ro.Sheets) == 0 || (!ro.Has(roster.FullName) && !ro.Has(roster.BirthDate)):
		return fault.New(fault.Unreadable, "upload.no_header")
	case !ro.Has(roster.FullName):
		return fault.New(fault.Unreadable, "upload.no_name_column")
	case !ro.Has(roster.BirthDate):
		return fault.New(fault.Unreadable, "upload.no_birth_date_column")
	case len(ro.Records) == 0:
		return fault.New(fault.Unreadable, "upload.no_people")
	}
	return nil
}

// peopleOf yields a read list as the store keeps it.
func peopleOf(ro *roster.Roster) iter.Seq[ledger.Person] {
	return func(yield func(ledger.Person) bool) {
		keyer := match.NewKeyer(ro)
		for i := range ro.Records {
			rec := &ro.Records[i]
			keys := keysOf(keyer, ro, i)
			p := ledger.Person{
				Sheet: rec.Sheet, Row: rec.Row, Group: rec.Group, Cells: ro.Packed(i),
				NumberKey: keys.Number, NameKey: keys.Name, MotherKey: keys.Mother,
			}
			if decided := rec.Decided(); !decided.IsZero() {
				p.Decided, _ = json.Marshal(decided) // plain maps and strings: cannot fail
			}
			if !yield(p) {
				return
			}
		}
	}
}

// progressEvery is how often a progress message changes: Telegram allows some twenty edits a minute.
const progressEvery = 2 * time.Second

// progress tells how far the reading is. It is a courtesy: a failure is logged, the reading goes on.
func (r *reading) progress(ctx context.Context, rows int) {
	now := r.b.Now()
	if now.Sub(r.last) < progressEvery {
		return
	}
	r.last = now
	r.n++
	reply := r.progressAt(fault.T("upload.reading", "Name", r.up.Name, "Rows", rows))
	end := bot.Ending{Op: fmt.Sprintf("upload:%s:progress:%d", r.up.ID, r.n), Chat: r.chat, Replies: []bot.Reply{reply}}
	if err := r.b.Turns.EndTurn(ctx, end); err != nil {
		r.b.Log.Warn("progress not shown", "upload", r.up.ID, "err", err)
	}
}
