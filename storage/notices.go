package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"lamsach/bot"
	"lamsach/core/civil"
	"lamsach/core/ledger"
	"lamsach/core/officer"
)

// insertKey keeps what a notice's buttons are about.
func (s *Store) insertKey(ctx context.Context, tx *sql.Tx, k bot.Key) error {
	_, err := s.exec(ctx, tx, `INSERT INTO notice_keys (id, platform, chat, about, expires_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO NOTHING`, k.ID, k.Chat.Platform, k.Chat.ID, k.About, k.Until.UnixMicro())
	return err
}

// NoticeKey gives what a notice's button is about. There is none, or it has expired: NotFound, "storage.key.not_found".
func (s *Store) NoticeKey(ctx context.Context, id string) (k bot.Key, err error) {
	var until int64
	k.ID = id
	err = s.reader.QueryRowContext(ctx, `SELECT platform, chat, about, expires_at FROM notice_keys WHERE id = $1 AND expires_at > $2`,
		id, s.micros()).Scan(&k.Chat.Platform, &k.Chat.ID, &k.About, &until)
	if errors.Is(err, sql.ErrNoRows) {
		return k, notFound("storage.key.not_found")
	}
	k.Until = time.UnixMicro(until).UTC()
	return k, told(err)
}

// Mutes lists the topics of pushes that an officer has turned off.
func (s *Store) Mutes(ctx context.Context, id string) ([]string, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT topic FROM mutes WHERE officer = $1 ORDER BY topic`, id)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (topic string, err error) {
		err = scan(&topic)
		return topic, err
	})
}

// SetMute turns a topic of pushes off, or on again, for an officer.
func (s *Store) SetMute(ctx context.Context, e bot.Ending, id, topic string, muted bool) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		query := `DELETE FROM mutes WHERE officer = $1 AND topic = $2`
		if muted {
			query = `INSERT INTO mutes (officer, topic) VALUES ($1, $2) ON CONFLICT (officer, topic) DO NOTHING`
		}
		_, err := s.exec(ctx, tx, query, id, topic)
		return err
	})
}

// Receivers lists who holds a role ("": any) in a unit, in the order in which they came, and who has turned the topic off.
func (s *Store) Receivers(ctx context.Context, topic string, role officer.Role, unit string) ([]ledger.Receiver, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT o.id, o.role, o.platform, o.chat, COALESCE(c.language, ''),
			(SELECT COUNT(*) FROM mutes m WHERE m.officer = o.id AND m.topic = $3), COALESCE(c.unreachable_at, 0) FROM officers o
		LEFT JOIN chats c ON c.platform = o.platform AND c.id = o.chat
		WHERE o.unit = $1 AND ($2 = '' OR o.role = $2) AND o.revoked_at = 0 ORDER BY o.bound_at, o.id`, unit, string(role), topic)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (r ledger.Receiver, err error) {
		var muted, since int64
		err = scan(&r.Officer, &r.Role, &r.Platform, &r.Chat, &r.Language, &muted, &since)
		r.Muted, r.Unreachable = muted != 0, since != 0
		return r, err
	})
}

// RestDays lists the days on which the deployment departs from the law, in their order.
func (s *Store) RestDays(ctx context.Context) ([]ledger.RestDay, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT day, rest FROM rest_days ORDER BY day`)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (d ledger.RestDay, err error) {
		var day string
		var rest int64
		if err := scan(&day, &rest); err != nil {
			return d, err
		}
		d.Rest = rest != 0
		d.Day, err = civil.ParseISO(day)
		return d, err
	})
}

// SetRestDay makes a day one of rest or one of work, whatever the law says; asLaw goes back to the law. Campaigns are planned anew
// after it: see RestDaysMoved.
func (s *Store) SetRestDay(ctx context.Context, e bot.Ending, d ledger.RestDay, asLaw bool) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		query, args := `INSERT INTO rest_days (day, rest) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET rest = excluded.rest`,
			[]any{d.Day.String(), flag(d.Rest)}
		if asLaw {
			query, args = `DELETE FROM rest_days WHERE day = $1`, args[:1]
		}
		if _, err := s.exec(ctx, tx, query, args...); err != nil {
			return err
		}
		_, err := s.exec(ctx, tx, `INSERT INTO meta (name, value) VALUES ('rest_days', $1)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, e.Op)
		return err
	})
}

// RestDaysMoved gives the mark of the last change of the days of rest that campaigns are not planned by yet; "" when there is none.
func (s *Store) RestDaysMoved(ctx context.Context) (mark string, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'rest_days'`).Scan(&mark)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return mark, told(err)
}

// RestDaysPlanned records that the campaigns are planned by the change with the mark.
func (s *Store) RestDaysPlanned(ctx context.Context, mark string) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `DELETE FROM meta WHERE name = 'rest_days' AND value = $1`, mark)
		return err
	})
}

// pushBody is the sealed part of a push.
type pushBody struct {
	Text string `json:"text"`
	Arg  string `json:"arg,omitempty"`
}

// AddPush records a nudge or an announcement that was confirmed.
func (s *Store) AddPush(ctx context.Context, e bot.Ending, p ledger.Push) error {
	body, err := json.Marshal(pushBody{p.Text, p.Arg})
	if err != nil {
		return err
	}
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `INSERT INTO pushes (id, topic, officer, unit, units, receivers, made_at, body)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, p.ID, p.Topic, p.Officer, p.Unit, strings.Join(p.Units, " "), p.Receivers,
			s.micros(), s.seals.push.Seal(nil, p.ID, body))
		return err
	})
}

// Push gives a nudge or an announcement. There is none: NotFound, "storage.push.not_found".
func (s *Store) Push(ctx context.Context, id string) (p ledger.Push, err error) {
	var units string
	var made int64
	var sealed []byte
	err = s.reader.QueryRowContext(ctx, `SELECT topic, officer, unit, units, receivers, made_at, body FROM pushes WHERE id = $1`, id).
		Scan(&p.Topic, &p.Officer, &p.Unit, &units, &p.Receivers, &made, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return p, notFound("storage.push.not_found")
	}
	if err != nil {
		return p, told(err)
	}
	plain, err := s.seals.push.Open(nil, id, sealed)
	if err != nil {
		return p, err
	}
	var body pushBody
	err = json.Unmarshal(plain, &body)
	p.ID, p.Units, p.Made, p.Text, p.Arg = id, strings.Fields(units), time.UnixMicro(made).UTC(), body.Text, body.Arg
	return p, err
}
