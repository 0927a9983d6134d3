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
	"path"
	"strings"
	"time"

	"lamsach/bot"
	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/kind"
	"lamsach/core/ledger"
	"lamsach/core/match"
	"lamsach/core/roster"
)

// maxFile is how large a list may be, in bytes: what Telegram lets a bot download.
const maxFile = 20 << 20

// The kinds of job. Their IDs are ids of uploads and lists.
const (
	JobRead      = "read_list"       // ID: upload
	JobReadAgain = "read_list_again" // ID: upload; a list with the same bytes is no reason to ask
	JobExport    = "export_list"     // ID: see exportID
)

// JobKinds lists every kind of job that Work does.
func JobKinds() []string { return []string{JobRead, JobReadAgain, JobExport} }

// Work does a job. It may run again after it was cut short; what it records, it records once.
func (b *Bot) Work(ctx context.Context, job bot.Job) error {
	switch job.Kind {
	case JobRead:
		return b.readList(ctx, job.ID, false)
	case JobReadAgain:
		return b.readList(ctx, job.ID, true)
	case JobExport:
		return b.exportCopy(ctx, job.ID)
	}
	return fmt.Errorf("job of unknown kind %q", job.Kind)
}

// GaveUp tells the chat that asked for a job which failed for the last time; what it was about stays as it was.
func (b *Bot) GaveUp(ctx context.Context, job bot.Job, cause error) {
	b.Log.Error("job given up", "kind", job.Kind, "job", job.ID, "err", cause)
	chat, ok := b.chatOf(ctx, job)
	if !ok {
		return
	}
	t, err := b.jobTurn(ctx, chat)
	if err != nil {
		return
	}
	op := "gave-up:" + job.Kind + ":" + job.ID
	t.say(fault.T("chat.apology", "Reference", bot.ScreenToken(op)))
	if err := b.Turns.EndTurn(ctx, bot.Ending{Op: op, Chat: chat, Replies: t.replies}); err != nil {
		b.Log.Error("apology not recorded", "job", job.ID, "err", err)
	}
}

// chatOf finds the chat that waits for a job.
func (b *Bot) chatOf(ctx context.Context, job bot.Job) (bot.Chat, bool) {
	if job.Kind == JobExport {
		_, chat, ok := splitExportID(job.ID)
		return chat, ok
	}
	up, err := b.Uploads.Upload(ctx, job.ID)
	return bot.Chat{Platform: up.Platform, ID: up.Chat}, err == nil
}

// receiveFile takes a file: at once "received", the reading is a job.
func (t *turn) receiveFile(ctx context.Context) error {
	if !mayReview(t.who) {
		return t.finish(ctx, t.say(fault.T("chat.no_lists_for_role")))
	}
	f := t.u.File
	if f.Size > maxFile {
		return t.finish(ctx, t.say(fault.T("upload.too_large", "MB", maxFile>>20)))
	}
	up := ledger.Upload{
		ID: t.b.NewID(), Platform: t.u.Chat.Platform, Chat: t.u.Chat.ID, Officer: t.who.ID, Unit: t.who.UnitCode,
		Source: f.ID, Name: cleanFileName(f.Name), Size: f.Size, Received: t.b.Now(),
	}
	t.replies = append(t.replies, bot.Reply{
		To: t.u.Chat, Slot: progressSlot(up.ID), Silent: true,
		Text: lines(t.p, fault.T("upload.received", "Name", up.Name), bot.Plain),
	})
	t.jobs = append(t.jobs, bot.Job{Kind: JobRead, ID: up.ID})
	t.audit = bot.Audit{Action: "file.received", Object: up.ID, Count: 1}
	return t.record(ctx, func(ctx context.Context, end bot.Ending) error {
		return t.b.Uploads.AddUpload(ctx, end, up)
	})
}

func progressSlot(upload string) string { return "progress:" + upload }

// cleanFileName makes a stranger's file name safe to show: its last element, without control and direction marks.
func cleanFileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u200e' || r == '\u200f' || (r >= '\u202a' && r <= '\u202e') || (r >= '\u2066' && r <= '\u2069') {
			return -1
		}
		return r
	}, name)
	if name == "" || name == "." || name == "/" {
		name = "danh-sach.xlsx"
	}
	return shorten(name, 80)
}

