package web

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

func TestCleanName(t *testing.T) {
	long := strings.Repeat("ễ", 300) + ".xlsx"
	tests := map[string]string{
		"DS trẻ em.xlsx": "DS trẻ em.xlsx", "../../etc/passwd": "passwd", `C:\x\y.xls`: "y.xls", "a\x00b\n.xlsx": "ab.xlsx",
		"\u202exslx.gnp": "xslx.gnp", "": "tep", "..": "tep", " . ": "tep", "a/": "tep", "a\u00a0b.csv": "a b.csv",
		`"><b>.xlsx`: `"><b>.xlsx`, long: strings.Repeat("ễ", 99) + "…" + strings.Repeat("ễ", 15) + ".xlsx",
	}
	for given, want := range tests {
		if got := cleanName(given); got != want {
			t.Errorf("%.40q: %q, want %q", given, got, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for given, want := range map[string]string{
		"vi-VN,vi;q=0.9": "vi", "EN": "en", "": "", "*": "", "en;q=0.1": "en", strings.Repeat("x", 99): "",
	} {
		if got := language(given); got != want {
			t.Errorf("%q: %q", given, got)
		}
	}
}

func FuzzSend(f *testing.F) {
	f.Add([]byte(`{"id":"m1","text":"15/4/2016, nữ"}`))
	f.Add([]byte(`{"id":"p1","press":{"message":"b1","data":"v.1"}}`))
	f.Add([]byte(`{"id":"m1","text":"\ud800\r\n\u0000"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		req, err := decodeSend(body)
		if err != nil {
			return
		}
		if !validID(req.ID) || !utf8.ValidString(req.Text) || len(utf16.Encode([]rune(req.Text))) > maxText {
			t.Errorf("%q gave %+v", body, req)
		}
		if (req.Press == nil) == (req.Text == "") {
			t.Errorf("%q is neither a text nor a press", body)
		}
		if req.Press != nil && (len(req.Press.Data) > 64 || req.Press.Data == "") {
			t.Errorf("%q gave %+v", body, req.Press)
		}
		if strings.ContainsAny(req.Text, "\x00\r\x1b") {
			t.Errorf("control characters in %q", req.Text)
		}
	})
}

func FuzzFile(f *testing.F) {
	f.Add("%7B%22id%22%3A%22m1%22%2C%22name%22%3A%22a.xlsx%22%2C%22mime%22%3A%22x%2Fy%22%7D")
	f.Add(`{"id":"m1","name":"../\u202ex.xlsx","mime":"a/b; c=d"}`)
	f.Fuzz(func(t *testing.T, header string) {
		req, err := decodeFile(header)
		if err != nil {
			return
		}
		if !validID(req.ID) || req.Name == "" || utf8.RuneCountInString(req.Name) > maxName || strings.ContainsAny(req.Name, "/\\") {
			t.Errorf("%q gave %+v", header, req)
		}
		for _, c := range req.Name {
			if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
				t.Errorf("%q in the name %q", c, req.Name)
			}
		}
		if req.Name != cleanName(req.Name) {
			t.Errorf("cleaning %q twice gives %q", req.Name, cleanName(req.Name))
		}
		if req.MIME == "" || strings.ContainsAny(req.MIME, "\r\n;") {
			t.Errorf("type %q", req.MIME)
		}
	})
}

func FuzzLogin(f *testing.F) {
	f.Add([]byte(`{"code":"K7Q2-M9XD"}`))
	f.Add([]byte(`{"code":" x\n/start y"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if code, err := decodeLogin(body); err == nil && !validID(code) {
			t.Errorf("%q gave %q", body, code)
		}
	})
}

func FuzzEvent(f *testing.F) {
	f.Add([]byte(`{"do":"say","message":{"id":"a","text":[[{"t":"x"}],null]},"clear":"b"}`))
	f.Add([]byte(`{"do":"edit"}`))
	f.Fuzz(func(_ *testing.T, body []byte) {
		var held talk
		held.apply(1, event{Do: say, Message: &message{ID: "a"}})
		_ = held.take(row(2, body))
		_ = held.take(row(3, body))
	})
}
