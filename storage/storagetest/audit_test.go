package storagetest

import (
	"errors"
	"fmt"
	"testing"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/storage"
)

func (b *bench) audit(n int) (head storage.AuditHead) {
	b.t.Helper()
	for i := range n {
		ok(b.t, b.EndTurn(ctx, bot.Ending{Op: fmt.Sprint("op", b.clock.Now(), i), Audit: bot.Audit{Officer: "o", Action: "list.read", Object: fmt.Sprint(i), Count: i}}))
	}
	head, err := b.VerifyAudit(ctx, storage.AuditHead{})
	ok(b.t, err)
	return head
}

func TestTamperedAuditIsNamed(t *testing.T) {
	tests := []struct {
		name, change string
		line         int64
	}{
		{"changed", `UPDATE audit SET officer = 'somebody else' WHERE seq = 4`, 4},
		{"dropped", `DELETE FROM audit WHERE seq = 4`, 4},
		{"put in", `INSERT INTO audit SELECT 11, at, op, officer, action, object, people, hash FROM audit WHERE seq = 10`, 11},
		{"tail cut", `DELETE FROM audit WHERE seq > 7`, 8},
		{"first dropped", `DELETE FROM audit WHERE seq = 1`, 1},
		{"swapped", `UPDATE audit SET object = CASE seq WHEN 5 THEN '5' ELSE '4' END WHERE seq IN (5, 6)`, 5},
	}
	onEach(t, func(t *testing.T, b *bench) {
		b.audit(10)
		b.exec(`CREATE TABLE spare AS SELECT * FROM audit`)
		for _, tt := range tests {
			b.exec(tt.change)
			_, err := b.VerifyAudit(ctx, storage.AuditHead{})
			refused(t, err, fault.Unreadable, "storage.audit.broken")
			if line := lineOf(err); line != tt.line {
				t.Errorf("%s: line %d, want %d", tt.name, line, tt.line)
			}
			b.exec(`DELETE FROM audit`)
			b.exec(`INSERT INTO audit SELECT * FROM spare`)
		}
		_, err := b.VerifyAudit(ctx, storage.AuditHead{})
		ok(t, err)
	})
}

func TestAnchorShowsAnOldStorePutBack(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		old := b.audit(5)
		anchor := b.audit(3)
		read, err := storage.ParseAuditHead(anchor.String())
		ok(t, err)
		_, err = b.VerifyAudit(ctx, read)
		ok(t, err)
		b.audit(2)
		if _, err = b.VerifyAudit(ctx, read); err != nil {
			t.Errorf("an anchor further back: %v", err)
		}
		b.exec(`DELETE FROM audit WHERE seq > $1`, old.Seq)
		b.exec(`UPDATE audit_head SET seq = $1, hash = $2`, old.Seq, old.Hash)
		_, err = b.VerifyAudit(ctx, storage.AuditHead{})
		ok(t, err) // the old store holds by itself
		_, err = b.VerifyAudit(ctx, read)
		refused(t, err, fault.Unreadable, "storage.audit.broken")
		b.audit(5) // another history of the same length
		_, err = b.VerifyAudit(ctx, read)
		refused(t, err, fault.Unreadable, "storage.audit.broken")
		for _, text := range []string{"", "x:00", "5:zz", "5"} {
			if h, err := storage.ParseAuditHead(text); err == nil && len(h.Hash) != 0 {
				t.Errorf("%q is read as %v", text, h)
			}
		}
	})
}

func lineOf(err error) int64 {
	var f *fault.Error
	if !errors.As(err, &f) {
		return 0
	}
	line, _ := f.Args["Line"].(int64)
	return line
}
