package xlsx

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"lamsach/paper/cells"
)

// tokens lists what a scanner finds, and the error that ends it.
func tokens(s *scanner) (found []string) {
	for {
		kind, err := s.next()
		if err != nil {
			return append(found, "error "+err.Error())
		}
		switch kind {
		case tokenEnd:
			return found
		case tokenText:
			if n := len(found); n > 0 && strings.HasPrefix(found[n-1], "text ") && !s.cdata {
				found[n-1] += string(s.text)
				continue
			}
			found = append(found, "text "+string(s.text))
		case tokenOpen:
			line := fmt.Sprintf("open %s%s %v", s.prefix, s.name, s.empty)
			for _, a := range s.attrs {
				line += fmt.Sprintf(" %s=%q", a.name, a.value)
			}
			found = append(found, line)
		case tokenClose:
			found = append(found, fmt.Sprintf("close %s%s", s.prefix, s.name))
		}
	}
}

// FuzzScanner: what is found does not depend on how the bytes arrive, and what is copied is what came.
func FuzzScanner(f *testing.F) {
	for _, part := range []string{
		`<?xml version="1.0"?><a b="c>d" e='f'><!-- > --><g/>text &amp; <![CDATA[<x>]]></a >`, `<x:a xmlns:x="u"><x:b></x:b></x:a>`, "\xef\xbb\xbf<a/>", `<a><b></a></b>`, `<!DOCTYPE a><a/>`,
		`<a`, `<a>` + strings.Repeat("<b>", 10),
	} {
		f.Add([]byte(part))
	}
	f.Fuzz(func(t *testing.T, part []byte) {
		whole, err := scanBytes(bytes.Clone(part))
		if err != nil {
			return
		}
		var copied bytes.Buffer
		slow := newScanner(iotest.OneByteReader(bytes.NewReader(part)))
		slow.buf = make([]byte, 8)
		slow.sink = &copied
		want, got := tokens(whole), tokens(slow)
		if len(part) == 0 {
			return
		}
		if fmt.Sprint(want) != fmt.Sprint(got) {
			t.Errorf("whole: %q\nby bytes: %q", want, got)
		}
		if err := slow.flush(slow.pos); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(part, copied.Bytes()) {
			t.Errorf("copied %q of %q", copied.Bytes(), part)
		}
	})
}

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
			if r == 0 || r >= 0x20 && !allowed(r) {
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
