package cells

import "strings"

// BuiltinDate reports whether a number format that files refer to without defining it shows a day: ECMA-376 part 1, 18.8.30.
// Pure times (18–21, 45–47) show none. 27–36 and 50–58 are dates of East Asian editions.
func BuiltinDate(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58
}

// DateFormat reports whether a number format shows a day: it has a year, a day, or a month that is not minutes. Literals such as
// "ngày", colours, locales and the sections for negative numbers and text do not count; elapsed time ([h]:mm) is no day.
func DateFormat(code string) bool {
	var day, month, clock bool
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return day || month && !clock
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return day || month && !clock
			}
			i += end + 1
		case '\\', '_', '*':
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			if elapsed(code[i+1 : i+end]) {
				return false
			}
			i += end
		case '#', '?', '0':
			if !clock && !day {
				return false
			}
		case 'G', 'g':
			if len(code) >= i+7 && strings.EqualFold(code[i:i+7], "general") {
				return false
			}
		case 'A', 'a':
			i += ampm(code[i:])
			clock = true
		case 'E', 'e':
			if i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-') {
				return false
			}
			day = true // the year, as some editions write it
		case 'y', 'Y', 'd', 'D', 'b', 'B':
			day = true
		case 'm', 'M':
			length := runOf(code[i:])
			month = true
			day = day || length >= 3
			i += length - 1
		case 'h', 'H', 's', 'S':
			clock = true
		}
	}
	return day || month && !clock
}

// elapsed reports whether what stands in brackets counts hours, minutes or seconds.
func elapsed(inside string) bool {
	if inside == "" || !strings.ContainsAny(inside[:1], "hHmMsS") {
		return false
	}
	return runOf(inside) == len(inside)
}

// runOf is the number of equal letters, in any case, at the beginning.
func runOf(code string) int {
	n := 1
	for n < len(code) && code[n]|0x20 == code[0]|0x20 {
		n++
	}
	return n
}

// ampm is how much to skip of AM/PM or A/P after its first letter.
func ampm(code string) int {
	switch {
	case len(code) >= 5 && strings.EqualFold(code[:5], "am/pm"):
		return 4
	case len(code) >= 3 && strings.EqualFold(code[:3], "a/p"):
		return 2
	}
	return 0
}
