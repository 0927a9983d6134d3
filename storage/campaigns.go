package storage

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/fault"
)

// AddCampaign records a campaign, or its next revision, with all reminders that it plans, by an officer (empty: on the command
// line). Reminders of an older revision that are not settled and that this one does not plan are settled as Moved; one that was
// settled otherwise stays so. Another revision was recorded since: Conflict, "storage.campaign.moved_on".
func (s *Store) AddCampaign(ctx context.Context, e bot.Ending, officer string, c campaign.Campaign, rows []campaign.Row) error {
	body, err := campaign.Encode(c)
	if err != nil {
		return err
	}
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.keepRevision(ctx, tx, c, officer, body); err != nil {
			return err
		}
		if err := s.coverUnits(ctx, tx, c); err != nil {
			return fmt.Errorf("keep the units of a campaign: %w", err)
		}
		if err := s.planRows(ctx, tx, rows); err != nil {
			return fmt.Errorf("plan reminders: %w", err)
		}
		_, err := s.exec(ctx, tx, `UPDATE reminders SET outcome = $3, settled_at = $4
			WHERE campaign = $1 AND revision < $2 AND outcome = ''`, c.ID, c.Revision, string(campaign.Moved), s.micros())
		return err
	})
}

// keepRevision puts a revision in the place of the one before it, and of no other.
func (s *Store) keepRevision(ctx context.Context, tx *sql.Tx, c campaign.Campaign, officer string, body []byte) error {
	var last int
	err := s.row(ctx, tx, `SELECT COALESCE(MAX(revision), 0) FROM campaigns WHERE id = $1`, c.ID).Scan(&last)
	if err != nil {
		return err
	}
	if last != c.Revision-1 {
		return fault.New(fault.Conflict, "storage.campaign.moved_on")
	}
	if _, err := s.exec(ctx, tx, `UPDATE campaigns SET newest = 0 WHERE id = $1 AND newest = 1`, c.ID); err != nil {
		return err
	}
	_, err = s.exec(ctx, tx, `INSERT INTO campaigns (id, revision, newest, unit, officer, made_at, body)
		VALUES ($1, $2, 1, $3, $4, $5, $6)`, c.ID, c.Revision, c.Unit, officer, s.micros(),
		s.seals.campaign.Seal(nil, revisionPlace(c.ID, c.Revision), body))
	return err
}

func revisionPlace(id string, revision int) string { return id + "/" + strconv.Itoa(revision) }

func (s *Store) coverUnits(ctx context.Context, tx *sql.Tx, c campaign.Campaign) error {
	if _, err := s.exec(ctx, tx, `DELETE FROM campaign_units WHERE campaign = $1`, c.ID); err != nil {
		return err
	}
	into := newBulkInsert(s.engine, "campaign_units", bulkRows, "campaign", "unit")
	return s.insertAll(ctx, tx, into, len(c.Units), func(to []any, i int) []any { return append(to, c.ID, c.Units[i]) })
}

// bulkRows is how many short rows one statement takes.
const bulkRows = 20

// insertAll inserts rows within a turn's own transaction.
func (s *Store) insertAll(ctx context.Context, tx *sql.Tx, into bulkInsert, n int, row func(to []any, i int) []any) error {
	for done, err := 0, error(nil); done < n; {
		if done, err = s.insertRows(ctx, tx, into, done, n, row); err != nil {
			return err
		}
	}
	return nil
}

const campaignColumns = `id, revision, body`

func (s *Store) scanCampaign(scan scanner) (c campaign.Campaign, err error) {
	var id string
	var revision int
	var sealed []byte
	if err := scan(&id, &revision, &sealed); err != nil {
		return c, err
	}
	body, err := s.seals.campaign.Open(nil, revisionPlace(id, revision), sealed)
	if err != nil {
		return c, fmt.Errorf("open campaign %s: %w", id, err)
	}
	return campaign.Decode(body)
}

// Campaigns gives every campaign in its newest revision, ended ones too, those that began last first.
func (s *Store) Campaigns(ctx context.Context) ([]campaign.Campaign, error) {
	return s.queryCampaigns(ctx, `newest = 1 ORDER BY id DESC`)
}

// CampaignsOf gives the campaigns that cover a unit in their newest revision, ended ones too, those that were made last first.
func (s *Store) CampaignsOf(ctx context.Context, unit string) ([]campaign.Campaign, error) {
	return s.queryCampaigns(ctx, `newest = 1 AND id IN (SELECT campaign FROM campaign_units WHERE unit = $1) ORDER BY id DESC`, unit)
}

// Campaign gives a campaign in its newest revision. There is none: NotFound, "storage.campaign.not_found".
func (s *Store) Campaign(ctx context.Context, id string) (campaign.Campaign, error) {
	all, err := s.queryCampaigns(ctx, `newest = 1 AND id = $1`, id)
	if err == nil && len(all) == 0 {
		return campaign.Campaign{}, notFound("storage.campaign.not_found")
	}
	if err != nil {
		return campaign.Campaign{}, err
	}
	return all[0], nil
}

// queryCampaigns gives revisions; where is a constant of this package.
func (s *Store) queryCampaigns(ctx context.Context, where string, args ...any) ([]campaign.Campaign, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+campaignColumns+` FROM campaigns WHERE `+where, args...) //nolint:gosec // constants
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, s.scanCampaign)
}

// CampaignRevisions tells when a campaign was made and changed, the first revision first.
func (s *Store) CampaignRevisions(ctx context.Context, id string) ([]campaign.Revision, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT revision, officer, made_at FROM campaigns WHERE id = $1 ORDER BY revision`, id)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (r campaign.Revision, err error) {
		var made int64
		err = scan(&r.Number, &r.Officer, &made)
		r.Made = time.UnixMicro(made).UTC()
		return r, err
	})
}
