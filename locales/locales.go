// Package locales owns every word that a user reads. A text is a key and named arguments until the
// reader's language is known; here it becomes a sentence.
//
// The texts lie in one folder per language and one flat JSON file per area: {"review.ask.sex": "Giới tính của {{.Name}}?"}.
// Where a language needs a plural, the value is {"one": "…", "other": "…"}, chosen by the argument N.
package locales

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed vi/*.json en/*.json
var files embed.FS

// Languages are the languages that the program speaks; the first stands in for any other.
var Languages = []string{"vi", "en"}

// Catalog holds the texts of all languages. It is safe for concurrent use.
type Catalog struct {
	bundle   *i18n.Bundle
	messages map[string]map[string]message // language → key → text
	doubles  []string                      // keys that two files claim, for the tests
	told     *sync.Map                     // what was already logged as missing
}

// New reads the embedded texts. It fails when a file is not a flat JSON object of texts or a template does not parse.
func New() (*Catalog, error) { return read(files) }

func read(from fs.FS) (*Catalog, error) {
	c := &Catalog{
		bundle:   i18n.NewBundle(language.Make(Languages[0])),
		messages: map[string]map[string]message{},
		told:     &sync.Map{},
	}
	for _, lang := range Languages {
		if err := c.readLanguage(from, lang); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// readLanguage adds the files of one language in the order of their names; a key keeps its first text.
func (c *Catalog) readLanguage(from fs.FS, lang string) error {
	names, err := fs.Glob(from, lang+"/*.json")
	if err != nil {
		return fmt.Errorf("locales: %w", err)
	}
	c.messages[lang] = map[string]message{}
	for _, name := range names {
		body, err := fs.ReadFile(from, name)
		if err != nil {
			return fmt.Errorf("locales: %w", err)
		}
		texts, err := parseFile(body)
		if err != nil {
			return fmt.Errorf("locales: %s: %w", name, err)
		}
		for _, m := range texts {
			m.file = name
			if err := c.add(lang, m); err != nil {
				return fmt.Errorf("locales: %s: %w", name, err)
			}
		}
	}
	return nil
}

func (c *Catalog) add(lang string, m message) error {
	if first, taken := c.messages[lang][m.key]; taken {
		c.doubles = append(c.doubles, fmt.Sprintf("%s stands in %s and in %s", m.key, first.file, m.file))
		return nil
	}
	c.messages[lang][m.key] = m
	if m.other == "" {
		return nil // an empty text; the tests refuse it
	}
	return c.bundle.AddMessages(language.Make(lang), &i18n.Message{ID: m.key, One: m.one, Other: m.other})
}

// Printer gives the texts in a language, given as a tag ("vi", "en-US"). An unknown language is the first of Languages.
func (c *Catalog) Printer(lang string) Printer {
	base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(lang)), "-")
	if _, known := c.messages[base]; !known {
		base = Languages[0]
	}
	return Printer{catalog: c, lang: base, localizer: i18n.NewLocalizer(c.bundle, base)}
}

// logOnce says once per process that something is missing; the key is no personal data, an argument would be.
func (c *Catalog) logOnce(what, lang, key string) {
	if _, told := c.told.LoadOrStore(what+" "+lang+" "+key, true); !told {
		slog.Warn(what, "language", lang, "key", key)
	}
}

// Printer puts texts into words of one language. Get one from Catalog.Printer; it is safe for concurrent use.
type Printer struct {
	catalog   *Catalog
	lang      string
	localizer *i18n.Localizer
}

// Language is the language that the printer speaks: one of Languages.
func (p Printer) Language() string { return p.lang }

// Name is what the language calls itself, for a button that chooses it.
func (p Printer) Name() string { return p.Text("language.name", nil) }

// Has reports whether the printer's language has a text for the key.
func (p Printer) Has(key string) bool {
	_, ok := p.catalog.messages[p.lang][key]
	return ok
}

// Text gives the sentence for the key. Whole numbers among args are counts and are grouped ("1 240"): pass years, rows that
// must not be grouped and codes as strings; dates are written day/month/year. The argument N chooses the plural. A key without a text comes back
// as ⟦key⟧, an argument that is not given as ⟦Name⟧; both are logged once.
func (p Printer) Text(key string, args map[string]any) string {
	m, ok := p.catalog.messages[p.lang][key]
	if !ok {
		p.catalog.logOnce("text missing", p.lang, key)
		if m, ok = p.catalog.messages[Languages[0]][key]; !ok {
			return "⟦" + key + "⟧"
		}
	}
	shown := make(map[string]any, len(m.names))
	for _, name := range m.names {
		if value, given := args[name]; given {
			shown[name] = display(value)
			continue
		}
		p.catalog.logOnce("text argument missing", p.lang, key)
		shown[name] = "⟦" + name + "⟧"
	}
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: shown}
	if n, whole := asWhole(args["N"]); whole {
		config.PluralCount = n
	}
	// An error beside a text only says that the first language, or the plural "other", stood in.
	text, err := p.localizer.Localize(config)
	if text == "" && err != nil {
		p.catalog.logOnce("text unusable", p.lang, key)
		return "⟦" + key + "⟧"
	}
	return text
}

// message is one text as its file has it.
type message struct {
	key, one, other string
	file            string
	names           []string // placeholders, in order of appearance
}

// parseFile reads a flat JSON object, keeping keys that stand in it twice, which encoding/json would swallow.
func parseFile(body []byte) ([]message, error) {
	in := json.NewDecoder(strings.NewReader(string(body)))
	if start, err := in.Token(); err != nil || start != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	var texts []message
	for in.More() {
		key, err := in.Token()
		if err != nil {
			return nil, err
		}
		m := message{key: key.(string)}
		var value json.RawMessage
		if err := in.Decode(&value); err != nil {
			return nil, err
		}
		if err := m.parse(value); err != nil {
			return nil, fmt.Errorf("%s: %w", m.key, err)
		}
		texts = append(texts, m)
	}
	if _, err := in.Token(); err != nil {
		return nil, err
	}
	return texts, nil
}

func (m *message) parse(value json.RawMessage) error {
	if json.Unmarshal(value, &m.other) != nil {
		forms := map[string]string{}
		if err := json.Unmarshal(value, &forms); err != nil {
			return errors.New(`neither a text nor {"one": …, "other": …}`)
		}
		for form := range forms {
			if form != "one" && form != "other" {
				return fmt.Errorf("unknown plural form %q", form)
			}
		}
		m.one, m.other = forms["one"], forms["other"]
	}
	names, err := placeholders(m.one, m.other)
	m.names = names
	return err
}
