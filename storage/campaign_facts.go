package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
)

// recordNote is the sealed part of a recorded fact.
type recordNote struct {
	Remark string `json:"remark,omitempty"`
	Photo  string `json:"photo,omitempty"`
}

// RecordFacts records what an officer says has happened in a campaign, one record a unit and receiver; Made and TakenBack are the
// store's. There is no such campaign: NotFound, "storage.campaign.not_found". It has moved on since the revision that they were
// judged by: Conflict, "storage.campaign.moved_on".
func (s *Store) RecordFacts(ctx context.Context, e bot.Ending, id string, revision int, records []campaign.Record) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.atRevision(ctx, tx, id, revision); err != nil {
			return err
		}
		for _, r := range records {
			if err := s.insertFact(ctx, tx, id, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// atRevision refuses a campaign that has moved on.
func (s *Store) atRevision(ctx context.Context, tx *sql.Tx, id string, revision int) error {
	var last int
	err := s.row(ctx, tx, `SELECT COALESCE(MAX(revision), 0) FROM campaigns WHERE id = $1`, id).Scan(&last)
	switch {
	case err != nil:
		return err
	case last == 0:
		return notFound("storage.campaign.not_found")
	case last != revision:
		return fault.New(fault.Conflict, "storage.campaign.moved_on")
	}
	return nil
}

func (s *Store) insertFact(ctx context.Context, tx *sql.Tx, id string, r campaign.Record) error {
	note, err := json.Marshal(recordNote{r.Remark, r.Photo})
	if err != nil {
		return err
	}
	unverified, err := json.Marshal(r.Unverified)
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, tx, `INSERT INTO campaign_facts (id, press, campaign, event, kind, unit, to_role, to_level, on_day, people,
			numbered, unverified, officer, made_at, taken_back_at, taken_back_by, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, '', $15)`,
		r.ID, r.Press, id, string(r.Event), r.List, r.Unit, string(r.To.Role), r.To.Level.String(), r.On.String(), r.Count,
		r.Numbered, string(unverified), r.By.ID, s.micros(), s.seals.campaignNote.Seal(nil, r.ID, note))
	return err
}

// TakeBackFacts takes back what was recorded in one go; it stays, marked. It was taken back before, or there is nothing of the
// kind: Conflict, "storage.campaign.taken_back".
func (s *Store) TakeBackFacts(ctx context.Context, e bot.Ending, id, press, officer string) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		n, err := s.exec(ctx, tx, `UPDATE campaign_facts SET taken_back_at = $3, taken_back_by = $4
			WHERE campaign = $1 AND press = $2 AND taken_back_at = 0`, id, press, s.micros(), officer)
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "storage.campaign.taken_back")
		}
		return err
	})
}

const factColumns = `f.id, f.press, f.event, f.kind, f.unit, f.to_role, f.to_level, f.on_day, f.people, f.numbered, f.unverified,
	f.made_at, f.taken_back_at, f.taken_back_by, f.note, f.officer, ` + byColumns

func (s *Store) scanRecord(scan scanner) (r campaign.Record, err error) {
	var level, on, unverified string
	var made, back int64
	var sealed []byte
	var by byRow
	err = scan(&r.ID, &r.Press, &r.Event, &r.List, &r.Unit, &r.To.Role, &level, &on, &r.Count, &r.Numbered, &unverified,
		&made, &back, &r.TakenBackBy, &sealed, &r.By.ID, &by.role, &by.unit, &by.person)
	if err == nil {
		r.By, err = s.openBy(r.By.ID, by)
	}
	if err != nil {
		return r, err
	}
	r.Made = time.UnixMicro(made).UTC()
	if back != 0 {
		r.TakenBack = time.UnixMicro(back).UTC()
	}
	if err := r.To.Level.UnmarshalText([]byte(level)); err != nil {
		return r, err
	}
	if r.On, err = civil.ParseISO(on); err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(unverified), &r.Unverified); err != nil {
		return r, err
	}
	plain, err := s.seals.campaignNote.Open(nil, r.ID, sealed)
	if err != nil {
		return r, fmt.Errorf("open fact %s: %w", r.ID, err)
	}
	var note recordNote
	err = json.Unmarshal(plain, &note)
	r.Remark, r.Photo = note.Remark, note.Photo
	return r, err
}

