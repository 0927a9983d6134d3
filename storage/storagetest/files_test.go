package storagetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/fault"
)

// part is how much of a file is sealed at a time.
const part = 256 << 10

func noise(n int) []byte {
	body := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(body)
	return body
}

func TestFilesAreKeptToTheLastByte(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		for _, size := range []int{0, 1, part - 1, part, part + 1, 1 << 20, 3*part + 17} {
			body := noise(size)
			id, saved, err := b.SaveFile(ctx, "Danh sách.xlsx", "application/x", iotest.HalfReader(bytes.NewReader(body)))
			ok(t, err)
			if saved != int64(size) {
				t.Errorf("saved %d of %d", saved, size)
			}
			r, err := b.OpenFile(ctx, id)
			ok(t, err)
			got, err := io.ReadAll(r)
			ok(t, errors.Join(err, r.Close()))
			if !bytes.Equal(body, got) {
				t.Errorf("%d bytes came back as %d others", size, len(got))
			}
			name, mime, length, err := b.FileCard(ctx, id)
			if err != nil || name != "Danh sách.xlsx" || mime != "application/x" || length != int64(size) {
				t.Errorf("card %q %q %d %v", name, mime, length, err)
			}
			ok(t, b.DropFile(ctx, id))
			_, err = b.OpenFile(ctx, id)
			refused(t, err, fault.NotFound, "storage.file.not_found")
		}
	})
}

func TestFileCutShortIsNotKept(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		broken := errors.New("connection reset")
		_, _, err := b.SaveFile(ctx, "x", "", io.MultiReader(bytes.NewReader(noise(2<<20)), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) {
			t.Fatalf("error %v", err)
		}
		if n := b.count(`SELECT COUNT(*) FROM file_parts`) + b.count(`SELECT COUNT(*) FROM files`); n != 0 {
			t.Errorf("%d rows left", n)
		}
	})
}

func TestTamperedFileDoesNotRead(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		for name, change := range map[string]string{
			"parts swapped":  `UPDATE file_parts SET body = (SELECT o.body FROM file_parts o WHERE o.part = 0 AND o.file = file_parts.file) WHERE part = 1`,
			"last part gone": `DELETE FROM file_parts WHERE part = 2`,
		} {
			id, _, err := b.SaveFile(ctx, "x", "", bytes.NewReader(noise(2<<20+5)))
			ok(t, err)
			b.exec(change)
			r, err := b.OpenFile(ctx, id)
			ok(t, err)
			if _, err := io.ReadAll(r); err == nil {
				t.Errorf("%s: read to its end", name)
			}
			ok(t, b.DropFile(ctx, id))
		}
	})
}

func TestAttachmentIsReadAnewAtEachCall(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		id, _, err := b.SaveFile(ctx, "x", "", bytes.NewReader([]byte("workbook")))
		ok(t, err)
		r := reply(chatOf("1"), "here")
		r.File = &bot.Attachment{File: id, Name: "x"}
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "1", Replies: []bot.Reply{r}}))
		out, _, err := b.NextReply(ctx, chatOf("1"), b.clock.Now())
		ok(t, err)
		for range 2 {
			body, err := out.Body(context.WithoutCancel(ctx))
			ok(t, err)
			if got, err := io.ReadAll(body); err != nil || string(got) != "workbook" {
				t.Errorf("%q, %v", got, err)
			}
			ok(t, body.Close())
		}
	})
}

func TestWebEventsAndSessions(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		var last int64
		for i := range 5 {
			seq, err := b.AppendWebEvent(ctx, "p1", fmt.Appendf(nil, "event %d", i))
			ok(t, err)
			if seq <= last {
				t.Fatalf("number %d after %d", seq, last)
			}
			last = seq
			b.clock.move(-time.Hour) // a clock that goes back gives no number twice
			b.restart()
		}
		_, err := b.AppendWebEvent(ctx, "p2", []byte("somebody else's"))
		ok(t, err)
		events, err := b.WebEventsAfter(ctx, "p1", 0, 3)
		ok(t, err)
		rest, err := b.WebEventsAfter(ctx, "p1", events[2].Seq, 10)
		ok(t, err)
		var bodies []string
		for _, e := range append(events, rest...) {
			bodies = append(bodies, string(e.Body))
		}
		if diff := cmp.Diff([]string{"event 0", "event 1", "event 2", "event 3", "event 4"}, bodies); diff != "" {
			t.Error(diff)
		}

		token := []byte("hash of a token")
		ok(t, b.StartWebSession(ctx, token, "p1", b.clock.Now().Add(time.Hour)))
		who := func() string {
			person, there, err := b.WebPerson(ctx, token, b.clock.Now())
			ok(t, err)
			if there != (person != "") {
				t.Errorf("%q, %v", person, there)
			}
			return person
		}
		if who() != "p1" {
			t.Error("the session does not open")
		}
		b.clock.move(2 * time.Hour)
		if who() != "" {
			t.Error("an expired session opens")
		}
		b.clock.move(-2 * time.Hour)
		ok(t, b.EndWebSession(ctx, token))
		if who() != "" {
			t.Error("an ended session opens")
		}
	})
}

