// Package lamsach_test keeps the house in order: who may import whom, how large things may grow, and what may not be done at
// all. Each rule is one test; docs/architecture.md says why.
package lamsach_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rows of core: a package imports packages of lower rows only.
var rows = map[string]int{
	"fault": 1, "civil": 1, "viet": 1,
	"person": 2, "officer": 2,
	"roster": 3, "alike": 3,
	"check": 4, "campaign": 4, "difficulty": 4,
	"kind": 5, "review": 5, "match": 5, "handover": 5, "ledger": 5,
	"report": 6, "sample": 6,
}

// mayImport says which of our packages the code of a folder may import; "x/..." is x and all below. The longest entry that fits
// a folder holds. core has rows instead.
var mayImport = map[string][]string{
	"cmd":          {"..."},
	"handlers":     {"bot", "core/...", "locales", "handlers/..."},
	"bot":          {},
	"bot/bottest":  {"bot"},
	"bot/telegram": {"bot"},
	"bot/web":      {"bot"},
	"locales":      {},
	"paper":        {"core/roster", "core/report", "core/fault", "core/viet", "core/civil", "paper/letters", "paper/cells", "paper/pack", "paper/markup"},
	"storage":      {"core/...", "bot", "storage/..."},
}

// keeper names the only folders that may import a module: what it does is said in one place.
var keeper = map[string][]string{
	"github.com/go-telegram/bot":      {"bot/telegram"},
	"github.com/xuri/excelize":        {"paper/xlsx"},
	"github.com/richardlehane/mscfb":  {"paper/xls", "paper"},
	"github.com/redis/go-redis":       {"storage/session"},
	"github.com/riverqueue/river":     {"storage/jobs"},
	"github.com/pressly/goose":        {"storage", "storage/migrations"},
	"github.com/jackc/pgx":            {"storage"},
	"modernc.org/sqlite":              {"storage"},
	"database/sql":                    {"storage"},
	"github.com/nicksnyder/go-i18n":   {"locales"},
	"github.com/alecthomas/kong":      {"cmd/lamsach"},
	"go.yaml.in/yaml":                 {"cmd/lamsach"},
	"codeberg.org/go-pdf":             {"paper/print"},
	"codeberg.org/go-fonts":           {"paper/print", "paper/chart", "paper/card"},
	"golang.org/x/image":              {"paper/chart"},
	"github.com/makiuchi-d/gozxing":   {"paper/card"},
	"github.com/agnivade/levenshtein": {"core/match", "core/viet", "core/person"},
	"github.com/prometheus":           {"cmd/lamsach"},
	"github.com/alicebob/miniredis":   {},
	"github.com/chromedp":             {},
	"github.com/google/go-cmp":        {},
	"pgregory.net/rapid":              {},
	"github.com/stretchr/testify":     {},
	"github.com/go-telegram/ui":       {},
	"github.com/go-telegram/fsm":      {},
}

// impure lists what the standard library has that the rules of the field must not touch: the world outside.
var impure = []string{"os", "net", "io/ioutil", "database", "log", "syscall", "plugin"}

// source is one parsed Go file of ours.
type source struct {
	name   string // with slashes, from the root
	folder string
	test   bool // a test
	suite  bool // support of tests: a suite that several packages pass, a fake
	tree   *ast.File
	files  *token.FileSet
	lines  int
}

func (s source) at(n ast.Node) string {
	return s.name + ":" + strconv.Itoa(s.files.Position(n.Pos()).Line)
}

// imports lists the import paths of the file.
func (s source) imports() []string {
	var paths []string
	for _, spec := range s.tree.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, p)
	}
	return paths
}

// sources parses every Go file below the root.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	files := token.NewFileSet()
	walk(t, func(name string) {
		if filepath.Ext(name) != ".go" {
			return
		}
		tree, err := parser.ParseFile(files, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		all = append(all, source{
			name: name, folder: path.Dir(name), tree: tree, files: files, lines: files.File(tree.Pos()).LineCount(),
			test: strings.HasSuffix(name, "_test.go"), suite: strings.HasSuffix(path.Dir(name), "test"),
		})
	})
	if len(all) == 0 {
		t.Fatal("no Go file was found")
	}
	return all
}

