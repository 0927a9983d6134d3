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

// decodable are the fields whose letters show in which encoding a column was written.
var decodable = map[Field]bool{
	FullName: true, FatherName: true, MotherName: true, GuardianName: true, Parents: true, HouseholdHead: true,
	Village: true, Ethnicity: true, Address: true, Note: true, Sex: true,
}

// Limits of the guess at a column's encoding: below the first the text is not Vietnamese as it stands, above the
// second it is once decoded.
const (
	strange  = 0.6
	familiar = 0.95
)

// guessEncoding scores the column's cells in the first rows as they stand and decoded, to find a column written in an old
// encoding without a font that says so.
func guessEncoding(rows []SheetRow, column int) Legacy {
	var n, wide int
	var plain, tcvn3, vni float64
	for _, row := range rows {
		if column >= len(row.Cells) {
			continue
		}
		c := &row.Cells[column]
		if c.Kind != Text || c.Legacy != Unicode {
			continue
		}
		if !narrow(c.Text) {
			if viet.HasMarks(c.Text) {
				wide++
			}
			continue
		}
		n++
		plain += viet.SyllableScore(c.Text)
		tcvn3 += viet.SyllableScore(viet.FromTCVN3(c.Text))
		vni += viet.SyllableScore(viet.FromVNI(c.Text))
	}
	total := float64(n)
	switch {
	case n < enough || wide > n || plain >= strange*total:
		return Unicode
	case tcvn3 >= vni && tcvn3 > familiar*total:
		return TCVN3
	case vni > familiar*total:
		return VNI
	}
	return Unicode
}
