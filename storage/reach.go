package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"lamsach/bot"
	"lamsach/core/ledger"
)

// reached remembers that something arrived in a chat. When nothing could before, a job makes up for what was missed.
func (s *Store) reached(ctx context.Context, tx *sql.Tx, chat bot.Chat) error {
	var since int64
	err := s.row(ctx, tx, unreachableSince, chat.Platform, chat.ID).Scan(&since)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := s.exec(ctx, tx, setReachable, chat.Platform, chat.ID); err != nil {
		return err
	}
	return s.makeUp(ctx, tx, chat, since)
}

// makeUp records the job that makes up for what a chat missed since a moment.
func (s *Store) makeUp(ctx context.Context, tx *sql.Tx, chat bot.Chat, since int64) error {
	if s.jobs == nil {
		return nil
	}
	id := fmt.Sprintf("%s:%d", chat, time.UnixMicro(since).Unix())
	return s.jobs.InsertJobs(ctx, tx, []bot.Job{{Kind: bot.ReachedJob, ID: id}})
}

// ChatBack records that the person of the turn's chat let the bot back in.
func (s *Store) ChatBack(ctx context.Context, e bot.Ending) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error { return s.reached(ctx, tx, e.Chat) })
}

// Unreachable lists the officers whom nothing reaches, since when, and whether those above were told; longest first.
func (s *Store) Unreachable(ctx context.Context) ([]ledger.Unreachable, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+prefixed("o", officerColumns)+`, c.unreachable_at, c.unreachable_told
		FROM chats c JOIN officers o ON o.platform = c.platform AND o.chat = c.id AND o.revoked_at = 0
		WHERE c.unreachable_at > 0 ORDER BY c.unreachable_at, o.id`)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (u ledger.Unreachable, err error) {
		var since, known int64
		u.Officer, err = s.scanOfficer(scan, &since, &known)
		u.Since, u.Told = time.UnixMicro(since).UTC(), known != 0
		return u, err
	})
}

// TellUnreachable records that those above were told that nothing reaches some officers.
func (s *Store) TellUnreachable(ctx context.Context, e bot.Ending, officers []string) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		for _, id := range officers {
			_, err := s.exec(ctx, tx, `UPDATE chats SET unreachable_told = 1 WHERE unreachable_at > 0
				AND EXISTS (SELECT 1 FROM officers o WHERE o.id = $1 AND o.platform = chats.platform AND o.chat = chats.id)`, id)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Unsent lists notices that were given up since, and reminders that nobody was there for, the newest first, at most limit of each.
func (s *Store) Unsent(ctx context.Context, since time.Time, limit int) ([]ledger.Unsent, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT o.id, o.role, o.unit, b.topic, b.fault, b.ended_at
		FROM outbox b JOIN officers o ON o.platform = b.platform AND o.chat = b.chat AND o.revoked_at = 0
		WHERE b.pending = 0 AND b.state NOT IN ('sent', 'skipped') AND b.notice = 1 AND b.ended_at >= $1
		ORDER BY b.ended_at DESC LIMIT $2`, since.UnixMicro(), limit)
	if err != nil {
		return nil, told(err)
	}
	scan := func(scan scanner) (u ledger.Unsent, err error) {
		var at int64
		err = scan(&u.Officer, &u.Role, &u.Unit, &u.Topic, &u.Reason, &at)
		u.At = time.UnixMicro(at).UTC()
		return u, err
	}
	all, err := collect(rows, scan)
	if err != nil {
		return nil, err
	}
	rows, err = s.reader.QueryContext(ctx, `SELECT '', to_role, to_unit, CASE WHEN stage = 'digest' THEN 'digest' ELSE 'reminder' END, $3, used_at FROM reminder_slots
		WHERE receivers = 0 AND used_at >= $1 ORDER BY used_at DESC LIMIT $2`, since.UnixMicro(), limit, ledger.NobodyThere)
	if err != nil {
		return nil, told(err)
	}
	nobody, err := collect(rows, scan)
	return append(all, nobody...), err
}
