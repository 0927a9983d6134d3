package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lamsach/bot"
	"lamsach/core/fault"
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

// Officer gives an officer who is bound now by his id. There is none: NotFound, "storage.officer.not_found".
func (s *Store) Officer(ctx context.Context, id string) (officer.Officer, error) {
	o, err := s.scanOfficer(s.reader.QueryRowContext(ctx, `SELECT `+officerColumns+` FROM officers WHERE id = $1 AND revoked_at = 0`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return officer.Officer{}, notFound("storage.officer.not_found")
	}
	return o, told(err)
}

// Admins lists those who keep the installation.
func (s *Store) Admins(ctx context.Context) ([]officer.Officer, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+officerColumns+` FROM officers WHERE revoked_at = 0 AND role = $1 ORDER BY bound_at, id`,
		string(officer.RoleAdmin))
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (officer.Officer, error) { return s.scanOfficer(scan) })
}

// OfficersWhere lists those who are bound now to units that in holds, in the order in which they came.
func (s *Store) OfficersWhere(ctx context.Context, in func(unit string) bool) ([]officer.Officer, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT unit, `+officerColumns+` FROM officers WHERE revoked_at = 0 ORDER BY bound_at, id`)
	if err != nil {
		return nil, told(err)
	}
	var all []officer.Officer
	err = each(rows, func(scan scanner) error {
		var unit string
		skip := make([]any, 7) // what is not meant is not unsealed
		for i := range skip {
			skip[i] = new(any)
		}
		if err := scan(append([]any{&unit}, skip...)...); err != nil || !in(unit) {
			return err
		}
		o, err := s.scanOfficer(func(into ...any) error { return scan(append([]any{&unit}, into...)...) })
		if err == nil {
			all = append(all, o)
		}
		return err
	})
	return all, err
}

// RevokeOfficer ends an officer's binding. What was queued for his chat and not yet sent is dropped, the chat's session, screen and
// draft too: from now on he sees nothing. What he had under way passes on to the successor, an officer of the same unit, or stays with
// the unit when there is none named. Errors: NotFound, "storage.officer.not_found", also for the successor; Closed,
// "storage.officer.last_admin".
func (s *Store) RevokeOfficer(ctx context.Context, e bot.Ending, id, successor string) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		if successor != "" {
			if err := s.passOn(ctx, tx, id, successor); err != nil {
				return err
			}
		}
		return s.revoke(ctx, tx, id)
	})
}

// passOn gives an officer's lists, and files that are being read, to another one of the unit.
func (s *Store) passOn(ctx context.Context, tx *sql.Tx, id, successor string) error {
	var unit, to, platform, chat string
	err := s.row(ctx, tx, `SELECT a.unit, b.unit, b.platform, b.chat FROM officers a, officers b
		WHERE a.id = $1 AND b.id = $2 AND a.revoked_at = 0 AND b.revoked_at = 0`, id, successor).Scan(&unit, &to, &platform, &chat)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (unit != to || id == successor) {
		return notFound("storage.officer.not_found")
	}
	if err != nil {
		return err
	}
	if _, err := s.exec(ctx, tx, `UPDATE lists SET officer = $2 WHERE officer = $1 AND unit = $3`, id, successor, unit); err != nil {
		return err
	}
	_, err = s.exec(ctx, tx, `UPDATE uploads SET officer = $2, chat = $3 WHERE officer = $1 AND unit = $4 AND platform = $5`,
		id, successor, chat, unit, platform)
	return err
}

// MoveOfficer gives an officer another unit; for a helper hamlet is its name. What he had under way stays with the old unit, and what his
// chat showed of it goes, as when he is revoked. Errors as RevokeOfficer's.
func (s *Store) MoveOfficer(ctx context.Context, e bot.Ending, id, unit, unitName, hamlet string) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		o, err := s.scanOfficer(s.row(ctx, tx, `SELECT `+officerColumns+` FROM officers WHERE id = $1 AND revoked_at = 0`, id).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return notFound("storage.officer.not_found")
		}
		if err != nil {
			return err
		}
		sealed, err := sealPerson(s.seals.officer.Seal, id, officerPerson{Name: o.Name, Hamlet: hamlet})
		if err != nil {
			return err
		}
		if _, err := s.leaveChat(ctx, tx, id); err != nil {
			return err
		}
		if err := s.endReplacing(ctx, tx, id); err != nil {
			return err
		}
		_, err = s.exec(ctx, tx, `UPDATE officers SET unit = $2, unit_name = $3, person = $4 WHERE id = $1`, id, unit, unitName, sealed)
		return err
	})
}

// revoke ends a binding, unless nobody would be left to keep the installation.
func (s *Store) revoke(ctx context.Context, tx *sql.Tx, id string) error {
	role, err := s.leaveChat(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := s.endReplacing(ctx, tx, id); err != nil {
		return err
	}
	if err := s.endWeb(ctx, tx, id); err != nil {
		return err
	}
	if _, err := s.exec(ctx, tx, `UPDATE officers SET revoked_at = $2 WHERE id = $1`, id, s.micros()); err != nil {
		return err
	}
	if role != officer.RoleAdmin {
		return nil
	}
	var left int
	err = s.row(ctx, tx, `SELECT COUNT(*) FROM officers WHERE role = $1 AND revoked_at = 0`, string(officer.RoleAdmin)).Scan(&left)
	if err == nil && left == 0 {
		return fault.New(fault.Closed, "storage.officer.last_admin")
	}
	return err
}

// endWeb logs the browsers of an officer out, where his account is one of the page's.
func (s *Store) endWeb(ctx context.Context, tx *sql.Tx, id string) error {
	_, err := s.exec(ctx, tx, `DELETE FROM web_sessions WHERE person IN (SELECT sender FROM officers WHERE id = $1 AND platform = 'web')`, id)
	return err
}

// leaveChat takes away what an officer's chat holds of his work: replies on their way, session, draft, and the screen with its
// buttons. It gives his role.
func (s *Store) leaveChat(ctx context.Context, tx *sql.Tx, id string) (role officer.Role, err error) {
	var chat bot.Chat
	err = s.row(ctx, tx, `SELECT role, platform, chat FROM officers WHERE id = $1 AND revoked_at = 0`, id).Scan(&role, &chat.Platform, &chat.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return "", notFound("storage.officer.not_found")
	}
	if err != nil {
		return "", err
	}
	for _, query := range []string{
		`DELETE FROM outbox WHERE pending = 1 AND state <> 'sending' AND platform = $1 AND chat = $2`,
		`DELETE FROM sessions WHERE platform = $1 AND chat = $2`,
		dropDraft,
		`UPDATE chats SET screen = '' WHERE platform = $1 AND id = $2`,
	} {
		if _, err := s.exec(ctx, tx, query, chat.Platform, chat.ID); err != nil {
			return "", err
		}
	}
	return role, nil
}
