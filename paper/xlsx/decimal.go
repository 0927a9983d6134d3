package xlsx

import (
	"bytes"
	"strconv"

	"lamsach/paper/cells"
)

// exactDigits is how many decimal digits a stored number (a 64-bit float) always keeps.
const exactDigits = 15

// appendDecimal appends the shortest plain decimal that is exactly the number stored as raw: 1.4316001234E10 becomes 14316001234. It
// fails for what is no finite number.
func appendDecimal(dst, raw []byte) ([]byte, error) {
	raw = bytes.TrimSpace(raw)
	if wholeNumber(raw) {
		return append(dst, raw...), nil
	}
	for _, c := range raw {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return dst, cells.Digits
		}
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		return dst, cells.Digits.Because("cannot be parsed")
	}
	if f == 0 {
		return append(dst, '0'), nil // not "-0"
	}
	return strconv.AppendFloat(dst, f, 'f', -1, 64), nil
}

// wholeNumber reports whether raw already is the shortest decimal of a whole number that a float keeps exactly.
func wholeNumber(raw []byte) bool {
	if len(raw) == 0 || len(raw) > exactDigits || raw[0] == '0' && len(raw) > 1 {
		return false
	}
	for _, c := range raw {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
