// Package seal keeps personal data unreadable at rest: it seals values with AES-256-GCM under keys that lie outside
// the database, and makes keyed hashes by which equal values can be found without being read.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"sync"
)

// KeySize is the length of the root key in bytes.
const KeySize = 32

// HashSize is the length of a keyed hash in bytes. 128 bits: no two of a country's people meet by chance.
const HashSize = 16

// version is the first byte of every sealed value, so that another way of sealing can follow.
const version = 1

// overhead is what sealing adds: the version, the nonce (12) and the tag (16).
const overhead = 1 + 12 + 16

// ErrBroken says that a sealed value was changed, cut, moved to another place, or sealed under another key.
var ErrBroken = errors.New("seal: value is broken or not where it was sealed")

// Sealer derives one key per purpose from the root key. It is safe for concurrent use.
type Sealer struct{ root []byte }

// New makes a Sealer from a root key of KeySize bytes.
func New(key []byte) (*Sealer, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("seal: a key has %d bytes, this one %d", KeySize, len(key))
	}
	return &Sealer{root: append([]byte(nil), key...)}, nil
}

// String keeps the key out of logs.
func (s *Sealer) String() string { return "seal.Sealer" }

// derive gives the key of one purpose. Purposes are constants of the program.
func (s *Sealer) derive(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, s.root, nil, "lamsach/"+purpose, KeySize)
	if err != nil {
		panic("seal: " + err.Error()) // only for lengths that HKDF cannot give
	}
	return key
}

// Column seals the values of one column. A value opens only in the table, column and row it was sealed for.
type Column struct {
	aead  cipher.AEAD
	place []byte
}

// Column derives the key of the table and gives the sealer of one of its columns.
func (s *Sealer) Column(table, column string) *Column {
	block, err := aes.NewCipher(s.derive("table/" + table))
	if err != nil {
		panic("seal: " + err.Error()) // only for wrong key lengths
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic("seal: " + err.Error()) // only for ciphers of another block size
	}
	place := append([]byte{version}, table...)
	place = append(append(append(place, 0), column...), 0)
	return &Column{aead: aead, place: place}
}

// Seal appends the sealed value to dst. Row names the row and must be the same when the value is opened.
func (c *Column) Seal(dst []byte, row string, plain []byte) []byte {
	var space [96]byte
	place := append(append(space[:0], c.place...), row...)
	dst = append(dst, version)
	return c.aead.Seal(dst, nil, plain, place)
}

// Open appends the value that was sealed for the row to dst. Its error is ErrBroken.
func (c *Column) Open(dst []byte, row string, blob []byte) ([]byte, error) {
	if len(blob) < overhead || blob[0] != version {
		return dst, ErrBroken
	}
	var space [96]byte
	place := append(append(space[:0], c.place...), row...)
	out, err := c.aead.Open(dst, nil, blob[1:], place)
	if err != nil {
		return dst, ErrBroken
	}
	return out, nil
}

// SealedSize gives the length of a value of n bytes once sealed.
func SealedSize(n int) int { return n + overhead }

// Hash makes keyed hashes for one purpose: equal values have equal hashes, and nobody without the key can tell which.
type Hash struct{ pool sync.Pool }

// Hash derives the key of a purpose.
func (s *Sealer) Hash(purpose string) *Hash {
	key := s.derive("hash/" + purpose)
	return &Hash{pool: sync.Pool{New: func() any { return &macState{Hash: hmac.New(sha256.New, key)} }}}
}

// Sum gives the hash of a value, HashSize bytes.
func (h *Hash) Sum(value []byte) []byte { return h.sum(value)[:HashSize] }

// Append appends the hash of a value to dst, HashSize bytes.
func (h *Hash) Append(dst []byte, value string) []byte {
	mac := h.pool.Get().(*macState)
	defer h.pool.Put(mac)
	mac.Reset()
	mac.space = append(mac.space[:0], 0, 0, 0, 0, 0, 0, 0, 0)
	binary.BigEndian.PutUint64(mac.space, uint64(len(value)))
	mac.space = append(mac.space, value...)
	mac.Write(mac.space)
	mac.space = mac.Sum(mac.space[:0])
	return append(dst, mac.space[:HashSize]...)
}

// macState is a keyed hash in use, with memory for what goes through it.
type macState struct {
	hash.Hash
	space []byte
}

// Full gives the hash of several values in their order, 32 bytes.
func (h *Hash) Full(values ...[]byte) []byte { return h.sum(values...) }

func (h *Hash) sum(values ...[]byte) []byte {
	mac := h.pool.Get().(*macState)
	defer h.pool.Put(mac)
	mac.Reset()
	var length [8]byte
	for _, value := range values {
		binary.BigEndian.PutUint64(length[:], uint64(len(value)))
		mac.Write(length[:])
		mac.Write(value)
	}
	return mac.Sum(nil)
}
