package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// How long what has served its purpose is kept.
const (
	keepUpdates = 48 * time.Hour       // done updates: the set of ids by which a repeat is known
	keepReplies = 48 * time.Hour       // sent replies
	keepFailed  = 30 * 24 * time.Hour  // what was set aside or given up, to be seen
	keepOps     = 400 * 24 * time.Hour // endings: a yearly reminder's operation is not to run again
	keepInvites = 30 * 24 * time.Hour  // after they expired
	keepTries   = 24 * time.Hour
	keepUploads = 30 * 24 * time.Hour
	keepFiles   = 30 * 24 * time.Hour // files that belong to nothing
	keepDrafts  = 30 * 24 * time.Hour
	keepWeb     = 7 * 24 * time.Hour // what a web page shows again when it is opened
)

// purgeBatch bounds what one transaction of Purge takes away, so that no turn waits for it.
const purgeBatch = 500

// Purge takes away what has served its purpose by now. It may stop at any point and be run again.
func (s *Store) Purge(ctx context.Context, now time.Time) error {
	before := func(age time.Duration) int64 { return now.Add(-age).UnixMicro() }
	for _, p := range []struct {
		table, key, where string
		limit             int64
	}{
		{"inbox", "op", "state = 'done' AND received_at < $1", before(keepUpdates)},
		{"inbox", "op", "state = 'aside' AND received_at < $1", before(keepFailed)},
		{"outbox", "id", "pending = 0 AND state IN ('sent', 'skipped') AND ended_at < $1", before(keepReplies)},
		{"outbox", "id", "pending = 0 AND ended_at < $1", before(keepFailed)},
		{"endings", "op", "at < $1", before(keepOps)},
		{"invites", "hash", "expires_at < $1", before(keepInvites)},
		{"joining", "id", "joined_at < $1", before(keepInvites)},
		{"invite_tries", "op", "at < $1", before(keepTries)},
		{"notice_keys", "id", "expires_at < $1", now.UnixMicro()},
		{"uploads", "id", "received_at < $1", before(keepUploads)},
		{"drafts", "chat", "changed_at < $1", before(keepDrafts)},
		{"web_events", "seq", "at < $1", before(keepWeb)},
		{"web_sessions", "token_hash", "expires_at < $1", now.UnixMicro()},
		{"sessions", "chat", "expires_at < $1", now.UnixMicro()},
	} {
		query := fmt.Sprintf(`DELETE FROM %[1]s WHERE %[3]s AND %[2]s IN (SELECT %[2]s FROM %[1]s WHERE %[3]s LIMIT %[4]d)`,
			p.table, p.key, p.where, purgeBatch)
		if err := s.deleteAll(ctx, query, p.limit); err != nil {
			return fmt.Errorf("purge %s: %w", p.table, err)
		}
	}
	return s.purgeFiles(ctx, before(keepFiles))
}

// deleteAll repeats a bounded DELETE until nothing is left for it.
func (s *Store) deleteAll(ctx context.Context, query string, args ...any) error {
	for {
		var gone int64
		err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
			gone, err = s.exec(ctx, tx, query, args...)
			return err
		})
		if err != nil || gone == 0 {
			return err
		}
	}
}

// purgeFiles takes away old files that belong to no list, one a transaction.
func (s *Store) purgeFiles(ctx context.Context, before int64) error {
	rows, err := s.reader.QueryContext(ctx, `SELECT id FROM files f WHERE made_at < $1
		AND NOT EXISTS (SELECT 1 FROM lists l WHERE l.file = f.id)
		AND NOT EXISTS (SELECT 1 FROM difficulties d WHERE d.photo = f.id)`, before)
	if err != nil {
		return told(err)
	}
	ids, err := collect(rows, func(scan scanner) (id string, err error) {
		err = scan(&id)
		return id, err
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.DropFile(ctx, id); err != nil {
			return fmt.Errorf("purge file %s: %w", id, err)
		}
	}
	return nil
}

// longestWait is the longest that a platform makes anybody wait. What is due later was put off by a clock that has been
// set back since.
const longestWait = 24 * time.Hour

// tidy takes away what a killed process left half done: staged lists, and files that are not whole.
func (s *Store) tidy(ctx context.Context) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `UPDATE outbox SET due_at = 0 WHERE pending = 1 AND due_at > $1`, s.now().Add(longestWait).UnixMicro())
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT number FROM lists WHERE state = 'staging'`)
		if err != nil {
			return err
		}
		staged, err := collect(rows, func(scan scanner) (number int64, err error) {
			err = scan(&number)
			return number, err
		})
		if err != nil {
			return err
		}
		for _, number := range staged {
			if err := s.deleteList(ctx, tx, number); err != nil {
				return err
			}
		}
		_, err = s.exec(ctx, tx, `DELETE FROM file_parts WHERE file IN (SELECT id FROM files WHERE whole = 0)`)
		if err != nil {
			return err
		}
		_, err = s.exec(ctx, tx, `DELETE FROM files WHERE whole = 0`)
		return err
	})
}
