package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lamsach/bot"
)

const (
	insertUpdate = `INSERT INTO inbox (op, platform, chat, seq, received_at, state, attempts, reference, body)
		VALUES ($1, $2, $3, $4, $5, 'waiting', 0, '', $6) ON CONFLICT (op) DO NOTHING`
	takeUpdate = `UPDATE inbox SET attempts = attempts + 1 WHERE op = (
		SELECT op FROM inbox WHERE state = 'waiting' AND platform = $1 AND chat = $2 ORDER BY seq LIMIT 1)
		RETURNING op, attempts, body`
)

// PushUpdates stores the updates that it has not seen within 48 hours, sealed; it returns after they are durable.
// Updates are known by the set of their ids: a platform's ids may start again lower.
func (s *Store) PushUpdates(ctx context.Context, updates []bot.Update) error {
	if len(updates) == 0 {
		return nil
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, u := range updates {
			body, err := json.Marshal(u)
			if err != nil {
				return fmt.Errorf("write an update: %w", err)
			}
			_, err = s.exec(ctx, tx, insertUpdate, u.Op(), u.Chat.Platform, u.Chat.ID, s.nextSeq(), s.micros(),
				s.seals.inbox.Seal(nil, u.Op(), body))
			if err != nil {
				return fmt.Errorf("store an update: %w", err)
			}
		}
		return nil
	})
	if err == nil {
		s.wake()
	}
	return err
}

// WaitingChats lists the chats with updates to deal with, the longest waiting first.
func (s *Store) WaitingChats(ctx context.Context) ([]bot.Chat, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT platform, chat FROM inbox WHERE state = 'waiting'
		GROUP BY platform, chat ORDER BY MIN(seq)`)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (chat bot.Chat, err error) {
		err = scan(&chat.Platform, &chat.ID)
		return chat, err
	})
}

// NextUpdate gives the oldest waiting update of the chat and counts the attempt (from 1) where it outlives the process, so that
// an update that kills it is set aside one day; false when there is none. An update that cannot be opened any more is set
// aside at once.
func (s *Store) NextUpdate(ctx context.Context, chat bot.Chat) (u bot.Update, attempt int, ok bool, err error) {
	for {
		var op string
		var body []byte
		err = s.writeLazily(ctx, func(ctx context.Context, tx *sql.Tx) error { // the turn's own transaction waits for the disk
			op = ""
			err := s.row(ctx, tx, takeUpdate, chat.Platform, chat.ID).Scan(&op, &attempt, &body)
			if errors.Is(err, sql.ErrNoRows) {
				return nil
			}
			return err
		})
		if err != nil || op == "" {
			return bot.Update{}, 0, false, err
		}
		u, err = s.openUpdate(op, body)
		if err == nil {
			return u, attempt, true, nil
		}
		s.log.ErrorContext(ctx, "update cannot be opened, set aside", "op", op, "error", err)
		if err := s.setUnreadable(ctx, op); err != nil {
			return bot.Update{}, 0, false, err
		}
	}
}

func (s *Store) openUpdate(op string, body []byte) (u bot.Update, err error) {
	plain, err := s.seals.inbox.Open(nil, op, body)
	if err != nil {
		return u, err
	}
	return u, json.Unmarshal(plain, &u)
}

func (s *Store) setUnreadable(ctx context.Context, op string) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, closeInbox, op, "aside", "unreadable")
		return err
	})
}

// SetAsideUpdate is an update that failed for the last time.
type SetAsideUpdate struct {
	Op        string
	Reference string // what its sender was told
	Attempts  int
}

// UpdatesAside lists what was set aside and is still kept, the newest first, at most limit.
func (s *Store) UpdatesAside(ctx context.Context, limit int) ([]SetAsideUpdate, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT op, reference, attempts FROM inbox WHERE state = 'aside'
		ORDER BY seq DESC LIMIT $1`, limit)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (u SetAsideUpdate, err error) {
		err = scan(&u.Op, &u.Reference, &u.Attempts)
		return u, err
	})
}
