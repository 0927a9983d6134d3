package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"lamsach/bot"
)

// dueNotices is how many notices DueChats looks at in one go; more come when these are sent.
const dueNotices = 256

const (
	// insertReply puts a reply behind those of its kind in the chat: while one of them waits, it waits. Otherwise it is due
	// whatever the clock says, which may be set back.
	insertReply = `INSERT INTO outbox (id, seq, platform, chat, slot, mode, notice, state, pending, due_at, fault, queued_at, ended_at, body, topic)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', 1, COALESCE((SELECT MAX(o.due_at) FROM outbox o
			WHERE o.pending = 1 AND o.platform = $3 AND o.chat = $4 AND o.notice = $7), 0), '', $8, 0, $9, $10)`
	dueReplies = `SELECT platform, chat FROM outbox
		WHERE pending = 1 AND notice = $1 AND due_at <= $2 ORDER BY notice, seq LIMIT $3`
	laterReplies = `SELECT MIN(due_at) FROM outbox WHERE pending = 1 AND due_at > $1`
	// skipEdits counts edits that a later one of the same slot overtakes as skipped, unless something else came to the
	// slot between them. One of them may be on its way at this moment: ReplySent still finds it.
	skipEdits = `UPDATE outbox SET state = 'skipped', pending = 0, ended_at = $5, body = NULL
		WHERE pending = 1 AND platform = $1 AND chat = $2 AND notice = $4 AND slot = $3 AND mode = 'edit'
			AND seq > COALESCE((SELECT MAX(b.seq) FROM outbox b WHERE b.pending = 1 AND b.platform = $1 AND b.chat = $2
				AND b.slot = $3 AND b.mode <> 'edit'), 0)`
	// skipNotices counts notices that a newer one of the same slot overtakes as skipped.
	skipNotices = `UPDATE outbox SET state = 'skipped', pending = 0, ended_at = $4, body = NULL
		WHERE pending = 1 AND platform = $1 AND chat = $2 AND notice = 1 AND slot = $3`
	// headReply is the chat's next reply that is due. Those of a kind are due in their order, so the first is a head.
	headReply = `SELECT o.id, o.body, COALESCE(s.message, '') FROM outbox o
		LEFT JOIN slots s ON s.platform = o.platform AND s.chat = o.chat AND s.slot = o.slot AND o.slot <> ''
		WHERE o.pending = 1 AND o.platform = $1 AND o.chat = $2 AND o.due_at <= $3
		ORDER BY o.notice, o.seq LIMIT 1`
	markSent = `UPDATE outbox SET state = 'sent', pending = 0, fault = '', ended_at = $2, body = NULL
		WHERE id = $1 AND state <> 'sent' RETURNING platform, chat, slot, mode`
	unreachableSince = `SELECT unreachable_at FROM chats WHERE platform = $1 AND id = $2 AND unreachable_at <> 0`
	setReachable     = `UPDATE chats SET unreachable_at = 0, unreachable_told = 0 WHERE platform = $1 AND id = $2`
	setSlot          = `INSERT INTO slots (platform, chat, slot, message) VALUES ($1, $2, $3, $4)
		ON CONFLICT (platform, chat, slot) DO UPDATE SET message = excluded.message`
)

// DueChats lists chats with something to send now, those with interactive replies first, and when to look again (the
// zero time: when woken).
func (s *Store) DueChats(ctx context.Context, now time.Time) (chats []bot.Chat, again time.Time, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		seen := map[bot.Chat]bool{}
		for _, kind := range []struct{ notice, limit int }{{0, 10 * dueNotices}, {1, dueNotices}} {
			rows, err := s.reader.within(ctx, tx, dueReplies, kind.notice, now.UnixMicro(), kind.limit)
			if err != nil {
				return err
			}
			err = each(rows, func(scan scanner) error {
				var chat bot.Chat
				if err := scan(&chat.Platform, &chat.ID); err != nil || seen[chat] {
					return err
				}
				seen[chat] = true
				chats = append(chats, chat)
				return nil
			})
			if err != nil {
				return err
			}
		}
		var later sql.NullInt64
		rows, err := s.reader.within(ctx, tx, laterReplies, now.UnixMicro())
		if err != nil {
			return err
		}
		err = each(rows, func(scan scanner) error { return scan(&later) })
		if later.Valid {
			again = time.UnixMicro(later.Int64).UTC()
		}
		return err
	})
	return chats, again, err
}

