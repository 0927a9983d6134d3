package officer

import (
	"encoding"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"lamsach/core/civil"
	"lamsach/core/fault"
)

// Level is how deep a unit stands: a parent's is smaller than its child's, and levels may be left out (no district since 2025).
type Level uint8

// The levels of administration.
const (
	LevelNone     Level = iota
	LevelCountry        // cả nước
	LevelProvince       // tỉnh, thành phố
	LevelDistrict       // quận, huyện, thị xã: until 30 June 2025
	LevelCommune        // xã, phường, thị trấn, đặc khu
	LevelHamlet         // thôn, bản, ấp, tổ dân phố
)

var levelNames = []string{"", "country", "province", "district", "commune", "hamlet"}

var (
	_ encoding.TextMarshaler   = LevelNone
	_ encoding.TextUnmarshaler = (*Level)(nil)
)

// Levels lists the levels from the top down.
func Levels() []Level {
	return []Level{LevelCountry, LevelProvince, LevelDistrict, LevelCommune, LevelHamlet}
}

// String is the level's English name, "commune"; empty for no level.
func (l Level) String() string {
	if int(l) < len(levelNames) {
		return levelNames[l]
	}
	return fmt.Sprintf("level(%d)", uint8(l))
}

// MarshalText writes the level's name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads a level's name; the empty text is no level. Its error is Invalid, "unit.level_unknown".
func (l *Level) UnmarshalText(text []byte) error {
	at := slices.Index(levelNames, string(text))
	if at < 0 {
		return fault.New(fault.Invalid, "unit.level_unknown", "Level", string(text))
	}
	*l = Level(at)
	return nil
}

// Unit is a place of administration (đơn vị hành chính).
type Unit struct {
	Code         string     `json:"code"`                   // official code, or one given here (hamlets, districts, provinces of before 2025)
	Name         string     `json:"name"`                   // without its kind: "Tà Xùa"
	Kind         string     `json:"kind,omitempty"`         // as the law calls it: "xã", "phường", "tỉnh"
	Level        Level      `json:"level"`                  //
	Parent       string     `json:"parent,omitempty"`       // code; empty for the country
	ValidFrom    civil.Date `json:"valid_from"`             // first day; zero: since ever
	ValidTo      civil.Date `json:"valid_to"`               // last day; zero: to this day
	Predecessors []string   `json:"predecessors,omitempty"` // codes of the units that it was formed from
}

// Title is the full name with its kind, "Xã Tà Xùa".
func (u Unit) Title() string {
	if u.Kind == "" {
		return u.Name
	}
	first, size := utf8.DecodeRuneInString(u.Kind)
	return string(unicode.ToUpper(first)) + u.Kind[size:] + " " + u.Name
}

// ValidAt reports whether the unit exists on a day.
func (u Unit) ValidAt(day civil.Date) bool {
	return !day.Before(u.ValidFrom) && (u.ValidTo.IsZero() || !day.After(u.ValidTo))
}
