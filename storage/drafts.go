package storage

import (
	"context"
	"database/sql"
	"errors"

	"lamsach/bot"
)

const (
	setDraft = `INSERT INTO drafts (platform, chat, changed_at, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (platform, chat) DO UPDATE SET changed_at = excluded.changed_at, body = excluded.body`
	dropDraft = `DELETE FROM drafts WHERE platform = $1 AND chat = $2`
)

// Draft gives what the chat's unfinished form has been told, as the last Ending set it; nil when there is none. One that
// cannot be opened any more is none.
func (s *Store) Draft(ctx context.Context, chat bot.Chat) ([]byte, error) {
	var sealed []byte
	err := s.reader.QueryRowContext(ctx, `SELECT body FROM drafts WHERE platform = $1 AND chat = $2`, chat.Platform, chat.ID).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, told(err)
	}
	body, err := s.seals.draft.Open(nil, chat.String(), sealed)
	if err != nil {
		s.log.ErrorContext(ctx, "draft cannot be opened, forgotten", "chat", chat.String())
		return nil, nil
	}
	return body, nil
}

// keepDraft writes what an Ending says of the chat's draft: nil leaves it, an empty one takes it away.
func (s *Store) keepDraft(ctx context.Context, tx *sql.Tx, chat bot.Chat, draft []byte) (err error) {
	switch {
	case draft == nil:
		return nil
	case len(draft) == 0:
		_, err = s.exec(ctx, tx, dropDraft, chat.Platform, chat.ID)
	default:
		_, err = s.exec(ctx, tx, setDraft, chat.Platform, chat.ID, s.micros(), s.seals.draft.Seal(nil, chat.String(), draft))
	}
	return err
}
