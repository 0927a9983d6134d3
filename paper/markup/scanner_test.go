package markup_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// told writes down what a scanner finds.
func told(src io.Reader) (string, error) {
	var all strings.Builder
	for s := markup.NewScanner(src); ; {
		token, err := s.Next()
		if err != nil {
			return all.String(), err
		}
		switch token {
		case markup.End:
			return all.String(), nil
		case markup.Open:
			fmt.Fprintf(&all, "<%s|%s", s.Prefix, s.Name)
			s.Attrs(func(name, value []byte) { fmt.Fprintf(&all, " %s=%s", name, value) })
			if s.Empty {
				all.WriteByte('/')
			}
		case markup.Close:
			fmt.Fprintf(&all, ">%s|%s", s.Prefix, s.Name)
		case markup.Text:
			text, err := markup.AppendText(nil, s.Raw, s.CDATA)
			if err != nil {
				return all.String(), err
			}
			fmt.Fprintf(&all, "(%s)", text)
		}
	}
}

func TestScanner(t *testing.T) {
	for xml, want := range map[string]string{
		"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><a b='1' c:d = \"x>y\">t<e/></a >": "<|a b=1 c:d=x>y(t)<|e/>|a",
		`<n:a><!-- <b> --><![CDATA[<&]]>&lt;&#7907;&#x41;</n:a>`:                              "<n:|a(<&)(<ợA)>n:|a",
		"<a>x\r\ny\rz</a>\n": "<|a(x\ny\nz)>|a(\n)",
	} {
		for name, src := range map[string]io.Reader{"whole": strings.NewReader(xml), "byte by byte": iotest.OneByteReader(strings.NewReader(xml))} {
			got, err := told(src)
			if err != nil || got != want {
				t.Errorf("%s, %q: got %q, %v; want %q", name, xml, got, err, want)
			}
		}
	}
}

func TestScannerRefuses(t *testing.T) {
	for xml, want := range map[string]cells.Flaw{
		"": cells.Truncated, "<a>": cells.Truncated, "<a": cells.Truncated, "<a b='1": cells.Truncated, "<!-- x": cells.Truncated,
		"<a></b>": cells.Malformed, "<a/><b/>": cells.Malformed, "x<a/>": cells.Malformed, "<a b=1/>": cells.Malformed, "<a b='<'/>": cells.Malformed,
		"<a b='1'c='2'/>": cells.Malformed, "<1/>": cells.Malformed, "<a>&x;</a>": cells.Malformed, "<a>&</a>": cells.Malformed, "<a>&#0;</a>": cells.Malformed,
		"<!DOCTYPE a><a/>": cells.Doctype, "<a><!ENTITY></a>": cells.Doctype, "<a>\x01</a>": cells.Letters, "<a>\xff</a>": cells.Letters,
		"<\x00a\x00": cells.UTF16, "<?xml version='1.0' encoding='utf-16'?><a/>": cells.UTF16,
		"<a>" + strings.Repeat("x", 2<<20) + "</a>": cells.Long, strings.Repeat("<a>", 300): cells.Malformed,
	} {
		if got, err := told(strings.NewReader(xml)); !errors.Is(err, want) {
			t.Errorf("%.40q: got %.40q, %v; want %v", xml, got, err, want)
		}
	}
}

var errDisk = errors.New("disk")

func TestTroubleOfTheReaderPasses(t *testing.T) {
	if _, err := told(io.MultiReader(strings.NewReader("<a>x"), iotest.ErrReader(errDisk))); !errors.Is(err, errDisk) {
		t.Errorf("got %v", err)
	}
}

func TestChildrenAndSkip(t *testing.T) {
	s := markup.NewScanner(strings.NewReader("<r><a><b/>x</a> <c/><d>y</d></r>"))
	if _, err := s.Next(); err != nil {
		t.Fatal(err)
	}
	var names []string
	if err := s.Children(func() error { names = append(names, string(s.Name)); return s.Skip() }); err != nil {
		t.Fatal(err)
	}
	if token, err := s.Next(); strings.Join(names, "") != "acd" || token != markup.End || err != nil {
		t.Errorf("%v, %v, %v", names, token, err)
	}
}
