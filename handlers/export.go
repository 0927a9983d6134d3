package handlers

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"path"
	"strings"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/core/report"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// exportList asks for the corrected workbook of the list at hand.
func exportList(ctx context.Context, t *turn, _ string) error {
	id, err := t.listAtHand(ctx)
	if err != nil {
		return err
	}
	if id == "" {
		return showLists(ctx, t, "")
	}
	return t.withList(ctx, id, func(d *desk) error {
		if err := t.askForCopy(d, false); err != nil {
			return err
		}
		return t.finish(ctx) // the screen stays as it is: the workbook comes as a message of its own
	})
}

// exportID is the id of an export job: the list, what sort of copy, the chat that asked, and the operation, so that
// asking twice gives two copies and a job that runs again gives one.
func exportID(d *desk, marked bool, chat bot.Chat, op string) string {
	sort := "corrected"
	if marked {
		sort = "marked"
	}
	return strings.Join([]string{d.card.ID, sort, chat.Platform, chat.ID, bot.ScreenToken(op)}, "|")
}

// asked is what an export job makes.
type asked struct {
	list   string
	marked bool
}

// splitExportID undoes exportID.
func splitExportID(id string) (asked, bot.Chat, bool) {
	parts := strings.Split(id, "|")
	if len(parts) != 5 {
		return asked{}, bot.Chat{}, false
	}
	return asked{list: parts[0], marked: parts[1] == "marked"}, bot.Chat{Platform: parts[2], ID: parts[3]}, true
}

// askForCopy plans the making of a workbook; it arrives as a message of its own.
func (t *turn) askForCopy(d *desk, marked bool) error {
	if err := t.people(officer.ExportPeople); err != nil {
		return err
	}
	t.jobs = append(t.jobs, bot.Job{Kind: JobExport, ID: exportID(d, marked, t.u.Chat, t.u.Op())})
	t.audit = bot.Audit{Action: "list.exported", Object: d.card.ID, Count: len(d.ro.Records)}
	t.alert(fault.T("export.preparing", "Name", shorten(d.card.Name, 60)))
	return nil
}

// exportCopy makes the officer's own file anew, with what was decided, and sends it.
func (b *Bot) exportCopy(ctx context.Context, id string) error {
	asked, chat, ok := splitExportID(id)
	if !ok {
		return fmt.Errorf("export job %q is malformed", id)
	}
	t, err := b.jobTurn(ctx, chat)
	if fault.Is(err, fault.NotFound) || err == nil && !t.can(officer.ExportPeople, t.who.UnitCode) {
		return nil // the role has ended since: nothing leaves the house
	}
	if err != nil {
		return err
	}
	err = t.makeCopy(ctx, asked.list, asked.marked)
	if said := final(err); said != nil {
		t.replies = nil
		t.say(said.Text())
	} else if err != nil {
		return err
	}
	return b.Turns.EndTurn(ctx, bot.Ending{Op: "export:" + id, Chat: chat, Replies: t.replies})
}

// makeCopy adds the reply that carries the workbook.
func (t *turn) makeCopy(ctx context.Context, list string, marked bool) error {
	var card ledger.List
	var plan report.Copy
	enough := func() {}
	defer func() { enough() }()
	err := t.b.shelf.with(ctx, t.place(), list, func(d *desk) error {
		card = d.card
		if card.People > packedFrom {
			enough = bot.Spare()
		}
		plan = report.Plan(d.ro, d.checker, func(text fault.Text) string { return words(t.p, text) })
		return nil
	})
	if err != nil {
		return err
	}
	key := "export.corrected"
	if marked {
		key = "export.marked"
	}
	name := baseName(card.Name) + " - " + t.p.Text(key+".suffix", nil) + ".xlsx"
	file, size, err := t.b.saveCopy(ctx, card.File, name, plan)
	if err != nil {
		return err
	}
	t.replies = append(t.replies, bot.Reply{
		To: t.u.Chat, Text: lines(t.p, fault.T(key, "People", card.People, "Open", openErrors(card)), bot.Plain),
		File: &bot.Attachment{File: file, Name: name, MIME: xlsxType, Size: size},
	})
	return nil
}

// copyPiece is how much of a copy goes on at a time to be kept.
const copyPiece = 256 << 10

// saveCopy patches a kept workbook and keeps the copy while it comes out; neither is held whole.
func (b *Bot) saveCopy(ctx context.Context, of, name string, plan report.Copy) (file string, size int64, err error) {
	in, length, err := b.Uploads.FileAt(ctx, of)
	if err != nil {
		return "", 0, err
	}
	from, to := io.Pipe()
	copied := bot.Beside(func() error {
		large := bufio.NewWriterSize(to, copyPiece)
		err := bot.Guarded(func() error { return b.Workbooks.Copy(ctx, in, length, large, plan) })
		if err == nil {
			err = large.Flush()
		}
		return to.CloseWithError(err) // nil: the end
	})
	file, size, err = b.Uploads.SaveFile(ctx, name, xlsxType, from)
	from.CloseWithError(io.ErrClosedPipe) // whoever still writes hears of it
	_ = copied()                          // SaveFile has met its error
	return file, size, err
}

// baseName is a workbook's name without the extension that programs give to workbooks.
func baseName(name string) string {
	switch ext := path.Ext(name); strings.ToLower(ext) {
	case ".xlsx", ".xlsm", ".xltx", ".xls":
		return strings.TrimSuffix(name, ext)
	}
	return name
}
