package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// joiningPerson is the sealed part of an account that joins.
type joiningPerson struct {
	officerPerson
	Claimed string `json:"claimed,omitempty"`
}

const joiningColumns = `id, role, unit, unit_name, made_by, replaces, platform, sender, joined_at, phone_hash, person`

func (s *Store) scanJoining(scan scanner) (j officer.Joining, err error) {
	var at int64
	var phone, sealed []byte
	err = scan(&j.ID, &j.Role, &j.UnitCode, &j.UnitName, &j.MadeBy, &j.Replaces, &j.Platform, &j.Sender, &at, &phone, &sealed)
	if err != nil {
		return officer.Joining{}, err
	}
	plain, err := s.seals.joining.Open(nil, j.ID, sealed)
	if err != nil {
		return officer.Joining{}, fmt.Errorf("open who joins as %s: %w", j.ID, err)
	}
	var p joiningPerson
	err = json.Unmarshal(plain, &p)
	j.Name, j.Hamlet, j.Claimed, j.At = p.Name, p.Hamlet, p.Claimed, time.UnixMicro(at).UTC()
	j.State = officer.AwaitsInviter
	if phone != nil {
		j.State = officer.AwaitsPhone
	}
	return j, err
}

// addJoining keeps an account that used an invitation and has to wait.
func (s *Store) addJoining(ctx context.Context, tx *sql.Tx, j officer.Joining, phone []byte, chat bot.Chat) error {
	plain, err := json.Marshal(joiningPerson{officerPerson{Name: j.Name, Hamlet: j.Hamlet}, j.Claimed})
	if err != nil {
		return err
	}
	if _, err := s.exec(ctx, tx, `DELETE FROM joining WHERE platform = $1 AND sender = $2`, j.Platform, j.Sender); err != nil {
		return err
	}
	_, err = s.exec(ctx, tx, `INSERT INTO joining
		(id, role, unit, unit_name, made_by, replaces, platform, sender, chat, joined_at, phone_hash, person)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		j.ID, string(j.Role), j.UnitCode, j.UnitName, j.MadeBy, j.Replaces, j.Platform, j.Sender, chat.ID, s.micros(), orNull(phone),
		s.seals.joining.Seal(nil, j.ID, plain))
	return err
}

// JoiningOf gives what an account waits to become. It waits for nothing: NotFound, "storage.joining.not_found".
func (s *Store) JoiningOf(ctx context.Context, platform, sender string) (officer.Joining, error) {
	return s.oneJoining(s.reader.QueryRowContext(ctx, `SELECT `+joiningColumns+` FROM joining WHERE platform = $1 AND sender = $2`,
		platform, sender))
}

func (s *Store) oneJoining(row *sql.Row) (officer.Joining, error) {
	j, err := s.scanJoining(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return officer.Joining{}, notFound("storage.joining.not_found")
	}
	return j, told(err)
}

// Joinings lists the accounts that wait for a confirmation, or for their number, in units that in holds; the longest waiting first.
func (s *Store) Joinings(ctx context.Context, in func(unit string) bool) ([]officer.Joining, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+joiningColumns+` FROM joining ORDER BY joined_at, id`)
	if err != nil {
		return nil, told(err)
	}
	var all []officer.Joining
	err = each(rows, func(scan scanner) error {
		j, err := s.scanJoining(scan)
		if err == nil && in(j.UnitCode) {
			all = append(all, j)
		}
		return err
	})
	return all, err
}

// SharePhone takes the number that an account shared (officer.ParsePhone): when it is the one that the invitation names, the account waits for
// its inviter, or is an officer's at once where the operator invited. It is another number: Forbidden, "storage.joining.phone_differs",
// and the account joins no more. The account waits for no number: NotFound, "storage.joining.not_found".
func (s *Store) SharePhone(ctx context.Context, e bot.Ending, platform, sender, phone string) (officer.Joining, error) {
	hash := s.seals.phone.Sum([]byte(phone))
	differs := false
	err := s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		var id string
		var want []byte
		err := s.row(ctx, tx, `SELECT id, phone_hash FROM joining WHERE platform = $1 AND sender = $2 AND phone_hash IS NOT NULL`,
			platform, sender).Scan(&id, &want)
		if errors.Is(err, sql.ErrNoRows) {
			return notFound("storage.joining.not_found")
		}
		if err != nil {
			return err
		}
		if differs = string(want) != string(hash); differs {
			_, err = s.exec(ctx, tx, `DELETE FROM joining WHERE id = $1`, id)
			return err
		}
		if _, err = s.exec(ctx, tx, `UPDATE joining SET phone_hash = NULL WHERE id = $1`, id); err != nil {
			return err
		}
		return s.admit(ctx, tx, id, true)
	})
	switch {
	case err != nil:
		return officer.Joining{}, err
	case differs:
		return officer.Joining{}, fault.New(fault.Forbidden, "storage.joining.phone_differs")
	}
	return s.joined(ctx, platform, sender)
}

// joined tells what has become of an account that used an invitation.
func (s *Store) joined(ctx context.Context, platform, sender string) (officer.Joining, error) {
	who, err := s.OfficerOf(ctx, platform, sender)
	if fault.Is(err, fault.NotFound) {
		return s.JoiningOf(ctx, platform, sender)
	}
	return officer.Joining{Officer: who}, err
}

// Admit makes an account that waits the officer's whom the invitation named: from now on it has his rights, and an account that it
// replaces has none. It does not wait for that: NotFound, "storage.joining.not_found".
func (s *Store) Admit(ctx context.Context, e bot.Ending, id string) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error { return s.admit(ctx, tx, id, false) })
}

// admit binds a waiting account; with operator only when nobody has to confirm it.
func (s *Store) admit(ctx context.Context, tx *sql.Tx, id string, operator bool) error {
	var chat bot.Chat
	j, err := s.oneJoining(s.row(ctx, tx, `SELECT `+joiningColumns+` FROM joining WHERE id = $1`, id))
	if err == nil && j.State == officer.AwaitsPhone {
		err = notFound("storage.joining.not_found")
	}
	if err != nil || operator && j.MadeBy != "" {
		return err
	}
	if err := s.row(ctx, tx, `DELETE FROM joining WHERE id = $1 RETURNING platform, chat`, id).Scan(&chat.Platform, &chat.ID); err != nil {
		return err
	}
	return s.bind(ctx, tx, j, chat)
}

// TurnAway ends the waiting of an account: it was not the person meant. There is no such: NotFound, "storage.joining.not_found".
func (s *Store) TurnAway(ctx context.Context, e bot.Ending, id string) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		gone, err := s.exec(ctx, tx, `DELETE FROM joining WHERE id = $1`, id)
		if err == nil && gone == 0 {
			return notFound("storage.joining.not_found")
		}
		return err
	})
}
