package person_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lamsach/core/civil"
	"lamsach/core/person"
	"lamsach/core/viet"
)

// words of names of many peoples, all made up into people at random.
var nameWords = []string{"Lò", "Nguyễn", "Giàng", "Thị", "Văn", "A", "Y", "Páo", "Hoà", "Hòa", "Mỷ", "K'Brểu", "H'Hen", "Niê", "Blô", "Ayŭn", "Krĭt", "Čing", "Êñuôl",
	"Bh'nướch", "Zơrâm", "Srây", "Đức", "Ọi", "Ía", "Quỳnh", "Hương", "Sùng", "Ksor", "Wăn", "Jut", "Trống", "Sinh", "Nam"}

func names() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(rapid.SampledFrom(nameWords), 2, 5).Draw(t, "words")
		return strings.Join(words, " ")
	})
}

func days() *rapid.Generator[person.BirthDate] {
	return rapid.Custom(func(t *rapid.T) person.BirthDate {
		back := rapid.IntRange(0, 16*365).Draw(t, "days ago")
		return person.BirthDateOf(asOf.AddDays(-back))
	})
}

func ids() *rapid.Generator[person.PersonalID] {
	digits := rapid.Custom(func(t *rapid.T) string {
		place := rapid.SampledFrom([]string{"001", "014", "038", "096", "066"}).Draw(t, "place")
		return fmt.Sprintf("%s%d%02d%06d", place, rapid.IntRange(0, 3).Draw(t, "century"), rapid.IntRange(0, 99).Draw(t, "year"), rapid.IntRange(1, 999999).Draw(t, "rest"))
	})
	return rapid.Map(digits.Filter(func(s string) bool {
		_, err := person.ParsePersonalID(s)
		return err == nil
	}), func(s string) person.PersonalID {
		id, _ := person.ParsePersonalID(s)
		return id
	})
}

func TestNameHoweverWrittenReadsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := names().Draw(t, "name")
		if r := person.ReadName(person.Raw{Text: name}); r.Fault != person.Clean || r.Value != name {
			t.Fatalf("%q: %+v", name, r)
		}
		for _, written := range []string{viet.Upper(name), " " + name, name + " ", strings.ReplaceAll(name, " ", "  "), strings.ReplaceAll(name, " ", "\u00a0"), name + "\u200b"} {
			if r := person.ReadName(person.Raw{Text: written}); written != name && (r.Fault != person.Untidy || !strings.EqualFold(r.Value, name)) {
				t.Fatalf("%q for %q: %+v", written, name, r)
			}
		}
		for _, written := range []string{"1. " + name, name + " 2015", name + " (1985)", name + " - SN 2015"} {
			if r := person.ReadName(person.Raw{Text: written}); r.Fault != person.Malformed || r.Suggest != name {
				t.Fatalf("%q for %q: %+v", written, name, r)
			}
		}
	})
}

func TestDateHoweverWrittenReadsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := days().Draw(t, "date")
		if r := person.ReadBirthDate(person.Raw{Text: d.String()}, asOf); r.Fault != person.Clean || r.Value != d {
			t.Fatalf("%v: %+v", d, r)
		}
		for _, layout := range []string{"%[1]d.%[2]d.%[3]d", "%[1]d-%[2]d-%02[4]d", "%[3]d-%02[2]d-%02[1]d", "%02[1]d%02[2]d%[3]d", "%[3]d%02[2]d%02[1]d", "ngày %[1]d tháng %[2]d năm %[3]d",
			" %[1]d/%[2]d/%[3]d", "%02[1]d/%02[2]d/%[3]d 00:00:00"} {
			written := strings.Split(fmt.Sprintf(layout+"\x00", d.Day, d.Month, d.Year, d.Year%100), "\x00")[0]
			if r := person.ReadBirthDate(person.Raw{Text: written}, asOf); r.Fault != person.Untidy || r.Value != d || r.Suggest != d.String() {
				t.Fatalf("%q for %v: %+v", written, d, r)
			}
			if got, doubtful, ok := person.TypedDate(written, person.BirthDate{}, asOf); !ok || doubtful || got != d {
				t.Fatalf("typed %q for %v: %v, %v, %v", written, d, got, doubtful, ok)
			}
		}
		serial := fmt.Sprint(d.Civil().Serial(false))
		if r := person.ReadBirthDate(person.Raw{Text: serial, Numeric: true}, asOf); r.Value != d || r.Fault != person.Untidy {
			t.Fatalf("serial %s for %v: %+v", serial, d, r)
		}
	})
}

func TestShortYearsNeverLieAhead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := civil.Date{Year: rapid.IntRange(1930, 2026).Draw(t, "year"), Month: time.Month(rapid.IntRange(1, 12).Draw(t, "month")), Day: rapid.IntRange(1, 28).Draw(t, "day")}
		written := fmt.Sprintf("%d/%d/%02d", day.Day, day.Month, day.Year%100)
		r := person.ReadBirthDate(person.Raw{Text: written}, asOf)
		if r.Fault == person.Future && day.Year < 2026 || r.Value.Civil().Before(day) {
			t.Fatalf("%q for %v: %+v", written, day, r)
		}
	})
}

func TestNumberHoweverWrittenReadsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := ids().Draw(t, "id")
		s := id.String()
		for _, written := range []string{s[:3] + " " + s[3:6] + " " + s[6:], "'" + s, s + ".0", s[:3] + "." + s[3:6] + "." + s[6:9] + "." + s[9:], s + "\u00a0"} {
			if r := person.ReadPersonalID(person.Raw{Text: written}); r.Fault != person.Untidy || r.Value != id {
				t.Fatalf("%q: %+v", written, r)
			}
		}
		if r := person.ReadPersonalID(person.Raw{Text: "O" + s[1:]}); r.Fault != person.LookAlike || r.Value != id {
			t.Fatalf("look-alike of %s: %+v", s, r)
		}
		if lost := strings.TrimLeft(s, "0"); len(lost) == 11 {
			if r := person.ReadPersonalID(person.Raw{Text: lost, Numeric: true}); r.Fault != person.LostZero || r.Value != id || r.Suggest != s {
				t.Fatalf("%q: %+v", lost, r)
			}
		}
		if id.Masked()[:3] != s[:3] || strings.Contains(id.Masked(), s[4:9]) {
			t.Fatalf("masked: %s", id.Masked())
		}
	})
}
