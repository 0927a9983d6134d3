package sample

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lamsach/core/roster"
)

// letterLayouts are lists whose letters came to harm, or are of another time.
func letterLayouts() []layout {
	cannotTwice := []string{"full_name.encoding", "full_name.look_alike", "full_name.untidy"}
	noCapitals := append([]string{"sex.untidy"}, cannotTwice...) // NỮ and Nữ are written alike
	abc := plain()
	abc.name, abc.font, abc.write, abc.fileCodes, abc.cannotHave = "tcvn3", roster.TCVN3, inTCVN3, []string{"file.encoding"}, noCapitals
	vni := parents()
	vni.name, vni.font, vni.write, vni.fileCodes, vni.cannotHave = "vni", roster.VNI, inVNI, []string{"file.encoding"}, cannotTwice
	unsaid := plain() // the fonts were changed afterwards, the letters were not
	unsaid.name, unsaid.write, unsaid.fileCodes, unsaid.cannotHave = "fontless", inTCVN3, []string{"file.encoding"}, noCapitals
	apart := plain()
	apart.name, apart.apart, apart.write, apart.cannotHave = "decomposed", true, norm.NFD.String, cannotTwice
	mangled := plain()
	mangled.name, mangled.writeHead, mangled.fileCodes = "mangled", lossy, []string{"column.uncertain"}
	return []layout{abc, vni, unsaid, apart, mangled}
}

// lossy puts a question mark for every letter that the code page of the West does not have.
func lossy(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFF {
			return '?'
		}
		return r
	}, s)
}

// rewrite writes all texts of the grid as the layout does.
func (l layout) rewrite(grid roster.Grid) {
	for _, sheet := range grid.Sheets {
		for _, row := range sheet.Rows {
			for at := range row.Cells {
				c := &row.Cells[at]
				if c.Kind != roster.Text {
					continue
				}
				if l.writeHead != nil && c.Look == roster.HeaderLook {
					c.Text = l.writeHead(c.Text)
				}
				if l.write == nil || !ours(c.Text) {
					continue
				}
				if written := l.write(c.Text); written != c.Text {
					c.Text, c.Legacy = written, l.font
				}
			}
		}
	}
}

// ours reports whether a text is made of what a Vietnamese keyboard types: what was harmed on purpose stays as it is.
func ours(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsAny(s, "０１２３４５６７８９\u200b\u00a0\u00b9")
}

// peoples are those whose names the layout's letters can write: fonts of the 1990s lack č, ñ and others.
func (l layout) peoples() []people {
	if l.write == nil || l.apart {
		return peoples
	}
	return slices.DeleteFunc(slices.Clone(peoples), func(p people) bool { return p.key == "e_de" })
}