func TestPurgeTakesWhatHasServed(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		fill := func(n int) {
			var updates []bot.Update
			for i := range 700 { // more than one batch
				updates = append(updates, message(chat, fmt.Sprintf("%d-%d", n, i), "x"))
			}
			ok(t, b.PushUpdates(ctx, updates))
			for _, u := range updates[:699] {
				ok(t, b.EndTurn(ctx, bot.Ending{Op: u.Op(), Update: true}))
			}
			ok(t, b.EndTurn(ctx, bot.Ending{Op: fmt.Sprint("say", n), Replies: []bot.Reply{reply(chat, "x")}}))
			send(t, b)
			ok(t, b.SaveSession(ctx, chatOf(fmt.Sprint(n)), []byte("s"), 72*time.Hour))
			_, err := b.AppendWebEvent(ctx, "p", []byte("e"))
			ok(t, err)
			_, _, err = b.SaveFile(ctx, "x", "", bytes.NewReader([]byte("x")))
			ok(t, err)
		}
		fill(1)
		b.clock.move(49 * time.Hour)
		fill(2)
		now := b.clock.Now()
		ok(t, b.Purge(ctx, now))
		for query, want := range map[string]int{
			`SELECT COUNT(*) FROM inbox`:    701, // 700 of today, and the old one that still waits
			`SELECT COUNT(*) FROM outbox`:   1,
			`SELECT COUNT(*) FROM sessions`: 2,
			`SELECT COUNT(*) FROM endings`:  1400,
		} {
			if n := b.count(query); n != want {
				t.Errorf("%s: %d, want %d", query, n, want)
			}
		}
		ok(t, b.Purge(ctx, now.AddDate(2, 0, 0)))
		for _, table := range []string{"outbox", "sessions", "endings", "web_events", "files", "file_parts"} {
			if n := b.count(`SELECT COUNT(*) FROM ` + table); n != 0 {
				t.Errorf("%s still has %d rows", table, n)
			}
		}
		if n := b.count(`SELECT COUNT(*) FROM inbox`); n != 2 {
			t.Errorf("%d updates are left, want the 2 that nobody has dealt with", n)
		}
	})
}

func TestFileIsReadInAnyOrder(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		whole := noise(3*part + 12345)
		id, _, err := b.SaveFile(ctx, "x", "", bytes.NewReader(whole))
		ok(t, err)
		r, size, err := b.FileAt(ctx, id)
		ok(t, err)
		if size != int64(len(whole)) {
			t.Fatalf("%d bytes, want %d", size, len(whole))
		}
		for _, from := range []int64{3 * part, 0, part - 7, 2 * part, 17, size - 5, 3*part - 1} {
			got := make([]byte, 70_000)
			n, err := r.ReadAt(got, from)
			want := whole[from:min(from+70_000, size)]
			if !bytes.Equal(got[:n], want) || (err != nil) != (n < len(got)) || err != nil && err != io.EOF {
				t.Errorf("from %d: %d bytes, %v", from, n, err)
			}
		}
		if n, err := r.ReadAt(make([]byte, 1), size); n != 0 || err != io.EOF {
			t.Errorf("beyond the end: %d, %v", n, err)
		}
		_, _, err = b.FileAt(ctx, "no such file")
		refused(t, err, fault.NotFound, "storage.file.not_found")
		b.exec(`UPDATE file_parts SET body = (SELECT o.body FROM file_parts o WHERE o.part = 1) WHERE part = 2`)
		b.exec(`DELETE FROM file_parts WHERE part = 3`)
		r, _, err = b.FileAt(ctx, id)
		ok(t, err)
		for _, from := range []int64{2 * part, 3 * part} {
			if n, err := r.ReadAt(make([]byte, 10), from); err == nil || err == io.EOF || n > 0 {
				t.Errorf("what was not saved there is read from %d: %d, %v", from, n, err)
			}
		}
	})
}