// NextReply gives the chat's next reply if it is due; false when there is none. It changes nothing: asked again, it gives
// the same reply. One that cannot be opened any more is given up, so that the others do not wait for it.
func (s *Store) NextReply(ctx context.Context, chat bot.Chat, now time.Time) (out bot.Outgoing, ok bool, err error) {
	for {
		var body []byte
		err = s.reader.QueryRowContext(ctx, headReply, chat.Platform, chat.ID, now.UnixMicro()).Scan(&out.ID, &body, &out.Message)
		if errors.Is(err, sql.ErrNoRows) {
			return bot.Outgoing{}, false, nil
		}
		if err != nil {
			return bot.Outgoing{}, false, told(err)
		}
		plain, err := s.seals.outbox.Open(nil, out.ID, body)
		if err == nil {
			err = json.Unmarshal(plain, &out.Reply)
		}
		if err == nil {
			break
		}
		s.log.ErrorContext(ctx, "reply cannot be opened, given up", "id", out.ID, "error", err)
		if err := s.ReplyFailed(ctx, out.ID, bot.Refused, time.Time{}); err != nil {
			return bot.Outgoing{}, false, err
		}
	}
	if file := out.Reply.File; file != nil {
		out.Body = func(ctx context.Context) (io.ReadCloser, error) { return s.OpenFile(ctx, file.File) }
	}
	return out, true, nil
}

// ReplySent marks it sent, erases what it said and remembers the message that its slot holds now. A power cut within lazyFor may take
// it back; then the reply goes out again, as after one in the middle of sending: rather twice than never.
func (s *Store) ReplySent(ctx context.Context, id, messageID string) error {
	return s.writeLazily(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var platform, chat, slot, mode string
		err := s.row(ctx, tx, markSent, id, s.micros()).Scan(&platform, &chat, &slot, &mode)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // marked before
		}
		if err != nil {
			return fmt.Errorf("mark a reply sent: %w", err)
		}
		if err := s.reached(ctx, tx, bot.Chat{Platform: platform, ID: chat}); err != nil {
			return err
		}
		switch {
		case slot == "":
			return nil
		case bot.Mode(mode) == bot.Remove:
			_, err = s.exec(ctx, tx, `DELETE FROM slots WHERE platform = $1 AND chat = $2 AND slot = $3`, platform, chat, slot)
		case messageID != "":
			_, err = s.exec(ctx, tx, setSlot, platform, chat, slot, messageID)
		}
		return err
	})
}

// ReplyFailed keeps it for later (retryAt set) or gives it up; what was given up stays visible with the fault. While it
// is kept, those of its kind in the chat wait behind it. A Revoked reply is always kept: it will go with the next token.
func (s *Store) ReplyFailed(ctx context.Context, id string, fault bot.SendFault, retryAt time.Time) error {
	if fault == bot.Revoked && retryAt.IsZero() {
		retryAt = s.now()
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if retryAt.IsZero() {
			return s.giveUp(ctx, tx, id, fault)
		}
		state := "queued"
		if fault == bot.Doubtful {
			state = "doubtful"
		}
		var chat bot.Chat
		var notice int64
		err := s.row(ctx, tx, `UPDATE outbox SET state = $2, fault = $3, due_at = $4 WHERE id = $1 AND pending = 1
			RETURNING platform, chat, notice`, id, state, string(fault), retryAt.UnixMicro()).Scan(&chat.Platform, &chat.ID, &notice)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // ended before
		}
		if err != nil {
			return err
		}
		_, err = s.exec(ctx, tx, `UPDATE outbox SET due_at = $4
			WHERE pending = 1 AND platform = $1 AND chat = $2 AND notice = $3 AND due_at < $4`,
			chat.Platform, chat.ID, notice, retryAt.UnixMicro())
		return err
	})
	if err == nil {
		s.wake()
	}
	return err
}

