package handlers

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/locales"
)

// maxFile is how large a list may be, in bytes: what Telegram lets a bot download.
const maxFile = 20 << 20

// The kinds of job. Their IDs are ids of uploads and lists.
const (
	JobRead      = "read_list"       // ID: upload
	JobReadAgain = "read_list_again" // ID: upload; a list with the same bytes is no reason to ask
	JobUpdate    = "update_list"     // ID: see updateID
	JobExport    = "export_list"     // ID: see exportID
	JobLook      = "look"            // at reminders and the like that are due; ID: why, for the log
	JobPush      = "push"            // ID: of a nudge or an announcement
)

// JobKinds lists every kind of job that Work does.
func JobKinds() []string {
	return []string{JobRead, JobReadAgain, JobUpdate, JobExport, JobElsewhere, JobReconcile, JobMenu, JobLook, JobPush, bot.ReachedJob}
}

// Regular tells how often the jobs run that come by themselves.
func Regular() map[string]time.Duration {
	return map[string]time.Duration{JobLook: time.Minute, JobReconcile: 24 * time.Hour}
}

// Work does a job. It may run again after it was cut short; what it records, it records once.
func (b *Bot) Work(ctx context.Context, job bot.Job) error {
	switch job.Kind {
	case JobRead:
		return b.readList(ctx, job.ID, false)
	case JobReadAgain:
		return b.readList(ctx, job.ID, true)
	case JobUpdate:
		return b.updateList(ctx, job.ID)
	case JobExport:
		return b.exportCopy(ctx, job.ID)
	case JobElsewhere:
		return b.findElsewhere(ctx, job.ID)
	case JobReconcile:
		_, err := b.Reconcile(ctx)
		return err
	case JobLook:
		return b.look(ctx)
	case JobPush:
		return b.sendPush(ctx, job.ID)
	case bot.ReachedJob:
		return b.makeUp(ctx, job.ID)
	case JobMenu:
		return b.setMenu(ctx, job.ID)
	}
	return fmt.Errorf("job of unknown kind %q", job.Kind)
}

// GaveUp tells the chat that asked for a job which failed for the last time; what it was about stays as it was.
func (b *Bot) GaveUp(ctx context.Context, job bot.Job, cause error) {
	b.Log.Error("job given up", "kind", job.Kind, "job", job.ID, "err", cause)
	if err := b.sorry(ctx, job, cause); err != nil {
		b.Log.Error("apology not recorded", "job", job.ID, "err", err)
	}
}

func (b *Bot) sorry(ctx context.Context, job bot.Job, cause error) error {
	if job.Kind == JobElsewhere || job.Kind == JobLook || job.Kind == JobPush || job.Kind == bot.ReachedJob {
		return nil // nobody waits for it; another look comes, and the operator's log tells
	}
	op := "gave-up:" + job.Kind + ":" + job.ID
	why := fault.T("chat.apology", "Reference", bot.Reference(op))
	var said *fault.Error
	if errors.As(cause, &said) {
		why = said.Text()
	}
	if job.Kind == JobExport {
		_, chat, _ := splitExportID(job.ID)
		t, err := b.jobTurn(ctx, chat)
		if err != nil {
			return err
		}
		t.say(why)
		return b.Turns.EndTurn(ctx, bot.Ending{Op: op, Chat: chat, Replies: t.replies})
	}
	upload, _ := splitUpdateID(job.ID)
	r, err := b.openUpload(ctx, upload)
	if err != nil || r == nil {
		return err
	}
	return r.refuse(ctx, op, why)
}

