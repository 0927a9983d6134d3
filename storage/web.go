package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"lamsach/bot"
)

// AppendWebEvent keeps what happened on a person's web page and gives its number, above all that were given before.
func (s *Store) AppendWebEvent(ctx context.Context, person string, body []byte) (seq int64, err error) {
	seq = s.nextSeq()
	sealed := s.seals.webEvent.Seal(nil, webRow(person, seq), body)
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `INSERT INTO web_events (person, seq, at, body) VALUES ($1, $2, $3, $4)`, person, seq, s.micros(), sealed)
		return err
	})
	return seq, err
}

func webRow(person string, seq int64) string { return person + "/" + strconv.FormatInt(seq, 10) }

// WebEventsAfter gives a person's events after a number, in order, at most limit.
func (s *Store) WebEventsAfter(ctx context.Context, person string, after int64, limit int) ([]bot.WebEvent, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT seq, body FROM web_events WHERE person = $1 AND seq > $2
		ORDER BY seq LIMIT $3`, person, after, limit)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (e bot.WebEvent, err error) {
		var sealed []byte
		if err := scan(&e.Seq, &sealed); err != nil {
			return e, err
		}
		if e.Body, err = s.seals.webEvent.Open(nil, webRow(person, e.Seq), sealed); err != nil {
			return e, fmt.Errorf("open web event %d: %w", e.Seq, err)
		}
		return e, nil
	})
}

// StartWebSession lets the bearer of a token in as the person until expires. Only a keyed hash of tokenHash is kept.
func (s *Store) StartWebSession(ctx context.Context, tokenHash []byte, person string, expires time.Time) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `INSERT INTO web_sessions (token_hash, person, expires_at) VALUES ($1, $2, $3)
			ON CONFLICT (token_hash) DO UPDATE SET person = excluded.person, expires_at = excluded.expires_at`,
			s.seals.web.Sum(tokenHash), person, expires.UnixMicro())
		return err
	})
}

// WebPerson tells whose session the token opens at now; false when there is none or it ended.
func (s *Store) WebPerson(ctx context.Context, tokenHash []byte, now time.Time) (person string, ok bool, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT person FROM web_sessions WHERE token_hash = $1 AND expires_at > $2`,
		s.seals.web.Sum(tokenHash), now.UnixMicro()).Scan(&person)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return person, err == nil, told(err)
}

// EndWebSession makes a token worthless. One that opens nothing is no error.
func (s *Store) EndWebSession(ctx context.Context, tokenHash []byte) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `DELETE FROM web_sessions WHERE token_hash = $1`, s.seals.web.Sum(tokenHash))
		return err
	})
}
