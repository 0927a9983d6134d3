package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"lamsach/core/ledger"
	"lamsach/storage/seal"
)

const personColumns = `p.sheet, p.line, p.version, p.cells, p.decided`

// PersonID gives the id that a person of a list has: where he stands in it. Sheet counts from 0, row as Excel shows it.
func PersonID(sheet, row int) string { return strconv.Itoa(sheet) + ":" + strconv.Itoa(row) }

func parsePersonID(id string) (sheet, row int, err error) {
	first, second, _ := strings.Cut(id, ":")
	sheet, err = strconv.Atoi(first)
	if err == nil {
		row, err = strconv.Atoi(second)
	}
	if err != nil || PersonID(sheet, row) != id {
		return 0, 0, notFound("storage.person.not_found")
	}
	return sheet, row, nil
}

// personPlace and decidedPlace name the row that a value is sealed for. A decision is sealed for its version as well, so
// that an older one put back does not open.
func personPlace(list int64, id string) string { return strconv.FormatInt(list, 10) + "/" + id }

func decidedPlace(place string, version int) string { return place + "@" + strconv.Itoa(version) }

// openDecided opens what was decided about a person. Only who was never decided on may have nothing.
func (s *Store) openDecided(place string, version int, sealed []byte) ([]byte, error) {
	if sealed == nil && version == 0 {
		return nil, nil
	}
	plain, err := s.seals.decided.Open(nil, decidedPlace(place, version), sealed)
	if err != nil || len(plain) == 0 {
		return nil, err
	}
	return plain, nil
}

func (s *Store) scanPerson(scan scanner, list int64, rest ...any) (p ledger.Person, err error) {
	var cells, decided sql.RawBytes
	if err := scan(append([]any{&p.Sheet, &p.Row, &p.Version, &cells, &decided}, rest...)...); err != nil {
		return ledger.Person{}, err
	}
	return s.openPerson(p, list, cells, decided)
}

// openPerson completes a person from its sealed columns.
func (s *Store) openPerson(p ledger.Person, list int64, cells, decided []byte) (ledger.Person, error) {
	p.ID = PersonID(p.Sheet, p.Row)
	place := personPlace(list, p.ID)
	plain, err := s.seals.cells.Open(nil, place, cells)
	if err == nil {
		p.Decided, err = s.openDecided(place, p.Version, decided)
	}
	length, n := binary.Uvarint(plain)
	if err == nil && (n <= 0 || length > uint64(len(plain)-n)) {
		err = seal.ErrBroken
	}
	if err != nil {
		return ledger.Person{}, fmt.Errorf("open person %s of list %d: %w", p.ID, list, err)
	}
	end := n + int(length) //nolint:gosec // at most len(plain)
	p.Group, p.Cells = string(plain[n:end]), plain[end:]
	return p, nil
}

// PeopleOf passes all people of a list to use, in the order of the file, as they were at one moment; what it passes may
// be kept. use must not call the store. There is no such list: NotFound.
func (s *Store) PeopleOf(ctx context.Context, list string, use func(ledger.Person) error) error {
	return s.read(ctx, func(tx *sql.Tx) error {
		number, err := listNumber(ctx, tx, list)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT `+personColumns+` FROM people p WHERE p.list = $1 ORDER BY p.sheet, p.line`, number)
		if err != nil {
			return err
		}
		return each(rows, func(scan scanner) error {
			p, err := s.scanPerson(scan, number)
			if err != nil {
				return err
			}
			return use(p)
		})
	})
}

func listNumber(ctx context.Context, tx *sql.Tx, id string) (number int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT number FROM lists WHERE id = $1 AND state = 'kept'`, id).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, notFound("storage.list.not_found")
	}
	return number, err
}

// Found is a person and the list he was found in.
type Found struct {
	List   string
	Person ledger.Person
}

// FindByNumber gives the people of the unit's lists who have the number, whose Person.NumberKey was the same.
func (s *Store) FindByNumber(ctx context.Context, unit, numberKey string) ([]Found, error) {
	return s.find(ctx, unit, aboutNumber, s.keyedHash(s.seals.number, numberKey))
}

// FindByName gives the people of the unit's lists whose Person.NameKey was the same: folded name and birth date.
func (s *Store) FindByName(ctx context.Context, unit, nameKey string) ([]Found, error) {
	return s.find(ctx, unit, aboutName, s.keyedHash(s.seals.name, nameKey))
}

func (s *Store) find(ctx context.Context, unit string, about int, hash []byte) ([]Found, error) {
	if hash == nil {
		return nil, nil
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT `+personColumns+`, l.id, l.number FROM lists l
		JOIN person_keys k ON k.list = l.number AND k.about = $2 AND k.hash = $3
		JOIN people p ON p.list = k.list AND p.sheet = k.sheet AND p.line = k.line
		WHERE l.unit = $1 AND l.state = 'kept' ORDER BY l.number, p.sheet, p.line`, unit, about, hash)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (f Found, err error) {
		var p ledger.Person
		var number int64
		var cells, decided []byte
		if err := scan(&p.Sheet, &p.Row, &p.Version, &cells, &decided, &f.List, &number); err != nil {
			return f, err
		}
		f.Person, err = s.openPerson(p, number, cells, decided)
		return f, err
	})
}
