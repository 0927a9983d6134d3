package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"lamsach/core/ledger"
	"lamsach/storage/seal"
)

// stageSize is how many people one staging transaction takes: a turn waits for at most that many (a few milliseconds).
const stageSize = 200

const (
	insertPerson = `INSERT INTO people (list, sheet, line, version, number_hash, name_hash, cells, decided)
		VALUES ($1, $2, $3, 0, $4, $5, $6, $7)`
	personColumns = `p.sheet, p.line, p.version, p.cells, p.decided`
)

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

// stagedPerson is a row ready to be inserted; its slices lie in the buffer of its stage.
type stagedPerson struct {
	sheet, row             int
	number, name           []byte
	cells, decided, nought []byte
}

// stage is a batch of sealed people and the memory they lie in, used again for the batch after next.
type stage struct {
	people []stagedPerson
	buffer []byte
	plain  []byte
}

// stagePeople seals one batch while the batch before it is written.
func (s *Store) stagePeople(ctx context.Context, list int64, people iter.Seq[ledger.Person]) (count int, err error) {
	var stages [2]stage
	now := 0
	wait := func() error { return nil }
	flush := func() error {
		if err := wait(); err != nil {
			return err
		}
		full := stages[now].people
		wait = s.writeLater(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.insertPeople(ctx, tx, list, full) })
		now = 1 - now
		stages[now].people, stages[now].buffer = stages[now].people[:0], stages[now].buffer[:0]
		return nil
	}
	for p := range people {
		if err = s.sealPersonInto(&stages[now], list, p); err != nil {
			break
		}
		count++
		if len(stages[now].people) == stageSize {
			if err = flush(); err != nil {
				return count, err
			}
		}
	}
	if err == nil && len(stages[now].people) > 0 {
		if err = flush(); err != nil {
			return count, err
		}
	}
	return count, errors.Join(err, wait())
}

func (s *Store) insertPeople(ctx context.Context, tx *sql.Tx, list int64, people []stagedPerson) error {
	for _, p := range people {
		_, err := s.exec(ctx, tx, insertPerson, list, p.sheet, p.row, orNull(p.number), orNull(p.name), p.cells, orNull(p.decided))
		if err != nil {
			return fmt.Errorf("store person %d:%d: %w", p.sheet, p.row, err)
		}
	}
	return nil
}

// sealPersonInto adds a person to the stage.
func (s *Store) sealPersonInto(st *stage, list int64, p ledger.Person) error {
	id := PersonID(p.Sheet, p.Row)
	if p.ID != "" && p.ID != id {
		return fmt.Errorf("storage: a person of row %s cannot have the id %q", id, p.ID)
	}
	place := personPlace(list, id)
	st.plain = binary.AppendUvarint(st.plain[:0], uint64(len(p.Group)))
	st.plain = append(append(st.plain, p.Group...), p.Cells...)
	row := stagedPerson{sheet: p.Sheet, row: p.Row, number: s.keyedHash(s.seals.number, p.NumberKey), name: s.keyedHash(s.seals.name, p.NameKey)}
	st.grow(seal.SealedSize(len(st.plain)) + seal.SealedSize(len(p.Decided)))
	start := len(st.buffer)
	st.buffer = s.seals.cells.Seal(st.buffer, place, st.plain)
	row.cells = st.buffer[start:]
	if len(p.Decided) > 0 {
		start = len(st.buffer)
		st.buffer = s.seals.decided.Seal(st.buffer, decidedPlace(place, 0), p.Decided)
		row.decided = st.buffer[start:]
	}
	st.people = append(st.people, row)
	return nil
}

// grow makes room without moving what lies there already: rows point into it.
func (st *stage) grow(n int) {
	if cap(st.buffer)-len(st.buffer) < n {
		st.buffer = make([]byte, 0, max(256<<10, n))
	}
}

// personPlace and decidedPlace name the row that a value is sealed for. A decision is sealed for its version as well, so
// that an older one put back does not open.
func personPlace(list int64, id string) string { return strconv.FormatInt(list, 10) + "/" + id }

func decidedPlace(place string, version int) string { return place + "@" + strconv.Itoa(version) }

// keyedHash gives the hash by which an equal value is found; nothing for no value.
func (s *Store) keyedHash(h *seal.Hash, value string) []byte {
	if value == "" {
		return nil
	}
	return h.Sum([]byte(value))
}

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
	return s.find(ctx, `p.number_hash = $2`, unit, s.keyedHash(s.seals.number, numberKey))
}

// FindByName gives the people of the unit's lists whose Person.NameKey was the same: folded name and birth date.
func (s *Store) FindByName(ctx context.Context, unit, nameKey string) ([]Found, error) {
	return s.find(ctx, `p.name_hash = $2`, unit, s.keyedHash(s.seals.name, nameKey))
}

func (s *Store) find(ctx context.Context, where, unit string, hash []byte) ([]Found, error) {
	if hash == nil {
		return nil, nil
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT `+personColumns+`, l.id, l.number FROM lists l
		JOIN people p ON p.list = l.number AND `+where+` WHERE l.unit = $1 AND l.state = 'kept'
		ORDER BY l.number, p.sheet, p.line`, unit, hash) //nolint:gosec // where is a constant
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
