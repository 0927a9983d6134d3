package roster

import "lamsach/core/viet"

// Decoded gives the cell's text in Unicode. A text that cannot have been written in the encoding that the font
// betrays, because it holds letters that the encoding does not have, is Unicode already.
func (c *Cell) Decoded() string {
	if c.Legacy == Unicode || !narrow(c.Text) {
		return c.Text
	}
	if c.Legacy == TCVN3 {
		return viet.FromTCVN3(c.Text)
	}
	return viet.FromVNI(c.Text)
}

// narrow reports whether all characters lie below U+0100, where both old encodings live, and some above ASCII.
func narrow(s string) bool {
	wide := false
	for _, r := range s {
		if r >= 0x100 {
			return false
		}
		wide = wide || r >= 0x80
	}
	return wide
}
