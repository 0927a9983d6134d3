package locales

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// areas are the first words of keys; a literal that begins with one of them and a dot is a key, or the head of a family.
var areas = regexp.MustCompile(`^(review|finding|chat|file|web|storage|group|field|status|severity|cli|list|upload|export|help|language|role|command|skipped|difficulties|form|digest|topic|reach|restday|announce|nudge|deed|deadline|staff|standing|paper)\.`)

// wholeKey is the form of a key; head is the beginning of a family whose last word is decided at run time ("field." + name),
// tail the end of one whose first words are (key + ".suffix").
var (
	wholeKey = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)
	head     = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*[._]$`)
	tail     = regexp.MustCompile(`^(\.[a-z0-9_]+)+$`)
)

// enumerations are the areas whose every key ends in the name of a constant (field.full_name), so that the area alone is
// a family. In other areas a family has two words, or nothing could ever be found unused.
var enumerations = []string{"command.", "field.", "finding.", "group.", "language.", "role.", "severity.", "status.", "topic."}

func TestTextsAreWhole(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, double := range c.doubles {
		t.Error(double)
	}
	for _, lang := range Languages {
		for _, key := range slices.Sorted(maps.Keys(c.messages[lang])) {
			m := c.messages[lang][key]
			if strings.TrimSpace(m.other) == "" {
				t.Errorf("%s: %s is empty", m.file, key)
			}
			if !wholeKey.MatchString(key) {
				t.Errorf("%s: %q has not the form area.thing.detail", m.file, key)
			}
			if lang == "vi" && m.one != "" {
				t.Errorf("%s: %s: Vietnamese has one form, other", m.file, key)
			}
		}
	}
}

func TestLanguagesAreEqual(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	first := Languages[0]
	for _, lang := range Languages[1:] {
		for _, key := range slices.Sorted(maps.Keys(c.messages[first])) {
			other, ok := c.messages[lang][key]
			if !ok {
				t.Errorf("%s has %s, %s lacks it", c.messages[first][key].file, key, lang)
				continue
			}
			want, got := slices.Sorted(slices.Values(c.messages[first][key].names)), slices.Sorted(slices.Values(other.names))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: the placeholders differ (-%s +%s):\n%s", key, first, lang, diff)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(c.messages[lang])) {
			if _, ok := c.messages[first][key]; !ok {
				t.Errorf("%s has %s, %s lacks it", c.messages[lang][key].file, key, first)
			}
		}
	}
}

func TestKeysAndCodeAgree(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	texts, said := c.messages[Languages[0]], literals(t, "..")
	keys := slices.Sorted(maps.Keys(texts))
	begins := func(beginning string) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return strings.HasPrefix(key, beginning) })
	}
	var heads, tails []string
	for _, text := range slices.Sorted(maps.Keys(said)) {
		switch {
		case tail.MatchString(text):
			tails = append(tails, text)
		case !areas.MatchString(text):
		case head.MatchString(text):
			if !begins(text) {
				t.Errorf("%s builds keys that begin with %q, and there is none", said[text], text)
			}
			if strings.Count(text, ".") > 1 || slices.Contains(enumerations, text) {
				heads = append(heads, text)
			}
		case wholeKey.MatchString(text):
			_, whole := texts[text]
			_, ofFinding := texts["finding."+text] // a finding's code in the area "file"
			if !whole && !ofFinding && !begins(text+".") {
				t.Errorf("%s uses %s, which has no text", said[text], text)
			}
		}
	}
	for _, key := range keys {
		_, literal := said[key]
		family := slices.ContainsFunc(heads, func(h string) bool { return strings.HasPrefix(key, h) })
		ended := slices.ContainsFunc(tails, func(end string) bool {
			base, ok := strings.CutSuffix(key, end)
			return ok && said[base] != ""
		})
		if !literal && !family && !ended {
			t.Errorf("%s: %s is used nowhere", texts[key].file, key)
		}
	}
}

// literals collects the string literals of the program's code, with the place where each was met first. Tests are left
// out, and so are imports, struct tags and the words of the audit trail, which look like keys and are none.
func literals(t *testing.T, root string) map[string]string {
	t.Helper()
	found := map[string]string{}
	files := token.NewFileSet()
	for _, name := range goFiles(t, root) {
		tree, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool { return collect(files, found, n) })
	}
	return found
}

// goFiles lists the program's Go files below root, without tests.
func goFiles(t *testing.T, root string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case !d.IsDir() && filepath.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go"):
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func collect(files *token.FileSet, found map[string]string, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.Field:
		return n.Tag == nil
	case *ast.KeyValueExpr:
		name, ok := n.Key.(*ast.Ident)
		return !ok || name.Name != "Action"
	case *ast.BasicLit:
		if n.Kind != token.STRING {
			return true
		}
		text, err := strconv.Unquote(n.Value)
		if _, met := found[text]; err == nil && !met {
			found[text] = files.Position(n.Pos()).String()
		}
	}
	return true
}
