package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"

	"lamsach/core/ledger"
	"lamsach/core/roster"
	"lamsach/storage/seal"
)

const personColumns = `p.sheet, p.line, p.version, p.cells, p.decided`

func parsePersonID(id string) (sheet, row int, err error) {
	sheet, row, ok := roster.ParsePersonID(id)
	if !ok {
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

func (s *Store) scanPerson(scan scanner, list int64) (p ledger.Person, err error) {
	var cells, decided sql.RawBytes
	if err := scan(&p.Sheet, &p.Row, &p.Version, &cells, &decided); err != nil {
		return ledger.Person{}, err
	}
	return s.openPerson(p, list, cells, decided)
}

// appendCells writes what the sealed cells of a person's own row hold.
func appendCells(out []byte, p *ledger.Person) []byte {
	out = binary.AppendUvarint(out, uint64(len(p.Group)))
	return append(append(out, p.Group...), p.Cells...)
}

// openPerson completes a person from its sealed columns.
func (s *Store) openPerson(p ledger.Person, list int64, cells, decided []byte) (ledger.Person, error) {
	place := personPlace(list, p.ID())
	plain, err := s.seals.cells.Open(nil, place, cells)
	if err == nil {
		p.Decided, err = s.openDecided(place, p.Version, decided)
	}
	length, n := binary.Uvarint(plain)
	if err == nil && (n <= 0 || length > uint64(len(plain)-n)) {
		err = seal.ErrBroken
	}
	if err != nil {
		return ledger.Person{}, fmt.Errorf("open person %s of list %d: %w", p.ID(), list, err)
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
		var blocks int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM people_blocks WHERE list = $1`, number).Scan(&blocks); err != nil {
			return err
		}
		if blocks == 0 { // a list of before
			return s.ownRows(ctx, tx, number, use)
		}
		own := map[place]ledger.Person{} // those who were decided upon
		err = s.ownRows(ctx, tx, number, func(p ledger.Person) error {
			own[place{p.Sheet, p.Row}] = p
			return nil
		})
		if err != nil {
			return err
		}
		for p, err := range s.allHeld(ctx, tx, number) {
			if err != nil {
				return err
			}
			if mine, ok := own[place{p.Sheet, p.Row}]; ok {
				p.Person = mine
			}
			if err := use(p.Person); err != nil {
				return err
			}
		}
		return nil
	})
}

// ownRows passes the people of a list who have a row of their own, in the order of the file.
func (s *Store) ownRows(ctx context.Context, tx *sql.Tx, list int64, use func(ledger.Person) error) error {
	rows, err := tx.QueryContext(ctx, `SELECT `+personColumns+` FROM people p WHERE p.list = $1 ORDER BY p.sheet, p.line`, list)
	if err != nil {
		return err
	}
	return each(rows, func(scan scanner) error {
		p, err := s.scanPerson(scan, list)
		if err != nil {
			return err
		}
		return use(p)
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

func (s *Store) find(ctx context.Context, unit string, about int, hash []byte) (all []Found, err error) {
	if hash == nil {
		return nil, nil
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT number, id FROM lists WHERE unit = $1 AND state = 'kept' ORDER BY number`, unit)
		if err != nil {
			return err
		}
		lists, err := collect(rows, func(scan scanner) (l listName, err error) {
			err = scan(&l.number, &l.id)
			return l, err
		})
		if err != nil {
			return err
		}
		for _, l := range lists {
			people, err := s.findIn(ctx, tx, l.number, about, hash)
			if err != nil {
				return err
			}
			for _, p := range people {
				all = append(all, Found{List: l.id, Person: p})
			}
		}
		return nil
	})
	return all, err
}

// listName is what a list is called in the store and outside.
type listName struct {
	number int64
	id     string
}

// findIn gives the people of one list who have a hash about something, in the order of the file.
func (s *Store) findIn(ctx context.Context, tx *sql.Tx, list int64, about int, hash []byte) (all []ledger.Person, err error) {
	places, err := withHash(ctx, tx, list, about, hash)
	held := heldBlocks{list: list}
	for i := 0; err == nil && i < len(places); i++ {
		var p ledger.Person
		if p, err = s.personAt(ctx, tx, &held, places[i]); err == nil {
			all = append(all, p)
		}
	}
	return all, err
}

// personAt gives a person as he is now.
func (s *Store) personAt(ctx context.Context, tx *sql.Tx, held *heldBlocks, at place) (ledger.Person, error) {
	row := tx.QueryRowContext(ctx, `SELECT `+personColumns+` FROM people p WHERE p.list = $1 AND p.sheet = $2 AND p.line = $3`,
		held.list, at.sheet, at.row)
	var p ledger.Person
	var cells, decided []byte
	err := row.Scan(&p.Sheet, &p.Row, &p.Version, &cells, &decided)
	if err == nil {
		return s.openPerson(p, held.list, cells, decided)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return ledger.Person{}, err
	}
	came, err := held.find(s, at, func(query string, args ...any) *sql.Row { return tx.QueryRowContext(ctx, query, args...) })
	return came.Person, err
}
