package storage

import (
	"context"
	"database/sql"
	"slices"
)

// Elsewhere tells in the lists of which other units the numbers occur (Person.NumberKey): the names of those units, by
// number, sorted; numbers that nobody else has are left out. Only keyed hashes are compared, and nothing of the other
// lists but the name of their unit is given away. It goes through the hashes of all lists once, so it belongs in a job.
func (s *Store) Elsewhere(ctx context.Context, unit string, numberKeys []string) (found map[string][]string, err error) {
	mine := make(map[string]string, len(numberKeys))
	for _, key := range numberKeys {
		if hash := s.keyedHash(s.seals.number, key); hash != nil {
			mine[string(hash)] = key
		}
	}
	if len(mine) == 0 {
		return nil, nil
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		names, err := unitNames(ctx, tx)
		if err != nil {
			return err
		}
		found = map[string][]string{}
		rows, err := tx.QueryContext(ctx, `SELECT l.unit, k.hash FROM lists l JOIN person_keys k ON k.list = l.number AND k.about = $2
			WHERE l.unit <> $1 AND l.state = 'kept'`, unit, aboutNumber)
		if err != nil {
			return err
		}
		return each(rows, func(scan scanner) error {
			var other string
			var hash sql.RawBytes
			if err := scan(&other, &hash); err != nil {
				return err
			}
			if key, ok := mine[string(hash)]; ok && !slices.Contains(found[key], nameOf(names, other)) {
				found[key] = append(found[key], nameOf(names, other))
			}
			return nil
		})
	})
	for key := range found {
		slices.Sort(found[key])
	}
	return found, err
}

// unitNames gives the names under which units are known, the newest of each.
func unitNames(ctx context.Context, tx *sql.Tx) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT unit, unit_name FROM officers ORDER BY bound_at`)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	err = each(rows, func(scan scanner) error {
		var unit, name string
		err := scan(&unit, &name)
		names[unit] = name
		return err
	})
	return names, err
}

// nameOf is the name of a unit, or its code as long as nobody of it was ever here.
func nameOf(names map[string]string, unit string) string {
	if name := names[unit]; name != "" {
		return name
	}
	return unit
}
