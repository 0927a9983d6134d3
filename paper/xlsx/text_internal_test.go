package xlsx

import (
	"bytes"
	"strings"
	"testing"

	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// FuzzText: what is written reads as it was, for every text that XML can hold.
func FuzzText(f *testing.F) {
	for _, text := range []string{"Mùa Thị Dợ", "a&b<c>\"", "_x000D_", "_x005F_x000D_", "\r\n\t\x01", "=1+1", "\xff", "_x_x0041_"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		raw := appendEscaped(nil, text)
		got, err := appendText(nil, raw, false)
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		want := strings.Map(func(r rune) rune {
			if r == 0 || r >= 0x20 && !markup.Allowed(r) {
				return '\uFFFD'
			}
			return r
		}, strings.ToValidUTF8(text, "\uFFFD"))
		if len([]rune(text)) <= longestText && string(got) != want && !strings.Contains(text, "\xff") && strings.ToValidUTF8(text, "") == text {
			t.Errorf("%q is written %q and reads %q", text, raw, got)
		}
	})
}

// FuzzDecimal: a number reads as the number that it is.
func FuzzDecimal(f *testing.F) {
	for _, raw := range []string{"0", "-0", "12", "1.4316001234E10", "0.1", "1e-3", "999999999999999", "9007199254740993", "1E400", "nan"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		once, err := appendDecimal(nil, []byte(raw))
		if err != nil {
			return
		}
		twice, err := appendDecimal(nil, once)
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%q reads %q, and that reads %q %v", raw, once, twice, err)
		}
		if bytes.ContainsAny(once, "eE+") {
			t.Errorf("%q reads %q", raw, once)
		}
	})
}

// FuzzDateFormat: no format breaks the recogniser.
func FuzzDateFormat(f *testing.F) {
	for _, code := range []string{"dd/mm/yyyy", "[h]:mm", `"a`, `\`, "[", "_", "General", "am/p"} {
		f.Add(code)
	}
	f.Fuzz(func(_ *testing.T, code string) { cells.DateFormat(code) })
}
