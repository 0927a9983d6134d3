package lamsach_test

import (
	"go/ast"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	mostFileLines     = 400
	mostFunctionLines = 80
)

func TestSizes(t *testing.T) {
	var files, functions []int
	code, tests := 0, 0
	for _, s := range sources(t) {
		if s.test {
			tests += s.lines
			continue
		}
		if s.suite {
			tests += s.lines
		} else {
			code += s.lines
		}
		files = append(files, s.lines)
		if s.lines > mostFileLines {
			t.Errorf("%s has %d lines, more than %d", s.name, s.lines, mostFileLines)
		}
		for _, d := range s.tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			lines := s.files.Position(f.End()).Line - s.files.Position(f.Pos()).Line + 1
			functions = append(functions, lines)
			if lines > mostFunctionLines {
				t.Errorf("%s: %s has %d lines, more than %d", s.at(f), f.Name.Name, lines, mostFunctionLines)
			}
		}
	}
	t.Logf("files: %d, median %d, p90 %d lines; functions: %d, median %d, p90 %d lines; code %d, tests %d lines",
		len(files), part(files, 50), part(files, 90), len(functions), part(functions, 50), part(functions, 90), code, tests)
}

// part gives the value below which so many per cent lie.
func part(of []int, percent int) int {
	slices.Sort(of)
	if len(of) == 0 {
		return 0
	}
	return of[(len(of)-1)*percent/100]
}

// forbidden calls, by package and name: where they may stand, and why not elsewhere.
var forbidden = []struct {
	packagePath string
	names       []string
	inTests     bool   // the rule is for tests; else for the program
	except      string // folder in which it may stand
	why         string
}{
	{"time", []string{"Now", "Since", "Until"}, false, "cmd", "time is an argument"},
	{"time", []string{"Sleep"}, false, "-", "wait for a signal or a timer that ends with the context"},
	{"time", []string{"Sleep"}, true, "-", "wait for a signal, or use testing/synctest"},
	{"fmt", []string{"Print", "Printf", "Println"}, false, "cmd", "the program speaks through its writers and its log"},
	{"os", []string{"Exit"}, false, "cmd", "only main ends the program"},
	{"log", []string{"Print", "Printf", "Println", "Fatal", "Fatalf", "Panic", "Panicf"}, false, "-", "logs go through log/slog"},
}

func TestForbiddenCalls(t *testing.T) {
	for _, s := range sources(t) {
		ast.Inspect(s.tree, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			from, ok := selector.X.(*ast.Ident)
			if !ok {
				return true
			}
			for _, f := range forbidden {
				if f.inTests == (s.test || s.suite) && !under(s.folder, f.except) && slices.Contains(f.names, selector.Sel.Name) && s.named(f.packagePath) == from.Name {
					t.Errorf("%s: %s.%s: %s", s.at(n), f.packagePath, selector.Sel.Name, f.why)
				}
			}
			if s.test && strings.HasPrefix(selector.Sel.Name, "Skip") && slices.Contains([]string{"t", "b", "f"}, from.Name) {
				t.Errorf("%s: a test that is left out proves nothing", s.at(n))
			}
			return true
		})
	}
}

// named is the name under which the file imports a package of the standard library; empty when it does not.
func (s source) named(packagePath string) string {
	for _, spec := range s.tree.Imports {
		if p, _ := strconv.Unquote(spec.Path.Value); p != packagePath {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return packagePath
	}
	return ""
}

func TestNoInit(t *testing.T) {
	for _, s := range sources(t) {
		for _, d := range s.tree.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: what the program can do is told by explicit lists", s.at(f))
			}
		}
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	documented := map[string]bool{} // folders with a package comment
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		documented[s.folder] = documented[s.folder] || s.tree.Doc.Text() != ""
		for _, d := range s.tree.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%s: %s has no comment", s.at(name), name.Name)
			}
		}
	}
	for folder, ok := range documented {
		if !ok {
			t.Errorf("%s has no package comment", folder)
		}
	}
}

// undocumented gives the exported names of a declaration that no comment explains. A group's comment stands for its members.
func undocumented(d ast.Decl) []*ast.Ident {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc.Text() == "" && d.Name.IsExported() && (d.Recv == nil || exportedType(d.Recv.List[0].Type)) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		if d.Doc.Text() != "" || d.Tok == token.IMPORT {
			return nil
		}
		var bare []*ast.Ident
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if spec.Name.IsExported() && spec.Doc.Text() == "" {
					bare = append(bare, spec.Name)
				}
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					if name.IsExported() && spec.Doc.Text() == "" && spec.Comment.Text() == "" {
						bare = append(bare, name)
					}
				}
			}
		}
		return bare
	}
	return nil
}

// exportedType reports whether a receiver's type is exported, behind pointer and type parameters.
func exportedType(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.StarExpr:
		return exportedType(e.X)
	case *ast.IndexExpr:
		return exportedType(e.X)
	case *ast.IndexListExpr:
		return exportedType(e.X)
	case *ast.Ident:
		return e.IsExported()
	}
	return false
}

// sentence is a literal in Vietnamese of more than one word.
var sentence = regexp.MustCompile(`(?i)[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ].*[^ ] [^ ]|[^ ] [^ ].*[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]`)

// ofTheField are the packages that know Vietnamese words because lists are written in them: they read, they do not speak.
var ofTheField = []string{"core/viet", "core/person", "core/roster", "core/check", "core/kind", "core/sample", "locales"}

// vocabulary are single files with Vietnamese words that nobody is shown as a sentence, and what the words are.
var vocabulary = map[string]string{
	"core/review/parse.go":       "what officers type in front of a value",
	"cmd/lamsach/demo_people.go": "names of the made-up officers and their communes",
}

// programme is a proper name and stands in English texts too.
const programme = "Đề án 06"

func TestSentencesStandInLocales(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || s.suite || vocabulary[s.name] != "" || slices.ContainsFunc(ofTheField, func(f string) bool { return under(s.folder, f) }) {
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil && sentence.MatchString(strings.ReplaceAll(text, programme, "")) {
					t.Errorf("%s: a Vietnamese sentence outside locales/", s.at(n))
				}
			}
			return true
		})
	}
}

// personalPath is a path of somebody's machine; leftOpen is work that was put off.
var (
	personalPath = regexp.MustCompile(`(^|[^\w.~$}])/(work|root|home|Users)/\w`)
	leftOpen     = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`)
)

func TestTextsAreFinished(t *testing.T) {
	walk(t, func(name string) {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(body) || strings.HasSuffix(name, ".sum") {
			return
		}
		for number, line := range strings.Split(string(body), "\n") {
			if personalPath.MatchString(line) {
				t.Errorf("%s:%d names a path of one machine", name, number+1)
			}
			if leftOpen.MatchString(line) {
				t.Errorf("%s:%d leaves work open", name, number+1)
			}
		}
	})
}
