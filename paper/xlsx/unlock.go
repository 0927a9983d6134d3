package xlsx

import (
	"bytes"
	"encoding/binary"
	"io"
	"regexp"
	"strconv"

	"github.com/xuri/excelize/v2"

	"lamsach/core/fault"
)

// The marks of a package, and how long its last record is without a comment.
const (
	packageHead = "PK\x03\x04"
	packageEnd  = "PK\x05\x06"
	endLength   = 22
)

// spinCount is how often the password is hashed, as the file says: Office writes 100,000, and may write up to ten million.
var spinCount = regexp.MustCompile(`spinCount="(\d+)"`)

const mostSpins = 10_000_000

// Unlock takes the password off a workbook that is protected by one as ECMA-376 says (agile and standard encryption), and gives
// the package in it. Errors are *fault.Error: Forbidden, "file.wrong_password", when the password does not fit; Unreadable when the
// file is damaged, or protected in another way.
func Unlock(r io.ReaderAt, size int64, password string) (content []byte, err error) {
	defer func() {
		if p := recover(); p != nil { // the library trusts the sizes that the file claims
			content, err = nil, fault.New(fault.Unreadable, "file.part.damaged")
		}
	}()
	locked := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), locked); err != nil {
		return nil, err
	}
	for _, spin := range spinCount.FindAllSubmatch(locked, -1) {
		if n, err := strconv.Atoi(string(spin[1])); err != nil || n > mostSpins {
			return nil, fault.New(fault.Unreadable, "file.part.damaged")
		}
	}
	plain, err := excelize.Decrypt(locked, &excelize.Options{Password: password})
	if err != nil {
		return nil, fault.Wrap(fault.Forbidden, err, "file.wrong_password")
	}
	// Not every kind of encryption says whether the password was right; what comes out does. Behind its end stands what filled the
	// last block up.
	end := bytes.LastIndex(plain, []byte(packageEnd))
	if !bytes.HasPrefix(plain, []byte(packageHead)) || end < 0 || len(plain) < end+endLength {
		return nil, fault.New(fault.Forbidden, "file.wrong_password")
	}
	comment := int(binary.LittleEndian.Uint16(plain[end+endLength-2:]))
	return plain[:min(len(plain), end+endLength+comment)], nil
}
