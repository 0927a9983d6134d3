package markup

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
)

// tokens lists what a scanner finds, and the error that ends it.
func tokens(s *Scanner) (found []string) {
	for {
		kind, err := s.Next()
		if err != nil {
			return append(found, "error "+err.Error())
		}
		switch kind {
		case End:
			return found
		case Text:
			if n := len(found); n > 0 && strings.HasPrefix(found[n-1], "text ") && !s.CDATA {
				found[n-1] += string(s.Raw)
				continue
			}
			found = append(found, "text "+string(s.Raw))
		case Open:
			line := fmt.Sprintf("open %s%s %v", s.Prefix, s.Name, s.Empty)
			for _, a := range s.Tag {
				line += fmt.Sprintf(" %s=%q", a.Name, a.Value)
			}
			found = append(found, line)
		case Close:
			found = append(found, fmt.Sprintf("close %s%s", s.Prefix, s.Name))
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
		whole, err := OfBytes(bytes.Clone(part))
		if err != nil {
			return
		}
		var copied bytes.Buffer
		slow := NewScanner(iotest.OneByteReader(bytes.NewReader(part)))
		slow.buf = make([]byte, 8)
		slow.Sink = &copied
		want, got := tokens(whole), tokens(slow)
		if len(part) == 0 {
			return
		}
		if fmt.Sprint(want) != fmt.Sprint(got) {
			t.Errorf("whole: %q\nby bytes: %q", want, got)
		}
		if err := slow.Flush(slow.Pos); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(part, copied.Bytes()) {
			t.Errorf("copied %q of %q", copied.Bytes(), part)
		}
	})
}
