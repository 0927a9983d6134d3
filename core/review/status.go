package review

import (
	"regexp"
	"strconv"

	"lamsach/core/roster"
)

// statuses are those that a person can leave the list with, in the order in which they are offered. Duplicate needs a row and is typed.
var statuses = []roster.Status{roster.MovedOut, roster.NotFound, roster.Deceased, roster.Abroad, roster.OverAge}

// statusWords are what may be typed for a status, folded.
var statusWords = map[string]roster.Status{
	"chuyen di": roster.MovedOut, "da chuyen di": roster.MovedOut, "chuyen khau": roster.MovedOut, "da chuyen": roster.MovedOut, "moved": roster.MovedOut, "moved out": roster.MovedOut,
	"da mat": roster.Deceased, "mat": roster.Deceased, "da chet": roster.Deceased, "chet": roster.Deceased, "tu vong": roster.Deceased, "da tu vong": roster.Deceased, "died": roster.Deceased,
	"khong tim thay": roster.NotFound, "khong tim thay ho": roster.NotFound, "khong co ho": roster.NotFound, "khong co ho nay": roster.NotFound, "not found": roster.NotFound,
	"du 16 tuoi": roster.OverAge, "du 16": roster.OverAge, "qua 16 tuoi": roster.OverAge, "tren 16 tuoi": roster.OverAge, "het tuoi": roster.OverAge, "over age": roster.OverAge,
	"o nuoc ngoai": roster.Abroad, "di nuoc ngoai": roster.Abroad, "nuoc ngoai": roster.Abroad, "xuat canh": roster.Abroad, "abroad": roster.Abroad,
}

var (
	sameAsRow = regexp.MustCompile(`^(?:trung|trung voi|trung dong|trung voi dong|same as|same as row)(?: so)? (\d{1,7})$`)
	goToRow   = regexp.MustCompile(`^(?:dong|hang|row) (\d{1,7})$`)
)

// rowIn reads the row number that a pattern finds.
func rowIn(pattern *regexp.Regexp, folded string) (int, bool) {
	m := pattern.FindStringSubmatch(folded)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil
}

// atRow finds the person who stands in a row; near decides which sheet is meant first.
func (v *view) atRow(row, near int) (int, bool) {
	found, ok := 0, false
	for i := range v.Roster.Records {
		r := &v.Roster.Records[i]
		if r.Row != row {
			continue
		}
		if near >= 0 && r.Sheet == v.Roster.Records[near].Sheet {
			return i, true
		}
		if !ok {
			found, ok = i, true
		}
	}
	return found, ok
}
