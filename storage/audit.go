package storage

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"lamsach/bot"
	"lamsach/core/fault"
)

const (
	// headNext takes the next number and, on PostgreSQL, makes other transactions wait for this one.
	headNext    = `UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash`
	headSet     = `UPDATE audit_head SET hash = $1 WHERE id = 1`
	insertAudit = `INSERT INTO audit (seq, at, op, officer, action, object, people, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
)

// AuditEntry is one line of the audit (nhật ký thao tác).
type AuditEntry struct {
	Seq int64
	At  time.Time
	Op  string
	bot.Audit
}

// AuditHead names the newest line. Kept elsewhere, it shows later that lines were cut off or an old store was put back.
type AuditHead struct {
	Seq  int64
	Hash []byte
}

// String gives "seq:hash" for a message or a manifest; ParseAuditHead reads it.
func (h AuditHead) String() string { return fmt.Sprintf("%d:%x", h.Seq, h.Hash) }

// ParseAuditHead reads what String wrote.
func ParseAuditHead(text string) (h AuditHead, err error) {
	number, hash, _ := bytes.Cut([]byte(text), []byte(":"))
	if h.Seq, err = strconv.ParseInt(string(number), 10, 64); err != nil {
		return AuditHead{}, fmt.Errorf("audit head: %w", err)
	}
	if h.Hash, err = hex.DecodeString(string(hash)); err != nil {
		return AuditHead{}, fmt.Errorf("audit head: %w", err)
	}
	return h, nil
}

func (s *Store) writeAudit(ctx context.Context, tx *sql.Tx, op string, a bot.Audit) error {
	entry := AuditEntry{At: s.now(), Op: op, Audit: a}
	var before []byte
	if err := s.row(ctx, tx, headNext).Scan(&entry.Seq, &before); err != nil {
		return err
	}
	hash := s.auditHash(before, entry)
	if _, err := s.exec(ctx, tx, headSet, hash); err != nil {
		return err
	}
	_, err := s.exec(ctx, tx, insertAudit, entry.Seq, entry.At.UnixMicro(), op, a.Officer, a.Action, a.Object, a.Count, hash)
	return err
}

// auditHash covers the line and, through the hash before it, all earlier ones. It is keyed: who can write to the
// database alone cannot make a chain that holds.
func (s *Store) auditHash(before []byte, e AuditEntry) []byte {
	number := func(n int64) []byte { return strconv.AppendInt(nil, n, 10) }
	return s.seals.audit.Full(before, number(e.Seq), number(e.At.UnixMicro()), []byte(e.Op), []byte(e.Officer),
		[]byte(e.Action), []byte(e.Object), number(int64(e.Count)))
}

const auditColumns = `seq, at, op, officer, action, object, people`

func scanAudit(scan scanner, rest ...any) (e AuditEntry, err error) {
	var at int64
	err = scan(append([]any{&e.Seq, &at, &e.Op, &e.Officer, &e.Action, &e.Object, &e.Count}, rest...)...)
	e.At = time.UnixMicro(at).UTC()
	return e, err
}

// VerifyAudit goes through the whole chain. Its error, "storage.audit.broken" with Line, names the first line that was
// changed, dropped or put in; a chain that does not reach the anchor, or passes it differently, breaks at the anchor's
// line. The zero anchor asks for none. The head that it gives is the newest line.
func (s *Store) VerifyAudit(ctx context.Context, anchor AuditHead) (head AuditHead, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		var kept AuditHead
		if err := tx.QueryRowContext(ctx, `SELECT seq, hash FROM audit_head WHERE id = 1`).Scan(&kept.Seq, &kept.Hash); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT `+auditColumns+`, hash FROM audit ORDER BY seq`)
		if err != nil {
			return err
		}
		err = each(rows, func(scan scanner) error {
			var hash []byte
			e, err := scanAudit(scan, &hash)
			if err != nil {
				return err
			}
			want := s.auditHash(head.Hash, e)
			if e.Seq != head.Seq+1 || !bytes.Equal(hash, want) || e.Seq == anchor.Seq && !bytes.Equal(hash, anchor.Hash) {
				return brokenAudit(head.Seq + 1)
			}
			head = AuditHead{Seq: e.Seq, Hash: hash}
			return nil
		})
		switch {
		case err != nil:
			return err
		case head.Seq != kept.Seq || !bytes.Equal(head.Hash, kept.Hash):
			return brokenAudit(head.Seq + 1)
		case head.Seq < anchor.Seq:
			return brokenAudit(head.Seq + 1)
		}
		return nil
	})
	return head, err
}

func brokenAudit(line int64) error {
	return fault.New(fault.Unreadable, "storage.audit.broken", "Line", line)
}

// AuditOf lists what was done to an object, the newest first, at most limit.
func (s *Store) AuditOf(ctx context.Context, object string, limit int) ([]AuditEntry, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+auditColumns+` FROM audit WHERE object = $1 ORDER BY seq DESC LIMIT $2`, object, limit)
	if err != nil {
		return nil, told(err)
	}
	return collect(rows, func(scan scanner) (AuditEntry, error) { return scanAudit(scan) })
}
