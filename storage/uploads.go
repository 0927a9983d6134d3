package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lamsach/bot"
	"lamsach/core/ledger"
	"time"
)

// uploadSent is the sealed part of an upload.
type uploadSent struct {
	Name   string `json:"name"`
	Source string `json:"source"`
}

// AddUpload records a file that was sent. The time is the store's when Received is zero.
func (s *Store) AddUpload(ctx context.Context, e bot.Ending, u ledger.Upload) error {
	plain, err := json.Marshal(uploadSent{Name: u.Name, Source: u.Source})
	if err != nil {
		return err
	}
	received := u.Received
	if received.IsZero() {
		received = s.now()
	}
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `INSERT INTO uploads (id, platform, chat, officer, unit, file, size, received_at, sent)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, u.ID, u.Platform, u.Chat, u.Officer, u.Unit, u.File, u.Size,
			received.UnixMicro(), s.seals.upload.Seal(nil, u.ID, plain))
		return err
	})
}

// Upload gives a recorded upload. There is no such one: NotFound, "storage.upload.not_found".
func (s *Store) Upload(ctx context.Context, id string) (u ledger.Upload, err error) {
	var received int64
	var sealed []byte
	err = s.reader.QueryRowContext(ctx, `SELECT id, platform, chat, officer, unit, file, size, received_at, sent
		FROM uploads WHERE id = $1`, id).
		Scan(&u.ID, &u.Platform, &u.Chat, &u.Officer, &u.Unit, &u.File, &u.Size, &received, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return ledger.Upload{}, notFound("storage.upload.not_found")
	}
	if err != nil {
		return ledger.Upload{}, told(err)
	}
	plain, err := s.seals.upload.Open(nil, id, sealed)
	if err != nil {
		return ledger.Upload{}, fmt.Errorf("open upload %s: %w", id, err)
	}
	var sent uploadSent
	err = json.Unmarshal(plain, &sent)
	u.Name, u.Source, u.Received = sent.Name, sent.Source, time.UnixMicro(received).UTC()
	if u.File != "" {
		u.Source = ""
	}
	return u, err
}

// SetUploadFile records where the bytes of an upload are kept, and how many there were.
func (s *Store) SetUploadFile(ctx context.Context, id, file string, size int64) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		changed, err := s.exec(ctx, tx, `UPDATE uploads SET file = $2, size = $3 WHERE id = $1`, id, file, size)
		if err == nil && changed == 0 {
			err = notFound("storage.upload.not_found")
		}
		return err
	})
}
