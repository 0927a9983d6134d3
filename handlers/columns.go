package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/core/roster"
)

// Layouts remembers what officers said about the columns of a layout.
type Layouts interface {
	ColumnAnswers(ctx context.Context, unit, signature string) (ledger.ColumnAnswers, error)
	AnswerColumn(ctx context.Context, end bot.Ending, unit, signature string, field roster.Field, column int) error
}

const (
	sureColumn   = 0.9 // confidence from which a column is not asked about
	columnsShown = 7   // choices of one question
)

// columnQuestion asks which column holds a field (Field set), or what a column holds (Field NoField).
type columnQuestion struct {
	Upload    string         `json:"u"`
	Signature string         `json:"s"`
	Field     roster.Field   `json:"f,omitempty"`
	Columns   []askedColumn  `json:"c"`           // to choose from, or the one that is asked about
	Can       []roster.Field `json:"n,omitempty"` // what that one can hold, the likeliest first
}

type askedColumn struct {
	Index  int    `json:"i"`
	Header string `json:"h"`
}

// columnDoubt finds the first thing about the columns that nobody knows yet; false when all is clear.
func columnDoubt(ro *roster.Roster, known ledger.ColumnAnswers) (columnQuestion, bool) {
	for i := range ro.Sheets {
		sheet := &ro.Sheets[i]
		if len(sheet.HeaderRows) == 0 {
			continue
		}
		for _, f := range []roster.Field{roster.FullName, roster.BirthDate} {
			if q, ask := missingColumn(sheet, f, known); ask {
				return q, true
			}
		}
		for c := range sheet.Columns {
			if q, ask := doubtfulColumn(&sheet.Columns[c], known); ask {
				return q, true
			}
		}
		return columnQuestion{}, false // the answers hold for the first sheet that is a list
	}
	return columnQuestion{}, false
}

// missingColumn asks which of the columns that are not understood is the field's.
func missingColumn(sheet *roster.SheetInfo, f roster.Field, known ledger.ColumnAnswers) (columnQuestion, bool) {
	if _, told := known.Fields[f]; told || sheet.Has(f) {
		return columnQuestion{}, false
	}
	q := columnQuestion{Field: f}
	for _, c := range sheet.Other {
		if len(q.Columns) < columnsShown && !slices.Contains(known.Ignored, c.Index) {
			q.Columns = append(q.Columns, askedColumn{c.Index, c.Header})
		}
	}
	return q, len(q.Columns) > 0
}

// doubtfulColumn asks what a column is that its header does not say clearly. Parts of a field stand together and are not
// asked about one by one.
func doubtfulColumn(c *roster.Column, known ledger.ColumnAnswers) (columnQuestion, bool) {
	if c.Confidence >= sureColumn || c.Part != roster.Whole || !matters(c.Field) || slices.Contains(known.Ignored, c.Index) {
		return columnQuestion{}, false
	}
	for _, column := range known.Fields {
		if column == c.Index {
			return columnQuestion{}, false
		}
	}
	q := columnQuestion{Columns: []askedColumn{{c.Index, c.Header}}, Can: []roster.Field{c.Field}}
	if c.Looks != roster.NoField {
		q.Can = append(q.Can, c.Looks)
	}
	for _, f := range append(c.Others, roster.PersonalID, roster.MotherID, roster.FatherID) {
		number := f == roster.PersonalID || f == roster.MotherID || f == roster.FatherID
		asksNumber := c.Field == roster.PersonalID || c.Looks == roster.PersonalID
		if !slices.Contains(q.Can, f) && (!number || asksNumber || slices.Contains(c.Others, f)) && len(q.Can) < columnsShown-1 {
			q.Can = append(q.Can, f)
		}
	}
	return q, true
}

// matters says whether a mistaken column of the field would do harm.
func matters(f roster.Field) bool {
	switch f {
	case roster.Ordinal, roster.SoftwareCode, roster.HouseholdCode, roster.ReviewStatus, roster.Address, roster.Phone, roster.Note:
		return false
	}
	return true
}

// doubt tells how a question reaches the chat: as the report of the reading.
func (r *reading) doubt(q columnQuestion, signature string) (string, error) {
	q.Upload, q.Signature = r.up.ID, signature
	body, err := json.Marshal(q)
	return "column." + string(body), err
}

// askColumn draws the question.
func (t *turn) askColumn(ctx context.Context, body string) error {
	var q columnQuestion
	if err := json.Unmarshal([]byte(body), &q); err != nil {
		return fmt.Errorf("question about a column: %w", err)
	}
	up, err := t.b.Uploads.Upload(ctx, q.Upload)
	if err != nil {
		return err
	}
	t.replies = append(t.replies, progress(t.u.Chat, t.p, q.Upload, fault.T("column.waiting", "Name", up.Name)))
	t.s = session{Signature: q.Signature}
	var v view
	if q.Field != roster.NoField {
		v.line("column.which", "Field", fault.T("field."+q.Field.String()))
		for _, c := range q.Columns {
			v.row(choice(columnChoice(q, q.Field, c.Index), "column.this", "Column", roster.Letter(c.Index), "Header", shorten(c.Header, 30)))
		}
	} else {
		c := q.Columns[0]
		v.line("column.what", "Column", roster.Letter(c.Index), "Header", c.Header)
		for _, f := range q.Can {
			v.row(choice(columnChoice(q, f, c.Index), "column.is", "Field", fault.T("field."+f.String())))
		}
		v.row(choice(columnChoice(q, roster.NoField, c.Index), "column.other"))
	}
	v.row(choice("leave", "chat.button.cancel"))
	return t.finish(ctx, t.draw(v))
}

func columnChoice(q columnQuestion, f roster.Field, column int) string {
	return fmt.Sprintf("column.%s|%d|%d", q.Upload, f, column)
}

// answerColumn remembers what the officer said for the layout, and reads the file again with it.
func answerColumn(ctx context.Context, t *turn, rest string) error {
	if err := t.people(officer.SendList); err != nil {
		return err
	}
	parts := strings.Split(rest, "|")
	if len(parts) != 3 || t.s.Signature == "" {
		return t.oldButton(ctx)
	}
	field, err1 := strconv.ParseUint(parts[1], 10, 8)
	column, err2 := strconv.Atoi(parts[2])
	up, err := t.b.Uploads.Upload(ctx, parts[0])
	if fault.Is(err, fault.NotFound) || err1 != nil || err2 != nil || err == nil && up.Unit != t.who.UnitCode {
		return t.oldButton(ctx)
	}
	if err != nil {
		return err
	}
	signature := t.s.Signature
	t.jobs = append(t.jobs, bot.Job{Kind: JobRead, ID: up.ID})
	t.audit = bot.Audit{Action: "column.answered", Object: up.ID, Count: 1}
	t.s = session{}
	var v view
	v.line("column.noted", "Name", up.Name)
	v.row(choice("lists", "chat.button.lists"), choice("help", "chat.button.help"))
	t.draw(v)
	return t.record(ctx, func(ctx context.Context, end bot.Ending) error {
		return t.b.Layouts.AnswerColumn(ctx, end, t.who.UnitCode, signature, roster.Field(field), column)
	})
}
