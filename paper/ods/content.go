package ods

import (
	"lamsach/paper/cells"
	"lamsach/paper/markup"
	"lamsach/paper/pack"
)

// content reads the part that holds the sheets.
type content struct {
	*markup.Scanner
	part        *pack.Part
	styles      *styles // takes the styles on the way; nil when they are known
	known       *styles
	spreadsheet bool // the place of the sheets was found
}

// openContent begins to read the content; withStyles says that the styles in it are still to be learned.
func (b *book) openContent(withStyles bool) (*content, error) {
	part, err := b.pack.Open(contentPart)
	if err != nil {
		return nil, err
	}
	c := &content{Scanner: markup.NewScanner(part), part: part, known: b.styles}
	if withStyles {
		c.styles = b.styles
	}
	return c, nil
}

func (c *content) close() { c.part.Close() }

// is reports whether the tag is of that name, prefix included.
func is(s *markup.Scanner, prefix, name string) bool {
	return string(s.Name) == name && string(s.Prefix) == prefix
}

// nextTable moves into the next sheet; false at the end of the part.
func (c *content) nextTable() (bool, error) {
	for {
		token, err := c.Next()
		switch {
		case err != nil:
			return false, err
		case token == markup.End:
			return false, nil
		case token != markup.Open:
			continue
		}
		depth := c.Depth()
		if c.Empty {
			depth++
		}
		switch {
		case depth == 1:
			if !is(c.Scanner, "office:", "document-content") {
				return false, cells.NotWorkbook("another root")
			}
		case depth == 2 && string(c.Name) == "body":
		case depth == 3 && string(c.Name) == "spreadsheet":
			c.spreadsheet = true
		case depth == 4 && is(c.Scanner, "table:", "table") && c.spreadsheet:
			return true, nil
		case depth == 2 && c.styles != nil && (string(c.Name) == "font-face-decls" || string(c.Name) == "automatic-styles"):
			err = c.styles.read(c.Scanner)
		default:
			err = c.Skip()
		}
		if err != nil {
			return false, err
		}
	}
}

// table gives name and state of the sheet that was found.
func (c *content) table() (name string, hidden bool, err error) {
	text, err := markup.AppendText(nil, c.Attr("table:name"), false)
	if err != nil {
		return "", false, err
	}
	return string(text), c.known.hides(string(c.Attr("table:style-name"))) || string(c.Attr("table:display")) == "false", nil
}
