package storage

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/ledger"
)

// DueCampaigns lists the campaigns with rows that are not settled and whose moment, in the officers' zone, has come.
func (s *Store) DueCampaigns(ctx context.Context, today civil.Date, clock campaign.Clock) ([]string, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT DISTINCT campaign FROM reminders
		WHERE outcome = '' AND (day < $1 OR day = $1 AND minute <= $2) ORDER BY campaign`, today.String(), int(clock))
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, scanText)
}

func scanText(scan scanner) (text string, err error) {
	err = scan(&text)
	return text, err
}

// ToldSlots gives the slots of a campaign that were used since a moment.
func (s *Store) ToldSlots(ctx context.Context, id string, since time.Time) (map[string]bool, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT slot FROM reminder_slots WHERE campaign = $1 AND used_at >= $2`, id, since.UnixMicro())
	if err != nil {
		return nil, told(err)
	}
	used := map[string]bool{}
	return used, each(rows, func(scan scanner) error {
		slot, err := scanText(scan)
		used[slot] = true
		return err
	})
}

// FireReminder records one message of a campaign: its slot, the rows that it settles, and, with the ending, the replies. A slot is
// used once: when it has been, nothing is recorded but that the rows are settled.
func (s *Store) FireReminder(ctx context.Context, e bot.Ending, told ledger.Told) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `INSERT INTO reminder_slots (slot, campaign, used_at, kind, stage, to_role, to_unit, receivers)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, told.Slot, told.Campaign, s.micros(), told.List, string(told.Stage),
			string(told.Role), told.Unit, told.Receivers)
		if err != nil {
			return fmt.Errorf("use a slot: %w", err)
		}
		return s.settleRows(ctx, tx, told.Slot, told.Settled)
	})
}

// SettleReminders records what became of rows that no message tells of.
func (s *Store) SettleReminders(ctx context.Context, e bot.Ending, settled []campaign.Settled) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error { return s.settleRows(ctx, tx, "", settled) })
}

// settleRow leaves alone what was settled before.
const settleRow = `UPDATE reminders SET outcome = $2, slot = $3, settled_at = $4 WHERE id = $1 AND outcome = ''`

func (s *Store) settleRows(ctx context.Context, tx *sql.Tx, slot string, settled []campaign.Settled) error {
	for _, row := range settled {
		of := slot
		if row.Outcome != campaign.Sent {
			of = ""
		}
		if _, err := s.exec(ctx, tx, settleRow, row.Row, string(row.Outcome), of, s.micros()); err != nil {
			return fmt.Errorf("settle a reminder: %w", err)
		}
	}
	return nil
}

// SentRows gives the rows that a message told of.
func (s *Store) SentRows(ctx context.Context, slot string) ([]campaign.Row, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+rowColumns+` FROM reminders WHERE slot = $1 ORDER BY id`, slot)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (campaign.Row, error) { return scanRow(scan) })
}

// LastSlots lists the messages of campaigns that a role of a unit was told of since a moment, the newest first.
func (s *Store) LastSlots(ctx context.Context, role, unit string, since time.Time) ([]string, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT slot FROM reminder_slots WHERE to_role = $1 AND to_unit = $2 AND used_at >= $3
		ORDER BY used_at DESC, slot`, role, unit, since.UnixMicro())
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, scanText)
}

// AddReminders plans more rows of a campaign: those that an officer asks for.
func (s *Store) AddReminders(ctx context.Context, e bot.Ending, rows []campaign.Row) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error { return s.planRows(ctx, tx, rows) })
}

// PlanAnew puts the rows that a campaign's revision plans now, its days of rest having changed, in the place of those of days from
// today on that are not settled. What officers asked for stays.
func (s *Store) PlanAnew(ctx context.Context, e bot.Ending, id string, today civil.Date, rows []campaign.Row) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `DELETE FROM reminders WHERE campaign = $1 AND outcome = '' AND officer = '' AND day >= $2`, id, today.String())
		if err != nil {
			return err
		}
		return s.planRows(ctx, tx, rows)
	})
}

// prefixed names columns as those of a table.
func prefixed(table, columns string) string {
	names := strings.Split(columns, ", ")
	for i, name := range names {
		names[i] = table + "." + name
	}
	return strings.Join(names, ", ")
}
