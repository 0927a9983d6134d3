package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lamsach/bot"
	"lamsach/core/fault"
)

const (
	claimOp    = `INSERT INTO endings (op, at) VALUES ($1, $2) ON CONFLICT (op) DO NOTHING`
	closeInbox = `UPDATE inbox SET state = $2, reference = $3, body = CASE WHEN $2 = 'done' THEN NULL ELSE body END
		WHERE op = $1 AND state = 'waiting'`
	setScreen = `INSERT INTO chats (platform, id, screen) VALUES ($1, $2, $3)
		ON CONFLICT (platform, id) DO UPDATE SET screen = excluded.screen`
)

// EndTurn ends a turn that recorded no other fact.
func (s *Store) EndTurn(ctx context.Context, e bot.Ending) error {
	return s.record(ctx, e, func(context.Context, *sql.Tx) error { return nil })
}

// SetAside ends a turn that failed for the last time: the update is not tried again, and is kept sealed under the
// reference that its sender was told.
func (s *Store) SetAside(ctx context.Context, e bot.Ending, reference string) error {
	return s.recordAs(ctx, e, "aside", reference, func(context.Context, *sql.Tx) error { return nil })
}

// record runs a fact and what ends with it in one transaction, unless the operation has ended before.
func (s *Store) record(ctx context.Context, e bot.Ending, fact func(context.Context, *sql.Tx) error) error {
	return s.recordAs(ctx, e, "done", "", fact)
}

func (s *Store) recordAs(ctx context.Context, e bot.Ending, state, reference string, fact func(context.Context, *sql.Tx) error) error {
	if e.Op == "" {
		return errors.New("storage: an ending without an operation id")
	}
	if len(e.Jobs) > 0 && s.jobs == nil {
		return errors.New("storage: an ending with jobs, and nothing to insert them")
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		fresh, err := s.exec(ctx, tx, claimOp, e.Op, s.micros())
		if err != nil || fresh == 0 {
			return err
		}
		if err := fact(ctx, tx); err != nil {
			return err
		}
		return s.end(ctx, tx, e, state, reference)
	})
	if err == nil && len(e.Replies) > 0 {
		s.wake()
	}
	return err
}

// ended tells whether the operation has ended before.
func (s *Store) ended(ctx context.Context, op string) (bool, error) {
	var at int64
	err := s.reader.QueryRowContext(ctx, `SELECT at FROM endings WHERE op = $1`, op).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, told(err)
}

// end writes all that ends with a fact.
func (s *Store) end(ctx context.Context, tx *sql.Tx, e bot.Ending, state, reference string) error {
	if e.Update {
		if _, err := s.exec(ctx, tx, closeInbox, e.Op, state, reference); err != nil {
			return fmt.Errorf("close the inbox row: %w", err)
		}
	}
	if e.Screen != "" {
		if _, err := s.exec(ctx, tx, setScreen, e.Chat.Platform, e.Chat.ID, e.Screen); err != nil {
			return fmt.Errorf("set the screen: %w", err)
		}
	}
	if err := s.keepDraft(ctx, tx, e.Chat, e.Draft); err != nil {
		return fmt.Errorf("keep the draft: %w", err)
	}
	for i, reply := range e.Replies {
		if err := s.queueReply(ctx, tx, IDFor(e.Op, fmt.Sprint("reply ", i)), reply); err != nil {
			return fmt.Errorf("queue a reply: %w", err)
		}
	}
	for _, key := range e.Keys {
		if err := s.insertKey(ctx, tx, key); err != nil {
			return fmt.Errorf("keep the key of a notice: %w", err)
		}
	}
	if e.Audit != (bot.Audit{}) {
		if err := s.writeAudit(ctx, tx, e.Op, e.Audit); err != nil {
			return fmt.Errorf("write the audit line: %w", err)
		}
	}
	if len(e.Jobs) > 0 {
		if err := s.jobs.InsertJobs(ctx, tx, e.Jobs); err != nil {
			return fmt.Errorf("insert jobs: %w", err)
		}
	}
	return nil
}

// queueReply puts a reply in the outbox. Edits and notices that it overtakes are skipped: only the last is seen.
func (s *Store) queueReply(ctx context.Context, tx *sql.Tx, id string, reply bot.Reply) error {
	if reply.Mode == bot.Edit && reply.Slot != "" {
		_, err := s.exec(ctx, tx, skipEdits, reply.To.Platform, reply.To.ID, reply.Slot, flag(reply.Notice), s.micros())
		if err != nil {
			return err
		}
	}
	if reply.Notice && reply.Mode == bot.Send && reply.Slot != "" {
		if _, err := s.exec(ctx, tx, skipNotices, reply.To.Platform, reply.To.ID, reply.Slot, s.micros()); err != nil {
			return err
		}
	}
	body, err := json.Marshal(reply)
	if err != nil {
		return err
	}
	sealed := s.seals.outbox.Seal(nil, id, body)
	_, err = s.exec(ctx, tx, insertReply, id, s.nextSeq(), reply.To.Platform, reply.To.ID, reply.Slot, string(reply.Mode),
		flag(reply.Notice), s.micros(), sealed, reply.Topic)
	return err
}

// ChatScreen gives the token of the screen that the chat shows, "" for a chat that has shown none.
func (s *Store) ChatScreen(ctx context.Context, chat bot.Chat) (token string, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT screen FROM chats WHERE platform = $1 AND id = $2`,
		chat.Platform, chat.ID).Scan(&token)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return token, told(err)
}

// ChatLanguage gives the language that was chosen in the chat, "" when none was.
func (s *Store) ChatLanguage(ctx context.Context, chat bot.Chat) (language string, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT language FROM chats WHERE platform = $1 AND id = $2`,
		chat.Platform, chat.ID).Scan(&language)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return language, told(err)
}

// SetChatLanguage records the language that was chosen in the turn's chat.
func (s *Store) SetChatLanguage(ctx context.Context, e bot.Ending, language string) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `INSERT INTO chats (platform, id, language) VALUES ($1, $2, $3)
			ON CONFLICT (platform, id) DO UPDATE SET language = excluded.language`, e.Chat.Platform, e.Chat.ID, language)
		return err
	})
}

// flag writes a claim as SQLite and PostgreSQL both keep it.
func flag(claim bool) int64 {
	if claim {
		return 1
	}
	return 0
}

// orNull keeps an absent value absent; drivers do not agree on what a nil slice is.
func orNull(blob []byte) any {
	if blob == nil {
		return nil
	}
	return blob
}

// notFound is the answer for what does not exist and for what the asker may not know of: the two look the same.
func notFound(key string) error { return fault.New(fault.NotFound, key) }
