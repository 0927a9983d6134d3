package storage

import (
	"context"
	"database/sql"

	"lamsach/core/campaign"
	"lamsach/core/civil"
)

// planRows keeps planned reminders. One that is there already comes to the new revision, unless it was settled by being sent, or
// for another reason than that an older revision planned it.
func (s *Store) planRows(ctx context.Context, tx *sql.Tx, rows []campaign.Row) error {
	into := newBulkInsert(s.engine, "reminders", bulkRows, "id", "campaign", "revision", "kind", "step", "unit", "to_role", "to_level",
		"to_unit", "stage", "day", "minute", "again", "officer", "outcome", "slot", "settled_at").orElse(` ON CONFLICT (id) DO UPDATE SET
		revision = excluded.revision, stage = excluded.stage, minute = excluded.minute, outcome = '', settled_at = 0
		WHERE reminders.outcome = '' OR reminders.outcome = 'moved'`)
	return s.insertAll(ctx, tx, into, len(rows), func(to []any, i int) []any {
		r := rows[i]
		return append(to, r.ID, r.Campaign, r.Revision, r.List, r.Step, r.Unit, string(r.To.Role), r.To.Level.String(), r.ToUnit,
			string(r.Stage), r.Day.String(), int(r.At), flag(r.Again), r.Officer, "", "", 0)
	})
}

const rowColumns = `id, campaign, revision, kind, step, unit, to_role, to_level, to_unit, stage, day, minute, again, officer`

// scanRow reads a planned reminder; rest are the columns behind rowColumns.
func scanRow(scan scanner, rest ...any) (r campaign.Row, err error) {
	var level, day string
	var again int64
	into := []any{&r.ID, &r.Campaign, &r.Revision, &r.List, &r.Step, &r.Unit, &r.To.Role, &level, &r.ToUnit, &r.Stage, &day, &r.At, &again, &r.Officer}
	if err := scan(append(into, rest...)...); err != nil {
		return r, err
	}
	r.Again = again != 0
	if err := r.To.Level.UnmarshalText([]byte(level)); err != nil {
		return r, err
	}
	r.Day, err = civil.ParseISO(day)
	return r, err
}

// DueReminders gives the rows of a campaign that are not settled and whose day has come, in the order of days and hours.
func (s *Store) DueReminders(ctx context.Context, id string, today civil.Date) ([]campaign.Row, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+rowColumns+` FROM reminders
		WHERE outcome = '' AND campaign = $1 AND day <= $2 ORDER BY day, minute, id`, id, today.String())
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (campaign.Row, error) { return scanRow(scan) })
}