// reading is one upload on its way to being a list.
type reading struct {
	b    *Bot
	up   ledger.Upload
	chat bot.Chat
	t    *turn // for its language only
	last time.Time
	n    int
}

// readList reads an upload and keeps it as a list; the chat is told by a Done update, in its own order of turns.
func (b *Bot) readList(ctx context.Context, id string, again bool) error {
	up, err := b.Uploads.Upload(ctx, id)
	if err != nil {
		return err
	}
	r := &reading{b: b, up: up, chat: bot.Chat{Platform: up.Platform, ID: up.Chat}, last: b.Now()}
	r.t, err = b.jobTurn(ctx, r.chat)
	if fault.Is(err, fault.NotFound) {
		return nil // who sent it has no role any more: nothing is read for him, and nothing is said
	}
	if err != nil {
		return err
	}
	done, err := r.read(ctx, again)
	var said *fault.Error
	if errors.As(err, &said) {
		r.t.say(fault.T("upload.refused", "Name", up.Name), said.Text())
		return b.Turns.EndTurn(ctx, bot.Ending{Op: "upload:" + id, Chat: r.chat, Replies: append(r.t.replies, r.progressDone())})
	}
	if err != nil {
		return err
	}
	return b.Turns.PushUpdates(ctx, []bot.Update{{
		ID: "done:" + id + ":" + done, Kind: bot.Done, Chat: r.chat, Sender: r.chat.ID, SentAt: b.Now(), Data: done,
	}})
}

// jobTurn gives a job the officer of a private chat, which has the id of its person, and his language.
func (b *Bot) jobTurn(ctx context.Context, chat bot.Chat) (*turn, error) {
	who, err := b.Officers.OfficerOf(ctx, chat.Platform, chat.ID)
	if err != nil {
		return nil, err
	}
	t := &turn{b: b, u: bot.Update{Chat: chat, Sender: chat.ID}, who: who}
	t.p, err = b.printer(ctx, chat)
	return t, err
}

// read does the work and says what to report: "list.ID" or "same.UPLOAD.LIST".
func (r *reading) read(ctx context.Context, again bool) (string, error) {
	content, err := r.fetch(ctx)
	if err != nil {
		return "", err
	}
	hash := sha256.Sum256(content)
	if !again {
		old, err := r.b.Lists.ListByHash(ctx, r.up.Unit, hash[:])
		switch {
		case err == nil && old.ID == r.listID():
			return "list." + old.ID, nil
		case err == nil:
			return "same." + r.up.ID + "." + old.ID, nil
		case !fault.Is(err, fault.NotFound):
			return "", err
		}
	}
	book, err := r.b.Workbooks.Read(ctx, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "", err
	}
	ro, err := roster.Read(book, roster.ReadOptions{Kind: "auto", Progress: func(rows int) { r.progress(ctx, rows) }})
	if err != nil {
		return "", err
	}
	return "list." + r.listID(), r.keep(ctx, ro, content, hash[:])
}

// listID is made of the upload's, so that a job that runs again makes the same list.
func (r *reading) listID() string { return "l" + r.up.ID }

// fetch reads the file from where it was sent, up to the bound whatever size was claimed.
func (r *reading) fetch(ctx context.Context) ([]byte, error) {
	body, err := r.b.Places.OpenFrom(ctx, r.up.Platform, r.up.Source)
	if err != nil {
		return nil, fault.Wrap(fault.Unreadable, err, "upload.not_fetched")
	}
	defer body.Close()
	content, err := io.ReadAll(io.LimitReader(body, maxFile+1))
	if err != nil {
		return nil, fault.Wrap(fault.Unreadable, err, "upload.not_fetched")
	}
	if len(content) > maxFile {
		return nil, fault.New(fault.Unreadable, "upload.too_large", "MB", maxFile>>20)
	}
	return content, nil
}

