package locales

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// catalog reads made-up files: "vi/a.json" → its JSON.
func catalog(t *testing.T, texts map[string]string) *Catalog {
	t.Helper()
	c, err := read(folder(texts))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func folder(texts map[string]string) fstest.MapFS {
	from := fstest.MapFS{}
	for name, body := range texts {
		from[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return from
}

// isoDay is a date that only knows its ISO text, as civil.Date does.
type isoDay string

func (d isoDay) MarshalText() ([]byte, error) { return []byte(d), nil }

// sideOf is an enumeration with a number underneath.
type sideOf uint8

func (sideOf) String() string { return "Nữ" }

// logTo sends the log to a writer for the time of a test.
func logTo(t *testing.T, w io.Writer) {
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(w, nil)))
	t.Cleanup(func() { slog.SetDefault(old) })
}

func TestText(t *testing.T) {
	logTo(t, io.Discard)
	c := catalog(t, map[string]string{
		"vi/a.json": `{"a.people":"{{.N}} trẻ","a.from":"{{.What}} ngày {{.Day}}","a.only_vi":"Chỉ tiếng Việt {{.N}}"}`,
		"en/a.json": `{"a.people":{"one":"{{.N}} child","other":"{{.N}} children"},"a.from":"{{.What}} of {{.Day}}","a.plain":"plain {{.N}}"}`,
	})
	type args = map[string]any
	tests := []struct {
		name, lang, key string
		args            args
		want            string
	}{
		{"one", "en", "a.people", args{"N": 1}, "1 child"},
		{"many", "en", "a.people", args{"N": 1240}, "1 240 children"},
		{"Vietnamese has one form", "vi", "a.people", args{"N": 1}, "1 trẻ"},
		{"count that went through JSON", "vi", "a.people", args{"N": float64(22000000)}, "22 000 000 trẻ"},
		{"count as int64", "vi", "a.people", args{"N": int64(-1000)}, "-1 000 trẻ"},
		{"string stays as it is", "vi", "a.people", args{"N": "2016"}, "2016 trẻ"},
		{"fraction", "vi", "a.people", args{"N": 61.5}, "61,5 trẻ"},
		{"plural text without a form for one", "en", "a.plain", args{"N": 1}, "plain 1"},
		{"markup stays literal", "vi", "a.from", args{"What": "<b>{{.Day}}&", "Day": "x"}, "<b>{{.Day}}& ngày x"},
		{"date by its ISO text", "vi", "a.from", args{"What": sideOf(2), "Day": isoDay("2026-10-15")}, "Nữ ngày 15/10/2026"},
		{"ISO text typed by a person stays", "vi", "a.from", args{"What": "x", "Day": "2026-10-15"}, "x ngày 2026-10-15"},
		{"time", "vi", "a.from", args{"What": "", "Day": time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC)}, " ngày 05/10/2026"},
		{"missing argument", "vi", "a.from", args{"What": "x"}, "x ngày ⟦Day⟧"},
		{"missing key", "vi", "a.nothing", nil, "⟦a.nothing⟧"},
		{"first language stands in", "en", "a.only_vi", args{"N": 1}, "Chỉ tiếng Việt 1"},
		{"region", "en-US", "a.people", args{"N": 2}, "2 children"},
		{"unknown language", "fr", "a.people", args{"N": 2}, "2 trẻ"},
		{"no language", "", "a.people", args{"N": 2}, "2 trẻ"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := c.Printer(test.lang).Text(test.key, test.args); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestPrinterKnowsItsLanguage(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for lang, name := range map[string]string{"vi": "Tiếng Việt", "EN-us": "English", "": "Tiếng Việt"} {
		if p := c.Printer(lang); p.Name() != name || !p.Has("language.name") || p.Has("language.nothing") {
			t.Errorf("Printer(%q): %s, %s", lang, p.Language(), p.Name())
		}
	}
}

func TestWhatIsMissingIsLoggedOnceWithoutArguments(t *testing.T) {
	var log bytes.Buffer
	logTo(t, &log)
	p := catalog(t, map[string]string{"vi/a.json": `{"a.b":"{{.Name}} {{.Other}}"}`}).Printer("vi")
	for range 3 {
		p.Text("a.gone", map[string]any{"Name": "Lò Thị Thử"})
		p.Text("a.b", map[string]any{"Name": "Lò Thị Thử"})
	}
	if lines := strings.Count(log.String(), "\n"); lines != 2 {
		t.Errorf("%d lines, want 2:\n%s", lines, &log)
	}
	if strings.Contains(log.String(), "Thử") {
		t.Errorf("an argument was logged:\n%s", &log)
	}
}

func TestReadRefuses(t *testing.T) {
	tests := map[string]string{
		"not JSON":            `{"a.b":`,
		"not an object":       `["a"]`,
		"nested":              `{"a":{"b":"text"}}`,
		"number":              `{"a.b":1}`,
		"unclosed action":     `{"a.b":"{{.Name"}`,
		"logic":               `{"a.b":"{{if .Name}}x{{end}}"}`,
		"function":            `{"a.b":"{{printf \"%d\" .N}}"}`,
		"field of a field":    `{"a.b":"{{.Name.First}}"}`,
		"unknown plural form": `{"a.b":{"few":"x","other":"y"}}`,
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := read(folder(map[string]string{"vi/a.json": body})); err == nil {
				t.Errorf("%s was taken", body)
			}
		})
	}
}

func TestReadKeepsTheFirstOfTwo(t *testing.T) {
	c := catalog(t, map[string]string{"vi/a.json": `{"a.b":"first"}`, "vi/b.json": `{"a.b":"second","a.c":"x","a.c":"y"}`})
	if got := c.Printer("vi").Text("a.b", nil); got != "first" {
		t.Errorf("got %q", got)
	}
	want := "a.b stands in vi/a.json and in vi/b.json; a.c stands in vi/b.json and in vi/b.json"
	if got := strings.Join(c.doubles, "; "); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzText(f *testing.F) {
	f.Add(`{"a.b":"{{.Name}} x"}`, "a.b", "Lò {{.X}}")
	f.Add(`{"a.b":{"one":"1","other":"{{.N}}"}}`, "a.b", "")
	f.Fuzz(func(t *testing.T, file, key, name string) {
		c, err := read(folder(map[string]string{"vi/a.json": file}))
		if err != nil {
			return
		}
		c.Printer("vi").Text(key, map[string]any{"Name": name, "N": len(name)})
	})
}

func BenchmarkText(b *testing.B) {
	c, err := read(folder(map[string]string{"vi/a.json": `{"a.b":"dòng {{.Row}} {{.Name}} {{.N}}"}`}))
	if err != nil {
		b.Fatal(err)
	}
	p := c.Printer("vi")
	args := map[string]any{"Row": 12, "Name": "Mùa Thị Dợ", "N": json.Number("3")}
	for b.Loop() {
		p.Text("a.b", args)
	}
}
