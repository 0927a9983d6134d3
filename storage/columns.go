package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"lamsach/bot"
	"lamsach/core/ledger"
	"lamsach/core/roster"
)

// ColumnAnswers gives what a unit's officers said about the columns of a layout; the zero value when nothing was.
func (s *Store) ColumnAnswers(ctx context.Context, unit, signature string) (answers ledger.ColumnAnswers, err error) {
	var plain string
	err = s.reader.QueryRowContext(ctx, `SELECT answers FROM layouts WHERE unit = $1 AND signature = $2`, unit, signature).Scan(&plain)
	if errors.Is(err, sql.ErrNoRows) {
		return answers, nil
	}
	if err != nil {
		return answers, told(err)
	}
	return answers, json.Unmarshal([]byte(plain), &answers)
}

// AnswerColumn records that a column (A is 0) of a layout holds a field, or, with NoField, nothing that is needed. A later
// answer about the column or the field takes the place of an earlier one.
func (s *Store) AnswerColumn(ctx context.Context, e bot.Ending, unit, signature string, field roster.Field, column int) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		var plain string
		err := s.row(ctx, tx, `SELECT answers FROM layouts WHERE unit = $1 AND signature = $2`, unit, signature).Scan(&plain)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		var answers ledger.ColumnAnswers
		if plain != "" {
			if err := json.Unmarshal([]byte(plain), &answers); err != nil {
				return err
			}
		}
		body, err := json.Marshal(answered(answers, field, column))
		if err != nil {
			return err
		}
		_, err = s.exec(ctx, tx, `INSERT INTO layouts (unit, signature, answers) VALUES ($1, $2, $3)
			ON CONFLICT (unit, signature) DO UPDATE SET answers = excluded.answers`, unit, signature, string(body))
		return err
	})
}

// answered adds an answer.
func answered(a ledger.ColumnAnswers, field roster.Field, column int) ledger.ColumnAnswers {
	a.Ignored = slices.DeleteFunc(a.Ignored, func(c int) bool { return c == column })
	for f, c := range a.Fields {
		if c == column {
			delete(a.Fields, f)
		}
	}
	if field == roster.NoField {
		a.Ignored = append(a.Ignored, column)
		return a
	}
	if a.Fields == nil {
		a.Fields = map[roster.Field]int{}
	}
	a.Fields[field] = column
	return a
}
