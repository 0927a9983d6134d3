package officer

import (
	"strings"

	"lamsach/core/fault"
)

// ParsePhone reads a telephone number as people write it ("0912 345 678", "+84 912.345.678") and gives its international form without the
// plus, "84912345678". Its error is Invalid, "officer.phone.malformed".
func ParsePhone(text string) (string, error) {
	text = strings.TrimSpace(text)
	international := strings.HasPrefix(text, "+") || strings.HasPrefix(text, "00")
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune(" .-()+", r):
			return -1
		}
		return 'x'
	}, text)
	digits = strings.TrimPrefix(digits, "00")
	switch {
	case strings.HasPrefix(digits, "0") && !international:
		digits = "84" + digits[1:]
	case !international && !strings.HasPrefix(digits, "84"):
		return "", fault.New(fault.Invalid, "officer.phone.malformed")
	}
	if len(digits) < 9 || len(digits) > 15 || strings.Contains(digits, "x") {
		return "", fault.New(fault.Invalid, "officer.phone.malformed")
	}
	return digits, nil
}
