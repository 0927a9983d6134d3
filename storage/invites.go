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

// NewCode gives a code of 160 random bits, 32 letters and digits.
func NewCode() string {
	var raw [20]byte
	_, _ = rand.Read(raw[:]) // never fails
	return idText.EncodeToString(raw[:])
}

// AddInvite makes a one-time code for the operator. Only its keyed hash is kept.
func (s *Store) AddInvite(ctx context.Context, in officer.Invite, expires time.Time) (code string, err error) {
	code = NewCode()
	return code, s.MakeInvite(ctx, bot.Ending{Op: "invite:" + IDFor(code, "op")}, code, in, expires)
}

// MakeInvite keeps an invitation, under the keyed hash of its code (NewCode). One for a new account of an officer (in.Replaces) ends those
// made for him before.
func (s *Store) MakeInvite(ctx context.Context, e bot.Ending, code string, in officer.Invite, expires time.Time) error {
	hash := s.seals.code.Sum([]byte(code))
	sealed, err := sealPerson(s.seals.invite.Seal, string(hash), officerPerson{Name: in.Name, Hamlet: in.Hamlet})
	if err != nil {
		return err
	}
	var phone []byte
	if in.Phone != "" {
		phone = s.seals.phone.Sum([]byte(in.Phone))
	}
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		if in.Replaces != "" {
			if err := s.endReplacing(ctx, tx, in.Replaces); err != nil {
				return err
			}
		}
		_, err := s.exec(ctx, tx, `INSERT INTO invites
			(hash, role, unit, unit_name, made_at, expires_at, used_at, officer, person, made_by, replaces, phone_hash)
			VALUES ($1, $2, $3, $4, $5, $6, 0, '', $7, $8, $9, $10)`,
			hash, string(in.Role), in.UnitCode, in.UnitName, s.micros(), expires.UnixMicro(), sealed, in.MadeBy, in.Replaces, orNull(phone))
		return err
	})
}

// endReplacing ends the invitations for a new account of an officer that nobody has used, and turns away who has.
func (s *Store) endReplacing(ctx context.Context, tx *sql.Tx, id string) error {
	if _, err := s.exec(ctx, tx, `UPDATE invites SET used_at = $2, person = NULL WHERE replaces = $1 AND used_at = 0`, id, s.micros()); err != nil {
		return err
	}
	_, err := s.exec(ctx, tx, `DELETE FROM joining WHERE replaces = $1`, id)
	return err
}

// UseInvite spends the code for an account, which calls itself claimed, and tells what it is now: the officer's whom the operator
// invited, or one that waits (officer.Joining.State) and has no right. Who was bound before is unbound in the same transaction as the new
// binding. The same operation again gives the same answer. Errors: NotFound "storage.invite.unknown", Closed
// "storage.invite.used" and "storage.invite.expired", Forbidden "storage.invite.too_many" after five wrong codes within
// an hour; with an error nothing has ended.
func (s *Store) UseInvite(ctx context.Context, e bot.Ending, code string, chat bot.Chat, sender, claimed string) (officer.Joining, error) {
	if err := s.mayTry(ctx, chat.Platform, sender); err != nil {
		return officer.Joining{}, err
	}
	id := IDFor(e.Op, "officer")
	hash := s.seals.code.Sum([]byte(strings.ToLower(strings.TrimSpace(code))))
	err := s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		j, phone, err := s.takeInvite(ctx, tx, hash, id)
		if err != nil {
			return err
		}
		j.ID, j.Platform, j.Sender, j.Claimed = id, chat.Platform, sender, claimed
		if j.MadeBy == "" && phone == nil {
			return s.bind(ctx, tx, j, chat)
		}
		return s.addJoining(ctx, tx, j, phone, chat)
	})
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Closed) {
		return officer.Joining{}, errors.Join(err, s.countTry(ctx, e.Op, chat.Platform, sender))
	}
	if err != nil {
		return officer.Joining{}, err
	}
	return s.joined(ctx, chat.Platform, sender)
}

// takeInvite spends the code for the officer.
func (s *Store) takeInvite(ctx context.Context, tx *sql.Tx, hash []byte, id string) (j officer.Joining, phone []byte, err error) {
	var expires, used int64
	var sealed []byte
	err = s.row(ctx, tx, `SELECT role, unit, unit_name, expires_at, used_at, person, made_by, replaces, phone_hash FROM invites WHERE hash = $1`, hash).
		Scan(&j.Role, &j.UnitCode, &j.UnitName, &expires, &used, &sealed, &j.MadeBy, &j.Replaces, &phone)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return j, nil, notFound("storage.invite.unknown")
	case err != nil:
		return j, nil, err
	case used != 0:
		return j, nil, fault.New(fault.Closed, "storage.invite.used")
	case expires <= s.micros():
		return j, nil, fault.New(fault.Closed, "storage.invite.expired")
	}
	taken, err := s.exec(ctx, tx, `UPDATE invites SET used_at = $2, officer = $3, person = NULL WHERE hash = $1 AND used_at = 0`,
		hash, s.micros(), id)
	if err != nil {
		return j, nil, err
	}
	if taken == 0 {
		return j, nil, fault.New(fault.Closed, "storage.invite.used")
	}
	plain, err := s.seals.invite.Open(nil, string(hash), sealed)
	if err != nil {
		return j, nil, fmt.Errorf("open an invite: %w", err)
	}
	var p officerPerson
	err = json.Unmarshal(plain, &p)
	j.Name, j.Hamlet = p.Name, p.Hamlet
	return j, phone, err
}

