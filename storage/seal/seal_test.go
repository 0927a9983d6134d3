package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"lamsach/core/fault"
)

func sealer(t testing.TB, fill byte) *Sealer {
	t.Helper()
	s, err := New(bytes.Repeat([]byte{fill}, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSealedValueOpensWhereItWasSealed(t *testing.T) {
	s := sealer(t, 1)
	column := s.Column("people", "cells")
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		row := rapid.StringMatching(`[a-z0-9/:]{0,200}`).Draw(t, "row")
		blob := column.Seal([]byte("before"), row, plain)
		if len(blob) != 6+SealedSize(len(plain)) {
			t.Fatalf("%d bytes sealed are %d", len(plain), len(blob)-6)
		}
		got, err := column.Open([]byte("x"), row, blob[6:])
		if err != nil || !bytes.Equal(got, append([]byte("x"), plain...)) {
			t.Fatalf("got %q, %v", got, err)
		}
		broken := bytes.Clone(blob[6:])
		broken[rapid.IntRange(0, len(broken)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := column.Open(nil, row, broken); !errors.Is(err, ErrBroken) {
			t.Fatalf("one bit changed: %v", err)
		}
	})
}

func TestSealedValueOpensNowhereElse(t *testing.T) {
	s := sealer(t, 1)
	blob := s.Column("people", "cells").Seal(nil, "1/0:8", []byte("plain"))
	for name, open := range map[string]func() error{
		"row":    func() error { _, err := s.Column("people", "cells").Open(nil, "1/0:9", blob); return err },
		"column": func() error { _, err := s.Column("people", "decided").Open(nil, "1/0:8", blob); return err },
		"table":  func() error { _, err := s.Column("inbox", "cells").Open(nil, "1/0:8", blob); return err },
		"key":    func() error { _, err := sealer(t, 2).Column("people", "cells").Open(nil, "1/0:8", blob); return err },
		"cut":    func() error { _, err := s.Column("people", "cells").Open(nil, "1/0:8", blob[:len(blob)-1]); return err },
		"empty":  func() error { _, err := s.Column("people", "cells").Open(nil, "1/0:8", nil); return err },
	} {
		if err := open(); !errors.Is(err, ErrBroken) {
			t.Errorf("another %s: %v", name, err)
		}
	}
	if again := s.Column("people", "cells").Seal(nil, "1/0:8", []byte("plain")); bytes.Equal(blob, again) {
		t.Error("the same value sealed twice looks the same")
	}
}

func TestHashes(t *testing.T) {
	s := sealer(t, 1)
	number := s.Hash("number")
	if len(number.Sum([]byte("x"))) != HashSize || !bytes.Equal(number.Sum([]byte("x")), s.Hash("number").Sum([]byte("x"))) {
		t.Error("equal values have unequal hashes")
	}
	for name, other := range map[string][]byte{
		"value":   number.Sum([]byte("y")),
		"purpose": s.Hash("name").Sum([]byte("x")),
		"key":     sealer(t, 2).Hash("number").Sum([]byte("x")),
	} {
		if bytes.Equal(number.Sum([]byte("x")), other) {
			t.Errorf("another %s has the same hash", name)
		}
	}
	for _, value := range []string{"", "x", "quàng thị mận|2016-05-09"} {
		if got := number.Append([]byte("before"), value); string(got) != "before"+string(number.Sum([]byte(value))) {
			t.Errorf("appended hash of %q is %x", value, got)
		}
	}
	if bytes.Equal(number.Full([]byte("ab"), []byte("c")), number.Full([]byte("a"), []byte("bc"))) {
		t.Error("the border between values does not count")
	}
}

func TestSealerIsForManyAtOnce(t *testing.T) {
	s := sealer(t, 1)
	column, hash := s.Column("a", "b"), s.Hash("c")
	want := hash.Sum([]byte("x"))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 200 {
				blob := column.Seal(nil, "1", []byte("plain"))
				if _, err := column.Open(nil, "1", blob); err != nil || !bytes.Equal(hash.Sum([]byte("x")), want) {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys", "lamsach.key")
	first, created, err := OpenKeyFile(path)
	if err != nil || !created {
		t.Fatal(created, err)
	}
	blob := first.Column("a", "b").Seal(nil, "1", []byte("plain"))
	second, created, err := OpenKeyFile(path)
	if err != nil || created {
		t.Fatal(created, err)
	}
	if _, err := second.Column("a", "b").Open(nil, "1", blob); err != nil {
		t.Error("the key is another after it was read again")
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, name := range []string{path, filepath.Dir(path)} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	wantKey(t, path, "storage.key.readable_by_others")
}

func TestMalformedKeyFile(t *testing.T) {
	for name, body := range map[string]string{
		"empty": "", "other": "ssh-ed25519 AAAA", "short": keyPrefix + "AAAA", "letters": keyPrefix + "!!!!",
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		wantKey(t, path, "storage.key.malformed")
	}
	if _, err := New([]byte("short")); err == nil {
		t.Error("a short key was taken")
	}
}

func wantKey(t *testing.T, path, key string) {
	t.Helper()
	_, _, err := OpenKeyFile(path)
	var f *fault.Error
	if !errors.As(err, &f) || f.Key != key {
		t.Errorf("error %v, want %s", err, key)
	}
}

func TestManyStartsMakeOneKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lamsach.key")
	var group sync.WaitGroup
	marks, made := make([][]byte, 8), make([]bool, 8)
	for i := range marks {
		group.Go(func() {
			s, created, err := OpenKeyFile(path)
			if err != nil {
				t.Error(err)
				return
			}
			marks[i], made[i] = s.Hash("x").Sum(nil), created
		})
	}
	group.Wait()
	makers := 0
	for i := range marks {
		if !bytes.Equal(marks[i], marks[0]) {
			t.Error("two starts have two keys")
		}
		if made[i] {
			makers++
		}
	}
	if makers != 1 {
		t.Errorf("%d starts made the key", makers)
	}
}

func FuzzOpen(f *testing.F) {
	s, err := New(make([]byte, KeySize))
	if err != nil {
		f.Fatal(err)
	}
	column := s.Column("a", "b")
	f.Add(column.Seal(nil, "1", []byte("plain")), "1")
	f.Add([]byte{}, "")
	f.Fuzz(func(t *testing.T, blob []byte, row string) {
		plain, err := column.Open(nil, row, blob)
		if err == nil && len(plain) != len(blob)-overhead {
			t.Errorf("%d bytes open as %d", len(blob), len(plain))
		}
	})
}

func BenchmarkSealPerson(b *testing.B) {
	column := sealer(b, 1).Column("people", "cells")
	plain, dst := make([]byte, 500), make([]byte, 0, 1024)
	b.SetBytes(500)
	for b.Loop() {
		dst = column.Seal(dst[:0], "12/0:1234", plain)
	}
}

func BenchmarkHash(b *testing.B) {
	hash := sealer(b, 1).Hash("number")
	for b.Loop() {
		hash.Sum([]byte("014316001234"))
	}
}
