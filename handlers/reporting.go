package handlers

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/report"
)

// Reports keeps reports as they were made.
type Reports interface {
	// AddReport keeps a report and records what it fulfils in its campaign, at a revision.
	AddReport(ctx context.Context, end bot.Ending, r report.Issued, revision int, fulfils []campaign.Record) error
	Reports(ctx context.Context, unit string, most int) ([]report.Issued, error)
	Report(ctx context.Context, unit, id string) (report.Issued, error)
	NextReport(ctx context.Context, unit string, year int) (int, error)
}

// reportsShown is how many of a unit's reports are offered again.
const reportsShown = 6

const pdfType = "application/pdf"

// showReports offers the unit's newest reports, and to make one.
func showReports(ctx context.Context, t *turn, _ string) error {
	if err := t.own(officer.SeeReport); err != nil {
		return err
	}
	all, err := t.b.Reports.Reports(ctx, t.who.UnitCode, reportsShown)
	if err != nil {
		return err
	}
	t.s = t.s.under()
	var v view
	v.strong("paper.title", "Unit", t.unitName(t.who.UnitCode), "N", len(all))
	for _, r := range all {
		v.line("paper.item", "Number", reportNumber(r), "Sort", sortName(r.Sort), "Kind", kindName(kindOf(r)), "Time", t.b.moment(r.CutOff))
		v.row(choice("report."+r.ID, "paper.open", "Number", reportNumber(r)))
	}
	if t.can(officer.MakeReport, t.who.UnitCode) {
		v.row(choice("makereport", "paper.button.make"))
	}
	v.row(choice("leave", "form.button.back"))
	return t.finish(ctx, t.draw(v))
}

func sortName(s report.Sort) fault.Text { return fault.T("paper.sort." + string(s)) }

func kindOf(r report.Issued) string {
	if r.Kind == "" {
		return kindAll
	}
	return r.Kind
}

// reportNumber is a report's number and symbol, "12/BC-UBND".
func reportNumber(r report.Issued) string { return strconv.Itoa(r.Number) + "/" + r.Frame.Symbol }

// makeReport begins the form of a new report.
func makeReport(ctx context.Context, t *turn, _ string) error {
	if err := t.own(officer.MakeReport); err != nil {
		return err
	}
	return t.startForm(ctx, formReport, "")
}

// sendReport sends one of the unit's reports again, as it was made.
func sendReport(ctx context.Context, t *turn, id string) error {
	if err := t.own(officer.SeeReport); err != nil {
		return err
	}
	r, err := t.b.Reports.Report(ctx, t.who.UnitCode, id)
	if err != nil {
		return err
	}
	t.answerPress()
	if err := t.attachReport(ctx, r); err != nil {
		return err
	}
	t.audit = bot.Audit{Action: "report.sent", Object: r.ID, Count: len(r.Progress.Rows)}
	return t.finish(ctx)
}

// issue makes the report that a form asked for: the figures of this moment, numbered, kept and sent.
func issue(ctx context.Context, t *turn, d draft) error {
	if err := t.own(officer.MakeReport); err != nil {
		return err
	}
	s, err := t.progressOf(ctx, progressAsk{unit: t.who.UnitCode, kind: d.Values["kind"]})
	if err != nil {
		return err
	}
	now := t.b.Now()
	r := report.Issued{
		ID: t.b.NewID(), Unit: t.who.UnitCode, Year: t.b.today().Year, Sort: report.Sort(d.Values["sort"]), Kind: s.Progress.Kind,
		Officer: t.who.ID, CutOff: now, Progress: s.Progress, Frame: frameOf(d),
	}
	if r.Number, err = t.b.Reports.NextReport(ctx, r.Unit, r.Year); err != nil {
		return err
	}
	if r.Before, err = t.before(ctx, r); err != nil {
		return err
	}
	plan, planned, err := t.b.planOf(ctx, t.tree, r.Unit)
	if err != nil {
		return err
	}
	var fulfils []campaign.Record
	if planned {
		r.Campaign = plan.ID
		if fulfils, err = t.fulfilled(ctx, plan, r); err != nil {
			return err
		}
	}
	if err := t.attachReport(ctx, r); err != nil {
		return err
	}
	t.s = t.s.under()
	var v view
	v.strong("paper.done", "Number", reportNumber(r), "Sort", sortName(r.Sort), "Time", t.b.moment(r.CutOff))
	if len(fulfils) > 0 {
		v.line("paper.done.fulfils", "Name", plan.Name)
	}
	v.row(choice("reports", "paper.button.all"))
	t.draw(v)
	t.audit = bot.Audit{Action: "report.made", Object: r.ID, Count: r.Progress.Sum.Counts.Now.People}
	return t.record(ctx, func(ctx context.Context, end bot.Ending) error {
		return t.b.Reports.AddReport(ctx, end, r, plan.Revision, fulfils)
	})
}

