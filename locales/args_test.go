package locales

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestArgumentsAreGiven looks at calls that name a key and then pairs of name and value, as fault.T("review.ask", "Who", who): every
// placeholder of the text must be among the names, and every name must have its placeholder in some language.
func TestArgumentsAreGiven(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	for _, name := range goFiles(t, "..") {
		tree, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			key, names, ok := keyed(call)
			if m, known := c.messages[Languages[0]][key]; ok && known {
				for _, placeholder := range m.names {
					if !slices.Contains(names, placeholder) {
						t.Errorf("%s: %s needs {{.%s}}, and is given %v", files.Position(call.Pos()), key, placeholder, names)
					}
				}
				for _, given := range names {
					if !slices.Contains(m.names, given) && given != "N" {
						t.Errorf("%s: %s is given %s, and has no place for it", files.Position(call.Pos()), key, given)
					}
				}
			}
			return true
		})
	}
}

// keyed finds the key in a call and the names of the pairs behind it. It reports false for calls that do not spell the pairs out.
func keyed(call *ast.CallExpr) (key string, names []string, ok bool) {
	at := slices.IndexFunc(call.Args, func(e ast.Expr) bool {
		text := literal(e)
		return wholeKey.MatchString(text) && areas.MatchString(text)
	})
	if at < 0 || call.Ellipsis.IsValid() {
		return "", nil, false
	}
	rest := call.Args[at+1:]
	if len(rest)%2 != 0 || len(rest) == 0 {
		return "", nil, false
	}
	for i := 0; i < len(rest); i += 2 {
		name := literal(rest[i])
		if name == "" || strings.ToUpper(name[:1]) != name[:1] {
			return "", nil, false
		}
		names = append(names, name)
	}
	return literal(call.Args[at]), names, true
}

func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	text, _ := strconv.Unquote(lit.Value)
	return text
}
