package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"io"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"lamsach/storage/seal"
)

// Opened opens a store of the test's own.
func Opened(t testing.TB) *Store {
	t.Helper()
	sealer, err := seal.New(make([]byte, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "lamsach.db"), Options{Sealer: sealer, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestFilesOfBefore: files that lie in larger parts, and do not say so, are read as ever.
func TestFilesOfBefore(t *testing.T) {
	s := Opened(t)
	whole := make([]byte, 2*filePartBefore+777)
	_, _ = rand.NewChaCha8([32]byte{3}).Read(whole)
	sum := sha256.Sum256(whole)
	card, err := json.Marshal(map[string]any{"name": "DS.xlsx", "mime": "", "size": len(whole), "sha256": sum[:]})
	if err != nil {
		t.Fatal(err)
	}
	err = s.write(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, `INSERT INTO files (id, whole, size, made_at, summary) VALUES ('old', 1, $1, 0, $2)`,
			len(whole), s.seals.fileSummary.Seal(nil, "old", card))
		for part := 0; err == nil && part*filePartBefore < len(whole); part++ {
			plain := whole[part*filePartBefore : min((part+1)*filePartBefore, len(whole))]
			_, err = s.exec(ctx, tx, `INSERT INTO file_parts (file, part, body) VALUES ('old', $1, $2)`,
				part, s.seals.filePart.Seal(nil, partRow("old", part), plain))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.OpenFile(t.Context(), "old")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, whole) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	at, size, err := s.FileAt(t.Context(), "old")
	if err != nil || size != int64(len(whole)) {
		t.Fatal(size, err)
	}
	for _, from := range []int{0, filePartBefore - 5, 2*filePartBefore - 5, filePart} {
		got := make([]byte, 700)
		if _, err := at.ReadAt(got, int64(from)); err != nil || !bytes.Equal(got, whole[from:from+700]) {
			t.Errorf("from %d: %v", from, err)
		}
	}
}
