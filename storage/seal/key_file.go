package seal

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"lamsach/core/fault"
)

const keyPrefix = "lamsach-key-1 "

// OpenKeyFile reads the root key from a file. Where there is no such file it makes one with a new random key, readable
// by its owner only, and says so by created: whoever loses the file loses the data, so the operator must be told.
// Its errors for the operator are *fault.Error: "storage.key.readable_by_others", "storage.key.malformed".
func OpenKeyFile(path string) (s *Sealer, created bool, err error) {
	file, err := os.Open(path) //nolint:gosec // the operator names the file
	if errors.Is(err, fs.ErrNotExist) {
		if err := createKeyFile(path); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, false, fmt.Errorf("make key file: %w", err)
		} else if err == nil {
			created = true
		}
		file, err = os.Open(path) //nolint:gosec // as above
	}
	if err != nil {
		return nil, false, fmt.Errorf("open key file: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, false, fmt.Errorf("open key file: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, false, fault.New(fault.Forbidden, "storage.key.readable_by_others", "Path", path)
	}
	line := make([]byte, 256)
	n, err := file.Read(line)
	if err != nil {
		return nil, false, fault.Wrap(fault.Invalid, err, "storage.key.malformed", "Path", path)
	}
	key, err := parseKey(line[:n])
	if err != nil {
		return nil, false, fault.Wrap(fault.Invalid, err, "storage.key.malformed", "Path", path)
	}
	s, err = New(key)
	return s, created, err
}

func parseKey(line []byte) ([]byte, error) {
	text, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte(keyPrefix))
	if !ok {
		return nil, errors.New("does not begin as a key file does")
	}
	key, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil || len(key) != KeySize {
		return nil, fmt.Errorf("does not hold a key of %d bytes", KeySize)
	}
	return key, nil
}

// createKeyFile puts a whole, flushed file in place at once: a key that was half written would seal data for nobody.
func createKeyFile(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	key := make([]byte, KeySize)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, ".lamsach-key-*") // 0600 by its contract
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(keyPrefix + base64.StdEncoding.EncodeToString(key) + "\n")
	if err == nil {
		err = temp.Sync()
	}
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Link(temp.Name(), path) // unlike a rename, never replaces a key that somebody made meanwhile
}