// keep checks what was read, applies what can be put right automatically, and stores the list in one transaction.
func (r *reading) keep(ctx context.Context, ro *roster.Roster, content, hash []byte) error {
	if err := readable(ro); err != nil {
		return err
	}
	checker := check.New(ro, kind.Of(ro.Kind).Rules, r.b.today())
	if changed := check.ApplyAuto(ro, checker.Findings()); len(changed) > 0 {
		checker.Recheck(changed...)
	}
	file, _, err := r.b.Uploads.SaveFile(ctx, r.up.Name, "application/octet-stream", bytes.NewReader(content))
	if err != nil {
		return err
	}
	list := ledger.List{
		ID: r.listID(), Unit: r.up.Unit, Officer: r.up.Officer, Kind: ro.Kind, Name: r.up.Name, File: file,
		FileHash: hash, Info: roster.EncodeInfo(ro), People: len(ro.Records), Received: r.up.Received,
		Counts: counts(checker.Findings()),
	}
	end := bot.Ending{
		Op: "upload:" + r.up.ID, Chat: r.chat, Replies: []bot.Reply{r.progressDone()},
		Audit: bot.Audit{Officer: r.up.Officer, Action: "list.received", Object: list.ID, Count: list.People},
	}
	return r.b.Lists.AddList(ctx, end, list, peopleOf(ro))
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

// peopleOf yields a read list as the store keeps it: a person's id is his place in the file, "sheet:row".
func peopleOf(ro *roster.Roster) iter.Seq[ledger.Person] {
	ro.Rename(func(rec int) string { return fmt.Sprintf("%d:%d", ro.Records[rec].Sheet, ro.Records[rec].Row) })
	return func(yield func(ledger.Person) bool) {
		for i := range ro.Records {
			rec := &ro.Records[i]
			number, name := match.Keys(ro, i)
			p := ledger.Person{
				ID: rec.ID, Sheet: rec.Sheet, Row: rec.Row, Group: rec.Group, Cells: roster.EncodeCells(rec.Cells),
				NumberKey: number, NameKey: name,
			}
			if !rec.Decided.IsZero() {
				p.Decided, _ = json.Marshal(rec.Decided) // plain maps and strings: cannot fail
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
	reply := bot.Reply{
		To: r.chat, Slot: progressSlot(r.up.ID), Mode: bot.Edit, Silent: true,
		Text: lines(r.t.p, fault.T("upload.reading", "Name", r.up.Name, "Rows", rows), bot.Plain),
	}
	end := bot.Ending{Op: fmt.Sprintf("upload:%s:progress:%d", r.up.ID, r.n), Chat: r.chat, Replies: []bot.Reply{reply}}
	if err := r.b.Turns.EndTurn(ctx, end); err != nil {
		r.b.Log.Warn("progress not shown", "upload", r.up.ID, "err", err)
	}
}

// progressDone takes the progress message to its end.
func (r *reading) progressDone() bot.Reply {
	return bot.Reply{
		To: r.chat, Slot: progressSlot(r.up.ID), Mode: bot.Edit, Silent: true,
		Text: lines(r.t.p, fault.T("upload.read", "Name", r.up.Name), bot.Plain),
	}
}

// reportDone tells the chat what its long work came to.
func (t *turn) reportDone(ctx context.Context) error {
	what, id, _ := strings.Cut(t.u.Data, ".")
	switch what {
	case "list":
		return openList(ctx, t, id)
	case "same":
		upload, old, _ := strings.Cut(id, ".")
		card, err := t.b.Lists.List(ctx, t.who.UnitCode, old)
		if err != nil {
			return err
		}
		t.s = session{List: old}
		var v view
		v.line("upload.same", "Name", card.Name, "Date", card.Received.In(t.b.Zone).Format("15:04 02/01/2006"))
		v.row(choice("open."+old, "upload.same.open"))
		v.row(choice("again."+upload, "upload.same.other"))
		v.row(choice("leave", "chat.button.cancel"))
		return t.finish(ctx, t.draw(v))
	}
	return fmt.Errorf("done: unknown work %q", what)
}

// readAgain keeps a file as a list of its own although the same bytes were sent before.
func readAgain(ctx context.Context, t *turn, upload string) error {
	up, err := t.b.Uploads.Upload(ctx, upload)
	if err != nil {
		return err
	}
	if up.Unit != t.who.UnitCode {
		return fault.New(fault.NotFound, "chat.old_screen")
	}
	t.jobs = append(t.jobs, bot.Job{Kind: JobReadAgain, ID: upload})
	t.s = session{}
	var v view
	v.line("upload.received", "Name", up.Name)
	return t.finish(ctx, t.draw(v))
}