// receiveFile takes a file: at once "received", the reading is a job.
func (t *turn) receiveFile(ctx context.Context) error {
	if err := t.people(officer.SendList); err != nil {
		return err
	}
	f := t.u.File
	if f.Size > maxFile {
		return t.finish(ctx, t.say(fault.T("upload.too_large", "MB", maxFile>>20)))
	}
	up := ledger.Upload{
		ID: t.b.NewID(), Platform: t.u.Chat.Platform, Chat: t.u.Chat.ID, Officer: t.who.ID, Unit: t.who.UnitCode,
		Source: f.ID, Name: cleanFileName(f.Name), Size: f.Size, Received: t.b.Now(),
	}
	t.replies = append(t.replies, progress(t.u.Chat, t.p, up.ID, fault.T("upload.received", "Name", up.Name)))
	t.jobs = append(t.jobs, bot.Job{Kind: JobRead, ID: up.ID})
	t.audit = bot.Audit{Action: "file.received", Object: up.ID, Count: 1}
	return t.record(ctx, func(ctx context.Context, end bot.Ending) error {
		return t.b.Uploads.AddUpload(ctx, end, up)
	})
}

// progress is the one message that tells how far the reading of an upload is. It changes in place, without a ring.
func progress(chat bot.Chat, p locales.Printer, upload string, text fault.Text) bot.Reply {
	return bot.Reply{
		To: chat, Slot: "progress:" + upload, Mode: bot.Edit, Silent: true, Text: lines(p, text, bot.Plain),
	}
}

// cleanFileName makes a stranger's file name safe to show: its last element, without what changes how it is read.
func cleanFileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), "\\", "/"))
	name = strings.TrimSpace(strings.Map(shown, strings.ReplaceAll(name, "\n", " ")))
	if name == "" || name == "." || name == "/" {
		name = "danh-sach.xlsx"
	}
	return shorten(name, 80)
}

// reportDone tells the chat what its long work came to.
func (t *turn) reportDone(ctx context.Context) error {
	what, id, _ := strings.Cut(t.u.Data, ".")
	switch {
	case t.stranger():
		return t.finish(ctx)
	case what == "joining":
		return t.askedJoining(ctx, id)
	case !t.can(officer.SeePeople, t.who.UnitCode):
		return t.finish(ctx) // the role has ended since
	case what == "list":
		return openList(ctx, t, id)
	case what == "same":
		upload, old, _ := strings.Cut(id, ".")
		return t.askSame(ctx, upload, old)
	case what == "column":
		return t.askColumn(ctx, id)
	case what == "later":
		return t.askLater(ctx, id)
	}
	return fmt.Errorf("done: unknown work %q", what)
}

// askSame asks what is meant by a file that was sent before.
func (t *turn) askSame(ctx context.Context, upload, old string) error {
	up, err := t.b.Uploads.Upload(ctx, upload)
	if err != nil {
		return err
	}
	card, err := t.b.Lists.List(ctx, t.who.UnitCode, old)
	if err != nil {
		return err
	}
	t.replies = append(t.replies, progress(t.u.Chat, t.p, upload, fault.T("upload.read", "Name", up.Name)))
	t.s = session{List: old}
	var v view
	v.line("upload.same", "Name", card.Name, "Date", card.Received.In(t.b.Zone).Format("15:04 02/01/2006"))
	v.row(choice("open."+old, "upload.same.open"))
	v.row(choice("again."+upload, "upload.same.other"))
	v.row(choice("leave", "chat.button.cancel"))
	return t.finish(ctx, t.draw(v))
}

// readAgain keeps a file as a list of its own although the same bytes were sent before.
func readAgain(ctx context.Context, t *turn, upload string) error {
	if err := t.people(officer.SendList); err != nil {
		return err
	}
	up, err := t.b.Uploads.Upload(ctx, upload)
	if fault.Is(err, fault.NotFound) || err == nil && up.Unit != t.who.UnitCode {
		return t.oldButton(ctx)
	}
	if err != nil {
		return err
	}
	t.jobs = append(t.jobs, bot.Job{Kind: JobReadAgain, ID: upload})
	t.s = session{}
	var v view
	v.line("upload.same.kept", "Name", up.Name)
	v.row(choice("lists", "chat.button.lists"), choice("help", "chat.button.help"))
	t.draw(v)
	t.replies = append(t.replies, progress(t.u.Chat, t.p, upload, fault.T("upload.received", "Name", up.Name)))
	return t.finish(ctx)
}
