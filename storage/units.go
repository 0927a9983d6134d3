package storage

import (
	"context"
	"database/sql"
	"encoding"
	"fmt"
	"strings"

	"lamsach/bot"
	"lamsach/core/civil"
	"lamsach/core/officer"
)

// unitTree is the tree as it stood after a change. It does not change itself.
type unitTree struct {
	revision int64
	tree     *officer.Tree
}

// queryer is a connection or a transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

const unitsRevision = `SELECT revision FROM units_head WHERE id = 1`

// Tree gives the units of administration: the built-in ones, and over them what this deployment said. It is kept in memory and read
// anew when somebody, also another process, changed a unit.
func (s *Store) Tree(ctx context.Context) (*officer.Tree, error) {
	var revision int64
	if err := s.reader.QueryRowContext(ctx, unitsRevision).Scan(&revision); err != nil {
		return nil, told(err)
	}
	if now := s.units.Load(); now != nil && now.revision == revision {
		return now.tree, nil
	}
	var fresh *unitTree
	err := s.read(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, unitsRevision).Scan(&revision); err != nil {
			return err
		}
		var err error
		fresh, err = s.treeAt(ctx, tx, revision)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.units.Store(fresh)
	return fresh.tree, nil
}

// treeAt brings the tree in memory to a revision, with what the connection sees.
func (s *Store) treeAt(ctx context.Context, from queryer, revision int64) (*unitTree, error) {
	base := s.units.Load()
	if base == nil || base.revision > revision {
		base = &unitTree{tree: officer.Builtin()}
	}
	if base.revision == revision {
		return base, nil
	}
	rows, err := from.QueryContext(ctx, `SELECT code, name, kind, level, parent, valid_from, valid_to, predecessors
		FROM units WHERE revision > $1 AND revision <= $2`, base.revision, revision)
	if err != nil {
		return nil, err
	}
	units, err := collect(rows, scanUnit)
	if err != nil {
		return nil, err
	}
	tree, err := base.tree.Put(units...)
	if err != nil {
		return nil, fmt.Errorf("storage: the kept units do not fit together: %w", err)
	}
	return &unitTree{revision: revision, tree: tree}, nil
}

func scanUnit(scan scanner) (u officer.Unit, err error) {
	var level, from, to, predecessors string
	if err := scan(&u.Code, &u.Name, &u.Kind, &level, &u.Parent, &from, &to, &predecessors); err != nil {
		return officer.Unit{}, err
	}
	var levels encoding.TextUnmarshaler = &u.Level
	if err := levels.UnmarshalText([]byte(level)); err != nil {
		return officer.Unit{}, err
	}
	if u.ValidFrom, err = day(from); err != nil {
		return officer.Unit{}, err
	}
	u.ValidTo, err = day(to)
	if predecessors != "" {
		u.Predecessors = strings.Fields(predecessors)
	}
	return u, err
}

// day reads a kept day; the empty text is none.
func day(text string) (civil.Date, error) {
	if text == "" {
		return civil.Date{}, nil
	}
	return civil.ParseISO(text)
}

// ChangeUnits records units that are new, or replace those of the same code. change is given the present tree and says what they are;
// nobody else changes units meanwhile. It may be called again when the transaction has to be repeated. Its error, and that of units that
// do not fit (see officer.NewTree), is given as it is, and nothing is recorded.
func (s *Store) ChangeUnits(ctx context.Context, e bot.Ending, change func(*officer.Tree) ([]officer.Unit, error)) error {
	return s.record(ctx, e, func(ctx context.Context, tx *sql.Tx) error {
		var revision int64
		err := s.row(ctx, tx, `UPDATE units_head SET revision = revision + 1 WHERE id = 1 RETURNING revision`).Scan(&revision)
		if err != nil {
			return err
		}
		now, err := s.treeAt(ctx, tx, revision-1)
		if err != nil {
			return err
		}
		units, err := change(now.tree)
		if err != nil {
			return err
		}
		if _, err := now.tree.Put(units...); err != nil {
			return err
		}
		for _, u := range units {
			if err := s.putUnit(ctx, tx, u, revision); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) putUnit(ctx context.Context, tx *sql.Tx, u officer.Unit, revision int64) error {
	_, err := s.exec(ctx, tx, `INSERT INTO units (code, name, kind, level, parent, valid_from, valid_to, predecessors, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, level = excluded.level, parent = excluded.parent,
		valid_from = excluded.valid_from, valid_to = excluded.valid_to, predecessors = excluded.predecessors, revision = excluded.revision`,
		u.Code, u.Name, u.Kind, u.Level.String(), u.Parent, u.ValidFrom.String(), u.ValidTo.String(),
		strings.Join(u.Predecessors, " "), revision)
	return err
}
