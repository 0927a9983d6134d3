package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lamsach/bot"
	"lamsach/core/officer"
)

// officerPerson is the sealed part of an officer and of an invite.
type officerPerson struct {
	Name   string `json:"name"`
	Hamlet string `json:"hamlet,omitempty"`
}

func sealPerson(seal func(dst []byte, row string, plain []byte) []byte, row string, p officerPerson) ([]byte, error) {
	plain, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	return seal(nil, row, plain), nil
}

const officerColumns = `id, role, unit, unit_name, platform, sender, person`

func (s *Store) scanOfficer(scan scanner, rest ...any) (o officer.Officer, err error) {
	var sealed []byte
	into := []any{&o.ID, &o.Role, &o.UnitCode, &o.UnitName, &o.Platform, &o.Sender, &sealed}
	if err := scan(append(into, rest...)...); err != nil {
		return officer.Officer{}, err
	}
	plain, err := s.seals.officer.Open(nil, o.ID, sealed)
	if err != nil {
		return officer.Officer{}, fmt.Errorf("open officer %s: %w", o.ID, err)
	}
	var p officerPerson
	err = json.Unmarshal(plain, &p)
	o.Name, o.Hamlet = p.Name, p.Hamlet
	return o, err
}

// OfficerOf gives the officer who is bound to the account now. Nobody is, or he was revoked: NotFound,
// "storage.officer.not_found".
func (s *Store) OfficerOf(ctx context.Context, platform, sender string) (officer.Officer, error) {
	row := s.reader.QueryRowContext(ctx, `SELECT `+officerColumns+` FROM officers
		WHERE platform = $1 AND sender = $2 AND revoked_at = 0`, platform, sender)
	o, err := s.scanOfficer(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return officer.Officer{}, notFound("storage.officer.not_found")
	}
	return o, told(err)
}

// Officers lists those who are bound to the unit now, in the order in which they came; "" lists everybody.
func (s *Store) Officers(ctx context.Context, unit string) ([]officer.Officer, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+officerColumns+` FROM officers
		WHERE revoked_at = 0 AND (unit = $1 OR $1 = '') ORDER BY bound_at, id`, unit)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (officer.Officer, error) { return s.scanOfficer(scan) })
}

// OfficerChat gives the chat in which the officer was bound: where he is told what he did not ask.
func (s *Store) OfficerChat(ctx context.Context, id string) (chat bot.Chat, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT platform, chat FROM officers WHERE id = $1 AND revoked_at = 0`, id).
		Scan(&chat.Platform, &chat.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return chat, notFound("storage.officer.not_found")
	}
	return chat, told(err)
}

// RevokeOfficer ends an officer's binding. What was queued for his chat and not yet sent is dropped, the chat's session
// and screen too: from now on he sees nothing. There is no such officer: NotFound.
func (s *Store) RevokeOfficer(ctx context.Context, e bot.Ending, id string) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		var chat bot.Chat
		err := s.row(ctx, tx, `SELECT platform, chat FROM officers WHERE id = $1 AND revoked_at = 0`, id).Scan(&chat.Platform, &chat.ID)
		if errors.Is(err, sql.ErrNoRows) {
			return notFound("storage.officer.not_found")
		}
		if err != nil {
			return err
		}
		return s.revoke(ctx, tx, id, chat)
	})
}

func (s *Store) revoke(ctx context.Context, tx *sql.Tx, id string, chat bot.Chat) error {
	if _, err := s.exec(ctx, tx, `UPDATE officers SET revoked_at = $2 WHERE id = $1`, id, s.micros()); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM outbox WHERE pending = 1 AND state <> 'sending' AND platform = $1 AND chat = $2`,
		`DELETE FROM sessions WHERE platform = $1 AND chat = $2`,
		dropDraft,
		`UPDATE chats SET screen = '' WHERE platform = $1 AND id = $2`,
	} {
		if _, err := s.exec(ctx, tx, query, chat.Platform, chat.ID); err != nil {
			return err
		}
	}
	return nil
}