// giveUp ends a reply that will not be sent. A chat that cannot be reached is remembered as such, from the first time on, until
// something arrives there or the person lets the bot back in.
func (s *Store) giveUp(ctx context.Context, tx *sql.Tx, id string, fault bot.SendFault) error {
	state := "refused"
	switch fault {
	case bot.Unreachable:
		state = "unreachable"
	case bot.Doubtful:
		state = "doubtful"
	case bot.Late:
		state = "late"
	}
	var chat bot.Chat
	var queued int64
	err := s.row(ctx, tx, `UPDATE outbox SET state = $2, fault = $3, pending = 0, ended_at = $4, body = NULL
		WHERE id = $1 AND pending = 1 RETURNING platform, chat, queued_at`, id, state, string(fault), s.micros()).Scan(&chat.Platform, &chat.ID, &queued)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	switch {
	case err != nil:
		return err
	case fault == bot.Late:
		return s.makeUp(ctx, tx, chat, queued)
	case fault != bot.Unreachable:
		return nil
	}
	_, err = s.exec(ctx, tx, `INSERT INTO chats (platform, id, unreachable_at) VALUES ($1, $2, $3)
		ON CONFLICT (platform, id) DO UPDATE SET unreachable_at = excluded.unreachable_at WHERE chats.unreachable_at = 0`, chat.Platform, chat.ID, s.micros())
	return err
}

// Undelivered is a reply that was given up.
type Undelivered struct {
	ID     string
	Chat   bot.Chat
	Notice bool
	Fault  bot.SendFault
	At     time.Time
}

// UndeliveredReplies lists what was given up since, the newest first, at most limit.
func (s *Store) UndeliveredReplies(ctx context.Context, since time.Time, limit int) ([]Undelivered, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT id, platform, chat, notice, fault, ended_at FROM outbox
		WHERE pending = 0 AND state NOT IN ('sent', 'skipped') AND ended_at >= $1 ORDER BY ended_at DESC LIMIT $2`, since.UnixMicro(), limit)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (u Undelivered, err error) {
		var at int64
		err = scan(&u.ID, &u.Chat.Platform, &u.Chat.ID, &u.Notice, &u.Fault, &at)
		u.At = time.UnixMicro(at).UTC()
		return u, err
	})
}

// ChatReachable tells whether the last thing sent to the chat did not find it blocked or gone.
func (s *Store) ChatReachable(ctx context.Context, chat bot.Chat) (bool, error) {
	var since int64
	err := s.reader.QueryRowContext(ctx, `SELECT unreachable_at FROM chats WHERE platform = $1 AND id = $2`,
		chat.Platform, chat.ID).Scan(&since)
	if errors.Is(err, sql.ErrNoRows) {
		return true, nil
	}
	return since == 0, told(err)
}

// Waiting tells how much is still to be dealt with and to be said, and since when the oldest waits (zero: nothing).
type Waiting struct {
	Updates, Replies             int
	OldestUpdate, OldestReply    time.Time
	UpdatesAside, RepliesRefused int
}

// Backlog counts what waits, for a look at the store's health.
func (s *Store) Backlog(ctx context.Context) (w Waiting, err error) {
	var update, reply int64
	err = s.reader.QueryRowContext(ctx, `SELECT
		(SELECT COUNT(*) FROM inbox WHERE state = 'waiting'), (SELECT COUNT(*) FROM outbox WHERE pending = 1),
		(SELECT COALESCE(MIN(received_at), 0) FROM inbox WHERE state = 'waiting'),
		(SELECT COALESCE(MIN(queued_at), 0) FROM outbox WHERE pending = 1),
		(SELECT COUNT(*) FROM inbox WHERE state = 'aside'), (SELECT COUNT(*) FROM outbox WHERE pending = 0 AND state NOT IN ('sent', 'skipped'))`).
		Scan(&w.Updates, &w.Replies, &update, &reply, &w.UpdatesAside, &w.RepliesRefused)
	if update > 0 {
		w.OldestUpdate = time.UnixMicro(update).UTC()
	}
	if reply > 0 {
		w.OldestReply = time.UnixMicro(reply).UTC()
	}
	return w, told(err)
}