// bind makes the account the officer's, in place of whatever it was.
func (s *Store) bind(ctx context.Context, tx *sql.Tx, o officer.Joining, chat bot.Chat) error {
	var before string
	err := s.row(ctx, tx, `SELECT id FROM officers WHERE platform = $1 AND sender = $2 AND revoked_at = 0`, o.Platform, o.Sender).Scan(&before)
	if err == nil {
		err = s.revoke(ctx, tx, before)
	} else if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	if err != nil {
		return err
	}
	if o.Replaces != "" {
		return s.replace(ctx, tx, o, chat)
	}
	sealed, err := sealPerson(s.seals.officer.Seal, o.ID, officerPerson{Name: o.Name, Hamlet: o.Hamlet})
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, tx, `INSERT INTO officers
		(id, role, unit, unit_name, platform, sender, chat, bound_at, revoked_at, person, invited_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)`,
		o.ID, string(o.Role), o.UnitCode, o.UnitName, o.Platform, o.Sender, chat.ID, s.micros(), sealed, o.MadeBy)
	return err
}

// replace gives an officer who is there another account. The old one is a stranger's from now on.
func (s *Store) replace(ctx context.Context, tx *sql.Tx, j officer.Joining, chat bot.Chat) error {
	if _, err := s.leaveChat(ctx, tx, j.Replaces); err != nil {
		return err
	}
	if err := s.endWeb(ctx, tx, j.Replaces); err != nil {
		return err
	}
	_, err := s.exec(ctx, tx, `UPDATE officers SET platform = $2, sender = $3, chat = $4 WHERE id = $1`, j.Replaces, j.Platform, j.Sender, chat.ID)
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

// InviteTries counts the wrong codes of all accounts within the last hour; many says that somebody should be told.
func (s *Store) InviteTries(ctx context.Context) (tries int, many bool, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT COUNT(*) FROM invite_tries WHERE at > $1`, s.now().Add(-triesWithin).UnixMicro()).Scan(&tries)
	return tries, tries >= triesAlarm, told(err)
}

// Invites lists the invitations into units that in holds which nobody has used and that can be used still, the newest first. Their codes are
// not kept.
func (s *Store) Invites(ctx context.Context, in func(unit string) bool) ([]officer.Invite, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT hash, role, unit, unit_name, expires_at, made_by, replaces, person FROM invites
		WHERE used_at = 0 AND expires_at > $1 ORDER BY made_at DESC, hash`, s.micros())
	if err != nil {
		return nil, told(err)
	}
	var all []officer.Invite
	err = each(rows, func(scan scanner) error {
		var i officer.Invite
		var hash, sealed []byte
		var expires int64
		if err := scan(&hash, &i.Role, &i.UnitCode, &i.UnitName, &expires, &i.MadeBy, &i.Replaces, &sealed); err != nil || !in(i.UnitCode) {
			return err
		}
		plain, err := s.seals.invite.Open(nil, string(hash), sealed)
		if err != nil {
			return fmt.Errorf("open an invite: %w", err)
		}
		var p officerPerson
		if err := json.Unmarshal(plain, &p); err != nil {
			return err
		}
		i.ID, i.Name, i.Hamlet, i.Expires = inviteID(hash), p.Name, p.Hamlet, time.UnixMicro(expires).UTC()
		all = append(all, i)
		return nil
	})
	return all, err
}

// inviteID names an invitation by the keyed hash of its code.
func inviteID(hash []byte) string { return IDFor(string(hash), "invite") }

// DropInvite ends an invitation that nobody has used. There is none: NotFound, "storage.invite.unknown".
func (s *Store) DropInvite(ctx context.Context, e bot.Ending, id string) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT hash FROM invites WHERE used_at = 0`)
		if err != nil {
			return err
		}
		hashes, err := collect(rows, func(scan scanner) (hash []byte, err error) {
			err = scan(&hash)
			return hash, err
		})
		if err != nil {
			return err
		}
		for _, hash := range hashes {
			if inviteID(hash) == id {
				_, err := s.exec(ctx, tx, `UPDATE invites SET used_at = $2, person = NULL WHERE hash = $1`, hash, s.micros())
				return err
			}
		}
		return notFound("storage.invite.unknown")
	})
}