// walk visits the files of the tree, without what git, the build and testdata put there.
func walk(t *testing.T, visit func(name string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == ".git" && !d.IsDir(): // of a second work tree
			return nil
		case d.IsDir() && name != "." && (d.Name() == ".git" || name == "bin" || d.Name() == "testdata"):
			return filepath.SkipDir
		case !d.IsDir() && d.Name() != ".git": // a linked work tree has a file there
			visit(filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportsFollowTheMap(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || s.folder == "." {
			continue
		}
		for _, p := range s.imports() {
			ours, found := strings.CutPrefix(p, "lamsach/")
			if found && !allowed(t, s.folder, ours) {
				t.Errorf("%s imports %s: %s must not know it", s.name, ours, s.folder)
			}
		}
	}
}

// allowed reports whether code in a folder may import another of our packages.
func allowed(t *testing.T, folder, other string) bool {
	if mine, ok := strings.CutPrefix(folder, "core/"); ok {
		theirs, toCore := strings.CutPrefix(other, "core/")
		if rows[mine] == 0 {
			t.Errorf("core/%s has no row in the map", mine)
		}
		return toCore && rows[theirs] > 0 && rows[theirs] < rows[mine]
	}
	entry := folder
	for mayImport[entry] == nil && entry != "." {
		entry = path.Dir(entry)
	}
	if entry == "." {
		t.Errorf("%s is a folder without a place in the house", folder)
	}
	return slices.ContainsFunc(mayImport[entry], func(pattern string) bool {
		head, all := strings.CutSuffix(pattern, "...")
		return other == pattern || other == strings.TrimSuffix(head, "/") && all || all && strings.HasPrefix(other, head)
	})
}

func TestModulesHaveOneKeeper(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, p := range s.imports() {
			for module, folders := range keeper {
				if under(p, module) && !slices.ContainsFunc(folders, func(f string) bool { return under(s.folder, f) }) {
					t.Errorf("%s imports %s: only %v may", s.name, p, folders)
				}
			}
		}
	}
}

// under reports whether a path is root or lies below it.
func under(p, root string) bool { return p == root || strings.HasPrefix(p, root+"/") }

func TestCoreIsPure(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || !under(s.folder, "core") {
			continue
		}
		for _, p := range s.imports() {
			outside := strings.Contains(strings.Split(p, "/")[0], ".")
			if outside && !under(p, "golang.org/x/text") && !under(p, "github.com/agnivade/levenshtein") {
				t.Errorf("%s imports %s: core has the standard library and golang.org/x/text", s.name, p)
			}
			if p != "log/slog" && slices.ContainsFunc(impure, func(bad string) bool { return under(p, bad) }) {
				t.Errorf("%s imports %s: core does not touch the world", s.name, p)
			}
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			if _, starts := n.(*ast.GoStmt); starts {
				t.Errorf("%s starts a goroutine: core has none", s.at(n))
			}
			return true
		})
	}
}

func TestMapsAreTight(t *testing.T) {
	for _, sample := range []struct {
		folder, other string
		want          bool
	}{
		{"core/check", "core/roster", true},
		{"core/roster", "core/check", false},
		{"core/kind", "core/review", false},
		{"core/check", "bot", false},
		{"bot", "core/fault", false},
		{"bot/web", "bot", true},
		{"bot/web", "bot/telegram", false},
		{"handlers", "bot/telegram", false},
		{"handlers", "core/review", true},
		{"handlers", "storage", false},
		{"paper/xlsx", "core/check", false},
		{"paper/xlsx", "core/report", true},
		{"storage/jobs", "storage", true},
		{"storage", "handlers", false},
		{"locales", "core/fault", false},
		{"cmd/lamsach", "storage/session", true},
	} {
		if got := allowed(t, sample.folder, sample.other); got != sample.want {
			t.Errorf("%s → %s: %v, want %v", sample.folder, sample.other, got, sample.want)
		}
	}
}
