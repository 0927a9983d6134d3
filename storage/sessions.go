package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"lamsach/bot"
)

// LoadSession gives where the chat is in its talk; false when nothing is kept, or no longer valid, or not ours.
func (s *Store) LoadSession(ctx context.Context, chat bot.Chat) (state []byte, ok bool, err error) {
	var sealed []byte
	err = s.reader.QueryRowContext(ctx, `SELECT body FROM sessions WHERE platform = $1 AND chat = $2 AND expires_at > $3`,
		chat.Platform, chat.ID, s.micros()).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, told(err)
	}
	state, err = s.seals.session.Open(nil, chat.String(), sealed)
	if err != nil {
		s.log.WarnContext(ctx, "session cannot be opened, forgotten", "chat", chat.String())
		return nil, false, nil // a session is only a hint: the talk goes on from the facts
	}
	return state, true, nil
}

// SaveSession keeps where the chat is in its talk for a time.
func (s *Store) SaveSession(ctx context.Context, chat bot.Chat, state []byte, keep time.Duration) error {
	sealed := s.seals.session.Seal(nil, chat.String(), state)
	expires := s.now().Add(keep).UnixMicro()
	return s.writeLazily(ctx, func(ctx context.Context, tx *sql.Tx) error { // only a hint
		_, err := s.exec(ctx, tx, saveSession, chat.Platform, chat.ID, expires, sealed)
		return err
	})
}

const saveSession = `INSERT INTO sessions (platform, chat, expires_at, body) VALUES ($1, $2, $3, $4)
	ON CONFLICT (platform, chat) DO UPDATE SET expires_at = excluded.expires_at, body = excluded.body`

// DropSession forgets where the chat is in its talk.
func (s *Store) DropSession(ctx context.Context, chat bot.Chat) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `DELETE FROM sessions WHERE platform = $1 AND chat = $2`, chat.Platform, chat.ID)
		return err
	})
}
