package locales

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// display turns an argument into the text that stands in the sentence.
func display(value any) string {
	if n, whole := asWhole(value); whole {
		return grouped(n)
	}
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time:
		return v.Format("02/01/2006")
	case float64:
		return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
	case encoding.TextMarshaler:
		if text, err := v.MarshalText(); err == nil {
			return dayFirst(string(text))
		}
	}
	return fmt.Sprint(value)
}

// asWhole gives the whole number that value is. Arguments that went through JSON come back as float64.
func asWhole(value any) (int64, bool) {
	v := reflect.ValueOf(value)
	switch {
	case !v.IsValid():
		return 0, false
	case v.CanInt():
		if _, named := value.(fmt.Stringer); named {
			return 0, false // an enumeration or a month, not a count
		}
		return v.Int(), true
	case v.CanUint():
		if _, named := value.(fmt.Stringer); named {
			return 0, false
		}
		return int64(v.Uint()), true
	case v.CanFloat():
		f := v.Float()
		return int64(f), f == math.Trunc(f) && math.Abs(f) < 1e15
	}
	return 0, false
}

// grouped writes a number with a blank between thousands: 1 240.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + " " + digits[at:]
	}
	return sign + digits
}

var isoDate = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)

// dayFirst writes an ISO date the way it is written in Vietnam; other text stays.
func dayFirst(text string) string {
	return isoDate.ReplaceAllString(text, "$3/$2/$1")
}