// before finds the unit's newest report about the same kind of list; "" when there is none.
func (t *turn) before(ctx context.Context, r report.Issued) (string, error) {
	all, err := t.b.Reports.Reports(ctx, r.Unit, 50)
	if err != nil {
		return "", err
	}
	if i := slices.IndexFunc(all, func(o report.Issued) bool { return o.Kind == r.Kind }); i >= 0 {
		return all[i].ID, nil
	}
	return "", nil
}

// fulfilled gives what a final report fulfils in a campaign: the duties to report that the unit still has. Reports on the way fulfil none.
func (t *turn) fulfilled(ctx context.Context, plan campaign.Campaign, r report.Issued) ([]campaign.Record, error) {
	if r.Sort != report.Final {
		return nil, nil
	}
	facts, err := t.b.Plans.CampaignFacts(ctx, plan, "", t.b.Zone)
	if err != nil {
		return nil, err
	}
	var records []campaign.Record
	press := t.b.NewID()
	for _, ch := range campaign.Chances(plan, t.tree, t.self(), r.Unit) {
		if ch.Event != campaign.Reported || !ch.Owes {
			continue
		}
		for _, unit := range ch.Units {
			f := campaign.Fact{Event: ch.Event, List: ch.List, Unit: unit, On: t.b.today(), Count: max(r.Progress.Sum.Counts.Now.People, 1)}
			if len(ch.To) > 0 {
				f.To = ch.To[0]
			}
			if campaign.CheckFact(plan, facts, ch, f, t.b.today()) != nil || t.may(ch.Do, unit) != nil {
				continue // recorded before, or not due yet: the campaign's own screen says why
			}
			records = append(records, campaign.Record{Fact: f, ID: t.b.NewID(), Press: press, By: t.who})
		}
	}
	return records, nil
}

// attachReport adds the two files of a report.
func (t *turn) attachReport(ctx context.Context, r report.Issued) error {
	var before *report.Issued
	if r.Before != "" {
		old, err := t.b.Reports.Report(ctx, r.Unit, r.Before)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err == nil {
			before = &old
		}
	}
	var pdf, book bytes.Buffer
	if err := t.b.Papers.Print(&pdf, t.document(r, before)); err != nil {
		return fmt.Errorf("print report %s: %w", r.ID, err)
	}
	if err := t.b.Papers.Table(&book, t.reportTable(r, before)); err != nil {
		return fmt.Errorf("write report %s: %w", r.ID, err)
	}
	name := "Bao-cao-" + strings.ReplaceAll(reportNumber(r), "/", "-")
	caption := lines(t.p, fault.T("paper.caption", "Number", reportNumber(r), "Sort", sortName(r.Sort), "Time", t.b.moment(r.CutOff)), bot.Plain)
	for _, f := range []struct {
		body      *bytes.Buffer
		ext, mime string
		text      bot.Text
	}{{&pdf, ".pdf", pdfType, caption}, {&book, ".xlsx", xlsxType, nil}} {
		size := int64(f.body.Len())
		file, _, err := t.b.Uploads.SaveFile(ctx, "", f.mime, f.body)
		if err != nil {
			return err
		}
		t.replies = append(t.replies, bot.Reply{
			To: t.u.Chat, Text: f.text, File: &bot.Attachment{File: file, Name: name + f.ext, MIME: f.mime, Size: size},
		})
	}
	return nil
}