// CampaignRecords gives what was recorded about a unit in a campaign, taken back or not, the newest first; "" is about all units.
func (s *Store) CampaignRecords(ctx context.Context, id, unit string) ([]campaign.Record, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+factColumns+` FROM campaign_facts f LEFT JOIN officers o ON o.id = f.officer
		WHERE f.campaign = $1 AND ($2 = '' OR f.unit = $2) ORDER BY f.made_at DESC, f.id`, id, unit)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, s.scanRecord)
}

// CampaignFacts gives the present state of a campaign: what was recorded and holds, what follows from the lists, and what they
// still ask for. unit confines it to one; "" is all. Days are those of the zone. A list counts that came campaign.RunUp before the first
// day or later, and is kept; a review is done while no list of the unit and kind has an open error.
func (s *Store) CampaignFacts(ctx context.Context, c campaign.Campaign, unit string, zone *time.Location) (facts campaign.Facts, err error) {
	since := int64(0)
	if start := c.Start(); !start.IsZero() {
		since = start.AddDays(-campaign.RunUp).Time(zone).UnixMicro()
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		if facts.Done, err = s.recordedFacts(ctx, tx, c.ID, unit); err != nil {
			return err
		}
		lists, err := tx.QueryContext(ctx, `SELECT l.unit, l.kind, SUM(l.people), MIN(l.received_at), MIN(l.clean_at), MAX(l.clean_at),
				SUM((SELECT COALESCE(SUM(n.still), 0) FROM counts n WHERE n.list = l.number AND n.severity = 'error'))
			FROM campaign_units u JOIN lists l ON l.unit = u.unit
			WHERE u.campaign = $1 AND ($2 = '' OR u.unit = $2) AND l.state = 'kept' AND l.received_at >= $3
			GROUP BY l.unit, l.kind ORDER BY l.unit, l.kind`, c.ID, unit, since)
		if err != nil {
			return err
		}
		return each(lists, func(scan scanner) error {
			var w campaign.Work
			var people int
			var received, clean, last int64
			if err := scan(&w.Unit, &w.List, &people, &received, &clean, &last, &w.Open); err != nil {
				return err
			}
			follow := func(event campaign.Event, at int64) {
				facts.Done = append(facts.Done, campaign.Fact{
					Event: event, List: w.List, Unit: w.Unit, On: civil.Of(time.UnixMicro(at).In(zone)), Count: people,
				})
			}
			follow(campaign.ListReceived, received)
			if clean != 0 { // none of them has an open error
				follow(campaign.ReviewDone, last)
			}
			facts.Work = append(facts.Work, w)
			return nil
		})
	})
	return facts, err
}

// RecordedFacts gives what was recorded in a campaign and holds, in the order of recording; unit confines it to one, "" is all.
func (s *Store) RecordedFacts(ctx context.Context, id, unit string) (facts []campaign.Fact, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		facts, err = s.recordedFacts(ctx, tx, id, unit)
		return err
	})
	return facts, err
}

// recordedFacts gives what was recorded and holds, in the order of recording. Remarks and pictures stay sealed.
func (s *Store) recordedFacts(ctx context.Context, tx *sql.Tx, id, unit string) ([]campaign.Fact, error) {
	rows, err := tx.QueryContext(ctx, `SELECT event, kind, unit, to_role, to_level, on_day, people, numbered, unverified FROM campaign_facts
		WHERE campaign = $1 AND ($2 = '' OR unit = $2) AND taken_back_at = 0 ORDER BY made_at, id`, id, unit)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(scan scanner) (f campaign.Fact, err error) {
		var level, on, unverified string
		if err := scan(&f.Event, &f.List, &f.Unit, &f.To.Role, &level, &on, &f.Count, &f.Numbered, &unverified); err != nil {
			return f, err
		}
		if err := f.To.Level.UnmarshalText([]byte(level)); err != nil {
			return f, err
		}
		if f.On, err = civil.ParseISO(on); err != nil {
			return f, err
		}
		return f, json.Unmarshal([]byte(unverified), &f.Unverified)
	})
}
