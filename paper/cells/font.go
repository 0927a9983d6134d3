package cells

import (
	"strings"

	"lamsach/core/roster"
)

// Font is what a font's name betrays of the encoding of the texts in it. A greater one outweighs a smaller where a cell has several.
type Font uint8

// The kinds of font.
const (
	InheritedFont Font = iota // none is named: that of what stands around
	UnicodeFont
	TCVN3Font
	VNIFont
)

// FontOf knows the fonts of the 1990s by their names.
func FontOf(name string) Font {
	folded := strings.ToLower(strings.Trim(name, `'" `))
	switch {
	case folded == "":
		return InheritedFont
	case strings.HasPrefix(folded, ".vn"):
		return TCVN3Font
	case strings.HasPrefix(folded, "vni-"), strings.HasPrefix(folded, "vni "):
		return VNIFont
	}
	return UnicodeFont
}

// Or gives the font, or another where none is named.
func (f Font) Or(other Font) Font {
	if f == InheritedFont {
		return other
	}
	return f
}

// Legacy gives the encoding.
func (f Font) Legacy() roster.Legacy {
	switch f {
	case TCVN3Font:
		return roster.TCVN3
	case VNIFont:
		return roster.VNI
	}
	return roster.Unicode
}
