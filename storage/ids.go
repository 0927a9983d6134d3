package storage

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"time"
)

var idText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID gives a new id of 16 letters and digits that sorts by time (48 bits of milliseconds, 32 random).
func NewID(now time.Time) string {
	var raw [10]byte
	binary.BigEndian.PutUint64(raw[:8], uint64(now.UnixMilli())<<16)
	_, _ = rand.Read(raw[6:]) // never fails
	return idText.EncodeToString(raw[:])
}

// IDFor gives the id of a part of an operation, 16 letters and digits: the same when the operation runs again, so that
// what it made is found and not made twice.
func IDFor(op, part string) string {
	sum := sha256.Sum256([]byte(op + "\x00" + part))
	return idText.EncodeToString(sum[:10])
}
