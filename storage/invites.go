package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// Guessing a code of 160 bits is hopeless; these bounds stop somebody from trying all the same, and tell of it.
const (
	triesPerSender = 5 // wrong codes an account may try within triesWithin
	triesAlarm     = 20
	triesWithin    = time.Hour
)

// AddInvite makes a one-time code of 160 random bits, 32 letters and digits. Only its keyed hash is kept.
func (s *Store) AddInvite(ctx context.Context, in officer.Invite, expires time.Time) (code string, err error) {
	var raw [20]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return "", fmt.Errorf("make an invite: %w", err)
	}
	code = idText.EncodeToString(raw[:])
	hash := s.seals.code.Sum([]byte(code))
	sealed, err := sealPerson(s.seals.invite.Seal, string(hash), officerPerson{Name: in.Name, Hamlet: in.Hamlet})
	if err != nil {
		return "", err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `INSERT INTO invites (hash, role, unit, unit_name, made_at, expires_at, used_at, officer, person)
			VALUES ($1, $2, $3, $4, $5, $6, 0, '', $7)`,
			hash, string(in.Role), in.UnitCode, in.UnitName, s.micros(), expires.UnixMicro(), sealed)
		return err
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

// UseInvite binds the account to what the code stands for and gives the officer. Who was bound before is unbound in the
// same transaction. The same operation again gives the same officer. Errors: NotFound "storage.invite.unknown", Closed
// "storage.invite.used" and "storage.invite.expired", Forbidden "storage.invite.too_many" after five wrong codes within
// an hour; with an error nothing has ended.
func (s *Store) UseInvite(ctx context.Context, e bot.Ending, code string, chat bot.Chat, sender string) (officer.Officer, error) {
	if err := s.mayTry(ctx, chat.Platform, sender); err != nil {
		return officer.Officer{}, err
	}
	id := IDFor(e.Op, "officer")
	hash := s.seals.code.Sum([]byte(strings.ToLower(strings.TrimSpace(code))))
	err := s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		o, err := s.takeInvite(ctx, tx, hash, id)
		if err != nil {
			return err
		}
		o.ID, o.Platform, o.Sender = id, chat.Platform, sender
		return s.bind(ctx, tx, o, chat)
	})
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Closed) {
		return officer.Officer{}, errors.Join(err, s.countTry(ctx, e.Op, chat.Platform, sender))
	}
	if err != nil {
		return officer.Officer{}, err
	}
	return s.OfficerOf(ctx, chat.Platform, sender)
}

// takeInvite spends the code for the officer.
func (s *Store) takeInvite(ctx context.Context, tx *sql.Tx, hash []byte, id string) (o officer.Officer, err error) {
	var expires, used int64
	var sealed []byte
	err = s.row(ctx, tx, `SELECT role, unit, unit_name, expires_at, used_at, person FROM invites WHERE hash = $1`, hash).
		Scan(&o.Role, &o.UnitCode, &o.UnitName, &expires, &used, &sealed)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return o, notFound("storage.invite.unknown")
	case err != nil:
		return o, err
	case used != 0:
		return o, fault.New(fault.Closed, "storage.invite.used")
	case expires <= s.micros():
		return o, fault.New(fault.Closed, "storage.invite.expired")
	}
	taken, err := s.exec(ctx, tx, `UPDATE invites SET used_at = $2, officer = $3, person = NULL WHERE hash = $1 AND used_at = 0`,
		hash, s.micros(), id)
	if err != nil {
		return o, err
	}
	if taken == 0 {
		return o, fault.New(fault.Closed, "storage.invite.used")
	}
	plain, err := s.seals.invite.Open(nil, string(hash), sealed)
	if err != nil {
		return o, fmt.Errorf("open an invite: %w", err)
	}
	var p officerPerson
	err = json.Unmarshal(plain, &p)
	o.Name, o.Hamlet = p.Name, p.Hamlet
	return o, err
}

// bind makes the account the officer's, in place of whatever it was.
func (s *Store) bind(ctx context.Context, tx *sql.Tx, o officer.Officer, chat bot.Chat) error {
	var before string
	err := s.row(ctx, tx, `SELECT id FROM officers WHERE platform = $1 AND sender = $2 AND revoked_at = 0`, o.Platform, o.Sender).Scan(&before)
	if err == nil {
		err = s.revoke(ctx, tx, before, chat)
	} else if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	if err != nil {
		return err
	}
	sealed, err := sealPerson(s.seals.officer.Seal, o.ID, officerPerson{Name: o.Name, Hamlet: o.Hamlet})
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, tx, `INSERT INTO officers (id, role, unit, unit_name, platform, sender, chat, bound_at, revoked_at, person)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)`,
		o.ID, string(o.Role), o.UnitCode, o.UnitName, o.Platform, o.Sender, chat.ID, s.micros(), sealed)
	return err
}

func (s *Store) mayTry(ctx context.Context, platform, sender string) error {
	var tries int
	err := s.reader.QueryRowContext(ctx, `SELECT COUNT(*) FROM invite_tries WHERE platform = $1 AND sender = $2 AND at > $3`,
		platform, sender, s.now().Add(-triesWithin).UnixMicro()).Scan(&tries)
	if err != nil {
		return told(err)
	}
	if tries >= triesPerSender {
		return fault.New(fault.Forbidden, "storage.invite.too_many")
	}
	return nil
}

// countTry keeps a wrong code against its sender, the same turn once, and raises the alarm when there are many in all.
func (s *Store) countTry(ctx context.Context, op, platform, sender string) error {
	var all int
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `INSERT INTO invite_tries (op, platform, sender, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (op) DO NOTHING`, op, platform, sender, s.micros())
		if err != nil {
			return err
		}
		return s.row(ctx, tx, `SELECT COUNT(*) FROM invite_tries WHERE at > $1`, s.now().Add(-triesWithin).UnixMicro()).Scan(&all)
	})
	if err == nil && all >= triesAlarm {
		s.log.WarnContext(ctx, "many wrong invite codes within an hour", "tries", all)
	}
	return err
}
