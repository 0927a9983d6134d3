package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// AddCampaign records a campaign, or its next revision, with all reminders that it plans, by an officer (an id; empty: on the command
// line). Reminders of an older revision that are not settled and that this one does not plan are settled as Moved; one that was
// settled otherwise stays so. Another revision was recorded since: Conflict, "storage.campaign.moved_on".
func (s *Store) AddCampaign(ctx context.Context, e bot.Ending, by string, c campaign.Campaign, rows []campaign.Row) error {
	body, err := campaign.Encode(c)
	if err != nil {
		return err
	}
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.keepRevision(ctx, tx, c, by, body); err != nil {
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
func (s *Store) keepRevision(ctx context.Context, tx *sql.Tx, c campaign.Campaign, by string, body []byte) error {
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
		VALUES ($1, $2, 1, $3, $4, $5, $6)`, c.ID, c.Revision, c.Unit, by, s.micros(),
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

// queryCampaigns gives revisions; where is a constant of this package. A revision never changes, so that each is opened once.
func (s *Store) queryCampaigns(ctx context.Context, where string, args ...any) ([]campaign.Campaign, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT id, revision FROM campaigns WHERE `+where, args...) //nolint:gosec // constants
	if err != nil {
		return nil, told(err)
	}
	type key struct {
		id       string
		revision int
	}
	keys, err := collect(rows, func(scan scanner) (k key, err error) {
		err = scan(&k.id, &k.revision)
		return k, err
	})
	all := make([]campaign.Campaign, len(keys))
	for i, k := range keys {
		if all[i], err = s.revision(ctx, k.id, k.revision); err != nil {
			return nil, err
		}
	}
	return all, err
}

// revision gives a campaign in one revision.
func (s *Store) revision(ctx context.Context, id string, revision int) (campaign.Campaign, error) {
	place := revisionPlace(id, revision)
	if known, ok := s.campaigns.Load(place); ok {
		return known.(campaign.Campaign), nil
	}
	var sealed []byte
	err := s.reader.QueryRowContext(ctx, `SELECT body FROM campaigns WHERE id = $1 AND revision = $2`, id, revision).Scan(&sealed)
	if err != nil {
		return campaign.Campaign{}, told(err)
	}
	body, err := s.seals.campaign.Open(nil, place, sealed)
	if err != nil {
		return campaign.Campaign{}, fmt.Errorf("open campaign %s: %w", id, err)
	}
	c, err := campaign.Decode(body)
	if err == nil {
		s.campaigns.Store(place, c)
	}
	return c, err
}

// CampaignRevisions tells when a campaign was made and changed, the first revision first.
func (s *Store) CampaignRevisions(ctx context.Context, id string) ([]campaign.Revision, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT c.revision, c.made_at, c.officer, `+byColumns+`
		FROM campaigns c LEFT JOIN officers o ON o.id = c.officer WHERE c.id = $1 ORDER BY c.revision`, id)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (r campaign.Revision, err error) {
		var made int64
		var by byRow
		if err := scan(&r.Number, &made, &r.By.ID, &by.role, &by.unit, &by.person); err != nil {
			return r, err
		}
		r.Made = time.UnixMicro(made).UTC()
		r.By, err = s.openBy(r.By.ID, by)
		return r, err
	})
}

// byColumns tell who did something, whether he is still there or not; o is officers, joined from the left.
const byColumns = `o.role, o.unit, o.person`

type byRow struct {
	role, unit sql.NullString
	person     []byte
}

func (s *Store) openBy(id string, row byRow) (officer.Officer, error) {
	o := officer.Officer{ID: id, Role: officer.Role(row.role.String), UnitCode: row.unit.String}
	if row.person == nil {
		return o, nil
	}
	plain, err := s.seals.officer.Open(nil, id, row.person)
	if err != nil {
		return o, fmt.Errorf("open officer %s: %w", id, err)
	}
	var p officerPerson
	err = json.Unmarshal(plain, &p)
	o.Name = p.Name
	return o, err
}
