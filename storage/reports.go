package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/fault"
	"lamsach/core/report"
)

// reportBody is the sealed part of a report.
type reportBody struct {
	Progress report.Progress `json:"progress"`
	Frame    report.Frame    `json:"frame"`
}

const reportColumns = `id, unit, year, number, sort, kind, campaign, officer, cut_off, before, body`

// AddReport keeps a report, and records in its campaign, at a revision, what it fulfils; none: nothing. The unit has another report of
// the number by now: Conflict, "storage.report.numbered"; the campaign has moved on: Conflict, "storage.campaign.moved_on".
func (s *Store) AddReport(ctx context.Context, e bot.Ending, r report.Issued, revision int, fulfils []campaign.Record) error {
	body, err := json.Marshal(reportBody{r.Progress, r.Frame})
	if err != nil {
		return err
	}
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		added, err := s.exec(ctx, tx, `INSERT INTO reports (`+reportColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
			ON CONFLICT (unit, year, number) DO NOTHING`, r.ID, r.Unit, r.Year, r.Number, string(r.Sort), r.Kind, r.Campaign, r.Officer,
			r.CutOff.UnixMicro(), r.Before, s.seals.report.Seal(nil, r.ID, body))
		if err == nil && added == 0 {
			return fault.New(fault.Conflict, "storage.report.numbered")
		}
		if err != nil || len(fulfils) == 0 {
			return err
		}
		if err := s.atRevision(ctx, tx, r.Campaign, revision); err != nil {
			return err
		}
		for _, record := range fulfils {
			if err := s.insertFact(ctx, tx, r.Campaign, record); err != nil {
				return err
			}
		}
		return nil
	})
}

// Reports gives a unit's reports, the newest first, at most so many.
func (s *Store) Reports(ctx context.Context, unit string, most int) ([]report.Issued, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+reportColumns+` FROM reports WHERE unit = $1 ORDER BY cut_off DESC, number DESC LIMIT $2`, unit, most)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, s.scanReport)
}

// Report gives one of a unit's reports. The unit has none of the id: NotFound, "storage.report.not_found".
func (s *Store) Report(ctx context.Context, unit, id string) (report.Issued, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+reportColumns+` FROM reports WHERE unit = $1 AND id = $2`, unit, id)
	if err != nil {
		return report.Issued{}, told(err)
	}
	all, err := collect(rows, s.scanReport)
	if err == nil && len(all) == 0 {
		err = notFound("storage.report.not_found")
	}
	if err != nil {
		return report.Issued{}, err
	}
	return all[0], nil
}

// NextReport gives the number that the unit's next report of a year will have.
func (s *Store) NextReport(ctx context.Context, unit string, year int) (number int, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM reports WHERE unit = $1 AND year = $2`, unit, year).Scan(&number)
	return number, told(err)
}

func (s *Store) scanReport(scan scanner) (r report.Issued, err error) {
	var cutOff int64
	var sealed []byte
	if err := scan(&r.ID, &r.Unit, &r.Year, &r.Number, &r.Sort, &r.Kind, &r.Campaign, &r.Officer, &cutOff, &r.Before, &sealed); err != nil {
		return r, err
	}
	r.CutOff = time.UnixMicro(cutOff).UTC()
	plain, err := s.seals.report.Open(nil, r.ID, sealed)
	var body reportBody
	if err == nil {
		err = json.Unmarshal(plain, &body)
	}
	if err != nil {
		return r, fmt.Errorf("open report %s: %w", r.ID, err)
	}
	r.Progress, r.Frame = body.Progress, body.Frame
	return r, nil
}
