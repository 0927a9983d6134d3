package locales

import (
	"fmt"
	"slices"
	"text/template/parse"
)

// placeholders lists the named arguments of templates. Only {{.Name}} is allowed: a translator must be able to move every
// piece of a sentence, and logic belongs to code.
func placeholders(templates ...string) ([]string, error) {
	var names []string
	for _, text := range templates {
		trees, err := parse.Parse("text", text, "", "")
		if err != nil {
			return nil, err
		}
		tree := trees["text"]
		if tree == nil {
			continue
		}
		for _, node := range tree.Root.Nodes {
			name, err := placeholder(node)
			if err != nil {
				return nil, err
			}
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

// placeholder gives the name in {{.Name}}, and nothing for literal text.
func placeholder(node parse.Node) (string, error) {
	switch n := node.(type) {
	case *parse.TextNode:
		return "", nil
	case *parse.ActionNode:
		if len(n.Pipe.Decl) == 0 && len(n.Pipe.Cmds) == 1 && len(n.Pipe.Cmds[0].Args) == 1 {
			if field, ok := n.Pipe.Cmds[0].Args[0].(*parse.FieldNode); ok && len(field.Ident) == 1 {
				return field.Ident[0], nil
			}
		}
	}
	return "", fmt.Errorf("only {{.Name}} may stand in a text, not %s", node)
}
