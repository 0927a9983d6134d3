package storage

import (
	"database/sql"
	"errors"
)

type scanner func(into ...any) error

// collect reads all rows and closes them.
func collect[T any](rows *sql.Rows, read func(scanner) (T, error)) (all []T, err error) {
	err = each(rows, func(scan scanner) error {
		one, err := read(scan)
		if err == nil {
			all = append(all, one)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// each passes all rows to use and closes them.
func each(rows *sql.Rows, use func(scanner) error) (err error) {
	defer func() { err = told(errors.Join(err, rows.Close())) }()
	for rows.Next() {
		if err := use(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
